"""PDFs that promise or hold far more than they weigh, made on the spot."""

import zlib
from collections.abc import Callable, Iterator
from functools import partial

Bomb = tuple[str, Callable[[], bytes]]
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R%s>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 9 Tf 9 50 Td (words) Tj ET"


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(data), data)


def packed(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 1)
    return stream(data, b"/Filter[%s]" % (b"/FlateDecode " * times))


def pdf(
    content: bytes = WORDS,
    *,
    page: bytes = b"",
    resources: bytes = b"",
    objects: dict[int, bytes] | None = None,
    root: bytes = b"",
    tail: bytes = b"",
) -> bytes:
    """Make a PDF without a table of places; `objects` replace those of the same number."""
    more = b"/Resources<</Font<</F 5 0 R>>%s>>%s" % (resources, page)
    made = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: PAGE % more,
        4: content if content.startswith(b"<<") else stream(content),
        5: FONT,
        **(objects or {}),
    }
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (n, o) for n, o in sorted(made.items()))
    return b"%%PDF-1.7\n%strailer<</Root 1 0 R%s>>\nstartxref\n0\n%%%%EOF\n" % (body, tail)


def _forms(depth: int, times: int, *, back: int = 0) -> bytes:
    """Nest forms: each draws the next so many times; the last one draws that many back."""
    objects = {}
    for at in range(depth):
        last = at == depth - 1
        target = 6 + (at - back if last and back else min(at + 1, depth - 1))
        draws = b"/X Do " * times if back or not last else WORDS
        more = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
        inside = b"/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>" % target
        objects[6 + at] = stream(draws, more + inside)
    return pdf(b"/X Do", resources=b"/XObject<</X 6 0 R>>", objects=objects)


def _tree(depth: int, wide: int) -> bytes:
    """Let each level of the tree of pages name the next so many times."""
    objects = {2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"10 0 R " * wide, wide**depth)}
    for at in range(depth):
        kid = b"%d 0 R " % (11 + at) if at < depth - 1 else b"3 0 R "
        objects[10 + at] = b"<</Type/Pages/Parent 2 0 R/Kids[%s]/Count %d>>" % (
            kid * wide,
            wide ** (depth - at),
        )
    return pdf(objects=objects)


def _trees() -> Iterator[Bomb]:
    for depth in range(2, 10):
        yield f"pages tenfold {depth}", partial(lambda d: _tree(d, 10), depth)
    kids = (b"2 0 R", b"2 0 R 2 0 R", b"3 0 R " * 50_000, b"1 0 R", b"99 0 R", b"null", b"4 0 R")
    for at, each in enumerate(kids):
        tree = b"<</Type/Pages/Kids[%s]/Count 1>>" % each
        yield f"kids {at}", partial(lambda t: pdf(objects={2: t}), tree)
    for count in (-1, 0, 10**6, 2**31 - 1, 2**63, 10**40):
        tree = b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count
        yield f"count {count:.0e}", partial(lambda t: pdf(objects={2: t}), tree)
    for box in (b"0 0 1e38 1e38", b"0 0 0 0", b"-9e9 -9e9 9e9 9e9", b"9 9 1 1", b"a b c d", b""):
        page = PAGE.replace(b"0 0 99 99", box) % b""
        yield f"box {box.decode()}", partial(lambda p: pdf(objects={3: p}), page)
    for unit in (b"/UserUnit 1e9", b"/Rotate 45", b"/Rotate 99999999999", b"/Parent 3 0 R"):
        yield f"page {unit.decode()}", partial(lambda u: pdf(page=u), unit)


def _nesting() -> Iterator[Bomb]:
    for depth in (100, 5_000, 300_000):
        for name, left, right in (("arrays", b"[", b"]"), ("maps", b"<</A", b">>")):
            deep = left * depth + b"1" + right * depth
            yield f"{name} in a page {depth}", partial(lambda d: pdf(page=b"/X " + d), deep)
            yield f"{name} in drawing {depth}", partial(lambda d: pdf(d + WORDS), deep)
            yield f"{name} at the root {depth}", partial(lambda d: pdf(root=b"/X " + d), deep)
            yield f"{name} at the end {depth}", partial(lambda d: pdf(tail=b"/X " + d), deep)
        yield (
            f"brackets {depth}",
            partial(lambda n: pdf(b"BT (" + b"(" * n + b")" * n + b") Tj ET"), depth),
        )
        yield f"saved states {depth}", partial(lambda n: pdf(b"q " * n + WORDS), depth)
        yield f"marked content {depth}", partial(lambda n: pdf(b"/P BMC " * n + WORDS), depth)
    for depth, times in ((50, 1), (1_000, 1), (20_000, 1), (6, 10), (12, 10), (20, 10), (30, 2)):
        yield f"forms {depth} by {times}", partial(_forms, depth, times)
    for depth, times in ((1, 1), (1, 10), (3, 2), (9, 5)):
        yield (
            f"forms that return {depth} by {times}",
            partial(lambda d, t: _forms(d + 1, t, back=d), depth, times),
        )


def _streams() -> Iterator[Bomb]:
    for megabytes in (1, 20, 60):
        for times in (1, 2, 3):
            yield (
                f"zeros {megabytes} MB packed {times} times",
                partial(lambda m, t: pdf(packed(bytes(m << 20), t)), megabytes, times),
            )
    for times in (10, 1_000, 50_000):
        filters = b"/Filter[%s]" % (b"/ASCIIHexDecode " * times)
        yield f"filters {times}", partial(lambda f: pdf(stream(b"42542045543e", f)), filters)
        same = b"/Contents[%s]" % (b"4 0 R " * times)
        page = PAGE.replace(b"/Contents 4 0 R", same) % b"/Resources<</Font<</F 5 0 R>>>>"
        yield f"one stream {times} times", partial(lambda p: pdf(objects={3: p}), page)
    for name in (b"LZWDecode", b"RunLengthDecode", b"ASCII85Decode", b"CCITTFaxDecode", b"Crypt"):
        data = b"\x81\xff" * 400_000
        yield (
            f"nonsense in {name.decode()}",
            partial(lambda n, d: pdf(stream(d, b"/Filter/" + n)), name, data),
        )
    operators = (
        b"q 0 0 1 1 re f Q\n",
        b"BT /F 9 Tf (x) Tj ET\n",
        b"0 0 m 9 9 l S\n",
        b"1 0 0 1 0 0 cm\n",
    )
    for at, each in enumerate(operators):
        yield f"operators {at}", partial(lambda e: pdf(packed(e * 300_000)), each)
    for length in (b"4 0 R", b"-1", b"99999999999", b"[1]", b"null"):
        odd = b"<</Length %s>>stream\n%s\nendstream" % (length, WORDS)
        yield f"length {length.decode()}", partial(pdf, odd)
    for number in (b"9" * 50_000, b"-" * 50_000, b"." * 50_000, b"1e" + b"9" * 5_000):
        yield f"number {number[:2].decode()}", partial(lambda n: pdf(n + b" Tc " + WORDS), number)


def _beside() -> Iterator[Bomb]:
    for name, root, objects in (
        (
            "next is itself",
            b"/Outlines 6 0 R",
            {6: b"<</First 7 0 R>>", 7: b"<</Title(a)/Next 7 0 R>>"},
        ),
        ("first is its parent", b"/Outlines 6 0 R", {6: b"<</First 6 0 R/Title(a)>>"}),
        (
            "a chain",
            b"/Outlines 6 0 R",
            {n: b"<</Title(a)/First %d 0 R>>" % (n + 1) for n in range(6, 20_000)},
        ),
        (
            "a row",
            b"/Outlines 6 0 R",
            {
                6: b"<</First 7 0 R>>",
                **{n: b"<</Title(a)/Next %d 0 R>>" % (n + 1) for n in range(7, 20_000)},
            },
        ),
    ):
        yield f"beside: {name}", partial(lambda r, o: pdf(root=r, objects=o), root, objects)


def _attached() -> Iterator[Bomb]:
    for name, root, objects in (
        ("names of themselves", b"/Names<</EmbeddedFiles 6 0 R>>", {6: b"<</Kids[6 0 R 6 0 R]>>"}),
        (
            "a file of zeros",
            b"/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>",
            {6: b"<</Type/Filespec/F(a)/EF<</F 7 0 R>>>>", 7: packed(bytes(60 << 20))},
        ),
        (
            "a file in itself",
            b"/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>",
            {6: b"<</Type/Filespec/F(a)/EF<</F 6 0 R>>>>"},
        ),
        (
            "fields of themselves",
            b"/AcroForm<</Fields[6 0 R]>>",
            {6: b"<</T(a)/Kids[6 0 R]/Parent 6 0 R>>"},
        ),
        (
            "fields",
            b"/AcroForm<</Fields[%s]>>" % b" ".join(b"%d 0 R" % n for n in range(6, 9_000)),
            dict.fromkeys(range(6, 9000), b"<</T(a)/FT/Tx/V(words)/Rect[0 0 9 9]/Subtype/Widget>>"),
        ),
        ("scripts", b"/OpenAction<</S/JavaScript/JS(while(1);)>>", {}),
        ("a package", b"/AcroForm<</XFA 6 0 R/Fields[]>>", {6: packed(b"<a>" * 999_999)}),
    ):
        yield f"beside: {name}", partial(lambda r, o: pdf(root=r, objects=o), root, objects)


def _tables() -> Iterator[Bomb]:
    for name, tail in (
        ("before itself", b"/Prev 0"),
        ("before all", b"/Prev -1"),
        ("size", b"/Size 2147483647"),
        ("huge", b"/Size 99999999999999"),
        ("both", b"/XRefStm 0/Prev 9"),
        ("no root", b"/Root 99 0 R"),
    ):
        yield f"table {name}", partial(lambda t: pdf(tail=t), tail)
    for name, head in (
        ("wide", b"/W[9 99999999 9]/Index[0 2147483647]/Size 9"),
        ("none", b"/W[0 0 0]/Index[0 99999999]/Size 99999999"),
        ("negative", b"/W[-1 2 1]/Index[-9 99]/Size -1"),
        ("zeros", b"/W[1 1 1]/Index[0 66000000]/Size 66000000/Filter/FlateDecode"),
    ):
        data = zlib.compress(bytes(200_000_000), 1) if name == "zeros" else b"\x01" * 99
        xref = b"%PDF-1.7\n9 0 obj" + stream(data, b"/Type/XRef/Root 1 0 R" + head) + b"endobj\n"
        yield (
            f"table as a stream {name}",
            partial(lambda x: x + pdf() + b"startxref\n9\n%%EOF", xref),
        )
    for name, head in (
        ("many", b"/N 99999999/First 9"),
        ("negative", b"/N -1/First -99"),
        ("itself", b"/N 1/First 4/Extends 6 0 R"),
    ):
        objects = {6: stream(b"6 0 <<>>", b"/Type/ObjStm" + head)}
        yield f"objects in a stream {name}", partial(lambda o: pdf(objects=o), objects)
    for at, locks in enumerate(
        (
            b"/Filter/Standard/V 99/R 99/O()/U()/P -1",
            b"/Filter/Standard/V 5/R 6/O(a)/U(b)/OE()/UE()/Perms()/P -4",
            b"/Filter/Standard/V 1/R 2/Length 0/O(%s)/U()/P 0" % (b"a" * 999_999),
            b"/Filter/Other/V 2",
            b"/Filter/Standard/V 4/R 4/CF<</StdCF<</CFM/AESV2/Length 99>>>>/StmF/StdCF/O()/U()/P 0",
        )
    ):
        yield f"locked {at}", partial(lambda k: pdf(tail=b"/Encrypt<<%s>>/ID[(a)(b)]" % k), locks)


def all_of() -> Iterator[Bomb]:
    """Give every bomb by a name of its own; each is made when it is called."""
    for family in (_trees, _nesting, _streams, _beside, _attached, _tables):
        for name, make in family():
            yield f"{name}.pdf", make
