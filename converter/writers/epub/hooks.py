"""What the EPUB decides for itself: how calls, notes, source pages and pictures show."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from converter.model import CommentRef, Image, Note, NoteRef, PageBreak, Reference
from converter.walk import thread_numbers
from converter.words import Words
from converter.writers.epub.pictures import Pictures
from converter.writers.epub.places import Chapter, Page, Place
from converter.writers.epub.skeleton import add_typed
from converter.writers.notes import add_backlinks, add_mark, mark_doubt
from converter.writers.page_labels import has_brackets
from converter.writers.xhtml import Element, add, add_blocks, clean, name_by


class EpubHooks:
    """The hooks of one file. Calls and pages are met in the order in which they were planned."""

    def __init__(
        self,
        file: str,
        chapter: Chapter,
        chapters: Mapping[str, Chapter],
        *,
        pictures: Pictures,
        words: Words,
    ) -> None:
        self.words = words
        self._file = file
        self._chapter = chapter
        self._chapters = chapters
        self._pictures = pictures
        self._calls: dict[str, Iterator[Place]] = {}
        self._pages: Iterator[Page] = iter(chapter.pages_by_file[file])

    def note_call(self, parent: Element, node: NoteRef) -> None:
        """Append a call: ``epub:type`` makes it a pop-up, ``role`` tells it to screen readers.

        Apple Books needs no more (https://help.apple.com/itc/booksassetguide/en.lproj/static.html).
        Kobo's e-readers and iOS show what is linked in a box, its other apps go there
        (https://github.com/kobolabs/epub-spec). Thorium shows what is in the same file and goes to
        what is in another (https://github.com/edrlab/thorium-reader/issues/1606): notes stand in
        the file that calls them first.
        """
        target = self._chapter.notes[node.note]
        place = next(self._calls_of(node.note))
        sup = add(parent, "sup", class_="call")
        call = add_typed(sup, "a", "noteref", self._chapter.marks[node.note], role="doc-noteref")
        call.set("id", place.anchor)
        mark_doubt(call, node)
        call.set("href", target.href(self._file))

    def comment(self, node: CommentRef) -> tuple[str, str]:
        place = self._chapter.comments[node.comment]
        return self._numbers[node.comment], place.href(self._file)

    def page_break(self, parent: Element, node: PageBreak) -> None:
        """Append the start of a page: seen through the style sheet, heard through its label."""
        page = next(self._pages)
        name = page.name(self.words)
        mark = add_typed(parent, "span", "pagebreak", role="doc-pagebreak", aria_label=name)
        mark.set("class", "pagebreak bracketed" if has_brackets(node.label) else "pagebreak")
        mark.set("title", clean(node.label))
        mark.set("id", page.place.anchor)

    def href(self, node: Reference) -> str | None:
        chapter = self._chapters.get(node.document)
        return chapter.find(node, self._file) if chapter else None

    def image(self, node: Image) -> str | None:
        return self._pictures.href(node, self._chapter.document)

    def add_note(self, parent: Element, note: Note) -> None:
        """Append a note with its mark on its first line and a way back to each of its calls.

        Apple Books and Thorium hide an aside that is a footnote, since it pops up
        (https://github.com/edrlab/thorium-reader/issues/2596). A note that nobody calls would
        never be seen there: it is no aside. The id is that of the whole note, as what is linked
        is what pops up. Kindle's publishing guidelines recommend links both ways. In pop-ups
        Thorium leaves out what is a backlink by its role: nothing but the arrow may be in it
        (https://github.com/edrlab/thorium-reader/issues/2478).
        """
        calls = self._chapter.calls[note.id]
        if calls:
            aside = add_typed(parent, "aside", "footnote", role="doc-footnote", class_="note")
        else:
            aside = add(parent, "div", role="doc-footnote", class_="note uncalled")
        aside.set("id", self._chapter.notes[note.id].anchor)
        name_by(aside, note.id)
        if len(self._chapter.files) > 1:
            # Among several files notes stand where they are called, not in their own order.
            aside.set("data-position", str(self._positions[note.id]))
        add_blocks(aside, note.children, self, level=3)
        mark = self._chapter.marks[note.id]
        add_mark(aside, mark, generated=not note.label)
        add_backlinks(aside, mark, [place.href(self._file) for place in calls], self.words)

    @cached_property
    def _positions(self) -> dict[str, int]:
        notes = self._chapter.document.notes
        return {note.id: position for position, note in enumerate(notes, start=1)}

    @cached_property
    def _numbers(self) -> dict[str, str]:
        return thread_numbers(self._chapter.document.comments)

    def _calls_of(self, note: str) -> Iterator[Place]:
        if note not in self._calls:
            places = self._chapter.calls[note]
            self._calls[note] = (place for place in places if place.file == self._file)
        return self._calls[note]
