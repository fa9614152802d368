"""``converter verify``: whether editions are whole, read back from their own bytes."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import click
import msgspec
from rich.markup import escape
from rich.table import Table

from converter import pipeline, project
from converter.access import Access, Limits
from converter.batch.listing import files, is_edition_called
from converter.batch.volume import book_of
from converter.commands.console import plain_console
from converter.commands.options import Title, access_options
from converter.commands.verdict import plain
from converter.errors import ConverterError, UsageError, told
from converter.model import Book
from converter.pipeline import Reading
from converter.report import Report
from converter.slug import slug
from converter.source import name_of, open_source
from converter.verify import Verdict, judge

_DIFFERENT: Final = 1
_KINDS: Final = ("words", "notes", "pages", "comments")


@click.command()
@click.argument(
    "editions",
    metavar="EDITION...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="SOURCE|MODEL.json|EDITION.toml",
    help="What the editions were made of; may be given several times.",
)
@click.option("--from", "reader", metavar="READER", help="Read the sources as this.")
@click.option(
    "--title", default="", type=Title(), help="The title that was given to `converter convert`."
)
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Your templates that the editions were made with.",
)
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each edition.")
@access_options
def command(
    editions: tuple[Path, ...],
    against: tuple[Path, ...],
    reader: str | None,
    title: str,
    templates: Path | None,
    as_json: bool,
    access: Access,
) -> None:
    """Prove that each EDITION, an EPUB, a PDF, HTML or Markdown, holds all that its sources hold.

    Without --against, only whether the parts of an edition fit together: links and calls, ways
    back, page list, threads. Exit code 1 if anything differs.
    """
    book = _book(against, reader, title, access) if against else None
    verdicts = [(edition, _judge(edition, book, access.limits, templates)) for edition in editions]
    show = _print_json if as_json else _print_table
    show(verdicts)
    codes = (_exit_code(verdict) for _, verdict in verdicts)
    sys.exit(min(filter(None, codes), default=0))


def _exit_code(verdict: Verdict | ConverterError) -> int:
    if isinstance(verdict, ConverterError):
        return verdict.exit_code
    return _DIFFERENT if verdict.differences else 0


def _judge(
    edition: Path, book: Book | None, limits: Limits, templates: Path | None
) -> Verdict | ConverterError:
    """Return the verdict, or the error of an edition that cannot be read."""
    try:
        return judge(edition, book, limits, templates)
    except ConverterError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one edition's fault must not cost the others
        return ConverterError(told(error), name_of(edition))


# -------------------------------------------------------------------- what they are held against


def _book(against: Sequence[Path], reader: str | None, title: str, access: Access) -> Book:
    """Return the book in a model file, that of a project file, or that of all sources."""
    first = against[0]
    if len(against) == 1 and (first.suffix == ".toml" or (first / project.FILE_NAME).is_file()):
        return _described(first, access)
    readings = [
        reading
        for path in files(against, reader)
        for reading in pipeline.read(open_source(path, access), reader)
    ]
    if not readings:
        raise UsageError("no file that a reader knows was found", str(first))
    return pipeline.bind(pipeline.book_read(readings, title=title), Report())


def _described(path: Path, access: Access) -> Book:
    described = project.load(path)
    name = slug(described.edition.name or described.edition.title)
    sources = project.parts(described, path, lambda each: is_edition_called(each, name))
    parts = [(title, _read(paths, access)) for title, paths in sources]
    return pipeline.bind(book_of(described.edition, parts), Report())


def _read(paths: Iterable[Path], access: Access) -> list[Reading]:
    """Return the documents of ``paths``; what cannot be read is told, and is in no edition."""
    readings: list[Reading] = []
    for path in paths:
        try:
            readings.extend(pipeline.read(open_source(path, access)))
        except ConverterError as error:
            click.echo(plain(str(error)), err=True)
    return readings


# ----------------------------------------------------------------------------------- output

Verdicts: TypeAlias = Iterable[tuple[Path, Verdict | ConverterError]]


def _print_json(verdicts: Verdicts) -> None:
    for edition, verdict in verdicts:
        line = msgspec.json.encode({"edition": name_of(edition), **_record(verdict)})
        click.echo(line)


def _record(verdict: Verdict | ConverterError) -> dict[str, Any]:
    """Return ``verdict`` as plain dictionaries. ``error`` is null for what could be read."""
    if isinstance(verdict, ConverterError):
        return {"whole": False, "error": verdict.text, "differences": []}
    return {
        "whole": not verdict.differences,
        "error": None,
        "format": verdict.format,
        "found": verdict.found._asdict(),
        "expected": verdict.expected and verdict.expected._asdict(),
        "differences": verdict.differences,
    }


def _print_table(verdicts: Verdicts) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("edition", overflow="fold")
    for kind in _KINDS:
        table.add_column(kind, justify="right")
    table.add_column("verdict")
    for edition, verdict in verdicts:
        table.add_row(escape(name_of(edition)), *_cells(verdict))
    plain_console().print(table)
    for edition, verdict in verdicts:
        if isinstance(verdict, ConverterError):
            click.echo(plain(str(verdict)), err=True)
        else:
            for difference in verdict.differences:
                click.echo(plain(f"{name_of(edition)}: {difference}"))


def _cells(verdict: Verdict | ConverterError) -> list[str]:
    """Return the numbers found, and of how many where they are not the same, and the verdict."""
    if isinstance(verdict, ConverterError):
        return [*([""] * len(_KINDS)), "cannot be read"]
    numbers = zip(verdict.found, verdict.expected or verdict.found, strict=True)
    shown = [str(found) if found == due else f"{found} of {due}" for found, due in numbers]
    return [*shown, _verdict(verdict)]


def _verdict(verdict: Verdict) -> str:
    count = len(verdict.differences)
    if count:
        return f"{count} difference{'s' if count > 1 else ''}"
    return "whole" if verdict.expected else "consistent; held against no source"
