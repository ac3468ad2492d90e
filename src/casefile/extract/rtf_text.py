"""The marks of rich text, read one after the other."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from casefile.extract.office import Collector, Paragraph, kind_of_style
from casefile.extract.rtf_words import (
    BESIDE,
    CHARSETS,
    ENDING,
    INFO,
    LETTERS,
    MOST_INFO,
    NO_TEXT,
    OPENED,
    SIGNS,
    TOKEN,
)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    place: str = "text"  # text, beside, no text, fonts, styles, info, or a word of INFO
    font: int | None = None
    skipped: int = 1  # letters behind a Unicode letter, for programs that know none
    deleted: bool = False
    starred: bool = False


class Reader:
    """Reads rich text; `found` are its paragraphs, `info` what it says of itself."""

    def __init__(self, encoding: str | None = None) -> None:
        self.found = Collector()
        self.info: dict[str, str] = {}
        self.deleted = False
        self.damaged = 0
        self._chosen = encoding
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, str] = {}
        self._default: int | None = None
        self._stack: list[_State] = []
        self._state = _State()
        self._bytes = bytearray()
        self._parts: list[str] = []
        self._texts: list[tuple[int, list[str], str]] = []  # those around a note or a box
        self._held: list[Paragraph] = []
        self._aside = self._kind = "body"
        self._skip = 0
        self._number = -1  # of the font or style that is being named
        self._level = 0
        self._closed = False

    @property
    def is_cut_off(self) -> bool:
        """True when a group was still open at the end."""
        return not self._closed

    def read(self, marks: str) -> None:
        """Read a whole file, whose bytes are given as letters of Latin-1."""
        at = 0
        while not self._closed:
            token = TOKEN.match(marks, at)
            if token is None:
                if at >= len(marks):
                    break
                at += 1
                continue
            at = token.end()
            if token["word"] == "bin":
                at += max(0, int(token["number"] or 0))
            else:
                self._take(token)
        self._flush()
        while self._texts:
            self._leave_note()
        self._paragraph()

    def _take(self, token: re.Match[str]) -> None:
        if token["text"] is not None:
            self._letters(token["text"])
        elif token["hex"] is not None:
            self._letters(chr(int(token["hex"], 16)))
        elif token["brace"] == "{":
            self._flush()
            self._stack.append(self._state)
            self._state = (
                replace(self._state, starred=False) if self._state.starred else self._state
            )
        elif token["brace"] == "}":
            self._close()
        elif token["word"]:
            self._flush()
            number = int(token["number"]) if token["number"] else None
            if self._skip and token["word"] in LETTERS:
                # The same letter once more, for programs that know no Unicode.
                self._skip -= 1
            else:
                self._word(token["word"], number)
        elif token["sign"]:
            self._flush()
            self._sign(token["sign"])

    def _letters(self, letters: str) -> None:
        if self._skip:
            kept = letters[self._skip :]
            self._skip -= len(letters) - len(kept)
            letters = kept
        self._bytes += letters.encode("latin-1")

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._state = replace(self._state, starred=True)
        elif sign in "\n\r":
            self._word("par", None)
        elif sign in SIGNS:
            self._add(SIGNS[sign])

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        if not self._stack:
            return
        if self._texts and self._texts[-1][0] == len(self._stack):
            self._leave_note()
        self._state = self._stack.pop()
        self._closed = not self._stack

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if word in self._handled:
            self._handled[word](self, number)
        elif state.place in ("text", "beside"):
            self._text_word(word)
        elif state.place == "info" and word in INFO:
            self._state = replace(state, place=word)
        elif state.place == "creatim" and number is not None and word in ("yr", "mo", "dy"):
            self.info["creatim"] = f"{self.info.get('creatim', '')}-{number:02}".strip("-")
        elif state.place == "fonts" and word == "fcharset":
            self._fonts[self._number] = CHARSETS.get(number or 0, "")
        if state.starred and word not in OPENED and self._state.place in ("text", "beside"):
            self._state = replace(self._state, place="no text")

    def _text_word(self, word: str) -> None:
        if word in LETTERS:
            self._add(LETTERS[word])
        elif word in ENDING:
            self._paragraph()
        elif word in ("cell", "nestcell"):
            self._paragraph(keep=True)
            self.found.start_cell()
        elif word in ("row", "nestrow"):
            self.found.end_row()
        elif word in NO_TEXT:
            self._state = replace(self._state, place="no text")
        elif word in BESIDE:
            self._enter_note(BESIDE[word])
        elif word in ("fonttbl", "stylesheet", "info"):
            places = {"fonttbl": "fonts", "stylesheet": "styles", "info": "info"}
            self._state = replace(self._state, place=places[word])

    def _enter_note(self, kind: str) -> None:
        """Begin a note, a box or a margin: its paragraphs come behind the one around it."""
        self._texts.append((len(self._stack), self._parts, self._kind))
        self._parts = []
        self._aside = kind
        self._kind = kind
        self._state = replace(self._state, place="beside")

    def _leave_note(self) -> None:
        self._paragraph()
        _, self._parts, self._kind = self._texts.pop()
        self._aside = "body"

    def _paragraph(self, *, keep: bool = False) -> None:
        """End a paragraph; a pair of surrogates in it is one letter."""
        self._flush()
        text = "".join(self._parts)
        self._parts = []
        if text or keep or (self._held and not self._texts):
            whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            paragraph = Paragraph(whole, self._kind)
            if self._texts:
                self._held.append(paragraph)
            else:
                self.found.put([paragraph, *self._held])
                self._held = []

    def _add(self, letters: str) -> None:
        state = self._state
        if state.deleted:
            self.deleted = True
        elif state.place in ("text", "beside"):
            self._parts.append(letters)
        elif state.place in ("title", "author"):
            known = self.info.get(state.place, "")
            self.info[state.place] = (known + letters)[:MOST_INFO]

    def _flush(self) -> None:
        """Decode the bytes that were gathered, by the font that they are set in."""
        if not self._bytes:
            return
        state = self._state
        data, self._bytes = bytes(self._bytes), bytearray()
        if state.place == "styles":
            self._styles.setdefault(self._number, data.decode("latin-1").strip().rstrip(";"))
            return
        if state.place in ("fonts", "no text", "info", "creatim"):
            return
        letters = data.decode(self._encoding(), "replace")
        self.damaged += letters.count("\ufffd")
        self._add(letters)

    def _encoding(self) -> str:
        font = self._default if self._state.font is None else self._state.font
        return self._chosen or self._fonts.get(-1 if font is None else font) or self._page

    # Words that change what holds; each is given its number.

    def _on_unicode(self, number: int | None) -> None:
        if number is not None:
            code = number + 0x10000 if number < 0 else number
            self._add(chr(code) if 0 < code < 0x110000 else "\ufffd")
        self._skip = self._state.skipped

    def _on_font(self, number: int | None) -> None:
        if self._state.place == "fonts":
            self._number = number or 0
        else:
            self._state = replace(self._state, font=number)

    def _on_style(self, number: int | None) -> None:
        if self._state.place == "styles":
            self._number = number or 0
        elif self._aside == "body":
            self._kind = kind_of_style(self._styles.get(number or 0, ""))

    def _on_plain_paragraph(self, _number: int | None) -> None:
        self._kind = self._aside

    def _on_page(self, number: int | None) -> None:
        name = f"cp{number}"
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self._page = "utf-8" if number == 65001 else name

    def _on_default(self, number: int | None) -> None:
        self._default = number

    def _on_skipped(self, number: int | None) -> None:
        self._state = replace(self._state, skipped=max(0, min(number or 0, 100)))

    def _on_plain(self, _number: int | None) -> None:
        self._state = replace(self._state, font=None, deleted=False)

    def _on_deleted(self, number: int | None) -> None:
        self._state = replace(self._state, deleted=number != 0)

    def _on_outline(self, number: int | None) -> None:
        if self._aside == "body" and number is not None and 0 <= number < 9:
            self._kind = "heading" if number == 0 else "subheading"

    def _on_list(self, _number: int | None) -> None:
        if self._kind == "body":
            self._kind = "list"

    def _on_row(self, _number: int | None) -> None:
        self.found.end_row()
        self.found.start_row()
        self.found.start_cell()

    def _on_unicode_twin(self, _number: int | None) -> None:
        """Read the half of a doubled group that is in Unicode, as the group around it is read."""
        if len(self._stack) >= 2:
            self._state = replace(self._state, place=self._stack[-2].place, starred=False)

    _handled: ClassVar[dict[str, Callable[..., None]]] = {
        "u": _on_unicode,
        "f": _on_font,
        "s": _on_style,
        "pard": _on_plain_paragraph,
        "ansicpg": _on_page,
        "deff": _on_default,
        "uc": _on_skipped,
        "plain": _on_plain,
        "deleted": _on_deleted,
        "outlinelevel": _on_outline,
        "ls": _on_list,
        "trowd": _on_row,
        "ud": _on_unicode_twin,
    }
