"""The pictures of a Markdown edition: copied into a folder beside its files, and named there."""

import mimetypes
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from converter.model import Document, Image
from converter.report import Report
from converter.slug import slug
from converter.writers.links import address
from converter.writers.pictures import picture_file


class Pictures:
    """The pictures met so far, to be copied into a folder named ``folder``.

    Their names say what is in them, so that two that are called the same can lie together.
    """

    def __init__(self, folder: str, report: Report) -> None:
        self._folder = folder
        self._report = report
        self._files: dict[str, bytes] = {}

    def href(self, image: Image, document: Document) -> str | None:
        """Return the address of ``image``; None, with a message, if it cannot be shown."""
        if image.src.startswith(("http://", "https://")) and (web := address(image.src)):
            text = f"{image.src} stays on the web: it shows only where there is a connection"
            self._report.info("remote-image", text, prov=image.prov)
            return web
        path = picture_file(image, document)
        if path is None or not _is_picture(path):
            what = "there is no file" if path is None else "no picture is in the file"
            self._report.warn("missing-image", f"{what} {image.src}", prov=image.prov)
            return None
        return f"{quote(self._folder)}/{quote(self._add(path))}"

    def copy(self, place: Path) -> None:
        """Write the pictures into their folder in ``place``; without any there is no folder."""
        if self._files:
            (place / self._folder).mkdir()
        for name, content in self._files.items():
            (place / self._folder / name).write_bytes(content)

    def _add(self, path: Path) -> str:
        content = path.read_bytes()
        stem = slug(path.stem) or "picture"
        name = f"{stem}-{sha256(content).hexdigest()[:8]}{path.suffix.lower()}"
        self._files[name] = content
        return name


def _is_picture(path: Path) -> bool:
    return (mimetypes.guess_type(path.name)[0] or "").startswith("image/")
