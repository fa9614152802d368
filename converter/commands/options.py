"""Options that several commands have, as decorators, and the formats they name."""

import os
import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, get_args

import click
from click.shell_completion import CompletionItem
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
    Site,
    check_room,
)
from converter.source import name_of

Command = TypeVar("Command", bound=Callable[..., Any])

# Long enough for the longest volume, and an end to what never ends.
_TIMEOUT: Final = 1800.0
_SIZE: Final = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>[KMG]?)(?:i?B)?", re.IGNORECASE)
_UNITS: Final = ("", "K", "M", "G")


def sources_argument(command: Command) -> Command:
    """Add ``SOURCE...``: files, documents in files (``volume.xml#d19``) and folders."""
    path = click.Path(path_type=Path, readable=False)
    return click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=path)(
        command
    )


def output_option(default: Path, *, or_file: bool = False) -> Callable[[Command], Command]:
    """Return what adds ``-o``, ``default`` if it is not given."""
    usual = "the current folder" if default == Path() else default
    single = " A single edition may be named in full." if or_file else ""
    return click.option(
        "-o",
        "--output",
        type=Folder(or_file=or_file),
        default=default,
        metavar="PATH" if or_file else "DIR",
        help=f"Where to write to; by default {usual}. It is made if need be.{single}",
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
        click.option("--site", type=_choice(Site), help="Markdown: a folder for this generator."),
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
    """Return the values of the literal ``kind`` to choose from, but for the empty one.

    They may be typed in letters of either case: ``--page a5``.
    """
    return click.Choice([value for value in get_args(kind) if value], case_sensitive=False)


def verdict_options(command: Command) -> Command:
    """Add what decides on the exit code, and the report."""
    path = click.Path(dir_okay=False, path_type=Path)
    for option in (
        click.option(
            "--report",
            "reports",
            multiple=True,
            type=path,
            metavar="FILE",
            help="Write all that was found: .json, .xml (JUnit) or .sarif. Can be given again.",
        ),
        click.option(
            "--ignore",
            multiple=True,
            metavar="CODE",
            help="Say nothing of messages of this code.",
        ),
        click.option(
            "--fail-on",
            multiple=True,
            metavar="LEVEL|CODE",
            help="Exit with 3 if there were such messages, or worse ones.",
        ),
        click.option("--strict", is_flag=True, help="Exit with 3 if there were warnings."),
    ):
        command = option(command)
    return command


def loudness_options(command: Command) -> Command:
    """Add what decides which messages are printed."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
        click.option("-v", "--verbose", is_flag=True, help="Print messages of level info too."),
    ):
        command = option(command)
    return command


def run_options(command: Command) -> Command:
    """Add what decides how many documents are worked on, and what of them is known from before."""
    whole = click.IntRange(min=1)
    for option in (
        click.option("--watch", is_flag=True, help="Go on: again whenever a source changes."),
        click.option(
            "--cache-size",
            type=Size(),
            default="2G",
            metavar="SIZE",
            help="Forget what was not used for longest above this size.",
        ),
        click.option("--no-cache", is_flag=True, help="Make everything anew."),
        cache_option,
        click.option(
            "--max-memory", type=Size(), default="0", metavar="SIZE", help="Of a worker: 800M, 2G."
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0),
            default=_TIMEOUT,
            metavar="SECONDS",
            help=f"Give a document up after this time, {_TIMEOUT:g} by default, 0: never.",
        ),
        click.option(
            "-j", "--jobs", type=whole, default=None, metavar="N", help="Workers; one a core."
        ),
        click.option("--model", is_flag=True, help="Add NAME.model.json for verify --against."),
        click.option("--no-verify", is_flag=True, help="Do not read editions back."),
    ):
        command = option(command)
    return loudness_options(verdict_options(command))


def cache_option(command: Command) -> Command:
    """Add ``--cache``."""
    return click.option(
        "--cache",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="CONVERTER_CACHE",
        metavar="DIR",
        help="Where to keep what was made; by default the user's cache.",
    )(command)


class Folder(click.ParamType[Path]):
    """A folder that editions are written to, whose name reports and caches can hold.

    ``or_file`` says that it may be a file, too.
    """

    name = "folder"

    def __init__(self, *, or_file: bool) -> None:
        self._or_file = or_file

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        try:
            str(path).encode()
        except UnicodeEncodeError:
            self.fail(f"{name_of(path)!r} is no name in UTF-8: choose another folder", param, ctx)
        is_file = os.path.lexists(path) and not os.path.isdir(path)  # noqa: PTH112 - never raises
        if is_file and not (self._or_file and path.suffix in edition_suffixes()):
            self.fail(f"{name_of(path)!r} is a file: name a folder to write into", param, ctx)
        return path


class Formats(click.ParamType[str]):
    """Names of writers, with commas between. What they are is looked up when they are used."""

    name = "formats"

    def get_missing_message(
        self,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,  # noqa: ARG002 - as above
    ) -> str:
        return f"Name one or several with commas between: {', '.join(_writers())}."

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - as above
        incomplete: str,
    ) -> list[CompletionItem]:
        above, comma, begun = incomplete.rpartition(",")
        return [
            CompletionItem(f"{above}{comma}{name}") for name in _writers() if name.startswith(begun)
        ]


def joined(_ctx: click.Context, _param: click.Parameter, formats: tuple[str, ...]) -> str | None:
    """Return the formats of an option that may be given several times, None if it is not."""
    return ",".join(formats) or None


def _writers() -> tuple[str, ...]:
    return plugins.names(plugins.WRITERS)


class Title(click.ParamType[str]):
    """What every edition can hold: a terminal may hand over bytes that are no text."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            str(value).encode()
        except UnicodeEncodeError:
            self.fail(f"{value!r} is not in UTF-8", param, ctx)
        return str(value)


class Size(click.ParamType[int]):
    """A number of bytes, with K, M or G behind it for the larger ones."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        match = _SIZE.fullmatch(str(value).strip())
        if not match:
            self.fail(f"{value!r} is no size; one is, for instance, 800M or 2G", param, ctx)
        return int(float(match["number"]) * 1024 ** _UNITS.index(match["unit"].upper()))


def with_looks(
    options: Options,
    *,
    templates: Path | None,
    flavour: Flavour | None,
    folder: bool,
    site: Site | None,
    names_index: bool,
    notes_list: bool,
    **pdf: Any,
) -> Options:
    """Return ``options`` changed by what was given on the command line.

    Raises UsageError for what makes no sense together.
    """
    markdown: MarkdownOptions = replace(
        options.markdown,
        flavour=flavour or options.markdown.flavour,
        folder=folder or options.markdown.folder,
        site=site or options.markdown.site,
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
        pdf=check_room(replace(options.pdf, **given)),
        markdown=markdown,
        epub=epub,
    )


def edition_suffixes() -> frozenset[str]:
    """Return what the names of editions end in, which takes all writers to know."""
    return frozenset(plugins.writer(name).suffix for name in _writers())


def formats(text: str) -> tuple[str, ...]:
    """Return the writers that ``text`` names, with commas between. Raises UsageError."""
    wanted = (name.strip().lower() for name in text.split(","))
    named = tuple(dict.fromkeys(filter(None, wanted)))
    known = _writers()
    for name in named:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"there is no format {name!r}{hint}; known: {', '.join(known)}")
    if not named:
        raise UsageError(f"--to names no format; known: {', '.join(known)}")
    return named
