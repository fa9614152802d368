"""Damaged sources: whatever comes in, a document comes out whole, or an error a user can read."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from converter.errors import ConverterError
from converter.readers.text import read
from converter.report import Report
from converter.source import Source
from converter.walk import calls

MEMO = """\
500.A15/12: Telegram

25. Memorandum From Ann Ash to Ben Birch1

  • Next Steps in the Harvest

The paper (Tab A)2 says what we know [Page 90] of 1931, and no more.3 See my No. 1543.

[Page 91]

  • (1)
  • Of the 1970s we know noth[Page 92]ing; it cost $1,0004 a day.* *

  1. Source: Mill Library. Secret.
  2. See Document 19.↩
  3. It says:

    “First.

    • Second.”

    ↩
  4. Not printed.
  5. By hand.
"""
MARKS = (
    "1",
    "19",
    "17a",
    "*",
    "†",
    "||",
    "[Page 3]",
    "[Page ",
    "]",
    "  1. ",
    "  2. ",
    "↩",
    "    • ",
)
WORDS = (
    "\n",
    "\n\n",
    " ",
    "\t",
    "word",
    "May 3",
    "No. 154",
    "$25,000",
    "1934",
    ".",
    ",",
    "“",
    "SUBJECT",
)
PIECES = st.sampled_from((*MARKS, *WORDS))


def whole(data):
    """Read ``data``, and check that every word is accounted for."""
    report = Report()
    try:
        (document,) = read(Source("memo.txt", data), report)
    except ConverterError:
        return None
    assert report.ledger.balanced
    assert not [message for message in report.messages if message.level == "error"]
    return document


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_flipped_bytes_leave_a_whole_document_or_a_clear_error(seed, flips):
    rng = random.Random(seed)
    data = bytearray(MEMO.encode())
    for _ in range(flips):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    whole(bytes(data))


@settings(max_examples=100, deadline=None)
@given(st.permutations(MEMO.split("\n")))
def test_shuffled_lines_leave_a_whole_document(lines):
    assert whole("\n".join(lines).encode()) is not None


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_heap_of_marks_is_a_whole_document(pieces):
    assert whole("".join(pieces).encode()) is not None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_a_whole_document_or_a_clear_error(text):
    whole(text.encode("utf-8", "surrogatepass"))


def test_a_long_line_with_many_calls_is_linked_whole():
    count = 1500
    said = " ".join(f"It was said in May 1931, and denied.{note}" for note in range(1, count + 1))
    notes = "\n".join(f"  {note}. Letter {note}." for note in range(1, count + 1))
    document = whole(f"7. A long one\n\n{said}\n\n{notes}\n".encode())
    assert [note.label for note in document.notes] == [str(note) for note in range(1, count + 1)]


def test_many_notes_numbered_anew_on_each_page_are_linked_whole():
    rng = random.Random(9)
    text, notes, labels, page, number = [], [], [], 1, 0
    for note in range(1, 3001):
        number += 1
        labels.append(str(number))
        said = rng.choice(("It was said", "in May 1931", "on May 12, 1931", "see my No. 154"))
        text.append(f"We wrote, and {said}.{number}")
        notes.append(f"  {note}. {rng.choice(('Not printed.', f'Letter {note}.'))}")
        if rng.random() < 0.25:
            page, number = page + 1, 0
            text.append(f"[Page {page}]")
    document = whole("\n\n".join(["7. A long one", " ".join(text), "\n".join(notes)]).encode())
    assert [note.label for note in document.notes] == labels
    assert all(times == 1 for times in calls(document).values())


def test_many_notes_that_nothing_calls_are_kept():
    notes = "\n".join(f"  {note}. Not printed." for note in range(1, 1001))
    document = whole(f"7. No calls\n\nNothing here.\n\n{notes}\n".encode())
    assert len(document.notes) == 1000


def test_long_runs_of_digits_and_signs_are_text():
    spaces = "a" + " " * 200_000 + "b"
    heaps = ("7" * 20_000, "*" * 20_000, "1 " * 20_000, "1." * 10_000, "[Page " * 5_000, spaces)
    for heap in heaps:
        assert whole(f"7. Heap\n\n{heap}\n\n  1. Not printed.\n".encode()) is not None
