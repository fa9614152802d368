"""Editions on disk: made of a book, kept, and put back as they were made."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from converter import pipeline
from converter.batch.cache import Entry, Store, digest
from converter.batch.diary import Diary
from converter.batch.identity import key
from converter.batch.outcome import Edition, Event, State
from converter.errors import WriteError
from converter.ledger import Ledger
from converter.model import Book
from converter.options import Options
from converter.report import Message, Report
from converter.source import split_fragment
from converter.walk import page_labels
from converter.whole import write_whole

PLAIN: Final = ".txt"
_MODEL: Final = "json"
_MODEL_SUFFIX: Final = ".model.json"


class Order(msgspec.Struct, frozen=True):
    """Which editions are wanted. ``target`` is their path without what the format adds to it.

    ``model`` adds the model that they are to be verified against. ``protected`` are names in the
    folder of ``target`` that sources have.
    """

    target: Path
    writers: tuple[str, ...]
    options: Options
    model: bool = False
    protected: frozenset[str] = frozenset()

    def at(self, target: Path, protected: frozenset[str] = frozenset()) -> "Order":
        """Return the same order for editions at ``target``."""
        return replace(self, target=target, protected=protected)

    def targets(self) -> list[tuple[str, Path]]:
        """Return the writers with the paths that they write to."""
        folder, name = self.target.parent, self.target.name
        named = [
            (writer, folder / f"{name}{pipeline.suffix(writer, self.options)}")
            for writer in self.writers
        ]
        return [*named, (_MODEL, folder / f"{name}{_MODEL_SUFFIX}")] if self.model else named

    def wanted(self) -> tuple[tuple[str, Options], ...]:
        """Return the writers with what of their options decides what they load."""
        options = replace(self.options, templates=None)
        return tuple((writer, options) for writer in self.writers)

    def terms(self) -> tuple[object, ...]:
        """Return what the bytes of the editions depend on, apart from the book and templates."""
        options = replace(self.options, templates=None)
        return (self.target.name, self.writers, options, self.model)


class Protected:
    """The names of sources, folder by folder, that no edition may take."""

    def __init__(self, sources: Iterable[Path]) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._real = cache(os.path.realpath)
        for path in sources:
            file = split_fragment(path)[0]
            self._add(file)
            if os.path.islink(file):  # noqa: PTH114 - pathlib fails where nothing may be looked at
                self._add(Path(self._real(file)))

    def beside(self, target: Path) -> frozenset[str]:
        """Return the names in the folder of ``target`` that begin like it and belong to sources."""
        names = self._names.get(self._real(target.parent), ())
        return frozenset(name for name in names if name.startswith(target.name))

    def _add(self, file: Path) -> None:
        self._names[self._real(file.parent)].add(file.name)


class Made(msgspec.Struct, frozen=True):
    """What a task made: its events, and the files of each edition among them, as blobs.

    The files are named from the folder that the editions stand in. ``asked`` are the digests of
    what the source was found to depend on, by its names for it.
    """

    events: tuple[Event, ...]
    files: tuple[tuple[str, ...], ...]
    asked: dict[str, str] = {}
    records: tuple[bytes, ...] | None = None
    documents: int = 0

    def recorded(self) -> tuple[bytes, ...]:
        """Return the records, none if they were not asked for when it was made."""
        return self.records or ()


def write(order: Order, book: Book, ledger: Ledger, diary: Diary) -> tuple[tuple[str, ...], ...]:
    """Write what ``order`` wants of ``book``, and return the names of the files of each edition.

    What several writers say in the same words is told once.
    """
    made = []
    told: dict[Message, None] = {}
    for writer, target in order.targets():
        report = Report()
        with diary.failing_alone(target.as_posix()):
            if target.name in order.protected:
                hint = "would overwrite a source: choose another folder with -o"
                raise WriteError(hint, target.as_posix())
            try:
                files = pipeline.write(book, target, writer, report, order.options)
            finally:
                diary.tell(message for message in report.messages if message not in told)
                told |= dict.fromkeys(report.messages)
            diary.made(_account(book, target, writer, ledger))
            made.append(tuple(sorted(path.as_posix() for path in files)))
    return tuple(made)


def blobs(made: Iterable[Sequence[str]], folder: Path) -> list[bytes]:
    """Return what is in the files that were ``made`` in ``folder``."""
    return [(folder / name).read_bytes() for files in made for name in files]


def remember_plain(made: Iterable[Sequence[str]], folder: Path, store: Store) -> None:
    """Keep in ``store`` what the plain editions are that were ``made`` in ``folder``.

    They hold nothing that says who made them: it would be text.
    """
    for name in chain.from_iterable(made) if store.lasting else ():
        if name.endswith(PLAIN):
            store.put(_plain_key((folder / name).read_bytes()), Made((), ()))


def is_plain_edition(path: Path, store: Store) -> bool:
    """Whether the text at ``path`` is, as it is, an edition that ``store`` remembers."""
    try:
        return store.find(_plain_key(path.read_bytes()), Made) is not None
    except OSError:
        return False  # reading it will tell what is the matter


def _plain_key(content: bytes) -> str:
    return key("plain edition", digest(content))


def put_back(order: Order, entry: Entry[Made]) -> tuple[Event, ...] | None:
    """Return the events of ``entry`` with its editions in their places; None if that fails.

    What stands there as it was made is left alone. What has to be made anew is: a folder that is
    not as it was, for who knows what is in it, and what would overwrite a source.
    """
    folder = order.target.parent
    events: list[Event] = []
    files = iter(entry.header.files)
    first = 0
    for event in entry.header.events:
        if isinstance(event, Edition):
            names = next(files)
            path = folder / Path(event.path).name
            state = _state(path, names, entry, first)
            if state is None or path.name in order.protected:
                return None
            event = replace(event, path=path.as_posix(), state=state)
            first += len(names)
        events.append(event)
    return tuple(events)


def _state(path: Path, names: Sequence[str], entry: Entry[Made], first: int) -> State | None:
    """Return how the edition at ``path`` comes to stand there, None if it does not.

    Its files are ``names``, whose blobs begin at ``first``.
    """
    digests = entry.digests[first : first + len(names)]
    if _is_current(path.parent, names, digests) and _files_in(path) <= set(names):
        return "current"
    if path.name not in names:
        return None
    for place, name in enumerate(names, start=first):
        content = entry.blob(place)
        if content is None:
            return None
        write_whole(path.parent / name, content)
    return "restored"


def _files_in(path: Path) -> set[str]:
    """Return the names of the files in the folder ``path``, none if it is a file."""
    inside = path.rglob("*") if path.is_dir() else ()
    return {each.relative_to(path.parent).as_posix() for each in inside if each.is_file()}


def _is_current(folder: Path, names: Sequence[str], digests: Sequence[str]) -> bool:
    try:
        contents = [(folder / name).read_bytes() for name in names]
    except OSError:
        return False
    return [digest(content) for content in contents] == list(digests)


def _account(book: Book, target: Path, writer: str, ledger: Ledger) -> Edition:
    """Return what an edition holds, in numbers."""
    files = (path for path in (target, *target.rglob("*")) if path.is_file())
    documents = book.documents
    return Edition(
        format=writer,
        path=target.as_posix(),
        bytes=sum(path.stat().st_size for path in files),
        documents=len(documents),
        notes=sum(len(document.notes) for document in documents),
        pages=sum(len(page_labels(document)) for document in documents),
        comments=sum(len(document.comments) for document in documents),
        words=ledger.words,
        kept=ledger.kept,
        structure=ledger.structure,
        dropped=ledger.dropped,
    )
