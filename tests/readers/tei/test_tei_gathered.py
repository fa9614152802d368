"""Notes at the end of a chapter or book are read where they are called."""

import pytest

from converter.model import NoteRef, Reference
from converter.walk import calls, plain_text, walk

NOTE = '<note xml:id="{0}">{1}</note>'
BOTH = NOTE.format("N1", "Of oak.") + NOTE.format("N2", "Tarred.")
NOTES = f'<back><div type="notes">{BOTH}</div></back>'


def notes(document):
    return [(note.label, plain_text(note.children)) for note in document.notes]


@pytest.mark.parametrize(
    "call",
    [
        '<ref target="#N1">1</ref>',
        '<ref target="#N1">[1]</ref>',
        '<ref target="#N1"><hi rend="sup">1</hi></ref>',
        '<ref target="#N1" n="1"/>',
        '<ptr target="#N1"/>',
    ],
)
def test_a_reference_that_shows_a_mark_calls_the_note(reader, call):
    document, rest = reader.volume(f"<body><p>Pier{call} two</p></body>{NOTES}")
    assert plain_text(document.children) == "Pier two"
    assert notes(document) == [("1", "Of oak.")]
    assert plain_text(rest.children) == "Tarred."


def test_a_reference_in_words_is_no_call(reader):
    document, rest = reader.volume(
        f'<body><p>Pier, <ref target="#N1">see the notes</ref></p></body>{NOTES}'
    )
    assert not document.notes
    assert plain_text(rest.children) == "Of oak. Tarred."


@pytest.mark.parametrize(
    "place",
    [
        "<p>Pier<anchor xml:id='a'/> two</p>",
        "<p xml:id='a'>Pier</p>",
        "<p><seg xml:id='a'>Pier</seg></p>",
    ],
)
def test_a_note_that_names_its_place_is_called_there(reader, place):
    (document,) = reader.volume(
        f'<body>{place}</body><back><note n="3" target="#a">Of oak.</note></back>'
    )
    assert plain_text(document.children).startswith("Pier")
    assert notes(document) == [("3", "Of oak.")]
    assert set(calls(document).values()) == {1}


def test_a_note_and_its_reference_may_point_at_each_other(reader):
    (document,) = reader.volume(
        '<body><p>Pier<ref xml:id="r" target="#N">2</ref></p></body>'
        '<back><div><note xml:id="N" target="#r">Of oak.</note></div></back>'
    )
    assert notes(document) == [("2", "Of oak.")]


def test_the_label_of_a_note_is_its_mark_and_no_text(reader):
    (document,) = reader.volume(
        '<body><p>Pier<ptr target="#N"/></p></body>'
        '<back><note xml:id="N"><label>2.</label> Of oak.</note></back>'
    )
    assert notes(document) == [("2", "Of oak.")]
    assert reader.ledgers[0].structure == 1


def test_a_note_called_twice_is_one_note(reader):
    document, _ = reader.volume(
        '<body><p>Pier<ref target="#N1">1</ref> and lock<ref target="#N1">1</ref></p></body>'
        + NOTES
    )
    assert notes(document) == [("1", "Of oak.")]
    assert list(calls(document).values()) == [2]


def test_a_note_of_another_document_is_a_link_to_it(reader):
    first, second, _ = reader.volume(
        '<body><div><p>Pier<ref target="#N1">1</ref></p></div>'
        f'<div><p>Lock<ref target="#N1">1</ref></p></div></body>{NOTES}'
    )
    assert notes(first) == [("1", "Of oak.")]
    (link,) = [node for node in walk(second.children) if isinstance(node, Reference)]
    assert (link.document, link.note) == (first.id, "N1")


def test_notes_call_notes_of_the_same_list(reader):
    (document,) = reader.volume(
        '<body><p>Pier<ref target="#N1">1</ref></p></body><back><div>'
        '<note xml:id="N1">Of oak<ref target="#N2">2</ref></note>'
        '<note xml:id="N2">Felled<ref target="#N1">1</ref></note></div></back>'
    )
    assert notes(document) == [("1", "Of oak"), ("2", "Felled")]
    called = [node.note for node in walk([document]) if isinstance(node, NoteRef)]
    assert sorted(called) == ["N1", "N1", "N2"]


def test_a_note_above_its_call_stays_where_it_is(reader):
    document, text = reader.volume(
        f"<front><div>{NOTE.format('N1', 'Of oak.')}</div></front>"
        '<body><p>Pier<ref target="#N1">1</ref></p></body>'
    )
    assert plain_text(document.children) == "Of oak."
    assert plain_text(text.children) == "Pier1"


def test_a_list_of_notes_that_are_all_called_is_no_document(reader):
    documents = reader.volume(
        f'<body><p>Pier<ref target="#N1">1</ref><ref target="#N2">2</ref></p></body>{NOTES}'
    )
    assert len(documents) == 1


def test_a_note_that_runs_over_to_the_next_page_is_one(reader):
    (document,) = reader.volume(
        '<body><p>The pier<note xml:id="a" next="#b" n="*">Of oak, and</note> is</p><pb n="2"/>'
        '<p>two.<note xml:id="b" prev="#a" next="#c" n="*">of <hi>elm</hi>, and</note></p>'
        '<p>It leaks.<note xml:id="c" prev="#b" n="*">of ash.</note></p></body>'
    )
    assert notes(document) == [("*", "Of oak, and of elm, and of ash.")]
    assert list(calls(document).values()) == [1]


def test_notes_that_go_on_with_each_other_end(reader):
    (document,) = reader.volume(
        '<body><p>Pier<note xml:id="a" prev="#b">One</note> '
        '<note xml:id="b" prev="#a">two</note></p></body>'
    )
    assert notes(document) == [("1", "One two")]


def test_references_of_p4_need_no_sign_before_the_id(reader):
    (document, *_) = reader.file(
        b"<TEI.2><teiHeader/><text><body><p>The pier<ref target='n1'>1</ref> is old.</p>"
        b"<div1 type='notes'><note id='n1'>Of oak.</note></div1></body></text></TEI.2>"
    )
    assert notes(document) == [("1", "Of oak.")]
