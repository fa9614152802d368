"""The proof that an edition is whole: read back from its own bytes, held against the model.

1. ``read``      the edition, by a way that shares no code with the writers, to a ``Reading``
2. ``faults``    what is wrong with it whatever the source says
3. ``expect``    the book, to a ``Reading`` of what its edition has to hold
4. ``compare``   the two, to differences that name their places
5. ``made_up``   what the edition has besides the words of its source and may not have
"""

from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Final, Protocol, cast

import msgspec

from converter.access import Limits
from converter.errors import SourceError, UsageError
from converter.model import Book
from converter.packages import check_package
from converter.verify.added import made_up
from converter.verify.compare import compare
from converter.verify.consistency import faults
from converter.verify.difference import MOST, Difference
from converter.verify.expected import expect
from converter.verify.reading import Counts, Reading, counts
from converter.verify.templates import Templates

__all__ = ("Difference", "Verdict", "format_of", "judge", "verify")

# What files of each format begin with; what has none of these and is text is Markdown.
_MAGIC: Final = ((b"PK", "epub"), (b"%PDF-", "pdf"), (b"<!DOCTYPE html>", "html"))
_HEAD: Final = 1024
_MARKDOWN: Final = frozenset({".md", ".markdown"})


class Format(Protocol):
    """A module that reads editions of one format."""

    def read(self, edition: Path, templates: Templates) -> Reading:
        """Return what ``edition``, made with ``templates``, holds. Raises SourceError."""


class Verdict(msgspec.Struct, frozen=True):
    """What was found in an edition, and what is different from its source.

    ``expected`` is None where there was no source to hold it against.
    """

    format: str
    found: Counts
    expected: Counts | None
    differences: tuple[Difference, ...]


def verify(edition: Path, book: Book, templates: Path | None = None) -> tuple[Difference, ...]:
    """Return what ``edition``, just made, has otherwise than ``book``, nothing if it is whole.

    What a user's ``templates`` say belongs to it. The first ``MOST`` differences are enough.
    Raises SourceError if the edition cannot be read at all, and UsageError if it is of no format
    that can be verified.
    """
    _, found = _read(edition, templates)
    return _differences(book, expect(book, found.medium), found)


def judge(
    edition: Path,
    book: Book | None,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    templates: Path | None = None,
) -> Verdict:
    """Return what is to be said of ``edition``; without ``book``, whether its parts agree.

    What a user's ``templates`` say belongs to it. It may come from elsewhere. Raises as ``verify``
    does, and SourceError if it would unfold beyond ``limits``.
    """
    match format_of(edition):
        case "epub":
            with edition.open("rb") as file:
                check_package(file, edition.as_posix(), limits)
        case "pdf":
            _check_streams(edition, limits)
        case _:
            pass
    name, found = _read(edition, templates)
    if book is None:
        return Verdict(name, counts(found), None, tuple(islice(faults(found), MOST)))
    expected = expect(book, found.medium)
    return Verdict(name, counts(found), counts(expected), _differences(book, expected, found))


def _check_streams(edition: Path, limits: Limits) -> None:
    # Only who has a PDF needs what reads one.
    from converter.verify.pdf.packed import check_streams

    try:
        data = edition.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", edition.as_posix()) from error
    check_streams(data, edition.as_posix(), limits)


def _read(edition: Path, templates: Path | None) -> tuple[str, Reading]:
    """Return the format of ``edition`` and what was read of it."""
    name = format_of(edition)
    if name is None:
        raise UsageError(
            "is no EPUB, PDF, HTML or Markdown: no other can be verified", str(edition)
        )
    reader = cast(Format, import_module(f"converter.verify.{name}"))
    try:
        return name, reader.read(edition, Templates(templates))
    except RecursionError as error:
        raise SourceError("is nested deeper than any edition", edition.as_posix()) from error


def _differences(book: Book, expected: Reading, found: Reading) -> tuple[Difference, ...]:
    found_out = chain(compare(expected, found), made_up(book, expected, found), faults(found))
    return tuple(islice(found_out, MOST))


def format_of(edition: Path) -> str | None:
    """Return the format of ``edition`` by what it holds, None for one that cannot be verified."""
    if edition.is_dir():
        return "markdown" if any(edition.glob("*.md")) else None
    if edition.exists() and not edition.is_file():
        raise UsageError("is neither a file nor a folder", str(edition))
    try:
        with edition.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", str(edition)) from error
    named = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    return named or ("markdown" if edition.suffix.lower() in _MARKDOWN else None)
