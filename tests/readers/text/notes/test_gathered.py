"""Notes that do not stand in one list at the end, and calls that only the list tells from text."""

import pytest

from converter.model import Document, PageBreak, Paragraph
from converter.readers.text import read
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text, walk


def document(text: str) -> Document:
    report = Report()
    found = next(iter(read(Source("memo.txt", f"The Lamp\n\n{text}".encode()), report)))
    assert report.ledger.balanced
    assert not report.messages
    return found


def linked(text: str) -> list[tuple[str, str]]:
    """Return for each call of a document the text before it, from the last space, and its note."""
    found = document(text)
    notes = {note.id: f"{note.label} {plain_text(note.children)}" for note in found.notes}
    calls, before = [], ""
    for node in walk(found.children):
        kind = type(node).__name__
        if kind == "Text":
            before = node.text
        elif kind == "NoteRef":
            calls.append((before.split()[-1], notes[node.note]))
    return calls


FEET = """\
The bishop came in a boat of skins1 and left in one of wood.2

1. So the Life.
2. In 614.

Chapter Two

The second bishop1 built a church.2

1. Called Maol.
2. It fell.
"""


def test_lists_below_the_chapters_that_call_them_are_their_notes():
    assert linked(FEET) == [
        ("skins", "1 So the Life."),
        ("wood.", "2 In 614."),
        ("bishop", "1 Called Maol."),
        ("church.", "2 It fell."),
    ]
    assert [type(block) for block in document(FEET).children] == [Paragraph, Paragraph, Paragraph]


def test_a_list_that_its_chapter_does_not_call_is_text():
    text = FEET.replace("bishop1 built a church.2", "bishop built a church.")
    text += "\nChapter Three\n\nThe last1 was a lawyer.\n\n1. Doctor of laws.\n"
    assert "1. Called Maol. 2. It fell." in plain_text(document(text).children)
    assert len(document(text).notes) == 3


def test_a_list_of_the_text_above_the_notes_is_text():
    text = (
        "The Board1 met.2 It needs:\n\n1. Oil.\n2. Wick.\n\nIt rose at five.\n\n"
        "1 Of 1919.\n2 On Friday.\n"
    )
    assert linked(text) == [("Board", "1 Of 1919."), ("met.", "2 On Friday.")]


def test_a_sentence_goes_on_behind_the_notes_at_the_foot_of_its_page():
    found = document(
        "We sailed1 on the 3d and it blew from the\n\n1 From Hull.\n\n[Page 14]\n\n"
        "north that night.2 All were lost.\n\n2 Of May.\n"
    )
    (paragraph,) = (block for block in found.children if isinstance(block, Paragraph))
    assert plain_text([paragraph]) == (
        "We sailed on the 3d and it blew from the north that night. All were lost."
    )
    assert any(isinstance(node, PageBreak) for node in walk([paragraph]))


def test_notes_in_brackets_are_notes_wherever_they_stand():
    text = (
        "They went out at dusk[4] in pairs.\n\n[Footnote 4: At half past three.]\n\n"
        "They had a song.[5]\n\n[Footnote 5: Printed in 1802.\n\nAnd [again] in 1811.]\n\n"
        "It is lost.\n"
    )
    assert linked(text) == [
        ("dusk", "4 At half past three."),
        ("song.", "5 Printed in 1802. And [again] in 1811."),
    ]
    assert plain_text(document(text).children[-1:]) == "It is lost."


def test_lists_below_the_headings_of_chapters_are_the_notes_of_these():
    text = (
        "Chapter One\n\nIt had no weather.[1] A pedlar[2] came.\n\nChapter Two\n\n"
        "The second[1] was a gift.[2]\n\nNotes\n\nChapter One\n\n1. Annals.\n2. Barto.\n\n"
        "Chapter Two\n\n1. Lost.\n2. Of 1788.\n"
    )
    assert linked(text) == [
        ("weather.", "1 Annals."),
        ("pedlar", "2 Barto."),
        ("second", "1 Lost."),
        ("gift.", "2 Of 1788."),
    ]
    assert plain_text(document(text).children[-1:]) == "The second was a gift."


def test_numerals_glued_to_words_call_the_notes_of_a_list_that_is_numbered_so():
    text = (
        "The letter of the Goldsmithsi was the third.ii The standard poundiii was weighed.\n\n"
        "i. Not found.\nii. Of 1899.\niii. Made in 1824.\n"
    )
    assert linked(text) == [
        ("Goldsmiths", "i Not found."),
        ("third.", "ii Of 1899."),
        ("pound", "iii Made in 1824."),
    ]


def test_a_list_numbered_so_that_the_text_does_not_call_is_text():
    text = "The rabbi of Hawaii is to pay:\n\ni. Oil.\nii. Wick.\niii. Glass.\niv. Bread.\n"
    assert document(text).notes == ()


def test_letters_in_round_brackets_that_stand_apart_call_notes_that_begin_so():
    text = (
        "The sea came to Sandholm (a) and the reeve (b) fled.(c)\n\n"
        "(a) Under the links.\n(b) Ferrers.\n(c) In March.\n"
    )
    assert linked(text) == [
        ("Sandholm", "a Under the links."),
        ("reeve", "b Ferrers."),
        ("fled.", "c In March."),
    ]


def test_items_in_a_sentence_are_no_calls():
    text = (
        "It was resolved to (a) build the wall, (b) mend the roof and (c) pay.\n\n"
        "(a) The wall.\n(b) The roof.\n(c) The pay.\n"
    )
    assert document(text).notes == ()


@pytest.mark.parametrize("call", ["(note {})", "[Note {}]"])
def test_numbers_with_a_word_call_notes_that_have_it(call):
    text = f"The fleet {call.format(1)} and the mayor {call.format(2)}.\n\nNotes :\n\n"
    assert linked(text + "Note 1. Of 62.\nNote 2. Till 1896.\n") == [
        ("fleet", "1 Of 62."),
        ("mayor", "2 Till 1896."),
    ]


def test_what_leads_back_from_a_note_of_a_wiki_is_no_text():
    text = "It is old.[1] It is long.[2] It leaked.[1]\n\nNotes\n\n1. ^ a b Map.\n2. ^ A book.\n"
    assert linked(text) == [
        ("old.", "1 Map."),
        ("long.", "2 A book."),
        ("leaked.", "1 Map."),
    ]
