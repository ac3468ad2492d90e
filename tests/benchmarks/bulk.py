"""Print what an import costs, and how well copies are found.

Usage: `python tests/benchmarks/bulk.py [cost] [workers] [memory] [recoll] [copies] [silence]`; without words all of
them. CPU is that of a whole process and its children, so that a busy machine changes little. Nothing here passes or fails.
"""

import io
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

    from casefile.analysis.pictures import Look

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "../shared/corpora"
SMALL = 20_000
KINDS = {
    "articles": ("articles_aeb/html", "articles_fundus", "articles_cc/html"),
    "pdf": ("pdf",),
    "photos": ("photos",),
}
NAMED = {
    "articles": re.compile(r"\.(html|htm)(\.gz)?$"),
    "pdf": re.compile(r"\.pdf$"),
    "photos": re.compile(r"\.(jpe?g|png|tiff?|webp|gif|heic|avif)$", re.IGNORECASE),
}


def files(kind: str) -> list[Path]:
    found = [p for name in KINDS[kind] for p in sorted((CORPORA / name).rglob("*"))]
    return [p for p in found if p.is_file() and NAMED[kind].search(p.name)]


def spent() -> float:
    """CPU seconds of this process and of its children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measured(*words: str) -> dict[str, float]:
    """Run this script with these words in a process of its own; give what it prints last."""
    done = subprocess.run(
        [sys.executable, __file__, "--", *words], capture_output=True, text=True, check=False
    )
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        sys.exit(f"{words}: {done.stderr[-600:]}")


# What runs in a process of its own


def bare(kind: str) -> None:
    """Read every file with the extractors alone, one after the other, in this process."""
    from casefile.extract import containers, registry
    from casefile.extract.context import Context

    registry.warm()
    containers.warm()
    began = spent()
    for file in files(kind):
        registry.read(file.read_bytes(), Context(file.name))
    print(json.dumps({"cpu": spent(), "read": spent() - began, "files": len(files(kind))}))


def imported(kind: str, jobs: str) -> None:
    """Import every file into a new case: hash, store, ledger, extract, index."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        add(Path(home), files(kind), int(jobs))
    print(json.dumps({"cpu": spent(), "wall": time.monotonic() - began}))


def add(home: Path, paths: Sequence[Path], jobs: int, seen: Callable[..., None] | None = None):
    from casefile.services import ingest
    from casefile.services.desk import create_desk
    from casefile.services.places import Places

    with create_desk(home / "c.casefile", Places(home / "cache", home / "config")) as desk:
        desk.extractor.start()
        options = ingest.AddOptions(jobs=jobs)
        return ingest.add(desk, list(paths), options=options, seen=seen)


def many(count: str) -> None:
    """Import very many small files and look at the memory of this process on the way."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "in"
        rnd = random.Random(3)
        words = ["".join(rnd.choices("abcdefghij", k=rnd.randint(3, 9))) for _ in range(4000)]
        for n in range(int(count)):
            place = folder / f"{n // 500:03}"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{n:06}.txt").write_text(f"Note {n}\n\n" + " ".join(rnd.choices(words, k=60)))
        sizes: list[int] = []
        began = time.monotonic()

        def seen(_entry: object) -> None:
            if len(sizes) < 8 and (count_ := len(told)) >= (len(sizes) + 1) * int(count) // 8:
                sizes.append(count_ and resident())
            told.append(None)

        told: list[None] = []
        add(Path(home), [folder], 2, seen)
        print(json.dumps({"cpu": spent(), "wall": time.monotonic() - began, "kib": sizes}))


def resident() -> int:
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0


# The tables


def cost() -> None:
    print("CPU seconds of a whole process: extractors alone, and an import with everything")
    print(f"{'':10}{'files':>7}{'bare':>8}{'import':>8}{'ratio':>7}")
    for kind in ("articles", "pdf"):
        one, other = measured("bare", kind), measured("imported", kind, "2")
        ratio = other["cpu"] / one["cpu"]
        print(f"{kind:10}{one['files']:7.0f}{one['cpu']:8.1f}{other['cpu']:8.1f}{ratio:7.2f}")


def workers() -> None:
    print("Files per second with one reader and with two (wall time: wants an idle machine)")
    for kind in ("articles", "pdf"):
        rates = []
        for jobs in ("1", "2"):
            found = measured("imported", kind, jobs)
            rates.append(len(files(kind)) / found["wall"])
        print(f"{kind:10}{rates[0]:8.2f}{rates[1]:8.2f}   x {rates[1] / rates[0]:.2f}")


def memory() -> None:
    found = measured("many", str(SMALL))
    sizes = " ".join(f"{size // 1024}" for size in found["kib"])
    print(
        f"{SMALL} small files in {found['wall']:.0f} s; MiB of this process at each eighth: {sizes}"
    )


def recoll() -> None:
    program = shutil.which("recollindex")
    if program is None:
        print("recollindex is not on this machine; nothing to compare with")
        return
    print("Files per CPU second: recollindex and Casefile on the same folder")
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as home:
            folder, configuration = Path(home) / "in", Path(home) / "config"
            folder.mkdir()
            configuration.mkdir()
            for n, file in enumerate(files(kind)):
                shutil.copyfile(file, folder / f"{n:04}-{file.name}")
            (configuration / "recoll.conf").write_text(f"topdirs = {folder}\n")
            began = spent()
            subprocess.run(
                [program, "-c", str(configuration)], capture_output=True, check=False,
                env={**os.environ, "RECOLL_CONFDIR": str(configuration)},
            )  # fmt: skip
            theirs = len(files(kind)) / (spent() - began)
        ours = len(files(kind)) / measured("imported", kind, "2")["cpu"]
        print(f"{kind:10}{theirs:8.2f}{ours:8.2f}")


def copies() -> None:
    texts()
    photos()


def texts() -> None:
    """Edited, cut and longer copies of real articles against all other pairs."""
    from casefile.analysis import duplicates
    from casefile.extract import registry
    from casefile.extract.context import Context
    from casefile.services.alike import spoken

    registry.warm()
    rnd = random.Random(4)
    bodies = []
    for file in files("articles"):
        draft = registry.read(file.read_bytes(), Context(file.name))
        body = spoken(draft.text, draft.zones)
        if len(body.split()) >= 60:
            bodies.append(body)
    originals = [duplicates.pieces(body) for body in bodies]
    found = total = 0
    for body, whole in zip(bodies, originals, strict=True):
        for copy in edited(body, rnd):
            pieces = duplicates.pieces(copy)
            shared = set(duplicates.keys(pieces)) & set(duplicates.keys(whole))
            near = duplicates.same_words(pieces, whole) >= duplicates.NEAR_WORDS
            found += near and len(shared) >= duplicates.SHARED_KEYS
            total += 1
    false = sum(
        duplicates.same_words(one, other) >= duplicates.NEAR_WORDS
        for one, other in combinations(originals, 2)
    )
    pairs = len(originals) * (len(originals) - 1) // 2
    print(f"texts: {found} of {total} copies found, {false} false of {pairs} other pairs")


def edited(body: str, rnd: random.Random) -> Iterator[str]:
    words = body.split()
    yield " ".join(w if rnd.random() > 0.1 else "other" for w in words)
    yield " ".join(words[: len(words) * 6 // 10])
    yield " ".join([*words, *(rnd.choice(words)[::-1] + "x" for _ in range(len(words) // 2))])
    paragraphs = [line for line in body.splitlines() if line.strip()]
    rnd.shuffle(paragraphs)
    yield "\n".join(paragraphs)


def seen(data: bytes) -> "Look | None":
    """Give the look of a photo as the reader makes it."""
    from casefile.extract import photo_look
    from casefile.extract.limits import Limits
    from casefile.extract.photo_pixels import opened, upright_grey
    from casefile.services.alike import look_of

    try:
        return look_of(photo_look.look(upright_grey(opened(data, Limits()))))
    except Exception:  # noqa: BLE001 - damaged pictures of the corpus have no look
        return None


def alike(one: "Look", other: "Look") -> bool:
    """Say whether an import links the two, by its three steps."""
    from casefile.analysis.pictures import near, same

    if not one.means[0] <= other.mean <= one.means[1]:
        return False
    return bool(near(one, [(0, other.key)])) and same(one, other)


def saved(image: "Image.Image", quality: int = 75) -> bytes:
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def photos() -> None:
    """Re-saved, scaled, framed and cut photos against all other pairs."""
    from PIL import Image, ImageOps

    looks: dict[str, Look] = {}
    found = total = 0
    missed: list[str] = []
    for file in files("photos"):
        look = seen(file.read_bytes())
        if look is None:
            continue
        looks[str(file.relative_to(CORPORA))] = look
        with Image.open(file) as raw:
            image = ImageOps.exif_transpose(raw).convert("RGB")
        image.thumbnail((1200, 1200))
        for name, copy in changed(image, ImageOps.expand):
            other = seen(copy)
            total += 1
            if other is not None and alike(other, look):
                found += 1
            else:
                missed.append(f"{name} of {file.name}")
    print(f"photos: {found} of {total} copies found")
    for name in missed[:20]:
        print(f"  missed: {name}")
    others(looks)


def others(looks: "dict[str, Look]") -> None:
    pairs = list(combinations(sorted(looks), 2))
    matches = [(a, b) for a, b in pairs if alike(looks[a], looks[b])]
    print(f"photos of the corpus: {len(matches)} of {len(pairs)} pairs alike")
    for one, other in matches:
        print(f"  {one} = {other}")


def changed(
    image: "Image.Image", expand: Callable[..., "Image.Image"]
) -> Iterator[tuple[str, bytes]]:
    width, height = image.size
    yield "quality 30", saved(image, 30)
    yield "half the size", saved(image.resize((max(width // 2, 16), max(height // 2, 16))))
    yield "white frame", saved(expand(image, border=max(1, min(image.size) // 20), fill="white"))
    yield "black frame", saved(expand(image, border=max(1, min(image.size) // 13), fill="black"))
    x, y = width // 10, height // 10
    for name, box in (
        ("a tenth off each edge", (x, y, width - x, height - y)),
        ("a tenth off the left", (x, 0, width, height)),
        ("a tenth off the top", (0, y, width, height)),
        ("a corner off", (0, 0, width - x, height - y)),
    ):
        yield name, saved(image.crop(box))


def silence() -> None:
    """Import under strace and count the sockets that are no unnamed pairs of this machine."""
    strace = shutil.which("strace")
    if strace is None:
        print("strace is not on this machine; tests/unit/extract/test_sandbox.py tries the doors")
        return
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "log"
        words = [sys.executable, __file__, "--", "some"]
        calls = "socket,connect,bind,sendto,sendmsg,getaddrinfo".replace(",getaddrinfo", "")
        subprocess.run([strace, "-f", "-e", f"trace={calls}", "-o", str(log), *words], check=True)
        lines = log.read_text(errors="replace").splitlines()
        inet = [line for line in lines if "AF_INET" in line or "AF_NETLINK" in line]
        asked = [line for line in lines if re.search(r"\bsocket\(", line)]
        print(
            f"a whole import under strace: {len(asked)} sockets asked for, {len(inet)} of them inet"
        )
        for line in inet[:5]:
            print(f"  {line}")


def some() -> None:
    """Import a few files of every kind."""
    with tempfile.TemporaryDirectory() as home:
        add(Path(home), [f for kind in KINDS for f in files(kind)[:6]], 2)
    print("{}")


TABLES = {
    "cost": cost, "workers": workers, "memory": memory, "recoll": recoll, "copies": copies,
    "silence": silence,
}  # fmt: skip
INSIDE = {"bare": bare, "imported": imported, "many": many, "some": some}


def main(words: list[str]) -> None:
    if words[:1] == ["--"]:
        INSIDE[words[1]](*words[2:])
        return
    if not CORPORA.is_dir():
        print("the shared corpora are not here")
        return
    for name, table in TABLES.items():
        if not words or name in words:
            table()
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
