"""Notes as footnotes: with the source's marks, called from anywhere, as often as one likes."""

import pytest

from converter.model import Comment, Document, Note, NoteRef, Paragraph, Text


def note(name, label, *children):
    return Note(name, label, (Paragraph(children or (Text(f"Body of {name}."),)),))


def paragraph(*children):
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in children))


@pytest.mark.parametrize("mark", ["19", "17a", "*", "†", "xii"])
@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_the_label_is_the_mark_of_the_source(desk, mark, flavour):
    text = desk.write(
        Document("memo", children=(paragraph("Word", NoteRef("n1")),), notes=(note("n1", mark),)),
        flavour=flavour,
    )
    assert f"Word[^{mark}]" in text
    assert f"\n[^{mark}]: " in text
    assert len(desk.nodes(text, "Note", flavour)) == 1


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_a_note_called_twice_is_defined_once(desk, flavour):
    calls = (paragraph("One", NoteRef("n1"), " and two", NoteRef("n1"), "."),)
    text = desk.write(Document("memo", children=calls, notes=(note("n1", "5"),)), flavour=flavour)
    assert text.count("[^5]:") == 1
    assert text.count("[^5]") == 3
    assert text.count("Body of n1.") == 1


def test_pandoc_finds_the_mark_of_a_footnote_in_its_anchor(desk):
    text = desk.write(
        Document("memo", children=(paragraph("Word", NoteRef("n1")),), notes=(note("n1", "17a"),))
    )
    (mark,) = desk.nodes(text, "Span")
    assert mark["c"] == [["n1", ["mark"], [["label", "17a"]]], []]


def test_a_mark_that_returns_on_each_page_gets_a_number_behind_it(desk):
    notes = (note("n1", "1"), note("n2", "1"))
    text = desk.write(
        Document("memo", children=(paragraph(NoteRef("n1"), NoteRef("n2")),), notes=notes)
    )
    assert "[^1][^1-2]" in text
    assert len(desk.nodes(text, "Note")) == 2


def test_a_mark_of_two_documents_is_led_by_their_numbers(desk):
    memos = [
        Document(
            f"memo-{number}",
            number=number,
            children=(paragraph("Word", NoteRef("n1"), NoteRef("n2")),),
            notes=(note("n1", "1"), note("n2", f"{number}9")),
        )
        for number in ("25", "26")
    ]
    text = desk.write(*memos)
    assert "Word[^25-1][^259]" in text
    assert "Word[^26-1][^269]" in text


def test_a_note_in_the_title_is_called_in_the_heading_and_not_in_the_front_matter(desk):
    text = desk.write(
        Document("memo", title=(Text("Memo"), NoteRef("n1")), number="25", notes=(note("n1", "1"),))
    )
    assert '\ntitle: "Memo"\n' in text
    assert "\n## 25. Memo[^1]\n" in text


def test_a_note_in_a_note_is_a_footnote_on_a_forge(desk):
    notes = (note("n1", "1", Text("See"), NoteRef("n2")), note("n2", "2"))
    memo = Document("memo", children=(paragraph("A", NoteRef("n1")),), notes=notes)
    text = desk.write(memo, flavour="gfm")
    assert "A[^1]\n\n[^1]: See[^2]\n\n[^2]: Body of n2.\n" in text


def test_a_note_in_a_note_is_linked_as_pandoc_would_lose_a_footnote(desk):
    notes = (note("n1", "1", Text("See"), NoteRef("n2")), note("n2", "2"))
    text = desk.write(Document("memo", children=(paragraph("A", NoteRef("n1")),), notes=notes))
    assert "[2](#n2)" in text
    plain = desk.read(text, "markdown", "plain")
    assert "Body of n2." in plain
    assert "[^" not in plain


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_notes_that_call_each_other_come_to_an_end(desk, flavour):
    notes = (
        note("n1", "1", Text("See"), NoteRef("n2")),
        note("n2", "2", Text("See"), NoteRef("n1")),
    )
    calls = (paragraph("A", NoteRef("n1"), NoteRef("n2")),)
    text = desk.write(Document("memo", children=calls, notes=notes), flavour=flavour)
    assert "A[^1][^2]" in text
    assert "See" + ("[[2](#n2)]" if flavour == "markdown" else "[^2]") in text
    assert "See[***1***](#n1)" in text or flavour == "markdown"
    assert len(desk.nodes(text, "Note", flavour)) == 2


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_a_note_never_called_is_listed_with_its_mark(desk, flavour):
    text = desk.write(
        Document("memo", children=(paragraph("A"),), notes=(note("n1", "21"),)), flavour=flavour
    )
    assert "[^" not in text
    plain = desk.read(text, flavour, "plain")
    assert "Other notes" in plain
    assert "21" in plain
    assert "Body of n1." in plain


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_a_note_of_several_blocks_stays_whole(desk, flavour):
    body = (paragraph("First."), paragraph("1. Second."), paragraph("Third."))
    text = desk.write(
        Document("memo", children=(paragraph("A", NoteRef("n1")),), notes=(Note("n1", "1", body),)),
        flavour=flavour,
    )
    (found,) = desk.nodes(text, "Note", flavour)
    assert [block["t"] for block in found["c"]] == ["Para", "Para", "Para"]


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
@pytest.mark.parametrize("after", ["(a)", ": a", "[a]", "{.b}", "^a^"])
def test_text_right_behind_a_call_leaves_it_a_call(desk, flavour, after):
    calls = (paragraph("No!", NoteRef("n1"), after), paragraph(NoteRef("n1"), after))
    text = desk.write(Document("memo", children=calls, notes=(note("n1", "1"),)), flavour=flavour)
    assert len(desk.nodes(text, "Note", flavour)) == 2


def test_a_comment_can_call_a_note(desk):
    comment = Comment("c1", (paragraph("Said", NoteRef("n1")),))
    text = desk.write(Document("post", comments=(comment,), notes=(note("n1", "1"),)))
    assert "Said[^1]" in text


def test_a_call_without_a_note_is_reported_and_left_out(desk):
    text = desk.write(Document("memo", children=(paragraph("One", NoteRef("lost"), "."),)))
    assert "One." in text
    assert [message.code for message in desk.report.messages] == ["missing-note"]


def test_a_forge_shows_the_mark_where_it_numbers_otherwise(desk):
    calls = (paragraph("A", NoteRef("n1"), NoteRef("n2")),)
    text = desk.write(
        Document("memo", children=calls, notes=(note("n1", "1"), note("n2", "19"))), flavour="gfm"
    )
    assert "[^1]: Body" in text
    assert "[^19]: ***19*** Body" in text
