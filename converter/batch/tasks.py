"""What there is to do: values that know what they depend on, and what to do about it.

A source by itself is converted in one task. A book is made in three steps, each of which finds
in the store what the one before has put there: read each source, bind what was read, print each
edition. What was read never goes through the process that hands the tasks out to others: however
many documents there are, it stays small.
"""

from collections.abc import Sequence
from typing import Final, Protocol

import msgspec
from msgspec.structs import replace

from converter import pipeline
from converter.batch import editions, identity
from converter.batch.cache import Store
from converter.batch.diary import Diary
from converter.batch.editions import Made, Order
from converter.batch.outcome import Event, Outcome, Stored
from converter.batch.sources import Source
from converter.batch.spool import packed, packed_readings, unpacked_book, unpacked_readings
from converter.batch.volume import Volume, assemble
from converter.errors import SourceError, WriteError
from converter.ledger import Ledger, total
from converter.pipeline import Reading
from converter.report import Report

_GONE: Final = "what was read was removed from the cache meanwhile: run again"


class Task(Protocol):
    """Something to do. ``place`` is what messages call it by."""

    @property
    def place(self) -> str: ...

    def known(self, store: Store) -> Outcome | None:
        """Return what came of it before, put back in its place; None if it has to be done."""

    def run(self, store: Store) -> Outcome:
        """Do it, and keep in ``store`` what came of it."""


class Conversion(msgspec.Struct, frozen=True):
    """An edition of a source in each format."""

    source: Source
    order: Order
    title: str = ""
    language: str = ""

    @property
    def place(self) -> str:
        return self.source.place

    def known(self, store: Store) -> Outcome | None:
        key = self._key()
        entry = store.find(key, Made) if key else None
        if entry is None or not self.source.is_like(entry.header.asked, entry.header.records):
            return None
        events = editions.put_back(self.order, entry)
        if events is None:
            return None
        made = entry.header
        return Outcome(self.place, events, made.recorded(), made.documents, cached=True)

    def run(self, store: Store) -> Outcome:
        diary = Diary()
        key = self._key()
        read = self.source.read(diary)
        files: tuple[tuple[str, ...], ...] = ()
        if read.readings:
            with diary.failing_alone(self.place):
                files = self._write(read.readings, diary)
        made = Made(tuple(diary.events), files, read.asked, read.records, len(read.readings))
        whole = read.readings and not diary.failed
        # A source that changes while it is read is not what the key says.
        if store.lasting and whole and key and key == self._key():
            store.put(key, made, editions.blobs(files, self.order.target.parent))
        editions.remember_plain(files, self.order.target.parent, store)
        return Outcome(self.place, made.events, made.recorded(), made.documents)

    def _key(self) -> str | None:
        source = self.source.key()
        terms = (self.order.terms(), self.title, self.language)
        return identity.key("conversion", source, *terms) if source else None

    def _write(self, readings: Sequence[Reading], diary: Diary) -> tuple[tuple[str, ...], ...]:
        book = pipeline.book_read(readings, title=self.title, language=self.language)
        report = Report()
        book = pipeline.bind(book, report)
        diary.tell(report.messages)
        ledger = total(reading.findings.ledger for reading in readings)
        return editions.write(self.order, book, ledger, diary)


class Perusal(msgspec.Struct, frozen=True):
    """The reading of a source that is to be part of a book."""

    source: Source

    @property
    def place(self) -> str:
        return self.source.place

    def known(self, store: Store) -> Outcome | None:
        key = self._key()
        entry = store.find(key, Made) if key else None
        if entry is None or not self.source.is_like(entry.header.asked, entry.header.records):
            return None
        made = entry.header
        stored = Stored(key or "", identity.key(entry.digests, made.asked))
        return Outcome(
            self.place, made.events, made.recorded(), made.documents, stored, cached=True
        )

    def run(self, store: Store) -> Outcome:
        diary = Diary()
        key = self._key() if store.lasting else self._passing_key()
        read = self.source.read(diary)
        made = Made(tuple(diary.events), (), read.asked, read.records, len(read.readings))
        stored = None
        if key and not diary.failed:
            with diary.failing_alone(self.place):
                found = store.hand_on(key, made, read.readings, packed_readings)
                _check_kept(found, store)
                known = identity.key((found,), made.asked) if store.lasting else key
                stored = Stored(key, known)
        events = tuple(diary.events)
        return Outcome(self.place, events, made.recorded(), made.documents, stored)

    def _key(self) -> str | None:
        source = self.source.key()
        return identity.key("perusal", source) if source else None

    def _passing_key(self) -> str:
        """Return a key for one run, in which sources need not be known by what is in them."""
        return identity.key("perusal", ascii(self.source.path), self.source.reader)


class Bound(msgspec.Struct, frozen=True):
    """What is kept of a book beside itself."""

    events: tuple[Event, ...]
    ledger: Ledger


class Binding(msgspec.Struct, frozen=True):
    """The book that all documents are bound to."""

    place: str
    program: str
    volume: Volume

    def known(self, store: Store) -> Outcome | None:
        key = self._key()
        entry = store.find(key, Bound)
        if entry is None:
            return None
        return Outcome(self.place, entry.header.events, stored=self._stored(key), cached=True)

    def run(self, store: Store) -> Outcome:
        diary = Diary()
        with diary.failing_alone(self.place):
            key = self._key()
            parts = [
                (
                    part.title,
                    [each for stored in part.readings for each in _read(store, stored, self.place)],
                )
                for part in self.volume.parts
            ]
            report = Report()
            book = pipeline.bind(assemble(self.volume, parts), report)
            diary.tell(report.messages)
            ledgers = (each.findings.ledger for _, readings in parts for each in readings)
            header = Bound(tuple(diary.events), replace(total(ledgers), drops=()))
            _check_kept(store.hand_on(key, header, book, packed), store)
            return Outcome(self.place, tuple(diary.events), stored=self._stored(key))
        return Outcome(self.place, tuple(diary.events))

    def _key(self) -> str:
        return identity.key("binding", self.program, self.volume)

    def _stored(self, key: str) -> Stored:
        # All that the volume depends on is in its key.
        return Stored(key, key)


class Printing(msgspec.Struct, frozen=True):
    """The editions of a bound book that ``order`` wants."""

    program: str
    bound: Stored
    order: Order

    @property
    def place(self) -> str:
        return self.order.target.as_posix()

    def known(self, store: Store) -> Outcome | None:
        entry = store.find(self._key(), Made)
        events = editions.put_back(self.order, entry) if entry else None
        return Outcome(self.place, events, cached=True) if events is not None else None

    def run(self, store: Store) -> Outcome:
        diary = Diary()
        with diary.failing_alone(self.place):
            taken = store.take_up(self.bound.key, Bound, unpacked_book)
            if taken is None:
                raise SourceError(_GONE, self.place)
            bound, book = taken
            files = editions.write(self.order, book, bound.ledger, diary)
            if store.lasting and not diary.failed:
                contents = editions.blobs(files, self.order.target.parent)
                store.put(self._key(), Made(tuple(diary.events), files), contents)
            editions.remember_plain(files, self.order.target.parent, store)
        return Outcome(self.place, tuple(diary.events))

    def _key(self) -> str:
        return identity.key("printing", self.program, self.bound.identity, self.order.terms())


def _read(store: Store, stored: Stored, place: str) -> Sequence[Reading]:
    taken = store.take_up(stored.key, Made, unpacked_readings)
    if taken is None:
        raise SourceError(_GONE, place)
    return taken[1]


def _check_kept(digest: str | None, store: Store) -> None:
    """Raise WriteError if what the next step needs could not be kept."""
    if digest is None:
        raise WriteError("cannot be written: choose another folder with --cache", str(store.folder))
