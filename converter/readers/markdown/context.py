"""What is known of an edition while one of its documents is read."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Final, NamedTuple
from urllib.parse import unquote

import msgspec

from converter.model import Picture

_MEDIA_TYPES: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}


class Target(NamedTuple):
    """What an id stands for: a document, and a note, page or comment in it."""

    document: str
    note: str = ""
    page: str = ""
    comment: str = ""


class Anchors(msgspec.Struct, frozen=True):
    """What the ids of the files of an edition stand for, by file and id; "" is the file itself."""

    targets: dict[tuple[str, str], Target]

    def find(self, file: str, href: str) -> Target | None:
        """Return what ``href`` leads to from ``file``, None if it leads out of the edition."""
        name, _, anchor = href.partition("#")
        return self.targets.get((unquote(name) or file, unquote(anchor)))


class Context:
    """Of the document ``document`` in ``file``: how sure its calls are, which pictures it shows.

    ``labels`` has its notes by the labels of their definitions, ``sure`` how sure the calls of
    each are, one after the other. ``load`` returns the file at an address of the edition.
    ``base`` is the level of the outermost headings in the text that is being read.
    """

    def __init__(
        self,
        document: str,
        file: str,
        anchors: Anchors,
        load: Callable[[str], bytes | None],
    ) -> None:
        self.base = 0
        self.document = document
        self.pictures: dict[str, Picture] = {}
        self.labels: dict[str, str] = {}
        self._file = file
        self._anchors = anchors
        self._load = load
        self._sure: dict[str, list[float]] = {}
        self._calls: defaultdict[str, int] = defaultdict(int)

    def target(self, href: str) -> Target | None:
        """Return what ``href`` leads to, None if it leads out of the edition."""
        return self._anchors.find(self._file, href)

    def set_sure(self, note: str, confidence: str) -> None:
        """Say how sure the calls of ``note`` are: one number for all of them, or one each."""
        self._sure[note] = [float(each) for each in confidence.split()]

    def next_sure(self, note: str) -> float:
        """Return how sure the next call of ``note`` is."""
        sure = self._sure.get(note) or [1.0]
        place = self._calls[note]
        self._calls[note] += 1
        return sure[min(place, len(sure) - 1)]

    def picture(self, href: str) -> str | None:
        """Return the name of the picture at ``href``, None if the edition does not hold it."""
        path = PurePosixPath(unquote(href))
        media_type = _MEDIA_TYPES.get(path.suffix.lower())
        if path.name in self.pictures:
            return path.name
        content = self._load(href) if media_type else None
        if content is None or media_type is None:
            return None
        self.pictures[path.name] = Picture(path.name, media_type, content)
        return path.name
