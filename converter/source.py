"""A source as a reader gets it: its bytes, and the name that messages call it by."""

from pathlib import Path

import msgspec

from converter.errors import SourceError


class Source(msgspec.Struct, frozen=True):
    """``name`` is the path as the user gave it, with ``/`` between folders.

    ``fragment`` is the id of the one document wanted of it, empty for all.
    """

    name: str
    data: bytes
    path: Path | None = None
    fragment: str = ""

    def beside(self, suffix: str) -> bytes | None:
        """Return the bytes of the file named like this one plus ``suffix``, None without one."""
        if self.path is None:
            return None
        sibling = self.path.with_name(self.path.name + suffix)
        return sibling.read_bytes() if sibling.is_file() else None


def open_source(path: Path) -> Source:
    """Return the file at ``path``, which may end in ``#`` and the id of a document in it.

    Raises SourceError if it cannot be read.
    """
    try:
        path, fragment = split_fragment(path)
        return Source(path.as_posix(), path.read_bytes(), path, fragment)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"cannot be read: {reason}", path.as_posix()) from error


def split_fragment(path: Path) -> tuple[Path, str]:
    """Return ``path`` without its ``#id``, and the id. A file whose name has a ``#`` is a file."""
    name, mark, fragment = path.name.rpartition("#")
    if not mark or path.exists():
        return path, ""
    return path.with_name(name), fragment
