from collections import Counter

import pytest
from msgspec.structs import replace

from converter.markup.build import DEEPEST, Builder
from converter.markup.links import Links
from converter.markup.page import parse_html
from converter.model import (
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Emphasis,
    Figure,
    Heading,
    Image,
    LineBlock,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    Paragraph,
    Quote,
    Row,
    Rule,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
)
from converter.pictures import Pictures
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text, walk


def built(markup, report=None, **options):
    """Return the blocks of ``markup`` without provenance; every word of it is accounted for."""
    page = parse_html(markup, "page.html")
    links = Links("https://lamps.example/a/")
    report = report or Report()
    pictures = Pictures(Source("page.html", b""), report)
    builder = Builder(page, links, report, pictures=pictures, marks={}, **options)
    blocks = builder.blocks(page.root)
    assert page.ledger().balanced
    assert page.kept_words() == Counter(plain_text(blocks).split())
    return tuple(map(bare, blocks))


def bare(node):
    """Return ``node`` and all below it without provenance."""
    fields = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if name == "prov":
            fields[name] = None
        elif isinstance(value, tuple):
            fields[name] = tuple(
                tuple(map(bare, each)) if isinstance(each, tuple) else bare(each) for each in value
            )
        elif name in {"image", "heading"} and value is not None:
            fields[name] = bare(value)
    return replace(node, **fields)


def p(*nodes):
    return Paragraph(tuple(Text(node) if isinstance(node, str) else node for node in nodes))


def codes(markup):
    report = Report()
    built(markup, report)
    return [message.code for message in report.messages]


def test_inline_elements_become_their_nodes():
    markup = (
        "<i>a</i> <b>b</b> <sup>c</sup> <sub>d</sub> <s>e</s> <u>f</u> <code>g</code> "
        '<span style="font-variant: small-caps">h</span>'
    )
    kinds = [type(node) for node in built(markup)[0].children if node != Text(" ")]
    assert kinds == [
        *(Emphasis, Strong, Superscript, Subscript, Strikeout, Underline, Code, SmallCaps)
    ]


def test_white_space_is_one_space_outside_of_the_element_it_begins_or_ends():
    assert built("<p> a\n <b> b </b>\n c </p>") == (p("a ", Strong((Text("b"),)), " c"),)


def test_text_between_blocks_is_a_paragraph_of_its_own():
    assert built("one<p>two</p>three<br>four") == (
        p("one"),
        p("two"),
        p("three", LineBreak(), "four"),
    )


def test_an_inline_element_around_blocks_applies_to_the_text_of_each():
    link = "https://lamps.example/b"
    assert built('<a href="/b"><h2>Head</h2><p>Body</p></a>') == (
        Heading((Link((Text("Head"),), link),)),
        p(Link((Text("Body"),), link)),
    )


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "file:///etc", "#top"])
def test_only_addresses_on_the_web_become_links(href):
    assert built(f'<p><a href="{href}">text</a></p>') == (p("text"),)


def test_the_highest_heading_is_of_level_one():
    assert [(each.level, plain_text([each])) for each in built("<h3>A</h3><h4>B</h4>")] == [
        (1, "A"),
        (2, "B"),
    ]


def test_lists_keep_start_and_nest_and_go_on_as_another_where_numbers_jump():
    markup = '<ol start="3"><li>a<ul><li>b</ul><li>c<li value="9">d</ol>'
    inner = List((ListItem((p("b"),)),))
    assert built(markup) == (
        List((ListItem((p("a"), inner)), ListItem((p("c"),))), ordered=True, start=3),
        List((ListItem((p("d"),)),), ordered=True, start=9),
    )


def test_text_that_strays_between_items_stays_in_the_list():
    assert built("<ul>one<li>two</li>three</ul>") == (
        List((ListItem((p("one"), p("two"), p("three"))),)),
    )


def test_tables_keep_captions_headers_and_spans():
    markup = "<table><caption>Oil</caption><tr><th colspan=2>Year<tr><td>1931<td>4</table>"
    assert built(markup) == (
        Table(
            (
                Row((Cell((p("Year"),), header=True, colspan=2),)),
                Row((Cell((p("1931"),)), Cell((p("4"),)))),
            ),
            caption=(Text("Oil"),),
        ),
    )


def test_a_cell_wider_than_its_table_is_as_wide():
    (table,) = built("<table><tr><td colspan=99>Oil<tr><td>1931<td>4</table>")
    assert table.rows[0].cells[0].colspan == 2


def test_a_table_that_only_lays_out_the_page_leaves_its_text():
    assert built("<table role=presentation><tr><td><p>a</p><td>b</table>") == (p("a"), p("b"))
    assert built("<table><tr><td>alone</table>") == (p("alone"),)


def test_terms_and_their_definitions_stay_together():
    assert built("<dl><dt>lamp<dt>light<dd>shines</dl>") == (
        DefinitionList((Definition((Text("lamp"), LineBreak(), Text("light")), (p("shines"),)),)),
    )


def test_a_figure_has_one_picture_and_a_caption():
    markup = '<figure><img src="lamp.png" alt="A lamp"><figcaption>Lit</figcaption></figure>'
    assert built(markup) == (Figure(Image("lamp.png", "A lamp"), (p("Lit"),)),)


@pytest.mark.parametrize("attributes", ['src="files/a.png"', 'src="data:x" data-src="files/a.png"'])
def test_a_picture_is_where_the_page_says_however_late_it_loads_it(attributes):
    assert built(f'<p>See <img {attributes} alt="A"></p>') == (
        p("See ", Image("files/a.png", "A")),
    )


def test_a_picture_on_the_web_keeps_its_address_and_is_reported():
    markup = '<p><img src="http://x.example/lamp.png" alt="A lamp"></p>'
    assert built(markup) == (p(Image("http://x.example/lamp.png", "A lamp")),)
    assert codes(markup) == ["remote-image"]


def test_a_video_has_no_place_and_is_reported():
    assert codes('<p>a</p><video src="lamp.mp4">No video.</video>') == ["media-left-out"]


def test_preformatted_text_is_code_with_its_language_and_verse_is_lines():
    markup = '<pre><code class="language-python">if lit:\n    pass</code></pre>'
    assert built(markup) == (CodeBlock("if lit:\n    pass", "python"),)
    assert built('<pre class="wp-block-verse">One\n<i>two</i></pre>') == (
        LineBlock(((Text("One"),), (Emphasis((Text("two"),)),))),
    )


def test_quotations_rules_and_formulas():
    markup = '<blockquote>said</blockquote><hr><script type="math/tex">x^2</script>'
    assert built(markup) == (Quote((p("said"),)), Rule(), p(Math("x^2")))


def test_line_feeds_are_breaks_and_paragraphs_where_wordpress_reads_them_so():
    markup = "one\ntwo\n\nthree <i>four</i>\n<ul>\n<li>five</li>\n</ul>\nsix\n"
    assert built(markup, breaks=True) == (
        p("one", LineBreak(), "two"),
        p("three ", Emphasis((Text("four"),))),
        List((ListItem((p("five"),)),)),
        p("six"),
    )


def test_scripts_and_handlers_never_reach_the_model():
    blocks = built('<p onclick="evil()">a<script>evil()</script><style>evil</style></p>')
    assert blocks == (p("a"),)


@pytest.mark.parametrize("tag", ["blockquote", "ul", "b", "table", "div", "span"])
def test_nesting_without_end_is_cut_level_and_keeps_every_word(tag):
    inside = {"ul": "<ul><li>", "table": "<table><tr><td>"}.get(tag, f"<{tag}>")
    report = Report()
    blocks = built(f"{inside}word " * 300, report)
    assert plain_text(blocks).split() == ["word"] * 300
    flat = tag in {"div", "span"}
    expected = [] if flat else ["nesting-flattened"]
    assert [each.code for each in report.messages] == expected
    assert sum(isinstance(node, Quote | Strong) for node in walk(blocks)) <= DEEPEST


def test_a_block_that_leaves_the_text_still_parts_what_is_around_it():
    page = parse_html("<div>one<aside>gone</aside>two</div>", "page.html")
    aside = next(page.root.iter("aside"))
    page.drop(aside, "sidebar")
    pictures = Pictures(Source("page.html", b""), report := Report())
    builder = Builder(page, Links(), report, pictures=pictures, marks={aside: ()})
    blocks = builder.blocks(page.root)
    assert tuple(map(bare, blocks)) == (p("one"), p("two"))
    assert page.kept_words() == Counter(plain_text(blocks).split())
