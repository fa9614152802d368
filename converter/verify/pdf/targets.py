"""Where the links of a PDF lead: it names points on pages, not what stands there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from converter.verify.pdf.content import Content, Placed
from converter.verify.pdf.pages import Spot

# A link leads to the top of a box, which is above the text in it, in points.
_FAR: Final = 24.0
# As much for headings, whose letters may be large.
_HIGH: Final = 36.0
# What stands on one line is no farther above or below, in points.
_NEAR: Final = 5.0
# Less than from line to line of notes.
_BESIDE: Final = 3.0
# What begins at one height differs by less, and columns are farther apart, in points.
_LEVEL: Final = 8.0
_APART: Final = 40.0
# What stands before a line, such as the number of a note, is no farther from it, and columns are
# farther from each other, in points.
_HANGING: Final = 14.0
# How much it counts for what begins a line that it stands in another column.
_ASIDE: Final = 0.02


class Targets:
    """Finds notes, calls and comments by the spots that links lead to.

    Links to notes and comments lead ``above`` them, in points.
    """

    def __init__(self, content: Content, *, above: float = 0.0) -> None:
        self._above = above
        self._notes = _by_page(content.note_spots)
        self._calls = _by_page(call for call, _ in content.calls)
        self._comments = _by_page(content.comment_spots)
        self._headings = _by_page(content.heading_spots)
        self._labels = _by_page(content.label_spots)
        self._blocks = _by_page(content.block_spots)

    def note(self, spot: Spot | None) -> str:
        """Return the key of the note that stands at ``spot``, empty if there is none."""
        return _nearest(self._notes, self._lowered(spot), across=_ASIDE)

    def call(self, spot: Spot | None) -> str:
        """Return the key of the call that stands at ``spot``."""
        found = _nearest(self._calls, spot, across=1.0)
        return found or (self._first_below(spot) if self._above else "")

    def _first_below(self, spot: Spot | None) -> str:
        """Return the key of the call that begins the next line.

        Links of Typst to what begins a line lead to the end of the line before.
        """
        placed = self._calls.get(spot.page, ()) if spot else ()
        below = [
            (round(spot.y - each.spot.y), each.spot.x, each.key)
            for each in placed
            if spot and _NEAR < spot.y - each.spot.y < _FAR and each.spot.x < spot.x
        ]
        return min(below)[2] if below else ""

    def comment(self, spot: Spot | None) -> str:
        """Return the key of the comment that stands at ``spot``."""
        return _nearest(self._comments, self._lowered(spot), across=_ASIDE)

    def headings(self, spot: Spot) -> Iterator[str]:
        """Yield what the headings say that stand at ``spot``."""
        for each in self._headings.get(spot.page, ()):
            if abs(each.spot.y - spot.y) < _HIGH:
                yield each.key

    def note_or_text(self, spot: Spot) -> str:
        """Return the key of the note that a link leads to which is no call.

        Such links of Typst may lead to its text, not above it.
        """
        return _nearest(self._notes, spot, across=_ASIDE, far=_BESIDE) or self.note(spot)

    def page(self, spot: Spot) -> str | None:
        """Return the label of the page of the source that begins at ``spot``, None if none does."""
        lowered = self._lowered(spot)
        return _nearest(self._labels, lowered, across=_ASIDE) or None

    def block(self, spot: Spot) -> str:
        """Return the key of the block of running text that begins at ``spot`` or below it.

        Of those that begin at one height, that in the column which begins there.
        """
        text = spot.y - self._above
        below = [
            (abs(text - each.spot.y), each.spot.x - spot.x, each.key)
            for each in self._blocks.get(spot.page, ())
            if each.spot.y < spot.y + _NEAR
        ]
        nearest = min(below, default=(0.0, 0.0, ""))[0]
        level = [
            (across < -_APART, abs(across) // _APART, away, key)
            for away, across, key in below
            if away < nearest + _LEVEL
        ]
        return min(level)[-1] if level else ""

    def _lowered(self, spot: Spot | None) -> Spot | None:
        return spot and spot._replace(y=spot.y - self._above)


Pages = dict[int, list[Placed]]


def _by_page(placed: Iterable[Placed]) -> Pages:
    found: Pages = defaultdict(list)
    for each in placed:
        found[each.spot.page].append(each)
    return found


def _nearest(pages: Pages, spot: Spot | None, *, across: float, far: float = _FAR) -> str:
    """Return the key of what is nearest, and not ``far`` away.

    ``across`` says how much places in a line count. Links lead to the left of what they lead to,
    also if it runs leftward: it is in no column that ends before.
    """
    if spot is None:
        return ""
    distances = [
        (abs(each.spot.y - spot.y) + abs(each.spot.x - spot.x) * across, each.key)
        for each in pages.get(spot.page, ())
        if each.right > spot.x - _HANGING
    ]
    distance, key = min(distances, default=(far, ""))
    return key if distance < far else ""
