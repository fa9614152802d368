"""The pieces of pandoc's JSON that editions are made of."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

import msgspec

from converter.writers.xhtml import clean

Json: TypeAlias = dict[str, Any]

NO_ATTRIBUTES: Final = ["", [], []]
SPACE: Final[Json] = {"t": "Space"}
LINE_BREAK: Final[Json] = {"t": "LineBreak"}
STYLE: Final = "custom-style"

_HEADINGS: Final = 6
# What ends a word; a no-break space does not.
_SPACES: Final = re.compile(r"([ \t\n\r\f\v]+)")


def document(blocks: list[Json]) -> bytes:
    """Return a document of ``blocks`` as pandoc reads it."""
    return msgspec.json.encode({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})


def text(content: str) -> list[Json]:
    """Return words and the spaces between them."""
    pieces = _SPACES.split(clean(content))
    return [
        SPACE if position % 2 else {"t": "Str", "c": piece}
        for position, piece in enumerate(pieces)
        if piece
    ]


def attributes(name: str = "", classes: Iterable[str] = (), **fields: str) -> list[Any]:
    return [name, list(classes), [[key, clean(value)] for key, value in fields.items()]]


def node(kind: str, content: Any) -> Json:
    return {"t": kind, "c": content}


def para(kids: list[Json]) -> Json:
    return node("Para", kids)


def header(level: int, kids: list[Json], name: str = "") -> Json:
    return node("Header", [max(1, min(level, _HEADINGS)), attributes(name), kids])


def span(kids: list[Json], name: str = "", fields: Mapping[str, str] | None = None) -> Json:
    return node("Span", [attributes(name, (), **(fields or {})), kids])


def styled(style: str, kids: list[Json]) -> Json:
    """Return inlines in a character style."""
    return span(kids, fields={STYLE: style})


def in_style(style: str, blocks: list[Json]) -> Json:
    """Return blocks whose paragraphs are in a style."""
    return node("Div", [attributes("", (), **{STYLE: style}), blocks])


def link(kids: list[Json], href: str) -> Json:
    return node("Link", [NO_ATTRIBUTES, kids, [href, ""]])


def raw(form: str, content: str) -> Json:
    return node("RawInline", [form, content])


def raw_block(form: str, content: str) -> Json:
    return node("RawBlock", [form, content])
