"""Files full of secrets: a photo, a picture, a PDF, a page, with words wherever words can hide."""

import io
import zlib

import pypdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

SPEAKER = "Yusuf al-Harith"


class Canaries:
    """Hands out secrets that stand nowhere else."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def __call__(self, where: str) -> str:
        token = f"zq{where}{len(self.all):02}qz"
        self.all.append(token)
        return token


def photo(secret: Canaries) -> bytes:
    """A picture of four colours, with secrets wherever a photo can hold words."""
    image = Image.new("RGB", (200, 100), "white")
    for box, colour in (((0, 0, 100, 50), "red"), ((100, 0, 200, 50), "lime")):
        image.paste(colour, box)
    exif = image.getexif()
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        exif[tag] = secret("exif")
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", (35.0, 20.0, 1.0), secret("gps")
    exif.get_ifd(0x8769)[0x9286] = secret("comment")
    out = io.BytesIO()
    image.save(
        out, "JPEG", exif=exif, comment=secret("jpegcomment").encode(), quality=95,
        xmp=f"<x>{secret('xmp')}</x>".encode(),
    )  # fmt: skip
    return out.getvalue() + secret("tail").encode()


def png(secret: Canaries) -> bytes:
    told = PngInfo()
    told.add_text("Author", secret("pngauthor"))
    told.add_itxt("Place", secret("pngplace"), zip=True)
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "blue").save(out, "PNG", pnginfo=told)
    return out.getvalue()


def pdf(secret: Canaries) -> bytes:
    """Two pages of words, with secrets in all that stands beside them."""
    lines = (
        (f"{SPEAKER} drove past the pumping station", "The bridge stood"),
        ("The transformer burned out", "Nobody was hurt"),
    )
    writer = pypdf.PdfWriter()
    for page in lines:
        writer.append(io.BytesIO(_sheet(page)))
    writer.add_metadata({"/Author": secret("pdfauthor"), "/Title": secret("pdftitle"),
                         "/Producer": secret("pdfproducer"), "/Keywords": secret("pdfkeys")})  # fmt: skip
    writer.add_attachment(f"{secret('pdffile')}.txt", secret("pdfattached").encode())
    writer.add_outline_item(secret("pdfoutline"), 0)
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"),
                               NameObject("/JS"): TextStringObject(secret("pdfscript"))})  # fmt: skip
    writer.root_object[NameObject("/OpenAction")] = script
    writer.pages[0][NameObject("/Note")] = TextStringObject(secret("pdfpage"))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _sheet(lines: tuple[str, str]) -> bytes:
    drawn = " ".join(
        f"BT /F 18 Tf 72 {700 - 40 * n} Td ({line}) Tj ET" for n, line in enumerate(lines)
    )
    fonts = b"<</Font<</F 5 0 R>>>>"
    body = zlib.compress(drawn.encode())
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources %s>>" % fonts,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(body), body),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, part)
    at = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 6\n0000000000 65535 f \n" + rows
    out += b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % at
    return bytes(out)


def page(secret: Canaries) -> str:
    more = (
        f"{SPEAKER} spoke by telephone of the pumping station, and the brigade did not answer. " * 4
    )
    return (
        f"<html lang=en><head><title>Column at the pumping station</title>"
        f"<meta name=generator content={secret('htmlmeta')}><!-- {secret('htmlcomment')} --></head>"
        f"<body><article><h1>Column at the pumping station</h1><p>{more}</p>"
        f"<p>Vehicles came from the north road before dawn, {SPEAKER} said.</p></article>"
        f"<script>var a='{secret('htmlscript')}'</script></body></html>"
    )
