"""What is where in an edition: its documents, each in its files, and what links can lead to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from posixpath import dirname
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias

from msgspec.structs import replace

from converter.container import Element, resolve
from converter.model import Document, Part

MATH: Final = "{http://www.w3.org/1998/Math/MathML}math"
XHTML: Final = "{http://www.w3.org/1999/xhtml}"
TYPE: Final = "{http://www.idpf.org/2007/ops}type"

Kind: TypeAlias = Literal["note", "comment", "page"]


class Files(Protocol):
    """The XHTML files of an edition and what is beside them; ``spine`` is their order."""

    spine: list[str]

    def tree(self, name: str) -> Element: ...

    def names(self) -> Iterable[str]: ...

    def content(self, name: str) -> bytes: ...


class File(NamedTuple):
    """A file of the spine, without what is in it, for which there may be no room.

    ``document`` is the id of the one that it is a part of, or empty; ``facts`` are the values in
    its metadata by their names. A file with a ``part`` opens one; the ``level`` of one without a
    page of its own is with its first document.
    """

    name: str
    document: str
    facts: dict[str, tuple[str, ...]]
    part: Part | None = None
    level: str = ""

    def resolved(self, href: str) -> str:
        """Return the name of the file, with ``#`` and its id, that ``href`` leads to."""
        return resolve(href, dirname(self.name), self.name)


class Target(NamedTuple):
    """What a link leads to: a note or comment by its id, a page by its label."""

    document: str
    kind: Kind
    name: str


class Survey(NamedTuple):
    """The files of the spine, the documents in reading order, and what addresses lead to."""

    files: tuple[File, ...]
    documents: dict[str, tuple[File, ...]]
    targets: dict[str, Target]
    starts: dict[str, str]

    def parts(self, documents: Sequence[Document]) -> tuple[Part, ...]:
        """Return ``documents`` in parts: those with a page of their own, and those without."""
        by_id = {document.id: document for document in documents}
        parts: list[tuple[Part, list[Document]]] = []
        for file in self.files:
            document = by_id.pop(file.document, None)
            if file.part:
                parts.append((file.part, []))
            elif document is not None:
                if file.level or not parts:
                    parts.append((Part((), level=number(file.level, 1)), []))
                parts[-1][1].append(document)
        return tuple(replace(part, documents=tuple(held)) for part, held in parts)

    def beside(self) -> dict[str, list[File]]:
        """Return the files of no document, by the document that follows, or else the last one."""
        found: dict[str, list[File]] = defaultdict(list)
        waiting: list[File] = []
        last = ""
        for file in self.files:
            last = file.document or last
            waiting += [] if file.document else [file]
            if file.document:
                found[file.document] += waiting
                waiting = []
        found[last] += waiting
        return found


def survey(container: Files) -> Survey:
    """Return what is where in the edition that ``container`` holds."""
    files: list[File] = []
    targets: dict[str, Target] = {}
    documents: dict[str, tuple[File, ...]] = defaultdict(tuple)
    for name in container.spine:
        root = container.tree(name)
        files.append(_file(name, root))
        targets.update(_targets(files[-1], root))
        if files[-1].document:
            documents[files[-1].document] += (files[-1],)
    starts = {file.name: file.document for file in files if file.document}
    return Survey(tuple(files), dict(documents), targets, starts)


def body_of(root: Element) -> Element:
    """Return the body of the file ``root``."""
    found = root.find(f"{XHTML}body")
    return root if found is None else found


def chapter_of(root: Element) -> Element:
    """Return what holds the text of the file ``root``: the one section in its body, or that."""
    body = body_of(root)
    return body[0] if len(body) == 1 and body[0].tag == f"{XHTML}section" else body


def types(element: Element) -> list[str]:
    """Return what ``element`` is, by the vocabulary of EPUB and by its role."""
    role = element.get("role", "").removeprefix("doc-")
    return [*element.get(TYPE, "").split(), *([role] if role else [])]


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def own_id(element: Element) -> str:
    """Return the id in the model of a note or comment: ``n1`` for ``note-n1``."""
    anchor = element.get("id", "")
    return element.get("data-id") or anchor.partition("-")[2] or anchor


def number(text: str | None, otherwise: int) -> int:
    """Return the number that ``text`` is, ``otherwise`` for none: editors leave all sorts."""
    try:
        return int(text or "")
    except ValueError:
        return otherwise


def label_of(mark: Element) -> str:
    """Return the label of the page that begins at ``mark``."""
    return mark.get("title", mark.get("aria-label", ""))


def _file(name: str, root: Element) -> File:
    """Return a file; one that our metadata does not name is a document called after it."""
    chapter = chapter_of(root)
    facts: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for meta in root.iterfind(f"{XHTML}head/{XHTML}meta[@name]"):
        facts[meta.get("name", "")] += (meta.get("content", ""),)
    if "part" in types(chapter):
        title = "".join(map(str, chapter.itertext())).strip()
        return File(name, "", facts, Part((), title, number(chapter.get("data-level"), 1)))
    named = next(iter(facts["dcterms.identifier"]), "")
    if not named and not _is_apart(chapter):
        named = PurePosixPath(name).stem
    return File(name, named, facts, level=chapter.get("data-part-level", ""))


def _is_apart(chapter: Element) -> bool:
    """Whether a file has nothing that belongs to a document: the cover, say, or an index."""
    return bool({"cover", "titlepage"} & set(types(chapter))) or "generated" in classes(chapter)


def _targets(file: File, root: Element) -> Iterator[tuple[str, Target]]:
    for element in body_of(root).iter(f"{XHTML}*"):
        anchor = element.get("id")
        if not anchor or not file.document:
            continue
        kinds = types(element)
        if "footnote" in kinds:
            yield f"{file.name}#{anchor}", Target(file.document, "note", own_id(element))
        elif "pagebreak" in kinds:
            yield f"{file.name}#{anchor}", Target(file.document, "page", label_of(element))
        elif element.tag == f"{XHTML}article":
            yield f"{file.name}#{anchor}", Target(file.document, "comment", own_id(element))
