"""Pictures that promise or hold far more than they weigh, made on the spot."""

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial

from PIL import Image

Bomb = tuple[str, Callable[[], bytes]]
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, rows: bytes, *more: bytes, depth: int = 8, kind: int = 2) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows, 1))
    return PNG_HEAD + head + b"".join(more) + body + chunk(b"IEND", b"")


def plain(form: str) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, form)
    return out.getvalue()


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def _jpeg(*segments: bytes) -> bytes:
    data = plain("JPEG")
    return data[:2] + b"".join(segments) + data[2:]


def _exif(body: bytes) -> bytes:
    return _segment(0xE1, b"Exif\0\0" + body[:65_000])


def ifd(entries: list[tuple[int, int, int, int]], following: int, at: int = 8) -> bytes:
    """Make a TIFF with one list of entries (tag, type, count, value)."""
    rows = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    listed = struct.pack("<H", len(entries)) + rows + struct.pack("<I", following)
    return b"II*\0" + struct.pack("<I", at) + listed


def _sized(width: int, height: int) -> bytes:
    data = bytearray(plain("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _box(kind: bytes, body: bytes, size: int | None = None) -> bytes:
    return struct.pack(">I", len(body) + 8 if size is None else size) + kind + body


def _heif(brand: bytes, *boxes: bytes) -> bytes:
    return _box(b"ftyp", brand + bytes(4) + b"mif1" + brand) + b"".join(boxes)


def _deep_boxes(depth: int) -> bytes:
    body = b""
    for _ in range(depth):
        body = _box(b"meta", bytes(4) + body)
    return body


def _pngs() -> Iterator[Bomb]:
    sizes = (
        (60_000, 60_000),
        (2**31 - 1, 1),
        (1, 2**31 - 1),
        (0, 0),
        (13_000, 13_000),
        (9_000, 9_000),
    )
    for width, height in sizes:
        for kind in (0, 2, 3, 6):
            make = partial(png, width, height, bytes(30 << 20), kind=kind)
            yield f"{width} by {height} of kind {kind}.png", make
    text = zlib.compress(b"a" * (50 << 20), 1)
    for name, body in (
        (b"zTXt", b"Comment\0\0" + text),
        (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + text),
        (b"iCCP", b"a\0\0" + text),
        (b"eXIf", ifd([(0x8769, 4, 1, 8)], 8)),
        (b"acTL", struct.pack(">II", 2**31 - 1, 0)),
        (b"tEXt", b"a\0" + b"b" * (20 << 20)),
    ):
        yield (
            f"a chunk {name.decode()}.png",
            partial(lambda n, b: png(9, 9, bytes(999), chunk(n, b)), name, body),
        )
    yield "chunks.png", lambda: png(9, 9, bytes(999), chunk(b"tEXt", b"a\0b") * 200_000)
    yield "no end.png", lambda: png(9, 9, bytes(999))[:-12] + b"\x7f\xff\xff\xffIDAT"


def _jpegs() -> Iterator[Bomb]:
    for width, height in ((65_535, 65_535), (65_535, 1), (1, 65_535), (0, 0), (20_000, 9_000)):
        yield f"{width} by {height}.jpg", partial(_sized, width, height)
    loops = (
        ("next", ifd([(271, 2, 1, 0)], 8)),
        ("below", ifd([(0x8769, 4, 1, 8)], 0)),
        ("both", ifd([(0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0xA005, 4, 1, 8)], 8)),
        ("many", ifd([(271, 2, 2**32 - 1, 8)] * 5_000, 8)),
        ("long", ifd([(0x927C, 7, 2**31, 8), (0x9286, 7, 2**32 - 1, 0)], 2**32 - 1)),
        ("kinds", ifd([(n, n % 20, 2**30, 8) for n in range(4_000)], 8)),
    )
    for name, body in loops:
        yield f"a loop of tags {name}.jpg", partial(lambda b: _jpeg(_exif(b)), body)
    for marker in (0xC4, 0xDB, 0xDD, 0xE2, 0xED, 0xEB, 0xFE):
        many = _segment(marker, b"\xff" * 65_000) * 150
        yield f"segments {marker:x}.jpg", partial(_jpeg, many)
    scan = plain("JPEG")
    at = scan.index(b"\xff\xda")
    yield "scans.jpg", lambda: scan[:-2] + scan[at:-2] * 2_000 + scan[-2:]
    yield "fill.jpg", lambda: scan[:2] + b"\xff" * (20 << 20) + scan[2:]
    yield (
        "iptc.jpg",
        lambda: _jpeg(
            *[_segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\x7f\xff\xff\xff")] * 900
        ),
    )
    deep = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + "<a>" * 9_000 + "</x:xmpmeta>"
    yield (
        "xmp.jpg",
        lambda: _jpeg(_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + deep.encode())),
    )
    lols = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9))
    bomb = f"<!DOCTYPE x [<!ENTITY a0 'ha'>{lols}]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&a9;</x:xmpmeta>"
    yield (
        "entities.jpg",
        lambda: _jpeg(_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + bomb.encode())),
    )


def _gifs() -> Iterator[Bomb]:
    data = plain("GIF")
    for width, height in ((65_535, 65_535), (0, 0), (30_000, 30_000)):
        size = struct.pack("<HH", width, height)
        yield f"{width} by {height}.gif", partial(lambda s: data[:6] + s + data[10:], size)
    head, body = data[: 13 + 768], data[13 + 768 : -1]
    yield "frames.gif", lambda: head + body * 3_000 + b";"
    yield "comments.gif", lambda: head + (b"!\xfe\xff" + b"a" * 255 + b"\0") * 60_000 + body + b";"
    yield "no end.gif", lambda: head + b",\0\0\0\0\xff\xff\xff\xff\0\x08" + b"\xff" * 9_999_999


def _tiffs() -> Iterator[Bomb]:
    def sizes(width: int, height: int) -> list[tuple[int, int, int, int]]:
        return [
            (256, 4, 1, width),
            (257, 4, 1, height),
            (258, 3, 1, 8),
            (262, 3, 1, 1),
            (277, 3, 1, 1),
        ]

    for width, height in ((60_000, 60_000), (2**32 - 1, 2**32 - 1), (0, 0), (14_000, 14_000)):
        for packing in (1, 2, 5, 7, 8, 32_773, 50_000):
            rows = [*sizes(width, height), (259, 3, 1, packing), (273, 4, 1, 8), (279, 4, 1, 2**31)]
            yield f"{width} by {height} packed {packing}.tif", partial(ifd, sorted(rows), 0)
    yield "a loop.tif", lambda: ifd(sizes(9, 9), 8)
    yield "below itself.tif", lambda: ifd([*sizes(9, 9), (330, 4, 1, 8), (34_665, 4, 1, 8)], 0)
    yield (
        "counts.tif",
        lambda: ifd([*sizes(9, 9), (273, 4, 2**32 - 1, 8), (279, 4, 2**32 - 1, 8)], 0),
    )
    yield (
        "tiles.tif",
        lambda: ifd(
            [*sizes(50_000, 50_000), (322, 4, 1, 1), (323, 4, 1, 1), (324, 4, 2**30, 8)], 0
        ),
    )
    yield "samples.tif", lambda: ifd([*sizes(999, 999)[:-1], (277, 3, 1, 65_535)], 0)
    yield "entries.tif", lambda: ifd([(n % 65_536, 4, 1, 8) for n in range(65_535)], 8)
    yield "large.tif", lambda: b"II+\0\x08\0\0\0" + struct.pack("<Q", 16) + b"\xff" * 64


def _others() -> Iterator[Bomb]:
    for width, height in ((16_383, 16_383), (1, 1)):
        bits = struct.pack("<I", (width - 1) | (height - 1) << 14)
        body = b"VP8L" + struct.pack("<I", 9) + b"/" + bits + b"\0\0\0\0\0"
        yield (
            f"{width} by {height}.webp",
            partial(lambda b: b"RIFF" + struct.pack("<I", len(b) + 4) + b"WEBP" + b, body),
        )
    frame = b"ANMF" + struct.pack("<I", 16) + b"\xff" * 16
    moving = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0\xff\xff\xff\xff\xff\xff"
    yield "frames.webp", lambda: b"RIFF\xff\xff\xff\x7fWEBP" + moving + frame * 100_000
    for brand, ending in ((b"heic", "heic"), (b"avif", "avif")):
        for depth in (10, 1_000, 20_000):
            yield (
                f"boxes {depth}.{ending}",
                partial(lambda b, d: _heif(b, _deep_boxes(d)), brand, depth),
            )
        for name, size in (("zero", 0), ("one", 1), ("seven", 7), ("huge", 2**32 - 1)):
            meta = _box(b"meta", bytes(64), size)
            yield f"a box of {name}.{ending}", partial(_heif, brand, meta)
        many = _box(b"free", b"") * 500_000
        yield f"many boxes.{ending}", partial(_heif, brand, many)
        places = _box(b"iloc", b"\0\0\0\0\x44\x40\xff\xff" + b"\0\1\0\0\xff\xff" * 60_000)
        handler = _box(b"hdlr", bytes(8) + b"pict" + bytes(13))
        yield f"places.{ending}", partial(_heif, brand, _box(b"meta", bytes(4) + handler + places))
        grid = _box(b"idat", b"\0\0\xff\xff\xff\xff\xff\xff")
        links = _box(b"iref", bytes(4) + _box(b"dimg", b"\0\1\0\2\0\1\0\1") * 9_999)
        yield (
            f"a grid.{ending}",
            partial(_heif, brand, _box(b"meta", bytes(4) + handler + links + grid)),
        )


def all_of() -> Iterator[Bomb]:
    """Give every bomb by a name of its own; each is made when it is called."""
    for family in (_pngs, _jpegs, _gifs, _tiffs, _others):
        yield from family()
