"""The report as one HTML page: no script, no remote reference, everything of a case escaped."""

import re
from functools import cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from casefile.report.outline import CHECK_ALL, Outline
from casefile.resources import path
from casefile.strings import tr

# Characters that HTML does not allow; tab, line feed and carriage return are white space.
_NOT_ALLOWED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def render(report: Outline) -> str:
    """Give the page as text."""
    return _template().render(report=report, check_all=CHECK_ALL)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(path("report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_allowed,
    )
    environment.globals["tr"] = tr
    return environment.get_template("report.html")


def _allowed(value: object) -> object:
    """Show what a page may not hold as a replacement character."""
    return _NOT_ALLOWED.sub("\ufffd", value) if type(value) is str else value
