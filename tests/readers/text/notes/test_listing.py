import pytest

from converter.readers.text.dump import Dump
from converter.readers.text.notes.listing import find_backlinks, find_list


def listed(text):
    """Return the last line above the list, and the first line of each item."""
    dump = Dump("memo.txt", text)
    above, items = find_list(dump.lines)
    last = next((line.text for line in reversed(above) if not line.blank), "")
    return last, [item.lines[0].text for item in items]


def test_the_list_that_ends_the_document_is_found_under_any_gap():
    assert listed("Text.\n  1. One.\n  2. Two.") == ("Text.", ["One.", "Two."])
    assert listed("Text.\n\n\n  1. One.\n\n  2. Two.\n\n") == ("Text.", ["One.", "Two."])


def test_what_stands_further_in_belongs_to_its_item():
    text = "Text.\n  1. One:\n\n    • a\n    • b\n\n    “Quoted.”\n\n  2. Two."
    dump = Dump("memo.txt", text)
    _, (one, two) = find_list(dump.lines)
    assert [line.text for line in one.lines if not line.blank] == [
        "One:",
        "• a",
        "• b",
        "“Quoted.”",
    ]
    assert dump.text[two.start : two.end] == "Two."


def test_numbers_of_lists_within_a_note_are_not_counted():
    assert listed("Text.\n  1. One:\n    1. a\n    2. b\n  2. Two.")[1] == ["One:", "Two."]


def test_a_list_of_the_text_just_above_is_left_to_the_text():
    assert listed("We saw:\n\n  1. a\n  2. b\n\n  1. One.\n  2. Two.") == ("2. b", ["One.", "Two."])


def test_text_below_a_list_and_gaps_in_its_numbers_make_it_no_list_of_notes():
    assert listed("Text.\n\n  1. One.\n\nMore text.")[1] == []
    assert listed("Text.\n\n  1. One.\n  3. Three.")[1] == []
    assert listed("Text.\n\n  2. Two.\n  3. Three.")[1] == []


def test_bullets_are_no_notes():
    assert listed("Text.\n\n  • One.")[1] == []


@pytest.mark.parametrize("mark", ["{}", "{}.", "{})", "[{}]", "({})"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_list_at_the_left_edge_is_found_whatever_sign_its_numbers_have(mark, gap):
    notes = gap.join(
        f"{mark.format(number)} {text}" for number, text in enumerate(["One.", "Two."], 1)
    )
    assert listed(f"Text.\n\n{notes}\n") == ("Text.", ["One.", "Two."])


def test_lines_of_a_note_at_the_left_edge_follow_without_a_gap():
    text = "Text.\n\n1. One begins\nand ends.\n\n    “Quoted.”\n\n2. Two."
    dump = Dump("memo.txt", text)
    _, (one, two) = find_list(dump.lines)
    assert [line.text for line in one.lines if not line.blank] == [
        "One begins",
        "and ends.",
        "“Quoted.”",
    ]
    assert dump.text[two.start : two.end] == "Two."
    assert listed("Text.\n\n1. One.\n\nMore text.\n\n2. Two.")[1] == []


def test_arrows_back_to_the_text_are_cut_on_whatever_line_they_stand():
    dump = Dump("memo.txt", "Text.\n  1. One. ↩\n  2. Two.\n\n    More.\n\n    ↩\n  3. Three.")
    _, items = find_list(dump.lines)
    cuts = [dump.text[cut.start : cut.end].strip() for cut in find_backlinks(dump, items)]
    assert cuts == ["↩", "↩"]


def marks(text):
    return [item.printed for item in find_list(Dump("memo.txt", text).lines)[1]]


def test_raised_numbers_begin_notes_with_or_without_a_space():
    assert listed("Text.\n\n¹ One.\n²Two.") == ("Text.", ["One.", "Two."])


def test_marks_of_several_kinds_are_those_of_the_text():
    text = "Text.\n\n* One.\n† Two.\na Three.\n[b] Four.\n1 Five.\n"
    assert listed(text) == ("Text.", ["One.", "Two.", "Three.", "Four.", "Five."])
    assert marks(text) == ["*", "†", "a", "b", "1"]


def test_below_a_rule_numbers_begin_anywhere_and_notes_have_paragraphs():
    text = "Text.\n\n________\n\n19 One.\n\nIt goes on.\n\n19a Two.\n20 Three.\n"
    assert listed(text) == ("Text.", ["One.", "Two.", "Three."])
    assert marks(text) == ["19", "19a", "20"]
    assert listed(text.replace("________", "The end."))[1] == []


def test_numbers_of_paragraphs_begin_anywhere_unless_one_above_leads_to_them():
    assert marks("Text.\n\n19 One.\n\n20 Two.\n") == ["19", "20"]
    assert marks("Text.\n\n18 A point.\n\nIt goes on.\n\n19 One.\n\n20 Two.\n") == []


@pytest.mark.parametrize(
    "mark", ["{}: ", "{}/ ", "{} - ", "Note {}. ", "Footnote {}: ", "^{} ", "[^{}]: ", "{}", "{}."]
)
def test_numbers_are_set_off_from_their_notes_in_many_ways(mark):
    notes = "\n".join(f"{mark.format(place)}{text}" for place, text in ((1, "One."), (2, "Two.")))
    assert listed(f"Text.\n\n_____\n{notes}\n") == ("Text.", ["One.", "Two."])


def test_a_heading_is_as_good_as_a_line_and_lists_below_may_stand_further_in():
    text = "Text.\n\nFootnotes\n\n    * One.\n\n      It goes on.\n\n    ** Two.\n    *** Three.\n"
    assert listed(text) == ("Text.", ["One.", "Two.", "Three."])
    assert marks(text) == ["*", "**", "***"]


def test_thousands_of_lines_of_one_sign_are_no_list():
    assert marks("Text.\n\n" + "‡ One.\n\n" * 40_000) == []


def test_a_line_that_begins_with_a_letter_is_no_note():
    text = "Text.\n\n____\n1 One begins\na lamp, and ends.\n2 Two.\n"
    assert listed(text)[1] == ["One begins", "Two."]


def test_the_line_drawn_above_a_list_is_no_text_above_it():
    _, (one, two) = find_list(Dump("memo.txt", "Text.\n\n_____\n\n  1. One.\n  2. Two.").lines)
    assert [line.text for line in one.rules] == ["_____"]
    assert two.rules == ()
    assert listed("Text.\n\n* * *\n\n  1. One.")[0] == "* * *"


def test_marks_above_text_that_has_none_are_no_list():
    assert listed("* One.\n\n† Two.\n\nMore text.")[1] == []
    assert listed("Text.\n\n† One.\n\n‡ Two.")[1] == []
