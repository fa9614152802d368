"""What the PDF decides for itself: where notes stand, how source pages and pictures show.

A note stands at the foot of the page that calls it first: its body follows the call as an
element with ``float: footnote``. Notes in ``moved`` are too tall for that and stand at the end
of their document, as do those never called and those of which a paragraph calls too many. Marks
are the source's, not the CSS counter, which counts a note inside a note first.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from converter.model import (
    CommentRef,
    Document,
    Image,
    Note,
    NoteRef,
    PageBreak,
    Picture,
    Reference,
)
from converter.report import Report
from converter.walk import calls, thread_numbers
from converter.words import Words
from converter.writers.crowds import crowded
from converter.writers.notes import first_paragraph, last_paragraph, lead_in, marks
from converter.writers.page_labels import UNNUMBERED, bracketed
from converter.writers.pictures import picture_of
from converter.writers.targets import PageNames, Targets, target
from converter.writers.xhtml import Element, add, add_blocks, add_text, clean

# What the addresses of pictures begin with: they are no files, and nothing else is so called.
PICTURE: Final = "picture:"


class PdfHooks:
    """The hooks of one document, ``anchor`` being the prefix of all its ids."""

    def __init__(
        self,
        document: Document,
        targets: Targets,
        report: Report,
        words: Words,
        *,
        moved: frozenset[str] = frozenset(),
    ) -> None:
        self.words = words
        self.anchor = targets[document.id, "", ""]
        self.pictures: dict[str, Picture] = {}
        self._document = document
        self._targets = targets
        self._report = report
        self._moved = moved
        self._crowded = crowded(document, report)
        self._notes = {note.id: note for note in document.notes}
        self._names = {note.id: targets[document.id, note.id, ""] for note in document.notes}
        self._marks = marks(document)
        self._calls = dict.fromkeys(self._notes, 0)
        self._total = calls(document)
        self._waiting: list[Note] = []
        self._placed: set[str] = set()
        self._inside_note = False
        self._pages = PageNames(document, targets)

    def note_call(self, parent: Element, node: NoteRef) -> None:
        note = self._notes[node.note]
        self._calls[note.id] += 1
        follows = _ends_with_call(parent)
        call = add(parent, "sup", id=self._call_id(note, self._calls[note.id]), class_="call")
        if follows:
            call.set("data-follows", "call")
        add(call, "a", self._marks[note.id], href=f"#{self._names[note.id]}")
        if self._calls[note.id] == 1 and note.id not in self._placed | self._crowded:
            self._waiting.append(note)
        if not self._inside_note:
            self._add_footnotes(parent)

    def comment(self, node: CommentRef) -> tuple[str, str]:
        return self._comments[node.comment]

    def page_break(self, parent: Element, node: PageBreak) -> None:
        name = self._pages.take(node.label)
        mark = add(parent, "span", class_="pagebreak", id=name)
        add(mark, "span", bracketed(node.label or UNNUMBERED), class_="label")

    def href(self, node: Reference) -> str | None:
        name = target(node, self._targets)
        return f"#{name}" if name else None

    def image(self, node: Image) -> str | None:
        picture = picture_of(node, self._document)
        if picture is None:
            return None
        self.pictures[f"{PICTURE}{picture.name}"] = picture
        return f"{PICTURE}{picture.name}"

    def remaining(self) -> Iterator[Note]:
        """Yield the notes for the end of the document: moved, or never called from its text.

        What ``add_note`` places in the meantime is not yielded again.
        """
        for note in self._document.notes:
            if not self._total[note.id] or self._names[note.id] in self._moved:
                yield note
        for note in self._document.notes:
            if note.id not in self._placed:
                yield note

    def add_note(self, parent: Element, note: Note) -> None:
        """Append a note with its mark, which leads back to the call, on its first line."""
        element = add(parent, "div", class_="note", id=self._names[note.id])
        self._add_body(element, note)
        self._add_footnotes(last_paragraph(element))
        if self._names[note.id] in self._moved:
            text = f"note {self._marks[note.id]} is too tall for the foot of a page"
            self._report.info("note-moved", f"{text}: see the document's end", prov=note.prov)

    def _add_footnotes(self, parent: Element) -> None:
        """Append the notes that were called, each followed by those called inside it.

        They do not stand inside one another: footnotes inside footnotes come out of order.
        """
        while self._waiting:
            self._add_footnote(parent, self._waiting.pop(0))

    def _add_footnote(self, parent: Element, note: Note) -> None:
        name = self._names[note.id]
        footnote = add(parent, "div", class_="footnote")
        if name in self._moved:
            footnote.set("id", f"{name}-pointer")
            pointer = add(footnote, "p", class_="generated")
            self._add_mark(pointer, note)
            before, _, after = self.words.moved_note.partition("{page}")
            add_text(pointer, before)
            self._add_page_of(pointer, name)
            add_text(pointer, after)
        else:
            footnote.set("id", name)
            self._add_body(footnote, note)

    def _add_body(self, element: Element, note: Note) -> None:
        self._placed.add(note.id)
        self._inside_note = True
        add_blocks(element, note.children, self, level=6)
        self._inside_note = False
        first = first_paragraph(element)
        lead_in(first, self._add_mark(first, note))
        self._add_further_calls(element, note)

    def _add_mark(self, parent: Element, note: Note) -> Element:
        mark = add(parent, "span", class_="mark")
        if self._total[note.id]:
            add(mark, "a", self._marks[note.id], href=f"#{self._call_id(note, 1)}")
        else:
            mark.text = clean(self._marks[note.id])
        return mark

    def _add_further_calls(self, element: Element, note: Note) -> None:
        """Append the ways back to all calls but the first, to which the mark leads."""
        further = range(2, self._total[note.id] + 1)
        if not further:
            return
        last = last_paragraph(element)
        add_text(last, " ")
        before, _, after = self.words.also_called.partition("{pages}")
        text = add(last, "span", before, class_="generated")
        for call in further:
            add_text(text, ", " if call > further.start else "")
            self._add_page_of(text, self._call_id(note, call))
        add_text(text, after)

    def _add_page_of(self, parent: Element, name: str) -> None:
        """Append a link that prints the page of what it leads to: the style sheet knows it."""
        place = f"#{name}"
        add(parent, "a", href=place, class_="page-of", data_page=f"{self.words.page}\u00a0")

    @cached_property
    def _comments(self) -> dict[str, tuple[str, str]]:
        """Number and address of each comment. ``add_thread`` gives them their names."""
        numbers = thread_numbers(self._document.comments)
        return {
            comment.id: (numbers[comment.id], f"#{self.anchor}-c{place}")
            for place, comment in enumerate(self._document.comments, start=1)
        }

    def _call_id(self, note: Note, call: int) -> str:
        return f"{self._names[note.id]}-call{call}"


def _ends_with_call(parent: Element) -> bool:
    """Return whether nothing stands in ``parent`` between the last call and what comes next."""
    last = next((each for each in reversed(parent) if each.get("class") != "footnote"), None)
    return last is not None and last.get("class") == "call" and not parent[-1].tail
