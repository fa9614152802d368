"""A thread of comments as Typst: a level of indentation a level, as far as the measure allows.

A reply stands a level below what it answers down to ``_LEVELS``; deeper ones stand level with
each other. Number and "in reply to" tell the depth everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from converter.address import address
from converter.model import Block, Comment, Paragraph, Rule, Section, Text
from converter.walk import walk
from converter.words import Words
from converter.writers.thread import Entry, entries, moment
from converter.writers.typst.blocks import blocks
from converter.writers.typst.languages import direction
from converter.writers.typst.markup import Code, Markup, call
from converter.writers.typst.scope import Scope

_LEVELS: Final = 6
# See https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates.
_ISOLATE: Final = "\u2066"
_END: Final = "\u2069"
# Headings in comments come below that of the comments.
_HEADING_LEVEL: Final = 3


def thread(comments: Sequence[Comment], scope: Scope) -> Markup:
    """Return all ``comments``, replies nested in levels."""
    names = {comment.id: f"{scope.anchor}-c{place}" for place, comment in enumerate(comments, 1)}
    return Markup("\n".join(_lines(entries(comments), names, scope)))


def _lines(thread: Sequence[Entry], names: Mapping[str, str], scope: Scope) -> Iterator[str]:
    reached = 1
    for entry in thread:
        level = min(entry.depth, _LEVELS)
        # An orphan does not hang under the stranger who happens to be printed before it.
        kept = min(reached, 1 if entry.comment.orphan else level)
        yield from ["]"] * (reached - kept)
        yield from ["#replies["] * (level - kept)
        reached = level
        yield _comment(entry, names, scope)
    yield from ["]"] * (reached - 1)


def _comment(entry: Entry, names: Mapping[str, str], scope: Scope) -> Markup:
    comment = entry.comment
    before, _, after = scope.words.in_reply_to.partition("{author}")
    turned = scope.turn(comment.children)
    return call(
        "comment",
        blocks(_elements(comment), scope, level=_HEADING_LEVEL),
        id_=names[comment.id],
        number=entry.number,
        kind=scope.words.kind(comment.kind) if comment.kind != "comment" else None,
        author=comment.author,
        date=_date(comment, scope.words),
        url=address(comment.url or ""),
        likes=None if comment.likes is None else scope.words.likes(comment.likes),
        notice=scope.words.orphan if comment.orphan else None,
        reply=before or None,
        answers=_answered(entry),
        answered=after or None,
        to=names[entry.parent.id] if entry.parent else None,
        dir_=Code(turned) if turned else None,
    )


def _elements(comment: Comment) -> tuple[Block, ...]:
    """Return what is in ``comment``, at least a paragraph.

    Typst takes a group in which nothing has a tag for a picture, which it wants a text for.
    """
    bare = all(isinstance(node, Rule | Section) for node in walk(comment.children))
    return (*comment.children, Paragraph(())) if bare else comment.children


def _date(comment: Comment, words: Words) -> str | None:
    """Return the date, which is, as on the web, the link to where the comment was published."""
    if comment.date:
        return moment(comment.date)
    return words.permalink if address(comment.url or "") else None


def _answered(entry: Entry) -> str | None:
    """Return who is answered; with a number where that of the reply does not show which one."""
    if entry.parent is None:
        return None
    author = entry.parent.author
    if author and "+" in entry.number:
        number = f"({entry.parent_number})"
        # Behind a name that runs leftward, lines that divide it would have its parts in disorder.
        is_apart = direction((Text(author),)) == "rtl"
        return f"{author} {_ISOLATE}{number}{_END}" if is_apart else f"{author} {number}"
    return author or entry.parent_number
