"""The pictures that a document holds, and those of an edition in files beside its text."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from converter.address import address
from converter.model import Document, Image, Picture


def picture_of(image: Image, document: Document) -> Picture | None:
    """Return what ``image`` shows, None if the document holds no such picture."""
    return next((each for each in document.pictures if each.name == image.src), None)


def on_the_web(image: Image) -> str | None:
    """Return where a picture is that its document does not hold, None for nowhere on the web."""
    return address(image.src) if image.src.lower().startswith(("http://", "https://")) else None


class Pictures:
    """The pictures met so far, by their path in ``folder``, but for those that are ``refused``.

    ``way`` leads to where the folder is from where a page is read.
    """

    def __init__(
        self, folder: str, *, way: str = "", refused: frozenset[str] = frozenset()
    ) -> None:
        self._folder = folder
        self._way = way
        self._refused = refused
        self._files: dict[str, bytes] = {}

    @property
    def files(self) -> Mapping[str, bytes]:
        """What is in the pictures, by their paths."""
        return self._files

    def path(self, image: Image, document: Document) -> str | None:
        """Return the path of what ``image`` shows, None if the document does not hold it."""
        picture = picture_of(image, document)
        if picture is None or picture.name in self._refused:
            return None
        path = f"{self._folder}/{picture.name}"
        self._files[path] = picture.data
        return path

    def href(self, image: Image, document: Document) -> str | None:
        """Return the address of what ``image`` shows, None if the document does not hold it."""
        path = self.path(image, document)
        return path and f"{self._way}{quote(path)}"

    def write(self, place: Path) -> None:
        """Write the pictures into their folder in ``place``; without any there is no folder."""
        for path, content in self._files.items():
            (place / path).parent.mkdir(exist_ok=True)
            (place / path).write_bytes(content)
