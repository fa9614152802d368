"""Reads Markdown back through pandoc: one file, or a folder of files that an index puts in order.

Pandoc's own Markdown says by classes what is what; that for forges by how it looks. What carries
the class ``generated`` is no text of the source.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from converter import pandoc
from converter.errors import ConverterError, SourceError
from converter.verify.difference import Difference
from converter.verify.forms import STYLES
from converter.verify.markdown.file import File
from converter.verify.markdown.foreign import foreign
from converter.verify.markdown.forge import Footnotes, ForgeFile, uncommanded
from converter.verify.markdown.nodes import Json
from converter.verify.reading import Medium, Reading, Writing
from converter.verify.telling import Telling
from converter.verify.templates import Templates
from converter.verify.thread import comment, note, thread_faults

_MEDIUM: Final = Medium(
    re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef]"),
    full_stop=True,
)
_READERS: Final = {"markdown": "markdown", "gfm": "gfm+yaml_metadata_block"}
# Spans, fences and tables of pandoc, which mean nothing to a forge.
_PANDOC: Final = re.compile(r"^:::|\]\{[#.]|^\+[-=]+\+|^:   |^\| |[\w)]\^[\w(]|~\w+~", re.MULTILINE)
_EDITION: Final = re.compile(r"---\nedition: \"?(markdown|gfm|hugo|jekyll)\"?\n")
_FRONT_MATTER: Final = ("title", "author", "authors", "date", "dated", "rights")
# Emphasis is also how a forge is told what the edition adds.
_FORMS: Final = ("picture", *STYLES)
_REMOTE: Final = re.compile(r"[A-Za-z][\w+.-]*:|//")
_LARGEST: Final = 256 << 20


def read(edition: Path, _: Templates) -> Reading:
    """Return what the file or folder ``edition`` holds: no template adds to it.

    Raises SourceError.
    """
    if edition.is_dir():
        return _read_folder(edition)
    file = _files([edition])[0]
    body = Telling(file.dialect)
    file.read(body)
    alone = _MEDIUM._replace(alone=True, parts=False, bylines=False)
    medium = alone if file.is_alone else _MEDIUM
    return _reading(medium, [file], body, file)


def _read_folder(folder: Path) -> Reading:
    """Return what the files hold that the index leads to, in its order."""
    index = _files([folder / _index(folder)])[0]
    names = list(dict.fromkeys(name for name, _ in map(_split, index.targets()) if name))
    found = [folder / name for name in names if (folder / name).is_file()]
    files = _files(found)
    body = Telling(index.dialect)
    for file in files:
        file.read(body)
    faults = [
        Difference("broken-link", f"the index leads to {name}, which is not there", index.name)
        for name in names
        if folder / name not in found
    ]
    strangers = sorted({path.name for path in folder.glob("*.md")} - {*names, index.name})
    faults += (
        Difference("broken-link", "the index does not lead to this file", name)
        for name in strangers
    )
    medium = _MEDIUM._replace(parts=False, bylines=False)
    reading = _reading(medium, files, body, index)
    return reading._replace(faults=(*reading.faults, *faults))


def _index(folder: Path) -> str:
    """Return the name of the index of a folder, which Hugo wants to be another."""
    return "_index.md" if (folder / "_index.md").is_file() else "index.md"


def _reading(medium: Medium, files: list[File], body: Writing, head: File) -> Reading:
    """Return what ``files`` hold, of which ``head`` has the front matter of the book."""
    drafts = [each for file in files for each in file.comments]
    for_forge = any(isinstance(file, ForgeFile) for file in files)
    return Reading(
        medium._replace(
            brackets=for_forge,
            forms=("picture",) if for_forge else _FORMS,
            blocks=True,
            dialect=head.dialect,
        ),
        body.passage(),
        tuple(note(each, linked=False) for file in files for each in file.notes.values()),
        tuple(map(comment, drafts)),
        head.front_matter(_FRONT_MATTER),
        about={"identifier": head.front_matter(("identifier",))},
        faults=(*thread_faults(drafts), *_links(files), *_strangers(files)),
        addresses=tuple(link for file in files for link in file.addresses),
    )


def _links(files: list[File]) -> Iterator[Difference]:
    """Yield the links that lead nowhere and the ids that are there twice."""
    anchors = {anchor for file in files for anchor in file.anchors}
    held = anchors | {file.name for file in files}
    for file in files:
        for place, target in file.links:
            if target not in held:
                text = f"a link leads to {target}, which is not there"
                yield Difference("broken-link", text, place)
        for place in file.doubles:
            yield Difference("id-twice", "something else in the file has the same id", place)


def _strangers(files: list[File]) -> Iterator[Difference]:
    """Yield what in the files no edition has, and pictures that are not beside them."""
    for file in files:
        for text, written in file.strange:
            yield Difference("markup-added", text, file.place_of(written))
        for place, src in file.pictures:
            if _REMOTE.match(src):
                yield Difference("remote-reference", f"the page would load {src}", place)
            elif file.picture(src) is None:
                yield Difference("picture-lost", f"there is no picture {src}", place)


def _files(paths: list[Path]) -> list[File]:
    """Return the files at ``paths``, all read by one process of pandoc."""
    texts = {path: uncommanded(_text(path)) for path in paths}
    found: dict[Path, File] = {}
    for flavour, reader in _READERS.items():
        chosen = {path: text for path, text in texts.items() if _flavour(text) == flavour}
        notes = {path: Footnotes(text) for path, text in chosen.items() if flavour == "gfm"}
        prepared = [
            notes[path].prepared(text) if path in notes else text for path, text in chosen.items()
        ]
        answers = _answers(prepared, reader, paths[0].parent if paths else Path())
        for (path, text), (tree, strange) in zip(chosen.items(), answers, strict=True):
            if path in notes:
                found[path] = ForgeFile(path.name, text, tree, notes[path])
            else:
                found[path] = File(path.name, text, tree)
            found[path].strange = strange
            found[path].folder = path.parent
    return [found[path] for path in paths]


def _answers(
    texts: list[str], reader: str, place: Path
) -> list[tuple[Json, tuple[tuple[str, str], ...]]]:
    """Return the trees of ``texts``, and what is strange in them."""
    try:
        answers = pandoc.convert(map(str.encode, texts), reader=reader, writer="json")
        return [(msgspec.json.decode(answer), tuple(foreign(answer))) for answer in answers]
    except ConverterError as error:
        raise SourceError(f"cannot be read as Markdown: {error.text}", place.as_posix()) from error
    except RecursionError as error:
        raise SourceError("is nested deeper than any edition", place.as_posix()) from error


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            raise SourceError("is no file, or larger than any edition", path.as_posix())
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path.as_posix()) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"is no UTF-8: {error}", path.as_posix()) from error


def _flavour(text: str) -> str:
    said = _EDITION.match(text)
    if said:
        return "markdown" if said[1] == "markdown" else "gfm"
    return "markdown" if _PANDOC.search(text) else "gfm"


def _split(target: str) -> tuple[str, str]:
    name, _, anchor = target.partition("#")
    return name, anchor
