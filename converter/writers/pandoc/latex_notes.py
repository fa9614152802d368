"""Footnotes where LaTeX allows their text: in a paragraph of its own, nowhere deeper.

A heading, a caption, a cell and whatever else is the argument of a command holds no paragraphs, and
prints twice what it is given. There only the call is left, and the text of the note goes with the
paragraph that follows.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from converter.writers.pandoc.ast import LINE_BREAK, SPACE, Json, attributes, node, para, raw, text
from converter.writers.xhtml import clean

_CALLED: Final = "footnote"
_INNER: Final = "inner-footnote"
_PARAGRAPHS: Final = ("Para", "Plain")
# TeX reads lines of up to 200,000 bytes: ours end after so many words.
_WORDS: Final = 100
_LINE_END: Final = raw("latex", "\n")

# What TeX takes for more than a letter: The TeXbook, chapter 3.
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def escaped(content: str) -> str:
    """Return ``content`` as TeX that prints it."""
    return "".join(_SPECIAL.get(letter, letter) for letter in clean(content))


def note(name: str, mark: str, body: list[Json], *, inner: bool = False) -> Json:
    """Return a footnote for ``placed``, with its call unless it is ``inner`` to another."""
    kind = _INNER if inner else _CALLED
    return node("Span", [attributes(name, [kind], mark=mark), [node("Note", _plain(body))]])


def call(name: str, mark: str) -> Json:
    """Return the call of a note whose text stands elsewhere."""
    return raw("latex", rf"\callagain{{{name}}}{{{escaped(mark)}}}")


def placed(blocks: list[Json]) -> list[Json]:
    """Return ``blocks`` with the texts of their footnotes where LaTeX allows them."""
    written: list[Json] = []
    waiting: list[Json] = []
    for block in blocks:
        made, lifted = _block(block)
        if waiting and made["t"] in _PARAGRAPHS:
            made, waiting = {**made, "c": [*waiting, *made["c"]]}, []
        elif waiting and made["t"] != "RawBlock":
            written.append(para(waiting))
            waiting = []
        written.append(made)
        waiting += lifted
    return [*written, para(waiting)] if waiting else written


def _block(block: Json) -> tuple[Json, list[Json]]:
    """Return ``block``, and the footnotes that cannot stand in it."""
    match block:
        case {"t": "Para" | "Plain", "c": kids}:
            return {**block, "c": _inlines(kids)}, []
        case {"t": "LineBlock", "c": lines}:
            return {**block, "c": [_inlines(line) for line in lines]}, []
        case {"t": "BlockQuote", "c": held}:
            return {**block, "c": placed(held)}, []
        case {"t": "BulletList", "c": items}:
            return {**block, "c": [placed(item) for item in items]}, []
        case {"t": "OrderedList", "c": [numbers, items]}:
            return {**block, "c": [numbers, [placed(item) for item in items]]}, []
        case {"t": "DefinitionList", "c": items}:
            return {**block, "c": [_definition(*item) for item in items]}, []
        case _:
            lifted: list[Json] = []
            bare: Json = _bare(block, lifted)
            return bare, lifted


def _definition(term: list[Json], definitions: list[list[Json]]) -> list[Any]:
    lifted: list[Json] = []
    bare = _bare(term, lifted)
    first, *rest = definitions or [[]]
    led_in = [para(lifted), *first] if lifted else first
    return [bare, [placed(led_in), *map(placed, rest)]]


def _inlines(nodes: list[Json]) -> list[Json]:
    """Return the inlines of a paragraph, footnotes in styled ones behind these."""
    spaces = (place for place, each in enumerate(nodes) if each == SPACE)
    ends = frozenset(islice(spaces, _WORDS, None, _WORDS))
    lines = (_LINE_END if place in ends else each for place, each in enumerate(nodes))
    return [made for each in lines for made in _inline(each)]


def _inline(each: Json) -> Iterator[Json]:
    if kind := _kind(each):
        yield from _footnote(each, here=kind == _CALLED)
        return
    lifted: list[Json] = []
    yield _bare(each, lifted)
    yield from lifted


def _kind(each: Any) -> str:
    """Return which kind of footnote ``each`` is, empty for what is none."""
    match each:
        case {"t": "Span", "c": [[_, [kind], _], _]} if kind in (_CALLED, _INNER):
            return str(kind)
        case _:
            return ""


def _footnote(each: Json, *, here: bool) -> list[Json]:
    """Return a footnote as LaTeX has it, called ``here`` or elsewhere; links can lead to it."""
    (name, _, [[_, mark]]), [held] = each["c"]
    anchor = raw("latex", rf"\phantomsection\label{{{name}}}")
    first, *rest = placed(held["c"])
    if first["t"] in _PARAGRAPHS:
        body = [para([anchor, *first["c"]]), *rest]
    else:
        body = [para([anchor]), first, *rest]
    command = "" if here else r"\innernote"
    return [raw("latex", rf"\nextmark{{{escaped(mark)}}}{command}"), node("Note", body)]


def _bare(content: Any, lifted: list[Json]) -> Any:
    """Return ``content`` with calls for its footnotes, which are put into ``lifted``."""
    match content:
        case {"t": _} if kind := _kind(content):
            (name, _, [[_, mark]]), _ = content["c"]
            lifted += _footnote(content, here=False)
            return call(name, mark) if kind == _CALLED else raw("latex", "")
        case {"t": "RawInline" | "RawBlock" | "Str" | "Code" | "CodeBlock" | "Math"}:
            return content
        case {"t": _, "c": held}:
            return {**content, "c": _bare(held, lifted)}
        case [*held]:
            return [_bare(each, lifted) for each in held]
        case _:
            return content


def _plain(blocks: Any) -> Any:
    """Return the text of a note with its code as lines: a footnote holds no verbatim text."""
    match blocks:
        case {"t": "CodeBlock", "c": [known, code]}:
            lines = [node("Code", [known, line]) for line in code.splitlines()]
            return para([each for line in lines for each in (line, LINE_BREAK)][:-1] or text(""))
        case {"t": _, "c": held}:
            return {**blocks, "c": _plain(held)}
        case [*held]:
            return [_plain(each) for each in held]
        case _:
            return blocks
