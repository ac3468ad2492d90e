import gzip
import io

import pytest

from casefile.extract import containers, registry
from casefile.extract.context import Context
from casefile.extract.members import Broken, Member

FIRST = b"From: a@example.org\nDate: Mon, 1 Mar 2021 10:00:00 +0000\nSubject: One/two\n\nWords.\nFrom here on it is text.\n\nFrom the start, too.\n\n"
SECOND = b"From: b@example.org\nDate: Tue, 2 Mar 2021 10:00:00 +0000\n\n>From old\n"
BOX = b"From a@x Mon Mar  1 10:00:00 2021\n" + FIRST + b"From - Tue Mar  2 10:00:00 2021\n" + SECOND


def walked(data: bytes) -> list[Member]:
    return list(containers.walk(io.BytesIO(data), len(data), Context("x.mbox")))


@pytest.mark.parametrize("data", [BOX, gzip.compress(BOX)])
def test_each_message_comes_out_as_it_stands(data: bytes) -> None:
    found = walked(data)
    assert [m.path for m in found] == ["00001 One_two.eml", "00002.eml"]
    assert [m.data for m in found] == [FIRST, SECOND]
    assert found[0].captured_at == "2021-03-01T10:00:00.000Z"
    assert registry.read(found[0].data, Context("x")).kind == "email"


def test_a_mailbox_that_is_cut_off_says_so() -> None:
    with pytest.raises(Broken, match="the mailbox is cut off"):
        walked(gzip.compress(BOX)[:-12])
