"""Model nodes as XHTML elements."""

import pytest
from lxml import etree

from converter.model import (
    Cell,
    CommentRef,
    Emphasis,
    Figure,
    Image,
    Link,
    List,
    ListItem,
    NoteRef,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
)
from converter.words import words
from converter.writers.xhtml import XHTML, add, add_blocks, add_inlines, clean


class PlainHooks:
    """Calls are stars, pages are bars, references lead to ``#target``, pictures are missing."""

    words = words("en")

    def note_call(self, parent, node):
        add(parent, "a", "*", href=f"#{node.note}")

    def comment(self, node):
        return ("1", f"#{node.comment}")

    def page_break(self, parent, node):
        add(parent, "span", f"|{node.label}|")

    def href(self, node):
        return "#target" if node.document == "here" else None

    def image(self, node):
        return None


@pytest.fixture
def markup():
    """Return a function that renders nodes as a string without name spaces."""

    def render(adding, *nodes):
        root = etree.Element(f"{{{XHTML}}}x", nsmap={None: XHTML})
        adding(root, nodes, PlainHooks())
        text = etree.tostring(root, encoding="unicode")
        return text.removeprefix(f'<x xmlns="{XHTML}">').removesuffix("</x>")

    return render


def link(*children):
    return Link(children, "https://example.org/")


def test_text_is_escaped(markup):
    assert markup(add_inlines, Text("a < b & c")) == "a &lt; b &amp; c"


def test_what_xml_cannot_hold_is_shown_as_the_replacement_character(markup):
    assert markup(add_inlines, Text("a\x00b\ud800c\uffff")) == "a\ufffdb\ufffdc\ufffd"
    assert clean("tab\tand\nline stay") == "tab\tand\nline stay"


def test_a_link_is_cut_around_the_call_of_a_note_in_it(markup):
    assert markup(add_inlines, link(Text("see"), NoteRef("n"), Text("this"))) == (
        '<span class="pieces" data-href="https://example.org/">'
        '<a href="https://example.org/">see</a><a href="#n">*</a>'
        '<a href="https://example.org/">this</a></span>'
    )


def test_a_link_in_a_link_stands_alone(markup):
    inner = Emphasis((link(Text("in")),))
    assert markup(add_inlines, Reference((Text("out "), inner), "here")) == (
        '<span class="pieces" data-href="#target"><a href="#target" class="reference">out </a>'
        '<em><a href="https://example.org/">in</a></em></span>'
    )


def test_a_link_without_a_valid_address_is_text(markup):
    assert markup(add_inlines, Link((Text("click"),), "javascript:alert(1)")) == "click"
    assert markup(add_inlines, Reference((Text("there"),), "elsewhere")) == "there"


def test_the_printed_marker_of_a_list_item_is_kept(markup):
    item = ListItem((Paragraph((Text("oil"),)),), marker="b)")
    assert markup(add_blocks, List((item,), ordered=True, start=2)) == (
        '<ol start="2"><li class="marked"><span class="marker">b)</span> oil</li></ol>'
    )


def test_page_breaks_stand_among_words_and_among_blocks(markup):
    blocks = (PageBreak("1"), Paragraph((Text("he"), PageBreak("2"), Text("ad"))))
    assert markup(add_blocks, *blocks) == "<span>|1|</span><p>he<span>|2|</span>ad</p>"


def test_a_missing_picture_gives_way_to_its_text(markup):
    assert markup(add_blocks, Figure(Image("map.png", "A map"))) == (
        '<figure><span class="missing-image" data-src="map.png">A map</span></figure>'
    )


def test_the_place_of_a_review_comment_leads_to_it_and_is_no_text_of_the_source(markup):
    found = markup(add_inlines, CommentRef("c7"))
    link = '<a href="#c7">comment\xa01</a>'
    assert found == f'<sup class="comment-ref generated">{link}</sup>'


def test_the_place_of_a_review_comment_cuts_the_link_around_it(markup):
    found = markup(add_inlines, link(Text("a"), CommentRef("c7"), Text("b")))
    assert found.count("<a href=") == 3
    assert found.endswith('</sup><a href="https://example.org/">b</a></span>')


@pytest.mark.parametrize(
    ("span", "attribute"),
    [(0, ""), (-1, ""), (1, ""), (3, ' colspan="3"'), (70_000, ' colspan="1000"')],
)
def test_a_cell_spans_as_many_columns_as_html_allows(markup, span, attribute):
    table = Table((Row((Cell((), colspan=span),)),))
    found = markup(add_blocks, table)
    assert found == f"<table><tbody><tr><td{attribute}/></tr></tbody></table>"


def test_a_header_that_says_nothing_is_no_header_to_those_who_hear_the_table(markup):
    table = Table((Row((Cell((), header=True), Cell((Paragraph((Text("a"),)),), header=True))),))
    found = markup(add_blocks, table)
    assert found == '<table><tbody><tr><td class="header"/><th>a</th></tr></tbody></table>'


def test_a_link_that_shows_nothing_is_called_by_its_address(markup):
    picture = Image("https://example.org/lost.png")
    assert markup(add_inlines, link(picture)).startswith(
        '<a href="https://example.org/" aria-label="https://example.org/">'
    )
    assert "aria-label" not in markup(add_inlines, link(Text("a"), picture))
