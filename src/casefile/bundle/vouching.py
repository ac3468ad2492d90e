"""The checkpoints of a bundle: each signed by its key, and true of the chains that stand in it."""

from dataclasses import dataclass, field

from casefile.bundle.reading import Bundle
from casefile.bundle.unsound import Unsound
from casefile.model import ledger, signing
from casefile.model.signing import Verify
from casefile.strings import tr


@dataclass(slots=True)
class Vouched:
    """What checkpoints say of the chains: chain values by replica and number."""

    points: dict[str, dict[int, str]] = field(default_factory=dict)

    def walk(self, replica: str, seq: int, chain: str) -> "Walk":
        """Begin to go along a chain, after so many operations; what is before them is not looked at."""
        points = self.points.get(replica, {})
        if points.get(seq, chain) != chain:
            raise _unsound(tr("its operations are not those that a checkpoint was signed over"))
        return Walk(points, seq, chain)


@dataclass(slots=True)
class Walk:
    """A chain that is gone along, held against the checkpoints at each step."""

    points: dict[int, str]
    seq: int
    chain: str

    def step(self, id_: str) -> None:
        """Go one operation on; Unsound when a checkpoint says otherwise."""
        self.seq, self.chain = self.seq + 1, ledger.chain(self.chain, id_)
        if self.points.get(self.seq, self.chain) != self.chain:
            raise _unsound(tr("its operations are not those that a checkpoint was signed over"))

    def end(self) -> None:
        """Unsound when a checkpoint knows more operations than there were."""
        if any(seq > self.seq for seq in self.points):
            raise _unsound(tr("it lacks operations that a checkpoint was signed over"))


def read(found: Bundle, verify: Verify) -> Vouched:
    """Read the checkpoints; Unsound when one is not signed, or of another case."""
    said = Vouched()
    for line in found.checkpoints():
        try:
            one = signing.from_line(line)
        except ValueError as error:
            raise _unsound(tr("a checkpoint is not written as it should be")) from error
        if one.case != found.about.case or not verify(one.key, one.signature, one.message):
            raise _unsound(tr("the signature of a checkpoint does not hold"))
        for replica, (seq, chain) in one.heads.items():
            if said.points.setdefault(replica, {}).setdefault(seq, chain) != chain:
                raise _unsound(tr("two checkpoints were signed over two histories"))
    known = {head.replica for head in found.about.heads}
    if said.points.keys() - known:
        raise _unsound(tr("it lacks operations that a checkpoint was signed over"))
    return said


def _unsound(why: str) -> Unsound:
    return Unsound("checkpoints", why)
