"""The pictures of an edition in Typst: files in a folder beside the source, which names them."""

from collections.abc import Mapping

from converter.model import Document, Image
from converter.writers.pictures import picture_of


class Pictures:
    """The pictures met so far, by their path in ``folder``, but for those that are ``refused``."""

    def __init__(self, folder: str, refused: frozenset[str] = frozenset()) -> None:
        self._folder = folder
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
