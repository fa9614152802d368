"""Who answers whom: parents, depths, and the replies whose parent is missing."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from converter.readers.text.comments.outline import Outline


class Start(NamedTuple):
    """Where a comment begins: a piece, and the column of its marker.

    ``lost`` says that a filter took the line of the marker, and only the text is left.
    """

    piece: int
    column: int
    lost: bool = False


class Place(NamedTuple):
    """Where a comment stands: where it begins, its depth, and the comment it answers.

    ``parent`` is a position among the places. An orphan answers a comment that is missing.
    """

    start: Start
    depth: int
    parent: int | None = None
    orphan: bool = False


def find_starts(
    outline: Outline, comments: Container[int], *, step: int, traced: bool
) -> Iterator[Start]:
    """Yield where comments begin: at ``comments``, and where text stands that is in none.

    Text left of the latest comment, or two levels to the right of it below a trace, lost the
    line with its marker: a line of a number alone, or of a single word.
    """
    latest = None
    for index, piece in enumerate(outline.pieces):
        if index in comments:
            latest = Start(index, piece.column)
        elif piece.trace:
            continue
        elif latest is None or _is_outside(outline, index, latest, step=step, traced=traced):
            latest = Start(index, max(piece.column - step, 0), lost=True)
        else:
            continue
        yield latest


def _is_outside(outline: Outline, index: int, latest: Start, *, step: int, traced: bool) -> bool:
    """Whether the text at ``index`` cannot belong to the comment that begins at ``latest``."""
    piece = outline.pieces[index]
    if step < piece.column <= latest.column:
        return True
    return traced and piece.gap > 1 and piece.column >= latest.column + 2 * step


def find_places(outline: Outline, starts: Iterable[Start], *, step: int) -> tuple[Place, ...]:
    """Return the places of the comments that begin at ``starts``, in printed order.

    A reply answers the comment one level to its left. Where there is none, a level is missing;
    and where that comment has had its replies already, the numbers beginning anew say that
    these answer another one that is missing.
    """
    places: list[Place] = []
    open_places: list[int] = []
    replies: dict[int, tuple[int, int | None]] = {}
    strangers: set[int] = set()
    for start in starts:
        depth = max(1, start.column // step)
        while open_places and places[open_places[-1]].depth >= depth:
            open_places.pop()
        parent = open_places[-1] if open_places else None
        missing = depth > 1 and (parent is None or places[parent].depth != depth - 1)
        if parent is not None and not missing and not start.lost:
            reply = (outline.list_of[start.piece], outline.pieces[start.piece].number)
            missing = reply[0] in strangers or _restarts(replies.get(parent), reply)
            if missing:
                strangers.add(reply[0])
            else:
                replies[parent] = reply
        open_places.append(len(places))
        places.append(Place(start, depth, None if missing else parent, missing))
    return tuple(places)


def _restarts(last: tuple[int, int | None] | None, reply: tuple[int, int | None]) -> bool:
    """Whether ``reply`` (its list and number) cannot be a sibling of the ``last`` one."""
    if last is None or last[0] == reply[0]:
        return False
    return last[1] is not None and reply[1] is not None and reply[1] <= last[1]
