"""The language of a text, by a shipped model; no network, no guess where there is little text."""

import re
from functools import cache

import fasttext

from casefile import resources

MODEL = "lid.176.ftz"
_SAMPLE = 4000  # code points; more does not change the answer
_FEWEST_LETTERS = 20
_FEWEST_IDEOGRAPHS = 8
_LEAST_PROBABILITY = 0.6
_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[#@]\w+|[\W\d_]+")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
# Names of Wikipedia editions among the model's labels, as the codes of ISO 639.
_ISO_639 = {"als": "gsw", "bh": "bih", "eml": "egl", "nah": "nah", "sh": "hbs"}


@cache
def _model() -> fasttext.FastText:
    return fasttext.load_model(str(resources.path(MODEL)))


def warm() -> None:
    """Load the model, so that a child without files can use it."""
    _model()


def identify(text: str) -> str | None:
    """Give the ISO 639 code of the language of a text; None when it is short or uncertain.

    Two letters where ISO 639-1 has a code, three otherwise.
    """
    code, chance = likely(text)
    return code if chance >= _LEAST_PROBABILITY else None


def likely(text: str) -> tuple[str | None, float]:
    """Give the likeliest language and how likely it is (0 to 1); (None, 0.0) for a short text."""
    sample = " ".join(_NOISE.sub(" ", text[:_SAMPLE]).split())
    letters = len(sample.replace(" ", ""))
    few = _FEWEST_IDEOGRAPHS if _IDEOGRAPH.search(sample) else _FEWEST_LETTERS
    if letters < few:
        return None, 0.0
    # A text in capitals is unlike anything the model was trained on.
    labels, chances = _model().predict(sample.lower(), k=1)
    if not labels:
        return None, 0.0
    code = str(labels[0]).removeprefix("__label__")
    return _ISO_639.get(code, code), float(chances[0])
