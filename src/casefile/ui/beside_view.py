"""One of two sources that stand side by side: what it is, and its words or its photo."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStackedWidget, QTextEdit, QWidget
from typing_extensions import override

from casefile.model.text import isolate, to_utf16
from casefile.model.values import Span
from casefile.services.copies import Side
from casefile.strings import tr
from casefile.ui.dates import short_date
from casefile.ui.lettering import qt_direction
from casefile.ui.page.picture import image_of
from casefile.ui.parts import OneLine, Words, column
from casefile.ui.theme import Theme

MOST_MARKED = 1500  # differences of one text that are drawn


class BesideView(QWidget):
    """Shows one side; what only it has stands on a colour with a line below."""

    def __init__(self, theme: Theme, name: str, ink: str) -> None:
        super().__init__()
        self._theme, self._ink = theme, ink
        self.title = OneLine(theme, "", "ui_strong")
        self.facts = OneLine(theme, "", "label", "text2")
        self.hash = OneLine(theme, "", "label", "text3")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName(name)
        self.text.setTabChangesFocus(True)
        self.photo = _Photo(theme)
        self.nothing = Words(theme, tr("Nothing was read in it."), "ui", "text3")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        for part in (self.text, self.photo, self.nothing):
            self.stack.addWidget(part)
        layout = column(self, (14, 10, 14, 10), 4)
        for line in (self.title, self.facts, self.hash):
            layout.addWidget(line)
        layout.addSpacing(6)
        layout.addWidget(self.stack, 1)
        theme.changed.connect(self._restyle)
        self._spans: Sequence[Span] = ()
        self._restyle()

    def show_side(self, side: Side, spans: Sequence[Span]) -> None:
        """Show a source and mark what only it has."""
        view = side.view
        self.title.set_text(view.title)
        self.facts.set_text(" · ".join(_facts(side)))
        self.hash.set_text(f"SHA-256 {view.file.object}" if view.file else "")
        self._spans = spans
        if side.picture is not None:
            self.photo.show_image(image_of(side.picture))
            self.stack.setCurrentWidget(self.photo)
            return
        words = side.text.text if side.text else ""
        self.stack.setCurrentWidget(self.text if words.strip() else self.nothing)
        self.text.setLayoutDirection(qt_direction(words))
        self.text.setPlainText(words)
        self._mark(words)

    def go_to(self, number: int) -> None:
        """Show a difference."""
        if 0 <= number < len(self.text.extraSelections()):
            cursor = self.text.extraSelections()[number].cursor
            cursor.clearSelection()
            self.text.setTextCursor(cursor)
            self.text.centerCursor()

    def _mark(self, words: str) -> None:
        look = QTextCharFormat()
        look.setBackground(self._theme.color(f"{self._ink}_soft"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(self._theme.color(self._ink))
        marked = []
        for span in self._spans[:MOST_MARKED]:
            chosen = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(to_utf16(words, span.start))
            cursor.setPosition(to_utf16(words, span.end), QTextCursor.MoveMode.KeepAnchor)
            chosen.cursor, chosen.format = cursor, look
            marked.append(chosen)
        self.text.setExtraSelections(marked)

    def _restyle(self) -> None:
        self.text.setFont(self._theme.font("body"))


class _Photo(QWidget):
    """A photo, whole, on paper."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self.setAccessibleName(tr("Photo"))

    def show_image(self, image: QImage) -> None:
        """Show another photo."""
        self._image = image
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None or self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width, height = self._image.width(), self._image.height()
        share = min(self.width() / width, self.height() / height, 1.0)
        size = (width * share, height * share)
        place = QRectF((self.width() - size[0]) / 2, 0, *size)
        painter.drawImage(place, self._image)
        painter.end()


def _facts(side: Side) -> list[str]:
    view = side.view
    source, file = view.source, view.file
    photo = view.facts.photo
    found = [source.publisher or "", short_date(source.published) if source.published else ""]
    if file is not None:
        found += [file.name or "", _size(file.size or 0)]
    if photo is not None:
        found.append(f"{photo.width} × {photo.height}")
    found.append(source.url or "")
    return [isolate(word) for word in found if word]


def _size(count: int) -> str:
    if count < 1000:
        return tr("{n} bytes").format(n=count)
    for unit in ("kB", "MB"):
        count_ = count / (1000 if unit == "kB" else 1_000_000)
        if count_ < 1000:
            return f"{count_:.1f} {unit}"
    return f"{count / 1e9:.1f} GB"
