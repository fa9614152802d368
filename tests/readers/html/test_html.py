"""Web pages as a whole: main text, title, fields, what is left out, and that no word is lost."""

import random

import pytest

from converter.errors import SourceError
from converter.model import NoteRef
from converter.readers.html import read, sniff
from converter.report import Report
from converter.source import Source
from converter.walk import page_labels, plain_text, walk

ARTICLE = (
    "<p>The lamp at Skarnholm was lit on the third of March, and nobody knew who had lit it. "
    "The keeper had gone ashore the week before, and the boat was still drawn up on the beach.</p>"
    "<p>It burned until the oil was gone, which was on the ninth, at four in the morning.</p>"
)


def document(markup, report=None):
    report = report or Report()
    (found,) = read(Source("lamp.html", markup.encode()), report)
    assert report.ledger.balanced
    assert not [message for message in report.messages if message.level == "error"]
    return found


def drops(markup):
    report = Report()
    document(markup, report)
    return [(drop.reason, drop.text) for drop in report.ledger.drops]


def codes(markup):
    report = Report()
    document(markup, report)
    return [message.code for message in report.messages]


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html><html>",
        b"\xef\xbb\xbf <!doctype HTML>",
        b'<?xml version="1.0"?>\n<!-- saved -->\n<html xmlns="http://www.w3.org/1999/xhtml">',
        "<html><body>".encode("utf-16"),
    ],
)
def test_pages_are_known_by_their_first_tag(head):
    assert sniff(head) > 0.9


@pytest.mark.parametrize(
    "head", [b"A memo", b"<TEI xmlns='x'>", b'<?xml version="1.0"?><rss>', b"{}"]
)
def test_what_is_no_page_is_left_to_others(head):
    assert sniff(head) < 0.5


def test_a_piece_of_html_is_a_page_if_nobody_is_surer():
    assert 0.5 < sniff(b"<p>One <b>two</b></p>") < 0.9


def test_the_heading_of_the_page_is_its_title_and_leaves_the_text():
    found = document(f"<body><main><h1>The <i>Lamp</i></h1>{ARTICLE}</main>")
    assert plain_text(found.title) == "The Lamp"
    assert plain_text(found.children).startswith("The lamp at Skarnholm")


def test_a_number_before_the_title_is_the_number_of_the_document():
    found = document(f"<body><main><h3>25. Telegram From the Keeper</h3>{ARTICLE}</main>")
    assert (found.number, plain_text(found.title)) == ("25", "Telegram From the Keeper")


def test_without_a_heading_the_head_gives_the_title_without_the_name_of_the_site():
    head = '<head><title>The Lamp | Lights</title><meta property="og:site_name" content="Lights">'
    found = document(f"<html>{head}</head><body><main>{ARTICLE}</main>")
    assert (plain_text(found.title), found.collection) == ("The Lamp", "Lights")


def test_a_paragraph_in_the_style_of_titles_is_one_where_no_heading_is():
    page = f"<title>memo.htm</title><p class=MsoTitle>The Lamp</p>{ARTICLE}"
    assert plain_text(document(page).title) == "The Lamp"


def test_a_link_to_a_heading_itself_is_no_part_of_it():
    page = f"<h1>The Lamp<a class=headerlink href='#lamp'>¶</a></h1>{ARTICLE}"
    assert plain_text(document(page).title) == "The Lamp"
    assert drops(page) == [("navigation", "¶")]


def test_a_page_of_several_posts_is_called_what_its_head_calls_it():
    post = f'<article><h2 class="entry-title">Lamp</h2><div class="entry-content">{ARTICLE}</div>'
    posts = f"{post}</article>{post}</article>"
    found = document(f"<html><head><title>Lights</title><body><main>{posts}</main>")
    assert plain_text(found.title) == "Lights"
    assert plain_text(found.children).count("Lamp") == 2


def test_the_head_of_a_document_is_its_title_below_that_of_its_volume():
    markup = f'<h1>Volume III</h1><div><h3 class="tei-head3">25. Telegram</h3>{ARTICLE}</div>'
    found = document(f"<body><main>{markup}</main>")
    assert (found.number, plain_text(found.title)) == ("25", "Telegram")
    assert plain_text(found.front) == "Volume III"


def test_a_page_of_history_state_gov_keeps_notes_pages_and_what_stands_above_its_title():
    found = document(
        '<body><main><div><a class="tei-pb">[Page 90]</a><p class="note">File No. 861.00/2543</p>'
        '<h3>82. The Keeper to the Inspector<a class="note" rel="footnote" href="#fn1">'
        '<sup>19</sup></a></h3><p>It shone<a class="tei-pb">[Page 91]</a> by night.</p></div>'
        '<ol class="footnotes"><li class="footnote" id="fn1" value="19">In two sections.'
        '<a class="fn-back">↩</a></li></ol></main>'
    )
    assert plain_text(found.front) == "File No. 861.00/2543"
    assert page_labels(found) == ("90", "91")
    assert [(note.label, plain_text(note.children)) for note in found.notes] == [
        ("19", "In two sections.")
    ]
    assert any(isinstance(node, NoteRef) for node in walk(found.title))


PAGE = f"""
<html lang="en"><head><title>The Lamp</title></head><body class="single">
<div id="cookie-notice">We use cookies. <button>Accept</button></div>
<header class="site-header"><h1 class="site-title">Lights</h1><nav>Home About</nav></header>
<main><article><h1 class="entry-title">The Lamp</h1>
<div class="entry-meta">Posted on <time class="entry-date" datetime="1931-03-03">3 March</time> by
<span class="author vcard"><a class="fn">Ann Marrow</a></span></div>
<div class="entry-content">{ARTICLE}<div class="sharedaddy">Share this: Tweet</div>
<div style="display:none">secret</div></div>
<footer class="entry-footer"><a href="/t/oil" rel="tag">Oil</a></footer></article></main>
<aside class="widget-area">Recent posts</aside><form><input> Subscribe</form>
<footer class="site-footer">Powered by oil</footer></body></html>
"""


def test_what_surrounds_the_text_is_dropped_for_a_reason():
    assert drops(PAGE) == [
        ("cookie notice", "We use cookies. Accept"),
        ("page header", "Lights Home About"),
        ("post details", "Posted on by"),
        ("share buttons", "Share this: Tweet"),
        ("hidden", "secret"),
        ("sidebar", "Recent posts"),
        ("form", "Subscribe"),
        ("page footer", "Powered by oil"),
    ]


def test_author_date_tags_and_language_are_fields():
    found = document(PAGE)
    assert (found.authors, found.date, found.tags, found.language) == (
        ("Ann Marrow",),
        "1931-03-03",
        ("Oil",),
        "en",
    )
    assert plain_text(found.children).endswith("at four in the morning.")


def test_the_library_finds_the_main_text_where_no_tag_says_where_it_is():
    links = "".join(f'<li><a href="/{number}">Page {number}</a></li>' for number in range(20))
    found = document(f"<body><div><ul>{links}</ul></div><div><h2>Lamps</h2>{ARTICLE * 4}</div>")
    assert plain_text(found.title) == "Lamps"
    assert "Page 7" not in plain_text(found.children)
    assert plain_text(found.children).count("on the ninth") == 4


def test_a_form_around_the_whole_page_is_no_form():
    found = document(f"<body><form id='aspnet'><main><h1>Lamp</h1>{ARTICLE * 4}</main></form>")
    assert "on the ninth" in plain_text(found.children)


def test_scripts_styles_and_handlers_never_reach_the_model():
    found = document(
        f"<body onload='evil()'><main><h1>Lamp</h1>{ARTICLE}<script>evil()</script>"
        '<p><a href="javascript:evil()" onclick="evil()">here</a></p><style>evil</style></main>'
    )
    assert "evil" not in repr(found)


def test_links_that_the_page_does_not_give_whole_are_counted_and_lose_no_text():
    markup = f'<body><main><h1>Lamp</h1>{ARTICLE}<a href="../oil">oil</a></main>'
    assert codes(markup) == ["link-dropped"]
    base = '<head><link rel="canonical" href="https://lights.example/lamp/"></head>'
    assert codes(f"<html>{base}{markup}") == []
    assert document(f"<html>{base}{markup}").url == "https://lights.example/lamp/"


def test_a_browser_notes_where_it_saved_a_page_from():
    saved = "<!DOCTYPE html><!-- saved from url=(0026)https://lights.example/lamp -->"
    assert document(f"{saved}<body><p>text</p>").url == "https://lights.example/lamp"


@pytest.mark.parametrize(
    "data",
    [b"", b"<", b"<html>", b"<p>", b"\xff\xfe<\x00p\x00>\x00", b"<p>" * 5000, b"a" * 100_000],
)
def test_any_bytes_make_a_document(data):
    report = Report()
    (found,) = read(Source("odd.html", data), report)
    assert found.id == "odd"
    assert report.ledger.balanced


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<table>above a table</table>", "above a table"),
        ("<h2><blockquote>oil<p>wick</blockquote></h2>", "oil wick"),
        ("<pre>oil<ul><li>wick<p>glass</ul></pre>", "oil wick glass"),
        ("<dl><dt><pre>oil</pre><p>wick<dd>glass</dl>", "oil wick glass"),
        ("oil<math> wick</math>", "oil wick"),
        ('oil<sup class="noprint">left out</sup>lamp', "oillamp"),
        ('oil<sup class="noprint"> left out </sup>lamp', "oil lamp"),
        ('<b class="sidenote">oil</b>lamp', "oillamp"),
        ("<a href='http://[bad'>oil</a> <a href='http://[worse#x'>wick</a>", "oil wick"),
    ],
)
def test_no_word_of_odd_markup_is_lost_or_joined_to_another(markup, words):
    text = plain_text(document(f"<h1>The Lamp</h1>{ARTICLE}<div>{markup}</div>{ARTICLE}").children)
    assert f"morning. {words} The lamp" in " ".join(text.split())


def test_a_heading_of_which_all_is_left_out_leaves_the_title_to_the_head():
    page = f"<title>The Lamp</title><h1><b class='share-links'>Tell others</b></h1>{ARTICLE}"
    assert plain_text(document(page).title) == "The Lamp"


def test_an_address_of_the_page_that_cannot_be_one_is_none():
    page = f"<head><base href='http://[bad'></head><h1>The Lamp</h1>{ARTICLE}<a href='x'>y</a>"
    assert codes(page) == ["link-dropped"]


def test_ten_thousand_levels_are_refused():
    with pytest.raises(SourceError, match="2,048 deep"):
        list(read(Source("deep.html", b"<div>" * 10_000), Report()))


@pytest.mark.parametrize("seed", range(40))
def test_a_mutilated_page_loses_no_word(seed):
    chance = random.Random(seed)
    comment = '<li id="comment-1" class="comment"><b class="fn">Bo</b><p>Fine.</p></li>'
    note = '<p>x<sup><a href="#n">1</a></sup></p><ol class="footnotes"><li id="n">Note.</li></ol>'
    tags = f"{PAGE}{note}<ol class='comment-list'>{comment * 3}</ol>".split(">")
    for _ in range(8):
        del tags[chance.randrange(len(tags))]
    chance.shuffle(tags) if seed % 4 == 0 else None
    document(">".join(tags))


def test_reading_twice_gives_the_same():
    assert document(PAGE) == document(PAGE)


@pytest.mark.parametrize("address", ["#" * 200_000, "#" + "1" * 200_000])
def test_an_address_of_nothing_but_marks_is_read_like_any_other(address):
    link = f'<sup><a href="{address}">1</a></sup>'
    comment = f'<li class="comment"><a href="{address}">March 3</a><p>Send oil to us.</p></li>'
    found = document(f"<article>{ARTICLE}<p>Oil.{link}</p></article><ol>{comment}</ol>")
    assert "Oil." in plain_text([found])


@pytest.mark.parametrize("markup", ["<html lang=nb><body>", "<html><body lang=nb>"])
def test_the_language_is_that_of_the_page_or_of_its_body(markup):
    assert document(f"{markup}<h1>Fyr</h1><p>Lampen er tent.</p>").language == "nb"


def test_what_invites_to_subscribe_is_no_text_of_a_post():
    button = (
        '<p class="button-wrapper" data-component-name="ButtonCreateButton">'
        '<a class="button primary" href="/subscribe"><span>Subscribe now</span></a></p>'
    )
    widget = (
        '<div class="subscription-widget-wrap"><p>Thanks for reading! Subscribe free.</p></div>'
    )
    kept = '<p class="button-wrapper"><a class="button" href="map.pdf">Fetch the chart</a></p>'
    page = f"<article><h1>Oil</h1>{ARTICLE}{button}{widget}{kept}{ARTICLE}</article>"
    assert drops(page) == [
        ("button", "Subscribe now"),
        ("newsletter form", "Thanks for reading! Subscribe free."),
    ]
    assert "Fetch the chart" in plain_text(document(page).children)


def test_the_numbers_that_a_journal_gives_its_paragraphs_are_no_text():
    page = f'<h1>Oil</h1>{ARTICLE}<p><span class="paranumber">12</span>The well is dry.</p>'
    assert drops(page) == [("paragraph number", "12")]
