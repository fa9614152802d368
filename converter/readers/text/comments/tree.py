"""Who answers whom: parents, depths, and the replies whose parent is missing."""

from collections.abc import Sequence
from typing import NamedTuple

from converter.readers.text.comments.outline import Outline


class Place(NamedTuple):
    """Where a comment stands: the piece it begins with, its depth, and the comment it answers.

    ``parent`` is a position among the places. An orphan answers a comment that is missing.
    """

    piece: int
    depth: int
    parent: int | None = None
    orphan: bool = False
    restarts: bool = False


def find_places(outline: Outline, comments: Sequence[int], *, step: int) -> tuple[Place, ...]:
    """Return the places of ``comments``, the pieces that begin one, in printed order.

    A reply answers the comment one level to its left. Where there is none, a level is missing;
    and where that comment has had its replies already, the numbers beginning anew say that
    these answer another one that is missing.
    """
    places: list[Place] = []
    open_places: list[int] = []
    replies: dict[int, int] = {}
    for index in comments:
        depth = max(1, outline.pieces[index].column // step)
        while open_places and places[open_places[-1]].depth >= depth:
            open_places.pop()
        parent = open_places[-1] if open_places else None
        number = outline.list_of[index]
        missing = depth > 1 and (parent is None or places[parent].depth != depth - 1)
        if parent is not None and not missing:
            missing = replies.setdefault(parent, number) != number and _begins(outline, index)
        open_places.append(len(places))
        places.append(Place(index, depth, None if missing else parent, missing))
    return tuple(places)


def _begins(outline: Outline, index: int) -> bool:
    """Whether the item ``index`` is of a list that begins anew."""
    first = outline.lists[outline.list_of[index]][0]
    return outline.pieces[first].number == 1
