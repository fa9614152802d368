"""What the nodes of a file are written in, and the pieces of pandoc's JSON that they become.

Text, calls and spans are passed raw, as Markdown of ours; pandoc renders what is around them:
emphasis, lists, quotations, tables and code.
See https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html.
"""

from collections.abc import Callable, Sequence
from html import escape as escape_html
from typing import Any, Final, Literal, TypeAlias

import msgspec

from converter.model import Document, Reference
from converter.words import Words
from converter.writers.markdown.escape import attributes, clean, escape, verbatim
from converter.writers.markdown.names import Names
from converter.writers.markdown.plan import Plan
from converter.writers.markdown.style import SITES, Style
from converter.writers.markdown.wrap import BREAK, breakable
from converter.writers.pictures import Pictures

Json: TypeAlias = dict[str, Any]

NO_ATTRIBUTES: Final = ["", [], []]
# Passed raw: pandoc drops its own kind of space behind characters that have no width.
SPACE: Final[Json] = {"t": "RawInline", "c": ["markdown", " "]}
BREAKING_SPACE: Final[Json] = {"t": "RawInline", "c": ["markdown", BREAK]}
LINE_BREAK: Final[Json] = {"t": "LineBreak"}
EMPTY: Final = "[]{.empty}"
# Keeps apart what would be read as one.
BETWEEN: Final[Json] = {"t": "RawBlock", "c": ["markdown", "<!-- -->"]}
HEADINGS: Final = 6
_OPEN: Final[Json] = {"t": "RawInline", "c": ["markdown", "["]}
# With each bracket within a bracket pandoc takes twice as long to read them: beyond, tags nest.
_BRACKETS: Final = 4
# Blocks that need no empty line between themselves and a fence.
_CLOSE: Final = ("Para", "Plain", "Div")
# The nodes whose content is a sequence of nodes.
_AROUND: Final = frozenset({"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline"})


class Scope(msgspec.Struct, frozen=True):
    """A document of a file, or one of its notes: the one with the id ``within``.

    ``href`` returns where a reference leads, None if the edition does not hold its target.
    ``numbered`` is the number of footnotes that the file has before the document's.
    ``numbers`` are those of the comments in their thread, by id.
    ``base`` is the level of the outermost headings in the text around.
    ``place`` says where lines are not broken: in one such as a heading, in a cell of a table that
    must be one line, in a cell of a grid. ``styles`` are those around, where HTML is left out.
    """

    style: Style
    words: Words
    document: Document
    names: Names
    plan: Plan
    href: Callable[[Reference], str | None]
    pictures: Pictures
    within: str = ""
    numbered: int = 0
    base: int = 1
    numbers: dict[str, str] = {}
    place: Literal["", "line", "cell", "grid"] = ""
    styles: tuple[type, ...] = ()

    @property
    def forge(self) -> bool:
        """A forge shows neither spans nor divs of pandoc, and reads no Markdown inside HTML."""
        return self.style != "markdown"

    @property
    def html(self) -> bool:
        """Hugo leaves out all HTML unless it is told that it is safe."""
        return self.style != "hugo"

    @property
    def site(self) -> bool:
        return self.style in SITES


def raw(text: str) -> Json:
    """Return Markdown that pandoc passes on as it is."""
    return {"t": "RawInline", "c": ["markdown", text]}


def plain(text: str, scope: Scope) -> str:
    """Return ``text``, which begins no line, as Markdown."""
    written = escape(clean(text), scope.style, opens=False)
    return written if scope.place else breakable(clean(text), written, scope.style)


def space(scope: Scope) -> Json:
    """Return a space, at which a line may end if lines end there at all."""
    return SPACE if scope.place else BREAKING_SPACE


def raw_block(text: str, end: str = "\n") -> Json:
    """Return lines of Markdown that pandoc passes on as they are, set in where they stand."""
    # pandoc leaves no line between two such blocks.
    return {"t": "RawBlock", "c": ["markdown", f"{text}{end}"]}


def para(nodes: Sequence[Json]) -> Json:
    return {"t": "Para", "c": nodes}


def header(level: int, nodes: Sequence[Json], /, **values: str) -> Json:
    """Return a heading; pandoc has no lower level than the sixth."""
    return {"t": "Header", "c": [min(level, HEADINGS), ["", [], list(values.items())], nodes]}


def div(name: str, nodes: Sequence[Json], /, **values: str) -> Json:
    """Return ``nodes`` between fences, with the empty lines that linters want within them."""
    above = [raw_block("", "")] if nodes and nodes[0]["t"] not in _CLOSE else []
    below = [raw_block("")] if nodes and nodes[-1]["t"] not in _CLOSE else []
    held = [*above, *nodes, *below]
    return {"t": "Div", "c": [["", name.split(), list(values.items())], held]}


def span(
    nodes: Sequence[Json], scope: Scope, *classes: str, name: str = "", **values: str
) -> list[Json]:
    """Return ``nodes`` between marks that give them classes, values, and ``name`` as their id.

    A forge knows no such marks.
    """
    if scope.forge:
        return list(nodes)
    if _bracketed(nodes) < _BRACKETS:
        between = " " if scope.place else BREAK
        return [_OPEN, *nodes, raw(f"]{attributes(name, classes, between, **values)}")]
    pairs = {"id": name, "class": " ".join(classes), **values}
    marks = "".join(
        f' {key.replace("_", "-")}="{escape_html(clean(each))}"'
        for key, each in pairs.items()
        if each
    )
    return [raw(f"<span{marks}>"), *nodes, raw("</span>")]


def _bracketed(nodes: Sequence[Json]) -> int:
    """Return how deep spans between brackets nest in ``nodes``."""
    depth = deepest = 0
    for each in nodes:
        if each == _OPEN:
            depth += 1
        elif each["t"] == "RawInline" and each["c"][1].startswith("]{"):
            depth -= 1
        within = _bracketed(each["c"]) if each["t"] in _AROUND else 0
        deepest = max(deepest, depth + within)
    return deepest


def anchor(name: str, scope: Scope) -> list[Json]:
    """Return where links to ``name`` lead on a forge, the only thing that has to be HTML."""
    return [raw(f'<a id="{name}"></a>')] if name and scope.forge and scope.html else []


def generated(nodes: Sequence[Json], scope: Scope, *classes: str, **values: str) -> list[Json]:
    """Return ``nodes``, which the source does not have: as such by a class, or in italics."""
    if scope.forge:
        return [raw("*"), *nodes, raw("*")]
    return span(nodes, scope, *classes, "generated", **values)


def badge(text: str, scope: Scope) -> list[Json]:
    """Return ``text`` as code, by which a forge sets apart what is between words of the source."""
    fence = "``" if "`" in text else "`"
    return [raw(verbatim(f"{fence}{text}{fence}", scope.style))]
