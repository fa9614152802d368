"""The whole edition: valid, complete, the same each time."""

import re
from collections import Counter

import pytest

from converter.errors import WriteError
from converter.model import (
    Book,
    Cell,
    Comment,
    Document,
    List,
    ListItem,
    Note,
    NoteRef,
    Paragraph,
    Row,
    Table,
    Text,
)
from converter.options import Options
from converter.report import Report
from converter.walk import plain_text
from converter.writers.epub import write
from converter.writers.thread import moment
from converter.writers.titles import byline


def test_a_model_with_ids_that_come_twice_and_impossible_spans_passes_epubcheck(desk, epubcheck):
    cells = tuple(Cell((), colspan=span, rowspan=span) for span in (0, -3, 70_000))
    document = Document(
        "doc",
        children=(Paragraph((NoteRef("n"),)), Table((Row(cells),))),
        notes=(Note("n", "1", ()), Note("n", "2", ())),
        comments=(Comment("c", ()), Comment("c", ()), Comment("d", (), parent="c")),
    )
    assert epubcheck(desk.write(document, language="en")) == []


def test_a_book_of_everything_passes_epubcheck(torture_edition, epubcheck):
    assert epubcheck(torture_edition) == []


def test_every_word_is_there_exactly_once(torture, torture_edition, desk):
    kept = Counter()
    for document in torture.documents:
        title = plain_text(document.title)
        kept.update((f"{document.number}{'.' if title else ''}" if document.number else "").split())
        kept.update([*byline(document).split(), *plain_text([document]).split()])
        kept.update(
            word for comment in document.comments for word in (comment.author or "").split()
        )
        dates = [moment(comment.date) for comment in document.comments if comment.date]
        kept.update(word for date in dates for word in date.split())
    found = Counter()
    for tree in torture_edition.chapters.values():
        for call in desk.find(tree, "//h:sup[@class='call']|//h:span[contains(@class, 'mark')]"):
            if call.get("class") != "marker":
                _remove(call)
        (body,) = desk.find(tree, "//h:body")
        found.update(desk.text_of(body, generated=False).split())
        found.update(" ".join(desk.find(tree, "//h:img/@alt")).split())
    # What XML cannot hold is shown as the character for that.
    expected = Counter(
        {re.sub("[\x00-\x08\ud800-\udfff]", "\ufffd", w): n for w, n in kept.items()}
    )
    assert found - expected == Counter()
    assert expected - found == Counter()


def _remove(element):
    tail = element.tail or ""
    before = element.getprevious()
    parent = element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def test_text_goes_into_one_file_a_document_in_order(desk):
    edition = desk.write(
        Document("one", title=(Text("One"),)), Document("two", title=(Text("Two"),))
    )
    assert list(edition.chapters) == ["0001-one.xhtml", "0002-two.xhtml"]


def test_no_file_is_above_300_kb(torture_edition):
    sizes = {name: len(content) for name, content in torture_edition.files.items()}
    assert max(sizes.values()) <= 300_000
    assert not [message for message in torture_edition.messages if message.code == "large-file"]


def test_a_list_of_six_thousand_items_makes_no_file_above_300_kb(desk, epubcheck):
    items = tuple(
        ListItem((Paragraph((Text(f"Ferry {n}, its timetables and its captains, {n}–{n + 9}"),)),))
        for n in range(6_000)
    )
    edition = desk.write(Document("index", children=(List(items, ordered=True),)), language="en")
    assert edition.messages == []
    assert len(edition.chapters) > 1
    assert max(map(len, edition.files.values())) <= 300_000
    assert epubcheck(edition) == []


def test_what_cannot_be_cut_makes_a_large_file_and_a_message(desk):
    edition = desk.write(Document("long", children=(Paragraph((Text("word " * 70_000),)),)))
    assert [message.code for message in edition.messages] == ["large-file"]


def test_the_same_book_gives_the_same_bytes(desk, monkeypatch):
    document = Document("memo", title=(Text("Memo"),), tags=("b", "a"))
    first = desk.write(document).path.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert desk.write(document).path.read_bytes() == first


def test_links_lead_to_elements_that_exist(torture_edition, desk):
    ids = {
        name: {element.get("id") for element in torture_edition.tree(name).iter()}
        for name in torture_edition.spine
    }
    for here in torture_edition.spine:
        for link in desk.find(torture_edition.tree(here), "//h:a/@href"):
            if ":" not in link:
                name, _, anchor = link.partition("#")
                assert not anchor or anchor in ids[name or here], f"{here}: {link}"


def test_a_book_without_documents_has_contents_all_the_same(desk):
    # EPUBCheck refuses an empty list.
    (link,) = desk.find(desk.write().tree("nav.xhtml"), "//h:nav[@id='toc']//h:a")
    assert link.get("href") == "title.xhtml"


def test_a_call_of_a_note_that_is_not_there_is_left_out_with_a_message(desk):
    edition = desk.write(Document("memo", children=(Paragraph((Text("word"), NoteRef("n9"))),)))
    assert desk.find(edition.only, "//h:sup") == []
    assert [message.code for message in edition.messages] == ["missing-note"]


def test_a_link_that_runs_a_script_is_none_and_a_message_says_so(torture_edition):
    codes = {message.code for message in torture_edition.messages}
    assert "bad-address" in codes


def test_a_users_template_goes_before_ours(desk, tmp_path):
    (tmp_path / "epub").mkdir()
    (tmp_path / "epub" / "style.css").write_text("p { margin: 7em }", encoding="utf-8")
    edition = desk.write(options=Options(templates=tmp_path))
    assert edition.files["EPUB/style.css"] == b"p { margin: 7em }"


def test_a_target_that_cannot_be_written_is_an_error(tmp_path):
    with pytest.raises(WriteError, match="cannot be written"):
        write(Book("A Book", ()), tmp_path / "none" / "book.epub", Report(), options=Options())


def test_a_long_thread_is_written_without_recursion(desk):
    thread = tuple(
        Comment(f"c{n}", (Paragraph((Text("Well."),)),), parent=f"c{n - 1}" if n % 5_000 else None)
        for n in range(10_000)
    )
    edition = desk.write(Document("post", comments=thread))
    found = [desk.find(tree, "//h:article/@id") for tree in edition.chapters.values()]
    assert [name for names in found for name in names] == [f"comment-c{n}" for n in range(10_000)]
    assert len(found) > 1
