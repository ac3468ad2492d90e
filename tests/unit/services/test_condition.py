"""What is said of a document: how much was read, indexed, and when its bytes were looked at."""

from casefile.services import condition, find, ingest


def test_each_document_says_how_far_it_is(desk, files):
    (files / "odd.bin").write_bytes(bytes(range(256)) * 10)
    report = ingest.add(desk, [files])
    ids = {entry.path.rsplit("/", 1)[-1]: entry.source for entry in report.entries}
    found = {each.source: each for each in condition.of(desk, list(ids.values()))}
    whole, odd = found[ids["column.txt"]], found[ids["odd.bin"]]
    assert (whole.read, whole.indexed, whole.checked) == ("whole", True, None)
    assert whole.words > 90
    assert (odd.read, odd.words) == ("nothing", 0)
    assert odd.reason
    case = condition.of_case(desk)
    assert (case.documents, case.partly, case.behind, case.never_checked) == (3, 1, 0, 3)
    assert condition.listing(desk, "partly") == [ids["odd.bin"]]
    assert set(condition.listing(desk, "unchecked")) == set(ids.values())


def test_what_is_not_in_the_index_yet_is_said(desk, files, monkeypatch):
    ingest.add(desk, [files / "column.txt"])
    monkeypatch.setattr(find, "catch_up", lambda *_: False)
    late = ingest.add(desk, [files / "denial.txt"]).entries[0].source
    monkeypatch.undo()
    assert condition.listing(desk, "behind") == [late]
    assert not condition.of(desk, [late])[0].indexed
    find.catch_up(desk)
    assert condition.of_case(desk).behind == 0
