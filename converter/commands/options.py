"""Options that several commands have, as decorators, and the formats they name."""

from collections.abc import Callable
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
from msgspec.structs import replace

from converter import plugins
from converter.access import Access, limits_of
from converter.errors import UsageError
from converter.options import (
    EpubOptions,
    Flavour,
    Layout,
    MarkdownOptions,
    Options,
    PageSize,
    PdfEngine,
    PdfVariant,
)

Command = TypeVar("Command", bound=Callable[..., Any])


def sources_argument(command: Command) -> Command:
    """Add ``SOURCE...``: files, documents in files (``volume.xml#d19``) and folders."""
    path = click.Path(path_type=Path)
    return click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=path)(
        command
    )


def reader_option(command: Command) -> Command:
    """Add ``--from``."""
    return click.option(
        "--from", "reader", metavar="READER", help="Read as this, whatever the source looks like."
    )(command)


def access_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what sources may reach and how much of it they may bring, passed on as ``access``."""

    @wraps(command)
    def with_access(
        *arguments: Any, allow_network: bool, limit: tuple[str, ...], **rest: Any
    ) -> None:
        access = Access(network=allow_network, limits=limits_of(limit))
        command(*arguments, access=access, **rest)

    network = "Take along pictures that sources leave on the web."
    limits = "Let a source be larger than is safe, such as package-size=1GB."
    option = click.option("--limit", multiple=True, metavar="NAME=NUMBER", help=limits)
    return click.option("--allow-network", is_flag=True, help=network)(option(with_access))


def look_options(command: Command) -> Command:
    """Add what changes how editions look. An option left out leaves the project file's word."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    for option in (
        click.option("--folder", is_flag=True, help="Markdown: a folder with a file a document."),
        click.option("--flavour", type=_choice(Flavour), help="Markdown for whom."),
        click.option("--notes-list", is_flag=True, help="EPUB: end with a list of all notes."),
        click.option("--names-index", is_flag=True, help="EPUB: end with an index of names."),
        click.option("--pdf-engine", type=_choice(PdfEngine), help="PDF: what lays out the pages."),
        click.option("--pdf-variant", type=_choice(PdfVariant), help="PDF: standards to keep."),
        click.option("--cover", is_flag=True, default=None, help="PDF: begin with a cover."),
        click.option("--columns", type=click.IntRange(1, 2), help="PDF: columns of a page."),
        click.option("--large-print", is_flag=True, default=None, help="PDF: for low vision."),
        click.option("--page", type=_choice(PageSize), help="PDF: size of a page."),
        click.option("--layout", type=_choice(Layout), help="PDF: kind of book."),
        click.option("--templates", type=folder, help="Templates that override ours, by name."),
    ):
        command = option(command)
    return command


def _choice(kind: Any) -> click.Choice[str]:
    """Return the values of the literal ``kind`` to choose from, but for the empty one."""
    return click.Choice([value for value in get_args(kind) if value])


def verdict_options(command: Command) -> Command:
    """Add what decides on messages, the report and the exit code."""
    path = click.Path(dir_okay=False, path_type=Path)
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
        click.option("-v", "--verbose", is_flag=True, help="Print messages of level info too."),
        click.option("--report", type=path, metavar="FILE.json", help="Write all that was found."),
        click.option("--strict", is_flag=True, help="Exit with 3 if there were warnings."),
    ):
        command = option(command)
    return command


def with_looks(
    options: Options,
    *,
    templates: Path | None,
    flavour: Flavour | None,
    folder: bool,
    names_index: bool,
    notes_list: bool,
    **pdf: Any,
) -> Options:
    """Return ``options`` changed by what was given on the command line."""
    markdown: MarkdownOptions = replace(
        options.markdown,
        flavour=flavour or options.markdown.flavour,
        folder=folder or options.markdown.folder,
    )
    epub: EpubOptions = replace(
        options.epub,
        index=names_index or options.epub.index,
        notes=notes_list or options.epub.notes,
    )
    given = {name.removeprefix("pdf_"): value for name, value in pdf.items() if value is not None}
    return replace(
        options,
        templates=templates or options.templates,
        pdf=replace(options.pdf, **given),
        markdown=markdown,
        epub=epub,
    )


def formats(text: str) -> tuple[str, ...]:
    """Return the writers that ``text`` names, with commas between. Raises UsageError."""
    wanted = (name.strip().lower() for name in text.split(","))
    named = tuple(dict.fromkeys(filter(None, wanted)))
    known = plugins.names(plugins.WRITERS)
    for name in named:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"there is no format {name!r}{hint}; known: {', '.join(known)}")
    if not named:
        raise UsageError(f"--to names no format; known: {', '.join(known)}")
    return named
