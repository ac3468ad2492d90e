"""Trouble that a person is told about in one sentence with a hint."""


class CasefileError(Exception):
    """Known trouble: one clear sentence and what to do about it.

    Anything else that is raised is a defect of the program.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(CasefileError):
    """The words of a call do not fit together (command line: exit 2)."""


class CaseUnusable(CasefileError):
    """The case or file cannot be used: locked, newer, damaged, not a case (exit 3)."""


class OlderFormat(CaseUnusable):
    """The case is of an older format: it has to be opened for writing once."""


class Refused(CasefileError):
    """The act was refused and nothing was stored (exit 1); `details` are for machines."""

    def __init__(self, message: str, hint: str = "", details: object = None) -> None:
        super().__init__(message, hint)
        self.details = details


class Cancelled(Exception):
    """The person stopped the work; what was finished stays."""
