"""What a photo says of itself, as rows of name and value."""

from casefile.model.draft import PhotoFact
from casefile.model.view import SourceView
from casefile.strings import tr


def _camera(photo: PhotoFact) -> str:
    """Name the camera; many makers write their name into the model, too."""
    make, model = photo.make or "", photo.model or ""
    return model if model.startswith(make) else f"{make} {model}".strip()


def photo_rows(view: SourceView) -> list[tuple[str, str]]:
    """Give the rows beside a photo; what the file does not say is said to be unknown."""
    photo = view.facts.photo
    if photo is None:
        return [(tr("Data"), tr("The file says nothing of itself."))]
    rows = [
        (tr("Taken"), _taken(photo)),
        (tr("Camera"), _camera(photo) or tr("not said")),
        (tr("Place"), _place(photo)),
        (tr("Size"), f"{photo.width} × {photo.height}"),
    ]
    optional = (
        (tr("Caption"), photo.caption),
        (tr("By"), photo.byline),
        (tr("Credit"), photo.credit),
        (tr("Altitude"), f"{photo.altitude} m" if photo.altitude else None),
    )
    rows += [(name, value) for name, value in optional if value]
    rows += sorted(photo.tags.items())[:40]
    return rows


def _taken(photo: PhotoFact) -> str:
    taken = photo.taken or {}
    local = taken.get("local")
    if not local:
        return tr("not said")
    return f"{local.replace('T', ' ')}, " + (taken.get("zone") or tr("zone not said"))


def _place(photo: PhotoFact) -> str:
    if not photo.latitude or not photo.longitude:
        return tr("not said")
    return f"{photo.latitude}, {photo.longitude}"
