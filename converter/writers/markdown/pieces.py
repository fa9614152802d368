"""What a file is made of, in order: lines of ours, and nodes that pandoc is to render.

All nodes of all files are rendered by one pandoc process, a fragment each, so that pieces are
first collected and then joined.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec

from converter.writers.markdown.scope import Json


class Fragment(msgspec.Struct, frozen=True):
    """Nodes as pandoc reads them, and what goes before the first and the other lines of them."""

    nodes: bytes
    first: str = ""
    rest: str = ""

    def placed(self, rendered: str) -> str:
        """Return the Markdown that pandoc has made of the nodes with what goes before it."""
        head, *tail = rendered.rstrip("\n").split("\n")
        lines = (self.first + head, *(each and self.rest + each for each in tail))
        return "\n".join(lines).rstrip(" ")


Piece: TypeAlias = str | Fragment


def fragment(nodes: list[Json], first: str = "", rest: str = "") -> Fragment:
    """Return blocks as a piece."""
    document = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": nodes}
    return Fragment(msgspec.json.encode(document), first, rest)


def join(pieces: Iterable[Piece], rendered: Iterator[str]) -> str:
    """Return a file made of ``pieces``; ``rendered`` yields its fragments in their order."""
    texts = (piece if isinstance(piece, str) else piece.placed(next(rendered)) for piece in pieces)
    return "\n\n".join(filter(None, texts)) + "\n"
