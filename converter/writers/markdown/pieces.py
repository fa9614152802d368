"""What a file is made of, in order: lines of ours, and nodes that pandoc is to render.

All nodes of all files are rendered by one pandoc process, and many fragments at once, as each
document that it converts takes it a while. So pieces are first collected and then joined.
"""

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import msgspec

from converter.writers.markdown.scope import Json
from converter.writers.markdown.wrap import wrapped

# Stands between fragments that are rendered together. Text never holds it: ``escape.clean``.
_MARK: Final = "\x02"
_BETWEEN: Final = msgspec.json.encode({"t": "RawBlock", "c": ["markdown", _MARK]})
_DOCUMENT: Final = b'{"pandoc-api-version":[1,23,1],"meta":{},"blocks":[%b]}'
_BATCH: Final = 30_000


class Fragment(msgspec.Struct, frozen=True):
    """Nodes as pandoc reads them, and what goes before the first and the other lines of them."""

    nodes: bytes
    first: str = ""
    rest: str = ""

    def placed(self, rendered: str) -> str:
        """Return the Markdown that pandoc has made of the nodes with what goes before it."""
        head, *tail = rendered.strip("\n").split("\n")
        lines = (self.first + head, *(each and self.rest + each for each in tail))
        return "\n".join(line for each in lines for line in wrapped(each, self.rest)).rstrip(" ")


Piece: TypeAlias = str | Fragment


def fragment(nodes: list[Json], first: str = "", rest: str = "") -> Fragment:
    """Return blocks as a piece."""
    return Fragment(msgspec.json.encode(nodes)[1:-1], first, rest)


def requests(pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Yield documents for pandoc that hold the fragments among ``pieces``, many in each."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        if isinstance(piece, Fragment):
            held += (piece.nodes, _BETWEEN) if piece.nodes else (_BETWEEN,)
            size += len(piece.nodes)
        if size > _BATCH:
            yield _DOCUMENT % b",".join(held)
            held, size = [], 0
    if held:
        yield _DOCUMENT % b",".join(held)


def answers(rendered: Iterable[bytes]) -> Iterator[str]:
    """Yield the fragments in what pandoc has made of ``requests``, in their order."""
    for text in rendered:
        yield from text.decode().split(_MARK)[:-1]


def join(pieces: Iterable[Piece], rendered: Iterator[str]) -> tuple[str, str]:
    """Return a file made of ``pieces``, its front matter and its text.

    ``rendered`` yields the fragments in their order.
    """
    front, *texts = (
        piece if isinstance(piece, str) else piece.placed(next(rendered)) for piece in pieces
    )
    return front, "\n\n".join(filter(None, texts)) + "\n"
