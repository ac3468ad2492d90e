"""Raw pixels from the child as an image of Qt; no image decoder is involved."""

from PySide6.QtGui import QImage

from casefile.model.values import Picture


def image_of(picture: Picture) -> QImage:
    """Copy the pixels into an image that is quick to paint."""
    rows = QImage(
        picture.pixels,
        picture.width,
        picture.height,
        picture.width * 4,
        QImage.Format.Format_RGBA8888,
    )
    # The conversion copies: the image outlives the bytes it was made from.
    return rows.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
