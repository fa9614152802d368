import pytest

from converter.errors import SourceError
from converter.readers.text import read
from converter.report import Report
from converter.source import open_source
from converter.walk import calls, plain_text

TEXT = """\
3. Letter to the Mill

Your No. 1543 came on May 3.

We wait.1 The wave2 came.

Share this
Like that

  1. Not printed.
  2. About the wave.
"""


@pytest.fixture
def fixed(tmp_path):
    """Read TEXT, or another, beside a file of corrections."""

    def read_fixed(fixes, text=TEXT):
        (tmp_path / "memo.txt").write_text(text, encoding="utf8")
        (tmp_path / "memo.txt.fix.toml").write_text(fixes, encoding="utf8")
        report = Report()
        (document,) = read(open_source(tmp_path / "memo.txt"), report)
        assert report.ledger.balanced
        return document, report

    return read_fixed


def body(document):
    return plain_text(document.children)


def test_a_mark_can_be_said_to_call_a_note(fixed):
    document, _ = fixed('[[call]]\nline = 3\ntext = "No. 1543"\nmark = "3"\nnote = 2')
    assert [note.label for note in document.notes] == ["1", "3"]
    assert "Your No. 154 came" in body(document)
    assert "wave2" in body(document)


def test_a_mark_can_be_said_to_call_nothing(fixed):
    document, report = fixed('[[no-call]]\nline = 5\ntext = "wave2"')
    assert "The wave2 came" in body(document)
    assert "note-not-linked" in [message.code for message in report.messages]


def test_lines_can_be_dropped_with_a_reason_for_the_ledger(fixed):
    document, report = fixed('[[drop]]\nline = 7\nlast = 8\ntext = "Share"\nreason = "buttons"')
    assert "Share" not in body(document)
    assert [(drop.text, drop.reason) for drop in report.ledger.drops] == [
        ("Share this", "buttons"),
        ("Like that", "buttons"),
    ]


def test_a_correction_follows_its_text_when_lines_are_added_above(fixed):
    fix = '[[no-call]]\nline = 5\ntext = "wave2"'
    document, report = fixed(fix, TEXT.replace("Your No.", "New.\n\nYour No."))
    assert "The wave2 came" in body(document)
    (message,) = (message for message in report.messages if message.code == "fix-outdated")
    assert "now stands in line 7" in message.text


def test_a_correction_whose_text_is_gone_is_not_applied_and_says_so(fixed):
    document, report = fixed('[[drop]]\nline = 7\ntext = "Tweet this"')
    assert "Share this" in body(document)
    assert [message.code for message in report.messages] == ["fix-outdated"]


def test_a_correction_for_a_note_that_is_not_there_says_so(fixed):
    _, report = fixed('[[call]]\nline = 5\ntext = "wave2"\nnote = 9')
    assert "there is no note 9" in report.messages[-1].text


@pytest.mark.parametrize(
    ("fixes", "complaint"),
    [
        ("[[cal]]\nline = 3", "unknown field `cal`"),
        ("[[call]]\nline = 3", "missing required field"),
        ("[[call]", "is not TOML"),
        ('[[call]]\nline = 5\ntext = "We wait"\nnote = 1', "does not end in the mark"),
        ('[[call]]\nline = 5\ntext = "wave2"\nnote = 0', ">= 1"),
    ],
)
def test_a_file_that_makes_no_sense_is_an_error_that_names_it(fixed, fixes, complaint):
    with pytest.raises(SourceError, match=r"memo\.txt\.fix\.toml") as error:
        fixed(fixes)
    assert complaint in str(error.value)


def test_the_same_corrections_give_the_same_document_again(fixed):
    fix = '[[call]]\nline = 3\ntext = "No. 1543"\nmark = "3"\nnote = 2'
    assert fixed(fix)[0] == fixed(fix)[0]


@pytest.mark.parametrize("fixes", ["", '[[no-call]]\nline = 3\ntext = "wave2"'])
def test_a_list_whose_only_call_is_denied_is_a_list(fixed, fixes):
    text = "Stores\n\nThe wave2 came.\n\n  1. Apples\n  2. Bread\n"
    document, report = fixed(fixes, text)
    assert (document.notes, report.messages) == ((), [])
    assert body(document) == "The wave2 came. Apples Bread"


def test_denying_one_call_makes_no_notes_of_a_list_of_the_text(fixed):
    text = "Stores\n\nThe wave3 came.\n\n  1. Apples\n  2. Bread\n  3. Salt\n  4. Tea\n"
    document, report = fixed('[[no-call]]\nline = 3\ntext = "wave3"', text)
    assert (document.notes, report.messages) == ((), [])


def test_a_call_by_hand_makes_notes_of_any_list(fixed):
    text = "Stores\n\nThe wave2 came.\n\n  1. Apples\n  2. Bread\n"
    document, _ = fixed('[[call]]\nline = 3\ntext = "wave2"\nnote = 2', text)
    assert calls(document) == {"n1": 0, "n2": 1}
