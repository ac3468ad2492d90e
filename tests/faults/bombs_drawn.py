"""PDFs whose fonts, notes, pictures and drawings are bombs, made on the spot."""

import zlib
from collections.abc import Iterator
from functools import partial

from bombs_pdf import Bomb, pdf, stream


def _cmap(ranges: bytes) -> bytes:
    body = b"/CIDInit/ProcSet findresource begin begincmap %s endcmap" % ranges
    return pdf(
        b"BT /F 9 Tf <00410042> Tj ET",
        objects={
            5: b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H"
            b"/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
            6: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<<>>>>",
            7: stream(body),
        },
    )


def _image(more: bytes, data: bytes = b"") -> bytes:
    head = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceRGB/BitsPerComponent 8"
    return pdf(
        b"99 0 0 99 0 0 cm /X Do",
        resources=b"/XObject<</X 6 0 R>>",
        objects={6: stream(data, head + more)},
    )


def _fonts() -> Iterator[Bomb]:
    wide = b"1 beginbfrange <0000> <FFFF> <0041> endbfrange "
    for name, ranges in (
        ("once", wide),
        ("often", wide * 2_000),
        ("huge", b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"),
        ("backwards", b"1 beginbfrange <FFFF> <0000> <0041> endbfrange"),
        ("long", b"1 beginbfchar <0041> <%s> endbfchar" % (b"0041" * 200_000)),
        ("open", b"1 beginbfrange <0000"),
        ("spaces", b"1 begincodespacerange <00> <FF> endcodespacerange " * 50_000),
    ):
        yield f"letters of a font {name}", partial(_cmap, ranges)
    for name, font in (
        ("itself", b"<</Type/Font/Subtype/Type0/BaseFont/X/DescendantFonts[5 0 R]>>"),
        ("widths", b"<</Type/Font/Subtype/TrueType/Widths[%s]>>" % (b"9 " * 500_000)),
        (
            "names",
            b"<</Type/Font/Subtype/Type1/Encoding<</Differences[%s]>>>>" % (b"1/a " * 99_999),
        ),
        (
            "type 3",
            (
                b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]"
                b"/CharProcs<</w 4 0 R>>/Encoding<</Differences[119/w]>>/Resources<</Font<</F 5 0 R>>>>>>"
            ),
        ),
        (
            "first",
            b"<</Type/Font/Subtype/TrueType/FirstChar -99/LastChar 2147483647/Widths 5 0 R>>",
        ),
    ):
        yield f"font {name}", partial(lambda f: pdf(objects={5: f}), font)


def _notes() -> Iterator[Bomb]:
    note = b"<</Subtype/Text/Rect[0 0 9 9]/Contents(a)%s>>"
    for name, notes, objects in (
        ("many", b"6 0 R " * 100_000, {6: note % b""}),
        ("an answer to itself", b"6 0 R", {6: note % b"/IRT 6 0 R"}),
        ("long", b"6 0 R", {6: note.replace(b"(a)", b"(" + b"a" * 9_999_999 + b")") % b""}),
        (
            "quads",
            b"6 0 R",
            {6: b"<</Subtype/Highlight/Rect[0 0 9 9]/QuadPoints[%s]>>" % (b"1 " * 800_000)},
        ),
        ("a loop of looks", b"6 0 R", {6: note % b"/AP<</N 6 0 R>>"}),
    ):
        page = b"/Annots[%s]" % notes
        yield f"notes: {name}", partial(lambda p, o: pdf(page=p, objects=o), page, objects)


def _pictures() -> Iterator[Bomb]:
    for width, height in ((10**6, 10**6), (2**31 - 1, 1), (65_535, 65_535), (0, 0), (-1, 9)):
        size = b"/Width %d/Height %d" % (width, height)
        yield f"picture {width} by {height}", partial(_image, size)
        unpacked = zlib.compress(bytes(50 << 20), 1)
        yield (
            f"picture of zeros {width} by {height}",
            partial(lambda s, d: _image(s + b"/Filter/FlateDecode", d), size, unpacked),
        )
    for name in (b"DCTDecode", b"JPXDecode", b"JBIG2Decode", b"CCITTFaxDecode"):
        more = b"/Width 9999/Height 9999/Filter/" + name
        yield (
            f"picture in {name.decode()}",
            partial(lambda m: _image(m, b"\xff\xd8\xff\x00" * 9_999), more),
        )


def _drawings() -> Iterator[Bomb]:
    for name, resources, drawing, objects in (
        (
            "tiles of themselves",
            b"/Pattern<</P 6 0 R>>",
            b"/Pattern cs /P scn 0 0 99 99 re f",
            {
                6: stream(
                    b"/Pattern cs /P scn 0 0 9 9 re f",
                    b"/PatternType 1/PaintType 1/TilingType 1"
                    b"/BBox[0 0 9 9]/XStep .001/YStep .001/Resources<</Pattern<</P 6 0 R>>>>",
                )
            },
        ),
        (
            "a mask of itself",
            b"/ExtGState<</G 6 0 R>>",
            b"/G gs 0 0 9 9 re f",
            {
                6: b"<</SMask<</S/Alpha/G 7 0 R>>>>",
                7: stream(
                    b"/G gs 0 0 9 9 re f",
                    b"/Subtype/Form/BBox"
                    b"[0 0 9 9]/Group<</S/Transparency>>/Resources<</ExtGState<</G 6 0 R>>>>",
                ),
            },
        ),
    ):
        yield (
            f"drawing {name}",
            partial(lambda r, d, o: pdf(d, resources=r, objects=o), resources, drawing, objects),
        )


def _more_drawings() -> Iterator[Bomb]:
    for name, resources, drawing, objects in (
        (
            "a shade",
            b"/Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Function 6 0 R>>>>",
            b"/S sh",
            {
                6: stream(
                    b"{" * 9_999 + b"}" * 9_999,
                    b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]",
                )
            },
        ),
        (
            "colours of themselves",
            b"/ColorSpace<</C 6 0 R>>",
            b"/C cs 0 0 9 9 re f",
            {6: b"[/Indexed 6 0 R 1 6 0 R]"},
        ),
        (
            "a picture in line",
            b"",
            b"BI /W 99999999 /H 99999999 /BPC 8 /CS /RGB ID " + b"x" * 99 + b" EI",
            {},
        ),
    ):
        yield (
            f"drawing {name}",
            partial(lambda r, d, o: pdf(d, resources=r, objects=o), resources, drawing, objects),
        )


def all_of() -> Iterator[Bomb]:
    """Give every bomb by a name of its own; each is made when it is called."""
    for family in (_fonts, _notes, _pictures, _drawings, _more_drawings):
        for name, make in family():
            yield f"{name}.pdf", make
