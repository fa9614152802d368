"""What the page decides for itself: how calls, notes, source pages and pictures show."""

from collections import defaultdict
from functools import cached_property

from converter.model import CommentRef, Document, Image, Note, NoteRef, PageBreak, Reference
from converter.walk import calls, thread_numbers
from converter.words import Words
from converter.writers.data_urls import data_url
from converter.writers.notes import add_backlinks, add_mark, mark_doubt, marks
from converter.writers.page_labels import has_brackets
from converter.writers.targets import PageNames, Targets, target
from converter.writers.xhtml import Element, add, add_blocks, clean, name_by


class HtmlHooks:
    """The hooks of one document, ``anchor`` being the prefix of all its ids."""

    def __init__(self, document: Document, targets: Targets, words: Words) -> None:
        self.words = words
        self.anchor = targets[document.id, "", ""]
        self._document = document
        self._targets = targets
        self._notes = {note.id: targets[document.id, note.id, ""] for note in document.notes}
        self._marks = marks(document)
        self._total = calls(document)
        self._calls: defaultdict[str, int] = defaultdict(int)
        self._pages = PageNames(document, targets)

    def note_call(self, parent: Element, node: NoteRef) -> None:
        """Append a call: a link to the note, and over it a button that lets the note pop up.

        Where there are no pop-overs the style sheet hides the button, and the link is left. For
        those who hear the page or use the keyboard it is the link everywhere.
        See https://html.spec.whatwg.org/#the-popover-attribute.
        """
        name = self._notes[node.note]
        self._calls[node.note] += 1
        sup = add(parent, "sup", class_="call")
        call = add(sup, "a", self._marks[node.note], href=f"#{name}", role="doc-noteref")
        call.set("id", _call_id(name, self._calls[node.note]))
        mark_doubt(call, node)
        button = add(sup, "button", type="button", popovertarget=name)
        button.set("tabindex", "-1")
        button.set("aria-hidden", "true")

    def comment(self, node: CommentRef) -> tuple[str, str]:
        return self._comments[node.comment]

    def page_break(self, parent: Element, node: PageBreak) -> None:
        """Append the start of a page: seen through the style sheet, heard through its label."""
        name = self._pages.take(node.label)
        label = node.label if node.label.strip() else self.words.unnumbered
        mark = add(parent, "span", role="doc-pagebreak", aria_label=label, id=name)
        mark.set("class", "pagebreak bracketed" if has_brackets(node.label) else "pagebreak")
        mark.set("title", clean(node.label))

    def href(self, node: Reference) -> str | None:
        name = target(node, self._targets)
        return f"#{name}" if name else None

    def image(self, node: Image) -> str | None:
        return data_url(node, self._document)

    def add_note(self, parent: Element, note: Note) -> None:
        """Append a note with its mark on its first line and a way back to each of its calls.

        It is its own pop-over: the style sheet shows it in the list until a call opens it.
        """
        name = self._notes[note.id]
        aside = add(parent, "aside", class_="note", id=name, role="doc-footnote")
        name_by(aside, note.id)
        count = self._total[note.id]
        if count:
            aside.set("popover", "auto")
        add_blocks(aside, note.children, self, level=6)
        add_mark(aside, self._marks[note.id], generated=not note.label)
        back = [f"#{_call_id(name, call)}" for call in range(1, count + 1)]
        add_backlinks(aside, self._marks[note.id], back, self.words)

    @cached_property
    def comments(self) -> dict[str, str]:
        """The id of each comment, by that of the model."""
        return {
            comment.id: f"{self.anchor}-c{place}"
            for place, comment in enumerate(self._document.comments, start=1)
        }

    @cached_property
    def _comments(self) -> dict[str, tuple[str, str]]:
        numbers = thread_numbers(self._document.comments)
        return {name: (numbers[name], f"#{anchor}") for name, anchor in self.comments.items()}


def _call_id(note: str, call: int) -> str:
    return f"{note}-call{call}"
