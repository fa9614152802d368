"""A thread of comments as the pieces of a file, nested so that who answers whom can be read back.

``markdown`` nests fenced divs, which need no indentation, ``gfm`` nests the items of a list.
Past ``_LEVELS`` a comment stands beside the one it answers and names it, in both.
"""

from collections.abc import Iterator
from typing import Final

from converter.address import address
from converter.model import Comment
from converter.writers.markdown.blocks import blocks
from converter.writers.markdown.escape import attributes
from converter.writers.markdown.pieces import Fragment, Piece, fragment
from converter.writers.markdown.scope import (
    NO_ATTRIBUTES,
    Json,
    Scope,
    generated,
    header,
    para,
    plain,
    raw,
    span,
)
from converter.writers.markdown.wrap import BREAK
from converter.writers.thread import Entry, entries, lineages, moment

_LEVELS: Final = 12
_INDENT: Final = "  "
# In place of the id of a comment whose level is open again, after others were printed.
_STANDS_FOR: Final = "\0"


def thread(scope: Scope, *, level: int) -> Iterator[Piece]:
    """Yield the comments of the document under a heading of ``level``."""
    comments = scope.document.comments
    if not comments:
        return
    yield fragment([header(level, generated([raw(scope.words.comments)], scope))])
    shown = entries(comments)
    around = lineages(shown, levels=_LEVELS)
    write = _items if scope.forge else _fences
    yield from write(shown, around, scope, level + 1)


def _fences(
    shown: list[Entry], around: dict[str, tuple[str, ...]], scope: Scope, level: int
) -> Iterator[Piece]:
    """Yield each comment in a div within that of the comment it answers."""
    opened: tuple[str, ...] = ()
    for entry in shown:
        path = around[entry.comment.id]
        shared = _shared(opened, path)
        yield from (":::" for _ in opened[shared:])
        yield from ("::: missing-comment" for _ in path[shared:])
        beside = _is_beside(entry, path[:shared], path)
        yield f"::: {_attributes(entry, path, scope, beside=beside)}"
        yield fragment(_comment(entry, scope, level, beside=beside))
        opened = _opened(path, shared, entry)
    yield from (":::" for _ in opened)


def _items(
    shown: list[Entry], around: dict[str, tuple[str, ...]], scope: Scope, level: int
) -> Iterator[Piece]:
    """Yield each comment as an item of a list within the item of the comment it answers."""
    opened: tuple[str, ...] = ()
    for entry in shown:
        path = around[entry.comment.id]
        shared = _shared(opened, path)
        for depth in range(shared, len(path)):
            yield _item([para(generated([raw("…")], scope))], depth)
        beside = _is_beside(entry, path[:shared], path)
        yield _item(_comment(entry, scope, level, beside=beside), len(path))
        opened = _opened(path, shared, entry)


def _item(nodes: list[Json], depth: int) -> Fragment:
    return fragment(nodes, f"{_INDENT * depth}- ", _INDENT * (depth + 1))


def _shared(opened: tuple[str, ...], path: tuple[str, ...]) -> int:
    """Return how many of the comments that are open stay open around the next."""
    pairs = enumerate(zip(opened, path, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(opened), len(path)))


def _opened(path: tuple[str, ...], shared: int, entry: Entry) -> tuple[str, ...]:
    """Return what is open behind ``entry``; a level that stands for a comment is not that one."""
    return (*path[:shared], *(_STANDS_FOR * bool(each) for each in path[shared:]), entry.comment.id)


def _is_beside(entry: Entry, opened: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Return whether a comment answers another one than that which it is nested in.

    It is too deep for that, or others have been printed between the two.
    """
    return entry.parent is not None and not (opened == path and path[-1:] == (entry.parent.id,))


def _attributes(entry: Entry, path: tuple[str, ...], scope: Scope, *, beside: bool) -> str:
    """Return the fields of a comment, and its place where nesting does not tell it."""
    comment = entry.comment
    deep = comment.depth != len(path) + 1
    parent = entry.parent.id if beside and entry.parent else None
    return attributes(
        scope.names.comment(scope.document.id, comment.id),
        ("comment", comment.kind) if comment.kind != "comment" else ("comment",),
        parent=parent and scope.names.comment(scope.document.id, parent),
        depth=comment.depth if deep else None,
        key=scope.names.hidden(scope.document.id, comment),
        orphan="true" if comment.orphan else None,
    )


def _comment(entry: Entry, scope: Scope, level: int, *, beside: bool) -> list[Json]:
    """Return a line about a comment and its text."""
    text = blocks(entry.comment.children, scope, level=level)
    return [para(_byline(entry, scope, beside=beside)), *text]


def _byline(entry: Entry, scope: Scope, *, beside: bool) -> list[Json]:
    """Return number, kind, author, date and likes, and what the comment answers if nesting
    does not show it.

    For a forge, the source's words are upright, the author's name bold, all else in italics.
    """
    comment = entry.comment
    number = [raw(f"**{_escaped(entry.number, scope)}**")]
    fields = [number if scope.forge else generated(number, scope)]
    if comment.kind != "comment":
        shown = [raw(_escaped(scope.words.kind(comment.kind), scope))]
        fields.append(generated(shown, scope, comment.kind))
    if comment.author:
        author = _escaped(comment.author, scope)
        fields.append(span([raw(f"**{author}**" if scope.forge else author)], scope, "author"))
    fields += _date(comment, scope)
    if comment.likes is not None:
        shown = [raw(_escaped(scope.words.likes(comment.likes), scope))]
        fields.append(generated(shown, scope, "likes", count=str(comment.likes)))
    if comment.orphan:
        fields.append(generated([raw(_escaped(scope.words.orphan, scope))], scope))
    if entry.parent and beside:
        fields.append(_answers(entry.parent, entry.parent_number, scope))
    return [
        node
        for n, field in enumerate(fields)
        for node in (*([raw(f" ·{BREAK}")] if n else []), *field)
    ]


def _date(comment: Comment, scope: Scope) -> list[list[Json]]:
    """Return the date, which is, as on the web, the link to where the comment was published."""
    url = address(comment.url or "")
    text = moment(comment.date or scope.words.permalink)
    shown = [raw(_escaped(text, scope))]
    if not (url if scope.forge else comment.url) and not comment.date:
        return []
    link: list[Json] = [{"t": "Link", "c": [NO_ATTRIBUTES, shown, [url, ""]]}] if url else shown
    values = _exact_date(comment, text, url)
    if comment.date:
        return [span(link, scope, "date", **values)]
    return [generated(link, scope, "permalink", **values)]


def _exact_date(comment: Comment, shown: str, url: str | None) -> dict[str, str]:
    """Return date and address where they are shown otherwise."""
    date = comment.date if comment.date != shown else ""
    return {"date": date or "", "url": (comment.url if comment.url != url else "") or ""}


def _answers(parent: Comment, number: str, scope: Scope) -> list[Json]:
    """Return what a comment answers: a link to it, on a forge, which has none, its number."""
    name = f"{parent.author} ({number})" if parent.author else number
    if not scope.forge:
        link = f"[{_escaped(name, scope)}](#{scope.names.comment(scope.document.id, parent.id)})"
        return generated([raw(scope.words.in_reply_to.format(author=link))], scope)
    before, _, after = scope.words.in_reply_to.partition("{author}")
    said = [
        f"*{_escaped(each.strip(), scope)}*" if each.strip() else "" for each in (before, after)
    ]
    return [raw(" ".join(filter(None, (said[0], f"**{_escaped(name, scope)}**", said[1]))))]


def _escaped(text: str, scope: Scope) -> str:
    return plain(text, scope)
