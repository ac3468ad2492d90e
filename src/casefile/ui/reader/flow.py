"""Which items are on the screen: scrolling keeps its place while guessed heights are corrected."""

from casefile.ui.reader.document import Document


class Flow:
    """The place is an item and how far its top is above the upper edge; all in logical pixels."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.item = 0
        self.offset = 0.0
        self.visible: list[tuple[int, float]] = []  # item, top in the viewport

    @property
    def value(self) -> float:
        """The place as a distance from the beginning."""
        return self.document.stack.top(self.item) + self.offset

    def jump(self, y: float) -> None:
        """Go to a distance from the beginning."""
        self.item, self.offset = self.document.stack.at(y)

    def put(self, item: int, offset: float) -> None:
        """Put a point of an item at the upper edge; the offset may be negative."""
        self.item, self.offset = item, offset

    def settle(self, height: float) -> None:
        """Lay out what is seen in a viewport of this height."""
        self._normalise()
        foot = self._fill(height)
        if foot < height and (self.item or self.offset):
            self.offset -= height - foot
            self._normalise()
            self._fill(height)

    def top_of(self, item: int) -> float | None:
        """Give where an item stands in the viewport, None when it is not on it."""
        return next((y for number, y in self.visible if number == item), None)

    def _normalise(self) -> None:
        measure, last = self.document.measure, len(self.document.items) - 1
        while self.offset < 0 and self.item > 0:
            self.item -= 1
            self.offset += measure(self.item)
        self.offset = max(0.0, self.offset)
        while self.item < last and self.offset >= measure(self.item):
            self.offset -= measure(self.item)
            self.item += 1

    def _fill(self, height: float) -> float:
        self.visible = []
        y, item = -self.offset, self.item
        while y < height and item < len(self.document.items):
            self.visible.append((item, y))
            y += self.document.measure(item)
            item += 1
        return y
