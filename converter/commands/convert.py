"""``converter convert``: an edition of each source, or one of all."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any, Final

import click
from msgspec.structs import replace

from converter.access import Access
from converter.batch import identity
from converter.batch.cache import Store
from converter.batch.editions import Order, Protected
from converter.batch.listing import find
from converter.batch.tasks import Conversion
from converter.batch.volume import Volume
from converter.commands.books import BookPlan, make_books
from converter.commands.console import progress
from converter.commands.options import (
    Formats,
    Title,
    access_options,
    edition_suffixes,
    formats,
    joined,
    look_options,
    output_option,
    reader_option,
    run_options,
    sources_argument,
    with_looks,
)
from converter.commands.run import Run, RunOptions
from converter.errors import UsageError
from converter.options import Options, check_language
from converter.slug import Unique, slug
from converter.source import name_of
from converter.whole import swept

# In bytes: what may stand in a folder is a name of 255.
_LONGEST: Final = 200


@click.command()
@sources_argument
@click.option(
    "--to",
    multiple=True,
    callback=joined,
    type=Formats(),
    metavar="FORMAT,...",
    required=True,
    help="epub, pdf, markdown ...: see `converter formats`.",
)
@output_option(Path(), or_file=True)
@click.option("--book", is_flag=True, help="Make one edition of all sources.")
@click.option(
    "--title", default="", type=Title(), help="Title of the edition; by default the document's."
)
@click.option("--language", default="", metavar="TAG", help="Language of the text: en, fr, ar ...")
@reader_option
@look_options
@access_options
@run_options
def command(
    sources: tuple[Path, ...],
    to: str,
    output: Path,
    book: bool,
    title: str,
    language: str,
    reader: str | None,
    access: Access,
    **given: Any,
) -> None:
    """Make an edition of each SOURCE, a file or a folder of files, in each FORMAT."""
    run = Run(RunOptions.taken_from(given), access)
    options = with_looks(Options(verify=run.options.verify), **given)
    order = Order(output, formats(to), options, run.options.model)
    check_language(language)
    run.watch(lambda: [*sources, options.templates], output)
    with run.store() as store:
        only = _only_edition(order)
        called = only.name if only else slug(title) or _common_name(sources)
        found = find(sources, reader, store, book=called if book else "")
        paths = found.sources
        run.leave_out(found)
        if not paths:
            raise UsageError("no file that a reader knows was found", str(sources[0]))
        run.protect(paths)
        run.check_templates(options.templates)
        if book:
            order = order.at(only or output / called)
            volume = Volume((), title=title, language=language)
            plan = BookPlan(name_of(sources[0]), volume, (("", tuple(paths)),), order)
            make_books([plan], run, store, reader=reader or "")
        else:
            source = run.source(reader or "", identity.formats(order.writers, options.templates))
            if only and len(paths) > 1:
                text = (
                    f"-o names a file, and there are {len(paths)} sources: name a folder, or --book"
                )
                raise UsageError(text, name_of(output))
            names = {paths[0]: only.name} if only else _names(paths, sources, order)
            order = order.at(only.parent) if only else order
            _convert(Conversion(source, order, title, language), names, run, store)
    sys.exit(run.conclude())


def _only_edition(order: Order) -> Path | None:
    """Return the path of the only edition without its ending, None if ``order`` names a folder.

    Raises UsageError for the name of another format, or of one where several are wanted.
    """
    output = order.target
    if not output.suffix or os.path.isdir(output):  # noqa: PTH112 - never raises
        return None
    if output.suffix not in edition_suffixes():
        return None
    only = output.with_suffix("")
    if [target for _, target in replace(order, target=only, model=False).targets()] != [output]:
        text = f"-o names a file, and --to {','.join(order.writers)} makes others: name a folder"
        raise UsageError(text, name_of(output))
    return only


def _convert(conversion: Conversion, names: Mapping[Path, str], run: Run, store: Store) -> None:
    """Convert all sources as ``conversion`` does its own, to editions of the ``names`` they get."""
    order = conversion.order
    targets = {path: order.target / name for path, name in names.items()}
    protected = Protected(names)
    tasks = (
        replace(
            conversion,
            source=replace(conversion.source, path=path),
            order=order.at(target, protected.beside(target)),
        )
        for path, target in targets.items()
    )
    folders = {target.parent for target in targets.values()}
    with swept(folders), run.workers(store, order.wanted(), tasks=len(names)) as workers:
        for outcome in progress(workers.outcomes(tasks), "Converting", total=len(names)):
            run.tell(outcome)
            run.count(outcome)


def _names(paths: Sequence[Path], sources: Sequence[Path], order: Order) -> dict[Path, str]:
    """Return the name of each edition: the source's, below the same folders, never one twice."""
    folders = list(filter(os.path.isdir, sources))
    wanted = {path: _fitting(name_of(_below(path, folders).with_suffix(""))) for path in paths}
    taken = Unique()
    for name in _names_of_folders(wanted.values(), order):
        taken.take(name)
    return {path: taken.take(name) for path, name in wanted.items()}


def _below(path: Path, folders: Iterable[Path]) -> Path:
    """Return ``path`` from that of ``folders`` in which it lies, its name if it lies in none."""
    root = next((each for each in folders if path.is_relative_to(each)), None)
    return path.relative_to(root) if root else Path(path.name)


def _names_of_folders(names: Iterable[str], order: Order) -> list[str]:
    """Return the names whose editions would stand where folders must be for others of ``names``."""
    folders = {str(folder) for name in names for folder in PurePosixPath(name).parents} - {"."}
    if not folders:
        return []  # to know the endings of editions takes all writers
    suffixes = {target.name.removeprefix("x") for _, target in order.at(Path("x")).targets()}
    pairs = product(folders, suffixes)
    return sorted({name.removesuffix(end) for name, end in pairs if name.endswith(end)})


def _fitting(name: str) -> str:
    """Return ``name`` cut such that every file system takes it with what a format adds to it."""
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}{last.encode()[:_LONGEST].decode(errors='ignore')}"


def _common_name(sources: Sequence[Path]) -> str:
    """Return what to call the book of all ``sources`` that has no title of its own."""
    first = sources[0].resolve()
    return name_of(Path(first.name if first.is_dir() else first.stem))
