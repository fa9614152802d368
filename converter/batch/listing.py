"""Which files a folder holds that a reader knows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from converter import pipeline, plugins
from converter.access import lies_in
from converter.batch import identity
from converter.batch.cache import Store, digest
from converter.errors import SourceError
from converter.model import Prov
from converter.project import natural
from converter.report import Message
from converter.source import name_of, open_source


class _Candidate(NamedTuple):
    """A file that a reader may know, and what it begins with; None if it cannot be read."""

    path: Path
    head: bytes | None


class _Listing(msgspec.Struct, frozen=True):
    """Which of the candidates are known, in their order."""

    known: tuple[bool, ...]


_UNREADABLE: Final = "unreadable"
_INDEX: Final = "index"


def files(sources: Iterable[Path], reader: str | None, store: Store | None = None) -> list[Path]:
    """Return the files that ``sources`` name, for a folder all below it that a reader knows.

    Hidden files and folders are left alone, links out of a folder, and files that another one is
    the index of. A source that does not exist is named all the same, to fail when it is read.
    Whoever asked ``store`` before need not load the readers but for an index.
    """
    found: dict[Path, None] = {}
    for source in sources:
        if source.is_dir():
            found.update(dict.fromkeys(_known_below(source, reader, store)))
        else:
            found[source] = None
    return list(found)


def strays(sources: Iterable[Path]) -> Iterator[Message]:
    """Yield a message for each link out of a folder among ``sources``: it is not followed.

    Who names a folder from elsewhere has not named what links in it lead to.
    """
    for folder in filter(Path.is_dir, sources):
        for path in _visible(folder):
            if _is_stray(path, folder):
                text = "leads out of the folder that was named: name it itself to have it read"
                yield Message("link-out-of-folder", text, "warning", Prov(name_of(path)))


def _known_below(folder: Path, reader: str | None, store: Store | None) -> Iterator[Path]:
    within = [path for path in _visible(folder) if not _is_stray(path, folder)]
    paths = list(compress(within, _known(within, reader, store)))
    gathered = {each for path in paths if path.stem == _INDEX for each in _gathered(path, reader)}
    return (path for path in paths if path not in gathered)


def _gathered(index: Path, reader: str | None) -> Iterator[Path]:
    """Yield the files that are read with ``index``."""
    try:
        source = open_source(index)
        plugin = plugins.reader(reader or pipeline.choose_reader(source))
    except SourceError:
        return  # reading it will tell what is the matter
    if isinstance(plugin, plugins.Gathers):
        yield from map(index.with_name, plugin.gathered(source))


def _visible(folder: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` that are not hidden."""
    for path in sorted(folder.rglob("*"), key=natural):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def _is_stray(path: Path, folder: Path) -> bool:
    return path.is_symlink() and not lies_in(path, folder)


def _head(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(pipeline.HEAD)
    except OSError:
        return None


def _known(paths: Sequence[Path], reader: str | None, store: Store | None) -> tuple[bool, ...]:
    """Return of each of ``paths`` whether a reader knows it, as ``store`` may have it.

    What the files begin with is rather read twice than kept: there may be very many.
    """
    if store is None or not store.lasting:
        return tuple(_is_known(each, reader) for each in _candidates(paths))
    entry = store.find(_key(reader, map(_shape, _candidates(paths))), _Listing)
    if entry:
        return entry.header.known
    looked = [(_shape(each), _is_known(each, reader)) for each in _candidates(paths)]
    known = tuple(is_known for _, is_known in looked)
    store.put(_key(reader, (shape for shape, _ in looked)), _Listing(known))
    return known


def _candidates(paths: Iterable[Path]) -> Iterator[_Candidate]:
    return (_Candidate(path, _head(path)) for path in paths)


def _shape(candidate: _Candidate) -> tuple[str, str]:
    """Return what decides whether a reader knows ``candidate``."""
    head = candidate.head
    suffix = name_of(Path(candidate.path.suffix))
    return suffix, _UNREADABLE if head is None else digest(head)


def _key(reader: str | None, shapes: Iterable[tuple[str, str]]) -> str:
    return identity.key("listing", identity.program(), reader, list(shapes))


def _is_known(candidate: _Candidate, reader: str | None) -> bool:
    """Whether a reader knows the file by its name and by what it begins with."""
    suffix = candidate.path.suffix.lower()
    readers = [plugins.reader(reader)] if reader else list(pipeline.readers().values())
    known = [each for each in readers if suffix in each.suffixes]
    head = candidate.head
    if not known or reader or head is None:
        return bool(known)  # reading it will tell what is the matter
    return any(each.sniff(head) > 0 for each in known)
