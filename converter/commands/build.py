"""``converter build``: what a project file describes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from converter import pipeline, project
from converter.access import Access
from converter.commands.console import progress
from converter.commands.options import (
    access_options,
    formats,
    look_options,
    verdict_options,
    with_looks,
)
from converter.commands.run import Run
from converter.errors import SourceError
from converter.model import Book, Part
from converter.options import Options
from converter.pipeline import Reading
from converter.project import Project
from converter.slug import slug


@click.command()
@click.argument(
    "path", metavar="[EDITION.toml]", type=click.Path(path_type=Path), default=project.FILE_NAME
)
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("out"), metavar="DIR")
@click.option("--to", metavar="FORMAT,...", help="Formats in place of those of the project file.")
@look_options
@access_options
@verdict_options
def command(
    path: Path,
    output: Path,
    to: str | None,
    strict: bool,
    report: Path | None,
    quiet: bool,
    verbose: bool,
    access: Access,
    **looks: Any,
) -> None:
    """Make the book that EDITION.toml describes, one edition a format."""
    described = project.load(path)
    folder = path if path.is_dir() else path.parent
    options = with_looks(
        Options(None, described.pdf, described.markdown, epub=described.epub), **looks
    )
    writers = formats(to or ",".join(described.edition.formats))
    run = Run(strict=strict, report=report, quiet=quiet, verbose=verbose, access=access)
    sources = [(part.title, project.sources(part, folder)) for part in described.part]
    run.protect([path, *(each for _, paths in sources for each in paths)])
    run.check_templates(options.templates)
    parts = [(title, read_all(run, paths)) for title, paths in sources]
    readings = [reading for _, part in parts for reading in part]
    if not readings:
        raise SourceError("none of the sources could be read", str(path))
    book = run.bind(book_of(described, parts))
    name = slug(described.edition.name or described.edition.title) or "edition"
    for writer in writers:
        target = output / f"{name}{pipeline.suffix(writer, options)}"
        run.write(book, target, writer, options, readings)
    run.conclude()


def read_all(run: Run, paths: Sequence[Path]) -> list[Reading]:
    """Return the documents of the sources at ``paths``."""
    return [reading for path in progress(paths, "Reading") for reading in run.read(path)]


def book_of(described: Project, parts: list[tuple[str, list[Reading]]]) -> Book:
    """Return the book that is ``described``, made of what was read of its parts."""
    edition = described.edition
    return Book(
        title=edition.title,
        parts=tuple(
            part for title, readings in parts if readings for part in _parts(title, readings)
        ),
        language=edition.language,
        authors=edition.authors,
        rights=edition.rights,
        date=edition.date.isoformat() if edition.date else "",
        identifier=edition.identifier,
    )


def _parts(title: str, readings: list[Reading]) -> tuple[Part, ...]:
    """Return a part of the project file, and in it the parts that its sources have themselves."""
    parts = pipeline.parts_read(readings)
    if not title:
        return parts
    if not any(part.title for part in parts):
        return (Part(tuple(reading.document for reading in readings), title),)
    return (Part((), title), *pipeline.parts_read(readings, level=2))
