"""``converter build``: what project files describe."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import click

from converter import project
from converter.access import Access
from converter.batch.editions import Order
from converter.batch.listing import Found, is_edition_called
from converter.batch.volume import Volume
from converter.commands.books import BookPlan, make_books
from converter.commands.options import (
    Formats,
    access_options,
    formats,
    joined,
    look_options,
    output_option,
    run_options,
    with_looks,
)
from converter.commands.run import Run, RunOptions
from converter.errors import UsageError
from converter.options import Options
from converter.slug import Unique, slug


@click.command()
@click.argument(
    "paths",
    metavar="[EDITION.toml]...",
    nargs=-1,
    type=click.Path(path_type=Path),
)
@output_option(Path("out"))
@click.option(
    "--to",
    multiple=True,
    callback=joined,
    type=Formats(),
    metavar="FORMAT,...",
    help="Formats in place of those of the project file.",
)
@look_options
@access_options
@run_options
def command(
    paths: tuple[Path, ...], output: Path, to: str | None, access: Access, **given: Any
) -> None:
    """Make the book that each EDITION.toml describes, one edition a format."""
    run = Run(RunOptions.taken_from(given), access)
    paths = paths or (Path(project.FILE_NAME),)
    run.watch(lambda: [*_watched(paths), given["templates"]], output)
    names = Unique()
    plans = [_plan(path, run, names, output, to=to, looks=given) for path in paths]
    for path, plan in zip(paths, plans, strict=True):
        run.protect([path, *plan.sources])
    run.check_templates(given["templates"])
    with run.store() as store:
        make_books(plans, run, store)
    sys.exit(run.conclude())


def _plan(
    path: Path, run: Run, names: Unique, output: Path, *, to: str | None, looks: dict[str, Any]
) -> BookPlan:
    """Return what the project file at ``path`` describes, its editions named like no others."""
    described = project.load(path)
    options = Options(
        None,
        described.pdf,
        described.markdown,
        epub=described.epub,
        verify=run.options.verify,
    )
    name = names.take(slug(described.edition.name or described.edition.title) or "edition")
    with nullcontext() if to else project.placed(path, "edition", "formats"):
        writers = formats(to or ",".join(described.edition.formats))
    order = Order(
        output / name,
        writers,
        with_looks(options, **looks),
        run.options.model or described.edition.model,
    )
    left_out: list[Path] = []

    def is_edition(source: Path) -> bool:
        is_one = is_edition_called(source, name)
        left_out.extend([source] if is_one else [])
        return is_one

    sources = project.parts(described, path, is_edition)
    run.leave_out(Found((), tuple(left_out)))
    return BookPlan(str(path), Volume((), described.edition), sources, order)


def _watched(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the folders of projects, and those of their sources as far as these can be told."""
    for path in paths:
        yield _folder(path)
        with suppress(UsageError):
            for _, sources in project.parts(project.load(path), path):
                yield from {source.parent for source in sources}


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent
