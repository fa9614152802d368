"""Links made such that an edition may hold them: no link within a link."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace

from converter.model import CommentRef, Inline, Link, NoteRef, Reference, Styled
from converter.walk import walk


def apart(link: Link | Reference) -> Iterator[Inline]:
    """Yield ``link`` in pieces around the calls and links in it: no link may hold another.

    Emphasis and its like that holds one goes around the pieces, so that all other text stays
    linked.
    """
    for found, nodes in groupby(link.children, lambda node: holds_link([node])):
        if not found:
            yield replace(link, children=tuple(nodes))
            continue
        for node in nodes:
            if isinstance(node, Styled):
                yield replace(node, children=tuple(apart(replace(link, children=node.children))))
            else:
                yield node


def holds_link(nodes: Iterable[Inline]) -> bool:
    """Return whether a link, or a call, is anywhere in ``nodes``."""
    links = NoteRef | CommentRef | Link | Reference
    return any(isinstance(node, links) for node in walk(nodes))
