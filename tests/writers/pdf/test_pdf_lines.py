"""Where lines of a PDF end: within writing without spaces, within endless words, before no call."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from weasyprint.text.line_break import Layout

from converter.model import Book, Code, Document, Emphasis, Note, NoteRef, PageBreak, Part, Text
from converter.options import PdfOptions
from converter.verify import verify
from converter.writers.pdf.weasyprint.breaks import breakable

SENTENCES = {
    "km": "ឯកអគ្គរដ្ឋទូតបានមកដល់ទីក្រុងនៅពេលល្ងាចហើយបានសរសេរថាសមុទ្រស្ងប់ស្ងាត់",
    "lo": "ເອກອັກຄະລັດຖະທູດໄດ້ມາຮອດເມືອງໃນຕອນແລງແລະໄດ້ຂຽນວ່າທະເລສະຫງົບ",
    "my": "သံအမတ်ကြီးသည်ညနေပိုင်းတွင်မြို့သို့ရောက်ရှိပြီးပင်လယ်သည်ငြိမ်သက်နေသည်",
    "th": "เอกอัครราชทูตมาถึงเมืองในตอนเย็นและเขียนว่าทะเลสงบ",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_writing_without_spaces_stays_on_the_paper(write: Any, para: Any, language: str) -> None:
    text = SENTENCES[language] * 4
    document = Document(
        "d",
        title=(Text(text),),
        children=(para(text, NoteRef("n"), text), para("Before ", Emphasis((Text(text),)))),
        notes=(Note("n", "1", (para(text),)),),
        language=language,
    )
    book = Book("B", (Part((document,)),), language="en", identifier="urn:example:book")
    edition = write(book=book, pdf=PdfOptions(page="A5"))
    assert edition.messages == []
    assert verify(edition.path, book) == ()


def test_lines_may_end_between_syllables_but_not_within() -> None:
    assert breakable("ທະເລສະຫງົບ").split("\u200b") == ["ທະ", "ເລ", "ສະ", "ຫງົບ"]
    assert breakable("မြို့သို့ရောက်").split("\u200b") == ["မြို့", "သို့", "ရောက်"]
    assert breakable("សមុទ្រ").split("\u200b") == ["ស", "មុ", "ទ្រ"]
    assert breakable("Words of some letters, naïve ones too.").count("\u200b") == 0


def test_an_endless_word_behind_another_stays_on_the_paper(write: Any, para: Any) -> None:
    text = para("W", Emphasis((Text("ord"),)), "x\u0302y" * 200)
    book = Book("B", (Part((Document("d", children=(text,)),)),), identifier="urn:example:book")
    assert verify(write(book=book).path, book) == ()


def test_text_of_an_endless_word_is_looked_at_a_few_times_only(
    write: Any, para: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked_at() -> Iterator[int]:
        for length in (2_000, 4_000):
            seen: list[int] = []
            own = Layout.set_text
            with monkeypatch.context() as patch:
                patch.setattr(
                    Layout,
                    "set_text",
                    lambda *args, seen=seen, own=own, **named: (
                        seen.append(len(args[1])),
                        own(*args, **named),
                    ),
                )
                write(Document("d", children=(para("x" * length),)))
            yield sum(seen)

    short, long = looked_at()
    assert long < 2.5 * short


def test_no_line_begins_with_a_call(write: Any, para: Any) -> None:
    leads = ["字" * place + "。" for place in range(20, 60)]
    calls = tuple(para(lead, NoteRef("n")) for lead in leads)
    notes = (Note("n", "7", (para("Note."),)),)
    edition = write(Document("d", children=calls, notes=notes))
    lines = [line for page in edition.reader.pages for line in page.extract_text().splitlines()]
    assert "7" not in [line.strip("\u2060 ") for line in lines]


def test_calls_that_follow_each_other_are_set_apart(write: Any, para: Any) -> None:
    document = Document(
        "d",
        children=(para("word", NoteRef("a"), NoteRef("b")),),
        notes=tuple(Note(name, label, (para("Note."),)) for name, label in ("a4", "b2")),
    )
    edition = write(document)
    assert not {"42", "word42"} & set(edition.places(len(edition.pages)))


def test_more_page_labels_than_a_page_has_lines_are_all_printed(write: Any, para: Any) -> None:
    marks = tuple(PageBreak(f"{place}a") for place in range(144))
    inline = (PageBreak(f"{place}b") for place in range(100))
    document = Document("d", children=(*marks, para("One ", *inline, " two.")))
    book = Book("B", (Part((document,)),), identifier="urn:example:book")
    for layout in ("book", "handout"):
        edition = write(book=book, pdf=PdfOptions(layout=layout))
        assert verify(edition.path, book) == ()


@pytest.mark.parametrize("large", [False, True])
def test_page_labels_wider_than_the_margin_stay_on_the_paper(
    write: Any, para: Any, large: bool
) -> None:
    text = para(
        "One ", PageBreak("appendix, leaf 12, recto"), "two", PageBreak("xxxviii"), " three."
    )
    documents = tuple(Document(name, children=(text,)) for name in ("odd", "even"))
    book = Book("B", (Part(documents),), identifier="urn:example:book")
    edition = write(book=book, pdf=PdfOptions(page="A5", large_print=large))
    assert verify(edition.path, book) == ()


def test_running_heads_are_cut_where_they_would_touch_the_number_of_the_page(
    write: Any, para: Any, words: Any
) -> None:
    title = "A report upon the lamps of the harbour and of their keepers"
    ideographs = "港口灯塔" * 30
    for name in (title, ideographs):
        document = Document("d", title=(Text(name),), children=(para(words(900)),))
        for large in (False, True):
            edition = write(
                replace(document), pdf=PdfOptions(page="A5", layout="booklet", large_print=large)
            )
            assert edition.messages == []
            book = Book(
                "The Book", (Part((document,)),), language="en", identifier="urn:example:book"
            )
            assert verify(edition.path, book) == ()


def test_paragraphs_of_a_note_are_indented_where_it_was_cut_between_them(
    write: Any, para: Any, words: Any
) -> None:
    paragraphs = tuple(para(words(14, f"p{place}x")) for place in range(12))
    document = Document(
        "d",
        children=(para("Text", NoteRef("n")),),
        notes=(Note("n", "1", paragraphs),),
    )
    edition = write(document)
    places = edition.places(len(edition.pages))
    starts = {round(places[f"p{place}x0000"][0]) for place in range(1, 12)}
    assert len(starts) == 1


def test_an_endless_address_is_copied_without_spaces(write: Any, para: Any) -> None:
    address = "https://example.org/" + "quay/" * 40
    edition = write(Document("d", children=(para("See ", address, NoteRef("n"), " and so on."),)))
    assert address in edition.reader.pages[-1].extract_text().replace("\n", "")
    assert "and so on." in edition.text


def test_justified_writing_of_another_font_is_as_wide_as_its_lines(write: Any, para: Any) -> None:
    sentence = "राजदूत शाम को शहर पहुँचे और लिखा कि समुद्र शांत है। "
    text = (para("Before ", Code(sentence * 8)), para(sentence * 8))
    edition = write(Document("d", children=text))
    margin = 50 / 25.4 * 72
    assert abs(float(edition.reader.pages[-1].mediabox.width) - margin - edition.reach(3)) < 1
