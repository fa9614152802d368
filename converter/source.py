"""A source as a reader gets it: its bytes, its name, and the gate to whatever else it names.

Readers reach files and the network through their ``Source`` only. A source from elsewhere must
not bring the files of this machine into an edition: so it reaches what lies in its own folder,
and the web where the user allows that.
"""

import os
import re
import stat
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from converter.access import Access, lies_in
from converter.errors import SourceError

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Refusal(NamedTuple):
    """Why something is not reached; ``on_the_web`` if nothing but leave is missing."""

    reason: str
    on_the_web: bool = False


class Source(msgspec.Struct, frozen=True):
    """``name`` is the path as the user gave it, with ``/`` between folders.

    ``fragment`` is the id of the one document wanted of it, empty for all.
    """

    name: str
    data: bytes
    path: Path | None = None
    fragment: str = ""
    access: Access = Access()

    def beside(self, suffix: str) -> bytes | None:
        """Return the bytes of the file named like this one plus ``suffix``, None without one.

        Raises SourceError for a link out of the folder of the source.
        """
        sibling = self.path and self.path.with_name(self.path.name + suffix)
        if sibling is None or not os.path.isfile(sibling):  # noqa: PTH113 - pathlib fails on long names
            return None
        if not lies_in(sibling, sibling.parent):
            text = "leads out of the folder of its source: put a copy in its place"
            raise SourceError(text, name_of(sibling))
        return _content(sibling, self.access)

    def file(self, href: str) -> bytes | Refusal:
        """Return the file that ``href`` names, one in the folder of the source or below.

        ``href`` may be a path or a relative address. Links out of the folder do not count.
        """
        if self.path is None:
            return Refusal(f"there is no file {href}")
        folder = self.path.parent.resolve()
        plain = href.partition("#")[0].partition("?")[0]
        refusal = Refusal(f"there is no file {href}")
        for name in dict.fromkeys((href, unquote(href), unquote(plain))):
            try:
                path = (folder / name).resolve()
                if not path.is_relative_to(folder):
                    refusal = Refusal(f"{href} lies outside the folder of the source")
                elif path.is_file():
                    with path.open("rb") as file:
                        content = file.read(self.access.limits.picture_size + 1)
                    return self.within(content, href)
            except (OSError, ValueError, RuntimeError):
                # Too long for a name, with characters that no file can have, a link to itself.
                continue
        return refusal

    def remote(self, url: str) -> bytes | Refusal:
        """Return what is on the web at ``url`` if the user allows to go there."""
        if _scheme(url) not in ("http", "https"):
            return Refusal(f"{url} is no address on the web")
        if not self.access.network:
            return Refusal(f"{url} is left on the web", on_the_web=True)
        # What speaks HTTP takes time to load, and hardly anybody lets sources be fetched.
        from converter import web

        limits = self.access.limits
        try:
            content = web.fetch(url, most=limits.picture_size, seconds=limits.web_seconds)
        except OSError as error:
            return Refusal(f"{url} cannot be fetched: {error.strerror or error}")
        return self.within(content, url)

    def within(self, content: bytes, href: str) -> bytes | Refusal:
        """Return ``content`` unless it is larger than a picture may be."""
        most = self.access.limits.picture_size
        if len(content) > most:
            return Refusal(f"{href} has more than {most:,} bytes: see --limit picture-size")
        return content


def open_source(path: Path, access: Access = Access()) -> Source:  # noqa: B008 - a frozen value
    """Return the file at ``path``, which may end in ``#`` and the id of a document in it.

    Raises SourceError if it cannot be read.
    """
    try:
        path, fragment = split_fragment(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    return Source(name_of(path), _content(path, access), path, fragment, access)


def name_of(path: Path) -> str:
    """Return ``path`` with ``/`` between folders, as it can be printed and held by any file.

    U+FFFD stands for bytes that are no character and for characters that control terminals.
    """
    return _CONTROL.sub("\ufffd", os.fsencode(path.as_posix()).decode(errors="replace"))


def _content(path: Path, access: Access) -> bytes:
    """Return what is in the file at ``path``.

    Raises SourceError for more than a source may have, and for what is no file: a pipe or a device
    may never come to an end.
    """
    most = access.limits.source_size
    try:
        kind = path.stat()
        if not (stat.S_ISREG(kind.st_mode) or stat.S_ISDIR(kind.st_mode)):
            text = "is a pipe or a device: save what it gives as a file, and name that"
            raise SourceError(text, name_of(path))
        content = b"" if kind.st_size > most else path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    if max(kind.st_size, len(content)) > most:
        size = max(kind.st_size, len(content))
        text = f"has more than {most:,} bytes: split it, or say --limit source-size={size}"
        raise SourceError(text, name_of(path))
    return content


def _unreadable(path: Path, error: OSError) -> SourceError:
    return SourceError(f"cannot be read: {error.strerror or error}", name_of(path))


def split_fragment(path: Path) -> tuple[Path, str]:
    """Return ``path`` without its ``#id``, and the id. A file whose name has a ``#`` is a file."""
    name, mark, fragment = path.name.rpartition("#")
    if not mark or path.exists():
        return path, ""
    return path.with_name(name), fragment


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme.lower()
    except ValueError:
        return ""
