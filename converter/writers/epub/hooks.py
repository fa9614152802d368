"""What the EPUB decides for itself: how calls, notes, source pages and pictures show."""

from collections.abc import Iterator, Mapping
from typing import Final

from converter.model import Image, Note, NoteRef, PageBreak, Reference
from converter.writers.epub.pictures import Pictures
from converter.writers.epub.places import Chapter, Page, Place
from converter.writers.epub.skeleton import add_typed
from converter.writers.xhtml import XHTML, Element, add, add_blocks, add_text, clean

UNNUMBERED: Final = "unnumbered page"

_PARAGRAPH: Final = f"{{{XHTML}}}p"
# The text form of the arrow: without the selector, some e-readers show an emoji.
_BACK: Final = "\u21a9\ufe0e"


class EpubHooks:
    """The hooks of one file. Calls and pages are met in the order in which they were planned."""

    def __init__(
        self, file: str, chapter: Chapter, chapters: Mapping[str, Chapter], pictures: Pictures
    ) -> None:
        self._file = file
        self._chapter = chapter
        self._chapters = chapters
        self._pictures = pictures
        self._calls: dict[str, Iterator[Place]] = {}
        self._pages: Iterator[Page] = (page for page in chapter.pages if page.place.file == file)
        self._marks = {
            note.id: note.label or str(position)
            for position, note in enumerate(chapter.document.notes, start=1)
        }

    def note_call(self, parent: Element, node: NoteRef) -> None:
        """Append a call that Apple Books, Kobo, Thorium and Kindle open as a pop-up.

        They go by ``epub:type``, screen readers by ``role``.
        """
        target = self._chapter.notes.get(node.note)
        if target is None:
            return
        place = next(self._calls_of(node.note))
        sup = add(parent, "sup", class_="call")
        call = add_typed(sup, "a", "noteref", self._marks[node.note], id=place.anchor)
        call.set("href", target.href(self._file))
        call.set("role", "doc-noteref")

    def page_break(self, parent: Element, node: PageBreak) -> None:
        """Append the start of a page: seen through the style sheet, heard through its label."""
        page = next(self._pages)
        mark = add_typed(parent, "span", "pagebreak", id=page.place.anchor, role="doc-pagebreak")
        mark.set("title", clean(node.label))
        mark.set("aria-label", clean(node.label) or UNNUMBERED)

    def href(self, node: Reference) -> str | None:
        chapter = self._chapters.get(node.document)
        return chapter.find(node, self._file) if chapter else None

    def image(self, node: Image) -> str | None:
        return self._pictures.href(node, self._chapter.document)

    def add_note(self, parent: Element, note: Note) -> None:
        """Append a note with its mark on its first line and a way back to each of its calls.

        Apple Books hides an aside that is a footnote by ``epub:type``, since it pops up. A note
        that nobody calls would never be seen there: it is one by its role only.
        """
        calls = self._chapter.calls[note.id]
        aside = add(parent, "aside", id=self._chapter.notes[note.id].anchor, role="doc-footnote")
        aside.set("class", "note" if calls else "note uncalled")
        if calls:
            aside.set("{http://www.idpf.org/2007/ops}type", "footnote")
        add_blocks(aside, note.children, self, level=3)
        _add_mark(aside, self._marks[note.id], generated=not note.label)
        self._add_backlinks(aside, note, calls)

    def _add_backlinks(self, aside: Element, note: Note, calls: list[Place]) -> None:
        last = aside[-1] if aside[-1].tag == _PARAGRAPH else add(aside, "p")
        for position, place in enumerate(calls, start=1):
            add_text(last, "\u00a0")
            back = add(last, "a", _BACK, href=place.href(self._file), role="doc-backlink")
            back.set("class", "backlink generated")
            which = f"call {position} of {len(calls)}" if len(calls) > 1 else "the call"
            back.set("aria-label", clean(f"Back to {which} of note {self._marks[note.id]}"))
            if len(calls) > 1:
                add(back, "sup", str(position))

    def _calls_of(self, note: str) -> Iterator[Place]:
        if note not in self._calls:
            places = self._chapter.calls[note]
            self._calls[note] = (place for place in places if place.file == self._file)
        return self._calls[note]


def _add_mark(aside: Element, mark: str, *, generated: bool) -> None:
    """Put the mark before the first words of a note, on their line if they are a paragraph's."""
    if not len(aside) or aside[0].tag != _PARAGRAPH:
        aside.insert(0, aside.makeelement(_PARAGRAPH))
    first = aside[0]
    text, first.text = first.text, None
    element = first.makeelement(f"{{{XHTML}}}span", {"class": "mark"})
    element.text = clean(mark)
    if generated:
        element.set("class", "mark generated")
    element.tail = f" {text or ''}"
    first.insert(0, element)
