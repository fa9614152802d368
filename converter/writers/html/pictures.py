"""Pictures as part of the page: addresses that hold the bytes themselves."""

from base64 import b64encode
from typing import Final

from converter.model import Document, Image
from converter.report import Report
from converter.writers.pictures import picture_file

# What every browser shows, by how it begins: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern.
_TYPES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_WEBP: Final = (b"RIFF", b"WEBP")


def data_url(image: Image, document: Document, report: Report) -> str | None:
    """Return ``image`` as a data URL; None, with a message, if it cannot be shown.

    See https://www.rfc-editor.org/rfc/rfc2397.
    """
    path = picture_file(image, document)
    if path is None:
        report.warn("missing-image", f"there is no file {image.src}", prov=image.prov)
        return None
    content = path.read_bytes()
    kind = _type(content)
    if kind is None:
        text = f"{image.src} is no PNG, JPEG, GIF or WebP: its text alternative stands in its place"
        report.warn("missing-image", text, prov=image.prov)
        return None
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _type(content: bytes) -> str | None:
    if (content[:4], content[8:12]) == _WEBP:
        return "image/webp"
    return next((kind for magic, kind in _TYPES if content.startswith(magic)), None)
