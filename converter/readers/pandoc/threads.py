"""The thread below a text, as our own Word and OpenDocument editions have it.

Each comment begins with a paragraph that is marked, and says who wrote when, what is answered, and
what else is known; the paragraphs of its text are marked too. What stands between these belongs to
it, such as lists. A file of several documents has several threads: they stay where they are.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from converter.markup.dates import iso
from converter.markup.thread import Reply
from converter.model import Comment
from converter.readers.pandoc import ast
from converter.readers.pandoc.account import words
from converter.readers.pandoc.blocks import read_blocks
from converter.readers.pandoc.context import Context
from converter.readers.pandoc.marks import kind_of
from converter.words import Words

_DOT: Final = ast.Str("·")
_MARKS: Final = ("reply", "said")
_KINDS: Final = ("pingback", "trackback", "review")
_DIGITS: Final = re.compile(r"\d+")


class Draft(NamedTuple):
    """A comment before it is read: what its first paragraph says, and its text.

    Links lead to it by its ``name``.
    """

    name: str
    author: str
    head: ast.Inlines
    blocks: tuple[ast.Block, ...]


class Thread(NamedTuple):
    """The comments below a text, and the heading above them."""

    heading: ast.Inlines = ()
    drafts: tuple[Draft, ...] = ()

    @property
    def blocks(self) -> ast.Blocks:
        """All that the thread is made of."""
        said = (each for draft in self.drafts for each in (ast.Para(draft.head), *draft.blocks))
        return (ast.Para(self.heading), *said)

    @property
    def declared(self) -> int | None:
        """The number of comments that the heading says the source claims, if it says two."""
        numbers = [word.strip("()") for word in words(self.heading)]
        numbers = [word for word in numbers if word.isdecimal()]
        return int(numbers[-1]) if len(numbers) > 1 else None


def take_thread(blocks: ast.Blocks) -> tuple[Thread, ast.Blocks]:
    """Return the thread of ``blocks``, and what is left: all, if there are several threads."""
    blocks = tuple(_unquoted(blocks))
    found = list(_headings(blocks))
    bare = tuple(map(_without_mark, blocks))
    if len(found) != 1:
        return Thread(), bare
    ((first, level, heading),) = found
    end = _end(blocks, first, level)
    return Thread(heading, tuple(_drafts(blocks[first:end]))), (*bare[: first - 1], *bare[end:])


def _unquoted(blocks: ast.Blocks) -> Iterator[ast.Block]:
    """Yield ``blocks``, and the paragraphs of comments out of the quotations that pandoc sees.

    In OpenDocument it takes what is set in for quoted.
    """
    for block in blocks:
        match block:
            case ast.BlockQuote(c=(first, *_) as held) if _mark(first)[0]:
                yield from held
            case _:
                yield block


def _headings(blocks: ast.Blocks) -> Iterator[tuple[int, int, ast.Inlines]]:
    """Yield where each thread begins, and level and text of the heading above it.

    A comment may end with a heading too, a lower one.
    """
    highest = 0
    for place, (above, block) in enumerate(pairwise(blocks), start=1):
        if isinstance(above, ast.Header) and _mark(block)[0] == "reply":
            level, _, text = above.c
            if not highest or level <= highest:
                highest = level
                yield place, level, text


def _end(blocks: ast.Blocks, first: int, level: int) -> int:
    """Return where the thread ends that begins at ``first``, under a heading of ``level``."""
    for place in range(first, len(blocks)):
        match blocks[place]:
            case ast.Header(c=(rank, _, _)) if rank <= level:
                return place
            case ast.Para() | ast.Plain() if not _mark(blocks[place])[0]:
                return place
            case _:
                pass
    return len(blocks)


def _drafts(blocks: ast.Blocks) -> Iterator[Draft]:
    draft: Draft | None = None
    for block in blocks:
        kind, name, author = _mark(block)
        bare = _without_mark(block)
        if kind == "reply" and isinstance(bare, ast.Para):
            if draft:
                yield draft
            draft = Draft(name, author, bare.c, ())
        elif draft:
            draft = draft._replace(blocks=(*draft.blocks, bare))
    if draft:
        yield draft


def _mark(block: ast.Block) -> tuple[str, str, str]:
    """Return how ``block`` is marked: ``reply`` or ``said``, by which name, and who wrote it."""
    match block:
        case ast.Para(c=kids) | ast.Plain(c=kids):
            marks = (kind_of(kid) for kid in kids[:2])
            return next((mark for mark in marks if mark[0] in _MARKS), ("", "", ""))
        case _:
            return "", "", ""


def _without_mark(block: ast.Block) -> ast.Block:
    match block:
        case ast.Para(c=kids) | ast.Plain(c=kids) if _mark(block)[0]:
            return ast.Para(tuple(kid for kid in kids if kind_of(kid)[0] not in _MARKS))
        case _:
            return block


# ------------------------------------------------------------------------ reading


def read_replies(thread: Thread, context: Context, said: Words, *, after: int) -> Iterator[Reply]:
    """Yield the comments of ``thread``, numbered ``after`` others; ``said`` are its words."""
    context.structure(thread.heading)
    names = {draft.name: f"c{place}" for place, draft in enumerate(thread.drafts, after + 1)}
    for place, draft in enumerate(thread.drafts, start=after + 1):
        comment = Comment(
            f"c{place}",
            read_blocks(draft.blocks, context),
            author=draft.author or None,
            prov=context.prov(),
        )
        yield _told(Reply(comment), draft.head, names, context=context, said=said)


def _told(
    reply: Reply, head: ast.Inlines, names: Mapping[str, str], *, context: Context, said: Words
) -> Reply:
    """Return ``reply`` with what its first paragraph says, between dots."""
    kinds = {said.kind(kind).lower(): kind for kind in _KINDS}
    for dot in (node for node in head if node == _DOT):
        context.structure(dot)
    named, *fields = tuple(_fields(head)) or ((),)
    number, author = words(named)[:1], words(named)[1:]
    context.structure(ast.Str(" ".join(number)))
    context.keep(ast.Str(" ".join(author)))
    for field in fields:
        text = " ".join(words(field))
        link = next((node.c[2][0] for node in ast.walk(field) if isinstance(node, ast.Link)), "")
        if link.startswith("#"):
            reply = reply._replace(answers=names.get(link[1:]))
        elif text in kinds:
            reply = _with(reply, kind=kinds[text])
        elif text == said.orphan:
            reply = reply._replace(answers=reply.answers or "")
        elif (likes := _DIGITS.search(text)) and said.likes(int(likes[0])) == text:
            reply = _with(reply, likes=int(likes[0]))
        elif link and text == said.permalink:
            reply = _with(reply, url=link)
        else:
            context.keep(field)
            reply = _with(reply, date=iso(text) or text, url=link or None)
            continue
        context.structure(field)
    return reply


def _with(reply: Reply, **fields: Any) -> Reply:
    return reply._replace(comment=replace(reply.comment, **fields))


def _fields(head: ast.Inlines) -> Iterator[ast.Inlines]:
    """Yield what stands between dots."""
    for is_dot, nodes in groupby(head, lambda node: node == _DOT):
        field = tuple(nodes)
        if not is_dot and words(field):
            yield field
