"""Lists that are written aside as they grow: there may be more than memory holds."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO


class Spool:
    """A list of pieces of a file, which can be gone through once, at the end."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed when it is gone through
        self._failure: OSError | None = None
        self.count = 0

    def add(self, piece: bytes) -> None:
        """Append ``piece``, which holds no line break.

        A full disk shows when the list is gone through: what goes on meanwhile can do without.
        """
        try:
            self._file.write(piece + b"\n")
        except OSError as error:
            self._failure = error
        self.count += 1

    def pieces(self, *, between: bytes = b"") -> Iterator[bytes]:
        """Yield all pieces in their order, each on a line, with ``between`` between them.

        Raises OSError if one of them could not be kept.
        """
        with self._file as lines:
            if self._failure:
                raise self._failure
            lines.seek(0)
            for position, line in enumerate(lines, start=1):
                last = position == self.count
                yield line if last else line[:-1] + between + b"\n"
