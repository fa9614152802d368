"""Pandoc's nodes: their attributes, their text, and spans and divs that are written as HTML.

See https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html.
"""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any, Final, NamedTuple, TypeAlias

Json: TypeAlias = dict[str, Any]

_TAG: Final = re.compile(r"\s*<(/?)(\w+)((?:\s+[\w-]+=\"[^\"]*\")*)\s*/?>\s*")
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
_FOLDED: Final = {"span": "Span", "div": "Div"}


class Attributes(NamedTuple):
    """What is known of a span or div."""

    name: str
    classes: frozenset[str]
    values: dict[str, str]


def attributes(node: Json) -> Attributes:
    """Return the attributes of a span or div."""
    name, classes, values = node["c"][0]
    return Attributes(name, frozenset(classes), dict(values))


def folded(nodes: Iterable[Json]) -> list[Json]:
    """Return ``nodes`` with the spans and divs among them that are written as HTML.

    Other tags are left out; one that breaks the line becomes a space.
    """
    levels: list[tuple[str, list[Any], list[Json]]] = [("", [], [])]
    for node in nodes:
        if node["t"] not in ("RawInline", "RawBlock"):
            levels[-1][2].append(node)
            continue
        match = _TAG.fullmatch(node["c"][1])
        if match is None:
            continue
        closing, tag, written = match.groups()
        if tag == "br":
            levels[-1][2].append({"t": "Space"})
        elif tag in _FOLDED and not closing:
            levels.append((tag, _attr(written), []))
        elif tag in _FOLDED and closing and levels[-1][0] == tag:
            _close(levels)
    while len(levels) > 1:
        _close(levels)
    return levels[0][2]


def _close(levels: list[tuple[str, list[Any], list[Json]]]) -> None:
    tag, attr, held = levels.pop()
    levels[-1][2].append({"t": _FOLDED[tag], "c": [attr, held]})


def _attr(written: str) -> list[Any]:
    values = {key: unescape(value) for key, value in _ATTRIBUTE.findall(written)}
    name, classes = values.pop("id", ""), values.pop("class", "").split()
    return [name, classes, list(values.items())]


def text_of(nodes: Any) -> str:
    """Return the text of nodes on one line, notes left out."""
    pieces: list[str] = []
    stack = [nodes]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            kind: str = node["t"]
            content: Any = node.get("c")
            if kind in ("Str", "MetaString"):
                pieces.append(content)
            elif kind in ("Code", "Math"):
                pieces.append(content[1])
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                pieces.append(" ")
            elif kind in ("Span", "Div", "Link", "Quoted"):
                stack.append(content[1])
            elif kind not in ("Note", "RawInline", "RawBlock"):
                stack.append(content)
    return " ".join("".join(pieces).split())


def first_span(blocks: list[Json]) -> Json | None:
    """Return the span with which the first of ``blocks`` begins, None without one."""
    if not blocks or blocks[0]["t"] not in ("Para", "Plain"):
        return None
    inlines = folded(blocks[0]["c"][:8])
    return inlines[0] if inlines and inlines[0]["t"] == "Span" else None
