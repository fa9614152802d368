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
        ("[[call]]\nline = 3", "fix.toml:1: error: [[call]]: the key 'text' is missing"),
        ("[[call]", "is not TOML"),
        ('[[call]]\nline = 5\ntext = "We wait"\nnote = 1', "does not end in the mark"),
        ('[[call]]\nline = 5\ntext = "wave2"\nnote = 0', ">= 1"),
        ('[[call]]\nline = 3\ntext = "No. 154"\nnote = 1', "ends within a number"),
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


THREAD = """\
Stores

We wait.1 The wave came.

  1. Not printed.

2 Comments

  1. Ann says:

     It rose as No. 151 had it.
     Buy our lamps
     at half the price.

  2. Ben2 says:

     I saw it too.
"""


def test_lines_can_be_dropped_from_a_thread_of_comments(fixed):
    fix = '[[drop]]\nline = 12\nlast = 13\ntext = "Buy our"\nreason = "advertisement"'
    document, report = fixed(fix, THREAD)
    assert [plain_text(each.children) for each in document.comments] == [
        "It rose as No. 151 had it.",
        "I saw it too.",
    ]
    assert [drop.text for drop in report.ledger.drops if drop.reason == "advertisement"] == [
        "Buy our lamps",
        "at half the price.",
    ]
    assert report.messages == []


def test_a_whole_comment_can_be_dropped_from_a_thread(fixed):
    document, _ = fixed('[[drop]]\nline = 9\nlast = 14\ntext = "1. Ann"', THREAD)
    assert [plain_text(each.children) for each in document.comments] == ["I saw it too."]


def test_a_line_dropped_within_a_paragraph_parts_it(fixed):
    text = "Stores\n\nOne lamp\nPage 4 of 9\nis lit."
    document, report = fixed('[[drop]]\nline = 4\ntext = "Page 4"', text)
    assert [plain_text([block]) for block in document.children] == ["One lamp", "is lit."]
    assert report.messages == []


def test_a_comment_can_be_said_to_call_a_note(fixed):
    fix = '[[call]]\nline = 11\ntext = "No. 151"\nmark = "1"\nnote = 1'
    document, report = fixed(fix, THREAD)
    assert calls(document) == {"n1": 2}
    assert plain_text(document.comments[0].children).startswith("It rose as No. 15 had it.")
    assert report.messages == []


def test_a_note_can_be_said_to_call_another_and_keeps_the_rest_as_it_was(fixed):
    text = TEXT.replace("About the wave.", "About the wave, as in No. 159.")
    before, _ = fixed("", text)
    fix = '[[call]]\nline = 11\ntext = "No. 159"\nmark = "9"\nnote = 1'
    document, _ = fixed(fix, text)
    assert [note.label for note in document.notes] == ["1", "2"]
    assert calls(document) == {"n1": 2, "n2": 1}
    assert document.children == before.children


def test_a_note_that_the_text_does_not_call_can_be_said_to_be_called_by_another(fixed):
    text = TEXT.replace("wave2", "wave").replace("Not printed.", "Not printed; but see b.")
    document, report = fixed('[[call]]\nline = 10\ntext = "see b"\nnote = 2', text)
    assert calls(document) == {"n1": 1, "n2": 1}
    assert [note.label for note in document.notes] == ["1", "b"]
    assert report.messages == []


def test_a_note_can_be_said_to_call_nothing(fixed):
    text = TEXT.replace("wave2", "wave").replace("Not printed.", "Not printed.2 Lost.")
    assert calls(fixed("", text)[0]) == {"n1": 1, "n2": 1}
    document, _ = fixed('[[no-call]]\nline = 10\ntext = "printed.2"', text)
    assert calls(document) == {"n1": 1, "n2": 0}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (5, "1"),  # the number of the note itself
        (7, "2"),  # the heading of the comments
        (9, "1"),  # the number of a comment
        (15, "Ben2"),  # the name of a commenter
    ],
)
def test_a_call_where_there_is_no_text_is_not_applied_and_says_so(fixed, line, text):
    document, report = fixed(f'[[call]]\nline = {line}\ntext = "{text}"\nnote = 1', THREAD)
    assert calls(document) == {"n1": 1}
    assert [note.label for note in document.notes] == ["1"]
    (message,) = report.messages
    assert (message.code, message.prov.line) == ("fix-outdated", line)


def test_a_call_in_a_page_break_is_not_applied_and_says_so(fixed):
    text = TEXT.replace("We wait.1", "We wait.1 [Page 9]")
    document, report = fixed('[[call]]\nline = 5\ntext = "Page 9"\nmark = "9"\nnote = 1', text)
    assert body(document) == body(fixed("", text)[0])
    assert [message.code for message in report.messages] == ["fix-outdated"]


@pytest.mark.parametrize(
    "other",
    [
        '[[call]]\nline = 3\ntext = "No. 1543"\nmark = "43"\nnote = 1',
        '[[call]]\nline = 3\ntext = "No. 1543"\nmark = "3"\nnote = 2',
        '[[no-call]]\nline = 3\ntext = "No. 1543"',
    ],
)
def test_of_two_corrections_of_one_mark_only_one_is_applied(fixed, other):
    fix = '[[call]]\nline = 3\ntext = "No. 1543"\nmark = "3"\nnote = 2\n'
    document, report = fixed(fix + other)
    assert sum(calls(document).values()) <= 2
    (message,) = (message for message in report.messages if message.code == "fix-outdated")
    assert "another correction" in message.text


def test_a_call_in_a_line_that_is_dropped_is_not_applied_and_says_so(fixed):
    drop = '[[drop]]\nline = 3\ntext = "Your No."\n'
    call = '[[call]]\nline = 3\ntext = "No. 1543"\nmark = "3"\nnote = 1'
    document, report = fixed(drop + call)
    assert calls(document) == {"n1": 1, "n2": 1}
    assert [message.code for message in report.messages] == ["fix-outdated"]


@pytest.mark.parametrize("mark", ["[2]", "(2)", "²"])
def test_a_mark_in_brackets_or_raised_can_be_corrected(fixed, mark):
    memo = f"To Ben\n\nOne came1 in 1931{mark} then.\n\n  1. Who?\n  2. What?\n"
    fix = f'[[call]]\nline = 3\ntext = "1931{mark}"\nnote = 2\n'
    document, _ = fixed(fix, memo)
    assert calls(document)["n2"] == 1
    assert document.notes[1].label == "2"
    assert body(document) == "One came in 1931 then."


def test_corrections_by_the_wrong_name_are_told_of(fixed, tmp_path):
    _, report = fixed("")
    assert not report.messages
    (tmp_path / "memo.txt.fix.toml").rename(tmp_path / "memo.fix.toml")
    report = Report()
    list(read(open_source(tmp_path / "memo.txt"), report))
    (message,) = report.messages
    assert message.code == "fix-not-read"
    assert message.text.endswith("corrections of this source are to be called memo.txt.fix.toml")
