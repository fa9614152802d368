"""The nesting of a thread, derived from its flat tuple of comments, for all writers.

Derived in one pass without recursion, so that a thread may be of any depth and length.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from converter.model import Comment
from converter.walk import thread_numbers

ORPHAN_NOTICE: Final = "The comment it answers is missing from the source."


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


def likes(count: int) -> str:
    """Return a like count in words."""
    return f"Liked by {count} {'person' if count == 1 else 'people'}"
