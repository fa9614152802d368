"""What is where in an edition: its documents, each in its files, and what links can lead to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from posixpath import dirname
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec.structs import replace

from converter.container import Container, Element, resolve
from converter.model import Document, Part

MATH: Final = "{http://www.w3.org/1998/Math/MathML}math"
XHTML: Final = "{http://www.w3.org/1999/xhtml}"
TYPE: Final = "{http://www.idpf.org/2007/ops}type"

Kind: TypeAlias = Literal["note", "comment", "page"]


class File(NamedTuple):
    """A file of the spine; ``document`` is the id of the one that it is a part of, or empty."""

    name: str
    root: Element
    document: str

    @property
    def body(self) -> Element:
        found = self.root.find(f"{XHTML}body")
        return self.root if found is None else found

    @property
    def chapter(self) -> Element:
        """The element that holds the document: the only one in the body, or the body."""
        body = self.body
        return body[0] if len(body) == 1 and body[0].tag == f"{XHTML}section" else body

    def resolved(self, href: str) -> str:
        """Return the name of the file, with ``#`` and its id, that ``href`` leads to."""
        return resolve(href, dirname(self.name), self.name)

    def facts(self, name: str) -> tuple[str, ...]:
        """Return the values that the metadata of the file has for ``name``."""
        metas = self.root.iterfind(f"{XHTML}head/{XHTML}meta[@name='{name}']")
        return tuple(meta.get("content", "") for meta in metas)


class Target(NamedTuple):
    """What a link leads to: a note or comment by its id, a page by its label."""

    document: str
    kind: Kind
    name: str


class Survey(NamedTuple):
    """The files of the spine, the documents in reading order, and the targets by their address."""

    files: tuple[File, ...]
    documents: dict[str, tuple[File, ...]]
    targets: dict[str, Target]

    def document_of(self, address: str) -> str | None:
        """Return the id of the document that begins with the file ``address``, None for none."""
        for name, files in self.documents.items():
            if address in {file.name for file in files}:
                return name
        return None

    def beside(self, name: str) -> Iterator[File]:
        """Yield the files of no document that stand before ``name``, or behind it if it is last."""
        own = {file.name for file in self.documents[name]}
        last = next(reversed(self.documents)) == name
        waiting: list[File] = []
        reached = False
        for file in self.files:
            if file.name in own:
                yield from waiting
                waiting, reached = [], True
            elif file.document:
                waiting = []
            else:
                waiting.append(file)
        if last and reached:
            yield from waiting

    def parts(self, documents: Sequence[Document]) -> tuple[Part, ...]:
        """Return ``documents`` in parts: those with a page of their own, and those without."""
        by_id = {document.id: document for document in documents}
        parts: list[Part] = []
        for file in self.files:
            chapter = file.chapter
            if is_part(chapter):
                title = "".join(map(str, chapter.itertext())).strip()
                parts.append(Part((), title, int(chapter.get("data-level", "1"))))
            elif (document := by_id.pop(file.document, None)) is not None:
                level = chapter.get("data-part-level")
                if level or not parts:
                    parts.append(Part((), level=int(level or "1")))
                parts[-1] = replace(parts[-1], documents=(*parts[-1].documents, document))
        return tuple(parts)


def survey(container: Container) -> Survey:
    """Return what is where in the edition that ``container`` holds."""
    files = tuple(_file(name, container.tree(name)) for name in container.spine)
    documents: dict[str, tuple[File, ...]] = defaultdict(tuple)
    for file in files:
        if file.document:
            documents[file.document] += (file,)
    targets = {
        f"{file.name}#{anchor}": target for file in files for anchor, target in _targets(file)
    }
    return Survey(files, dict(documents), targets)


def is_part(chapter: Element) -> bool:
    """Whether ``chapter`` is the page that opens a part of the book."""
    return "part" in types(chapter)


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


def label_of(mark: Element) -> str:
    """Return the label of the page that begins at ``mark``."""
    return mark.get("title", mark.get("aria-label", ""))


def _file(name: str, root: Element) -> File:
    """Return a file; one that our metadata does not name is a document called after it."""
    file = File(name, root, "")
    named = next(iter(file.facts("dcterms.identifier")), "")
    if named or is_part(file.chapter) or _is_apart(file.chapter):
        return file._replace(document=named)
    return file._replace(document=PurePosixPath(name).stem)


def _is_apart(chapter: Element) -> bool:
    """Whether a file has nothing that belongs to a document: the cover, say, or an index."""
    return bool({"cover", "titlepage"} & set(types(chapter))) or "generated" in classes(chapter)


def _targets(file: File) -> Iterator[tuple[str, Target]]:
    for element in file.body.iter(f"{XHTML}*"):
        anchor = element.get("id")
        if not anchor or not file.document:
            continue
        kinds = types(element)
        if "footnote" in kinds:
            yield anchor, Target(file.document, "note", own_id(element))
        elif "pagebreak" in kinds:
            yield anchor, Target(file.document, "page", label_of(element))
        elif element.tag == f"{XHTML}article":
            yield anchor, Target(file.document, "comment", own_id(element))
