"""The nodes of the model as pandoc's, for all formats that it renders."""

from collections.abc import Iterable, Iterator
from typing import Any, assert_never

from converter.address import address
from converter.model import (
    Block,
    Cell,
    Code,
    CodeBlock,
    CommentRef,
    DefinitionList,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBlock,
    LineBreak,
    Link,
    List,
    Math,
    Name,
    NoteRef,
    PageBreak,
    Paragraph,
    Quote,
    Reference,
    Rule,
    Section,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
)
from converter.walk import joined
from converter.writers.links import apart, holds_link
from converter.writers.numbering import item_marks, numbering
from converter.writers.pandoc.ast import (
    LINE_BREAK,
    NO_ATTRIBUTES,
    SPACE,
    Json,
    header,
    link,
    node,
    para,
    text,
)
from converter.writers.pandoc.form import Scope, identifier
from converter.writers.pandoc.tables import table
from converter.writers.targets import target
from converter.writers.tex import is_harmless
from converter.writers.xhtml import clean


def inlines(nodes: Iterable[Inline], scope: Scope) -> list[Json]:
    """Return inline nodes."""
    return [made for each in joined(nodes) for made in _inline(each, scope)]


def blocks(nodes: Iterable[Block], scope: Scope, *, level: int) -> list[Json]:
    """Return block nodes. ``level`` is that of the outermost heading among them, from 1 to 6.

    The marks of pages that begin between blocks lead in the paragraph that follows.
    """
    written: list[Json] = []
    marks: list[Json] = []
    for each in nodes:
        if isinstance(each, PageBreak):
            marks += page_break(each, scope)
            continue
        made = _block(each, scope, level)
        if marks and made and made[0]["t"] == "Para":
            made[0] = para([*marks, SPACE, *made[0]["c"]])
        elif marks:
            written.append(para(marks))
        written += made
        marks = []
    return [*written, para(marks)] if marks else written


def _inline(each: Inline, scope: Scope) -> list[Json]:  # noqa: C901 - every node kind
    match each:
        case Text(text=content):
            return text(content)
        case Emphasis() | Strong() | SmallCaps() | Superscript() | Subscript():
            return _looking(each, scope)
        case Strikeout() | Underline():
            return _looking(each, scope)
        case Name(children=kids):
            return inlines(kids, scope)
        case Code(text=content):
            return [node("Code", [NO_ATTRIBUTES, clean(content)])]
        case Math(text=content) if not is_harmless(content):
            return [node("Code", [NO_ATTRIBUTES, clean(content)])]
        case Math(text=content, display=display):
            kind = {"t": "DisplayMath" if display else "InlineMath"}
            return [node("Math", [kind, clean(content)])]
        case LineBreak():
            return [LINE_BREAK]
        case Link() | Reference():
            return _link(each, scope)
        case Image():
            return picture(each, scope)
        case NoteRef():
            return _call(each, scope)
        case CommentRef():
            return _comment_ref(each, scope)
        case PageBreak():
            return page_break(each, scope)
        case _:
            assert_never(each)


def _looking(
    each: Emphasis | Strong | SmallCaps | Superscript | Subscript | Strikeout | Underline,
    scope: Scope,
) -> list[Json]:
    kids = inlines(each.children, scope)
    kind = scope.form.styles.get(type(each))
    return [node(kind, kids)] if kind and kids else kids


def _link(each: Link | Reference, scope: Scope) -> list[Json]:
    """Return a link, in pieces around the calls and links in it; without an address, its text."""
    href = address(each.href) if isinstance(each, Link) else _target(each, scope)
    if href is None:
        return inlines(each.children, scope)
    if holds_link(each.children):
        return inlines(apart(each), scope)
    kids = inlines(each.children, scope)
    return [link(kids, href)] if kids else []


def _target(each: Reference, scope: Scope) -> str | None:
    name = target(each, scope.targets)
    return f"#{identifier(name)}" if name else None


def picture(each: Image, scope: Scope) -> list[Json]:
    """Return a picture, or its text alternative if the edition cannot hold it."""
    source = scope.form.picture(each, scope.document)
    alt = text(each.alt)
    return alt if source is None else [node("Image", [NO_ATTRIBUTES, alt, [source, ""]])]


def page_break(each: PageBreak, scope: Scope) -> list[Json]:
    return scope.form.page_break(scope.page_name(each.label), clean(each.label), scope.words.page)


# ---------------------------------------------------------------- notes and comments


def _call(each: NoteRef, scope: Scope) -> list[Json]:
    """Return a call, the first with its note and those that are called in it."""
    notes = scope.notes
    name, mark = scope.note_name(each.note), clean(notes.marks[each.note])
    if each.note not in notes.footnotes:
        return scope.form.characters("Note Mark", [link(text(mark), f"#{name}")])
    if scope.inside:
        notes.await_placing(each.note)
        return scope.form.call_again(name, mark)
    note = notes.place(each.note)
    if note is None:
        return scope.form.call_again(name, mark)
    return [
        *scope.form.footnote(name, mark, note_body(note.id, scope)),
        *(made for inner in notes.waiting() for made in _inner(inner.id, scope)),
    ]


def _inner(note: str, scope: Scope) -> list[Json]:
    mark = clean(scope.notes.marks[note])
    return scope.form.inner_footnote(scope.note_name(note), mark, note_body(note, scope))


def note_body(note: str, scope: Scope) -> list[Json]:
    """Return the text of a note, at least an empty paragraph."""
    scope.inside = True
    held = blocks(scope.notes.by_id[note].children, scope, level=6)
    scope.inside = False
    return held or [para([])]


def _comment_ref(each: CommentRef, scope: Scope) -> list[Json]:
    """Return a comment in the margin with its answers, or a link to where it stands."""
    if each.comment in scope.margin:
        shown = scope.reviews(each.comment)
        return [
            made
            for comment in shown
            for made in scope.form.review(comment, _said(comment.children, scope))
        ]
    number = scope.numbers[each.comment]
    said = f"{scope.words.comment.lower()}\u00a0{number}"
    kids = [link(text(said), f"#{scope.comment_name(each.comment)}")]
    return scope.form.characters("Comment Call", kids)


def _said(nodes: Iterable[Block], scope: Scope) -> list[Json]:
    """Return blocks as one paragraph with line breaks, which is what a margin holds."""
    scope.inside = True
    lines = [line for each in blocks(nodes, scope, level=6) for line in _lines(each)]
    scope.inside = False
    kids: list[Json] = []
    for line in lines:
        kids += [LINE_BREAK, *line] if kids else line
    return kids


def _lines(block: Any) -> Iterator[list[Json]]:
    """Yield the paragraphs in a block of pandoc's, whatever they are nested in."""
    match block:
        case {"t": "Para" | "Plain", "c": kids} | {"t": "Header", "c": [_, _, kids]}:
            yield kids
        case {"t": "LineBlock", "c": lines}:
            yield from lines
        case {"t": "CodeBlock", "c": [_, code]}:
            yield from (text(line) for line in code.splitlines())
        case {"c": content}:
            yield from _lines(content)
        case [*content]:
            for each in content:
                yield from _lines(each)
        case _:
            pass


# ------------------------------------------------------------------------- blocks


def _block(each: Block, scope: Scope, level: int) -> list[Json]:  # noqa: C901 - every node kind
    match each:
        case Paragraph(children=kids, role=role):
            made = [para(inlines(kids, scope))]
            return scope.form.paragraphs(role.capitalize(), made) if role else made
        case Heading(children=kids, level=below):
            return [header(level + below - 1, inlines(kids, scope))]
        case Section(heading=heading, children=kids):
            head = [header(level, inlines(heading.children, scope))] if heading else []
            return [*head, *blocks(kids, scope, level=level + 1)]
        case List():
            return [_list(each, scope, level)]
        case DefinitionList(items=items):
            return [
                node(
                    "DefinitionList",
                    [
                        [inlines(item.term, scope), [blocks(item.children, scope, level=level)]]
                        for item in items
                    ],
                )
            ]
        case Quote(children=kids):
            return [node("BlockQuote", blocks(kids, scope, level=level))]
        case LineBlock(lines=lines):
            return [node("LineBlock", [inlines(line, scope) for line in lines])]
        case CodeBlock(text=content):
            return [node("CodeBlock", [NO_ATTRIBUTES, clean(content)])]
        case Table(caption=caption):
            return [table(each, inlines(caption, scope), lambda cell: _cell(cell, scope, level))]
        case Figure(image=image, caption=caption):
            shown = scope.form.paragraphs("Figure", [para(picture(image, scope))])
            held = blocks(caption, scope, level=level)
            return [*shown, *(scope.form.paragraphs("Image Caption", held) if held else [])]
        case Rule():
            return [{"t": "HorizontalRule"}]
        case PageBreak():
            return [para(page_break(each, scope))]
        case _:
            assert_never(each)


def _cell(cell: Cell, scope: Scope, level: int) -> list[Json]:
    return blocks(cell.children, scope, level=level)


def _list(each: List, scope: Scope, level: int) -> Json:
    """Return a list with the numbers that the source printed, or its marks as text."""
    items = [blocks(item.children, scope, level=level) for item in each.items]
    numbered = numbering(each)
    if numbered:
        start, delimiter = numbered
        style = [start, {"t": "Decimal"}, {"t": delimiter}]
        return node("OrderedList", [style, _tight(items)])
    marked = [_marked(*pair) for pair in zip(item_marks(each), items, strict=True)]
    if any(item_marks(each)):
        return node("BlockQuote", [block for item in marked for block in item])
    return node("BulletList", _tight(marked))


def _marked(mark: str, held: list[Json]) -> list[Json]:
    if not mark:
        return held
    if held and held[0]["t"] == "Para":
        return [para([*text(mark), SPACE, *held[0]["c"]]), *held[1:]]
    return [para(text(mark)), *held]


def _tight(items: list[list[Json]]) -> list[list[Json]]:
    """Return list items without space between them if none is more than a line of text."""
    if any(len(item) > 1 for item in items):
        return items
    return [
        [{**block, "t": "Plain"} if block["t"] == "Para" else block for block in item]
        for item in items
    ]
