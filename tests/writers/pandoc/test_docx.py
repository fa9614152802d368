"""Word files: what Word makes of notes, comments and threads stands in them as Word has it."""

from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from converter import pipeline
from converter.model import Document, Image, Paragraph, Reference, Text
from converter.source import open_source
from converter.walk import calls, page_labels, plain_text, walk

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


@pytest.fixture
def word(write, part, letter):
    target, _ = write("docx", letter, language="en-GB", authors=("A. Reader",))
    return lambda name: part(target, f"word/{name}.xml")


def said(element):
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def test_notes_are_footnotes_each_once(word):
    notes = [said(each) for each in word("footnotes").iter(f"{W}footnote")]
    assert [note.strip() for note in notes if note] == [
        "Found in a coat.",
        "* See †.",
        "† Burnt.",
        "Not printed.",
    ]


def test_marks_that_word_would_number_otherwise_are_the_printed_ones(word):
    calls = list(word("document").iter(f"{W}footnoteReference"))
    assert [call.get(f"{W}customMarkFollows") for call in calls] == [None, "1", "1", None]
    assert [said(call.getparent()) for call in calls] == ["", "*", "†", ""]


def test_printed_marks_are_text_for_word_and_for_libreoffice_what_it_shows_once(word):
    call = list(word("document").iter(f"{W}footnoteReference"))[1].getnext()
    note = list(word("footnotes").iter(f"{W}footnote"))[-3].find(f".//{MC}AlternateContent")
    for alternatives in (call, note):
        choice, _ = alternatives
        assert (choice.get("Requires"), said(choice)) == ("w15", "*")
        assert "w15" in choice.nsmap
    assert [symbol.get(f"{W}char") for symbol in call[1].iter(f"{W}sym")] == ["002A"]
    assert note.find(f"{MC}Fallback/{W}footnoteRef") is not None


def test_second_call_is_a_cross_reference_to_the_bookmark_of_the_note(word):
    names = {mark.get(f"{W}name") for mark in word("document").iter(f"{W}bookmarkStart")}
    (field,) = word("document").iter(f"{W}instrText")
    assert field.text.split() == ["NOTEREF", "d1_n2", r"\f", r"\h"]
    assert "d1_n2" in names


def test_note_called_in_another_is_the_next_footnote_and_linked(word):
    (field,) = word("footnotes").iter(f"{W}instrText")
    assert field.text.split()[1] == "d1_n3"


def test_note_that_nobody_calls_is_listed_below_the_text(word):
    assert "9 On the back." in [said(each) for each in word("document").iter(f"{W}p")]


def test_review_comments_stand_in_the_margin_under_the_one_they_answer(word):
    comments = list(word("comments").iter(f"{W}comment"))
    assert [(each.get(f"{W}author"), said(each)) for each in comments] == [
        ("Ann", "Is that so?"),
        ("Bo", "It is."),
    ]
    first, second = word("commentsExtended")
    assert first.attrib.values()[0] == second.attrib.values()[1]


def test_thread_is_in_styles_that_are_there_by_depth(word):
    styles = {each.get(f"{W}styleId") for each in word("styles").iter(f"{W}style")}
    found = {}
    for paragraph in word("document").iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None:
            assert style.get(f"{W}val") in styles
            found.setdefault(style.get(f"{W}val"), []).append(said(paragraph))
    assert found["Comment1"] == ["My uncle did."]
    assert found["Comment2"] == ["Which uncle?"]
    assert found["CommentHead1"] == ["2 Cy · Liked by 2 people"]
    assert found["CommentHead2"] == ["2.1 · in reply to Cy (2)"]


def test_page_of_the_source_stands_in_its_line_in_a_style_of_its_own(word):
    runs = [run for run in word("document").iter(f"{W}r") if said(run) == "[p.\u00a090]"]
    assert [run.find(f"{W}rPr/{W}rStyle").get(f"{W}val") for run in runs] == ["PageMark"]


def test_properties_say_title_authors_and_language(write, part, letter):
    target, _ = write("docx", letter, title="Tolls", authors=("Ann", "Bo"), language="de")
    core = {each.tag.rpartition("}")[2]: each.text for each in part(target, "docProps/core.xml")}
    assert core == {"title": "Tolls", "creator": "Ann; Bo", "language": "de"}
    (language,) = part(target, "word/styles.xml").iter(f"{W}lang")
    assert language.get(f"{W}val") == "de"


def test_text_from_right_to_left_is_set_so(write, part):
    target, _ = write("docx", Document("a", (Text("ערב"),), language="he"))
    assert part(target, "word/document.xml").find(f".//{W}bidi") is not None


def test_picture_is_in_the_package(write, ferry):
    pictures = Paragraph((Image(ferry.name, "A ferry"), Image("gone.png", "An oar")))
    target, _ = write("docx", Document("a", children=(pictures,), pictures=(ferry,)))
    with ZipFile(target) as package:
        assert ferry.data in [package.read(each) for each in package.namelist()]


def test_same_book_makes_the_same_bytes(write, letter):
    first = write("docx", letter)[0].read_bytes()
    assert write("docx", letter)[0].read_bytes() == first


def test_a_book_of_everything_can_be_written(torture, write):
    _, report = write("docx", *torture.documents)
    assert {message.code for message in report.messages} == {"bad-address"}


def test_call_of_a_note_that_is_not_there_is_reported(write, letter, lost_call):
    _, report = write("docx", lost_call)
    assert [message.code for message in report.messages] == ["missing-note"]


def test_our_reader_finds_notes_review_comments_and_replies_again(write, letter):
    target, _ = write("docx", letter)
    (found,) = pipeline.read(open_source(target))
    read = found.document
    assert [(note.label, calls(read)[note.id]) for note in read.notes] == [
        ("1", 1),
        ("*", 2),
        ("†", 1),
        ("2", 1),
    ]
    assert [(each.author, each.parent) for each in read.comments] == [
        ("Ann", None),
        ("Bo", "c1"),
        ("Cy", None),
        (None, "c3"),
    ]


def test_our_reader_finds_the_pages_of_the_source_again_and_what_leads_to_them(write, pages):
    (found,) = pipeline.read(open_source(write("docx", *pages, language="de")[0]))
    assert page_labels(found.document) == ("90", "xii", "[12]", "")
    assert plain_text([found.document]).endswith(" See page Dawn. Dusk. Night. Noon.")
    (to,) = (node for node in walk([found.document]) if isinstance(node, Reference))
    assert to.page == "xii"
    assert found.findings.ledger.balanced


def test_our_reader_finds_the_thread_again(write, post):
    (found,) = pipeline.read(open_source(write("docx", post, title="Who rows?")[0]))
    read = found.document
    names = {each.id: f"c{place}" for place, each in enumerate(post.comments, start=1)}
    said = {each.id: each for each in read.comments}
    for comment in post.comments:
        other = said[names[comment.id]]
        assert plain_text(other.children) == plain_text(comment.children)
        assert (other.author, other.date, other.likes) == (
            comment.author,
            comment.date,
            comment.likes,
        )
        assert (other.kind, other.url, other.depth) == (comment.kind, comment.url, comment.depth)
        assert other.parent == names.get(comment.parent or "")
    assert read.declared_comments == 9
    assert plain_text(read.children) == "Somebody must."
    assert found.findings.ledger.balanced


def test_our_reader_leaves_several_threads_where_they_are(write, post):
    other = replace(post, id="other", title=(Text("Who pays?"),))
    (found,) = pipeline.read(open_source(write("docx", post, other)[0]))
    assert found.document.comments == ()
    text = plain_text([found.document])
    assert [text.count(each) for each in ("Which uncle?", "1.1 Ann · Bo", "2011-03-04")] == [
        2,
        2,
        2,
    ]
    assert found.findings.ledger.balanced
