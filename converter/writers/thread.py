"""The nesting of a thread, derived from its flat tuple of comments, for all writers.

Derived in one pass without recursion, so that a thread may be of any depth and length.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from converter.model import Comment
from converter.walk import thread_numbers

# Comments deeper than this stand level with each other: no screen is wide enough for more.
ON_SCREEN: Final = 12
# The T before the time of day, and its seconds.
_TIME: Final = re.compile(
    r"(?<=\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:(Z|[+-]00:?00)|([+-]\d\d:?\d\d))?"
)


class Entry(NamedTuple):
    """A comment at its place. ``number`` is such as ``9.2.1``, ``depth`` counts from 1."""

    comment: Comment
    number: str
    depth: int
    parent: Comment | None
    parent_number: str
    first_reply: Comment | None


def entries(comments: Sequence[Comment]) -> list[Entry]:
    """Return the comments in printed order, each with its place in the thread.

    A reply stands one level below its parent, an orphan at its printed depth.
    """
    numbers = thread_numbers(comments)
    by_id = {comment.id: comment for comment in comments}
    first: dict[str, Comment] = {}
    depths: dict[str, int] = {}
    for comment in comments:
        above = depths.get(comment.parent or "")
        depths[comment.id] = above + 1 if above else comment.depth if comment.orphan else 1
        if comment.parent:
            first.setdefault(comment.parent, comment)
    return [
        Entry(
            comment,
            numbers[comment.id],
            depths[comment.id],
            by_id.get(comment.parent or ""),
            numbers.get(comment.parent or "", ""),
            first.get(comment.id),
        )
        for comment in comments
    ]


def lineages(thread: Iterable[Entry], *, levels: int) -> dict[str, tuple[str, ...]]:
    """Return what each comment is nested in, as the ids of comments, outermost first.

    Nesting ends at ``levels``: a comment below that stands beside what it answers. An id is
    empty where a comment is missing from the source, as above an orphan, which is not nested
    in the comment that happens to be printed before it.
    """
    found: dict[str, tuple[str, ...]] = {}
    path: tuple[str, ...] = ()
    for entry in thread:
        level = min(entry.depth, levels)
        if entry.parent:
            path = (*found.get(entry.parent.id, ()), entry.parent.id)[: level - 1]
        elif level > 1:
            path = (*path[: level - 2], *[""] * (level - 1 - len(path[: level - 2])))
        else:
            path = ()
        found[entry.comment.id] = path
        path = (*path, entry.comment.id)
    return found


def moment(date: str) -> str:
    """Return an ISO date with its time as people write it; any other as it is."""

    def written(found: re.Match[str]) -> str:
        clock, at_greenwich, offset = found.groups()
        zone = f" UTC{offset or ''}" if at_greenwich or offset else ""
        return f" {clock}{zone}"

    return _TIME.sub(written, date)
