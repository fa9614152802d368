"""Raw HTML and TeX in sources of other formats: read by pandoc's readers of these, where it can."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from converter import pandoc
from converter.readers.pandoc import ast

_READERS: Final = {
    "html": "html",
    "html4": "html",
    "html5": "html",
    "tex": "latex",
    "latex": "latex",
}
_TAG: Final = re.compile(r"\s*<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)\b[^<>]*>\s*")
_TAGS: Final = re.compile(r"(?:\s*<[/!?]?[A-Za-z][^<>]*>\s*)+")
_STYLES: Final[dict[str, Callable[[ast.Inlines], ast.Inline]]] = {
    **dict.fromkeys(("b", "strong"), ast.Strong),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), ast.Emph),
    **dict.fromkeys(("u", "ins"), ast.Underline),
    **dict.fromkeys(("s", "del", "strike"), ast.Strikeout),
    "sup": ast.Superscript,
    "sub": ast.Subscript,
}


def resolve(document: ast.Pandoc, *, time_limit: float) -> ast.Pandoc:
    """Return ``document`` with raw HTML and TeX read, where that gives any text or picture.

    Raises ConverterError if that takes more than ``time_limit`` seconds.
    """
    raws = dict.fromkeys(
        node.c
        for node in ast.walk(document.blocks)
        if isinstance(node, ast.RawBlock | ast.RawInline)
    )
    if not raws:
        return document
    worth = [raw for raw in raws if raw[0] in _READERS and not is_markup(*raw)]
    known = _read(worth, time_limit=time_limit)

    def change(node: ast.Node) -> tuple[ast.Node, ...]:
        match node:
            case ast.RawBlock(c=raw) if raw in known:
                return known[raw]
            case ast.RawInline(c=raw) if raw in known:
                return _inlines(known[raw], node)
            case ast.RawInline() if _tag(node) == "br":
                return (ast.LineBreak(),)
            case _:
                return (node,)

    return ast.Pandoc(document.meta, ast.rewrite(document.blocks, change))


def _inlines(blocks: ast.Blocks, instead: ast.RawInline) -> tuple[ast.Node, ...]:
    """Return what is in ``blocks`` if it can stand in a line, otherwise ``instead``."""
    match blocks:
        case (ast.Para(c=kids) | ast.Plain(c=kids),):
            return kids
        case _:
            return (instead,)


def _read(
    raws: list[tuple[str, str]], *, time_limit: float
) -> Mapping[tuple[str, str], ast.Blocks]:
    """Return what pandoc makes of ``raws``, those left out of which it makes nothing."""
    found: dict[tuple[str, str], ast.Blocks] = {}
    for reader in dict.fromkeys(_READERS.values()):
        chosen = [raw for raw in raws if _READERS[raw[0]] == reader]
        texts = (text.encode() for _, text in chosen)
        answers = pandoc.attempt(texts, reader=reader, writer="json", time_limit=time_limit)
        for raw, answer in zip(chosen, answers, strict=True):
            blocks = () if isinstance(answer, pandoc.Refusal) else ast.decode(answer).blocks
            if any(isinstance(node, ast.Str | ast.Math | ast.Image) for node in ast.walk(blocks)):
                found[raw] = blocks
    return found


def is_markup(form: str, text: str) -> bool:
    """Whether ``text`` is nothing but tags, which are no text of the source."""
    return form.startswith("html") and bool(_TAGS.fullmatch(text))


def paired(nodes: ast.Inlines) -> Iterator[ast.Inline]:
    """Yield ``nodes``, with what is between the tags of a style in that style."""
    place = 0
    while place < len(nodes):
        node = nodes[place]
        name = _tag(node)
        end = _closing(nodes, place, name) if name in _STYLES else None
        if end is not None:
            yield _STYLES[name](tuple(paired(nodes[place + 1 : end])))
            place = end
        else:
            yield node
        place += 1


def _tag(node: ast.Inline) -> str:
    """Return the name of the tag that ``node`` is, ``/`` before that of an end, or nothing."""
    match node:
        case ast.RawInline(c=(form, text)) if form.startswith("html"):
            found = _TAG.fullmatch(text)
            return f"{found['close']}{found['name'].lower()}" if found else ""
        case _:
            return ""


def _closing(nodes: ast.Inlines, place: int, name: str) -> int | None:
    """Return where the element that begins at ``place`` ends, None if it does not."""
    depth = 0
    for position in range(place, len(nodes)):
        tag = _tag(nodes[position])
        depth += (tag == name) - (tag == f"/{name}")
        if not depth:
            return position
    return None
