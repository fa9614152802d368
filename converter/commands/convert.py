"""``converter convert``: an edition of each source, or one of all."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from converter import pipeline
from converter.access import Access
from converter.commands.console import progress
from converter.commands.options import (
    access_options,
    formats,
    look_options,
    reader_option,
    sources_argument,
    verdict_options,
    with_looks,
)
from converter.commands.run import Run, files
from converter.errors import UsageError
from converter.options import Options, check_language
from converter.pipeline import Reading
from converter.slug import Unique, slug


@click.command()
@sources_argument
@click.option("--to", "to", metavar="FORMAT,...", required=True, help="See `converter formats`.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path(), metavar="DIR")
@click.option("--book", is_flag=True, help="Make one edition of all sources.")
@click.option("--title", default="", help="Title of the edition; by default the document's.")
@click.option("--language", default="", metavar="TAG", help="Language of the text: en, fr, ar ...")
@reader_option
@look_options
@access_options
@verdict_options
def command(
    sources: tuple[Path, ...],
    to: str,
    output: Path,
    book: bool,
    title: str,
    language: str,
    reader: str | None,
    strict: bool,
    report: Path | None,
    quiet: bool,
    verbose: bool,
    access: Access,
    **looks: Any,
) -> None:
    """Make an edition of each SOURCE, a file or a folder of files, in each FORMAT."""
    writers, options = formats(to), with_looks(Options(), **looks)
    check_language(language)
    paths = files(sources, reader)
    if not paths:
        raise UsageError("no file that a reader knows was found", str(sources[0]))
    run = Run(strict=strict, report=report, quiet=quiet, verbose=verbose, access=access)
    run.protect(paths)
    run.check_templates(options.templates)
    names = _names(paths, sources)
    if book:
        everything = [
            reading for path in progress(paths, "Reading") for reading in run.read(path, reader)
        ]
        groups: Iterable[tuple[str, Sequence[Reading]]]
        groups = [(slug(title) or _common_name(sources), everything)]
    else:
        groups = ((names[path], run.read(path, reader)) for path in progress(paths, "Converting"))
    for name, readings in groups:
        if not readings:
            continue
        with run.failing_alone(readings[0].source):
            bound = run.bind(pipeline.book_read(readings, title=title, language=language))
            for writer in writers:
                target = output / f"{name}{pipeline.suffix(writer, options)}"
                run.write(bound, target, writer, options, readings)
    run.conclude()


def _names(paths: Sequence[Path], sources: Sequence[Path]) -> dict[Path, str]:
    """Return the name of each edition: the source's, below the same folders, never one twice."""
    names: dict[Path, str] = {}
    taken = Unique()
    for path in paths:
        root = next((each for each in sources if each.is_dir() and path.is_relative_to(each)), None)
        name = path.relative_to(root) if root else Path(path.name)
        names[path] = taken.take(name.with_suffix("").as_posix())
    return names


def _common_name(sources: Sequence[Path]) -> str:
    """Return what to call the book of all ``sources`` that has no title of its own."""
    first = sources[0].resolve()
    return first.name if first.is_dir() else first.stem
