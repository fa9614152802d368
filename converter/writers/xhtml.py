"""From model nodes to XHTML elements, for all writers whose editions are made of XHTML.

What differs between them (where a note call leads, how a page break looks, what a reference
points to) is asked of ``Hooks``; everything else is the same markup for all, and looks are CSS.
Text that the source does not have carries the class ``generated``. What HTML has no word for
stands in ``data-`` attributes, so that an edition can be read back as it was written.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, Protocol, TypeAlias, assert_never

from lxml import etree

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
from converter.writers.grid import WIDEST
from converter.writers.links import apart, holds_link
from converter.writers.pictures import on_the_web

XHTML: Final = "http://www.w3.org/1999/xhtml"
Element: TypeAlias = etree._Element

_HEADINGS: Final = 6
_RANKS: Final = tuple(f"{{{XHTML}}}h{rank}" for rank in range(1, _HEADINGS + 1))
# What XML cannot hold: https://www.w3.org/TR/xml/#charsets. Readers let none of it through, but
# a model that another program wrote may have it.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Hooks(Protocol):
    """What a writer decides for itself. ``words`` are those that it adds to the source's."""

    words: Words

    def note_call(self, parent: Element, node: NoteRef) -> None:
        """Append the call of a note."""

    def comment(self, node: CommentRef) -> tuple[str, str]:
        """Return number and address of a comment."""

    def page_break(self, parent: Element, node: PageBreak) -> None:
        """Append the mark at which a page of the printed source begins."""

    def href(self, node: Reference) -> str | None:
        """Return where a reference leads, None if the edition does not hold its target."""

    def image(self, node: Image) -> str | None:
        """Return the address of a picture in the edition, None if it is missing."""


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Append an XHTML element; attributes as in ``class_="note"``, ``aria_label="Notes"``."""
    named = {_named(key): clean(value) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{XHTML}}}{name}", named)
    if text:
        element.text = clean(text)
    return element


@cache
def _named(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def clean(text: str) -> str:
    """Return ``text`` with U+FFFD in place of what XML cannot hold."""
    return text if text.isprintable() else _ILLEGAL.sub("\ufffd", text)


def add_text(parent: Element, text: str) -> None:
    """Append ``text`` behind what ``parent`` holds."""
    text = clean(text)
    try:
        last = parent[-1]
    except IndexError:  # to ask first counts all that there is
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def add_inlines(parent: Element, nodes: Iterable[Inline], hooks: Hooks) -> None:
    """Append inline nodes."""
    for node in nodes:
        _add_inline(parent, node, hooks)


def add_blocks(parent: Element, nodes: Iterable[Block], hooks: Hooks, *, level: int = 2) -> None:
    """Append block nodes. ``level`` is that of the outermost heading among them, from 1 to 6."""
    for node in nodes:
        _add_block(parent, node, hooks, level)


def name_by(element: Element, name: str) -> None:
    """Keep ``name``, a note's or comment's id in the model, where the element's own is another."""
    if element.get("id", "").partition("-")[2] != name:
        element.set("data-id", clean(name))


def close_gaps(root: Element) -> None:
    """Raise headings that skip a rank: screen readers take a gap for a missing heading.

    See https://www.w3.org/WAI/tutorials/page-structure/headings/.
    """
    rank = 1
    for heading in root.iter(*_RANKS):
        own = _RANKS.index(str(heading.tag)) + 1
        rank = min(own, rank + 1)
        if rank < own and "data-rank" not in heading.attrib:
            heading.set("data-rank", str(own))
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
        case Name(children=kids, kind=kind, key=key):
            name = add(parent, "span", class_=f"name {kind}")
            _set(name, "data-key", key)
            add_inlines(name, kids, hooks)
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
    number, href = hooks.comment(node)
    mark = add(parent, "sup", class_="comment-ref generated")
    add(mark, "a", f"{hooks.words.comment.lower()}\u00a0{number}", href=href)


def _add_link(
    parent: Element, node: Link | Reference, hooks: Hooks, href: str | None, **attributes: str
) -> None:
    """Append a link; without an address, its text.

    One that holds calls or links is a span around its pieces, which are links themselves.
    """
    if href is None:
        add_inlines(parent, node.children, hooks)
    elif holds_link(node.children):
        given = node.href if isinstance(node, Link) else href
        whole = add(parent, "span", class_="pieces", data_href=given)
        add_inlines(whole, apart(node), hooks)
    elif node.children:
        link = add(parent, "a", href=href, **attributes)
        if isinstance(node, Link) and node.href != href:
            _set(link, "data-href", node.href)
        add_inlines(link, node.children, hooks)
        if _is_silent(link):
            link.set("aria-label", href)


def _is_silent(element: Element) -> bool:
    """Return whether nothing in ``element`` can be read aloud."""
    pictures = element.iter(f"{{{XHTML}}}img")
    return not "".join(map(str, element.itertext())).strip() and not any(
        each.get("alt") for each in pictures
    )


def _set(element: Element, name: str, value: str) -> None:
    """Give ``element`` the attribute ``name`` unless ``value`` is empty."""
    if value:
        element.set(name, clean(value))


def _add_block(parent: Element, node: Block, hooks: Hooks, level: int) -> None:  # noqa: C901 - every node kind
    match node:
        case Paragraph(children=kids, role=role):
            paragraph = add(parent, "p", class_=role) if role else add(parent, "p")
            add_inlines(paragraph, kids, hooks)
        case Heading(children=kids, level=below):
            add_inlines(_add_ranked(parent, level + below - 1), kids, hooks)
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
            _add_lines(add(parent, "p", class_="lines"), lines, hooks)
        case CodeBlock(text=text, language=language):
            code = add(add(parent, "pre"), "code", text)
            _set(code, "class", language and f"language-{language}")
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


def _add_ranked(parent: Element, rank: int) -> Element:
    """Append a heading of ``rank``, the lowest that there is where HTML has none so low."""
    heading = add(parent, f"h{min(rank, _HEADINGS)}")
    if rank > _HEADINGS:
        heading.set("data-rank", str(rank))
    return heading


def _add_lines(verse: Element, lines: Iterable[Iterable[Inline]], hooks: Hooks) -> None:
    """Append ``lines`` with breaks between them, told from those within a line."""
    for position, line in enumerate(lines):
        if position:
            add(verse, "br")
        for node in line:
            if isinstance(node, LineBreak):
                add(verse, "br", class_="within")
            else:
                _add_inline(verse, node, hooks)


def _add_section(parent: Element, node: Section, hooks: Hooks, level: int) -> None:
    section = add(parent, "section", class_=node.kind)
    if node.heading:
        heading = _add_ranked(section, level)
        if node.heading.level != 1:
            heading.set("data-level", str(node.heading.level))
        add_inlines(heading, node.heading.children, hooks)
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
        case (Paragraph() as only,) if _stands_bare(only):
            add_inlines(element, only.children, hooks)
        case (Paragraph() as first, List() as inner) if _stands_bare(first):
            add_inlines(element, first.children, hooks)
            _add_list(element, inner, hooks, level)
        case blocks:
            add_blocks(element, blocks, hooks, level=level)


def _stands_bare(paragraph: Paragraph) -> bool:
    """Whether ``paragraph`` can be told without an element: not if it has a role or no words."""
    return not paragraph.role and any(
        bool(node.text.strip()) if isinstance(node, Text) else not isinstance(node, PageBreak)
        for node in paragraph.children
    )


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
    """Append ``cell``; a header that says nothing is none to those who hear the table."""
    element = add(parent, "th" if cell.header else "td")
    for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)):
        if span > 1:
            element.set(name, str(min(span, WIDEST)))
    match cell.children:
        case (Paragraph() as only,) if _stands_bare(only):
            add_inlines(element, only.children, hooks)
        case blocks:
            add_blocks(element, blocks, hooks, level=level)
    if cell.header and _is_silent(element):
        element.tag = f"{{{XHTML}}}td"
        element.set("class", "header")


def _add_image(parent: Element, node: Image, hooks: Hooks) -> None:
    source = hooks.image(node)
    if source is None:
        _add_alternative(parent, node)
    else:
        add(parent, "img", src=source, alt=node.alt)


def _add_alternative(parent: Element, node: Image) -> None:
    """Append the text alternative of a picture, a link to it where it was left on the web.

    What the source says of its place is kept, unless that is a picture itself, a broken one.
    """
    href = on_the_web(node)
    linked = any(each.tag == f"{{{XHTML}}}a" for each in (parent, *parent.iterancestors()))
    if href and node.alt and not linked:
        missing = add(parent, "a", node.alt, href=href, class_="missing-image")
    else:
        missing = add(parent, "span", node.alt, class_="missing-image")
    _set(missing, "data-src", "" if node.src.startswith("data:") else node.src)
