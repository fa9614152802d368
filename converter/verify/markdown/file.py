"""One Markdown file as pandoc reads it, node by node: no nesting is too deep for it."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from os.path import normpath
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

from converter.verify.forms import digest
from converter.verify.markdown.nodes import (
    Attributes,
    Json,
    attributes,
    first_span,
    folded,
    text_of,
)
from converter.verify.reading import END, Address, Call, CommentDraft, Dialect, NoteDraft, Writing
from converter.verify.steps import tabular
from converter.verify.telling import Telling

_STYLES: Final = {
    "Superscript": "superscript",
    "Subscript": "subscript",
    "Strikeout": "strikeout",
    "SmallCaps": "small capitals",
    "Underline": "underline",
    "Emph": "emphasis",
    "Strong": "strong",
}

# Where delimiters would not do.
_SPANS: Final = {
    "superscript": "superscript",
    "subscript": "subscript",
    "strikeout": "strikeout",
    "emphasis": "emphasis",
    "strong": "strong",
}

# What stands between fences.
_DIVS: Final = {
    "figure": "figure",
    "table": "table",
    "caption": "caption",
    "row": "tr",
    "cell": "td",
}
# A paragraph in these is not told from them.
_ITEMS: Final = ("li", "dd", "td", "th", "figure", "caption")
_SPAN: Final = re.compile("[0-9]{1,9}")

Item: TypeAlias = Json | Callable[[], object]

_ANCHOR: Final = re.compile(r'(?:\{#|\sid=")([^\s"}]+)')
_DIGITS: Final = re.compile(r"\d+")
_KINDS: Final = frozenset({"pingback", "trackback", "review"})
_DELIMITERS: Final = {"OneParen": "{})", "TwoParens": "({})"}
# As far ahead as the words of a block are looked for in the file.
_AHEAD: Final = 20_000
_WORD: Final = re.compile(r"\w{2,}")
_OPENING: Final = 12


class File:
    """What the file ``name`` holds, whose text pandoc has read as ``tree``.

    ``anchors`` are its ids with the file before them, ``links`` where it has links and what they
    lead to, ``addresses`` those that lead out, ``pictures`` where it has them and what they show.
    ``strange`` is what no edition has, and how it is written, ``folder`` where the file is. It
    ``is_alone`` if it is that of one document, whose metadata is its front matter.
    """

    dialect: Dialect = "markdown"

    def __init__(self, name: str, text: str, tree: Json) -> None:
        self.name = name
        self.notes: dict[str, NoteDraft] = {}
        self.comments: list[CommentDraft] = []
        self.links: list[tuple[str, str]] = []
        self.addresses: list[Address] = []
        self.pictures: list[tuple[str, str]] = []
        self.strange: tuple[tuple[str, str], ...] = ()
        self.folder = Path()
        self._meta = tree["meta"]
        self._blocks = folded(tree["blocks"])
        self._text = text
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._cursor = 0
        ids = [(match[1], match.start()) for match in _ANCHOR.finditer(text)]
        self._lines = {anchor: self._line(start) for anchor, start in reversed(ids)}
        self.anchors = {f"{name}#{anchor}" for anchor in self._lines}
        self.doubles = [self._at(anchor) for anchor in _twice(anchor for anchor, _ in ids)]
        self._writings: list[Writing] = []
        self._levels: list[str | None] = []
        # Pandoc counts each call of a footnote, whatever its label.
        self._footnotes = 0

    @property
    def is_alone(self) -> bool:
        """Return whether the file is that of one document."""
        kinds = {
            kind
            for block in self._blocks
            if block["t"] == "Div"
            for kind in attributes(block).classes
        }
        return not kinds & {"document", "contents"}

    def front_matter(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the values of these names that the front matter has."""
        found = (text_of(self._meta[name].get("c")) for name in names if name in self._meta)
        return tuple(found)

    def targets(self) -> Iterator[str]:
        """Yield what the links of the file lead to, in order."""
        stack: list[Any] = [self._blocks]
        while stack:
            node = stack.pop()
            if isinstance(node, dict):
                if node["t"] == "Link":
                    yield node["c"][2][0]
                stack.append(node.get("c"))
            elif isinstance(node, list):
                stack.extend(reversed(node))

    def read(self, body: Writing) -> None:
        """Take down the text of the file: what runs on, in ``body``."""
        self._writings = [body]
        stack: list[Iterator[Item]] = [iter(self._without_title())]
        while stack:
            item = next(stack[-1], None)
            if item is None:
                stack.pop()
            elif callable(item):
                item()
            else:
                stack.append(iter(self._visit(item)))

    def _without_title(self) -> list[Json]:
        """Return the blocks but for the title of the book, which the contents follow."""
        kinds = [block["t"] for block in self._blocks[:2]]
        if kinds == ["Header", "Div"] and "contents" in attributes(self._blocks[1]).classes:
            return self._blocks[1:]
        return self._blocks

    # ----------------------------------------------------------------------- places

    def _line(self, position: int) -> int:
        return bisect_right(self._ends, position - 1) + 1

    def _place(self, line: int) -> str:
        return f"{self.name}:{line}"

    def _image(self, content: list[Any]) -> list[Json]:
        src = content[2][0]
        self.pictures.append((self._place(self._line(self._cursor)), src))
        if found := self.picture(src):
            self._writing.picture(digest(found.read_bytes()))
        return folded(content[1])

    def picture(self, src: str) -> Path | None:
        """Return the file of a picture, None if there is none.

        Hugo makes a folder of each file, in which the file is then.
        """
        for folder in (self.folder, self.folder / Path(self.name).stem):
            found = Path(normpath(folder / unquote(src)))
            if found.is_file():
                return found
        return None

    def _style(self, inner: list[Json], style: str) -> list[Item]:
        writing = self._writing
        return [lambda: writing.begin(style), *inner, writing.end]

    def place_of(self, written: str) -> str:
        """Return the line of ``written``, of the file if it is not found."""
        found = self._text.find(written.strip().partition("\n")[0])
        return self._place(self._line(found)) if found >= 0 else self.name

    def _at(self, anchor: str) -> str:
        return self._place(self._lines.get(anchor, self._line(self._cursor)))

    def _defined(self, label: str) -> str:
        """Return where the footnote with this label is defined."""
        found = re.search(rf"^\[\^{re.escape(label)}\]:", self._text, re.MULTILINE)
        return self._place(self._line(found.start() if found else self._cursor))

    def _begin(self, inlines: list[Json], kind: str) -> None:
        """Begin a block."""
        if len(self._writings) == 1:
            self._writing.at(self._place(self._reached(inlines)))
        match kind:
            case "p":
                self._writing.paragraph()
            case "line":
                self._writing.line()
            case _:
                self._writing.block(kind)

    def _reached(self, inlines: list[Json]) -> int:
        """Return the line where the longest of the first words of a block is found in the file."""
        word = max(_WORD.findall(text_of(inlines[:_OPENING])), key=len, default="")
        found = self._text.find(word, self._cursor, self._cursor + _AHEAD) if word else -1
        if found >= 0:
            self._cursor = found + len(word)
        return self._line(self._cursor)

    # ------------------------------------------------------------------------ nodes

    @property
    def _writing(self) -> Writing:
        return self._writings[-1]

    def _visit(self, node: Json) -> Iterable[Item]:  # noqa: C901 - lists every kind of node
        """Take down what ``node`` is and return what is in it."""
        content: Any = node.get("c")
        match node["t"]:
            case "Str":
                self._writing.text(content)
            case "Space" | "SoftBreak":
                self._writing.space()
            case "LineBreak":
                self._writing.line()
            case "HorizontalRule":
                self._writing.block("hr")
            case "Code":
                self._writing.text(content[1])
            case "Math":
                # A forge has backticks within the dollars, which pandoc does not always know.
                self._writing.text(content[1].strip("`"))
            case "CodeBlock":
                self._writing.block("pre")
                self._writing.text(f" {content[1]} ")
            case "Para" | "Plain":
                return self._block(content)
            case "Header":
                return self._block(content[2], f"h{content[0]}")
            case "LineBlock":
                return self._verse(content)
            case "BlockQuote":
                return self._around("quote", folded(content))
            case "Quoted":
                return self._quoted(*content)
            case "Cite":
                return folded(content[1])
            case "Image":
                return self._image(content)
            case kind if style := _STYLES.get(kind):
                return self._style(folded(content), style)
            case "Link":
                return self._link(content)
            case "Span":
                return self._span(node)
            case "Note":
                return self._note(content)
            case "Div":
                return self._div(node)
            case "OrderedList":
                return self._ordered(*content)
            case "BulletList":
                return self._bullets(content)
            case "DefinitionList":
                return self._definitions(content)
            case "Table":
                return self._table(content)
            case "Figure":
                return folded(content[2])
            case "RawInline" | "RawBlock":
                pass
            case _:
                return folded(content)
        return ()

    def _block(self, inlines: list[Json], kind: str = "p") -> list[Item]:
        return [lambda: self._begin(inlines, kind), *folded(inlines), self._end]

    def _around(self, kind: str, inner: Iterable[Item]) -> list[Item]:
        """Return what is in a block that others are in, with its beginning and end."""
        return [self._starting(kind), *inner, self._starting(END + kind)]

    def _starting(self, kind: str) -> Item:
        writing = self._writing
        begin = writing.item if kind.startswith(_ITEMS) else writing.block
        return lambda: begin(kind)

    def _verse(self, lines: list[list[Json]]) -> Iterator[Item]:
        for position, line in enumerate(lines):
            yield from self._block(line, "line" if position else "lines")

    def _end(self) -> None:
        self._writing.space()

    def _quoted(self, kind: Json, inlines: list[Json]) -> list[Item]:
        marks = "“”" if kind["t"] == "DoubleQuote" else "‘’"
        return [{"t": "Str", "c": marks[0]}, *folded(inlines), {"t": "Str", "c": marks[1]}]

    def _link(self, content: list[Any]) -> list[Json]:
        place, href = self._place(self._line(self._cursor)), content[2][0]
        if target := self._key(href):
            self.links.append((place, target))
        else:
            self.addresses.append(Address(href, text_of(content[1]), place))
        return folded(content[1])

    def _key(self, target: str) -> str:
        """Return the key of what a link leads to, empty for a link out of the edition."""
        if "://" in target or target.startswith(("mailto:", "tel:", "doi:", "urn:")):
            return ""
        return f"{self.name}{target}" if target.startswith("#") else target

    def _span(self, node: Json) -> Iterable[Item]:
        known = attributes(node)
        if "pagebreak" in known.classes:
            self._writing.page(known.values.get("title", ""))
        elif "noteref" in known.classes:
            self._note_link(node["c"][1])
        elif "break" in known.classes:
            self._writing.block("br")
        elif known.classes & {"marker", "number"}:
            return [*folded(node["c"][1]), self._writing.marked]
        elif "byline" not in known.classes and known.classes & {"generated", "mark", "empty"}:
            if "comment-ref" in known.classes:
                self._writing.stand()
        elif known.classes & _SPANS.keys():
            style = min(known.classes & _SPANS.keys())
            return self._style(folded(node["c"][1]), _SPANS[style])
        else:
            return folded(node["c"][1])
        return ()

    def _div(self, node: Json) -> Iterable[Item]:
        known = attributes(node)
        if "comment" in known.classes:
            return self._comment(known.name, node["c"][1], known.values.get("parent"))
        if "missing-comment" in known.classes:
            return self._level(node["c"][1])
        if "note" in known.classes and (mark := first_span(node["c"][1])):
            return self._listed(mark, node["c"][1])
        if "generated" in known.classes:
            return ()
        if kind := next((_DIVS[each] for each in known.classes & _DIVS.keys()), ""):
            return self._fenced(kind, known, folded(node["c"][1]))
        return folded(node["c"][1])

    def _fenced(self, kind: str, known: Attributes, inner: list[Json]) -> list[Item]:
        """Return what is in a block that is written as a div."""
        match kind:
            case "td":
                return [self._starting(_tabular(known, is_header=False)), *inner]
            case "tr" | "caption":
                return [self._starting(kind), *inner]
            case _:
                return self._around(kind, inner)

    # ------------------------------------------------------------------------ lists

    def _ordered(self, style: list[Any], items: list[list[Json]]) -> Iterator[Item]:
        shown = _DELIMITERS.get(style[2]["t"], "{}.")
        yield self._starting("ul")
        for number, blocks in enumerate(items, start=style[0]):
            yield self._starting("li")
            yield {"t": "Str", "c": f" {shown.format(number)} "}
            yield self._writing.marked
            yield from folded(blocks)
        yield self._starting(f"{END}ul")

    def _bullets(self, items: list[list[Json]]) -> Iterator[Item]:
        yield self._starting("ul")
        for blocks in items:
            yield from self._item(blocks)
        yield self._starting(f"{END}ul")

    def _item(self, blocks: list[Json]) -> list[Item]:
        return [self._starting("li"), *folded(blocks), self._end]

    def _definitions(self, items: list[Any]) -> Iterator[Item]:
        yield self._starting("dl")
        for term, definitions in items:
            yield from self._block(term, "dt")
            yield self._starting("dd")
            for blocks in definitions:
                yield from folded(blocks)
        yield self._starting(f"{END}dl")

    def _table(self, content: list[Any]) -> Iterator[Item]:
        _, (_, caption), _, (_, head), bodies, (_, foot) = content
        yield self._starting("table")
        if caption:
            yield self._starting("caption")
            yield from folded(caption)
        rows = [*head, *(row for _, _, heads, rest in bodies for row in (*heads, *rest)), *foot]
        for number, (_, cells) in enumerate(rows):
            yield self._starting("tr")
            for cell in cells:
                yield from self._cell(cell, is_header=number < len(head))
        yield self._starting(f"{END}table")

    def _cell(self, cell: list[Any], *, is_header: bool) -> Iterator[Item]:
        """Yield what is in a cell, which may say that it is another than it is drawn."""
        _, _, rowspan, colspan, blocks = cell
        drawn = Attributes("", frozenset(), {"rowspan": str(rowspan), "colspan": str(colspan)})
        said = first_span(blocks)
        own = attributes(said) if said else drawn
        if "filler" in own.classes:
            return
        if "cell" in own.classes:
            drawn = drawn._replace(values={**drawn.values, **own.values})
        yield self._starting(_tabular(drawn, is_header=is_header))
        yield from folded(blocks)

    # ---------------------------------------------------------------- notes, comments

    def _note(self, blocks: list[Json]) -> Iterable[Item]:
        """Take down the call of a footnote; its text, at its first call."""
        mark = first_span(blocks)
        if mark and "mark" not in attributes(mark).classes:
            mark = None
        name = attributes(mark).name if mark else ""
        self._footnotes += 1
        key = f"{self.name}#{name}" if name else f"{self.name} note {self._footnotes}"
        self._writing.call(Call(key))
        return () if key in self.notes else self._begin_note(key, name, mark, blocks)

    def _listed(self, mark: Json, blocks: list[Json]) -> Iterable[Item]:
        """Begin a note that is no footnote."""
        name = attributes(mark).name
        return self._begin_note(f"{self.name}#{name}", name, mark, blocks)

    def _begin_note(self, key: str, name: str, mark: Json | None, blocks: list[Json]) -> list[Item]:
        number = str(self._footnotes)
        place = self._at(name) if name else self._defined(number)
        if mark:
            number = attributes(mark).values.get("label", "") or text_of(mark["c"][1])
        return self._begin_at(key, place, number, blocks)

    def _begin_at(self, key: str, place: str, mark: str, blocks: list[Json]) -> list[Item]:
        """Begin a note."""
        note = NoteDraft(key, place, mark, Telling(self.dialect))
        note.writing.at(place)
        self.notes[key] = note
        self._writings.append(note.writing)
        return [*folded(blocks), self._writings.pop]

    def _note_link(self, inlines: list[Json]) -> None:
        """Take down the call of a note that is no footnote, or from within one: a link."""
        for node in folded(inlines):
            if node["t"] == "Link":
                self._writing.call(Call(self._key(node["c"][2][0]), mark=text_of(node["c"][1])))

    def _level(self, blocks: list[Json]) -> Iterable[Item]:
        self._levels.append(None)
        return [*folded(blocks), self._levels.pop]

    def _comment(self, name: str, blocks: list[Json], answers: str | None) -> Iterable[Item]:
        """Begin a comment; its first block is what it says about itself, if it is a line."""
        around = self._levels[-1] if self._levels else ""
        key = f"{self.name}#{name}"
        comment = CommentDraft(key, around, len(self._levels) + 1, self._at(name))
        if answers:
            comment.answers = f"{self.name}#{answers}"
        head = blocks[:1] if blocks and blocks[0]["t"] in ("Para", "Plain") else []
        self._read_byline(comment, folded(head[0]["c"]) if head else [])
        return self._begin_comment(comment, folded(blocks[len(head) :]))

    def _begin_comment(self, comment: CommentDraft, blocks: list[Json]) -> list[Item]:
        comment.writing = Telling(self.dialect)
        comment.writing.at(comment.place)
        self.comments.append(comment)
        self._levels.append(comment.key)
        self._writings.append(comment.writing)
        return [*blocks, self._writings.pop, self._levels.pop]

    def _read_byline(self, comment: CommentDraft, spans: list[Json]) -> None:
        """Read what a comment says about itself, and which one it says it answers."""
        values = dict.fromkeys(("kind", "author", "date", "likes"), "")
        for span in (each for each in spans if each["t"] == "Span"):
            known, text = attributes(span).classes, text_of(span["c"][1])
            if "author" in known or "date" in known:
                values["author" if "author" in known else "date"] = text
            elif kinds := _KINDS.intersection(known):
                values["kind"] = min(kinds)
            elif "likes" in known:
                values["likes"] = "".join(_DIGITS.findall(text))
            for link in folded(span["c"][1]):
                if link["t"] == "Link" and link["c"][2][0].startswith("#"):
                    comment.answers = self._key(link["c"][2][0])
        comment.fields = tuple(values.values())


def _tabular(known: Attributes, *, is_header: bool) -> str:
    """Return the kind of a cell of which this is said."""
    spans = (known.values.get(name, "1") for name in ("colspan", "rowspan"))
    wide, tall = (int(span) if _SPAN.fullmatch(span) else 1 for span in spans)
    said = known.values.get("header")
    header = said == "true" if said else is_header or "header" in known.classes
    return tabular(header=header, colspan=wide, rowspan=tall)


def _twice(anchors: Iterable[str]) -> list[str]:
    return [anchor for anchor, count in Counter(anchors).items() if count > 1]
