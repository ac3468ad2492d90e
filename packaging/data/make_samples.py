"""Draw the photos and set the PDFs of the sample case: everything in them is invented.

Run offline from the root: `.venv/bin/python packaging/data/make_samples.py`. The photos come out the
same each time, the PDFs but for their inner names.
"""

import math
import os
import random
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from PIL.ExifTags import GPS, IFD, Base
from pypdf import PdfWriter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = ROOT / "resources" / "samples"
WIDE, HIGH = 1200, 800
Colour = tuple[int, int, int]

# ---- photos --------------------------------------------------------------------------------------


def dice_of(seed: int) -> random.Random:
    """Give a source of chance that falls the same each time."""
    return random.Random(seed)  # noqa: S311  # it draws hills, it keeps no secret


def blend(a: Colour, b: Colour, share: float) -> Colour:
    """Mix two colours; share 0 gives the first."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def sky(top: Colour, bottom: Colour) -> Image.Image:
    """Give a canvas filled from top to bottom."""
    canvas = Image.new("RGB", (WIDE, HIGH))
    draw = ImageDraw.Draw(canvas)
    for y in range(HIGH):
        draw.line([(0, y), (WIDE, y)], blend(top, bottom, min(1, y / (HIGH * 0.6))))
    return canvas


def hills(canvas: Image.Image, base: int, rough: float, colour: Colour, seed: int) -> None:
    """Draw one ridge over the whole width; `base` is its mean height in pixels from the top."""
    dice = dice_of(seed)
    waves = [
        (dice.uniform(0.002, 0.02), dice.uniform(0, 6.3), dice.uniform(0.2, 1)) for _ in "12345"
    ]
    line = [
        (x, base + sum(math.sin(x * f + p) * a / (1 + f * 150) for f, p, a in waves) * rough)
        for x in range(0, WIDE + 4, 4)
    ]
    ImageDraw.Draw(canvas).polygon([*line, (WIDE, HIGH), (0, HIGH)], fill=colour)


def stones(canvas: Image.Image, top: int, colour: Colour, seed: int) -> None:
    """Scatter scrub and stones, larger towards the foot of the picture."""
    dice, draw = dice_of(seed), ImageDraw.Draw(canvas)
    for _ in range(420):
        y = dice.randint(top, HIGH)
        size = 1 + (y - top) / (HIGH - top) * 9 * dice.random()
        x, shade = dice.randint(0, WIDE), blend(colour, (40, 36, 30), dice.random() * 0.5)
        draw.ellipse([x - size, y - size * 0.5, x + size, y + size * 0.5], fill=shade)


def station(draw: ImageDraw.ImageDraw, x: int, y: int, light: Colour) -> None:
    """Draw the pumping station: a long hall, a tower, a row of windows."""
    dark = blend(light, (50, 46, 42), 0.5)
    draw.rectangle([x, y, x + 330, y + 92], fill=light)
    draw.polygon([(x + 330, y), (x + 400, y + 18), (x + 400, y + 92), (x + 330, y + 92)], fill=dark)
    draw.rectangle([x + 40, y - 96, x + 92, y], fill=dark)
    draw.rectangle([x + 34, y - 112, x + 98, y - 92], fill=light)
    for i in range(7):
        draw.rectangle([x + 22 + i * 43, y + 26, x + 44 + i * 43, y + 58], fill=(58, 62, 66))


def vehicle(draw: ImageDraw.ImageDraw, x: int, y: int, size: float, colour: Colour) -> None:
    """Draw a pick-up seen from the side."""
    s = size
    body = [(0, 30), (0, 14), (52, 14), (64, 0), (98, 0), (108, 14), (132, 18), (132, 34), (0, 34)]
    draw.polygon([(x + px * s, y + py * s) for px, py in body], fill=colour)
    draw.polygon(
        [(x + px * s, y + py * s) for px, py in [(67, 3), (95, 3), (102, 14), (58, 14)]],
        fill=(70, 78, 84),
    )
    for wheel in (26, 106):
        at = [x + (wheel - 12) * s, y + 24 * s, x + (wheel + 12) * s, y + 48 * s]
        draw.ellipse(at, fill=(30, 29, 28))


def finish(canvas: Image.Image, seed: int) -> Image.Image:
    """Soften the drawing and give it a little grain."""
    soft = canvas.filter(ImageFilter.GaussianBlur(0.8))
    dice = dice_of(seed)
    grain = Image.frombytes("L", (WIDE // 3, HIGH // 3), dice.randbytes((WIDE // 3) * (HIGH // 3)))
    return Image.blend(soft, grain.resize((WIDE, HIGH)).convert("RGB"), 0.035)


def gate() -> Image.Image:
    """Draw the gate of the station shortly after sunrise, two vehicles before it."""
    canvas = sky((104, 132, 164), (238, 206, 164))
    hills(canvas, 330, 70, (150, 138, 132), 3)
    hills(canvas, 400, 50, (128, 112, 98), 8)
    hills(canvas, 478, 16, (170, 146, 112), 21)
    draw = ImageDraw.Draw(canvas)
    station(draw, 640, 400, (206, 192, 166))
    draw.polygon([(360, 492), (520, 492), (900, HIGH), (40, HIGH)], fill=(150, 136, 116))
    for post in (330, 560):
        draw.rectangle([post, 420, post + 18, 520], fill=(96, 92, 88))
    draw.rectangle([330, 448, 578, 456], fill=(180, 60, 48))
    for block in range(4):
        draw.rectangle([180 + block * 42, 520, 214 + block * 42, 548], fill=(188, 184, 176))
    stones(canvas, 500, (140, 128, 92), 5)
    vehicle(draw, 600, 520, 1.15, (92, 98, 76))
    vehicle(draw, 380, 590, 1.7, (196, 186, 160))
    return finish(canvas, 1)


def canal() -> Image.Image:
    """Draw the empty canal below the station, at noon."""
    canvas = sky((84, 142, 196), (206, 222, 226))
    hills(canvas, 300, 60, (168, 156, 140), 12)
    hills(canvas, 352, 40, (184, 160, 120), 30)
    draw = ImageDraw.Draw(canvas)
    draw.polygon([(560, 372), (640, 372), (1010, HIGH), (190, HIGH)], fill=(202, 196, 184))
    draw.polygon([(578, 380), (622, 380), (820, HIGH), (380, HIGH)], fill=(146, 126, 100))
    for step in range(14):
        y = 384 + step * step * 2.2
        half = 22 + (y - 380) * 0.52
        draw.line([(600 - half, y), (600 + half, y)], fill=(120, 102, 80), width=1 + step // 4)
    draw.ellipse([560, 700, 660, 724], fill=(112, 128, 124))
    station(draw, 700, 300, (214, 204, 184))
    stones(canvas, 420, (150, 140, 96), 17)
    return finish(canvas, 2)


def canisters() -> Image.Image:
    """Forty canisters on the steps of an office building, drawn upright."""
    canvas = sky((150, 164, 176), (208, 206, 200))
    draw = ImageDraw.Draw(canvas)
    draw.rectangle([120, 40, 1080, 420], fill=(218, 210, 194))
    for column in range(8):
        draw.rectangle([170 + column * 118, 80, 206 + column * 118, 420], fill=(196, 186, 168))
    draw.rectangle([540, 170, 660, 420], fill=(92, 70, 56))
    dice = dice_of(40)
    for step in range(6):
        y = 420 + step * 62
        draw.rectangle(
            [60 - step * 20, y, 1140 + step * 20, y + 62],
            fill=blend((206, 200, 188), (150, 144, 134), step / 6),
        )
        for n in range(7 if step < 5 else 5):
            x = 140 + n * 140 + dice.randint(-24, 24)
            colour = dice.choice([(52, 104, 160), (226, 178, 60), (72, 128, 88), (232, 230, 222)])
            draw.rounded_rectangle([x, y - 40, x + 44, y + 22], 7, fill=colour)
            draw.rectangle([x + 12, y - 50, x + 30, y - 40], fill=blend(colour, (20, 20, 20), 0.4))
    return finish(canvas, 3)


def dms(degrees: float) -> tuple[float, float, float]:
    """Split decimal degrees into degrees, minutes, seconds."""
    minutes = abs(degrees) % 1 * 60
    return float(int(abs(degrees))), float(int(minutes)), round(minutes % 1 * 60, 2)


def save(picture: Image.Image, name: str, place: tuple[float, float, float], **said: str) -> None:
    """Write a JPEG with camera, time, place; `said` names EXIF tags, `zone` the offset."""
    exif = Image.Exif()
    zone, taken, orientation = said.pop("zone", ""), said.pop("taken"), said.pop("turned", "")
    for tag, value in said.items():
        exif[Base[tag]] = value
    exif[Base.DateTime] = taken
    exif[Base.Orientation] = 6 if orientation else 1
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = taken
    details[Base.ExposureTime] = 1 / 320
    details[Base.FNumber] = 5.6
    details[Base.ISOSpeedRatings] = 200
    if zone:
        details[Base.OffsetTimeOriginal] = zone
    latitude, longitude, height = place
    exif.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: dms(latitude),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: dms(longitude),
            GPS.GPSAltitudeRef: b"\0",
            GPS.GPSAltitude: height,
        }
    )
    if orientation:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    picture.save(TARGET / name, "JPEG", quality=72, optimize=True, exif=exif)


def photos() -> None:
    """Make the three photos. The coordinates lie in an uninhabited desert."""
    camera = {
        "Make": "Halden",
        "Model": "Halden D4",
        "Artist": "Rami Tavor",
        "Copyright": "Nahra Press",
    }
    save(
        gate(), "IMG_2218.jpg", (20.31042, 51.20417, 312.0), taken="2024:03:28 06:41:12",
        zone="+03:00", ImageDescription="Gate of the Tell Marun station, two vehicles", **camera,
    )  # fmt: skip
    save(
        canal(), "IMG_2231.jpg", (20.30488, 51.21033, 305.0), taken="2024:04:01 12:07:55",
        zone="+03:00", ImageDescription="Empty canal below the Tell Marun station", **camera,
    )  # fmt: skip
    save(
        canisters(), "20240407_113304.jpg", (20.18871, 51.33294, 341.0), taken="2024:04:07 11:33:04",
        turned="yes", Make="Orbit", Model="Orbit 6", Software="Orbit Camera 3.1",
    )  # fmt: skip


# ---- PDFs ----------------------------------------------------------------------------------------

STYLE = """
body { font-family: 'Noto Serif'; font-size: 11pt; color: #16181b; }
h1 { font-size: 17pt; } h2 { font-size: 13pt; } p { margin-top: 5px; margin-bottom: 7px; line-height: 128%; }
.small { font-size: 9pt; color: #4a4f57; }
"""
MM = 72 / 25.4


def page(painter: QPainter, html: str, box: QRectF, *, arabic: bool = False) -> None:
    """Lay one page out; sizes are points."""
    sheet = QTextDocument()
    sheet.setDefaultStyleSheet(STYLE)
    sheet.setDefaultFont(
        QFont(["Noto Naskh Arabic" if arabic else "Noto Serif"], 13 if arabic else 11)
    )
    option = QTextOption()
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if arabic else Qt.LayoutDirection.LeftToRight
    )
    sheet.setDefaultTextOption(option)
    sheet.setDocumentMargin(0)
    if arabic:
        html = html.replace("<body>", '<body dir="rtl" style="font-family: \'Noto Naskh Arabic\'">')
    sheet.setHtml(html)
    sheet.setPageSize(QSizeF(box.width(), box.height()))
    painter.save()
    painter.translate(box.topLeft())
    sheet.drawContents(painter, QRectF(0, 0, box.width(), box.height()))
    painter.restore()


def book(
    name: str, title: str, head: str, pages: list[str], *, arabic: tuple[int, ...] = ()
) -> None:
    """Write a PDF of A4 pages, each with a running head and its number."""
    writer = QPdfWriter(str(TARGET / name))
    writer.setTitle(title)
    writer.setCreator("Casefile samples")
    writer.setResolution(72)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
        )
    )
    painter = QPainter(writer)
    body = QRectF(22 * MM, 28 * MM, 166 * MM, 236 * MM)
    for number, html in enumerate(pages, 1):
        if number > 1:
            writer.newPage()
        painter.setFont(QFont(["Noto Serif"], 8))
        painter.drawText(QRectF(22 * MM, 14 * MM, 120 * MM, 16), Qt.AlignmentFlag.AlignLeft, head)
        painter.drawLine(int(22 * MM), int(21 * MM), int(188 * MM), int(21 * MM))
        page(painter, f"<body>{html}</body>", body, arabic=number in arabic)
        painter.setFont(QFont(["Noto Serif"], 8))
        foot = QRectF(22 * MM, 276 * MM, 166 * MM, 16)
        painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, f"{number} / {len(pages)}")
    painter.end()
    tidy(TARGET / name)


def tidy(file: Path) -> None:
    """Let the space be a space (Qt names its letter U+0009), and fix the day of making."""
    writer = PdfWriter(clone_from=file)
    for sheet in writer.pages:
        for font in sheet["/Resources"]["/Font"].values():
            letters = font["/ToUnicode"]
            letters.set_data(letters.get_data().replace(b"<0009>", b"<0020>"))
    day = "D:20240331194000+03'00'"
    writer.add_metadata({"/CreationDate": day, "/ModDate": day})
    writer.write(file)


def table(head: list[str], rows: list[list[str]]) -> str:
    """Give rows as an HTML table."""
    cells = ["".join(f"<th align='left'>{c}</th>" for c in head)]
    cells += ["".join(f"<td>{c}</td>" for c in row) for row in rows]
    return (
        "<table cellspacing='0' cellpadding='4' width='90%'>"
        + "".join(f"<tr>{c}</tr>" for c in cells)
        + "</table>"
    )


def sections(file: str) -> list[str]:
    """Read the pages of a PDF from its text: pages parted by `----`, tables by `|`."""
    made = []
    for part in (Path(__file__).parent / file).read_text("utf-8").split("\n----\n"):
        html: list[str] = []
        rows: list[list[str]] = []
        for line in [*part.strip().splitlines(), ""]:
            if line.startswith("|"):
                rows.append([c.strip() for c in line.strip("| ").split("|")])
                continue
            if rows:
                html.append(table(rows[0], rows[1:]))
                rows = []
            if line:
                mark, _, words = line.partition(" ")
                tag = {"#": "h1", "##": "h2", "~": "p class='small'"}.get(mark)
                html.append(f"<{tag}>{words}</{tag.split()[0]}>" if tag else f"<p>{line}</p>")
        made.append("".join(html))
    return made


def main() -> int:
    """Make all files; gives 1 when a photo is too large."""
    TARGET.mkdir(parents=True, exist_ok=True)
    photos()
    application = QGuiApplication.instance() or QGuiApplication([])
    for font in sorted((ROOT / "resources" / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(font))
    log = sections("sample_station_log.txt")
    book("station-log.pdf", "Tell Marun pumping station: shift log, 24 to 31 March 2024",
         "NAHRA WATER AUTHORITY   Form W-7", log)  # fmt: skip
    appeal = sections("sample_appeal.txt")
    book("appeal-of-the-villages.pdf", "نداء مجالس القرى / Обращение сельских советов",
         "Councils of the lower valley", appeal, arabic=(1,))  # fmt: skip
    del application
    sizes = {p.name: p.stat().st_size for p in sorted(TARGET.iterdir())}
    print("\n".join(f"{size:8} {name}" for name, size in sizes.items()))
    return int(any(size > 80_000 for name, size in sizes.items() if name.endswith(".jpg")))


if __name__ == "__main__":
    sys.exit(main())
