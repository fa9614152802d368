"""Which files a folder holds that a reader knows."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import msgspec

from converter import pipeline, plugins
from converter.access import lies_in
from converter.batch import identity
from converter.batch.cache import Store, digest
from converter.batch.editions import PLAIN, is_plain_edition
from converter.errors import SourceError
from converter.model import Prov
from converter.project import natural
from converter.report import Message
from converter.source import name_of, open_source


class _Candidate(NamedTuple):
    """A file that a reader may know, and what it begins with; None if it cannot be read."""

    path: Path
    head: bytes | None


# Whether a reader knows a file, and whether it is an edition that we made.
_Kind: TypeAlias = tuple[bool, bool]


class _Listing(msgspec.Struct, frozen=True):
    """What the candidates are, in their order."""

    kinds: tuple[_Kind, ...]


class Found(msgspec.Struct, frozen=True):
    """The ``sources`` that were found, and what are but ``editions`` of them.

    ``links`` lead out of the folder that they are in, ``broken`` ones lead nowhere; ``errors`` are
    those of folders that cannot be read.
    """

    sources: tuple[Path, ...]
    editions: tuple[Path, ...] = ()
    links: tuple[Path, ...] = ()
    broken: tuple[Path, ...] = ()
    errors: tuple[OSError, ...] = ()

    def messages(self) -> Iterator[Message]:
        """Yield a message for all that is not read.

        Who names a folder from elsewhere has not named what links in it lead to.
        """
        for path in self.links:
            text = "leads out of the folder that was named: name it itself to have it read"
            yield Message("link-out-of-folder", text, "warning", Prov(name_of(path)))
        for path in self.broken:
            text = "is a link to what is not there, or to itself: mend or remove it"
            yield Message("broken-link", text, "warning", Prov(name_of(path)))
        for error in self.errors:
            text = f"cannot be read, nor what is in it: {error.strerror}"
            yield Message("unreadable-folder", text, "error", Prov(name_of(Path(error.filename))))
        for path in self.editions:
            text = "is an edition of a source beside it: name it itself to have it read"
            yield Message("edition-left-out", text, "info", Prov(name_of(path)))


_UNREADABLE: Final = "unreadable"
_INDEX: Final = "index"
_MODEL: Final = ".model"
_ZIP: Final = b"PK"
# What keeps apart the editions of sources of one name.
_COUNTED: Final = re.compile(r"-\d+$")


def files(sources: Iterable[Path], reader: str | None, store: Store | None = None) -> list[Path]:
    """Return the sources that ``find`` finds."""
    return list(find(sources, reader, store).sources)


def find(
    sources: Iterable[Path],
    reader: str | None,
    store: Store | None = None,
    *,
    book: str = "",
) -> Found:
    """Return the files that ``sources`` name, for a folder all below it that a reader knows.

    Hidden files and folders are left alone, links out of a folder, files that another one is
    the index of, and the editions that an earlier run has left among their sources: those called
    like a source or like the ``book`` to be made. A source that does not exist is named all the
    same, to fail when it is read. Whoever asked ``store`` before need not load the readers but
    for an index.
    """
    found: dict[Path, None] = {}
    editions: dict[Path, None] = {}
    links: list[Path] = []
    broken: list[Path] = []
    errors: list[OSError] = []
    for source in sources:
        if os.path.isdir(source):  # noqa: PTH112 - pathlib fails where nothing may be looked at
            seen = _visible(source)
            known, left = _told_apart(seen.files, reader, store, book)
            found.update(dict.fromkeys(known))
            editions.update(dict.fromkeys(left))
            links += seen.strays
            broken += (path for path in seen.broken if _is_called_like_a_source(path, reader))
            errors += seen.errors
        else:
            found[source] = None
    left_out = tuple(path for path in editions if path not in found)
    return Found(tuple(found), left_out, tuple(links), tuple(broken), tuple(errors))


def is_edition_called(path: Path, book: str) -> bool:
    """Whether ``path`` is an edition of the ``book`` that an earlier run has made."""
    return _is_of(path, (book,)) and _is_edition(path)


def _told_apart(
    within: Sequence[Path], reader: str | None, store: Store | None, book: str
) -> tuple[list[Path], list[Path]]:
    """Return the sources among the files ``within`` a folder, and the editions of them."""
    kinds = _kinds(within, reader, store)
    paths = list(compress(within, (known for known, _ in kinds)))
    made = set(compress(within, (is_edition for _, is_edition in kinds)))
    made.update(_plain_editions([path for path in paths if path not in made], store))
    called = {_called(path) for path in paths if path not in made}
    called |= {book} if called else set()
    editions = {path: None for path in paths if path in made and _is_of(path, called)}
    paths = [path for path in paths if path not in editions]
    gathered = {each for path in paths if path.stem == _INDEX for each in _gathered(path, reader)}
    return [path for path in paths if path not in gathered], list(editions)


def _plain_editions(paths: Sequence[Path], store: Store | None) -> Iterator[Path]:
    """Yield the texts among ``paths``, called like another one, that ``store`` saw being made."""
    if store is None or not store.lasting:
        return
    others = {_called(path) for path in paths if path.suffix.lower() != PLAIN}
    texts = (path for path in paths if path.suffix.lower() == PLAIN and _is_of(path, others))
    yield from (path for path in texts if is_plain_edition(path, store))


def _called(path: Path) -> str:
    return path.stem.removesuffix(_MODEL)


def _is_of(edition: Path, called: Collection[str]) -> bool:
    """Whether ``edition`` bears one of the names of what there ``called`` is."""
    name = _called(edition)
    return name in called or _COUNTED.sub("", name) in called


def _gathered(index: Path, reader: str | None) -> Iterator[Path]:
    """Yield the files that are read with ``index``."""
    try:
        source = open_source(index)
        plugin = plugins.reader(reader or pipeline.choose_reader(source))
    except SourceError:
        return  # reading it will tell what is the matter
    if isinstance(plugin, plugins.Gathers):
        yield from map(index.with_name, plugin.gathered(source))


class _Seen(NamedTuple):
    """What is not hidden below a folder: files, links that lead out of it, and to nothing."""

    files: list[Path]
    strays: list[Path]
    broken: list[Path]
    errors: list[OSError]


def _visible(folder: Path) -> _Seen:
    """Return what is not hidden below ``folder``, and the errors of folders there.

    What links to folders within it lead to is found where it is.
    """
    seen = _Seen([], [], [], [])
    for parent, folders, names in os.walk(folder, onerror=seen.errors.append):
        folders[:] = (name for name in folders if not name.startswith("."))
        linked = filter(os.path.islink, _below(parent, folders))
        seen.strays.extend(path for path in linked if not lies_in(path, folder))
        for path in _below(parent, names):
            is_link = os.path.islink(path)  # noqa: PTH114 - pathlib fails as above
            if is_link and not os.path.exists(path):  # noqa: PTH110 - as above
                seen.broken.append(path)
            elif is_link and not lies_in(path, folder):
                seen.strays.append(path)
            elif _may_be_file(path):
                seen.files.append(path)
    for paths in (seen.files, seen.strays, seen.broken):
        paths.sort(key=natural)
    return seen


def _below(parent: str, names: Iterable[str]) -> Iterator[Path]:
    return (Path(parent, name) for name in names if not name.startswith("."))


def _may_be_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True  # reading it will tell what is the matter


def _is_called_like_a_source(path: Path, reader: str | None) -> bool:
    return _is_known(_Candidate(path, None), reader)


def _head(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(pipeline.HEAD)
    except OSError:
        return None


def _kinds(paths: Sequence[Path], reader: str | None, store: Store | None) -> tuple[_Kind, ...]:
    """Return of each of ``paths`` what it is, as ``store`` may have it.

    What the files begin with is rather read twice than kept: there may be very many.
    """
    if store is None or not store.lasting:
        return tuple(_kind(each, reader) for each in _candidates(paths))
    entry = store.find(_key(reader, map(_shape, _candidates(paths))), _Listing)
    if entry:
        return entry.header.kinds
    looked = [(_shape(each), _kind(each, reader)) for each in _candidates(paths)]
    kinds = tuple(kind for _, kind in looked)
    store.put(_key(reader, (shape for shape, _ in looked)), _Listing(kinds))
    return kinds


def _candidates(paths: Iterable[Path]) -> Iterator[_Candidate]:
    return (_Candidate(path, _head(path)) for path in paths)


def _shape(candidate: _Candidate) -> tuple[str, str, int]:
    """Return what decides what ``candidate`` is: packages of one beginning differ in size."""
    head = candidate.head
    suffix = name_of(Path(candidate.path.suffix))
    if head is None:
        return suffix, _UNREADABLE, 0
    size = candidate.path.stat().st_size if head.startswith(_ZIP) else 0
    return suffix, digest(head), size


def _key(reader: str | None, shapes: Iterable[tuple[str, str, int]]) -> str:
    return identity.key("listing", identity.program(), reader, list(shapes))


def _kind(candidate: _Candidate, reader: str | None) -> _Kind:
    known = _is_known(candidate, reader)
    return known, known and not reader and _is_edition(candidate.path)


def _is_edition(path: Path) -> bool:
    """Whether we made the file, as a reader says that reads such editions."""
    suffix = path.suffix.lower()
    known = [each for each in pipeline.readers().values() if suffix in each.suffixes]
    asked = [each for each in known if isinstance(each, plugins.ReadsEditions)]
    try:
        return any(each.is_edition(open_source(path)) for each in asked)
    except SourceError:
        return False  # reading it will tell what is the matter


def _is_known(candidate: _Candidate, reader: str | None) -> bool:
    """Whether a reader knows the file by its name and by what it begins with."""
    suffix = candidate.path.suffix.lower()
    readers = [plugins.reader(reader)] if reader else list(pipeline.readers().values())
    known = [each for each in readers if suffix in each.suffixes]
    head = candidate.head
    if not known or reader or head is None:
        return bool(known)  # reading it will tell what is the matter
    return any(each.sniff(head) > 0 for each in known)
