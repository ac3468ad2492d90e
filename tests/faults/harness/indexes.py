"""A search index that was damaged or put there by an enemy: no code runs, no answer is silently wrong.

Only the services are used: what an index looks like on the disk is not known here.
"""

import os
import pickle  # noqa: TID251 - what an enemy would write; nothing here is ever loaded
import random
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from harness.acts import with_sources
from harness.ground import Ground

from casefile.model.errors import CasefileError
from casefile.model.hit import SearchRequest
from casefile.search import contents, files, seals
from casefile.services import annotate, find, ingest
from casefile.services.annotate import MarkAs
from casefile.services.desk import Desk
from casefile.store import index_state

QUERIES = ("pumps", "number7", '"north road"', "activist number3", "zanzibar", "fift*", "nothing")
Right = dict[str, tuple[int, frozenset[str]]]


@dataclass
class Damages:
    """The figures; `told` are damages that a search refused or spoke of, `unharmed` the others."""

    damages: int = 0
    told: int = 0
    unharmed: int = 0
    healed: int = 0
    payloads: int = 0
    ways: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


@dataclass
class Scene:
    """Where the index lies, an older state of it, what searches find, the mark of a run payload."""

    index: Path
    older: Path
    right: Right
    mark: Path
    rnd: random.Random

    def file(self) -> Path:
        now = newest(self.index)
        found = sorted(p for p in now.rglob("*") if p.is_file() and p.stat().st_size)
        return self.rnd.choice(found)


class Payload:
    """What an enemy puts into a pickle: loading it makes a file."""

    def __init__(self, mark: Path, way: int) -> None:
        self._mark, self._way = str(mark), way

    def __reduce__(self) -> tuple[Any, ...]:
        ways: tuple[tuple[Any, ...], ...] = (
            (os.system, (f"touch {self._mark}",)),
            (open, (self._mark, "w")),
            (eval, (f"open({self._mark!r}, 'w')",)),
            (exec, (f"open({self._mark!r}, 'w').close()",)),
            (os.mkdir, (self._mark,)),
        )
        return ways[self._way % len(ways)]


def delete(scene: Scene, _: int) -> None:
    scene.file().unlink()


def truncate(scene: Scene, _: int) -> None:
    file = scene.file()
    os.truncate(file, scene.rnd.randrange(file.stat().st_size))


def zero(scene: Scene, _: int) -> None:
    """Zero a block, as a failing disk does; one that held something."""
    file = scene.file()
    data = bytearray(file.read_bytes())
    start = scene.rnd.randrange(len(data)) // 512 * 512
    if not any(data[start : start + 512]):
        start = 0
    data[start : start + 512] = bytes(len(data[start : start + 512]))
    file.write_bytes(data)


def flip(scene: Scene, _: int) -> None:
    file = scene.file()
    data = bytearray(file.read_bytes())
    data[scene.rnd.randrange(len(data))] ^= 1 << scene.rnd.randrange(8)
    file.write_bytes(data)


def swap(scene: Scene, n: int) -> None:
    """Put files of an older state in place of the newest ones, all of them or one."""
    now = newest(scene.index)
    then = newest(scene.older)
    if n % 2:
        shutil.rmtree(now)
        shutil.copytree(then, now)
        return
    olds = sorted(p for p in then.rglob("*") if p.is_file())
    file = scene.rnd.choice(sorted(p for p in now.rglob("*") if p.is_file()))
    alike = [p for p in olds if p.suffix == file.suffix] or olds
    shutil.copyfile(scene.rnd.choice(alike), file)


def swap_back(scene: Scene, _: int) -> None:
    """Put the whole older state in place of the newest one."""
    swap(scene, 1)


def hostile(scene: Scene, n: int) -> None:
    """Put a pickle that would run something in place of a file, or behind the head of one."""
    file = scene.file()
    words = pickle.dumps(Payload(scene.mark, n), protocol=n % 5)
    head = file.read_bytes()[: scene.rnd.choice((0, 0, 1, 8, 40, 100))]
    file.write_bytes(head + words)


WAYS: dict[str, Callable[[Scene, int], None]] = {
    "delete": delete,
    "truncate": truncate,
    "zero": zero,
    "flip": flip,
    "swap": swap,
    "hostile": hostile,
}
MORE = {"swap back": swap_back}  # part of `swap`; by itself for the negative control


def newest(index: Path) -> Path:
    """Give the folder with the newest files."""
    folders = {p.parent for p in index.rglob("*") if p.is_file()}
    return max(folders, key=lambda f: max(p.stat().st_mtime_ns for p in f.iterdir()))


def damages(
    ground: Ground, count: int, seed: int, acts: list[str] | None = None, fault: str = ""
) -> dict[str, object]:
    """Damage the index `count` times, each time anew, in all ways in turn."""
    result, names = Damages(), acts or list(WAYS)
    scene = _prepare(ground, seed)
    kept = ground.root / "template-damages"
    ground.keep(kept)
    for n in range(count):
        ground.lay(kept)
        name = names[n % len(names)]
        (WAYS | MORE)[name](scene, n)
        result.damages += 1
        result.payloads += name == "hostile"
        result.ways[name] = result.ways.get(name, 0) + 1
        found = _look(ground, scene, result, fault)
        if scene.mark.exists():
            found.append("CODE OF A STRANGER RAN")
            shutil.rmtree(scene.mark, ignore_errors=True)
            scene.mark.unlink(missing_ok=True)
        result.complaints += [f"{name} number {n}: {one}" for one in found]
    return asdict(result)


def _prepare(ground: Ground, seed: int) -> Scene:
    known = with_sources(ground, 3)
    with ground.desk() as desk:
        index = desk.places.index_folder(desk.index_key)
        older = ground.root / "older-index"
        shutil.copytree(index, older)
        ingest.add(desk, ground.files(12))
        annotate.mark(desk, known["sources"][0], (0, 30), MarkAs(1, "zanzibar"))
        find.catch_up(desk)
        right = {words: answer(desk, words) for words in QUERIES}
    return Scene(index, older, right, ground.root / "it-ran", random.Random(seed))


def answer(desk: Desk, words: str) -> tuple[int, frozenset[str]]:
    """Give the number and the records that a search finds."""
    found = find.search(desk, SearchRequest(query=words, limit=100))
    return found.total, frozenset(hit.record for hit in found.hits)


def _look(ground: Ground, scene: Scene, result: Damages, fault: str) -> list[str]:
    """Search in the damaged index, then let it heal and search again."""
    try:
        with ground.desk() as desk:
            if fault == "trusting":
                _trust(desk, scene)
            told, found = _search(desk, scene.right)
            result.told += told
            result.unharmed += not told
            find.catch_up(desk)
            after = {words: answer(desk, words) for words in QUERIES}
            result.healed += after == scene.right
            return found if after == scene.right else [*found, "it did not heal"]
    except Exception as error:  # noqa: BLE001 - any error here is what we look for
        return [f"a defect: {type(error).__name__}: {error}"]


def _search(desk: Desk, right: Right) -> tuple[bool, list[str]]:
    told, found = False, []
    for words in QUERIES:
        try:
            made = find.search(desk, SearchRequest(query=words, limit=100))
        except CasefileError:
            told = True
            continue
        if made.coverage or made.trouble:
            told = True
        elif (made.total, frozenset(hit.record for hit in made.hits)) != right[words]:
            found.append(f"a wrong answer for {words}, and not a word about it")
    return told, found


def _trust(desk: Desk, scene: Scene) -> None:
    """Believe that what lies there is what was written: the negative control."""
    with desk.store.read() as r:
        state = index_state.recall(r, desk.index_key)
    if state is not None:
        now = files.generation_folder(scene.index, state.generation)
        digests = seals.seals(now, contents.read(now))
        with desk.store.write("index") as w:
            w.remember_index(desk.index_key, replace(state, digests=digests))
