"""Print how well PDFs are read, beside pypdf and PDFium on the same files in the same run.

Usage: `python tests/benchmarks/pdf.py [corpora]`. Similarity is that of Levenshtein's distance without
replacement, over whole texts, once as they are and once with white space made equal; bag F1 counts words.
`opened`, `words` and `CPU` are over every PDF of the corpora. Nothing here passes or fails.
"""

import argparse
import io
import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
from rapidfuzz.distance import Indel

from casefile.extract import pdf
from casefile.extract.context import Context
from casefile.extract.pdf_letters import is_right_to_left

CORPORA = Path(__file__).resolve().parents[2] / "../shared/corpora"
LONG = 400_000  # bytes; larger files are left out of the count of all
Reader = Callable[[bytes], str]


def ours(data: bytes) -> str:
    return pdf.read(data, Context("bench")).text


def by_pypdf(data: bytes) -> str:
    return "\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_pdfium(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


READERS: dict[str, Reader] = {"Casefile": ours, "pypdf": by_pypdf, "PDFium": by_pdfium}


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text)))


def bag_f1(text: str, gold: str) -> float:
    one, other = bag(text), bag(gold)
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def row(name: str, figures: dict[str, str]) -> None:
    print(f"   {name:<46}" + "".join(f"{figures[reader]:>12}" for reader in READERS))


def timed(reader: Reader, data: bytes) -> tuple[str, float]:
    began = time.process_time()
    try:
        text = reader(data)
    except Exception:  # noqa: BLE001 - peers raise anything on damaged files; that is a figure
        text = ""
    return text, time.process_time() - began


def similar(file: Path, gold: str) -> None:
    """Print the similarity of one long text, as it is and with white space made equal."""
    texts = {name: timed(reader, file.read_bytes()) for name, reader in READERS.items()}
    raw = {n: f"{Indel.normalized_similarity(t, gold):.4f}" for n, (t, _) in texts.items()}
    even = {
        n: f"{Indel.normalized_similarity(spaced(t), spaced(gold)):.4f}"
        for n, (t, _) in texts.items()
    }
    pages = len(pypdfium2.PdfDocument(file))
    cost = {n: f"{1000 * seconds / pages:.1f}" for n, (_, seconds) in texts.items()}
    row(f"{file.stem}: similarity", raw)
    row(f"{file.stem}: similarity, white space equal", even)
    row(f"{file.stem}: CPU ms a page of {pages}", cost)


def bags(files: dict[Path, str]) -> None:
    """Print the bag F1 of each text and the mean of those written from right to left."""
    scores: dict[str, list[float]] = {name: [] for name in READERS}
    for file, gold in sorted(files.items()):
        found = {name: bag_f1(timed(r, file.read_bytes())[0], gold) for name, r in READERS.items()}
        right = is_right_to_left(gold)
        row(
            f"{file.stem}: bag F1" + (" (right to left)" if right else ""),
            {name: f"{score:.4f}" for name, score in found.items()},
        )
        if right:
            for name, score in found.items():
                scores[name].append(score)
    means = {n: f"{sum(s) / len(s):.4f}" for n, s in scores.items() if s}
    if means:
        row("right to left: mean bag F1", means)


def everything(folder: Path) -> None:
    """Print how many of all PDFs give words, and what reading them costs."""
    files = [p for p in sorted(folder.rglob("*.pdf")) if p.stat().st_size < LONG]
    words, cpu = Counter[str](), Counter[str]()
    for file in files:
        data = file.read_bytes()
        for name, reader in READERS.items():
            text, seconds = timed(reader, data)
            words[name] += any(c.isalnum() for c in text)
            cpu[name] += round(1000 * seconds)
    row(f"of {len(files)} files: with words", {n: str(words[n]) for n in READERS})
    row("CPU seconds for all of them", {n: f"{cpu[n] / 1000:.1f}" for n in READERS})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="?", type=Path, default=CORPORA)
    folder = parser.parse_args().corpora / "pdf"
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    print(" " * 49 + "".join(f"{name:>12}" for name in READERS))
    for gold in sorted((folder / "gold_text").glob("*.gold.txt")):
        name = gold.name.removesuffix(".gold.txt") + ".pdf"
        for file in folder.rglob(name):
            similar(file, gold.read_text("utf-8"))
    golds = {
        g: g.with_name(g.name.removesuffix(".gold.md") + ".pdf") for g in folder.rglob("*.gold.md")
    }
    bags({file: gold.read_text("utf-8") for gold, file in golds.items()})
    everything(folder)


if __name__ == "__main__":
    main()
