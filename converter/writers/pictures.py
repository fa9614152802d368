"""The pictures that a document holds."""

from converter.address import address
from converter.model import Document, Image, Picture


def picture_of(image: Image, document: Document) -> Picture | None:
    """Return what ``image`` shows, None if the document holds no such picture."""
    return next((each for each in document.pictures if each.name == image.src), None)


def on_the_web(image: Image) -> str | None:
    """Return where a picture is that its document does not hold, None for nowhere on the web."""
    return address(image.src) if image.src.lower().startswith(("http://", "https://")) else None
