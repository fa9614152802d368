"""One run of a command over many sources: what was read and written, what failed, the verdict."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from converter import pipeline, plugins
from converter.errors import ConverterError, UsageError
from converter.inspection import message_record, record
from converter.ledger import Ledger, total
from converter.model import Book
from converter.options import Options
from converter.pipeline import Reading
from converter.project import natural
from converter.report import Message, Report
from converter.source import open_source, split_fragment
from converter.walk import page_labels

FAILED: Final = 1
WARNED: Final = 3


class Run:
    """Keeps the account of a run. Errors of a source or an edition cost that one only."""

    def __init__(self, *, strict: bool, report: Path | None, quiet: bool, verbose: bool) -> None:
        self._strict = strict
        self._report_file = report
        self._levels = {"error"} if quiet else {"error", "warning"}
        self._levels |= {"info"} if verbose else set()
        self._quiet = quiet
        self._records: list[dict[str, Any]] = []
        self._editions: list[dict[str, Any]] = []
        self._messages: list[Message] = []
        self._failures: list[str] = []

    def read(self, path: Path, reader: str | None = None) -> list[Reading]:
        """Return the documents of the source at ``path``, none if it failed."""
        readings: list[Reading] = []
        try:
            readings.extend(pipeline.read(open_source(path), reader))
        except UsageError:
            raise
        except ConverterError as error:
            self._fail(error)
        for reading in readings:
            self._tell(reading.findings.messages)
            self._records.append(record(*reading))
        return readings

    def bind(self, book: Book) -> Book:
        """Return ``book`` ready for writers."""
        report = Report()
        book = pipeline.bind(book, report)
        self._tell(report.messages)
        return book

    def write(
        self, book: Book, target: Path, writer: str, options: Options, readings: Sequence[Reading]
    ) -> None:
        """Write an edition of ``book``, which was made of ``readings``, and print what it holds."""
        report = Report()
        try:
            pipeline.write(book, target, writer, report, options)
        except ConverterError as error:
            self._fail(error)
            return
        finally:
            self._tell(report.messages)
        edition = _account(book, target, total(reading.findings.ledger for reading in readings))
        self._editions.append({"format": writer, **edition})
        if not self._quiet:
            click.echo(_edition_line(edition))

    def conclude(self) -> None:
        """Write the report, and exit with the code of the verdict."""
        if self._report_file:
            found = {
                "documents": self._records,
                "editions": self._editions,
                "messages": [message_record(message) for message in self._messages],
                "failures": self._failures,
            }
            pipeline.write_whole(self._report_file, msgspec.json.encode(found) + b"\n")
        if self._failures or any(message.level == "error" for message in self._messages):
            sys.exit(FAILED)
        if self._strict and any(message.level == "warning" for message in self._messages):
            sys.exit(WARNED)

    def _tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._messages.append(message)
            if message.level in self._levels:
                click.echo(str(message), err=True)

    def _fail(self, error: ConverterError) -> None:
        self._failures.append(str(error))
        click.echo(str(error), err=True)


def files(sources: Iterable[Path], reader: str | None) -> list[Path]:
    """Return the files that ``sources`` name, for a folder all below it that a reader knows.

    Raises UsageError for a source that does not exist.
    """
    readers = [reader] if reader else plugins.names(plugins.READERS)
    suffixes = {suffix for name in readers for suffix in plugins.reader(name).suffixes}
    found: dict[Path, None] = {}
    for source in sources:
        if not split_fragment(source)[0].exists():
            raise UsageError("does not exist", source.as_posix())
        if source.is_dir():
            below = sorted((path for path in source.rglob("*") if path.is_file()), key=natural)
            found.update((path, None) for path in below if path.suffix.lower() in suffixes)
        else:
            found[source] = None
    return list(found)


def _account(book: Book, target: Path, ledger: Ledger) -> dict[str, Any]:
    """Return what an edition holds, in numbers."""
    size = sum(path.stat().st_size for path in (target, *target.rglob("*")) if path.is_file())
    documents = book.documents
    return {
        "path": target.as_posix(),
        "bytes": size,
        "documents": len(documents),
        "notes": sum(len(document.notes) for document in documents),
        "pages": sum(len(page_labels(document)) for document in documents),
        "comments": sum(len(document.comments) for document in documents),
        "words": ledger.words,
        "kept": ledger.kept,
        "structure": ledger.structure,
        "dropped": ledger.dropped,
    }


def _edition_line(edition: dict[str, Any]) -> str:
    counts = ", ".join(
        f"{edition[name]} {name if edition[name] != 1 else name[:-1]}"
        for name in ("documents", "notes", "pages", "comments")
    )
    words = (
        f"{edition['words']} words = {edition['kept']} kept"
        f" + {edition['structure']} structure + {edition['dropped']} dropped"
    )
    return f"{edition['path']}: {edition['bytes'] / 1000:.0f} kB, {counts}; {words}"
