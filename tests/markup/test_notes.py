"""Footnotes of every convention: called where they were, without marks and ways back."""

from collections import Counter

import pytest

from converter.markup.build import Builder
from converter.markup.links import Links
from converter.markup.notes import find_notes
from converter.markup.page import parse_html
from converter.model import Heading, Image, NoteRef, Paragraph, Text
from converter.pictures import Pictures
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text, walk


def read(markup, report=None):
    """Return body and notes of ``markup``, once every word of it is accounted for."""
    page = parse_html(markup, "page.html")
    report = report or Report()
    links = Links("https://lamps.example/memo")
    pictures = Pictures(Source("page.html", b""), report)
    found = find_notes(page, page.root, links, report)

    def build():
        return Builder(page, links, report, pictures=pictures, marks=found.marks)

    body = build().blocks(page.root)
    notes = found.notes(page, build)
    assert page.ledger().balanced
    assert page.kept_words() == Counter(plain_text([*body, *notes]).split())
    return body, notes


def shown(nodes):
    """Return the text of ``nodes`` with ``{n1}`` for a call and ``|`` between blocks."""
    parts = []
    for node in walk(nodes):
        match node:
            case Text(text=text):
                parts.append(text)
            case NoteRef(note=note):
                parts.append(f"{{{note}}}")
            case Paragraph() | Heading():
                parts.append("|")
            case _:
                pass
    return "".join(parts).strip("|")


def outline(markup):
    """Return the body of ``markup``, and its notes as pairs of mark and text."""
    body, notes = read(markup)
    return shown(body), [(note.label, shown(note.children)) for note in notes]


def messages(markup):
    report = Report()
    read(markup, report)
    return [message.code for message in report.messages]


CONVENTIONS = {
    "history.state.gov": """
        <p>It shone.<a href="#fn:1.3" id="fnref:1.3" class="note" rel="footnote"><sup>1</sup></a>
        </p><div class="footnotes"><ol class="footnotes"><li id="fn:1.3" class="footnote" value="1">
        By night. <a href="#fnref:1.3" class="fn-back">↩</a></li></ol></div>""",
    "TEI Publisher": """
        <p>It shone.<sup><a rel="footnote" class="note" href="#fn_1" id="fnref_1">1</a></sup></p>
        <div class="footnotes"><dl class="footnote" id="fn_1"><dt class="fn-number">1</dt>
        <dd class="fn-content">By night. <a class="fn-back" href="#fnref_1">↩</a></dd></dl>
        </div>""",
    "pandoc": """
        <p>It shone.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup>
        </a></p><section id="footnotes" class="footnotes" role="doc-endnotes"><hr /><ol>
        <li id="fn1"><p>By night.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a>
        </p></li></ol></section>""",
    "EPUB": """
        <p>It shone.<a epub:type="noteref" href="#n1">1</a></p>
        <aside epub:type="footnote" id="n1"><p>1. By night.</p></aside>""",
    "MediaWiki": """
        <p>It shone.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">
        <span>[</span>1<span>]</span></a></sup></p><h2>References</h2><div class="reflist">
        <ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b>
        <a href="#cite_ref-1">^</a></b></span> <span class="reference-text">By night.</span></li>
        </ol></div>""",
    "GitHub": """
        <p>It shone.<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref>1
        </a></sup></p><section data-footnotes class="footnotes"><h2 class="sr-only">Footnotes</h2>
        <ol><li id="user-content-fn-1"><p>By night. <a href="#user-content-fnref-1"
        data-footnote-backref>↩</a></p></li></ol></section>""",
    "docutils": """
        <p>It shone.<a class="footnote-reference brackets" href="#id2" id="id1" role="doc-noteref">
        <span>[</span>1<span>]</span></a></p><aside class="footnote-list brackets">
        <aside class="footnote brackets" id="id2" role="doc-footnote"><span class="label">
        <span>[</span><a role="doc-backlink" href="#id1">1</a><span>]</span></span>
        <p>By night.</p></aside></aside>""",
    "docutils, older": """
        <p>It shone.<a class="footnote-reference brackets" href="#id2" id="id1">1</a></p>
        <dl class="footnote brackets"><dt class="label" id="id2"><span class="brackets">
        <a class="fn-backref" href="#id1">1</a></span></dt><dd><p>By night.</p></dd></dl>""",
    "Word": """
        <p>It shone.<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a></p><div><hr>
        <div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> By night.
        </p></div></div>""",
    "LibreOffice": """
        <p>It shone.<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1
        </sup></a></p><div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym"
        href="#sdfootnote1anc">1</a>By night.</p></div>""",
    "Google Docs": """
        <p>It shone.<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><hr><div><p>
        <a href="#ftnt_ref1" id="ftnt1">[1]</a><span> By night.</span></p></div>""",
    "Substack": """
        <p>It shone.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>
        <div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1
        </a><div class="footnote-content"><p>By night.</p></div></div>""",
    "WordPress block": """
        <p>It shone.<sup data-fn="u1" class="fn"><a href="#u1" id="u1-link">1</a></sup></p>
        <ol class="wp-block-footnotes"><li id="u1">By night. <a href="#u1-link">↩︎</a></li></ol>""",
    "Easy Footnotes": """
        <p>It shone.<span id="easy-footnote-1-5"></span><span class="easy-footnote">
        <a href="#easy-footnote-bottom-1-5" title="By night."><sup>1</sup></a></span></p>
        <div class="easy-footnote-title"><h4>Notes</h4></div><ol class="easy-footnotes-wrapper">
        <li class="easy-footnote-single"><span id="easy-footnote-bottom-1-5"></span>By night.
        <a class="easy-footnote-to-top" href="#easy-footnote-1-5"></a></li></ol>""",
    "Simple Footnotes": """
        <p>It shone.<a class="simple-footnote" id="return-note-5-1" href="#note-5-1"><sup>1</sup>
        </a></p><div class="simple-footnotes"><p class="notes">Notes:</p><ol><li id="note-5-1">
        By night. <a href="#return-note-5-1">↩</a></li></ol></div>""",
    "WP-Footnotes": """
        <p>It shone.<sup><a href="#footnote_0_5" id="identifier_0_5"
        class="footnote-link footnote-identifier-link">1</a></sup></p><ol class="footnotes">
        <li id="footnote_0_5" class="footnote">By night.<span class="footnote-back-link-wrapper">
        [<a href="#identifier_0_5" class="footnote-link footnote-back-link">↩</a>]</span></li>
        </ol>""",
    "footnotes by MCI": """
        <p>It shone.<span class="footnote_referrer"><a role="button"><sup
        class="footnote_plugin_tooltip_text">[1]</sup></a><span class="footnote_tooltip">By night.
        </span></span></p><div class="footnotes_reference_container"><p><span>References</span></p>
        <table class="footnotes_table footnote-reference-container"><tbody>
        <tr class="footnotes_plugin_reference_row"><th class="footnote_plugin_index">
        <a class="footnote_backlink"><span>↑</span>1</a></th><td class="footnote_plugin_text">
        By night.</td></tr></tbody></table></div>""",
    "Modern Footnotes": """
        <p>It shone.<sup class="modern-footnotes-footnote" data-mfn="1"><a href="#">1</a></sup>
        <span class="modern-footnotes-footnote__note" role="tooltip">By night.</span></p>""",
    "side notes": """
        <p>It shone.<label for="sn-1" class="margin-toggle sidenote-number"></label><input
        type="checkbox" id="sn-1" class="margin-toggle"/><span class="sidenote">By night.
        </span></p>""",
    "short codes": """
        <p>It shone.<span class="shortcode-note">By <i>night</i>.</span></p>""",
    "docutils, called twice": """
        <p>It shone.<a class="footnote-reference brackets" href="#id2" id="id1">1</a></p>
        <aside class="footnote brackets" id="id2" role="doc-footnote"><span class="label">
        <span>[</span>1<span>]</span></span><span class="backrefs">(<a href="#id1">1</a>,<a
        role="doc-backlink" href="#id3">2</a>)</span><p>By night.</p></aside>""",
    "Asciidoctor": """
        <p>It shone.<sup class="footnote">[<a id="_footnoteref_1" class="footnote"
        href="#_footnotedef_1">1</a>]</sup></p><div id="footnotes"><hr>
        <div class="footnote" id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. By night.</div>
        </div>""",
    "a mark that is short as its note": """
        <p>It shone.<sup><a href="#n1" class="fn">1</a></sup></p>
        <div id="n1" class="fn"><p><sup>1</sup>By night.</p></div>""",
    "a row whose arrow stands before its mark": """
        <p>It shone.<span class="footnote_referrer"><a role="button"><sup
        class="footnote_plugin_tooltip_text">[1]</sup></a></span></p>
        <div class="footnotes_reference_container"><table><tbody>
        <tr class="footnotes_plugin_reference_row"><th id="footnote_plugin_reference_9_1">
        <a class="footnote_plugin_link"><span>↑</span>1</a></th><td>By night.</td></tr></tbody>
        </table></div>""",
    "side notes in a frame": """
        <p>It shone.<span class="sidenote"><label class="sidenote-label" for="s1"></label><input
        type="checkbox" id="s1"><span class="sidenote-content">By night.</span></span></p>""",
    "no class at all": """
        <p>It shone.<sup><a href="#n1" name="r1">1</a></sup></p><hr><h3>Notes</h3>
        <p><a name="n1" href="#r1">1.</a> By night.</p>""",
    "superscripts that are no links": """
        <p>It shone.<sup>1</sup></p><ol class="footnotes"><li>By night.</li></ol>""",
}


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_note_is_joined_to_its_call_and_cleared_of_mark_and_way_back(convention):
    body, notes = outline(CONVENTIONS[convention])
    assert body == "It shone.{n1}"
    assert notes == [("1", "By night.")]
    assert messages(CONVENTIONS[convention]) == []


def test_a_note_called_twice_has_one_body():
    markup = (
        '<h1>Lamps<a href="#a" role="doc-noteref">*</a></h1><p>x<a href="#a" role="doc-noteref">*'
        '</a></p><aside role="doc-footnote" id="a">* Of oil.</aside>'
    )
    assert outline(markup) == ("Lamps{n1}|x{n1}", [("*", "Of oil.")])


def test_marks_of_the_source_are_kept():
    markup = (
        "".join(
            f'<p>x<a rel="footnote" href="#f{mark}"><sup>[{mark}]</sup></a></p>'
            for mark in ("17a", "†")
        )
        + '<ol class="footnotes"><li id="f17a">One.</li><li id="f†">Two.</li></ol>'
    )
    assert outline(markup)[1] == [("17a", "One."), ("†", "Two.")]


def test_calls_whose_address_leads_nowhere_find_their_notes_by_mark_in_order():
    call = '<a rel="footnote" href="#fn"><sup>1</sup></a>'
    items = '<li value="1">First page.</li><li value="1">Second page.</li>'
    markup = f'<p>x{call} y{call}</p><ol class="footnotes">{items}</ol>'
    assert outline(markup) == ("x{n1} y{n2}", [("1", "First page."), ("1", "Second page.")])


def test_a_note_can_call_a_note_and_have_several_paragraphs():
    markup = (
        '<p>x<a href="#a" role="doc-noteref">1</a></p><section role="doc-endnotes"><ol><li id="a">'
        '<p>One.</p><p>More<a href="#b" role="doc-noteref">2</a></p></li><li id="b">Two.</li></ol>'
    )
    assert outline(markup) == ("x{n1}", [("1", "One.|More{n2}"), ("2", "Two.")])


def test_paragraphs_between_two_notes_belong_to_the_first():
    markup = (
        '<p>x<sup><a href="#a">1</a></sup> y<sup><a href="#b">2</a></sup></p>'
        '<p id="a">1 One.</p><p>Still one.</p><p id="b">2 Two.</p><p>The end.</p>'
    )
    assert outline(markup) == ("x{n1} y{n2}|The end.", [("1", "One.|Still one."), ("2", "Two.")])


def test_a_note_that_nothing_calls_is_kept_and_reported():
    markup = '<p>Text.</p><ol class="footnotes"><li id="a">Uncalled.</li></ol>'
    assert outline(markup) == ("Text.", [("1", "Uncalled.")])
    assert messages(markup) == ["note-not-linked"]


def test_a_call_without_its_note_stays_text_and_is_reported():
    markup = '<p>It shone.<a href="#gone" role="doc-noteref">7</a></p>'
    assert outline(markup) == ("It shone.7", [])
    assert messages(markup) == ["call-without-note"]


def test_a_superscript_without_a_link_is_a_call_with_less_confidence():
    body, _ = read(CONVENTIONS["superscripts that are no links"])
    assert [node.confidence for node in walk(body) if isinstance(node, NoteRef)] == [0.9]


@pytest.mark.parametrize(
    "markup",
    [
        '<p>See <a href="#sec">3</a> below.</p><h2 id="sec">3 Section</h2>',
        "<p>10<sup>2</sup> lamps and <sup>2</sup>H.</p><ol><li>a</li><li>b</li></ol>",
        '<p><sup><a href="#top">up</a></sup> and <a href="#p2">[see]</a></p><p id="p2">text</p>',
        '<p id="top">Top</p><p>Back to <sup><a href="#top">1</a></sup></p>',
    ],
)
def test_what_only_looks_like_a_call_stays_text(markup):
    assert outline(markup)[1] == []
    assert "{" not in outline(markup)[0]


def test_the_heading_of_the_notes_goes_with_them_and_other_headings_stay():
    markup = (
        '<p>x<a href="#a" role="doc-noteref">1</a></p><h2>Anmerkungen</h2><ol><li id="a">One.</li>'
        "</ol><h2>See also</h2><p>y</p>"
    )
    assert outline(markup)[0] == "x{n1}|See also|y"


def test_addresses_of_the_page_itself_lead_into_it():
    here = "https://lamps.example/memo"
    markup = (
        f'<p>x<a href="{here}#a" id="r"><sup>1</sup></a></p><p id="a">1 One. <a href="{here}#r">^'
        "</a></p>"
    )
    assert outline(markup) == ("x{n1}", [("1", "One.")])


@pytest.mark.parametrize(
    "back", ['<a href="#r">↩</a>', '<a href="#r"><img alt="" src="up.png"></a>']
)
def test_a_note_of_a_picture_alone_keeps_it(back):
    _, (note,) = read(
        '<p>Lamp<sup><a id="r" href="#n">1</a></sup></p>'
        f'<ol><li id="n"><p><img src="lamp.png" alt=""> {back}</p></ol>'
    )
    assert [node.src for node in walk([note]) if isinstance(node, Image)] == ["lamp.png"]
