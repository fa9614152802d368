"""What stands where a link leads, told by its first words: no ids, which each format has its own.

The model and an edition are read to the same, so that the two can be compared.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from converter.verify.letters import letters
from converter.verify.reading import Note, Passage

# As many letters as tell one text from another, and as many words as surely hold these.
_LETTERS: Final = 40
_WORDS: Final = 60


def opening(passage: Passage, position: int = 0) -> str:
    """Return the first letters of ``passage`` from ``position`` on."""
    ahead = passage._replace(words=passage.words[position : position + _WORDS])
    return letters("".join(ahead.plain()))[:_LETTERS]


class Openings:
    """What stands at the keys of ``notes``, ``pages`` and what ``starts`` in ``body``.

    ``starts`` are positions in ``body`` by key, ``pages`` keys and labels.
    """

    def __init__(
        self,
        body: Passage,
        starts: Mapping[str, int],
        notes: Iterable[Note],
        pages: Iterable[tuple[str, str]],
    ) -> None:
        self._body = body
        self._starts = starts
        self._notes = {note.key: note.passage for note in notes}
        self._pages = dict(pages)

    def at(self, key: str) -> str:
        """Return what stands at ``key``, empty for what is none of these."""
        if key in self._pages:
            return f"page {' '.join(self._pages[key].split())}"
        if key in self._notes:
            return f"note {opening(self._notes[key])}"
        return opening(self._body, self._starts[key]) if key in self._starts else ""
