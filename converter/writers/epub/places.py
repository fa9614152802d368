"""Where in the package everything is that a link can lead to."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from converter.model import Book, Comment, Document, Note, NoteRef, PageBreak, Reference
from converter.walk import walk
from converter.words import Words
from converter.writers.epub.files import ContentFile, ascii_slug, book_files
from converter.writers.notes import marks
from converter.writers.thread import ON_SCREEN, lineages

_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Place(NamedTuple):
    """An element of the package, by its file and id."""

    file: str
    anchor: str

    def href(self, here: str) -> str:
        """Return the address of the place as seen from the file ``here``."""
        return f"#{self.anchor}" if self.file == here else f"{self.file}#{self.anchor}"


class Page(NamedTuple):
    """The start of a page of the printed source."""

    label: str
    place: Place

    def name(self, words: Words) -> str:
        """Return what the page is called in lists and aloud."""
        return self.label if self.label.strip() else words.unnumbered


class Chapter(NamedTuple):
    """A document's files, and where in them its notes, calls, pages and comments are.

    Calls and pages stand in the order in which they are rendered; ``page_places`` tell where a
    label comes first. ``lineages`` say which comments each comment is nested in, ``marks`` how
    notes are called: as the source printed, or by position where it printed nothing; ``thread``
    is where the comments begin.
    """

    document: Document
    files: tuple[ContentFile, ...]
    notes: dict[str, Place]
    calls: dict[str, list[Place]]
    pages_by_file: dict[str, list[Page]]
    page_places: dict[str, Place]
    comments: dict[str, Place]
    lineages: dict[str, tuple[str, ...]]
    marks: dict[str, str]
    thread: Place | None

    @property
    def file(self) -> str:
        """The name of the first file."""
        return self.files[0].name

    @property
    def pages(self) -> list[Page]:
        """The pages of all files."""
        return [page for pages in self.pages_by_file.values() for page in pages]

    def find(self, reference: Reference, here: str) -> str | None:
        """Return the address of what ``reference`` names in this document, None if it is not."""
        if reference.note:
            place = self.notes.get(reference.note)
        elif reference.page:
            place = self.page_places.get(reference.page)
        else:
            return self.file
        return place.href(here) if place else None


def chapters(book: Book) -> dict[str, Chapter]:
    """Return the chapters of ``book`` in reading order, by the ids of their documents."""
    return {document.id: _chapter(document, files) for document, files in book_files(book)}


def _chapter(document: Document, files: tuple[ContentFile, ...]) -> Chapter:
    note_anchors = _anchors("note", document.notes)
    comment_anchors = _anchors("comment", document.comments)
    thread = [(entry, file.name) for file in files for entry in file.entries]
    chapter = Chapter(
        document,
        files,
        notes={n.id: Place(f.name, note_anchors[n.id]) for f in files for n in f.notes},
        calls={note.id: [] for note in document.notes},
        pages_by_file={file.name: [] for file in files},
        page_places={},
        comments={e.comment.id: Place(name, comment_anchors[e.comment.id]) for e, name in thread},
        lineages=lineages((entry for entry, _ in thread), levels=ON_SCREEN),
        marks=marks(document),
        thread=Place(thread[0][1], "comments") if thread else None,
    )
    page_anchors: Counter[str] = Counter()
    for file in files:
        _survey(file, chapter, page_anchors)
    return chapter


def _anchors(prefix: str, nodes: Iterable[Note | Comment]) -> dict[str, str]:
    """Return an id for each node: the model's where XML allows it, so that links to it last."""
    return {
        node.id: f"{prefix}-{node.id}" if _NAME.fullmatch(node.id) else f"{prefix}.{position}"
        for position, node in enumerate(nodes, start=1)
    }


def _survey(file: ContentFile, chapter: Chapter, anchors: Counter[str]) -> None:
    """Add the calls and pages of ``file`` to ``chapter``."""
    for node in walk(file.nodes()):
        match node:
            case NoteRef(note=note):
                calls = chapter.calls[note]
                anchor = f"call-{chapter.notes[note].anchor}-{len(calls) + 1}"
                calls.append(Place(file.name, anchor))
            case PageBreak(label=label):
                place = Place(file.name, _page_anchor(label, anchors))
                chapter.pages_by_file[file.name].append(Page(label, place))
                chapter.page_places.setdefault(label, place)
            case _:
                pass


def _page_anchor(label: str, anchors: Counter[str]) -> str:
    """Return an id for the page ``label``, another one each time that the label comes."""
    name = ascii_slug(label) or "unnumbered"
    anchors[name] += 1
    return f"page-{name}.{anchors[name]}" if anchors[name] > 1 else f"page-{name}"
