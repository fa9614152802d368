"""What was made before, on disk, found by a digest of all that it was made of.

An entry is one file: a digest, a header in JSON, and behind it the blobs that the header counts.
It is written aside and renamed, so that any number of processes can share a cache, and nothing
that was damaged is ever taken: the header is checked when an entry is found, a blob when it is
read.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Generic, NamedTuple, TypeVar

import msgspec
from platformdirs import user_cache_path

Header = TypeVar("Header")
Value = TypeVar("Value")

# What is on disk in another form is another program's.
_FORM: Final = "1"
_DIGEST: Final = 64
_LENGTH: Final = 10
_PARTIAL: Final = ".partial-"
# In seconds: nobody writes an entry for that long.
_ABANDONED: Final = 3600.0
# After an eviction there is room for some runs before the next.
_KEPT: Final = 0.8


class Usage(NamedTuple):
    """How many entries there are, and their size in bytes."""

    entries: int
    size: int


class _Blob(msgspec.Struct, frozen=True, array_like=True):
    digest: str
    size: int


class _Head(msgspec.Struct, Generic[Header], frozen=True, array_like=True):
    header: Header
    blobs: tuple[_Blob, ...]


class Entry(NamedTuple, Generic[Header]):
    """What was found: its header, the digests of its blobs, and these themselves on demand.

    ``blob`` returns the one at a place, None if it is damaged.
    """

    header: Header
    digests: tuple[str, ...]
    blob: Callable[[int], bytes | None]


class Store:
    """The entries in ``folder``. What is not ``lasting`` is gone when the run is over."""

    def __init__(self, folder: Path, *, lasting: bool = True) -> None:
        self.folder = folder
        self.lasting = lasting
        self._root = folder / _FORM

    def find(self, key: str, kind: type[Header]) -> Entry[Header] | None:
        """Return the entry of ``key``, None if there is none or it is damaged."""
        path = self._path(key)
        try:
            with open(path, "rb", opener=_at_once) as file:
                start = file.read(_DIGEST + _LENGTH)
                length = int(start[_DIGEST:])
                data = file.read(length)
            os.utime(path)  # the least recently used goes first
        except (OSError, ValueError, MemoryError):
            return None
        if digest(start[_DIGEST:] + data).encode() != start[:_DIGEST]:
            return None
        try:
            head = msgspec.json.decode(data, type=_Head[kind])  # type: ignore[valid-type] # known when it runs
        except msgspec.MsgspecError:
            return None
        blob = partial(_blob, path, head.blobs, len(start) + length)
        return Entry(head.header, tuple(each.digest for each in head.blobs), blob)

    def put(self, key: str, header: msgspec.Struct, blobs: Sequence[bytes] = ()) -> bool:
        """Keep ``header`` and ``blobs`` under ``key``; return whether that was possible."""
        sized = tuple(_Blob(digest(blob), len(blob)) for blob in blobs)
        data = msgspec.json.encode(_Head(header, sized))
        length = b"%*d" % (_LENGTH, len(data))
        path = self._path(key)
        aside = path.with_name(f"{_PARTIAL}{path.name}-{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as file:
                file.write(digest(length + data).encode() + length + data)
                file.writelines(blobs)
            if path.is_dir():
                _discard(path)
            aside.replace(path)
        except OSError:
            # A full disk or a folder that is read only costs time, never a document.
            with suppress(OSError):
                aside.unlink()
            return False
        return True

    def hand_on(
        self, key: str, header: msgspec.Struct, value: Value, pack: Callable[[Value], bytes]
    ) -> str | None:
        """Keep ``header`` and ``value`` for a later task.

        Returns the digest of the value as it was packed, None if it could not be kept.
        """
        data = pack(value)
        return digest(data) if self.put(key, header, [data]) else None

    def take_up(
        self, key: str, kind: type[Header], unpack: Callable[[bytes], Value]
    ) -> tuple[Header, Value] | None:
        """Return the header and the value that were handed on, None if they are gone."""
        entry = self.find(key, kind)
        data = entry.blob(0) if entry else None
        return None if entry is None or data is None else (entry.header, unpack(data))

    def usage(self) -> Usage:
        """Return how much there is."""
        sizes = [size for _, size, _ in self._files()]
        return Usage(len(sizes), sum(sizes))

    def clear(self) -> None:
        """Remove all entries."""
        for _, _, path in self._files():
            _discard(path)

    def evict(self, limit: int) -> None:
        """Remove what was not used for longest, until the rest is well below ``limit`` bytes.

        And what killed processes have left half written.
        """
        now = time.time()
        for used, _, path in self._files():
            if path.name.startswith(_PARTIAL) and used < now - _ABANDONED:
                _discard(path)
        files = sorted(self._files())
        size = sum(size for _, size, _ in files)
        if size <= limit:
            return
        for _, each, path in files:
            _discard(path)
            size -= each
            if size <= limit * _KEPT:
                return

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key[2:]

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Yield the time of last use, the size and the path of each entry, and of what is left."""
        for path in self._root.glob("??/*"):
            with suppress(OSError):
                status = path.lstat()
                yield status.st_mtime, status.st_size, path


class Memory(Store):
    """What the tasks of one process hand on to one another, as it is."""

    def __init__(self) -> None:
        super().__init__(Path(), lasting=False)
        self._entries: dict[str, Entry[Any]] = {}
        self._values: dict[str, Any] = {}

    def find(self, key: str, kind: type[Header]) -> Entry[Header] | None:  # noqa: ARG002 - a store's
        return self._entries.get(key)

    def put(self, key: str, header: msgspec.Struct, blobs: Sequence[bytes] = ()) -> bool:
        self._entries[key] = Entry(header, (), tuple(blobs).__getitem__)
        return True

    def hand_on(
        self,
        key: str,
        header: msgspec.Struct,
        value: Value,
        pack: Callable[[Value], bytes],  # noqa: ARG002 - a store's
    ) -> str:
        self.put(key, header)
        self._values[key] = value
        return ""

    def take_up(
        self,
        key: str,
        kind: type[Header],
        unpack: Callable[[bytes], Value],  # noqa: ARG002 - a store's
    ) -> tuple[Header, Value] | None:
        entry = self.find(key, kind)
        return (entry.header, self._values[key]) if entry else None


def _blob(path: Path, blobs: Sequence[_Blob], start: int, place: int) -> bytes | None:
    """Return which of ``blobs`` has its ``place`` among those that begin at ``start`` in a file."""
    before = sum(blob.size for blob in blobs[:place])
    blob = blobs[place]
    try:
        with path.open("rb") as file:
            file.seek(start + before)
            data = file.read(blob.size)
    except OSError:
        return None
    return data if digest(data) == blob.digest else None


def _at_once(path: str, flags: int) -> int:
    """Open what should be a file: what is a pipe instead must not make us wait for a writer."""
    return os.open(path, flags | os.O_NONBLOCK)


def _discard(path: Path) -> None:
    """Remove what stands at ``path``, be it a folder, if that can be done and is still to do."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def default_folder() -> Path:
    """Return the folder of the user's cache."""
    return user_cache_path("converter")


def digest(data: bytes) -> str:
    """Return the SHA-256 digest of ``data``, in hexadecimal."""
    return sha256(data).hexdigest()
