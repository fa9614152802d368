import pytest
from msgspec.structs import replace

from converter.model import (
    Emphasis,
    Image,
    LineBreak,
    Link,
    Math,
    Name,
    NoteRef,
    PageBreak,
    Prov,
    Reference,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from converter.walk import plain_text


@pytest.mark.parametrize(
    ("rend", "kind"),
    [
        ("italic", Emphasis),
        ("bold", Strong),
        ("strong", Strong),
        ("smallcaps", SmallCaps),
        ("superscript", Superscript),
        ("sub", Subscript),
        ("underline", Underline),
        ("strikethrough", Strikeout),
    ],
)
def test_highlighted_words_keep_their_look(reader, rend, kind):
    assert reader.inlines(f'<hi rend="{rend}">tide</hi>') == (kind((Text("tide"),)),)


def test_two_looks_are_one_in_the_other(reader):
    assert reader.inlines('<hi rend="bold italic">tide</hi>') == (
        Emphasis((Strong((Text("tide"),)),)),
    )


def test_an_unknown_look_keeps_its_words_and_is_told(reader):
    assert reader.inlines('<hi rend="blackletter">tide</hi>') == (Text("tide"),)
    assert reader.codes == ["unknown-rendition"]


def test_deleted_and_added_words_are_both_there(reader):
    assert reader.inlines("<del>ebb</del><add>flood</add>") == (
        Strikeout((Text("ebb"),)),
        Text("flood"),
    )


def test_white_space_is_folded_and_gone_at_the_ends(reader):
    assert reader.inlines("\n  the <hi rend='bold'> old\n pier</hi> \n") == (
        Text("the "),
        Strong((Text("old pier"),)),
    )


def test_a_line_begins_without_white_space(reader):
    assert reader.inlines("Harbour Office<lb/>\n   Skarn") == (
        Text("Harbour Office"),
        LineBreak(),
        Text("Skarn"),
    )


def test_lines_set_apart_twice_are_lines_once(reader):
    assert reader.inlines("<hi rend='italic'>a<p>b</p><p>c</p></hi>") == (
        Emphasis(
            (Text("a"), LineBreak(), Text("b"), LineBreak(), Text("c"), LineBreak()),
        ),
    )


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ("persName", "person"),
        ("placeName", "place"),
        ("orgName", "organization"),
        ("gloss", "term"),
        ("term", "term"),
    ],
)
def test_names_and_terms_are_marked(reader, element, kind):
    assert reader.inlines(f"<{element}>Skarn</{element}>") == (Name((Text("Skarn"),), kind),)


def test_a_name_keeps_the_key_that_identifies_it(reader):
    assert reader.inlines('<persName corresp="#p_IB">Ida</persName>') == (
        Name((Text("Ida"),), "person", "p_IB"),
    )


def test_a_page_begins_within_a_word(reader):
    assert reader.inlines('har<pb n="[IV]"/>bour') == (
        Text("har"),
        PageBreak("[IV]"),
        Text("bour"),
    )


def test_a_note_with_a_mark_is_called_where_it_stands(reader):
    document = reader.document('<p>Pier<note n="19" xml:id="d1fn19">Of oak.</note> two</p>')
    assert [type(node) for node in document.children[0].children] == [Text, NoteRef, Text]
    assert document.children[0].children[1].note == "d1fn19"
    assert [(note.id, note.label) for note in document.notes] == [("d1fn19", "19")]


def test_a_note_in_place_is_part_of_its_sentence(reader):
    assert reader.inlines('Pier <note n="1" rend="inline">of oak</note> two') == (
        Text("Pier "),
        Text("of oak"),
        Text(" two"),
    )


def test_a_footnote_without_a_mark_is_numbered(reader):
    document = reader.document('<p>Pier<note place="foot">Of oak.</note></p>')
    assert [(note.id, note.label) for note in document.notes] == [("n-1", "1")]


def test_two_notes_of_one_id_are_two_notes(reader):
    document = reader.document(
        '<p>a<note n="1" xml:id="fn">b</note> c<note n="2" xml:id="fn">d</note></p>'
    )
    assert [note.id for note in document.notes] == ["fn", "fn-2"]


def test_the_address_of_another_site_is_a_link(reader):
    assert reader.inlines('<ref target="https://example.org/tide">tide</ref>') == (
        Link((Text("tide"),), "https://example.org/tide"),
    )


def test_a_pointer_shows_its_address(reader):
    address = "https://example.org/tide"
    assert reader.inlines(f'<ptr target="{address}"/>') == (Link((Text(address),), address),)


def test_an_address_that_could_run_a_script_is_no_link(reader):
    assert reader.inlines('<ref target="javascript:alert(1)">tide</ref>') == (Text("tide"),)
    assert reader.codes == ["reference-unresolved"]


def test_another_volume_of_the_series_is_a_link_to_where_it_is_published(reader):
    assert reader.inlines('<ref target="frus1914Supp#d3fn1">1914</ref>') == (
        Link((Text("1914"),), "https://history.state.gov/historicaldocuments/frus1914Supp/d3"),
    )


def test_a_reference_to_nothing_stays_text_and_is_told(reader):
    assert reader.inlines('<ref target="#d99">No. 99</ref>') == (Text("No. 99"),)
    assert [str(message) for message in reader.messages] == [
        "harbour.xml:4: info: '#d99' is not in this volume: 'No. 99' stays text"
        " [reference-unresolved]"
    ]


def test_a_reference_to_the_document_itself_is_one(reader):
    assert reader.inlines('<ref target="#d1">here</ref>') == (Reference((Text("here"),), "d1"),)


def test_of_a_choice_the_corrected_reading_is_kept(reader):
    assert reader.inlines("<choice><sic>habour</sic><corr>harbour</corr></choice>") == (
        Text("harbour"),
    )
    assert [(drop.text, drop.reason) for drop in reader.ledgers[0].drops] == [
        ("habour", "other-reading")
    ]


def test_a_page_that_begins_in_a_choice_is_kept(reader):
    assert PageBreak("7") in [
        replace(node, prov=None) if isinstance(node, PageBreak) else node
        for node in reader.inlines('<choice><sic>a</sic><pb n="7"/></choice>')
    ]


def test_a_running_head_is_dropped(reader):
    assert reader.inlines("tide <fw>THE HARBOUR</fw>") == (Text("tide"),)
    assert reader.ledgers[0].drops[0].reason == "running-head"


def test_a_gap_is_shown_and_told(reader):
    assert reader.inlines('the <gap unit="words" quantity="2"/> pier') == (
        Text("the "),
        Text("[…]"),
        Text(" pier"),
    )
    assert [message.text for message in reader.messages] == [
        "the source lacks 2 words here, shown as [...]"
    ]
    assert reader.ledgers[0].words == 2


def test_a_picture_in_a_line_has_its_description(reader):
    assert reader.inlines('seal <graphic url="seal.png"><desc>A seal</desc></graphic>') == (
        Text("seal "),
        Image("seal.png", "A seal"),
    )


def test_a_formula_in_tex_is_mathematics(reader):
    assert reader.inlines('<formula notation="tex">h^2</formula>') == (Math("h^2"),)


def test_an_unknown_element_loses_only_its_wrapper_and_is_told_once(reader):
    assert reader.inlines("<wave>a</wave> <wave>b</wave>") == (Text("a"), Text(" "), Text("b"))
    assert [str(message) for message in reader.messages] == [
        "harbour.xml:4: warning: <wave> is not known here: its text is kept, its markup is not"
        " [unknown-element]"
    ]


def test_a_block_in_highlighted_words_is_a_line(reader):
    (wrapped,) = reader.inlines('<hi rend="italic">a<p>b</p>c</hi>')
    assert wrapped == Emphasis((Text("a"), LineBreak(), Text("b"), LineBreak(), Text("c")))


@pytest.mark.parametrize(
    "text",
    [
        "<p>Pier<note>Of oak.</note> two</p>",
        "<p><persName>Brandt<note>Of oak.</note></persName></p>",
        "<lg><l>Pier<note>Of oak.</note></l></lg>",
        "<table><row><cell>Pier<note>Of oak.</note></cell></row></table>",
        "<list><item>Pier<note place='margin'>Of oak.</note></item></list>",
        "<p>Pier<noteGrp><note>Of oak.</note></noteGrp></p>",
    ],
)
def test_a_note_that_interrupts_a_line_is_called(reader, text):
    document = reader.document(text)
    assert [(note.label, plain_text(note.children)) for note in document.notes] == [
        ("1", "Of oak.")
    ]


def test_a_note_among_paragraphs_is_a_paragraph(reader):
    assert reader.document("<p>Pier.</p><note>Of oak.</note>").notes == ()


def test_readings_of_other_witnesses_are_in_a_note(reader):
    document = reader.document(
        """<p>Make fast the <app>
          <lem wit="#A">rope</lem> <rdg wit="#B #C">hawser</rdg> <rdg wit="#D"/>
        </app>.</p>"""
    )
    assert plain_text(document.children) == "Make fast the rope."
    assert [plain_text(note.children) for note in document.notes] == ["hawser B C; om. D"]
    assert document.children[0].children[-2:] == (
        NoteRef("n-1", prov=Prov("harbour.xml", 4)),
        Text("."),
    )


def test_readings_without_a_lemma_begin_with_that_of_the_text(reader):
    document = reader.document("<p>the <app><rdg>rope</rdg><rdg>hawser</rdg></app></p>")
    assert plain_text(document.children) == "the rope"
    assert [plain_text(note.children) for note in document.notes] == ["hawser"]


def test_a_line_that_ends_within_a_word_does_not_part_it(reader):
    assert plain_text(reader.inlines('har<lb break="no"/>bour')) == "harbour"


def test_white_space_between_the_sides_of_a_choice_is_no_text(reader):
    assert (
        plain_text(reader.inlines("the <choice>\n<sic>peer</sic>\n<corr>pier</corr>\n</choice>."))
        == "the pier."
    )


def test_a_call_between_two_spaces_belongs_to_the_word_before(reader):
    before, call, after = reader.inlines('Pier <note n="1">Of oak.</note> two')
    assert (before, after) == (Text("Pier"), Text(" two"))
    assert isinstance(call, NoteRef)
