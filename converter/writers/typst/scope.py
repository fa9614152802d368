"""What a document decides for itself: where notes are printed, where links lead, what is labelled.

A note is printed at the foot of the page that calls it first: its body stands in that call.
Typst carries over to the next page what does not fit, so that no note is too tall.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from converter.model import (
    AnyNode,
    CommentRef,
    Document,
    Image,
    Math,
    Note,
    NoteRef,
    PageBreak,
    Reference,
)
from converter.options import PdfOptions
from converter.report import Report
from converter.walk import calls, thread_numbers
from converter.words import Words
from converter.writers.crowds import crowded
from converter.writers.notes import marks
from converter.writers.page_labels import UNNUMBERED, bracketed
from converter.writers.pictures import Pictures
from converter.writers.targets import PageNames, Targets, target
from converter.writers.typst.formulas import Formulas
from converter.writers.typst.languages import direction
from converter.writers.typst.markup import Markup

# Typst cannot parse what nests deeper than some 200 brackets.
_DEEPEST_NOTE: Final = 8


class Call(NamedTuple):
    """A call of ``note``: the mark it prints and its label.

    ``again`` is the label of the call that has the body of the note in it, None if this one is to
    have it or, where ``linked``, if the body stands at the end of the document.
    """

    note: Note
    mark: str
    name: str
    again: str | None = None
    linked: bool = False


class Break(NamedTuple):
    """The start of a page of the source: what it prints, its label, and that of the one before."""

    label: str
    name: str
    before: str | None


# Makes the body of a note, which stands in the call with the given label, or in none.
Body: TypeAlias = Callable[[Note, "Scope", str | None], Markup]


class Scope:
    """What was met of a document so far; ``anchor`` is the prefix of all its labels."""

    def __init__(
        self,
        document: Document,
        *,
        targets: Targets,
        pictures: Pictures,
        formulas: Formulas,
        words: Words,
        body: Body,
        options: PdfOptions,
        rank: Callable[[int], int],
        loose: Collection[str] = (),
        apart: Collection[str] = (),
        tall: Collection[str] | None = None,
        wide: Collection[str] = (),
    ) -> None:
        self._loose = loose
        self._apart = apart
        self._tall = tall
        self._wide = wide
        self._tables = 0
        self.words: Final = words
        self.anchor: Final = targets[document.id, "", ""]
        self.body: Final = body
        self.options: Final = options
        self.rank: Final = rank
        self.direction: Final = direction([document]) or "ltr"
        self._document = document
        self._targets = targets
        self._pictures = pictures
        self._formulas = formulas
        self._notes = {note.id: note for note in document.notes}
        self._marks = marks(document)
        self._total = calls(document)
        self._crowded = crowded(document, Report())
        self._calls: Counter[str] = Counter()
        self._placed: dict[str, str | None] = {}
        self._depth = 0
        self._pages = PageNames(document, targets)
        self._last_break: str | None = None

    # ---------------------------------------------------------------------- notes

    def call(self, node: NoteRef) -> Call:
        """Return the next call of a note."""
        note = self._notes[node.note]
        self._calls[note.id] += 1
        call = Call(note, self._marks[note.id], self._call(note, self._calls[note.id]))
        if note.id in self._placed:
            body = self._placed[note.id]
            return call._replace(again=body, linked=body is None)
        is_apart = note.id in self._crowded or call.name in self._apart
        return call._replace(linked=is_apart or self._depth >= _DEEPEST_NOTE)

    def is_loose(self, lines: Markup) -> bool:
        """Return whether ``lines`` hold a call around which no lines are kept together."""
        return any(f'at: "{name}"' in lines for name in self._loose)

    def place(self, note: Note, call: str | None) -> None:
        """Note that the body of ``note`` is printed now, in ``call`` or at the document's end."""
        self._placed[note.id] = call
        self._depth += 1

    def leave(self) -> None:
        """Note that the body of the note placed last is complete."""
        self._depth -= 1

    def remaining(self) -> Iterator[Note]:
        """Yield the notes for the end of the document: those that nothing printed yet calls.

        What is placed in the meantime is not yielded again.
        """
        for note in self._document.notes:
            if not self._total[note.id]:
                yield note
        for note in self._document.notes:
            if note.id not in self._placed:
                yield note

    def name(self, note: Note) -> str:
        """Return the label of a note."""
        return self._targets[self._document.id, note.id, ""]

    def mark(self, note: Note) -> str:
        """Return how a note is called in print."""
        return self._marks[note.id]

    def calls_of(self, note: Note) -> tuple[str, ...]:
        """Return the labels of all calls of a note."""
        return tuple(self._call(note, count) for count in range(1, self._total[note.id] + 1))

    def _call(self, note: Note, count: int) -> str:
        return f"{self.name(note)}-call{count}"

    @property
    def in_note(self) -> bool:
        """Whether what is met now is in the body of a note."""
        return self._depth > 0

    def turn(self, nodes: Iterable[AnyNode]) -> str | None:
        """Return the direction in which ``nodes`` are written, None if it is the document's."""
        found = direction(nodes) or self.direction
        return found if found != self.direction else None

    # ---------------------------------------------------------------- all other nodes

    def page_break(self, node: PageBreak) -> Break:
        """Return the next start of a page of the source."""
        name = self._pages.take(node.label)
        before, self._last_break = self._last_break, name
        return Break(bracketed(node.label or UNNUMBERED), name, before)

    def comment(self, node: CommentRef) -> tuple[str, str]:
        """Return number and label of a comment."""
        return self._comments[node.comment]

    def leads_to(self, node: Reference) -> str | None:
        """Return the label of what a reference means, None if the edition does not hold it."""
        return target(node, self._targets)

    def table(self) -> str:
        """Return the name of the next table."""
        self._tables += 1
        return f"{self.anchor}-table{self._tables}"

    def is_tall(self, table: str) -> bool | None:
        """Return whether a row of ``table`` is taller than a page, None if nobody knows."""
        return None if self._tall is None else table in self._tall

    def is_wide(self, table: str) -> bool:
        """Return whether a table is known to be wider than the text."""
        return table in self._wide

    def formula(self, node: Math) -> str | None:
        """Return a formula in Typst's notation, None if it stays its source."""
        return self._formulas.get(node)

    def picture(self, node: Image) -> str | None:
        """Return the path of a picture, None if it cannot be shown."""
        return self._pictures.path(node, self._document)

    @cached_property
    def _comments(self) -> dict[str, tuple[str, str]]:
        numbers = thread_numbers(self._document.comments)
        return {
            comment.id: (numbers[comment.id], f"{self.anchor}-c{place}")
            for place, comment in enumerate(self._document.comments, start=1)
        }
