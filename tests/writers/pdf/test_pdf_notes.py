"""Notes in PDF: at the foot of the page that calls them, linked both ways, never lost."""

from typing import Any

import pytest
from msgspec.structs import replace

from converter.model import (
    Book,
    Cell,
    Comment,
    Document,
    Emphasis,
    Heading,
    List,
    ListItem,
    Note,
    NoteRef,
    PageBreak,
    Part,
    Quote,
    Row,
    Table,
    Text,
)
from converter.options import PdfOptions
from converter.verify import verify


def test_each_note_stands_on_the_page_of_its_call(write: Any, noted: Any, words: Any) -> None:
    document = noted(*(f"call{place}x {words(20 + place * 37 % 90)}" for place in range(1, 61)))
    edition = write(document)
    assert len(edition.pages) > 8
    for place in range(1, 61):
        assert edition.page_of(f"Remark{place}.") in pages_of_paragraph(edition, place)


def pages_of_paragraph(edition: Any, place: int) -> set[int]:
    """Return the page on which paragraph ``place`` begins, and the next: its call ends it."""
    begin = edition.page_of(f"call{place}x")
    return {begin, begin + 1}


def test_no_note_is_pushed_over_by_a_paragraph_that_does_not_fit(
    write: Any, noted: Any, para: Any, words: Any
) -> None:
    # The note is called on the first line, so that its page is certain at any line length.
    paragraphs = [
        para(f"call{place}x", NoteRef(f"n{place}"), " ", words(20 + place * 53 % 110))
        for place in range(1, 61)
    ]
    document = replace(noted(*["unused"] * 60), children=tuple(paragraphs))
    edition = write(document)
    for place in range(1, 61):
        assert edition.page_of(f"Remark{place}.") == edition.page_of(f"call{place}x")


def test_a_call_leads_to_its_note_and_the_mark_of_the_note_leads_back(
    write: Any, noted: Any
) -> None:
    edition = write(noted("One", "Two"))
    assert edition.links == ["d1-n1", "d1-n2", "d1-n1-call1", "d1-n2-call1"]
    assert set(edition.links) <= set(edition.reader.named_destinations)


def test_marks_are_those_of_the_source(write: Any, para: Any) -> None:
    calls = [piece for label in ("a", "b", "c") for piece in (f"word-{label}", NoteRef(label))]
    notes = (
        Note("a", "17a", (para("First."),)),
        Note("b", "*", (para("Second."),)),
        Note("c", "†", (para("Third."),)),
    )
    edition = write(Document("d", children=(para(*calls),), notes=notes))
    assert "word-a17aword-b*word-c†" in edition.text
    assert "17a First. * Second. † Third." in edition.text


def test_a_note_called_twice_has_one_body_to_which_both_calls_lead(
    write: Any, para: Any, words: Any
) -> None:
    document = Document(
        "d",
        children=(
            para("First", NoteRef("n")),
            *(para(words(200)) for _ in range(4)),
            para("Second", NoteRef("n")),
        ),
        notes=(Note("n", "1", (para("The only body."),)),),
    )
    edition = write(document)
    assert edition.text.count("The only body.") == 1
    assert edition.page_of("The only body.") == edition.page_of("First1")
    assert edition.links.count("d1-n1") == 2
    second = edition.number_of("Second1")
    assert f"The only body. Also called on p. {second}." in edition.text


def test_a_note_called_in_a_note_follows_it(write: Any, para: Any) -> None:
    document = Document(
        "d",
        children=(para("Text", NoteRef("a"), " and more", NoteRef("c")),),
        notes=(
            Note("a", "1", (para("Outer", NoteRef("b"), "."),)),
            Note("b", "2", (para("Inner."),)),
            Note("c", "3", (para("Last."),)),
        ),
    )
    assert "1 Outer2. 2 Inner. 3 Last." in write(document).text


def test_the_mark_of_a_note_of_several_paragraphs_stands_on_its_first_line(
    write: Any, para: Any
) -> None:
    notes = (Note("n", "7", (para("First line."), para("Second paragraph."))),)
    edition = write(Document("d", children=(para("Text", NoteRef("n")),), notes=notes))
    lines = edition.reader.pages[-1].extract_text().splitlines()
    assert "7 First line." in [line.strip() for line in lines]
    assert "Second paragraph." in [line.strip() for line in lines]


def test_a_note_that_begins_with_a_list_keeps_its_mark_and_its_items(write: Any, para: Any) -> None:
    items = List((ListItem((para("One item."),)), ListItem((para("Two item."),))))
    notes = (Note("n", "7", (items,)),)
    text = write(Document("d", children=(para("Text", NoteRef("n")),), notes=notes)).text
    assert text.index("Text7") < text.index("One item.") < text.index("Two item.")


def test_a_note_that_ends_with_a_list_names_its_further_calls_below(write: Any, para: Any) -> None:
    items = List((ListItem((para("One item."),)),))
    notes = (Note("n", "", (para("First."), items)),)
    document = Document("d", children=(para("A", NoteRef("n"), " B", NoteRef("n")),), notes=notes)
    text = write(document).text
    assert "A1 B1" in text
    assert text.index("One item.") < text.index("Also called on p. 1.")


def test_a_note_never_called_stands_at_the_end_without_a_link(write: Any, para: Any) -> None:
    notes = (Note("n", "9", (para("Nobody calls me."),)),)
    edition = write(Document("d", children=(para("Text."),), notes=notes))
    assert "Notes 9 Nobody calls me." in edition.text
    assert edition.links == []


def test_notes_that_only_call_each_other_are_printed_once(write: Any, para: Any) -> None:
    notes = (
        Note("a", "1", (para("Alpha", NoteRef("b")),)),
        Note("b", "2", (para("Beta", NoteRef("a")),)),
    )
    text = write(Document("d", children=(para("Text."),), notes=notes)).text
    assert text.count("Alpha") == text.count("Beta") == 1


def test_notes_are_called_from_title_heading_table_list_and_comment(write: Any, para: Any) -> None:
    places = ("title", "subject", "heading", "cell", "caption", "item", "comment", "front")
    ref = {place: NoteRef(place) for place in places}
    document = Document(
        "d",
        title=(Text("Title"), ref["title"]),
        subject=(Text("Subject"), ref["subject"]),
        front=(para("Front", ref["front"]),),
        children=(
            Heading((Text("Heading"), ref["heading"])),
            Table((Row((Cell((para("Cell", ref["cell"]),)),)),), (Text("Caption"), ref["caption"])),
            List((ListItem((para("Item", Emphasis((ref["item"],))),)),)),
        ),
        comments=(Comment("c", (para("Comment", ref["comment"]),)),),
        notes=tuple(Note(place, "1", (para(f"Note of {place}."),)) for place in places),
    )
    edition = write(document)
    for place in places:
        assert edition.text.count(f"Note of {place}.") == 1


def test_the_mark_in_a_title_leaks_into_no_bookmark_contents_or_running_head(
    write: Any, para: Any, words: Any
) -> None:
    document = Document(
        "a",
        title=(Text("The Title"), NoteRef("n")),
        number="25",
        children=tuple(para(words(200)) for _ in range(5)),
        notes=(Note("n", "19", (para("Body."),)),),
    )
    edition = write(document, replace(document, id="b"))
    labels = [entry["/Title"] for entry in edition.reader.outline if isinstance(entry, dict)]
    assert labels.count("25. The Title") == 2
    assert edition.text.count("Title19") == 2
    assert "25. The Title 1" in edition.pages[1]


@pytest.mark.parametrize("page", ["A5", "A4"])
def test_a_note_taller_than_the_page_runs_over_to_the_next(
    write: Any, para: Any, words: Any, page: Any
) -> None:
    document = Document(
        "d",
        children=(para("Before", NoteRef("n"), " after."), para("The rest.")),
        notes=(Note("n", "5", (para(words(1500, "n")), para("The end of it."))),),
    )
    edition = write(document, pdf=PdfOptions(page=page))
    assert edition.messages == []
    assert edition.page_of("Before5") == edition.page_of("n0000")
    assert edition.page_of("n1499") > edition.page_of("n0000")
    places = [edition.text.index(word) for word in words(1500, "n").split()]
    assert places == sorted(places)
    (note,) = [tag for tag in edition.tags if tag["/S"] == "/Note"]
    assert [kid.get_object()["/S"] for kid in note["/K"]] == ["/P", "/P"]


def test_the_pieces_of_a_note_keep_its_lists_its_emphasis_and_its_calls(
    write: Any, para: Any, words: Any
) -> None:
    items = List(
        tuple(ListItem((para(Emphasis((Text(words(150, stem)),))),)) for stem in "abcde"),
        ordered=True,
    )
    long = (para(words(100, "x"), NoteRef("m"), "."), Quote((para(words(100, "q")),)), items)
    document = Document(
        "d",
        children=(para("Before", NoteRef("n"), " after."),),
        notes=(Note("n", "1", long), Note("m", "2", (para("Inner."),))),
    )
    edition = write(document, pdf=PdfOptions(page="A5"))
    assert edition.messages == []
    starts = [edition.text.index(start) for start in ("x0000", "q0000", "a0000", "e0000")]
    assert starts == sorted(starts)
    labels = [tag for tag in edition.tags if tag["/S"] == "/Lbl"]
    assert len(labels) == 5
    assert edition.text.count("Inner.") == 1
    for stem in "xqabcde":
        assert edition.text.count(f"{stem}0099") == 1


def test_a_note_that_cannot_be_cut_moves_to_the_end_whole_and_says_so(
    write: Any, para: Any
) -> None:
    rows = tuple(Row((Cell((para(f"row{place}"),)),)) for place in range(150))
    document = Document(
        "d",
        children=(para("Before", NoteRef("n"), " after."), para("The rest.")),
        notes=(Note("n", "5", (para("Above."), Table(rows), para("The end of it."))),),
    )
    edition = write(document, pdf=PdfOptions(page="A5"))
    assert edition.codes == ["note-moved"]
    for place in range(150):
        assert f"row{place} " in edition.text
    end = edition.number_of("Above.")
    assert f"5 This note stands at the end of the document, p. {end}." in edition.text


def test_long_notes_called_again_are_not_lost_for_the_numbers_of_pages(
    write: Any, para: Any, words: Any
) -> None:
    children = (
        para(words(100, "a"), NoteRef("n")),
        para(words(900, "b")),
        para("Again", NoteRef("n"), "."),
    )
    notes = (Note("n", "1", (para(words(500, "n")),)),)
    edition = write(Document("d", children=children, notes=notes), pdf=PdfOptions(page="A5"))
    assert edition.messages == []
    assert edition.text.count("n0000") == edition.text.count("n0499") == 1
    assert f"Also called on p. {edition.number_of('Again1')}." in edition.text


def test_many_notes_of_one_line_are_all_printed(write: Any, para: Any) -> None:
    children = [piece for place in range(70) for piece in (f"w{place} ", NoteRef(f"n{place}"))]
    notes = tuple(Note(f"n{place}", str(place), (para(f"Body{place}."),)) for place in range(70))
    text = write(Document("d", children=(para(*children),), notes=notes)).text
    positions = [text.index(f"Body{place}.") for place in range(70)]
    assert positions == sorted(positions)


def test_a_call_of_a_missing_note_is_reported_and_its_text_kept(write: Any, para: Any) -> None:
    edition = write(Document("d", children=(para("Text", NoteRef("gone"), "."),)))
    assert edition.codes == ["missing-note"]
    assert "Text." in edition.text


def test_page_breaks_in_notes_keep_their_labels(write: Any, para: Any) -> None:
    notes = (Note("n", "1", (para("Over ", PageBreak("xii"), "leaf."),)),)
    assert "[xii]" in write(Document("d", children=(para("T", NoteRef("n")),), notes=notes)).text


def test_footnotes_are_tagged_as_notes_each_with_its_id(write: Any, noted: Any) -> None:
    notes = [tag for tag in write(noted("One", "Two")).tags if tag["/S"] == "/Note"]
    assert [note["/ID"] for note in notes] == ["note1", "note2"]


def test_notes_of_a_paragraph_that_calls_too_many_stand_at_the_end(
    write: Any, noted: Any, para: Any
) -> None:
    calls = (part for place in range(1, 121) for part in (f"w{place}", NoteRef(f"n{place}"), " "))
    document = noted("first", *["unused"] * 119)
    edition = write(replace(document, children=(document.children[0], para(*calls))))
    assert edition.codes == ["note-moved"]
    assert edition.page_of("Remark1.") == edition.page_of("first")
    places = [edition.text.index(word) for word in ("w120", "Notes", "Remark2.", "Remark120.")]
    assert places == sorted(places)


def test_line_breaks_of_the_source_in_a_note_are_spaces(write: Any, noted: Any, para: Any) -> None:
    document = noted("called")
    text = para("Many \n\t words \n of it " * 40)
    edition = write(replace(document, notes=(replace(document.notes[0], children=(text,)),)))
    assert edition.text.split().count("Many") == 40


def test_more_notes_than_pages_have_room_for_beside_their_text_are_all_at_their_feet(
    write: Any, para: Any, words: Any
) -> None:
    paragraphs = [
        para(*(part for n in range(20) for part in (f"w{20 * k + n} ", NoteRef(f"n{20 * k + n}"))))
        for k in range(4)
    ]
    notes = tuple(Note(f"n{n}", str(n), (para(words(9, f"n{n}x")),)) for n in range(80))
    document = Document("d", title=(Text("T"),), children=tuple(paragraphs), notes=notes)
    book = Book("B", (Part((document,)),), identifier="urn:example:book")
    edition = write(book=book)
    assert edition.messages == []
    assert verify(edition.path, book) == ()


def test_text_stays_with_its_heading_where_a_note_runs_over_and_others_follow_it(
    write: Any, para: Any, words: Any
) -> None:
    children = (
        para(words(60)),
        Heading((Text("Inner"),)),
        para("Here", NoteRef("a"), NoteRef("b")),
    )
    notes = (
        Note("a", "1", tuple(para(words(100, f"p{place}x")) for place in range(12))),
        Note("b", "2", (para("Short."),)),
    )
    document = Document("d", title=(Text("T"),), children=children, notes=notes)
    book = Book("B", (Part((document,)),), identifier="urn:example:book")
    edition = write(book=book, pdf=PdfOptions(page="A5"))
    assert edition.page_of("Inner") == edition.page_of("Here1") == edition.page_of("w0000")
    assert edition.page_of("Short.") > edition.page_of("Here1") + 1
    assert verify(edition.path, book) == ()
