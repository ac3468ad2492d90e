"""A case with a little of everything, made once and copied to be broken."""

import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

from casefile.model.annotation import Annotation
from casefile.model.claim import Claim
from casefile.model.ids import new_id
from casefile.model.note import Note
from casefile.model.source import Acquisition, Extraction, Source, SourceFile
from casefile.store.case import CaseStore

from .conftest import INSTALL, PERSON

SECRET = "Zxqvillage"  # stands in everything of the first source
IDS = [f"bbbbbbbb-0000-4000-8000-00000000000{n}" for n in range(3)]
CLAIM = "cccccccc-0000-4000-8000-000000000001"


def fill(path: Path) -> None:
    """Make a closed case of three sources, with marks, a claim, notes and an undone edit."""
    with CaseStore.create(path, person=PERSON, install=INSTALL, title="x") as store:
        for n, one in enumerate(IDS):
            words = f"{SECRET} {n}" if n == 0 else f"other words {n}"
            kept = store.objects.put(BytesIO(f"original {words}".encode()), limit=1000)
            mark = new_id()
            with store.write("import", count=1) as w:
                w.put(Source, one, title=f"title {words}", kind="article")
                w.put(
                    SourceFile,
                    new_id(),
                    source=one,
                    object=kept.sha256,
                    role="original",
                    name=words,
                )
                w.put(Acquisition, new_id(), source=one, object=kept.sha256, name=words)
                w.put(
                    Extraction,
                    new_id(),
                    source=one,
                    text_hash=w.content("text", f"text {words} ".encode() * 300),
                    zones=w.content("zones", b"[]"),
                )
            with store.write("annotate", mark=1) as w:
                selectors = ({"type": "quote", "exact": words},)
                w.put(Annotation, mark, source=one, selectors=selectors, body=words)
            if n == 0:
                with store.write("claim") as w:
                    w.put(Claim, CLAIM, statement="A village has no water", quote=mark)
        with store.write("note") as w:
            w.put(Note, new_id(), target=IDS[1], body="long " * 5000)
        with store.write("edit", fields=["title"]) as w:
            w.put(Source, IDS[0], title=f"{SECRET} again")
        store.undo()


def change(path: Path, words: str, *values: Any, file: str = "case.db") -> None:
    """Change the database behind the program's back."""
    with closing(sqlite3.connect(path / file)) as db:
        assert db.execute(words, values).rowcount
        db.commit()


def ask(path: Path, words: str, *values: Any) -> Any:
    """Ask the database without the program."""
    with closing(sqlite3.connect(path / "case.db")) as db:
        return db.execute(words, values).fetchall()
