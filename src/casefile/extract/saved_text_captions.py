"""Captions and credits among the paragraphs of a saved text."""

import re
from collections.abc import Sequence

from casefile.extract.article_credit import Split, credit_name, is_credit, split_credit
from casefile.extract.article_noise import is_noise
from casefile.extract.article_zones import Pictures, Piece
from casefile.extract.saved_text_lines import Paragraph

_LABELLED = re.compile(
    r"photo|image|picture|credit|courtesy|©|\(c\)|фото|снимок|تصوير|الصورة|صورة|عدسة|عکس|foto|bild|crédit|imagen|источник|source|المصدر|quelle",
    re.IGNORECASE,
)
_OF_PICTURES = re.compile(
    r"photo|image|picture|©|\(c\)|фото|снимок|تصوير|الصورة|صورة|عدسة|عکس|foto|bild|imagen|courtesy",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:said|says|told|added|according to|сказал[аи]?|заявил[аи]?|сообщил[аи]?|отметил[аи]?)\b|(?<!\w)(?:قال|قالت|وقال|أكد|أوضح|أضاف|گفت)(?!\w)|[\"“”«»]",
    re.IGNORECASE,
)
_MOST_CAPTION_WORDS = 75
_MOST_CREDIT_WORDS = 12
_MOST_SENTENCE_WORDS = 35


def find_captions(
    paragraphs: Sequence[Paragraph], text: str, pictures: Pictures
) -> tuple[list[Piece], set[int]]:
    """Find captions and credits; give their pieces and the numbers of their paragraphs."""
    pieces: list[Piece] = []
    used: set[int] = set()
    for number, paragraph in enumerate(paragraphs):
        words = text[paragraph.start : paragraph.end]
        if is_noise(words):
            continue
        if _is_credit_line(words, paragraph):
            before = _caption_before(paragraphs, number, used)
            if before is None and not _OF_PICTURES.search(words):
                continue  # "Source: ..." alone says where the text is from
            pieces += _pair(text, before, paragraph, pictures)
            used.update({number} | ({number - 1} if before else set()))
            continue
        found = split_credit(words) if paragraph.words <= _MOST_CAPTION_WORDS else None
        if found is not None and _is_sure(words, found):
            used.add(number)
            pieces += _split(words, paragraph.start, found, pictures)
    return pieces, used


def _is_credit_line(words: str, paragraph: Paragraph) -> bool:
    return is_credit(words) and paragraph.words <= _MOST_CREDIT_WORDS


def _is_sure(words: str, found: Split) -> bool:
    """Tell a caption from a paragraph that ends with the name of an agency in brackets."""
    credit = words[slice(*found.credit)]
    if len(credit.split()) > _MOST_CREDIT_WORDS + 4:
        return False
    if _LABELLED.search(credit):
        return True
    caption = words[slice(*found.caption)]
    short = 0 < len(caption.split()) <= _MOST_SENTENCE_WORDS
    return short and not _SPEECH.search(caption)


def _caption_before(
    paragraphs: Sequence[Paragraph], number: int, used: set[int]
) -> Paragraph | None:
    """Give the paragraph above a credit when it is its caption, not the article's text."""
    if number == 0 or number - 1 in used:
        return None
    above, credit = paragraphs[number - 1], paragraphs[number]
    spaced = any(p.blank for p in paragraphs[1:])
    close = credit.blank == 0 and spaced
    if above.words > _MOST_CAPTION_WORDS or above.words < 3:
        return None
    if close and number > 1:
        return above
    plain = above.words <= _MOST_SENTENCE_WORDS and not _SPEECH.search(above.line)
    return above if plain and above.is_sentence and number > 1 else None


def _pair(
    text: str, caption: Paragraph | None, credit: Paragraph, pictures: Pictures
) -> list[Piece]:
    words = " ".join(text[caption.start : caption.end].split()) if caption else None
    image = pictures.add(words, credit_name(text[credit.start : credit.end]))
    pieces = [Piece(caption.start, caption.end, "caption", image)] if caption else []
    return [*pieces, Piece(credit.start, credit.end, "credit", image)]


def _split(words: str, start: int, found: Split, pictures: Pictures) -> list[Piece]:
    caption = " ".join(words[slice(*found.caption)].split())
    image = pictures.add(caption or None, found.name)
    pieces = [Piece(start, start + found.caption[1], "caption", image)] if caption else []
    return [*pieces, Piece(start + found.credit[0], start + found.credit[1], "credit", image)]
