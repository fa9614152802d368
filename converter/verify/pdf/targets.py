"""Where the links of a PDF lead: it names points on pages, not what stands there."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from converter.verify.pdf.content import Content, Placed
from converter.verify.pdf.pages import Spot

# A link leads to the top of a box, which is above the text in it, in points.
_FAR: Final = 24.0


class Targets:
    """Finds notes, calls and comments by the spots that links lead to."""

    def __init__(self, content: Content) -> None:
        self._notes = _by_page(content.note_spots)
        self._calls = _by_page(call for call, _ in content.calls)
        self._comments = _by_page(content.comment_spots)

    def note(self, spot: Spot | None) -> str:
        """Return the key of the note that stands at ``spot``, empty if there is none."""
        return _nearest(self._notes, spot, across=False)

    def call(self, spot: Spot | None) -> str:
        """Return the key of the call that stands at ``spot``."""
        return _nearest(self._calls, spot, across=True)

    def comment(self, spot: Spot | None) -> str:
        """Return the key of the comment that stands at ``spot``."""
        return _nearest(self._comments, spot, across=False)


Pages = dict[int, list[Placed]]


def _by_page(placed: Iterable[Placed]) -> Pages:
    found: Pages = defaultdict(list)
    for each in placed:
        found[each.spot.page].append(each)
    return found


def _nearest(pages: Pages, spot: Spot | None, *, across: bool) -> str:
    """Return the key of what is nearest; ``across`` says that places in a line count too."""
    if spot is None:
        return ""
    distances = [
        (abs(each.spot.y - spot.y) + (abs(each.spot.x - spot.x) if across else 0), each.key)
        for each in pages.get(spot.page, ())
    ]
    distance, key = min(distances, default=(_FAR, ""))
    return key if distance < _FAR else ""
