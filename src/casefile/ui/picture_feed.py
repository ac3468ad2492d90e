"""Pictures for the page and photo views: asked from the child, handed on when they come."""

import math
from collections.abc import Callable

from PySide6.QtCore import QObject

from casefile.model.errors import CasefileError
from casefile.model.page_letters import Box
from casefile.model.values import Picture
from casefile.model.view import PageBoxes, SourceView, TextView
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.page.page_view import PageView
from casefile.ui.page.photo_view import PhotoView
from casefile.ui.photo_facts import photo_rows

PHOTO_SIDE = 1600  # pixels of the longest side that is asked for


class PictureFeed(QObject):
    """Feeds the views with pictures of one source; late pictures of another are dropped."""

    def __init__(self, bridge: DeskBridge, page: PageView, photo: PhotoView) -> None:
        super().__init__(page)
        self._bridge, self._page, self._photo = bridge, page, photo
        self._source: str | None = None
        self._view: SourceView | None = None
        self._text: TextView | None = None
        page.need_page.connect(self._draw_page)
        photo.canvas.need_part.connect(self._draw_part)
        self._size = (0, 0)  # pixels of the upright photo

    def show(self, view: SourceView, text: TextView | None) -> None:
        """Say which source is shown."""
        self._source, self._view, self._text = view.source.id, view, text
        if view.source.kind == "pdf":
            # The readers get ready while the text is read; the first page then comes at once.
            self._bridge.ask(lambda desk: desk.extractor.start(), _ready, topic="readers")

    def draw_photo(self, view: SourceView) -> None:
        """Ask for the photo and show what it says of itself."""
        source, photo = view.source.id, view.facts.photo
        self._size = (photo.width, photo.height) if photo else (0, 0)

        def drawn(picture: Picture) -> None:
            if self._source == source:
                self._photo.set_picture(picture, self._size[0])

        self._photo.set_picture(None)
        self._photo.set_rows(photo_rows(view))
        self._bridge.ask(
            lambda desk: doors.reading.photo_picture(desk, source, PHOTO_SIDE, PHOTO_SIDE),
            drawn,
            lambda error: self._failed(source, error, self._photo.set_trouble),
            topic="photo",
        )

    def _draw_part(self, box: Box, width: int, height: int) -> None:
        """Ask for a piece of the photo as fine as it is looked at."""
        source, (across, down) = self._source, self._size
        if source is None or not across:
            return
        left, top, right, bottom = box
        sides = (
            math.floor(left * across), math.floor(top * down),
            min(math.ceil(right * across), across), min(math.ceil(bottom * down), down),
        )  # fmt: skip
        whole = (sides[0] / across, sides[1] / down, sides[2] / across, sides[3] / down)

        def drawn(picture: Picture) -> None:
            if self._source == source:
                self._photo.canvas.set_part(whole, picture)

        self._bridge.ask(
            lambda desk: doors.reading.photo_part(desk, source, sides, width, height),
            drawn,
            lambda _: None,  # the picture that is seen stays
            topic="photo part",
        )

    def _draw_page(self, page: int, width: int) -> None:
        source, view, text = self._source, self._view, self._text
        if source is None or view is None or text is None or not 1 <= page <= len(text.pages):
            return
        start = text.pages[page - 1][0]

        def failed(error: BaseException) -> None:
            self._failed(source, error, lambda words: self._page.set_page_trouble(page, words))

        def drawn(picture: Picture) -> None:
            if self._source != source:
                return
            # The page is seen at once; where its letters stand is needed only for marks and hits.
            self._page.set_page(page, picture)
            self._bridge.ask(
                lambda desk: doors.reading.boxes_of(desk, view, text, page), placed, failed
            )

        def placed(boxes: PageBoxes) -> None:
            if self._source == source:
                self._page.set_boxes(page, boxes, start)

        self._bridge.ask(
            lambda desk: doors.reading.page_picture(desk, source, page, width), drawn, failed
        )

    def _failed(self, source: str, error: BaseException, say: Callable[[str], None]) -> None:
        if self._source != source:
            return
        if isinstance(error, CasefileError):
            say(error.message)
        else:
            self._bridge.report(error)


def _ready(_: object) -> None:
    """Nothing is to be shown for that."""
