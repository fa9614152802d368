from collections import Counter

import pytest

from converter.errors import SourceError
from converter.markup.page import parse_fragment, parse_html


def first(page, tag):
    return next(page.root.iter(tag))


def test_visible_text_leaves_out_scripts_styles_and_comments():
    page = parse_html(
        "<p>One<script>evil()</script><!-- no --> two<style>p{}</style></p>", "a.html"
    )
    assert page.words(page.root) == "One two"


def test_blocks_and_line_breaks_part_words_and_inline_elements_do_not():
    page = parse_html("<p>lan<b>tern</b><br>room</p><td>oil</td>", "a.html")
    assert page.text.split() == ["lantern", "room", "oil"]


def test_a_picture_counts_with_its_alternative_and_a_formula_with_its_tex():
    markup = '<img alt="A lamp"> <math><mi>x</mi><annotation encoding="application/x-tex">x^2'
    assert parse_html(markup, "a.html").text.split() == ["A", "lamp", "x^2"]


def test_every_word_counts_once_in_the_column_that_kept_most_of_it():
    page = parse_html(
        "<p><b>Reagan</b><sup>1</sup> <i>1.</i> <u>Reply</u> <s>said</s></p>", "a.html"
    )
    page.keep(page.span(first(page, "b")))
    page.structure(page.span(first(page, "sup")))
    page.structure(page.span(first(page, "i")))
    page.drop(first(page, "u"), "reply link")
    page.field(page.span(first(page, "s")))
    ledger = page.ledger()
    assert (ledger.words, ledger.kept, ledger.structure, ledger.dropped) == (4, 2, 1, 1)
    assert [(drop.text, drop.reason, drop.line) for drop in ledger.drops] == [
        ("Reply", "reply link", 1)
    ]


def test_a_word_that_nobody_claims_unbalances_the_ledger_and_shows_among_the_kept():
    page = parse_html("<p>lost <b>found</b></p>", "a.html")
    page.keep(page.span(first(page, "b")))
    assert not page.ledger().balanced
    assert page.kept_words() == Counter(["lost", "found"])


def test_dropping_takes_only_what_nobody_has_claimed():
    page = parse_html("<p>keep <b>this</b> not that</p>", "a.html")
    page.keep(page.span(first(page, "b")))
    page.drop(first(page, "p"), "noise")
    assert [drop.text for drop in page.ledger().drops] == ["keep not that"]


def test_places_name_the_nearest_id_and_messages_the_line():
    page = parse_html('<div id="memo">\n<p>text</p></div>', "a.html")
    assert page.prov(first(page, "p")).element == "memo"
    assert str(page.place(first(page, "p"))) == "a.html:2"


def test_a_fragment_gives_the_line_where_it_stands_in_its_source():
    page = parse_fragment("one\n\n<p>two", "blog.xml", line=70)
    assert str(page.place(first(page, "p"))) == "blog.xml:70"


@pytest.mark.parametrize(
    "markup", ["", "   ", "plain words", "<p><b>one</p></b>", "<", "</p>", "<!-"]
)
def test_what_is_malformed_is_mended(markup):
    assert parse_html(markup, "a.html").words is not None


def test_a_page_of_ten_thousand_levels_is_refused_with_its_place():
    with pytest.raises(SourceError, match="a.html:1.*2,048 deep"):
        parse_html("<div>" * 10_000 + "text", "a.html")


@pytest.mark.parametrize("value", ["", "=x", '="a > b"', "='<'", " = x"])
def test_an_element_of_thousands_of_attributes_is_refused_with_its_line(value):
    attributes = " ".join(f"a{number}{value}" for number in range(1_200))
    with pytest.raises(SourceError, match="a.html:2.*attributes"):
        parse_html(f"<p>\n<a {attributes}>b</a>", "a.html")


def test_words_between_tags_are_no_attributes():
    assert parse_html("<p>" + "tide " * 5_000 + "</p>", "a.html").text.count("tide") == 5_000


def test_an_external_entity_is_not_read():
    page = parse_html('<!DOCTYPE html [<!ENTITY x SYSTEM "/etc/passwd">]><p>a &x; b', "a.html")
    assert "root:" not in page.text


@pytest.mark.parametrize("name", ["source", "track", "wbr", "embed"])
def test_what_follows_an_element_that_holds_nothing_is_not_in_it(name):
    page = parse_html(f"<div>a <{name}><img alt='lamp'> b<{name}>c <i>d</i></div> e", "a.html")
    assert all(len(each) == 0 and not each.text for each in page.root.iter(name))
    assert page.text.split() == ["a", "lamp", "bc", "d", "e"]
