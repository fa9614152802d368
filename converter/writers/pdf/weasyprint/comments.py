"""A thread of comments on paper: a rule a level, as far as the measure allows.

A reply is nested in what it answers down to ``_LEVELS``; deeper ones stand level with each other
under the last rule, so that no depth squeezes the text or is too deep for the layout. Number and
"in reply to" tell the depth everywhere.
"""

from collections.abc import Sequence
from typing import Final

from converter.model import Comment
from converter.writers.articles import add_comment
from converter.writers.thread import entries
from converter.writers.xhtml import Element, Hooks, add

_LEVELS: Final = 6


def add_thread(parent: Element, comments: Sequence[Comment], hooks: Hooks, *, anchor: str) -> None:
    """Append all ``comments``; ``anchor`` is the prefix of their ids."""
    names = {comment.id: f"{anchor}-c{place}" for place, comment in enumerate(comments, 1)}
    levels = [parent]
    for entry in entries(comments):
        level = min(entry.depth, _LEVELS)
        # An orphan does not hang under the stranger who happens to be printed before it.
        del levels[1 if entry.comment.orphan else level :]
        while len(levels) < level:
            levels.append(add(levels[-1], "div", class_="replies"))
        add_comment(
            levels[-1],
            entry,
            hooks,
            name=names[entry.comment.id],
            locate=lambda other: f"#{names[other.id]}",
        )
