"""The pictures of the book, each packed once."""

from converter.model import Document, Image
from converter.writers.epub.package import File
from converter.writers.pictures import picture_of


class Pictures:
    """The pictures met so far."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def files(self) -> tuple[File, ...]:
        """Return the pictures, each once, in the order in which they were met."""
        return tuple(self._files.values())

    def href(self, image: Image, document: Document) -> str | None:
        """Return the name of ``image`` in the package, None if the document does not hold it."""
        picture = picture_of(image, document)
        if picture is None:
            return None
        file = File(picture.name, picture.media_type, picture.data, in_spine=False)
        self._files[picture.name] = file
        return picture.name
