from casefile.store import contents
from casefile.store.case import CaseStore


def test_many_hundreds_at_once(store: CaseStore) -> None:
    with store.write("x") as w:
        names = {w.content("text", str(n).encode()): str(n).encode() for n in range(1100)}
    with store.read() as r:
        assert contents.many(r, names) == names
        for name in list(names)[:3]:
            assert contents.get(r, name) == names[name]
        assert contents.many(r, []) == {}
