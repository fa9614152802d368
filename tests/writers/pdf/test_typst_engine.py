"""The PDF that Typst lays out: whole, the same twice, never stopped by a character or picture."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from converter.errors import WriteError
from converter.model import (
    Block,
    Book,
    Cell,
    Code,
    CodeBlock,
    Comment,
    Document,
    Figure,
    Heading,
    Image,
    Math,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Prov,
    Quote,
    Reference,
    Row,
    Rule,
    Section,
    Strikeout,
    Superscript,
    Table,
    Text,
    Underline,
)
from converter.options import PdfOptions
from converter.verify import judge

TYPST = PdfOptions(engine="typst")
# Those of many pages are as whole, and take long.
SHORT = ("calls", "pages", "kinds", "deep", "script-ar", "script-he", "script-zh", "long-title")


@pytest.mark.parametrize("name", SHORT)
def test_whatever_breaks_editions_is_whole(torture: Book, write: Any, name: str) -> None:
    document = next(each for each in torture.documents if each.id == name)
    book = replace(torture, parts=(Part((document,)),))
    edition = write(book=book, pdf=TYPST)
    assert judge(edition.path, book).differences == ()


def test_notes_are_tagged_as_such(write: Any, noted: Any) -> None:
    kinds = [tag["/S"] for tag in write(noted("One", "Two"), pdf=TYPST).tags]
    assert kinds.count("/Note") == 2
    assert "/H1" in kinds


def test_a_line_through_and_one_under_the_same_words_stop_nothing(write: Any, para: Any) -> None:
    struck = Underline((Text("under "), Strikeout((Text("both"),))))
    edition = write(Document("d", children=(para(struck, " rest."),)), pdf=TYPST)
    assert "under both rest." in edition.text


@pytest.mark.parametrize("name", ["klingon", "en_US", "x"])
def test_a_language_of_no_known_form_counts_as_none(write: Any, para: Any, name: str) -> None:
    edition = write(Document("d", children=(para("Text."),), language=name), pdf=TYPST)
    assert edition.messages == []


def test_a_comment_may_run_from_right_to_left_in_a_text_that_does_not(
    write: Any, para: Any
) -> None:
    comment = Comment("c", (para("שלום"),), author="Ann")
    edition = write(Document("d", children=(para("Text."),), comments=(comment,)), pdf=TYPST)
    assert "Ann" in edition.text


def test_the_same_book_makes_the_same_bytes(write: Any, noted: Any) -> None:
    first = write(noted("One"), pdf=TYPST).path.read_bytes()
    assert write(noted("One"), pdf=TYPST).path.read_bytes() == first


@pytest.mark.parametrize("modified", ["2020-01-02", "2020-01-02T10:00:00", "in spring"])
def test_a_date_needs_no_time_zone_and_what_is_no_date_counts_as_none(
    write: Any, noted: Any, modified: str
) -> None:
    book = Book("The Book", (Part((noted("One"),)),), modified=modified)
    made = write(book=book, pdf=TYPST).reader.metadata["/CreationDate"]
    assert made.startswith("D:19800101" if modified == "in spring" else "D:20200102")


def test_notes_in_titles_leave_no_digits_in_bookmarks(write: Any, noted: Any, para: Any) -> None:
    comment = Comment("c", (Heading((Text("No bookmark"),)), para("Well.")))
    document = replace(
        noted("One"),
        title=(Text("Title"), NoteRef("n1")),
        children=(Heading((Text("Section"),)), para("Text")),
        comments=(comment,),
    )
    outline = write(document, replace(document, id="other"), pdf=TYPST).reader.outline
    below = ["Section", "Comments"]
    assert _titles(outline) == ["Contents", "Title", below, "Title", below]


def _titles(outline: list[Any]) -> list[Any]:
    return [_titles(each) if isinstance(each, list) else each.title for each in outline]


def test_a_character_without_glyph_is_reported_with_its_place_and_still_there(
    write: Any, para: Any
) -> None:
    strange = replace(para("a\u0378b"), prov=Prov("a.txt", line=7))
    book = Book("Book", (Part((Document("d", title=(Text("T"),), children=(strange,)),)),))
    edition = write(book=book, pdf=TYPST)
    assert edition.codes == ["missing-glyph"]
    assert str(edition.messages[0]).startswith("a.txt:7: warning: no font here has \u0378 (U+0378")
    assert judge(edition.path, book).differences == ()


def test_a_picture_that_cannot_be_read_is_reported_and_its_text_stands_for_it(write: Any) -> None:
    broken = Picture("image-1.png", "image/png", b"no picture")
    whole = Picture(
        "image-2.svg",
        "image/svg+xml",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    )
    figures = (Figure(Image("image-1.png", "Harbour")), Figure(Image("image-2.svg", "Boat")))
    document = Document("d", title=(Text("T"),), children=figures, pictures=(broken, whole))
    edition = write(document, pdf=TYPST)
    assert edition.codes == ["missing-image"]
    assert "Harbour" in edition.text
    assert [tag.get("/Alt") for tag in edition.tags if tag["/S"] == "/Figure"] == ["Boat"]


def test_a_note_longer_than_a_page_runs_over_to_the_next(write: Any, para: Any, words: Any) -> None:
    note = Note("n1", "1", tuple(para(words(400, stem)) for stem in "abc"))
    document = Document(
        "d", title=(Text("T"),), children=(para("Call", NoteRef("n1")),), notes=(note,)
    )
    edition = write(document, pdf=PdfOptions(engine="typst", page="A5"))
    assert edition.messages == []
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_no_note_stands_on_a_page_before_that_of_its_call(
    write: Any, noted: Any, words: Any
) -> None:
    texts = [words(12 + place * 7 % 60) for place in range(150)]
    document = noted(*texts)
    edition = write(document, pdf=PdfOptions(engine="typst", page="A5", large_print=True))
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_a_space_before_a_call_is_kept(write: Any, noted: Any, para: Any) -> None:
    document = replace(noted("One"), children=(para("One ", NoteRef("n1"), "two."),))
    edition = write(document, pdf=TYPST)
    assert edition.messages == []
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_no_page_divides_a_row_of_a_table(write: Any, para: Any, words: Any) -> None:
    rows = tuple(Row((Cell((para(words(25)),)), Cell((para(str(n)),)))) for n in range(80))
    document = Document("d", title=(Text("T"),), children=(Table(rows),))
    edition = write(document, pdf=PdfOptions(engine="typst", page="A5"))
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


@pytest.mark.parametrize("variant", ["pdf/ua-1", "pdf/a-2a", "pdf/a-2a+ua-1", "plain"])
def test_every_variant_is_whole(write: Any, noted: Any, variant: Any) -> None:
    edition = write(noted("One"), pdf=PdfOptions(engine="typst", variant=variant))
    book = Book("The Book", (Part((noted("One"),)),))
    assert judge(edition.path, book).differences == ()


def test_a_template_that_would_fetch_a_package_is_refused(
    write: Any, noted: Any, tmp_path: Path
) -> None:
    (tmp_path / "typst").mkdir()
    style = tmp_path / "typst" / "book.typ"
    style.write_text('#import "@preview/cetz:0.3.0"\n', encoding="utf-8")
    with pytest.raises(WriteError, match="imports the package @preview/cetz"):
        write(noted("One"), pdf=TYPST, templates=tmp_path)


def test_a_mistake_in_a_template_is_told_as_the_compiler_tells_it(
    write: Any, noted: Any, tmp_path: Path
) -> None:
    (tmp_path / "typst").mkdir()
    (tmp_path / "typst" / "book.typ").write_text("#let facing = trve\n", encoding="utf-8")
    with pytest.raises(WriteError, match="unknown variable: trve"):
        write(noted("One"), pdf=TYPST, templates=tmp_path)


def test_a_template_can_read_no_file(write: Any, noted: Any, tmp_path: Path) -> None:
    (tmp_path / "typst").mkdir()
    style = tmp_path / "typst" / "book.typ"
    style.write_text('#read("/etc/hostname")\n', encoding="utf-8")
    with pytest.raises(WriteError, match="file not found"):
        write(noted("One"), pdf=TYPST, templates=tmp_path)


EMPTY = {
    "nothing": (),
    "a rule": (Rule(),),
    "a heading without text": (Heading((Text(" "),)),),
    "a section of nothing": (Section((Rule(),), Heading((Image("gone.png"),))),),
    "a paragraph without text": (Paragraph(()),),
}


@pytest.mark.parametrize("blocks", EMPTY.values(), ids=EMPTY)
def test_what_has_no_text_is_laid_out_wherever_it_stands(
    write: Any, noted: Any, blocks: tuple[Block, ...]
) -> None:
    comments = (Comment("c", blocks), Comment("d", blocks, parent="c", depth=2))
    document = replace(
        noted("One"),
        children=(*noted("One").children, *blocks, Quote(blocks), Table((Row((Cell(blocks),)),))),
        notes=(Note("n1", "1", blocks),),
        comments=comments,
    )
    edition = write(document, pdf=TYPST)
    assert edition.messages == []
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_a_book_without_a_title_has_that_of_its_first_document(write: Any, noted: Any) -> None:
    book = Book("", (Part((noted("One"),)),))
    edition = write(book=book, pdf=TYPST)
    assert edition.reader.metadata.title == "Title"
    assert judge(edition.path, book).differences == ()


def test_formulas_are_set_and_read_as_their_source(write: Any, noted: Any) -> None:
    formulas = [
        Math(r"\frac{a}{b} < 1"),
        Math(r"\operatorname{sin}(\alpha)"),
        Math(r"\sum_{i=0}^{n} i", display=True),
    ]
    inner = tuple(part for formula in formulas for part in (Text("and "), formula, Text(" on ")))
    document = replace(
        noted("One"),
        children=(Heading(inner), Paragraph((*inner, NoteRef("n1"))), Paragraph(inner[7:8])),
        notes=(Note("n1", "1", (Paragraph(inner),)),),
    )
    edition = write(document, pdf=TYPST)
    assert edition.messages == []
    set_up = [tag["/Alt"] for tag in edition.tags if tag["/S"] == "/Formula"]
    assert set_up.count(r"\frac{a}{b} < 1") == 3
    assert set_up.count(r"\sum_{i=0}^{n} i") == 4
    assert "frac" not in edition.text
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


@pytest.mark.parametrize("source", [r"\undefined{x}", "", "a $ b", "\\text{a \u0378 b}"])
def test_a_formula_that_cannot_be_set_stays_its_source(write: Any, noted: Any, source: str) -> None:
    document = replace(
        noted("One"), children=(Paragraph((Text("x "), Math(source), Math("y"), NoteRef("n1"))),)
    )
    edition = write(document, pdf=TYPST)
    assert "formula-as-source" in edition.codes
    assert [tag["/Alt"] for tag in edition.tags if tag["/S"] == "/Formula"][-1] == "y"
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


STRANGE = {
    "joined emoji": "👩\u200d👩\u200d👧 family",
    "skins and flags": "👍🏽 👩🏽\u200d🚀 🇩🇪 🏴\U000e0067\U000e0062\U000e007f",
    "keycaps": "1\ufe0f\u20e3 #\ufe0f\u20e3 key",
    "selectors of variants": "☎\ufe0f ☎\ufe0e 0\ufe00 x\U000e0100",
    "a mark of byte order": "a\ufeffb \ufeff c",
    "invisible signs": "a\u2061b\u034fc\u2066d\u2069 \u061c \ufff9x\ufffa \U000e0001 \u3164",
    "controls": "a\x7fb\x85c\x9fd\u2028e\x0bf",
    "marks alone": "\u0301 \u20e3 \ufe0f \u200d x",
    "joiners between everything": "\u2060".join("abc.(1)*_#$"),
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_no_character_stops_an_edition(write: Any, noted: Any, para: Any, text: str) -> None:
    document = replace(
        noted("One"),
        title=(Text(f"T {text}"),),
        children=(para(text, NoteRef("n1"), Code(text)), Heading((Text(text),)), CodeBlock(text)),
        comments=(Comment("c", (para(text),), author=text),),
    )
    edition = write(document, pdf=TYPST)
    assert edition.messages == []
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_a_character_without_glyph_is_boxed_in_titles_names_and_under_marks(
    write: Any, noted: Any, para: Any
) -> None:
    document = replace(
        noted("One"),
        title=(Text("Title \u0378"),),
        children=(para("a\u0378\u0301b, a, \u0378", NoteRef("n1")),),
        comments=(Comment("c", (para("Well."),), author="A\u0378"),),
    )
    edition = write(document, pdf=TYPST)
    boxed = [tag["/Alt"] for tag in edition.tags if tag["/S"] == "/Formula"]
    assert set(boxed) == {"\u0378"}
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def _chain(length: int, *, closed: bool) -> tuple[Note, ...]:
    """Return notes that each call the next, the last the first if the chain is ``closed``."""
    following = [(place + 1) % length for place in range(length)]
    return tuple(
        Note(
            f"n{place}",
            str(place),
            (
                Paragraph(
                    (
                        Text(f"Remark {place}"),
                        *([NoteRef(f"n{after}")] if after or closed else []),
                        Text(" ends."),
                    )
                ),
            ),
        )
        for place, after in enumerate(following)
    )


CHAINS = {
    "a note that calls itself": ((), _chain(1, closed=True)),
    "notes that only call each other": ((), _chain(3, closed=True)),
    "notes in notes in notes": ((NoteRef("n0"),), _chain(30, closed=False)),
    "notes that lead back": ((NoteRef("n0"),), _chain(12, closed=True)),
}


@pytest.mark.parametrize(("calls", "notes"), CHAINS.values(), ids=CHAINS)
def test_notes_call_notes_however_deep_and_in_circles(
    write: Any, para: Any, calls: tuple[NoteRef, ...], notes: tuple[Note, ...]
) -> None:
    raised = Superscript((Reference((Text("the first"),), "d", note="n0"),))
    document = Document(
        "d", title=(Text("T"),), children=(para("Text", *calls, " and ", raised),), notes=notes
    )
    edition = write(document, pdf=TYPST)
    assert edition.messages == []
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_a_row_taller_than_a_page_is_set_cell_below_cell(write: Any, para: Any, words: Any) -> None:
    tall = Row((Cell((para(words(900, "t")),)), Cell((para(words(700, "u")),)), Cell((para("c"),))))
    low = Table((Row((Cell((para("low"),)), Cell((para("also"),)))),))
    document = Document("d", title=(Text("T"),), children=(low, Table((tall, tall)), low))
    edition = write(document, pdf=PdfOptions(engine="typst", page="A5"))
    assert edition.codes == ["tall-table"]
    kinds = [tag["/S"] for tag in edition.tags]
    assert kinds.count("/Table") == 2
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


PAPERS = {
    "book": PdfOptions(engine="typst", page="A5"),
    "large print": PdfOptions(engine="typst", page="A5", large_print=True),
    "handout": PdfOptions(engine="typst", page="A5", layout="handout", large_print=True),
    "columns": PdfOptions(engine="typst", page="A5", columns=2),
}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_nothing_long_is_cut_off(write: Any, para: Any, words: Any, paper: PdfOptions) -> None:
    tower = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="120"/>'
    document = Document(
        "d",
        title=(Text(words(160, "t")),),
        children=(
            para("One"),
            Figure(Image("image-1.svg", "A tower"), (para(words(500, "c")),)),
            Heading((Text(words(120, "h")),)),
            para(Code("x" * 300)),
            CodeBlock(f"{'y' * 300}\n{words(80)}"),
        ),
        pictures=(Picture("image-1.svg", "image/svg+xml", tower),),
    )
    edition = write(document, pdf=paper)
    assert edition.messages == []
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_pages_are_numbered_as_in_books_by_this_engine_too(
    write: Any, para: Any, words: Any
) -> None:
    documents = tuple(
        Document(f"d{place}", title=(Text(f"Title {place}"),), children=(para(words(40)),))
        for place in range(60)
    )
    for parts in ((Part(documents),), (Part(documents, "A part"),), (Part(documents[:1]),)):
        book = Book("The Book", parts)
        edition = write(book=book, pdf=PdfOptions(engine="typst", cover=True))
        labels = edition.reader.page_labels
        begin = labels.index("1")
        assert begin % 2 == 0
        assert labels[:3] == ["i", "ii", "iii"]
        assert labels[begin:] == [str(number) for number in range(1, len(labels) - begin + 1)]
        assert edition.pages[:3] == ["The Book", "", "The Book"]
        assert all(not page or "Contents" in page for page in edition.pages[3:begin])
        assert "Title 0" in edition.pages[begin] or "A part" in edition.pages[begin]
        assert judge(edition.path, book).differences == ()


def test_a_handout_counts_its_pages_from_the_first_by_this_engine_too(
    write: Any, noted: Any
) -> None:
    pdf = PdfOptions(engine="typst", layout="handout")
    edition = write(noted("One"), replace(noted("Two"), id="e"), pdf=pdf)
    assert edition.reader.page_labels == ["1", "2", "3"]


@pytest.mark.parametrize("columns", [1, 2])
def test_page_labels_stand_beside_columns_that_run_leftward(
    write: Any, para: Any, columns: int
) -> None:
    line = "ביומנו שהים שקט. "
    breaks = (PageBreak("q12"), Text(line * 9), PageBreak("q13"), Text(line * 9))
    document = Document(
        "d", title=(Text("שלום"),), children=(para(line, *breaks), para(*breaks)), language="he"
    )
    edition = write(document, pdf=PdfOptions(engine="typst", page="A5", columns=columns))
    places = edition.places(3)
    labels = [x for word, (x, _) in places.items() if word.strip("[]").startswith("q1")]
    width = 148 / 25.4 * 72
    column = width - 26 / 25.4 * 72
    assert labels
    assert all(column < x < width - 20 for x in labels)


def test_notes_that_crowd_a_paragraph_stand_at_the_end(write: Any, para: Any) -> None:
    names = [f"n{place}" for place in range(120)]
    calls = [part for name in names for part in (Text(f" {name}"), NoteRef(name))]
    notes = tuple(Note(name, name[1:], (para(f"Remark on {name}."),)) for name in names)
    document = Document("d", title=(Text("T"),), children=(para(*calls),), notes=notes)
    edition = write(document, pdf=TYPST)
    assert edition.codes == ["note-moved"]
    assert "/Note" not in {tag["/S"] for tag in edition.tags}
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


@pytest.mark.parametrize("name", ["calls", "pages", "kinds"])
def test_notes_that_find_no_place_near_their_calls_stand_at_the_end(
    torture: Book, write: Any, name: str
) -> None:
    document = next(each for each in torture.documents if each.id == name)
    book = replace(torture, parts=(Part((document,)),))
    pdf = PdfOptions(engine="typst", page="A5", large_print=True)
    assert judge(write(book=book, pdf=pdf).path, book).differences == ()


# Fonts set their marks at heights of their own, and Typst says the letter again for each.
MARKED = {
    "ar": "وَصَلَ السَّفِيرُ إِلَى المَدِينَةِ مَسَاءَ اليَوْمِ، وَكَتَبَ أَنَّ البَحْرَ هَادِئٌ.",
    "he": "בְּיוֹמָנוֹ כָּתַב הַשַּׁגְרִיר שֶׁהַיָּם שָׁקֵט.",
    "km": "ព្រះរាជាណាចក្រកម្ពុជា ជាប្រទេសមួយនៅអាស៊ីអាគ្នេយ៍",
    "ur": "اُردُو زُبان مَیں لِکھا",
    "vi": "Tiếng Việt ộ ẫ q̈ ñ̃ ẍ̌ á̧",
}


@pytest.mark.parametrize(("language", "text"), MARKED.items())
def test_letters_with_marks_are_read_once(write: Any, para: Any, language: str, text: str) -> None:
    note = Note("n1", "1", (para(f"{text} " * 3),))
    document = Document(
        "d",
        title=(Text(text),),
        children=(para(f"{text} " * 8, NoteRef("n1")), Heading((Text(text),))),
        notes=(note,),
        language=language,
    )
    edition = write(document, pdf=TYPST)
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_a_cover_holds_a_long_title(write: Any, noted: Any, words: Any, engine: str) -> None:
    book = Book(words(60, "title"), (Part((noted("One"),)),), authors=("Ann",))
    edition = write(book=book, pdf=PdfOptions(engine=engine, page="A5", cover=True))
    assert "title0059" in edition.pages[0]
    assert "title0059" in edition.pages[2]
    assert judge(edition.path, book).differences == ()


def test_pages_divide_tables_between_the_rows_that_one_cell_spans(write: Any, para: Any) -> None:
    first = Row((Cell((para("Spans all"),), rowspan=90), Cell((para("row 0"),))))
    rows = (first, *(Row((Cell((para(f"row {place}"),)),)) for place in range(1, 90)))
    document = Document("d", title=(Text("T"),), children=(Table(rows),))
    edition = write(document, pdf=PdfOptions(engine="typst", page="A5"))
    assert edition.messages == []
    assert [tag["/S"] for tag in edition.tags].count("/TR") == 90
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_hyphens_in_a_row_are_read_where_hyphens_divide_words(write: Any, para: Any) -> None:
    divided = para("internationalization of extraordinary responsibilities " * 30)
    document = Document(
        "d", title=(Text("T"),), children=(divided, para("Well -- or +----+ so")), language="en"
    )
    edition = write(document, pdf=PdfOptions(engine="typst", page="A5"))
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def _of_words(para: Any, *words: str) -> Table:
    return Table((Row(tuple(Cell((para(each),)) for each in words)),) * 3)


@pytest.mark.parametrize(
    ("columns", "codes"),
    [(10, []), (30, []), (90, ["tall-table"])],
    ids=["ten", "thirty", "ninety"],
)
def test_words_of_a_table_that_is_too_wide_stand_beside_each_other(
    write: Any, para: Any, columns: int, codes: list[str]
) -> None:
    wide = _of_words(para, *(f"Correspondence{number}" for number in range(columns)))
    document = Document("d", title=(Text("T"),), children=(wide, _of_words(para, "a", "b")))
    edition = write(document, pdf=TYPST)
    assert edition.codes == codes
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_a_call_that_begins_a_line_is_led_back_to(write: Any, para: Any) -> None:
    lengths = range(40, 100)
    document = Document(
        "d",
        title=(Text("T"),),
        children=tuple(
            para("y" * length, NoteRef(f"n{length}"), " end of line") for length in lengths
        ),
        notes=tuple(Note(f"n{length}", str(length), (para("Note."),)) for length in lengths),
    )
    edition = write(document, pdf=PdfOptions(engine="typst", page="A5"))
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


@pytest.mark.parametrize("author", ["سارة", "ליאור"])
def test_a_date_beside_a_name_that_runs_leftward_keeps_its_order(
    write: Any, para: Any, author: str
) -> None:
    comment = Comment("c", (para("Words."),), author=author, date="2011-03-04", likes=5)
    edition = write(Document("d", children=(para("Text."),), comments=(comment,)), pdf=TYPST)
    (page,) = [number for number, text in enumerate(edition.pages, 1) if "Words." in text]
    places = {word.strip(" \u2068\u2069·"): x for word, (x, _) in edition.places(page).items()}
    # Poppler takes a date apart whose parts are not set in the order in which they are read.
    assert places[author[::-1]] < places["2011-03-04"] < places["Liked"]


def test_names_and_dates_of_one_direction_are_set_without_signs_of_direction(
    write: Any, para: Any
) -> None:
    comment = Comment("c", (para("Words."),), author="Ann", date="2011-03-04")
    edition = write(Document("d", children=(para("Text."),), comments=(comment,)), pdf=TYPST)
    assert "Ann 2011-03-04" in edition.text


@pytest.mark.parametrize("page", ["A5", "Letter"])
def test_words_too_long_for_a_column_are_divided(write: Any, para: Any, page: Any) -> None:
    lines = (
        "Incomprehensibilities",
        "www.harbour-board.example/papers",
        "x" * 26,
        "No. 1.2.3.4.5.6.7",
    )
    document = Document(
        "d",
        title=(Text("Counterrevolutionaries"),),
        children=tuple(para(f"{line} {line}") for line in lines),
        language="en",
    )
    pdf = PdfOptions(engine="typst", page=page, large_print=True, columns=2)
    edition = write(document, pdf=pdf)
    assert edition.reach(3) <= edition.reader.pages[2].mediabox.width * 0.9
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


def test_running_heads_of_large_print_are_cut_rather_than_small(
    write: Any, para: Any, words: Any
) -> None:
    title = "Letter from the keeper of the lamp to the board"
    document = Document("d", title=(Text(title),), children=(para(words(300)),))
    pdf = PdfOptions(engine="typst", page="A5", large_print=True)
    pages = write(document, pdf=pdf).pages
    assert "the keeper … " in pages[4].casefold()
