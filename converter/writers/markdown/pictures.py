"""The pictures of a Markdown edition: in a folder beside its files, and named there."""

from pathlib import Path
from urllib.parse import quote

from converter.model import Document, Image
from converter.writers.pictures import picture_of


class Pictures:
    """The pictures met so far, to be written into a folder named ``folder``.

    ``way`` leads to where that is from where a page is read.
    """

    def __init__(self, folder: str, way: str = "") -> None:
        self._folder = folder
        self._way = way
        self._files: dict[str, bytes] = {}

    def href(self, image: Image, document: Document) -> str | None:
        """Return the address of ``image`` in the edition, None for one that is not held."""
        picture = picture_of(image, document)
        if picture is None:
            return None
        self._files[picture.name] = picture.data
        return f"{self._way}{quote(self._folder)}/{quote(picture.name)}"

    def write(self, place: Path) -> None:
        """Write the pictures into their folder in ``place``; without any there is no folder."""
        if self._files:
            (place / self._folder).mkdir(exist_ok=True)
        for name, content in self._files.items():
            (place / self._folder / name).write_bytes(content)
