"""Write pictures of the window: `python tests/ui/pictures.py FOLDER [NAME...]`.

Every picture is the real window over the real services and the sample case, drawn offscreen.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


import analysis_scenes  # noqa: F401 - its scenes are taken, too
import area_scenes  # noqa: F401 - its scenes are taken, too
import entity_scenes  # noqa: F401 - its scenes are taken, too
import exchange_scenes  # noqa: F401 - its scenes are taken, too
import intake_scenes  # noqa: F401 - its scenes are taken, too
from scenes import SCENES, scene
from stage import Stage

from casefile import resources
from casefile.model.errors import CasefileError
from casefile.services import samples
from casefile.services.places import Places
from casefile.ui import doors


def _article(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.go_to_source(stage.source("Armoured column"))


@scene("01-main-light")
def _light(stage: Stage, case: Path) -> None:
    _article(stage, case)


@scene("02-main-dark", "dark")
def _dark(stage: Stage, case: Path) -> None:
    _article(stage, case)


@scene("03-arabic")
def _arabic(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.go_to_source(stage.source("رتل"))


@scene("04-arabic-dark", "dark")
def _arabic_dark(stage: Stage, case: Path) -> None:
    _arabic(stage, case)


@scene("05-pdf-page")
def _pdf(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    window.strip.search.setText("chlorine")
    window.strip.search.returnPressed.emit()
    stage.settle()
    window.reading.show_form("page")


@scene("06-pdf-page-dark", "dark")
def _pdf_dark(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.go_to_source(stage.source("shift log"))
    stage.settle()
    stage.window.reading.show_form("page")


@scene("07-photo")
def _photo(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.go_to_source(stage.source("IMG_2218"))


@scene("08-search")
def _search(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.strip.search.setText("pumping station")
    stage.window.strip.search.returnPressed.emit()


@scene("09-search-nothing")
def _nothing(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.strip.search.setText("pumping zeppelin")
    stage.window.strip.search.returnPressed.emit()


@scene("10-claim")
def _claim(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.show_mode("claims")


@scene("11-claim-dark", "dark")
def _claim_dark(stage: Stage, case: Path) -> None:
    _claim(stage, case)


@scene("12-claim-form")
def _claim_form(stage: Stage, case: Path) -> None:
    _article(stage, case)
    stage.settle()
    text = stage.window.reading.opened.text.text
    start = text.index("between twelve")
    stage.window.reading.reader.set_selection(start, start + 35)
    stage.window.marks.claim()


@scene("13-empty-case")
def _empty(stage: Stage, case: Path) -> None:
    stage.window.open_case(case.parent / "Empty.casefile", new=True)


@scene("14-import-running")
def _import(stage: Stage, case: Path) -> None:
    stage.window.open_case(case.parent / "Import.casefile", new=True)
    stage.settle()
    files = [p for p in (resources.path(samples.FOLDER)).iterdir() if p.suffix != ".json"]
    broken = case.parent / "minutes.pdf"
    broken.write_bytes(b"%PDF-1.7 not really")
    empty = case.parent / "empty.html"
    empty.write_bytes(b"")
    stage.window.add_files([empty, broken, *sorted(files)])
    for _ in range(400):
        stage.wait(20)
        if len(stage.window.importing.entries) >= 8 and stage.window.importing.running:
            stage.window.importing.toggle_pause()
            break


@scene("15-error")
def _error(stage: Stage, case: Path) -> None:
    _article(stage, case)
    stage.settle()
    stage.window.trouble(
        CasefileError("The original of this source is not in the case folder.",
                      "Run a check of the case; a backup or a colleague may have it.")
    )  # fmt: skip


@scene("16-first-run")
def _first(stage: Stage, case: Path) -> None:
    stage.window.start.show_facts(stage.window.desk.facts(), [])


@scene("17-first-run-dark", "dark")
def _first_dark(stage: Stage, case: Path) -> None:
    _first(stage, case)


@scene("18-palette")
def _palette(stage: Stage, case: Path) -> None:
    _article(stage, case)
    stage.settle()
    stage.window.open_palette()


@scene("19-text-125", "light", 125)
def _large(stage: Stage, case: Path) -> None:
    _article(stage, case)


@scene("20-narrow")
def _narrow(stage: Stage, case: Path) -> None:
    stage.window.resize(1024, 640)
    _article(stage, case)
    stage.window.toast.say("3 set to later", lambda: None)


@scene("21-wide-list")
def _wide(stage: Stage, case: Path) -> None:
    _article(stage, case)
    stage.settle()
    stage.window.panes.inner.setSizes([680, 400, 272])


def _history(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    source = stage.source("Armoured column")
    stage.show("Armoured column")
    stage.select("between twelve")
    window.marks.highlight(2)
    stage.settle()
    window.bridge.act(lambda desk: doors.reading.grade(desk, [source], "B"))
    stage.settle()
    window.case.undo()
    stage.settle()
    window.history.of_case()
    stage.settle()
    window.history.page.list.step(2)


@scene("22-history")
def _history_light(stage: Stage, case: Path) -> None:
    _history(stage, case)


@scene("23-history-dark", "dark")
def _history_dark(stage: Stage, case: Path) -> None:
    _history(stage, case)


@scene("24-history-of-source")
def _history_of_source(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.show("رتل")
    stage.window.history.of_source()


@scene("25-known")
def _known(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    window.history.known()
    stage.settle()
    moment = doors.history.acts(window.bridge.desk, 9)[-1].when
    window.history.page.known.emit(moment)


@scene("26-known-nothing")
def _known_nothing(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.history.known()
    stage.settle()
    stage.window.history.known_page.when.setText("the day after never")
    stage.window.history.known_page.show_words()


def _damaged(stage: Stage, case: Path) -> None:
    copy = case.parent / "Damaged.casefile"
    if not copy.exists():
        shutil.copytree(case, copy)
        original = next(p for p in (copy / "objects").rglob("*") if p.is_file())
        original.chmod(0o600)
        original.write_bytes(b"x" + original.read_bytes()[1:])
    stage.open(copy)
    window = stage.window
    window.bridge.act(lambda _: doors.keys.new(stage.places, "a long passphrase for pictures"))
    stage.settle()
    window.health.unlock_with("a long passphrase for pictures")
    stage.settle()
    window.health.sign()
    window.health.back_up()
    stage.settle()
    window.health.check()
    stage.until(lambda: window.health.page.report is not None)


@scene("27-health-damage")
def _health(stage: Stage, case: Path) -> None:
    _damaged(stage, case)


@scene("28-health-new")
def _health_new(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.health.show()


@scene("29-purge")
def _purge(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.show("Armoured column")
    stage.window.health.purge()
    stage.settle()


@scene("30-names")
def _names(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    window.search.query = "station"
    window.finding.save_as("The station")
    stage.settle()
    window.pages.show("names")
    page = window.finding.names_page
    page.field.setPlainText("Tell Marun\nYusuf al-Harith\nتل مارون\nBasalt Brigade\nNobody at all")
    page.search()
    stage.wait(2500)


@scene("31-search-narrowed-dark", "dark")
def _narrowed(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.search("تل مارون")
    stage.settle()


def main(folder: Path, names: list[str]) -> None:
    """Write the pictures that are named, or all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        base = Path(home)
        case = samples.build(Places(base / "cache", base / "config"), base / "case")
        for name, (look, scale, run) in SCENES.items():
            if names and not any(part in name for part in names):
                continue
            stage = Stage(base, look, scale)
            run(stage, case)
            stage.take(folder / f"{name}.png")
            for widget in stage.app.topLevelWidgets():
                if widget.isVisible() and widget is not stage.window and widget.isWindow():
                    widget.grab().save(str(folder / f"{name}-dialog.png"))
                    widget.close()
            if stage.window.importing.running:
                stage.window.importing.stop_here()
            stage.close()
            sys.stdout.write(f"{name}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
