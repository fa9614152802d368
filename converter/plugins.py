"""Readers, writers and transforms: what each must offer, and how they are found.

A plug-in is a module (a reader, a writer) or a function (a transform) named by an entry point;
the built-in ones are entry points like anybody's. Names are listed without importing anything.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from pathlib import Path
from typing import Any, Final, Protocol, cast, runtime_checkable

from converter.errors import PluginError
from converter.explanation import Explanation
from converter.model import Book, Document
from converter.options import Options
from converter.report import Report
from converter.source import Source

READERS: Final = "converter.readers"
WRITERS: Final = "converter.writers"
TRANSFORMS: Final = "converter.transforms"


class Reader(Protocol):
    """Turns one source into documents.

    ``sniff`` says from the first 4,096 bytes how sure the reader is that the source is its own,
    from 0.0 (not at all) to 1.0 (certain). ``read`` yields the documents of the source; what it
    reports before it yields one belongs to that one.
    """

    suffixes: tuple[str, ...]

    def sniff(self, head: bytes) -> float: ...

    def read(self, source: Source, report: Report) -> Iterator[Document]: ...


@runtime_checkable
class Explains(Protocol):
    """What a reader may also offer that infers which place calls which note."""

    def explain(self, source: Source) -> tuple[Explanation, ...]: ...


@runtime_checkable
class Recognizes(Protocol):
    """What a reader may also offer that cannot tell its sources by how they begin: packages.

    ``recognizes`` says how sure it is, as ``sniff`` does, from all of ``source``.
    """

    def recognizes(self, source: Source) -> float: ...


@runtime_checkable
class Gathers(Protocol):
    """What a reader may also offer whose source can be an index of others.

    ``gathered`` names the files beside ``source`` that are read with it.
    """

    def gathered(self, source: Source) -> frozenset[str]: ...


@runtime_checkable
class ReadsEditions(Protocol):
    """What a reader may also offer that reads editions which ``converter`` has made.

    ``is_edition`` says whether ``source``, whose name has one of the ``suffixes``, is one.
    """

    suffixes: tuple[str, ...]

    def is_edition(self, source: Source) -> bool: ...


@runtime_checkable
class Binds(Protocol):
    """What a reader may also offer whose sources are whole books already.

    ``bind`` returns the book that ``source`` is, with its title and its parts; ``documents`` are
    all those that ``read`` yielded.
    """

    def bind(self, source: Source, documents: Sequence[Document]) -> Book: ...


class Writer(Protocol):
    """Turns a book into an edition at ``target``, a path that ends in ``suffix``.

    Pictures that an edition cannot hold go into a folder beside it, named by what is in them.
    """

    suffix: str

    def write(self, book: Book, target: Path, report: Report, *, options: Options) -> None: ...


@runtime_checkable
class WritesFolders(Protocol):
    """What a writer may also offer whose editions can be folders.

    ``is_edition`` says whether it made ``folder``, which may then be replaced.
    """

    def writes_folder(self, options: Options) -> bool: ...

    def is_edition(self, folder: Path) -> bool: ...


@runtime_checkable
class LoadsLate(Protocol):
    """What a writer may also offer that loads most of what it needs when it is first used.

    ``load`` loads what it would need with ``options`` beforehand, for processes to share.
    """

    def load(self, options: Options) -> None: ...


class Transform(Protocol):
    """Returns the book changed: cross references resolved, typography set."""

    def __call__(self, book: Book, report: Report) -> Book: ...


def names(group: str) -> tuple[str, ...]:
    """Return the names in ``group``, sorted, without importing what they name."""
    return tuple(sorted(_by_name(group)))


def reader(name: str) -> Reader:
    """Return the reader ``name``. Raises PluginError."""
    return cast(Reader, load(READERS, name))


def writer(name: str) -> Writer:
    """Return the writer ``name``. Raises PluginError."""
    return cast(Writer, load(WRITERS, name))


def transforms() -> tuple[Transform, ...]:
    """Return all transforms in the order of their names."""
    return tuple(cast(Transform, load(TRANSFORMS, name)) for name in names(TRANSFORMS))


def are_all_ours() -> bool:
    """Whether no other package provides a reader, a writer or a transform."""
    entries = (
        entry
        for group in (READERS, WRITERS, TRANSFORMS)
        for providers in _by_name(group).values()
        for entry in providers
    )
    return all(entry.module.startswith("converter.") for entry in entries)


def load(group: str, name: str) -> Any:
    """Return what ``name`` in ``group`` stands for.

    Raises PluginError if nothing or more than one package provides it, or its import fails.
    """
    providers = _by_name(group).get(name, ())
    kind = group.rpartition(".")[2].removesuffix("s")
    if not providers:
        known = ", ".join(names(group)) or "none"
        raise PluginError(f"there is no {kind} named {name!r}; known: {known}")
    if len({provider.value for provider in providers}) > 1:
        rivals = " and ".join(sorted(_package(provider) for provider in providers))
        raise PluginError(f"{kind} {name!r} is provided by {rivals}: uninstall one of them")
    try:
        return _loaded(providers[0])
    except Exception as error:
        raise PluginError(
            f"{kind} {name!r} of {_package(providers[0])} cannot be loaded: {error}"
        ) from error


@cache
def _loaded(entry: EntryPoint) -> Any:
    return entry.load()


@cache
def _by_name(group: str) -> dict[str, tuple[EntryPoint, ...]]:
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for entry in provided(group):
        found[entry.name] = (*found.get(entry.name, ()), entry)
    return found


def provided(group: str) -> EntryPoints:
    """Return what all packages provide in ``group``."""
    found: EntryPoints = _entry_points().select(group=group)
    return found


@cache
def _entry_points() -> Any:
    # To find them takes a look at each package that is installed. Their type is another one from
    # Python 3.12 on.
    return entry_points()


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value
