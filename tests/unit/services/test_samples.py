"""The sample case is whole, and everything in it walks back to its words."""

import pytest

from casefile.services import cases, claims, reading, reporting, samples, upkeep
from casefile.services.desk import open_desk


def test_the_sample_case_is_built_once_and_is_whole(tmp_path, places):
    case = samples.build(places, tmp_path)
    made = (case / "case.db").stat().st_mtime_ns
    assert samples.build(places, tmp_path) == case
    assert (case / "case.db").stat().st_mtime_ns == made
    with open_desk(case, places) as desk:
        shown = cases.info(desk)
        assert shown.kinds["article"] >= 8
        assert shown.kinds["pdf"] >= 2
        assert shown.kinds["photo"] >= 3
        assert upkeep.check(desk, full=True).ok
        _walk_back(desk)
        report = reporting.report(desk, tmp_path / "report.html").read_text("utf-8")
    assert shown.title in report


def _walk_back(desk) -> None:
    rows = claims.rows(desk)
    assert rows
    for row in rows:
        view = claims.view(desk, row.id)
        assert view.speaker
        for evidence in view.evidence:
            if evidence.annotation:
                (mark,) = [
                    m.annotation
                    for m in reading.marks(desk, evidence.source)
                    if m.annotation.id == evidence.annotation
                ]
                start, end = mark.span
                words = reading.text(desk, evidence.source).text
                assert words[start:end] == mark.quote == evidence.quote
            assert desk.store.objects.has(evidence.sha256)


def test_what_an_interrupted_build_left_is_thrown_away(tmp_path, places, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(samples.cases, "rename", _fail)
        with pytest.raises(KeyboardInterrupt):
            samples.build(places, tmp_path)
    case = samples.build(places, tmp_path)
    with open_desk(case, places) as desk:
        assert cases.info(desk).counts["claim"] == len(claims.rows(desk))
        assert len({row.statement for row in claims.rows(desk)}) == len(claims.rows(desk))
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("Sample")] == [case.name]


def _fail(*_: object) -> None:
    raise KeyboardInterrupt
