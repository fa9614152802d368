import pytest

from converter.model import List, NoteRef, PageBreak, Paragraph
from converter.readers.text import read
from converter.readers.text.blocks import DEEPEST
from converter.readers.text.document import document_id
from converter.report import Report
from converter.source import Source
from converter.walk import calls, plain_text, rewrite, walk

MEMO = """\
500.A15/12: Telegram

25. Memorandum From Ann Ash
to Ben Birch1

SUBJECT

  • Next Steps in the Harvest

The attached paper (Tab A)2 says what we know [Page 90] of 1931, and no more.3

[Page 91]

Of the 1970s we know noth[Page 92]ing.

  1. Source: Mill Library. Secret.
  2. See Document 19.↩
  3. It says:

    “First.

    Second.”

    ↩
"""


def document(text):
    report = Report()
    (found,) = read(Source("in/memo-07.txt", text.encode()), report)
    assert report.ledger.balanced
    assert not [message for message in report.messages if message.code == "words-differ"]
    return found, [message.code for message in report.messages]


def test_a_memorandum_is_read_whole():
    memo, messages = document(MEMO)
    assert messages == []
    assert plain_text(memo.front) == "500.A15/12: Telegram"
    assert memo.number == "25"
    assert plain_text(memo.title) == "Memorandum From Ann Ash to Ben Birch"
    assert plain_text(memo.subject) == "Next Steps in the Harvest"
    assert [note.label for note in memo.notes] == ["1", "2", "3"]
    assert calls(memo) == {"n1": 1, "n2": 1, "n3": 1}
    assert [node.label for node in walk([memo]) if isinstance(node, PageBreak)] == [
        "90",
        "91",
        "92",
    ]
    assert plain_text(memo.children) == (
        "The attached paper (Tab A) says what we know of 1931, and no more. "
        "Of the 1970s we know nothing."
    )


def test_notes_keep_their_paragraphs_and_lose_the_arrow():
    memo, _ = document(MEMO)
    assert [plain_text(note.children) for note in memo.notes] == [
        "Source: Mill Library. Secret.",
        "See Document 19.",
        "It says: “First. Second.”",
    ]
    assert len([block for block in memo.notes[2].children if isinstance(block, Paragraph)]) >= 3


def test_links_carry_a_confidence_and_the_place_of_the_mark():
    memo, _ = document(MEMO)
    refs = [node for node in walk([memo]) if isinstance(node, NoteRef)]
    assert all(0.5 < ref.confidence <= 1.0 for ref in refs)
    assert [ref.prov.line for ref in refs] == [4, 10, 10]


def test_a_mark_in_brackets_before_a_note_is_its_own_or_text():
    memo, _ = document(
        "Memo\n\nThe ferry* sails at dusk† and is seen* no more.\n\n"
        "  1. [*] See the ledger.\n  2. [sic] See the copy.\n"
    )
    assert [(note.label, plain_text(note.children)) for note in memo.notes] == [
        ("*", "See the ledger."),
        ("†", "[sic] See the copy."),
    ]


MIXED = """The Lamp*

The lamp burns,† says the keeper.‡ The boatᵃ is here (Tab A)b and the bell[1] is not.

________

* Source: tin box.
† It did.
‡ Daniel Orme.
a The Petrel.
b Not attached.
1 It is lost.
"""


def test_marks_of_several_kinds_call_the_notes_that_bear_them():
    memo, messages = document(MIXED)
    assert messages == []
    assert [note.label for note in memo.notes] == ["*", "†", "‡", "a", "b", "1"]
    assert set(calls(memo).values()) == {1}
    assert "_" not in plain_text([memo])


def test_a_note_that_its_mark_does_not_call_is_named_by_its_mark():
    memo, messages = document(MIXED.replace("keeper.‡", "keeper."))
    assert messages == ["note-not-linked"]
    assert calls(memo) == {"n1": 1, "n2": 1, "n3": 0, "n4": 1, "n5": 1, "n6": 1}
    assert memo.notes[2].label == "‡"


@pytest.mark.parametrize("mark", ["[{}]", "({})", "{}", "^{}", "[^{}]", "raised"])
def test_calls_in_brackets_or_raised_call_whatever_follows_them(mark):
    def call(number):
        return "⁰¹²³"[number] if mark == "raised" else mark.format(number)

    text = f"To Ben\n\nOne came{call(1)} and left.{call(2)} Two{call(3)} saw 10² and x² of it.\n\n"
    memo, messages = document(f"{text}1 Who?\n2 What?\n3 Whose?\n")
    assert messages == []
    assert calls(memo) == {"n1": 1, "n2": 1, "n3": 1}
    assert [note.label for note in memo.notes] == ["1", "2", "3"]
    assert "Two saw 10² and x² of it" in plain_text(memo.children)


FEET = """12. Letter From the Warden

The lamp failed at night.1 The keeper, Mr. Orme,2 reports that the oil was

______
1 The log says when.
2 Daniel Orme,
a keeper.

[Page 91]

frozen, and that the relief boat1 could not land.

______

1 The Petrel.

The bell is lost.
"""


def test_notes_at_the_feet_of_pages_are_gathered_and_the_text_goes_on():
    memo, messages = document(FEET)
    assert messages == []
    assert [(note.label, plain_text(note.children)) for note in memo.notes] == [
        ("1", "The log says when."),
        ("2", "Daniel Orme, a keeper."),
        ("1", "The Petrel."),
    ]
    assert calls(memo) == {"n1": 1, "n2": 1, "n3": 1}
    assert plain_text(memo.children) == (
        "The lamp failed at night. The keeper, Mr. Orme, reports that the oil was "
        "frozen, and that the relief boat could not land. The bell is lost."
    )


def test_lists_below_lines_that_no_text_calls_are_no_feet_of_pages():
    text = "Oil\n\nWe need:\n\n_____\n1 Oil.\n2 Wicks.\n\nThey1 came.2\n\n_____\n1 Who?\n2 When?\n"
    memo, _ = document(text)
    assert [plain_text(note.children) for note in memo.notes] == ["Who?", "When?"]
    assert "1 Oil. 2 Wicks." in plain_text(memo.children)


def test_a_bracketed_call_may_stand_before_a_stop():
    memo, _ = document("To Ben\n\nOne came[1]. Two left¹.\n\n1 Who?\n")
    assert calls(memo) == {"n1": 2}


def test_a_number_in_brackets_corrects_the_number_before_it():
    text = "To Ben\n\nYour letter of May 2 [1] came. One left.1\n\n  1. Who?\n"
    memo, messages = document(text)
    assert (messages, calls(memo)) == ([], {"n1": 1})
    assert plain_text(memo.children) == "Your letter of May 2 [1] came. One left."


def test_the_mark_of_the_source_is_kept_not_the_place_in_the_list():
    memo, _ = document("1. To Ben\n\nHe came19 and left,19a he said.20\n\n  1. a\n  2. b\n  3. c\n")
    assert [note.label for note in memo.notes] == ["19", "19a", "20"]


def test_a_note_without_a_likely_call_is_kept_and_its_candidates_are_named():
    text = (
        "1. To Ben\n\nOne came.1 In No. 12 and No. 22 all is said.\n\n  1. Not printed.\n  2. x\n"
    )
    memo, messages = document(text)
    assert messages == ["note-not-linked"]
    assert calls(memo) == {"n1": 1, "n2": 0}
    assert "No. 12 and No. 22" in plain_text(memo.children)


def test_calls_without_a_list_of_notes_are_told_of_once():
    text = "To Ben\n\nOne came.1 Of the 12 tins22 saw two.3 He left.4 It was [2] and x2 or y3.\n"
    assert document(text)[1] == ["notes-not-found"]
    assert document(text.replace("left.4", "left."))[1] == []
    assert document(f"{text}\n1 Who?\n2 What?\n3 Whose?\n4 When?\n")[1] != ["notes-not-found"]


def test_a_note_can_be_called_twice():
    memo, _ = document("1. To Ben\n\nOne came.1 Two saw2 it.2\n\n  1. Who?\n  2. What?\n")
    assert calls(memo) == {"n1": 1, "n2": 2}


def test_a_note_can_be_called_by_a_note():
    memo, _ = document("1. To Ben\n\nOne came.1\n\n  1. See the letter.2\n  2. Not printed.\n")
    assert calls(memo) == {"n1": 1, "n2": 1}
    assert any(isinstance(node, NoteRef) for node in walk(memo.notes[0].children))


@pytest.mark.parametrize(
    "text",
    [
        "What I like\n\nThree things:\n\n  1. bread\n  2. wine\n  3. 12 songs\n",
        "What I like\n\nIn 1999 I had a list.\n\n  1. bread\n  2. wine\n",
    ],
)
def test_a_list_that_nothing_calls_stays_a_list(text):
    found, messages = document(text)
    assert (found.notes, messages) == ((), [])
    assert isinstance(found.children[-1], List)


def test_a_list_at_the_left_edge_is_one_of_notes_if_its_calls_tell():
    text = (
        "To Ben\n\nOne came to the mill1 and Ann2 saw (Tab A)3 it.\n\n{}1 Who?\n\n2 A.\n\n3 Lost.\n"
    )
    for above in ("", "Notes\n\n"):
        memo, messages = document(text.format(above))
        assert calls(memo) == {"n1": 1, "n2": 1, "n3": 1}
        assert [plain_text(note.children) for note in memo.notes] == ["Who?", "A.", "Lost."]
        assert messages == []


@pytest.mark.parametrize(
    "text",
    [
        "To Ben\n\nWe met in 1931.\n\n1. See the letter.\n\n2. Not printed.\n\n3. Document 4.\n",
        "Cake\n\nWe ate it on June 3.\n\n1 egg\n2 apples\n3 nuts\n",
        "12. To Ben\n\nThe Council1 met.\n\n1. Bread is dear.\n\n2. Oil is not.\n\n3. Wine is.\n",
    ],
)
def test_a_list_at_the_left_edge_that_its_calls_do_not_tell_stays_text(text):
    found, _ = document(text)
    assert found.notes == ()
    assert text.split("\n\n", 1)[1].split() == plain_text(found.children).split()


def test_a_list_of_the_text_may_stand_right_above_the_notes():
    text = "1. To Ben\n\nWe saw:1\n\n  1. bread\n  2. wine\n\n  1. With Ann.\n"
    found, _ = document(text)
    assert len(found.notes) == 1
    assert plain_text(found.children) == "We saw: bread wine"


def test_one_line_is_a_document():
    found, _ = document("25. Ann to Ben1")
    assert (found.number, plain_text(found.title), found.children) == ("25", "Ann to Ben1", ())


def test_nothing_is_an_empty_document():
    found, _ = document("\n \n")
    assert (found.title, found.children, found.notes) == ((), (), ())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("memo.txt", "memo"),
        ("a/b/Memo 7.txt", "memo-7"),
        ("000_41142.txt", "d-000-41142"),
        ("Ärger.txt", "arger"),
        ("--.txt", "d"),
    ],
)
def test_the_id_is_made_of_the_file_name(name, expected):
    assert document_id(name) == expected


def test_the_bullet_of_a_subject_is_no_part_of_it():
    assert (
        plain_text(document("3. To Ben\n\n  • • Next steps\n\nText.")[0].subject) == "• Next steps"
    )
    assert document("3. To Ben\n\n  •\n\nText.")[0].subject == ()


@pytest.mark.parametrize("above", ["Steps\n\n", "Steps\n\n2 Comments\n\n  1. Ann says:\n\n"])
def test_lists_deeper_than_anybody_means_go_on_level_with_a_message(above):
    margin = "      " if "Ann" in above else "  "
    steps = "\n".join(f"{margin}{'  ' * depth}• step {depth}" for depth in range(400))
    found, codes = document(f"{above}{steps}\n\n{margin}  Below step 0.\n")
    bodies = (*found.children, *(block for each in found.comments for block in each.children))
    assert codes.count("nesting-flattened") == 1
    assert rewrite(found, lambda node, _: (node,)) == found
    lists = [node for node in walk(bodies) if isinstance(node, List)]
    assert [len(each.items) for each in lists] == [1] * (DEEPEST - 1) + [401 - DEEPEST]
