"""User-facing words go through gettext here; English is the source language."""

import gettext as _gettext

from casefile.resources import path

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def choose_language(language: str) -> None:
    """Take the catalogue of one language; without one the English words stay."""
    global _catalogue  # noqa: PLW0603 - the one process-wide choice, made once at start
    _catalogue = _gettext.translation("casefile", path("locale"), [language], fallback=True)


def later(message: str) -> str:
    """Mark a sentence of a table for translation; it goes through `tr` when it is shown."""
    return message


def tr(message: str) -> str:
    """Give a sentence in the chosen language."""
    return _catalogue.gettext(message)


def trn(one: str, many: str, count: int) -> str:
    """Give the form of a sentence that fits a count, with `{n}` filled in."""
    return _catalogue.ngettext(one, many, count).format(n=count)
