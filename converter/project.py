"""The project file, ``edition.toml``: which sources make which book, in which formats."""

import datetime
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, get_args, get_type_hints

import msgspec

from converter import toml
from converter.access import lies_in
from converter.errors import UsageError
from converter.options import EpubOptions, MarkdownOptions, PdfOptions, check_language

FILE_NAME: Final = "edition.toml"
_DIGITS: Final = re.compile(r"(\d+)")


class Edition(msgspec.Struct, frozen=True):
    """The table ``[edition]``. ``name`` is that of the files, made of the title by default.

    ``model`` leaves the model that ``verify`` holds editions against beside them.
    """

    title: Annotated[str, msgspec.Meta(min_length=1)]
    name: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    rights: str = ""
    date: datetime.date | None = None
    identifier: str = ""
    formats: tuple[str, ...] = ("epub", "pdf", "markdown")
    model: bool = False


class PartTable(msgspec.Struct, frozen=True):
    """A table ``[[part]]``. ``sources`` are paths or patterns, relative to the project file."""

    sources: tuple[str, ...]
    title: str = ""


class Project(msgspec.Struct, frozen=True):
    """A whole project file."""

    edition: Edition
    part: tuple[PartTable, ...]
    epub: EpubOptions = EpubOptions()
    pdf: PdfOptions = PdfOptions()
    markdown: MarkdownOptions = MarkdownOptions()


def load(path: Path) -> Project:
    """Return the project at ``path``, the file or its folder. Raises UsageError."""
    path = _file(path)
    if path.exists() and not path.is_file():
        raise UsageError("is no file", str(path))
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        hint = "start one with `converter new DIR`"
        raise UsageError(f"cannot be read: {error.strerror}; {hint}", str(path)) from error
    except tomllib.TOMLDecodeError as error:
        line = toml.line_of_error(error)
        raise UsageError(f"is no valid TOML: {error}", toml.at(str(path), line)) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"is no valid TOML: {error}", str(path)) from error
    _check_keys(tables, Project, path)
    try:
        project = msgspec.convert(tables, Project)
    except msgspec.ValidationError as error:
        raise UsageError(_in_words(error), place(path, *toml.path_of_error(error))) from error
    with placed(path, "edition", "language"):
        check_language(project.edition.language)
    return project


def place(path: Path, *keys: str | int) -> str:
    """Return the project file at ``path`` and the line that brings what is at ``keys``."""
    path = _file(path)
    try:
        return toml.at(str(path), toml.line_of(path.read_text(encoding="utf-8"), keys))
    except (OSError, UnicodeDecodeError):
        return str(path)


@contextmanager
def placed(path: Path, *keys: str | int) -> Iterator[None]:
    """Name the place of ``keys`` in a UsageError that is raised within."""
    try:
        yield
    except UsageError as error:
        raise UsageError(error.text, place(path, *keys)) from error


def parts(
    project: Project, path: Path, without: Callable[[Path], bool] = lambda _: False
) -> tuple[tuple[str, tuple[Path, ...]], ...]:
    """Return title and files of each part of ``project``, read from ``path``. Raises UsageError.

    No pattern stands for what is to be left out, ``without``: editions made before, say.
    """
    folder = path if path.is_dir() else path.parent
    found = []
    for position, part in enumerate(project.part):
        with placed(path, "part", position, "sources"):
            found.append((part.title, sources(part, folder, without)))
    return tuple(found)


def _file(path: Path) -> Path:
    return path / FILE_NAME if path.is_dir() else path


def sources(
    part: PartTable, folder: Path, without: Callable[[Path], bool] = lambda _: False
) -> tuple[Path, ...]:
    """Return the files of ``part`` in the order of its patterns, those of a pattern by name.

    Numbers in names count as numbers: ``memo 9.txt`` stands before ``memo 10.txt``.
    Raises UsageError for a pattern that no file fits, and for a file that lies neither in
    ``folder`` nor in the current one: a project from elsewhere must not bring files of this
    machine into a book.
    """
    found: dict[Path, None] = {}
    for pattern in part.sources:
        named = folder / pattern
        fits = [named] if named.is_file() else _glob(folder, pattern)
        fits = [each for each in fits if each == named or not without(each)]
        if not fits:
            raise UsageError(f"no file fits {pattern!r} below {folder}", FILE_NAME)
        _check_place(fits, folder)
        found.update(dict.fromkeys(fits))
    return tuple(found)


def _check_place(paths: Iterable[Path], folder: Path) -> None:
    """Raise UsageError for one of ``paths`` that, links followed, lies outside."""
    for path in paths:
        if not (lies_in(path, folder) or lies_in(path, Path())):
            text = (
                f"the source {path} lies outside the folder of the project: put it there, or start"
                " converter in a folder that holds both"
            )
            raise UsageError(text, FILE_NAME)


def natural(path: Path) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts the numbers in ``path`` as numbers."""
    pieces = _DIGITS.split(path.as_posix())
    return tuple((int(piece) if piece.isdecimal() else -1, piece) for piece in pieces)


def _glob(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted((path for path in folder.glob(pattern) if path.is_file()), key=natural)
    except (ValueError, NotImplementedError, IndexError) as error:
        raise UsageError(f"{pattern!r} is no pattern for files: {error}", FILE_NAME) from error


def _check_keys(
    table: dict[str, Any], kind: type[msgspec.Struct], path: Path, at: toml.Path = ()
) -> None:
    """Raise UsageError for a key that ``kind`` does not have, naming the nearest that it has."""
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in table.items():
        if key not in fields:
            near = get_close_matches(key, fields, n=1, cutoff=0)
            text = f"unknown key {key!r}; did you mean {near[0]!r}?"
            raise UsageError(text, place(path, *at, key))
        for step, inner in _tables(value):
            below = _struct_in(fields[key])
            if below is not None:
                _check_keys(inner, below, path, (*at, key, *step))


def _tables(value: Any) -> Iterable[tuple[toml.Path, dict[str, Any]]]:
    """Return the table that ``value`` is, or the tables in it, with the steps to them."""
    values = enumerate(value) if isinstance(value, list) else ()
    listed = (((index,), each) for index, each in values)
    return [pair for pair in (*listed, ((), value)) if isinstance(pair[1], dict)]


def _struct_in(kind: Any) -> type[msgspec.Struct] | None:
    """Return the struct that ``kind`` is, or that it is a tuple of."""
    candidates = (kind, *getattr(kind, "__args__", ()))
    structs = [
        each for each in candidates if isinstance(each, type) and issubclass(each, msgspec.Struct)
    ]
    return structs[0] if structs else None


def _in_words(error: msgspec.ValidationError) -> str:
    """Return what is wrong with a value, where it stands, and which values there are."""
    wrong, path = toml.in_words(error), toml.path_of_error(error)
    kind: Any = Project
    for key in (step for step in path if isinstance(step, str)):
        kind = get_type_hints(_struct_in(kind) or Edition).get(key)
    values = [str(each) for each in get_args(kind) if isinstance(each, str | int) and each != ""]
    return f"{wrong}; it can be {', '.join(values)}" if values else wrong
