import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from casefile.extract import derive, pdf
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.extract.pdf_align import aligned
from casefile.extract.pdf_pages import Letter
from casefile.model.errors import CasefileError
from casefile.model.values import Picture

Make = Callable[..., bytes]
Box = tuple[float, float, float, float]


def _image(picture: Picture) -> Image.Image:
    return Image.frombytes("RGBA", (picture.width, picture.height), picture.pixels).convert("L")


def _page(data: bytes, page: int, width: int, limits: Limits | None = None) -> Picture:
    return derive.page_picture(data, Context("x", {}, limits or Limits()), page, width)


def _ink(picture: Picture, box: Box) -> bool:
    """Say whether something dark is drawn inside of a box."""
    image = _image(picture)
    scale = (image.width, image.height) * 2
    left, top, right, bottom = (round(edge * size) for edge, size in zip(box, scale, strict=True))
    return min(image.crop((left, top, right, bottom)).tobytes()) < 128


def test_a_page_is_drawn_as_wide_as_asked(make_pdf: Make) -> None:
    picture = _page(make_pdf("words", "more"), 2, 600)
    assert (picture.width, picture.height) == (600, 800)
    assert picture.pixels[:4] == b"\xff\xff\xff\xff"


def test_a_page_is_never_larger_than_allowed(make_pdf: Make) -> None:
    picture = _page(make_pdf("words"), 1, 100_000, Limits(picture_pixels=10_000))
    assert 8_000 < picture.width * picture.height <= 10_000


@pytest.mark.parametrize("page", [0, 3, -1, 10**9])
def test_a_page_that_is_not_there_is_trouble(page: int, make_pdf: Make) -> None:
    with pytest.raises(CasefileError, match="cannot be drawn"):
        _page(make_pdf("one", "two"), page, 100)


def test_boxes_lie_on_the_words_of_a_page(make_pdf: Make, context: Context) -> None:
    data = make_pdf("first page", "second page", "on the third page\nthe bridge is closed")
    draft = pdf.read(data, context)
    text = draft.text[slice(*draft.pages[2])]
    boxes = derive.page_boxes(data, context, 3, text)
    picture = _page(data, 3, 1200)
    for letter, box in zip(text, boxes, strict=True):
        assert (box is None) == letter.isspace()
        assert box is None or _ink(picture, box)
    start = text.index("bridge")
    left, right = boxes[start], boxes[start + 5]
    assert left is not None
    assert right is not None
    assert left[0] < right[0]
    # Nothing is drawn right below the last line, nor left of the margin.
    assert not _ink(picture, (left[0], left[3] + 0.01, right[2], left[3] + 0.05))
    assert not _ink(picture, (0.0, left[1], 0.06, left[3]))


def test_boxes_follow_a_turned_page(make_pdf: Make) -> None:
    data = make_pdf("turned").replace(b"/MediaBox", b"/Rotate 90/MediaBox")
    boxes = derive.page_boxes(data, Context("x"), 1, "turned")
    picture = _page(data, 1, 1200)
    assert picture.width > picture.height
    assert all(box is not None and _ink(picture, box) for box in boxes)


LETTERS = [Letter(c, (at / 20, 0.0, (at + 1) / 20, 0.1)) for at, c in enumerate("the oﬃce is shut")]


def test_two_readings_are_laid_over_each_other() -> None:
    boxes = aligned("The office  is\nshut", LETTERS)
    assert boxes[0] is None
    assert boxes[1] == LETTERS[1].box
    assert boxes[5] == boxes[6] == boxes[7] == LETTERS[5].box
    assert boxes[-1] == LETTERS[-1].box
    assert boxes[10:12] == [None, None]


def test_words_that_the_page_does_not_have_get_no_box() -> None:
    assert aligned("нет такого", LETTERS) == [None] * 10
    assert aligned("", LETTERS) == []


def test_a_photo_is_drawn_upright_and_never_enlarged(make_photo: Make) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = derive.photo_picture(make_photo(size=(640, 320), exif=exif), 100, 100, Limits())
    assert (picture.width, picture.height) == (50, 100)
    # The white corner was at the top left; after a turn to the right it is at the top right.
    image = _image(picture)
    assert image.tobytes()[4 * 50 + 46] > 240
    assert image.tobytes()[4 * 50 + 4] < 100
    small = derive.photo_picture(make_photo(), 4000, 4000, Limits())
    assert (small.width, small.height) == (64, 32)


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "I;16", "F"]
)
def test_every_kind_of_pixels_is_drawn(mode: str) -> None:
    out = io.BytesIO()
    ramp = Image.linear_gradient("L")
    image = ramp.convert("I").point(lambda v: v * 200).convert("I;16") if mode == "I;16" else ramp
    if mode == "LAB":
        image = Image.merge("LAB", (ramp, ramp.point(lambda _: 128), ramp.point(lambda _: 128)))
    elif mode != "I;16":
        image = ramp.convert("RGB").convert(mode) if mode != "F" else ramp.convert("F")
    image.save(out, "PNG" if mode in ("LA", "P", "RGBA", "1", "L") else "TIFF")
    picture = _image(derive.photo_picture(out.getvalue(), 256, 256, Limits()))
    dark, bright = picture.getpixel((128, 8)), picture.getpixel((128, 247))
    assert isinstance(dark, int)
    assert isinstance(bright, int)
    assert dark < 64
    assert bright > 190


def test_a_damaged_photo_is_trouble(make_photo: Make) -> None:
    for data in (b"nothing", make_photo("PNG", (640, 480))[:400]):
        with pytest.raises(CasefileError, match="damaged"):
            derive.photo_picture(data, 100, 100, Limits())


@pytest.mark.corpora
def test_letters_of_real_pages_have_boxes(corpora: Path, context: Context) -> None:
    for name, page in (("docling/multi_page.pdf", 3), ("docling/right_to_left_01.pdf", 1)):
        data = (corpora / "pdf" / name).read_bytes()
        draft = pdf.read(data, context)
        text = draft.text[slice(*draft.pages[page - 1])]
        boxes = derive.page_boxes(data, context, page, text)
        letters = [box for letter, box in zip(text, boxes, strict=True) if not letter.isspace()]
        assert sum(box is None for box in letters) <= len(letters) * 0.03
