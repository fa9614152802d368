"""One run of a command over many sources: what was read and written, what failed, the verdict."""

import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from converter import pipeline, plugins
from converter.access import Access
from converter.assets import strangers
from converter.errors import ConverterError, UsageError, WriteError
from converter.inspection import message_record, record
from converter.ledger import Ledger, total
from converter.model import Book, Prov
from converter.options import Options
from converter.pipeline import Reading
from converter.project import natural
from converter.report import Message, Report
from converter.source import open_source, split_fragment
from converter.walk import page_labels
from converter.whole import write_whole

FAILED: Final = 1
WARNED: Final = 3


class Run:
    """Keeps the account of a run. Whatever fails costs its source or its edition only."""

    def __init__(
        self, *, strict: bool, report: Path | None, quiet: bool, verbose: bool, access: Access
    ) -> None:
        self._strict = strict
        self._access = access
        self._report_file = report
        self._levels = {"error"} if quiet else {"error", "warning"}
        self._levels |= {"info"} if verbose else set()
        self._quiet = quiet
        self._records: list[dict[str, Any]] = []
        self._editions: list[dict[str, Any]] = []
        self._messages: list[Message] = []
        self._failures: list[str] = []
        self._sources: set[Path] = set()

    def protect(self, paths: Iterable[Path]) -> None:
        """Never write to any of ``paths``. Raises UsageError if the report would go there."""
        self._sources |= {split_fragment(path)[0].resolve() for path in paths}
        if self._report_file and self._report_file.resolve() in self._sources:
            raise UsageError("--report would overwrite a source", str(self._report_file))

    def check_templates(self, folder: Path | None) -> None:
        """Warn of the files in the user's folder of templates that change nothing."""
        report = Report()
        for path in strangers(folder) if folder else ():
            hint = "has the name of none of our templates: it changes nothing"
            report.warn("template-unused", hint, prov=Prov(path.as_posix()))
        self._tell(report.messages)

    def read(self, path: Path, reader: str | None = None) -> list[Reading]:
        """Return the documents of the source at ``path``, none if it failed."""
        readings: list[Reading] = []
        with self.failing_alone(path.as_posix()):
            readings.extend(pipeline.read(open_source(path, self._access), reader))
        for reading in readings:
            self._tell(reading.findings.messages)
            if self._report_file:
                self._records.append(
                    record(reading.source, reading.reader, reading.document, reading.findings)
                )
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
        written = False
        with self.failing_alone(target.as_posix()):
            if target.resolve() in self._sources:
                hint = "would overwrite a source: choose another folder with -o"
                raise WriteError(hint, target.as_posix())
            pipeline.write(book, target, writer, report, options)
            written = True
        self._tell(report.messages)
        if written:
            ledger = total(reading.findings.ledger for reading in readings)
            edition = _account(book, target, ledger)
            self._editions.append({"format": writer, **edition})
            if not self._quiet:
                click.echo(_edition_line(edition, ledger))

    @contextmanager
    def failing_alone(self, place: str) -> Iterator[None]:
        """Go on behind the block whatever happens in it, and remember what did."""
        try:
            yield
        except UsageError:
            raise
        except ConverterError as error:
            self._fail(error)
        except Exception as error:  # noqa: BLE001 - one document's fault must not cost the others
            fault = f"a fault in converter, please report it: {type(error).__name__}: {error}"
            self._fail(ConverterError(fault, place), cause=error)

    def conclude(self) -> None:
        """Write the report, and exit with the code of the verdict."""
        if self._report_file:
            found = {
                "documents": self._records,
                "editions": self._editions,
                "messages": [message_record(message) for message in self._messages],
                "failures": self._failures,
            }
            write_whole(self._report_file, msgspec.json.encode(found) + b"\n")
        if self._failures or any(message.level == "error" for message in self._messages):
            sys.exit(FAILED)
        if self._strict and any(message.level == "warning" for message in self._messages):
            sys.exit(WARNED)

    def _tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._messages.append(message)
            if message.level in self._levels:
                click.echo(str(message), err=True)

    def _fail(self, error: ConverterError, *, cause: Exception | None = None) -> None:
        self._failures.append(str(error))
        if click.get_current_context().obj:
            traceback.print_exception(cause or error)
        click.echo(str(error), err=True)


def files(sources: Iterable[Path], reader: str | None) -> list[Path]:
    """Return the files that ``sources`` name, for a folder all below it that a reader knows.

    Hidden files and folders are left alone. A source that does not exist is named all the same,
    to fail when it is read.
    """
    found: dict[Path, None] = {}
    for source in sources:
        if source.is_dir():
            below = sorted(source.rglob("*"), key=natural)
            found.update((path, None) for path in below if _is_known(path, source, reader))
        else:
            found[source] = None
    return list(found)


def _is_known(path: Path, root: Path, reader: str | None) -> bool:
    """Whether a reader knows the file at ``path`` by its name and by what it begins with."""
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    if hidden or not path.is_file():
        return False
    suffix = path.suffix.lower()
    readers = [plugins.reader(reader)] if reader else list(pipeline.readers().values())
    known = [each for each in readers if suffix in each.suffixes]
    if not known or reader:
        return bool(known)
    try:
        with path.open("rb") as file:
            head = file.read(pipeline.HEAD)
    except OSError:
        return True  # reading it will tell what is the matter
    return any(each.sniff(head) > 0 for each in known)


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


def _edition_line(edition: dict[str, Any], ledger: Ledger) -> str:
    counts = ", ".join(
        f"{edition[name]} {name if edition[name] != 1 else name[:-1]}"
        for name in ("documents", "notes", "pages", "comments")
    )
    return f"{edition['path']}: {edition['bytes'] / 1000:.0f} kB, {counts}; {ledger}"
