"""Why a bundle is refused."""

from casefile.model.errors import Refused
from casefile.strings import tr


class Unsound(Refused):
    """A bundle that is not as bundles are; `reason` names the rule that it breaks, for machines."""

    def __init__(self, reason: str, why: str) -> None:
        super().__init__(
            tr("This bundle cannot be used: {why}.").format(why=why),
            tr("Ask for it again; nothing was changed here."),
            {"reason": reason},
        )
        self.reason = reason
        self.why = why
