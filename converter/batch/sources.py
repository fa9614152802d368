"""A source in a run: what it is, what it depends on, what it holds."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from converter import pipeline, source
from converter.access import Access
from converter.batch import identity
from converter.batch.cache import digest
from converter.batch.diary import Diary
from converter.inspection import record
from converter.pipeline import Reading
from converter.source import Refusal, name_of, open_source, split_fragment

# What the web refused today it may give tomorrow: never what a file is.
_REFUSED: Final = "refused"


class _Watched(source.Source, frozen=True):
    """A source that takes down what else it is asked for, and what came of it."""

    asked: dict[str, str] = msgspec.field(default_factory=dict)

    def file(self, href: str) -> bytes | Refusal:
        found = super().file(href)
        self.asked[href] = _digest(found)
        return found

    def remote(self, url: str) -> bytes | Refusal:
        found = super().remote(url)
        if self.access.network and isinstance(found, Refusal):
            self.asked[url] = _REFUSED
        return found


class Source(msgspec.Struct, frozen=True):
    """A source, and how to read it: by ``reader``, empty for the one that is surest of it.

    ``program`` is what else the outcome depends on, apart from the source. ``recorded`` asks for
    the records of its documents.
    """

    path: Path
    program: str
    access: Access
    reader: str = ""
    recorded: bool = False

    @property
    def place(self) -> str:
        return name_of(self.path)

    def key(self) -> str | None:
        """Return what the source is, and how it is to be read; None if there is none."""
        try:
            digests = identity.source(split_fragment(self.path)[0])
        except OSError:
            return None
        return identity.key(self.program, self.place, digests, self.access, self.reader)

    def read(self, diary: Diary) -> "Read":
        """Return its documents, none if it failed, with what it was found to depend on."""
        with diary.failing_alone(self.place):
            opened = open_source(self.path, self.access)
            watched = _Watched(
                opened.name, opened.data, opened.path, opened.fragment, opened.access
            )
            readings = tuple(pipeline.read(watched, self.reader or None))
            for reading in readings:
                diary.tell(reading.findings.messages)
            return Read(readings, watched.asked, self._records(readings))
        return Read()

    def is_like(self, asked: Mapping[str, str], records: object | None) -> bool:
        """Whether what it ``asked`` for is as it was, and there are records if they are wanted."""
        if self.recorded and records is None:
            return False
        path = split_fragment(self.path)[0]
        opened = source.Source(self.place, b"", path, access=self.access)
        return all(_digest(opened.file(href)) == found for href, found in asked.items())

    def _records(self, readings: Iterable[Reading]) -> tuple[bytes, ...] | None:
        """Return what the report says of its documents, None if it was not asked for."""
        return tuple(map(_record, readings)) if self.recorded else None


class Read(msgspec.Struct, frozen=True):
    """What was read of a source, the digests of what it ``asked`` for, and its records."""

    readings: tuple[Reading, ...] = ()
    asked: dict[str, str] = {}
    records: tuple[bytes, ...] | None = None


def _record(reading: Reading) -> bytes:
    found = record(reading.source, reading.reader, reading.document, reading.findings)
    return msgspec.json.encode(found)


def _digest(found: bytes | Refusal) -> str:
    return "" if isinstance(found, Refusal) else digest(found)
