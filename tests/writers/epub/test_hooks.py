"""Notes that pop up, and pages of the printed source."""

from converter.model import (
    Cell,
    Comment,
    Document,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
)

OPS = "{http://www.idpf.org/2007/ops}type"


def paragraph(*parts):
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def note(name, text="Telegram.", label="19"):
    return Note(name, label, (paragraph(text),))


def test_call_and_note_are_linked_in_both_directions_as_readers_with_pop_ups_expect(desk):
    page = desk.write(
        Document(
            "memo", children=(paragraph("The lamp burns.", NoteRef("n1")),), notes=(note("n1"),)
        )
    ).only
    (call,) = desk.find(page, "//h:sup/h:a")
    (aside,) = desk.find(page, "//h:aside")
    (back,) = desk.find(page, "//h:aside//h:a")
    assert (call.get(OPS), call.get("role")) == ("noteref", "doc-noteref")
    assert (aside.get(OPS), aside.get("role")) == ("footnote", "doc-footnote")
    assert back.get("role") == "doc-backlink"
    assert call.get("href") == f"#{aside.get('id')}"
    assert back.get("href") == f"#{call.get('id')}"


def test_call_and_note_show_the_mark_that_the_source_printed(desk):
    page = desk.write(
        Document("memo", children=(paragraph(NoteRef("n1")),), notes=(note("n1", label="17a"),))
    ).only
    (call,) = desk.find(page, "//h:sup/h:a")
    (aside,) = desk.find(page, "//h:aside")
    assert call.text == "17a"
    assert desk.text_of(aside, generated=False) == "17a Telegram."


def test_a_note_without_a_mark_is_called_by_its_position(desk):
    notes = (note("a"), note("b", label=""))
    page = desk.write(Document("memo", children=(paragraph(NoteRef("b")),), notes=notes)).only
    assert [call.text for call in desk.find(page, "//h:sup/h:a")] == ["2"]


def test_a_note_called_from_everywhere_has_one_body_and_a_backlink_to_each_call(desk):
    call = NoteRef("n1")
    document = Document(
        "memo",
        title=(Text("Title"), call),
        subject=(Text("Subject"), call),
        children=(Table((Row((Cell((paragraph("cell", call),)),)),)),),
        notes=(note("n1"), Note("n2", "20", (paragraph("See above.", call),))),
        comments=(Comment("c1", (paragraph("Really?", call),)),),
    )
    page = desk.write(document).only
    ids = desk.find(page, "//h:sup/h:a/@id")
    (body,) = desk.find(page, "//h:aside[@id='note-n1']")
    backlinks = desk.find(body, ".//h:a[@role='doc-backlink']")
    assert len(set(ids)) == 5
    assert [link.get("href") for link in backlinks] == [f"#{name}" for name in ids]
    assert len({link.get("aria-label") for link in backlinks}) == 5


def test_a_note_that_nobody_calls_is_shown_without_backlink_and_without_popping_up(desk):
    page = desk.write(Document("memo", notes=(note("n1"),))).only
    assert desk.find(page, "//h:aside") == []
    (aside,) = desk.find(page, "//h:div[@role='doc-footnote']")
    assert aside.get(OPS) is None
    assert desk.find(aside, ".//h:a") == []
    assert desk.text_of(aside) == "19 Telegram."


def test_the_mark_stands_on_the_first_line_of_a_note_of_several_paragraphs(desk):
    long = Note("n1", "19", (paragraph("First."), paragraph("Second.")))
    page = desk.write(Document("memo", children=(paragraph(NoteRef("n1")),), notes=(long,))).only
    texts = [desk.text_of(p, generated=False) for p in desk.find(page, "//h:aside/h:p")]
    assert texts == ["19 First.", "Second."]


def test_a_page_break_is_labelled_for_eye_and_ear(desk):
    over = paragraph("over ", PageBreak("xiv"), "there")
    page = desk.write(Document("memo", children=(over,))).only
    (mark,) = desk.find(page, "//h:span")
    assert mark.get(OPS) == "pagebreak"
    assert mark.get("role") == "doc-pagebreak"
    assert (mark.get("id"), mark.get("title"), mark.get("aria-label")) == ("page-xiv", "xiv", "xiv")


def test_a_page_without_a_number_is_announced_as_such_in_the_language_of_the_book(desk):
    for language, name in (("en", "unnumbered page"), ("de", "Seite ohne Zahl")):
        document = Document("memo", children=(PageBreak(""),))
        page = desk.write(document, language=language).only
        assert desk.find(page, "//h:span/@aria-label") == [name]


def test_a_page_label_with_brackets_of_its_own_gets_no_others(desk):
    page = desk.write(Document("memo", children=(PageBreak("[II]"), PageBreak("3")))).only
    assert desk.find(page, "//h:span/@class") == ["pagebreak bracketed", "pagebreak"]


def test_references_lead_to_documents_notes_and_pages_of_the_book(desk):
    goal = Document("goal", children=(PageBreak("31"),), notes=(note("n1"),))
    see = paragraph(
        Reference((Text("all"),), "goal"),
        Reference((Text("note"),), "goal", note="n1"),
        Reference((Text("page"),), "goal", page="31"),
        Reference((Text("nothing"),), "elsewhere"),
        Reference((Text("no such page"),), "goal", page="32"),
    )
    edition = desk.write(goal, Document("memo", children=(see,)))
    assert desk.find(edition.chapters["0002-memo.xhtml"], "//h:a/@href") == [
        "0001-goal.xhtml",
        "0001-goal.xhtml#note-n1",
        "0001-goal.xhtml#page-31",
    ]
