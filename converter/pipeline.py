"""The way through, step by step: choose a reader, read, bind, transform, write.

1. ``choose_reader``  by what the source holds, then by its name
2. ``read``           one source, to its documents, each with its findings
3. ``bind``           documents, to one book with unique ids, passed through all transforms
4. ``write``          one book, to one edition that appears proved whole or not at all
"""

import hashlib
import itertools
import os
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from converter import plugins
from converter.errors import PluginError, SourceError, UsageError, WriteError
from converter.model import Book, Document, Part, Prov, Table
from converter.options import Options
from converter.plugins import Binds, Reader, Writer, WritesFolders
from converter.report import Findings, Report
from converter.slug import Unique
from converter.source import Source
from converter.walk import levels, page_labels, places, plain_text, redirected
from converter.whole import appearing
from converter.writers.titles import title_of

HEAD: Final = 4096
# Formats whose editions can be read back.
_PROVED: Final = frozenset({"epub", "html", "markdown", "pdf"})
_FIRST_DIFFERENCES: Final = 5
_TOO_DEEP: Final = "nests too deep: take levels out of it"
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "converter")


class Reading(NamedTuple):
    """A document, where it was found, what was reported of it, and the book it came bound in."""

    source: str
    reader: str
    document: Document
    findings: Findings
    book: Book | None = None


@cache
def readers() -> dict[str, Reader]:
    """Return all readers that can be loaded, by name; `converter formats` tells of the others."""
    loaded = {}
    for name in plugins.names(plugins.READERS):
        with suppress(PluginError):
            loaded[name] = plugins.reader(name)
    return loaded


def choose_reader(source: Source) -> str:
    """Return the name of the reader that is surest of ``source``. Raises SourceError."""
    suffix = Path(source.name).suffix.lower()
    bids = [
        (_certainty(reader, source), suffix in reader.suffixes, name)
        for name, reader in readers().items()
    ]
    surest = max(bids, default=(0.0, False, ""))
    if not surest[0] and not surest[1]:
        raise SourceError("is of no kind that a reader knows; name one with --from", source.name)
    return surest[2]


def _certainty(reader: Reader, source: Source) -> float:
    # Asking whether a reader is an instance of ``Recognizes`` takes longer than many do to tell.
    recognizes: Callable[[Source], float] | None = getattr(reader, "recognizes", None)
    return recognizes(source) if recognizes else reader.sniff(source.data[:HEAD])


def read(source: Source, reader: str | None = None) -> Iterator[Reading]:
    """Yield the documents of ``source``, read by ``reader`` or the one that is surest of it.

    If the source names one of its documents, that one only. Raises SourceError without it, and
    for what nests too deep, wherever that comes to light.
    """
    try:
        yield from _wanted(source, reader)
    except RecursionError as error:
        raise SourceError(_TOO_DEEP, source.name) from error


def _wanted(source: Source, reader: str | None) -> Iterator[Reading]:
    name = reader or choose_reader(source)
    readings = _read(source, name, plugins.reader(name))
    if binder := _binder(name):
        readings = _bound_already(source, tuple(readings), binder)
    if not source.fragment:
        yield from readings
        return
    found = [each for each in readings if each.document.id == source.fragment]
    if not found:
        raise SourceError(f"holds no document {source.fragment!r}", source.name)
    yield from (each._replace(book=None) for each in found)


def _read(source: Source, name: str, reader: Reader) -> Iterator[Reading]:
    """Yield the documents of ``source``, each with what was reported since the last one."""
    report = Report()
    for document in reader.read(source, report):
        _check_extent(document, source)
        if not report.ledger.words and not page_labels(document):
            report.warn("no-text", "holds no text", prov=Prov(document.source or source.name))
        yield Reading(document.source or source.name, name, document, report.cut())


@cache
def _binder(reader: str) -> Binds | None:
    plugin = plugins.reader(reader)
    return plugin if isinstance(plugin, Binds) else None


def _check_extent(document: Document, source: Source) -> None:
    """Raise SourceError for what a few bytes of ``source`` can ask for, and no writer can make."""
    deepest, most = source.access.limits.nesting, source.access.limits.table_places
    place = document.source or source.name
    for depth, level in enumerate(levels(document), start=1):
        if depth > deepest:
            text = f"nests nodes more than {deepest} deep: take levels out of it"
            raise SourceError(f"{text}; see --limit nesting", place)
        if any(type(node) is Table and places(node) > most for node in level):
            text = (
                f"has a table whose cells cover more than {most:,} places: make them narrower;"
                " see --limit table-places"
            )
            raise SourceError(text, place)


def _bound_already(
    source: Source, readings: tuple[Reading, ...], reader: Binds
) -> Iterator[Reading]:
    """Yield ``readings`` with the book that they are, found where that is, not in its sources."""
    book = reader.bind(source, tuple(reading.document for reading in readings))
    for reading in readings:
        place = f"{source.name}#{reading.document.id}" if len(readings) > 1 else source.name
        yield reading._replace(source=place, book=book)


def bind(book: Book, report: Report) -> Book:
    """Return ``book`` ready for writers: ids unique, dated, identified, transformed.

    Raises SourceError if it nests deeper than transforms can go.
    """
    try:
        book = _with_unique_ids(book)
        book = replace(book, modified=_moment(book.modified) or _modified(book))
        book = replace(book, identifier=book.identifier or _identifier(book))
        for transform in plugins.transforms():
            book = transform(book, report)
    except RecursionError as error:
        raise SourceError(_TOO_DEEP, book.title) from error
    return book


def write(
    book: Book, target: Path, writer: str, report: Report, options: Options
) -> tuple[Path, ...]:
    """Write ``book`` to ``target``, a file or folder, which appears when it is proved whole.

    Returns the files that were made, named from the folder of ``target``. Raises WriteError if it
    cannot be written, or does not hold all of the book; what stood at ``target`` then still
    stands there. A folder that is there and no edition is never replaced.
    """
    plugin = plugins.writer(writer)
    if target.is_dir() and any(target.iterdir()) and not _is_edition(plugin, target):
        raise WriteError("exists and is no edition: move it, or choose another folder", str(target))
    with appearing(target) as partial:
        try:
            plugin.write(book, partial, report, options=options)
            if options.verify and writer in _PROVED:
                _prove(partial, book, target, options.templates)
        except WriteError as error:
            # Users know the edition by its own name.
            place = error.place.replace(str(partial), target.as_posix()) or target.as_posix()
            raise WriteError(error.text, place) from error
        except RecursionError as error:
            raise WriteError(f"cannot be written: its source {_TOO_DEEP}", str(target)) from error
        made = partial.parent.rglob("*")
        return tuple(path.relative_to(partial.parent) for path in made if path.is_file())


def _prove(partial: Path, book: Book, target: Path, templates: Path | None) -> None:
    """Raise WriteError if the edition at ``partial`` does not hold all of ``book``."""
    from converter.verify import verify  # whoever does without the proof need not wait for it

    try:
        differences = verify(partial, book, templates)
    except SourceError as error:
        raise WriteError(f"was not kept: it {error.text}", target.as_posix()) from error
    if differences:
        found = "\n".join(f"  {difference}" for difference in differences[:_FIRST_DIFFERENCES])
        more = len(differences) - _FIRST_DIFFERENCES
        rest = f"\n  and {more} more" if more > 0 else ""
        lost = "was not kept, as it differs from its source (--no-verify keeps it)"
        raise WriteError(f"{lost}:\n{found}{rest}", target.as_posix())


def _is_edition(writer: Writer, folder: Path) -> bool:
    return isinstance(writer, WritesFolders) and writer.is_edition(folder)


def book_read(readings: Iterable[Reading], *, title: str = "", language: str = "") -> Book:
    """Return a book of what was read: the one that it all came bound in, or one of its own.

    What is not given comes from that book, or from the documents.
    """
    held = tuple(readings)
    book = held[0].book
    if book is not None and all(reading.book is book for reading in held):
        return replace(book, title=title or book.title, language=language or book.language)
    loose = book_of((reading.document for reading in held), title=title, language=language)
    return replace(loose, parts=parts_read(held))


def book_of(documents: Iterable[Document], *, title: str = "", language: str = "") -> Book:
    """Return a book of ``documents``; what is not given comes from the first of them."""
    held = tuple(documents)
    first = held[0]
    alone = len(held) == 1
    return Book(
        title=title
        or (not alone and first.collection)
        or plain_text(first.title)
        or title_of(first),
        parts=parts_of(held),
        language=language,
        authors=tuple(dict.fromkeys(author for document in held for author in document.authors)),
        date=first.date if alone else "",
    )


def parts_read(readings: Iterable[Reading], *, level: int = 1) -> tuple[Part, ...]:
    """Return what was read in the parts that its sources have, the outermost at ``level``."""
    parts: list[Part] = []
    for _, group in itertools.groupby(readings, key=lambda reading: id(reading.book)):
        held = tuple(group)
        book = held[0].book
        if book is None:
            parts += parts_of([reading.document for reading in held], level=level)
        else:
            parts += (replace(part, level=part.level + level - 1) for part in book.parts)
    return tuple(parts)


def parts_of(documents: Sequence[Document], *, level: int = 1) -> tuple[Part, ...]:
    """Return ``documents`` in the parts that their sources put them in, the outermost at ``level``.

    A part begins wherever the divisions around a document are not those around the last one.
    """
    parts: list[Part] = []
    around: tuple[str, ...] = ()
    for path, group in itertools.groupby(documents, key=attrgetter("part")):
        pairs = zip(path, around, strict=False)
        shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        names = path[shared:] or ("",)
        parts += (Part((), name, level + shared + below) for below, name in enumerate(names))
        parts[-1] = replace(parts[-1], documents=tuple(group))
        around = path
    return tuple(parts)


def suffix(writer: str, options: Options) -> str:
    """Return the ending of the editions that ``writer`` makes, empty for a folder of files."""
    plugin = plugins.writer(writer)
    folder = isinstance(plugin, WritesFolders) and plugin.writes_folder(options)
    return "" if folder else plugin.suffix


def _with_unique_ids(book: Book) -> Book:
    """Return ``book`` with no document id twice; references follow within each source."""
    taken = Unique()
    uniques: list[str] = []
    renamed: dict[str, dict[str, str]] = defaultdict(dict)
    for document in book.documents:
        uniques.append(taken.take(document.id))
        if uniques[-1] != document.id:
            renamed[_file(document)][document.id] = uniques[-1]
    if not renamed:
        return book
    names = iter(uniques)
    parts = tuple(
        replace(
            part,
            documents=tuple(
                redirected(replace(each, id=next(names)), renamed.get(_file(each), {}))
                for each in part.documents
            ),
        )
        for part in book.parts
    )
    return replace(book, parts=parts)


def _file(document: Document) -> str:
    """Return the name of the source that ``document`` came from, alone or with others."""
    return document.source.partition("#")[0]


def _modified(book: Book) -> str:
    """Return SOURCE_DATE_EPOCH or the newest date that the book itself knows, in UTC, or "".

    Neither the clock nor the times of files: the same sources make the same bytes.
    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        dates = [book.date, *(document.date for document in book.documents)]
        return max(filter(None, map(_moment, dates)), default="")
    try:
        return _utc(datetime.fromtimestamp(int(epoch), UTC))
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}: no number of seconds: {error}"
        ) from error


def _moment(date: str) -> str | None:
    """Return an ISO date as a moment in UTC, None for what is no date."""
    try:
        moment = datetime.fromisoformat(date)
        return _utc(moment.astimezone(UTC) if moment.tzinfo else moment)
    except (ValueError, OverflowError):
        return None


def _utc(moment: datetime) -> str:
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _identifier(book: Book) -> str:
    """Return a URN made from what the book says, so that it lasts as long as that does."""
    texts = (plain_text([document]) for document in book.documents)  # never the words of all
    content = f"{book.title}\n{book.authors}\n{' '.join(filter(None, texts))}"
    return uuid.uuid5(_NAMESPACE, hashlib.sha256(content.encode()).hexdigest()).urn
