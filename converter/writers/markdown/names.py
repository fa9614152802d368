"""Names within one Markdown file: the labels of footnotes, and ids that links can lead to."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from converter.model import Comment, Document, Note, PageBreak, Reference
from converter.slug import Unique, slug
from converter.walk import page_labels, walk
from converter.writers.markdown.style import Style

# A label is read as written, but for what ends it or would be taken for markup.
_NO_LABEL: Final = re.compile(r"[^\w*.†‡§¶‖#+-]+")
# https://kramdown.gettalong.org/syntax.html#footnotes
_NO_KRAMDOWN_LABEL: Final = re.compile(r"[^A-Za-z0-9_-]+")


class Names:
    """The names of all that is in a file. Notes and comments are asked for with their document.

    A footnote is labelled with the mark of the source, as in ``[^19]``. A mark that several notes
    of the file have is led by the number of their document or its id, as in ``[^25-19]``.
    ``linked`` is what references of the book lead to.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        linked: "Linked | None" = None,
        style: Style = "markdown",
    ) -> None:
        ids = Unique()
        self._linked = linked or Linked()
        self._documents = {each.id: ids.take(slug(each.id) or "document") for each in documents}
        self._labels = _labels(documents, self._documents, style)
        self._nodes: dict[tuple[str, type, str], str] = {}
        self._pages: dict[tuple[str, str], list[str]] = defaultdict(list)
        for document in documents:
            stem = f"{self._documents[document.id]}-" if len(documents) > 1 else ""
            nodes: tuple[Note | Comment, ...] = (*document.notes, *document.comments)
            for node in nodes:
                name = ids.take(stem + (slug(node.id) or "node"))
                self._nodes[document.id, type(node), node.id] = name
            for label in page_labels(document):
                self._pages[document.id, label].append(ids.take(f"page-{slug(label)}".rstrip("-")))
        self._unseen = {key: iter(names) for key, names in self._pages.items()}
        self._stems = {
            each.id: f"{self._documents[each.id]}-" if len(documents) > 1 else ""
            for each in documents
        }

    def document(self, document: str) -> str | None:
        """Return the id of a document, None if the file does not hold it."""
        return self._documents.get(document)

    def label(self, document: str, note: str) -> str:
        """Return the label of a note's definition, as it stands behind ``[^``."""
        return self._labels[document, note]

    def note(self, document: str, note: str) -> str | None:
        return self._nodes.get((document, Note, note))

    def comment(self, document: str, comment: str) -> str:
        return self._nodes[document, Comment, comment]

    def page(self, document: str, label: str) -> str | None:
        """Return the id of the first page ``label`` of a document, None if it has none."""
        return next(iter(self._pages.get((document, label), ())), None)

    def is_linked(self, document: str, note: str) -> bool:
        """Return whether a reference leads to the note."""
        return (document, note) in self._linked.notes

    def is_page_linked(self, document: str, label: str) -> bool:
        """Return whether a reference leads to a page with this label."""
        return (document, label) in self._linked.pages

    def hidden(self, document: str, node: Note | Comment) -> str:
        """Return the model's id of a node where its id in the file does not tell it, else ""."""
        name = self._nodes[document, type(node), node.id]
        return "" if name == self._stems[document] + node.id else node.id

    def next_page(self, document: str, node: PageBreak) -> str:
        """Return the id of a page break: each time that of the next page with its label."""
        return next(self._unseen[document, node.label])


def _labels(
    documents: Sequence[Document], ids: dict[str, str], style: Style
) -> dict[tuple[str, str], str]:
    other = _NO_KRAMDOWN_LABEL if style == "jekyll" else _NO_LABEL
    marks = {
        (document.id, note.id): other.sub("-", note.label).strip("-") or "note"
        for document in documents
        for note in document.notes
    }
    counts = Counter(mark.casefold() for mark in marks.values())
    stems = _stems(documents, ids)
    unique = Unique()
    for mark in marks.values():
        if counts[mark.casefold()] == 1:
            unique.take(mark)
    return {
        key: mark if counts[mark.casefold()] == 1 else unique.take(stems[key[0]] + mark)
        for key, mark in marks.items()
    }


def _stems(documents: Sequence[Document], ids: dict[str, str]) -> dict[str, str]:
    """Return what tells the labels of a document from those of others, by the document's id."""
    if len(documents) == 1:
        return {documents[0].id: ""}
    numbers = {document.id: slug(document.number) for document in documents}
    counts = Counter(numbers.values())
    return {
        document: f"{number if number and counts[number] == 1 else ids[document]}-"
        for document, number in numbers.items()
    }


class Linked(NamedTuple):
    """The notes and pages that references of a book lead to, by their document and id or label."""

    notes: frozenset[tuple[str, str]] = frozenset()
    pages: frozenset[tuple[str, str]] = frozenset()


def linked(documents: Iterable[Document]) -> Linked:
    """Return what references lead to."""
    nodes = [node for node in walk(documents) if isinstance(node, Reference)]
    return Linked(
        frozenset((node.document, node.note) for node in nodes if node.note),
        frozenset((node.document, node.page) for node in nodes if node.page),
    )
