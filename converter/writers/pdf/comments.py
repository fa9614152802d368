"""A thread of comments on paper: a rule a level, as far as the measure allows.

Replies are nested in the replies of what they answer down to ``_LEVELS``; deeper ones stand
level with each other under the last rule, so that no depth squeezes the text or is too deep for
the layout. Number and "in reply to" tell the depth everywhere.
"""

from collections.abc import Sequence
from typing import Final

from converter.model import Comment
from converter.writers.thread import ORPHAN_NOTICE, Entry, entries, likes
from converter.writers.xhtml import Element, Hooks, add, add_blocks, add_text

_LEVELS: Final = 6


def add_thread(parent: Element, comments: Sequence[Comment], hooks: Hooks, *, anchor: str) -> None:
    """Append all ``comments``; ``anchor`` is the prefix of their ids."""
    names = {comment.id: f"{anchor}-c{place}" for place, comment in enumerate(comments, 1)}
    open_levels = [parent]
    for entry in entries(comments):
        level = min(entry.depth, _LEVELS)
        del open_levels[level:]
        while len(open_levels) < level:
            open_levels.append(add(open_levels[-1], "div", class_="replies"))
        _add_comment(open_levels[-1], entry, names, hooks)


def _add_comment(parent: Element, entry: Entry, names: dict[str, str], hooks: Hooks) -> None:
    comment = entry.comment
    article = add(parent, "article", class_=f"comment {comment.kind}", id=names[comment.id])
    _add_head(article, entry, names)
    if comment.orphan:
        add(article, "p", ORPHAN_NOTICE, class_="orphan generated")
    add_blocks(article, comment.children, hooks, level=5)
    if comment.likes is not None:
        add(article, "p", likes(comment.likes), class_="likes generated")


def _add_head(article: Element, entry: Entry, names: dict[str, str]) -> None:
    """Append the line above a comment: number, author, date, and what it answers."""
    comment = entry.comment
    head = add(article, "p", class_="comment-head")
    add(head, "span", entry.number, class_="number generated")
    if comment.author:
        add_text(head, " ")
        add(head, "span", comment.author, class_="author")
    if comment.date:
        add_text(head, " ")
        add(head, "span", comment.date, class_="date")
    if entry.parent:
        add_text(head, " ")
        answers = add(head, "span", "in reply to ", class_="in-reply-to generated")
        name = entry.parent.author or f"comment {entry.number.rpartition('.')[0]}"
        add(answers, "a", name, href=f"#{names[entry.parent.id]}")
