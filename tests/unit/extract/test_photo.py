import io
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from casefile.extract import photo
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.extract.photo_exif import in_words
from casefile.extract.registry import read

MakePhoto = Callable[..., bytes]
XMP = (
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'"
    " xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' photoshop:Credit='Agency &amp; Co'>"
    "<dc:description><rdf:Alt><rdf:li xml:lang='fr'>Le pont</rdf:li>"
    "<rdf:li xml:lang='x-default'>The bridge at Salhan</rdf:li></rdf:Alt></dc:description>"
    "<dc:creator><rdf:Seq><rdf:li>Mira Odeh</rdf:li><rdf:li>Ivan Lukin</rdf:li></rdf:Seq>"
    "</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def _exif(
    orientation: int = 1, zone: str | None = None, place: dict[int, Any] | None = None
) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "Model 7"
    exif[0x0112] = orientation
    camera = exif.get_ifd(0x8769)
    camera[0x9003] = "2021:04:24 13:05:59"
    if zone is not None:
        camera[0x9011] = zone
    if place is not None:
        exif.get_ifd(0x8825).update(place)
    return exif


PLACE = {1: "S", 2: (35.0, 20.0, 6.0), 3: "W", 4: (40.0, 8.0, 30.0), 5: b"\x01", 6: 12.5}


def test_a_camera_says_what_when_and_where(make_photo: MakePhoto, context: Context) -> None:
    draft = photo.read(make_photo(exif=_exif(zone="+03:00", place=PLACE)), context)
    facts = draft.photo
    assert facts is not None
    assert (facts.make, facts.model, facts.width, facts.height) == ("Maker", "Model 7", 64, 32)
    assert facts.taken == {"local": "2021-04-24T13:05:59", "zone": "+03:00"}
    assert (facts.latitude, facts.longitude) == ("-35.335", "-40.1416667")
    assert facts.altitude == "-12.5"
    assert facts.tags["Image Model"] == "Model 7"
    assert (draft.complete, draft.title, draft.text) == (True, None, "")


def test_a_time_without_zone_stays_without(make_photo: MakePhoto, context: Context) -> None:
    facts = photo.read(make_photo(exif=_exif()), context).photo
    assert facts is not None
    assert facts.taken == {"local": "2021-04-24T13:05:59", "zone": None}
    assert (facts.latitude, facts.longitude, facts.altitude) == (None, None, None)


@pytest.mark.parametrize(
    "place",
    [
        {1: "N", 2: (35.0, 20.0, 6.0)},
        {2: (35.0, 20.0, 6.0), 4: (40.0, 8.0, 30.0)},
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (40.0, 8.0, 30.0)},
    ],
)
def test_half_a_place_is_none(
    place: dict[int, object], make_photo: MakePhoto, context: Context
) -> None:
    facts = photo.read(make_photo(exif=_exif(place=place)), context).photo
    assert facts is not None
    assert (facts.latitude, facts.longitude) == (None, None)


def test_the_words_in_a_photo_are_its_text(make_photo: MakePhoto, context: Context) -> None:
    draft = photo.read(make_photo(xmp=XMP.encode()), context)
    assert draft.text == "The bridge at Salhan\n\nMira Odeh; Ivan Lukin\n\nAgency & Co"
    assert [(z.kind, z.of(draft.text)) for z in draft.zones] == [
        ("caption", "The bridge at Salhan"),
        ("byline", "Mira Odeh; Ivan Lukin"),
        ("credit", "Agency & Co"),
    ]
    assert draft.byline == ("Mira Odeh", "Ivan Lukin")
    assert draft.images[0].credit == "Agency & Co"
    draft.check()


def test_an_entity_bomb_in_the_words_is_refused(make_photo: MakePhoto, context: Context) -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + XMP.replace("The bridge", "&a;")
    draft = photo.read(make_photo(xmp=bomb.encode()), context)
    assert draft.complete
    assert "aaaa" not in draft.text


@pytest.mark.parametrize("orientation", range(1, 9))
def test_size_and_hash_are_those_of_the_upright_picture(
    orientation: int, make_photo: MakePhoto, context: Context
) -> None:
    draft = photo.read(make_photo(size=(320, 160), exif=_exif(orientation=orientation)), context)
    upright = Image.open(io.BytesIO(make_photo(size=(320, 160))))
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    if orientation > 1:
        upright = upright.transpose(list(Image.Transpose)[turns[orientation]])
    out = io.BytesIO()
    upright.save(out, "PNG")
    plain = photo.read(out.getvalue(), context)
    assert draft.photo is not None
    assert plain.photo is not None
    assert (draft.photo.width, draft.photo.height) == (plain.photo.width, plain.photo.height)
    assert draft.picture_hash is not None
    assert plain.picture_hash is not None
    assert (int(draft.picture_hash, 16) ^ int(plain.picture_hash, 16)).bit_count() <= 4


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_one_picture_in_many_formats_has_one_hash(
    form: str, make_photo: MakePhoto, context: Context
) -> None:
    known = photo.read(make_photo("PNG", (320, 160)), context).picture_hash
    draft = photo.read(make_photo(form, (320, 160)), context)
    assert draft.media_type == f"image/{form.lower()}"
    assert draft.picture_hash is not None
    assert known is not None
    assert len(draft.picture_hash) == 16
    assert (int(draft.picture_hash, 16) ^ int(known, 16)).bit_count() <= 4


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_is_written_in_a_cut_off_photo_is_kept(
    form: str, make_photo: MakePhoto, context: Context
) -> None:
    data = make_photo(form, (640, 480), **({"exif": _exif()} if form == "JPEG" else {}))
    draft = photo.read(data[: len(data) * 2 // 3], context)
    assert not draft.complete
    assert draft.reason
    if form == "JPEG":
        assert draft.photo is not None
        assert draft.photo.model == "Model 7"
        assert draft.photo.width == 640


def test_too_many_pixels_are_not_decoded(make_photo: MakePhoto) -> None:
    draft = photo.read(make_photo(), Context("x", {}, Limits(pixels=1000)))
    assert (draft.complete, draft.reason) == (False, "the picture has too many pixels")


def test_several_pictures_in_one_file_are_said(context: Context) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue", "white")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    draft = photo.read(out.getvalue(), context)
    assert draft.complete
    assert draft.warnings == ("only the first of 3 pictures in the file is shown",)


def test_content_credentials_are_noticed(make_photo: MakePhoto, context: Context) -> None:
    signed = photo.read(make_photo() + b"jumb....c2pa", context).photo
    unsigned = photo.read(make_photo(), context).photo
    assert signed is not None
    assert unsigned is not None
    assert signed.tags["C2PA"] == "present"
    assert unsigned.tags["C2PA"] == "absent"


def test_no_other_format_is_opened(context: Context) -> None:
    for form in ("BMP", "PPM", "PCX", "TGA", "SGI", "DDS"):
        out = io.BytesIO()
        Image.new("RGB", (8, 8)).save(out, form)
        assert photo.read(out.getvalue(), context).reason == (
            "the picture is damaged and cannot be drawn"
        )


@pytest.mark.corpora
def test_cameras_of_many_makers(corpora: Path, context: Context) -> None:
    folder = corpora / "photos/exif_samples"
    gold = json.loads((folder / "gold_exiftool.json").read_text("utf-8"))
    assert len(gold) > 40
    wrong = []
    for name, facts in gold.items():
        found = read((folder / name).read_bytes(), context).photo
        assert found is not None
        wrong += [f"{name} {what}" for what in _differences(facts, found)]
    assert wrong == []
    logging.getLogger(__name__).info("%d photos", len(gold))


def _differences(gold: dict[str, object], found: object) -> list[str]:
    wrong = []
    for tag, name in (("Make", "make"), ("Model", "model")):
        if tag in gold and str(gold[tag]).strip() != getattr(found, name):
            wrong.append(tag)
    if "DateTimeOriginal" in gold:
        date, _, clock = str(gold["DateTimeOriginal"]).partition(" ")
        local = f"{date.replace(':', '-')}T{clock[:8]}"
        taken = getattr(found, "taken", None) or {}
        # A clock that was never set is no time.
        if taken.get("local") != local and not date.startswith(("0000", "    ")):
            wrong.append(f"taken {gold['DateTimeOriginal']} {taken}")
    for tag, name in (("GPSLatitude", "latitude"), ("GPSLongitude", "longitude")):
        if tag in gold:
            value = getattr(found, name)
            if value is None or abs(float(value) - float(str(gold[tag]))) > 1e-4:
                wrong.append(f"{tag} {gold[tag]} {value}")
    return wrong


def test_a_lone_number_is_told_without_the_brackets_of_a_tuple() -> None:
    class Tag:
        printable = "(0.003125,)"

    assert in_words({"EXIF ExposureTime": Tag()}) == {"EXIF ExposureTime": "0.003125"}
