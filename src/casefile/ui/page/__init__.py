"""Pages and photos as pictures: raw pixels from the child, with marks and hits over them."""

from casefile.ui.page.page_view import PageView
from casefile.ui.page.photo_view import PhotoView

__all__ = ["PageView", "PhotoView"]
