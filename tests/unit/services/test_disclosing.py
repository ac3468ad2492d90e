"""Nothing travels that was not chosen, and what was taken out is in none of the bytes."""

import io
import itertools
import platform
import socket
import zipfile
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from casefile.model.area import Area
from casefile.model.disclosure import Plan
from casefile.model.errors import Refused
from casefile.model.exchange import Opening, Wanted
from casefile.model.fold import fold
from casefile.services import (
    annotate,
    areas,
    cases,
    claims,
    disclosing,
    disclosure_bundle,
    disclosure_choice,
    disclosures,
    entities,
    exchange,
    exchange_log,
    ingest,
    keys,
    notes,
    reading,
)
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk

from .canaries import SPEAKER, Canaries, page, pdf, photo, png

WORDS = ("pumping station", "transformer")


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> Canaries:
    """Secrets, those that the machine tells of its user among them."""
    found = Canaries()
    for name in ("LOGNAME", "USER"):
        monkeypatch.setenv(name, found("user"))
    machine = found("host")
    monkeypatch.setattr(socket, "gethostname", lambda: machine)
    monkeypatch.setattr(platform, "node", lambda: machine)
    return found


@pytest.fixture
def full(desk: Desk, tmp_path: Path, secret: Canaries) -> dict[str, str]:
    """A case full of secrets; gives ids by name."""
    home = tmp_path / secret("folder")
    home.mkdir()
    bodies = {"photo.jpg": photo(secret), "png.png": png(secret), "pdf.pdf": pdf(secret),
              "page.html": page(secret).encode(), "other.txt": secret("unchosen").encode() * 9}  # fmt: skip
    names = {}
    for name, body in bodies.items():
        file = home / f"{secret('name')}{Path(name).suffix}"
        file.write_bytes(body)
        names[file.name] = name
    report = ingest.add(desk, [home])
    found = {names[Path(e.path).name]: e.source or "" for e in report.entries}
    cases.set_handle(desk, secret("handle"))
    cases.rename(desk, secret("casetitle"), secret("summary"))
    for key in found.values():  # the titles of files without one are their names
        reading.edit(desk, key, title=secret("history"))
        reading.edit(desk, key, title="Column at the pumping station")
    text = reading.text(desk, found["page.html"])
    assert text is not None
    mark, _ = annotate.quote(
        desk, found["page.html"], f"before dawn, {SPEAKER} said",
        how=annotate.MarkAs(note=secret("marknote"), tags=(secret("tag"),)),
    )  # fmt: skip
    draft = ClaimDraft(statement=secret("claimhistory"), quote=mark, speaker=SPEAKER)
    claim, _ = claims.add(desk, draft)
    claims.edit(desk, claim, statement=f"{SPEAKER} saw vehicles", status=secret("status"))
    claims.assess(desk, claim, credibility=3, reasoning=secret("reasoning"))
    claims.link(desk, claim, stance="supports", source=found["other.txt"], warrant=secret("why"))
    gone, _ = notes.note(desk, claim, secret("deletednote"))
    reading.delete(desk, [gone])
    notes.note(desk, found["page.html"], secret("note"))
    entity = next(e.entity.id for e in entities.rows(desk) if e.entity.name == SPEAKER)
    return {**found, "mark": mark, "claim": claim, "entity": entity}


def plan(full: dict[str, str], **more: object) -> Plan:
    chosen = tuple(full[n] for n in ("photo.jpg", "png.png", "pdf.pdf", "page.html", "claim"))
    given = {"chosen": chosen, "words": WORDS, "hidden": (full["entity"],)} | more
    return Plan(**given)


def packed(desk: Desk, wanted: Plan, folder: Path) -> disclosures.Packed:
    folder.mkdir()
    travel = disclosing.prepare(desk, wanted).travel
    return disclosures.pack(desk, wanted, travel.digest, folder)


def everything(pack: disclosures.Packed) -> bytes:
    """Give all bytes, and what is inside of those that are packed."""
    found = [b"\n".join(name.encode() for name, _ in pack.members), repr(pack.rows).encode()]
    for _, path in pack.members:
        body = path.read_bytes()
        found.append(body)
        if body.startswith(b"%PDF"):
            reader = pypdf.PdfReader(io.BytesIO(body))
            objects = range(1, len(reader.xref[0]) + 1) if reader.xref else ()
            found += [repr(reader.get_object(n)).encode() for n in objects]
            found += [p.extract_text().encode() for p in reader.pages]
            found.append(repr(reader.metadata).encode())
            found += [i.data for p in reader.pages for i in p.images]
    return b"\n".join(found)


def test_forty_secrets_stay(
    desk: Desk, full: dict[str, str], secret: Canaries, tmp_path: Path
) -> None:
    body = everything(packed(desk, plan(full, name_withheld=True), tmp_path / "out"))
    assert len(secret.all) >= 40
    text = body.decode("utf-8", "replace")
    told = [one for one in secret.all if one in text or one.encode("utf-16-le") in body]
    assert told == []
    ours = [desk.person, desk.store.case_id, desk.store.replica, str(tmp_path), full["entity"]]
    assert [one for one in ours if one in text] == []
    flat = fold(text).text
    for words in (*WORDS, "yusuf", "harith"):
        assert words not in flat
        assert words.replace(" ", "") not in flat


def test_a_secret_would_be_seen(
    desk: Desk, full: dict[str, str], secret: Canaries, tmp_path: Path
) -> None:
    pack = packed(desk, Plan(chosen=(full["claim"],), judgements=True), tmp_path / "out")
    body = everything(pack).decode("utf-8", "replace")
    assert next(one for one in secret.all if "reasoning" in one) in body
    assert SPEAKER in body


def test_a_speaker_has_one_pseudonym_everywhere(
    desk: Desk, full: dict[str, str], tmp_path: Path
) -> None:
    first = disclosing.prepare(desk, plan(full))
    claim = next(r for r in first.records if r["tbl"] == "claim")["set"]
    name = claim["speaker"]["name"]
    assert name.startswith("Speaker ")
    assert claim["statement"] == f"{name} saw vehicles"
    assert claim["evidence"][0]["quote"] == f"before dawn, {name} said"
    entity = next(r for r in first.records if r["tbl"] == "entity")
    assert entity == {"tbl": "entity", "id": claim["speaker"]["entity"], "set": {"name": name}}
    text = next(s.after for s in first.shares if s.source == full["page.html"])
    assert text is not None
    assert f"{name} spoke by telephone of the [removed]" in text.text
    again = disclosing.prepare(desk, Plan(chosen=(full["claim"],), hidden=(full["entity"],)))
    assert next(r for r in again.records if r["tbl"] == "claim")["set"]["speaker"]["name"] == name


def test_marks_point_at_the_text_that_travels(
    desk: Desk, full: dict[str, str], tmp_path: Path
) -> None:
    found = disclosing.prepare(desk, plan(full))
    source = next(r for r in found.records if r["id"] == full["page.html"])["set"]
    text = next(s.after for s in found.shares if s.source == full["page.html"])
    assert text is not None
    (mark,) = source["marks"]
    assert text.text[mark["start"] : mark["end"]] == mark["quote"]
    assert set(mark) == {"start", "end", "quote"}


def test_removed_words_and_areas_are_black_in_the_pictures(
    desk: Desk, full: dict[str, str], tmp_path: Path
) -> None:
    boxes = {full["photo.jpg"]: (Area(0, 0, 50, 50),), full["pdf.pdf"]: (Area(10, 80, 30, 10, 2),)}
    pack = packed(desk, plan(full, areas=boxes), tmp_path / "out")
    bodies = [path.read_bytes() for name, path in pack.members if name.startswith("objects/")]
    shared = Image.open(io.BytesIO(next(b for b in bodies if b.startswith(b"\xff\xd8"))))
    assert not shared.getexif()
    assert set(shared.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    colours = {shared.getpixel(at) for at in itertools.product(range(0, 96, 5), range(0, 46, 5))}
    assert all(max(colour) < 12 for colour in colours)
    red, green, _ = shared.getpixel((150, 25))
    assert green > 200
    assert red < 60
    reader = pypdf.PdfReader(io.BytesIO(next(b for b in bodies if b.startswith(b"%PDF"))))
    assert reader.metadata is None
    assert [p.extract_text().strip() for p in reader.pages] == ["", ""]
    first, second = (p.images[0].image.convert("L") for p in reader.pages)
    drawn = _row_of_words(first, 0)
    assert drawn[0] < 0.02  # the name at the start of the line is one black bar
    assert drawn[1] > 0.4
    assert max(second.crop(_box(second, 0.11, 0.81, 0.39, 0.89)).getextrema()) < 12
    assert pack.blank == {}


def _box(image: Image.Image, *sides: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = sides
    return (round(left * image.width), round(top * image.height),
            round(right * image.width), round(bottom * image.height))  # fmt: skip


def _row_of_words(image: Image.Image, line: int) -> tuple[float, float]:
    """Give the share of light dots within the name, and within words that stay, of a line."""
    across, down = image.width / 612, image.height / 792
    base = 792 - 700 + 40 * line

    def light(left: float, right: float) -> float:
        part = image.crop((round(left * across), round((base - 9) * down),
                           round(right * across), round((base - 3) * down)))  # fmt: skip
        dots = part.tobytes()
        return sum(dot > 100 for dot in dots) / len(dots)

    return light(76, 180), light(205, 270)


def test_spans_and_texts_only_are_kept_to(desk: Desk, full: dict[str, str], tmp_path: Path) -> None:
    key = full["page.html"]
    words = reading.text(desk, key)
    assert words is not None
    at = words.text.index("north road")
    wanted = plan(full, spans={key: ((at, at + 10),)}, texts_only=(full["pdf.pdf"],))
    assert Plan.from_json(wanted.to_json()) == wanted
    pack = packed(desk, wanted, tmp_path / "out")
    body = everything(pack)
    assert b"north road" not in body
    assert b"Vehicles came from the [removed] before" in body
    assert b"%PDF" not in body


def test_what_stays_is_named_or_not(desk: Desk, full: dict[str, str], secret: Canaries) -> None:
    silent = disclosing.prepare(desk, plan(full))
    assert silent.withheld == [{"what": "not named", "count": 5}]
    claim = next(r for r in silent.records if r["tbl"] == "claim")["set"]
    assert claim["evidence"][1] == {"stance": "supports", "withheld": True}
    named = disclosing.prepare(desk, plan(full, name_withheld=True))
    assert len([one for one in named.withheld if one["sha256"]]) == 5


def test_only_what_was_confirmed_is_written(
    desk: Desk, full: dict[str, str], tmp_path: Path
) -> None:
    wanted = plan(full)
    seen = disclosing.prepare(desk, wanted).travel
    assert [item.form for item in seen.items] == ["photo", "photo", "pages", "text", ""]
    assert seen.items[3].removed > 4
    others = (
        plan(full, words=WORDS[:1]),
        plan(full, areas={full["photo.jpg"]: (Area(0, 0, 5, 5),)}),
        plan(full, texts_only=(full["pdf.pdf"],)),
    )
    for number, other in enumerate(others):
        (tmp_path / str(number)).mkdir()
        with pytest.raises(Refused, match="not what you confirmed"):
            disclosures.pack(desk, other, seen.digest, tmp_path / str(number))
    claims.edit(desk, full["claim"], statement="Changed since")
    (tmp_path / "since").mkdir()
    with pytest.raises(Refused, match="not what you confirmed"):
        disclosures.pack(desk, wanted, seen.digest, tmp_path / "since")
    assert not list((tmp_path / "since").iterdir())


def test_nothing_chosen_is_refused(desk: Desk, full: dict[str, str]) -> None:
    for wanted in (Plan(), Plan(chosen=(full["mark"],)), Plan(chosen=("no such id",))):
        with pytest.raises(Refused):
            disclosing.prepare(desk, wanted)


def test_a_disclosure_is_a_sound_bundle_that_holds_no_secret(
    desk: Desk, full: dict[str, str], secret: Canaries, tmp_path: Path
) -> None:
    keys.new(desk.places, None)
    desk.signer = keys.unlock(desk.places)
    wanted = plan(full, title="What we show", name_withheld=True)
    seen = disclosing.prepare(desk, wanted).travel.digest
    file = tmp_path / "shown.casebundle"
    done, _ = disclosure_bundle.write(desk, wanted, seen, file)
    found = exchange.verify(file, desk.places)
    assert (found.ok, found.kind, found.title, found.case) == (
        True,
        "disclosure",
        "What we show",
        "",
    )
    assert done.signed
    body = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        body += b"".join(archive.read(name) for name in archive.namelist())
    hidden = [*secret.all, desk.person, desk.store.case_id, desk.store.replica, str(tmp_path),
              *WORDS, "Harith"]  # fmt: skip
    assert [one for one in hidden if one.encode() in body] == []
    assert [one.kind for one in exchange_log.entries(desk)] == ["disclosure"]
    with pytest.raises(Refused, match="already"):
        disclosure_bundle.write(desk, wanted, seen, file)
    with pytest.raises(Refused, match="cannot be merged"):
        exchange.merge(desk, file)
    assert not list(tmp_path.glob(".disclosure-*"))


def test_a_locked_disclosure_shows_nothing(
    desk: Desk, full: dict[str, str], tmp_path: Path
) -> None:
    wanted = Plan(chosen=(full["claim"],))
    seen = disclosing.prepare(desk, wanted).travel.digest
    file = tmp_path / "locked.casebundle"
    disclosure_bundle.write(desk, wanted, seen, file, Wanted(passphrase="six quiet words"))
    assert b"vehicles" not in file.read_bytes()
    assert exchange.verify(file, desk.places, Opening(passphrase="six quiet words")).ok


def test_marks_of_a_tag_say_what_is_taken_out(desk: Desk, full: dict[str, str]) -> None:
    areas.mark(desk, full["photo.jpg"], Area(0, 0, 50, 50), annotate.MarkAs(tags=("remove",)))
    how = annotate.MarkAs(tags=("remove",))
    annotate.quote(desk, full["page.html"], "Vehicles came", how=how)
    spans, boxes = disclosure_choice.marked(desk, "remove")
    assert list(spans) == [full["page.html"]]
    assert boxes == {full["photo.jpg"]: (Area(0, 0, 50, 50),)}
    assert disclosure_choice.marked(desk, "") == ({}, {})
    wanted = Plan(chosen=(full["page.html"],), spans=spans)
    text = disclosing.prepare(desk, wanted).shares[0].after
    assert text is not None
    assert "[removed] from the north road" in text.text
    notes.tag(desk, [full["page.html"], full["claim"], full["mark"]], ["show"])
    assert set(disclosure_choice.tagged(desk, ["show"])) == {full["page.html"], full["claim"]}
