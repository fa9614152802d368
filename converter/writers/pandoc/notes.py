"""Which notes are footnotes, and where: each stands at its first call from the text.

No format nests footnotes. A note called in another becomes the next footnote behind it; its call
there is a link. Notes that nothing in the text leads to are listed below it.
"""

from collections.abc import Iterator, Sequence

from converter.model import AnyNode, Document, Note, NoteRef
from converter.walk import body, walk
from converter.writers.notes import marks


class Notes:
    """The notes of one document, and which of them have been placed so far."""

    def __init__(self, document: Document) -> None:
        self.by_id = {note.id: note for note in document.notes}
        self.marks = marks(document)
        self.footnotes = _reached([*body(document), *document.comments], self.by_id)
        self._placed: set[str] = set()
        self._waiting: list[str] = []

    def place(self, name: str) -> Note | None:
        """Return the note ``name``, which is placed now, None if it has been before."""
        if name in self._placed:
            return None
        self._placed.add(name)
        return self.by_id[name]

    def await_placing(self, name: str) -> None:
        """Remember a note that was called in another, to be placed behind that one."""
        self._waiting.append(name)

    def waiting(self) -> Iterator[Note]:
        """Yield the notes that wait to be placed, which are placed with that."""
        while self._waiting:
            note = self.place(self._waiting.pop(0))
            if note:
                yield note

    def listed(self) -> tuple[Note, ...]:
        """Return the notes that are no footnotes."""
        return tuple(note for note in self.by_id.values() if note.id not in self.footnotes)


def _reached(nodes: Sequence[AnyNode], notes: dict[str, Note]) -> frozenset[str]:
    """Return the ids of the notes that ``nodes`` call, and those that these call in turn."""
    found: dict[str, Note] = {}
    waiting = list(nodes)
    while waiting:
        calls = [node.note for node in walk(waiting) if isinstance(node, NoteRef)]
        fresh = {name: notes[name] for name in calls if name in notes and name not in found}
        found |= fresh
        waiting = list(fresh.values())
    return frozenset(found)
