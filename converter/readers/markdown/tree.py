"""Pandoc's document as plain values, and the few ways through it that reading needs.

See https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from converter import pandoc
from converter.errors import ConverterError, SourceError

Json: TypeAlias = dict[str, Any]

# Quotation marks stand as they are, and what only shows a picture is a paragraph.
_FORMAT: Final = "markdown-smart-implicit_figures-citations"
# Added by the writer, and by ``definitions``.
_ADDED: Final = frozenset({"generated", "byline", "definition"})


class Attributes(NamedTuple):
    """Id, classes, and all else that is said of a span, div, heading or link."""

    name: str
    classes: tuple[str, ...]
    values: dict[str, str]

    @property
    def kind(self) -> str:
        """Return the first class, empty without one."""
        return self.classes[0] if self.classes else ""


class Tree(NamedTuple):
    """A file as pandoc has read it."""

    meta: dict[str, Any]
    blocks: list[Json]


def parse(texts: list[str], name: str) -> list[Tree]:
    """Return what pandoc reads in ``texts``. Raises SourceError, for the file ``name``."""
    try:
        answers = pandoc.convert(map(str.encode, texts), reader=_FORMAT, writer="json")
        found = [msgspec.json.decode(answer) for answer in answers]
    except ConverterError as error:
        raise SourceError(f"cannot be read as Markdown: {error.text}", name) from error
    except RecursionError as error:
        raise SourceError("nests too deep to be read: take levels out of it", name) from error
    return [Tree(each["meta"], each["blocks"]) for each in found]


def attributes(node: Json) -> Attributes:
    """Return the attributes of a node that has some."""
    content = node["c"]
    name, classes, values = content[1] if node["t"] == "Header" else content[0]
    return Attributes(name, tuple(classes), dict(values))


def kind_of(node: Json) -> str:
    """Return the first class of a span or div, empty for any other node."""
    return attributes(node).kind if node["t"] in ("Span", "Div") else ""


def is_generated(node: Json) -> bool:
    """Return whether a node is no text of the source."""
    return node["t"] == "Span" and kind_of(node) in _ADDED


def leading_span(blocks: list[Json], kind: str) -> Json | None:
    """Return the span of class ``kind`` with which the first of ``blocks`` begins."""
    if not blocks or blocks[0]["t"] not in ("Para", "Plain") or not blocks[0]["c"]:
        return None
    first: Json = blocks[0]["c"][0]
    return first if kind_of(first) == kind else None


def without_leading(blocks: list[Json]) -> list[Json]:
    """Return ``blocks`` without the first inline node, and the space behind it."""
    first, *rest = blocks
    kept = first["c"][1:]
    if kept and kept[0]["t"] in ("Space", "SoftBreak"):
        kept = kept[1:]
    return [{**first, "c": kept}, *rest] if kept else rest


def walk(value: Any) -> Iterator[Json]:
    """Yield all nodes in ``value``, parents first, in reading order."""
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, dict):
            yield each
            stack.append(each.get("c"))
        elif isinstance(each, list):
            stack.extend(reversed(each))


def text_of(value: Any) -> str:
    """Return the text of ``value``: inline nodes, or metadata."""
    pieces = []
    for node in walk(value):
        match node["t"]:
            case "Str" | "MetaString":
                pieces.append(node["c"])
            case "Space" | "SoftBreak" | "LineBreak":
                pieces.append(" ")
            case "Code" | "Math":
                pieces.append(node["c"][1])
            case _:
                pass
    return "".join(pieces)
