"""What a person does with a search: spellings on and off, kept as names."""

from typing import TYPE_CHECKING

from casefile.model.hit import Variant
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.spellings_sheet import KEPT_AS_NAME, SpellingsSheet

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow


class SearchActs:
    """Acts on the search of one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._w = window
        window.search.head.spellings_wanted.connect(self.spellings)

    def toggle_spellings(self) -> None:
        """Seek other spellings, or only what was written."""
        self._w.search.head.toggle_spellings()

    def spellings(self) -> None:
        """Show which spellings were used."""
        page = self._w.search
        if page.answer is None:
            return
        keep = self.keep if self._w.writable else None
        used, off = page.answer.variants, page.head.without
        SpellingsSheet(self._w.theme, self._w, used, off, self.leave_out, keep).open()

    def leave_out(self, spellings: tuple[str, ...]) -> None:
        """Search again without some spellings."""
        self._w.search.head.without = spellings
        self._w.search.ask_now()

    def keep_first(self) -> None:
        """Keep the spelling that found the current hit as a name of what was sought."""
        page = self._w.search
        hit, answer = page.current(), page.answer
        if hit is None or answer is None:
            return
        said = " ".join(hit.snippet.why)
        fits = [v for v in answer.variants if v.why in KEPT_AS_NAME and v.spelling in said]
        if fits:
            self.keep(fits[0])
        else:
            self._w.toast.say(tr("This hit needs no other spelling."))

    def keep(self, variant: Variant) -> None:
        """Keep a spelling as an alias; undo takes it back."""
        self._w.bridge.act(
            lambda desk: doors.spellings.accept(desk, variant.word, variant.spelling),
            said=tr("{spelling} kept as a name of {word}").format(
                spelling=variant.spelling, word=variant.word
            ),
        )
