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


@pytest.mark.parametrize("mark", ["{}", "{}.", "{})", "[{}]"])
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
