"""Which notes of a document become footnotes, and which of their calls must be links.

Renderers show a footnote that is called, and count footnotes in the order of their first calls.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from converter.model import AnyNode, Document, NoteRef
from converter.walk import walk


class Plan(Protocol):
    """What becomes of the notes of a document.

    ``footnotes`` and ``listed`` are their ids in the order of the document, ``calls`` the calls of
    footnotes in the order of the file, ``marks`` what the source printed, by id. ``order`` counts
    footnotes in the order of their first calls, from 1. Calls that are links lead to ``targets``.
    """

    footnotes: tuple[str, ...]
    listed: tuple[str, ...]
    calls: tuple[str, ...]
    marks: dict[str, str]
    order: dict[str, int]
    targets: frozenset[str]

    def is_footnote_call(self, note: str, *, within: str) -> bool:
        """Return whether ``[^note]`` works in the note ``within`` (empty: in the text)."""

    def confidence(self, note: str) -> str:
        """Return how sure the calls of a note are: one number for all, or one each, or ""."""

    def is_alone(self, note: str, number: int) -> bool:
        """Return whether the one call of a note, and nothing else, is the ``number``-th."""


class PandocPlan:
    """The plan for pandoc.

    To it, a footnote that no running text calls is none, and a call within another is text. So
    notes called from nowhere else are ``listed``, and the calls within footnotes are links.
    """

    def __init__(self, document: Document) -> None:
        refs = _calls_of_text(document)
        direct = {ref.note for ref in refs}
        self.marks = {note.id: note.label for note in document.notes}
        self.footnotes = tuple(note for note in self.marks if note in direct)
        self.listed = tuple(note for note in self.marks if note not in direct)
        self._names = frozenset(self.footnotes)
        bodies = {note.id: _calls([note]) for note in document.notes}
        refs += (ref for note in self.listed for ref in bodies[note] if ref.note in direct)
        self.calls = tuple(ref.note for ref in refs if ref.note in self.marks)
        self.order = _first(self.calls)
        self._sure: dict[str, list[float]] = defaultdict(list)
        for ref in refs:
            self._sure[ref.note].append(ref.confidence)
        self.targets = frozenset(ref.note for note in self.footnotes for ref in bodies[note])
        called_once = {call for call, count in Counter(self.calls).items() if count == 1}
        self._alone = called_once - self.targets

    def confidence(self, note: str) -> str:
        sure = self._sure[note]
        shown = sure[:1] if len(set(sure)) == 1 else sure
        return "" if set(shown) <= {1.0} else " ".join(map(str, shown))

    def is_alone(self, note: str, number: int) -> bool:
        return note in self._alone and self.calls[number - 1 : number] == (note,)

    def is_footnote_call(self, note: str, *, within: str) -> bool:
        return note in self._names and within not in self._names


class ForgePlan:
    """The plan for forges, which let footnotes call each other.

    Calls never go in a circle, on which some programs would go round forever: the one that would
    close it is a link. A note that is called from nowhere is ``listed``, and what only it calls
    are footnotes.
    """

    def __init__(self, document: Document) -> None:
        self.marks = {note.id: note.label for note in document.notes}
        self._bodies = {note.id: [ref.note for ref in _calls([note])] for note in document.notes}
        self._reached: set[str] = set()
        self._circular: set[tuple[str, str]] = set()
        text = [ref.note for ref in _calls_of_text(document) if ref.note in self.marks]
        for note in text:
            self._reach(note)
        listed = frozenset(self._unreached())
        self.listed = tuple(note for note in self.marks if note in listed)
        self.footnotes = tuple(note for note in self.marks if note not in listed)
        self._names = frozenset(self.footnotes)
        order = (*self.listed, *self.footnotes)
        calls = [(note, call) for note in order for call in self._bodies[note]]
        works = [call for note, call in calls if self.is_footnote_call(call, within=note)]
        self.calls = (*text, *works)
        self.order = _first(self.calls)
        self.targets = frozenset(
            call for note, call in calls if not self.is_footnote_call(call, within=note)
        )

    def is_footnote_call(self, note: str, *, within: str) -> bool:
        return note in self._names and (within, note) not in self._circular

    def confidence(self, note: str) -> str:  # noqa: ARG002 - a forge says nothing of it
        return ""

    def is_alone(self, note: str, number: int) -> bool:  # noqa: ARG002 - a forge has no anchors
        return False

    def _unreached(self) -> Iterator[str]:
        """Yield the notes that are called from nowhere, then one of each circle among the rest."""
        called = {call for note, calls in self._bodies.items() for call in calls if call != note}
        for note in sorted(self.marks, key=lambda note: note in called):
            if note not in self._reached:
                yield note
                self._reach(note)

    def _reach(self, start: str) -> None:
        """Note what can be reached from ``start``, and the calls that would close a circle."""
        if start in self._reached:
            return
        self._reached.add(start)
        stack = [(start, iter(self._bodies[start]))]
        while stack:
            note, calls = stack[-1]
            call = next(calls, None)
            if call is None:
                stack.pop()
            elif any(call == above for above, _ in stack):
                self._circular.add((note, call))
            elif call not in self._reached and call in self._bodies:
                self._reached.add(call)
                stack.append((call, iter(self._bodies[call])))


class HugoPlan:
    """The plan for Hugo, where links cannot lead to notes: all are footnotes, circles and all.

    What is called from nowhere is called in a list of its own, where it is ``listed``.
    """

    def __init__(self, document: Document) -> None:
        self.marks = {note.id: note.label for note in document.notes}
        self.footnotes = tuple(self.marks)
        within = [ref.note for ref in _calls(document.notes)]
        text = [ref.note for ref in _calls_of_text(document)]
        self.listed = ForgePlan(document).listed
        calls = (*text, *self.listed, *within)
        self.calls = tuple(call for call in calls if call in self.marks)
        self.order = _first(self.calls)
        self.targets: frozenset[str] = frozenset()

    def is_footnote_call(self, note: str, *, within: str) -> bool:  # noqa: ARG002 - all calls are
        return note in self.marks

    def confidence(self, note: str) -> str:  # noqa: ARG002 - a site says nothing of it
        return ""

    def is_alone(self, note: str, number: int) -> bool:  # noqa: ARG002 - a site has no anchors
        return False


def _first(calls: Iterable[str]) -> dict[str, int]:
    return {note: place for place, note in enumerate(dict.fromkeys(calls), start=1)}


def _calls_of_text(document: Document) -> list[NoteRef]:
    head = (*document.front, *document.title, *document.subject)
    return _calls([*head, *document.children, *document.comments])


def _calls(nodes: Iterable[AnyNode]) -> list[NoteRef]:
    return [node for node in walk(nodes) if isinstance(node, NoteRef)]
