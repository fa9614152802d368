"""Which files a folder holds that a reader knows."""

import os
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
        if os.path.isdir(source):  # noqa: PTH112 - pathlib fails where nothing may be looked at
            found.update(dict.fromkeys(_known_below(source, reader, store)))
        else:
            found[source] = None
    return list(found)


def strays(sources: Iterable[Path]) -> Iterator[Message]:
    """Yield a message for each link out of a folder among ``sources``: it is not followed.

    Who names a folder from elsewhere has not named what links in it lead to. And one for each
    folder in it that cannot be read.
    """
    for folder in filter(os.path.isdir, sources):
        paths, errors = _visible(folder)
        for path in paths:
            if _is_stray(path, folder):
                text = "leads out of the folder that was named: name it itself to have it read"
                yield Message("link-out-of-folder", text, "warning", Prov(name_of(path)))
        for error in errors:
            text = f"cannot be read, nor what is in it: {error.strerror}"
            yield Message("unreadable-folder", text, "error", Prov(name_of(Path(error.filename))))


def _known_below(folder: Path, reader: str | None, store: Store | None) -> Iterator[Path]:
    visible, _ = _visible(folder)
    within = [path for path in visible if not _is_stray(path, folder)]
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


def _visible(folder: Path) -> tuple[list[Path], list[OSError]]:
    """Return the files below ``folder`` that are not hidden, and the errors of folders there."""
    found: list[Path] = []
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = (name for name in folders if not name.startswith("."))
        found += (Path(parent, name) for name in names if not name.startswith("."))
    return sorted(filter(_may_be_file, found), key=natural), errors


def _may_be_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True  # reading it will tell what is the matter


def _is_stray(path: Path, folder: Path) -> bool:
    return os.path.islink(path) and not lies_in(path, folder)  # noqa: PTH114 - as above


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
