"""The pictures of the book: found beside their sources, named by their bytes."""

from hashlib import sha256
from typing import Final

from converter.model import Document, Image
from converter.report import Report
from converter.writers.epub.package import File
from converter.writers.pictures import picture_file

# The raster types that every reading system shows: https://www.w3.org/TR/epub-33/#sec-core-media-types
_TYPES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF8", "image/gif", "gif"),
)


class Pictures:
    """The pictures met so far."""

    def __init__(self, report: Report) -> None:
        self._files: dict[str, File] = {}
        self._report = report

    def files(self) -> tuple[File, ...]:
        """Return the pictures, each once, in the order in which they were met."""
        return tuple(self._files.values())

    def href(self, image: Image, document: Document) -> str | None:
        """Return the name of ``image`` in the package; None, with a message, if there is none."""
        path = picture_file(image, document)
        if path is None:
            self._report.warn("missing-image", f"there is no file {image.src}", prov=image.prov)
            return None
        return self._add(path.read_bytes(), image)

    def _add(self, content: bytes, image: Image) -> str | None:
        for magic, kind, suffix in _TYPES:
            if content.startswith(magic):
                name = f"image-{sha256(content).hexdigest()[:16]}.{suffix}"
                self._files[name] = File(name, kind, content, in_spine=False)
                return name
        text = f"{image.src} is no PNG, JPEG or GIF: its text alternative stands in its place"
        self._report.warn("missing-image", text, prov=image.prov)
        return None
