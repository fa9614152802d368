import pytest

from converter.readers.text.dump import Dump
from converter.readers.text.header import read_header


def header(text):
    """Return front, number, title and subject of ``text``, and the first word below them."""
    dump = Dump("memo.txt", text)
    found = read_header(dump, dump.lines)
    front = [line.text for line in found.front if not line.blank]
    number = dump.text[slice(*found.number)] if found.number else None
    title = dump.text[slice(*found.title)] if found.title else None
    subject = found.subject.text if found.subject else None
    rest = next((line.text for line in found.rest if not line.blank), None)
    return front, number, title, subject, rest


def test_number_and_title_are_parted():
    text = "25. Memorandum From Ann to Ben1\n\nThe harvest was good."
    expected = ([], "25", "Memorandum From Ann to Ben1", None, "The harvest was good.")
    assert header(text) == expected


def test_the_first_line_of_a_post_is_its_title():
    assert header("Why Bees Dance\n\nThey do.") == ([], None, "Why Bees Dance", None, "They do.")


@pytest.mark.parametrize(
    "front",
    [
        "500.A15a3/827: Telegram",
        "File No. 861.51/461",
        "Paris Peace Conf. 184.1 Baker, John",
        "No. 201.]",
        "[Extract.]",
        "Treaty Series No. 741",
        "Miller Papers: Telegram",
    ],
)
@pytest.mark.parametrize("number", ["", "7. "])
def test_lines_about_the_paper_stand_in_front_of_the_title(front, number):
    found = header(f"{front}\n\n{number}Mr. Ash to Mr. Birch\n\nOslo, May 3, 1921.")
    assert found[0] == [front]
    assert found[2] == "Mr. Ash to Mr. Birch"


def test_a_remark_above_a_numbered_title_is_front_matter():
    found = header("Speech of the Duke.\n\n153. [Untitled]\n\nVienna, December 4, 1863.")
    assert found[:3] == (["Speech of the Duke."], "153", "[Untitled]")


def test_a_numbered_paragraph_below_the_title_is_no_title():
    text = "The Mayor to the Council\n\n[Telegram]\n\n586. Your 348 came on Monday."
    assert header(text)[1:3] == (None, "The Mayor to the Council")


def test_a_title_may_run_over_two_lines():
    assert (
        header("16. No. 16.\nMr. Ash to Mr. Birch.\n\nSir:")[2] == "No. 16.\nMr. Ash to Mr. Birch."
    )


def test_a_text_without_blank_lines_has_its_first_line_for_title():
    assert header("Bees\nOne.\nTwo.\nThree.\nFour.")[2:] == ("Bees", None, "One.")


def test_the_subject_is_the_single_item_under_the_title():
    assert header("3. To Ben\n\n  • Next steps\n\nText.")[3:] == ("• Next steps", "Text.")


def test_the_subject_may_stand_below_date_and_participants():
    above = "7. A Conversation\n\nPort Ansel, May 4\n\nPARTICIPANTS\n\n  • Pell\n  • Wray"
    found = header(f"{above}\n\nSUBJECT\n\n  • Oil\n\nIt is dear.")
    assert found[3:] == ("• Oil", "Port Ansel, May 4")


def test_the_subject_may_have_a_heading():
    assert header("3. To Ben\n\nSUBJECT\n\n  • Next steps\n\nText.")[3:] == (
        "• Next steps",
        "Text.",
    )


@pytest.mark.parametrize(
    "items", ["  • Present:\n    • Ann", "  • Ann\n  • Ben", "  • [Page 4]", "  •"]
)
def test_other_lists_under_the_title_are_no_subject(items):
    assert header(f"3. Minutes\n\n{items}\n\nText.")[3] is None


def test_a_document_may_be_one_line_or_none():
    assert header("4. Ann to Ben")[1:3] == ("4", "Ann to Ben")
    assert header("") == ([], None, None, None, None)


def test_a_document_may_have_a_number_and_no_title():
    assert header("1.\n\nTo the Senate:\n\nI transmit a report.")[1:] == (
        "1",
        None,
        None,
        "To the Senate:",
    )


def test_a_text_that_begins_with_a_list_or_a_long_paragraph_has_no_title():
    assert header("  • one\n  • two")[2] is None
    assert header("word " * 200)[2] is None


def test_the_title_of_a_letter_is_known_below_a_remark_of_unknown_kind():
    text = (
        "Harbour Board, Box 64\n\nThe Consul at Oslo (Ash) to the Mayor of Bergen1\n\nOslo, May 3."
    )
    assert header(text)[2] == "The Consul at Oslo (Ash) to the Mayor of Bergen1"
    assert header("Why Bees Dance\n\nThe bees went to the hive. They did.")[2] == "Why Bees Dance"


def test_a_text_of_sentences_is_no_title():
    text = (
        "The tunnel is a canal tunnel under the hill.[1] It is long and was opened in 1808.[2] "
        "It was built by somebody who had never built one."
    )
    assert header(f"{text}\n\nHistory\n")[2] is None
    assert header(
        "Memorandum From Mr. Holt to Mr. Wray, Dr. Pell and the Rev. Mr. Finch.\n\nSir:\n"
    )[2]


def test_a_title_may_stand_in_the_middle_of_the_page():
    assert (
        header("                 THE LOST REGIMENT\n\n     It was raised.\n")[2]
        == "THE LOST REGIMENT"
    )
    assert header("    It was raised.\n\n    It was lost.\n")[2] is None


def test_a_list_of_two_lines_is_no_title():
    assert header("The Lamp\n\nIt needs:\n\n1. Oil.\n2. Wick.\n")[2] == "The Lamp"


def test_a_paragraph_whose_number_is_counted_on_from_is_no_title():
    text = "Rules of the Board\n\n1. It shall meet.\n\n2. It shall rise.\n"
    assert header(text)[2] == "Rules of the Board"
