"""From model nodes to XHTML elements, for all writers whose editions are made of XHTML.

What differs between them (where a note call leads, how a page break looks, what a reference
points to) is asked of ``Hooks``; everything else is the same markup for all, and looks are CSS.
Text that the source does not have carries the class ``generated``.
"""

import re
from collections.abc import Iterable
from typing import Final, Protocol, TypeAlias, assert_never

from lxml import etree

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
    ListItem,
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
from converter.words import Words
from converter.writers.links import address, apart, holds_link
from converter.writers.pictures import on_the_web

XHTML: Final = "http://www.w3.org/1999/xhtml"
Element: TypeAlias = etree._Element

_HEADINGS: Final = 6
_RANKS: Final = tuple(f"{{{XHTML}}}h{rank}" for rank in range(1, _HEADINGS + 1))
# The most columns of a cell: https://html.spec.whatwg.org/#attributes-common-to-td-and-th-elements
_WIDEST: Final = 1000
# What XML cannot hold: https://www.w3.org/TR/xml/#charsets. Readers let none of it through, but
# a model that another program wrote may have it.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Hooks(Protocol):
    """What a writer decides for itself. ``words`` are those that it adds to the source's."""

    words: Words

    def note_call(self, parent: Element, node: NoteRef) -> None:
        """Append the call of a note."""

    def comment(self, node: CommentRef) -> tuple[str, str] | None:
        """Return number and address of a comment, None if the document has no such comment."""

    def page_break(self, parent: Element, node: PageBreak) -> None:
        """Append the mark at which a page of the printed source begins."""

    def href(self, node: Reference) -> str | None:
        """Return where a reference leads, None if the edition does not hold its target."""

    def image(self, node: Image) -> str | None:
        """Return the address of a picture in the edition, None if it is missing."""


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Append an XHTML element; attributes as in ``class_="note"``, ``aria_label="Notes"``."""
    element = etree.SubElement(parent, f"{{{XHTML}}}{name}")
    for key, value in attributes.items():
        element.set(key.rstrip("_").replace("_", "-"), clean(value))
    if text:
        element.text = clean(text)
    return element


def clean(text: str) -> str:
    """Return ``text`` with U+FFFD in place of what XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def add_text(parent: Element, text: str) -> None:
    """Append ``text`` behind what ``parent`` holds."""
    text = clean(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def add_inlines(parent: Element, nodes: Iterable[Inline], hooks: Hooks) -> None:
    """Append inline nodes."""
    for node in nodes:
        _add_inline(parent, node, hooks)


def add_blocks(parent: Element, nodes: Iterable[Block], hooks: Hooks, *, level: int = 2) -> None:
    """Append block nodes. ``level`` is that of the outermost heading among them, from 1 to 6."""
    for node in nodes:
        _add_block(parent, node, hooks, level)


def close_gaps(root: Element) -> None:
    """Raise headings that skip a rank: screen readers take a gap for a missing heading.

    See https://www.w3.org/WAI/tutorials/page-structure/headings/.
    """
    rank = 1
    for heading in root.iter(*_RANKS):
        rank = min(_RANKS.index(str(heading.tag)) + 1, rank + 1)
        heading.tag = _RANKS[rank - 1]


def _add_inline(parent: Element, node: Inline, hooks: Hooks) -> None:  # noqa: C901 - every node kind
    match node:
        case Text(text=text):
            add_text(parent, text)
        case Emphasis(children=kids):
            add_inlines(add(parent, "em"), kids, hooks)
        case Strong(children=kids):
            add_inlines(add(parent, "strong"), kids, hooks)
        case SmallCaps(children=kids):
            add_inlines(add(parent, "span", class_="small-caps"), kids, hooks)
        case Superscript(children=kids):
            add_inlines(add(parent, "sup"), kids, hooks)
        case Subscript(children=kids):
            add_inlines(add(parent, "sub"), kids, hooks)
        case Strikeout(children=kids):
            add_inlines(add(parent, "s"), kids, hooks)
        case Underline(children=kids):
            add_inlines(add(parent, "span", class_="underline"), kids, hooks)
        case Code(text=text):
            add(parent, "code", text)
        case Math(text=text, display=display):
            add(parent, "code", text, class_="math display" if display else "math")
        case LineBreak():
            add(parent, "br")
        case Name(children=kids, kind=kind):
            add_inlines(add(parent, "span", class_=f"name {kind}"), kids, hooks)
        case Link(href=href):
            _add_link(parent, node, hooks, address(href))
        case Reference():
            _add_link(parent, node, hooks, hooks.href(node), class_="reference")
        case Image():
            _add_image(parent, node, hooks)
        case NoteRef():
            hooks.note_call(parent, node)
        case CommentRef():
            _add_comment_ref(parent, node, hooks)
        case PageBreak():
            hooks.page_break(parent, node)
        case _:
            assert_never(node)


def _add_comment_ref(parent: Element, node: CommentRef, hooks: Hooks) -> None:
    if found := hooks.comment(node):
        number, href = found
        mark = add(parent, "sup", class_="comment-ref generated")
        add(mark, "a", f"{hooks.words.comment.lower()}\u00a0{number}", href=href)


def _add_link(
    parent: Element, node: Link | Reference, hooks: Hooks, href: str | None, **attributes: str
) -> None:
    """Append a link, in pieces around the calls and links in it; without an address, its text."""
    if href is None:
        add_inlines(parent, node.children, hooks)
    elif holds_link(node.children):
        add_inlines(parent, apart(node), hooks)
    elif node.children:
        add_inlines(add(parent, "a", href=href, **attributes), node.children, hooks)


def _add_block(parent: Element, node: Block, hooks: Hooks, level: int) -> None:  # noqa: C901 - every node kind
    match node:
        case Paragraph(children=kids, role=role):
            paragraph = add(parent, "p", class_=role) if role else add(parent, "p")
            add_inlines(paragraph, kids, hooks)
        case Heading(children=kids, level=below):
            rank = min(level + below - 1, _HEADINGS)
            add_inlines(add(parent, f"h{rank}"), kids, hooks)
        case Section():
            _add_section(parent, node, hooks, level)
        case List():
            _add_list(parent, node, hooks, level)
        case DefinitionList(items=items):
            definitions = add(parent, "dl")
            for item in items:
                add_inlines(add(definitions, "dt"), item.term, hooks)
                add_blocks(add(definitions, "dd"), item.children, hooks, level=level)
        case Quote(children=kids):
            add_blocks(add(parent, "blockquote"), kids, hooks, level=level)
        case LineBlock(lines=lines):
            verse = add(parent, "p", class_="lines")
            for position, line in enumerate(lines):
                if position:
                    add(verse, "br")
                add_inlines(verse, line, hooks)
        case CodeBlock(text=text):
            add(add(parent, "pre"), "code", text)
        case Table():
            _add_table(parent, node, hooks, level)
        case Figure(image=image, caption=caption):
            figure = add(parent, "figure")
            _add_image(figure, image, hooks)
            if caption:
                add_blocks(add(figure, "figcaption"), caption, hooks, level=level)
        case Rule():
            add(parent, "hr")
        case PageBreak():
            hooks.page_break(parent, node)
        case _:
            assert_never(node)


def _add_section(parent: Element, node: Section, hooks: Hooks, level: int) -> None:
    section = add(parent, "section", class_=node.kind)
    if node.heading:
        rank = min(level, _HEADINGS)
        add_inlines(add(section, f"h{rank}"), node.heading.children, hooks)
    add_blocks(section, node.children, hooks, level=level + 1)


def _add_list(parent: Element, node: List, hooks: Hooks, level: int) -> None:
    element = add(parent, "ol" if node.ordered else "ul")
    if node.ordered and node.start != 1:
        element.set("start", str(node.start))
    for item in node.items:
        _add_item(element, item, hooks, level)


def _add_item(parent: Element, item: ListItem, hooks: Hooks, level: int) -> None:
    """Append a list item. A single paragraph needs no ``p``, and PDF/UA allows none."""
    element = add(parent, "li", class_="marked") if item.marker else add(parent, "li")
    if item.marker:
        add(element, "span", item.marker, class_="marker").tail = " "
    match item.children:
        case (Paragraph(children=kids, role=""),):
            add_inlines(element, kids, hooks)
        case (Paragraph(children=kids, role=""), List() as inner):
            add_inlines(element, kids, hooks)
            _add_list(element, inner, hooks, level)
        case blocks:
            add_blocks(element, blocks, hooks, level=level)


def _add_table(parent: Element, node: Table, hooks: Hooks, level: int) -> None:
    table = add(parent, "table")
    if node.caption:
        add_inlines(add(table, "caption"), node.caption, hooks)
    body = add(table, "tbody")
    for row in node.rows:
        element = add(body, "tr")
        for cell in row.cells:
            _add_cell(element, cell, hooks, level)


def _add_cell(parent: Element, cell: Cell, hooks: Hooks, level: int) -> None:
    element = add(parent, "th" if cell.header else "td")
    for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)):
        if span > 1:
            element.set(name, str(min(span, _WIDEST)))
    match cell.children:
        case (Paragraph(children=kids, role=""),):
            add_inlines(element, kids, hooks)
        case blocks:
            add_blocks(element, blocks, hooks, level=level)


def _add_image(parent: Element, node: Image, hooks: Hooks) -> None:
    source = hooks.image(node)
    if source is None:
        _add_alternative(parent, node)
    else:
        add(parent, "img", src=source, alt=node.alt)


def _add_alternative(parent: Element, node: Image) -> None:
    """Append the text alternative of a picture, a link to it where it was left on the web."""
    href = on_the_web(node)
    linked = any(each.tag == f"{{{XHTML}}}a" for each in (parent, *parent.iterancestors()))
    if href and node.alt and not linked:
        add(parent, "a", node.alt, href=href, class_="missing-image")
    else:
        add(parent, "span", node.alt, class_="missing-image")
