"""The pages of a PDF: all words, contents, bookmarks, source pages, paper, metadata."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from converter.errors import WriteError
from converter.model import (
    Block,
    Book,
    Cell,
    Code,
    CodeBlock,
    Comment,
    CommentRef,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    LineBlock,
    Link,
    List,
    ListItem,
    Math,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Quote,
    Reference,
    Row,
    Rule,
    Section,
    SmallCaps,
    Strong,
    Superscript,
    Table,
    Text,
)
from converter.options import Options, PdfOptions
from converter.report import Report
from converter.verify import judge, verify
from converter.writers import pdf
from converter.writers.pdf.weasyprint import engine


def test_every_word_of_every_kind_of_node_is_printed(write: Any, para: Any) -> None:
    document = Document(
        "d",
        title=(Text("Titleword"),),
        number="7",
        subject=(Text("Subjectword"),),
        front=(Paragraph((Text("Frontword"),), role="source"),),
        children=(
            Paragraph((Text("Dateword"),), role="dateline"),
            para(Emphasis((Text("emword"),)), " ", Strong((Text("strongword"),))),
            para(Code("codeword"), " ", Math("mathword"), " ", SmallCaps((Text("Capsword"),))),
            para("x", Superscript((Text("supword"),))),
            para(Link((Text("linkword"),), "https://example.org/")),
            Section((para("sectionword"),), Heading((Text("Headingword"),)), kind="attachment"),
            List((ListItem((para("itemword"), para("secondword"))),), ordered=True, start=25),
            DefinitionList((Definition((Text("termword"),), (para("meaningword"),)),)),
            Quote((para("quoteword"),)),
            LineBlock(((Text("verseword"),), (Text("lineword"),))),
            CodeBlock("blockword"),
            Table((Row((Cell((para("cellword"),), header=True),)),), (Text("captionword"),)),
            Figure(Image("absent.png", "altword"), (para("figureword"),)),
            Rule(),
        ),
    )
    text = write(document).text
    stems = "Title Subject Front Date em strong code math Caps sup link section Heading item second"
    for stem in f"{stems} term meaning quote verse line block cell caption alt figure".split():
        assert f"{stem}word" in text
    assert "25." in text


def test_source_pages_show_in_the_outer_margin_at_their_line(write: Any, para: Any) -> None:
    document = Document("d", children=(para("One ", PageBreak("90"), "two."), PageBreak("91")))
    other = replace(document, id="e")
    edition = write(document, other)
    right, left = edition.places(3), edition.places(4)
    assert left["[90]"][0] < left["One"][0] < left["two."][0]
    assert right["[90]"][0] > right["two."][0] > right["One"][0]
    assert abs(left["[90]"][1] - left["One"][1]) < 2


def test_every_page_label_is_printed_once_and_in_order(write: Any, para: Any) -> None:
    blocks: list[Block] = []
    for place in range(1, 30):
        blocks += [para("Some text ", PageBreak(f"{place}a"), "and more."), PageBreak(f"{place}b")]
    text = write(Document("d", children=(*blocks, Heading((Text("End"),))))).text
    for place in range(1, 30):
        assert text.count(f"[{place}a]") == text.count(f"[{place}b]") == 1


def test_a_page_label_with_brackets_of_its_own_gets_no_others(write: Any, para: Any) -> None:
    text = write(Document("d", children=(para("One", PageBreak("[II]"), " two."),))).text
    assert "[II]" in text
    assert "[[II]]" not in text


def test_labels_of_pages_that_begin_on_one_line_stand_below_each_other(
    write: Any, para: Any
) -> None:
    text = para("One", PageBreak("90"), PageBreak("91"), " two ", PageBreak("92"), "three.")
    for layout in ("book", "handout"):
        edition = write(Document("d", children=(text,)), pdf=PdfOptions(layout=layout))
        places = edition.places(len(edition.pages))
        heights = [places[label][1] for label in ("[90]", "[91]", "[92]")]
        assert heights[1] - heights[0] > 8
        assert heights[2] - heights[1] > 8


def test_the_source_s_own_mark_of_a_list_item_stands_in_place_of_its_number(
    write: Any, para: Any
) -> None:
    items = (ListItem((para("apples"),)), ListItem((para("pears"),), marker="b)"))
    text = write(Document("d", children=(List(items, ordered=True),))).text
    assert "b) pears" in text
    assert "2." not in text


def test_contents_name_parts_documents_and_comments_with_their_pages(
    write: Any, para: Any, words: Any
) -> None:
    documents = [
        Document(name, title=(Text(f"Title {name}"),), children=(para(words(700)),))
        for name in ("one", "two")
    ]
    book = Book("B", (Part((documents[0],), "Part A"), Part((documents[1],), "Part B")))
    edition = write(book=book)
    contents = edition.pages[1]
    for title in ("Part A", "Title one", "Part B", "Title two"):
        place = next(p for p, text in enumerate(edition.pages, 1) if p > 2 and title in text)
        assert f"{title} {edition.reader.page_labels[place - 1]}" in contents


def test_contents_name_a_part_and_the_introduction_under_its_title_once(
    write: Any, para: Any
) -> None:
    documents = tuple(
        Document(name, title=(Text(name),), children=(para("Text."),)) for name in ("Lamps", "Memo")
    )
    contents = write(book=Book("B", (Part(documents, "Lamps"),), identifier="urn:x:b")).pages[1]
    assert (contents.count("Lamps"), contents.count("Memo")) == (1, 1)


def test_bookmarks_follow_parts_chapters_documents_and_headings(write: Any, para: Any) -> None:
    document = Document("d", title=(Text("Doc"),), children=(Heading((Text("Inner"),)), para("x")))
    book = Book("B", (Part((), "Volume"), Part((document,), "Chapter", level=2)))
    outline = write(book=book).reader.outline
    assert _titles(outline) == ["B", "Volume", ["Chapter", ["Doc", ["Inner"]]]]


def test_a_document_with_a_number_alone_is_headed_by_it_once(write: Any, para: Any) -> None:
    edition = write(Document("d", number="17a", children=(para("The harbour lay still."),)))
    assert edition.text.split().count("17a.") == 1
    assert edition.text.split().count("17a") == 0
    assert edition.reader.outline[-1]["/Title"] == "17a"


def test_a_comment_called_in_a_title_leaks_into_no_bookmark_and_a_picture_says_its_text(
    write: Any, para: Any
) -> None:
    title = (Text("Lamp "), Image("missing.png", alt="and oil"), CommentRef("c1"))
    comment = Comment("c1", (para("Still."),), kind="review")
    edition = write(Document("d", title=title, comments=(comment,)))
    assert "Lamp and oil" in _titles(edition.reader.outline)


def _titles(outline: list[Any]) -> list[Any]:
    return [_titles(each) if isinstance(each, list) else each["/Title"] for each in outline]


def test_a_document_without_title_is_named_by_its_id(write: Any, para: Any) -> None:
    edition = write(Document("letter-7", children=(para("Text."),)))
    assert _titles(edition.reader.outline) == ["The Book", "letter-7"]


def test_references_lead_to_documents_of_the_book_and_are_plain_text_elsewhere(
    write: Any, para: Any
) -> None:
    text = para(
        Reference((Text("Document 2"),), "b"), " and ", Reference((Text("Document 9"),), "z")
    )
    edition = write(Document("a", children=(text,)), Document("b", children=(para("B."),)))
    assert "Document 2 and Document 9" in edition.text
    assert edition.links.count("d2") == 2  # the contents and the reference


def test_references_lead_to_notes_and_source_pages_of_other_documents(
    write: Any, para: Any
) -> None:
    there = Document(
        "b",
        children=(para("Text", NoteRef("n"), PageBreak("xii"), " more"),),
        notes=(Note("n", "1", (para("Note."),)),),
    )
    here = para(
        Reference((Text("note"),), "b", note="n"),
        Reference((Text("page"),), "b", page="xii"),
        Reference((Text("no such page"),), "b", page="90"),
    )
    links = write(Document("a", children=(here,)), there).links
    assert links[-5:] == ["d2-n1", "d2-pxii", "d2", "d2-n1", "d2-n1-call1"]


def test_metadata_language_and_identifier_are_those_of_the_book(write: Any, para: Any) -> None:
    book = Book(
        "Ein Buch",
        (Part((Document("d", children=(para("Text."),)),)),),
        language="de",
        authors=("A. Eins", "B. Zwei"),
        modified="1983-03-01T00:00:00Z",
        identifier="urn:uuid:00000000-0000-5000-8000-000000000001",
    )
    reader = write(book=book).reader
    assert reader.metadata.title == "Ein Buch"
    assert reader.metadata.author == "A. Eins, B. Zwei"
    assert str(reader.metadata.modification_date) == "1983-03-01 00:00:00+00:00"
    assert reader.trailer["/Root"]["/Lang"] == "de"
    assert reader.trailer["/ID"][0] == "urn:uuid:00000000-0000-5000-8000-000000000001"


def test_a_book_of_no_known_language_says_so(write: Any, para: Any) -> None:
    book = Book("B", (Part((Document("d", children=(para("Text."),)),)),), language="")
    edition = write(book=book)
    assert edition.messages == []
    assert edition.reader.trailer["/Root"]["/Lang"] == "und"


def test_the_file_is_tagged_and_claims_pdf_ua(write: Any, noted: Any) -> None:
    edition = write(noted("One"))
    root = edition.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    headings = [tag["/S"] for tag in edition.tags if tag["/S"] in {"/H1", "/H2", "/H3"}]
    assert headings == ["/H1", "/H2"]


def test_headings_leave_out_no_rank(write: Any, para: Any) -> None:
    blocks = (Heading((Text("Deep"),), level=4), para("x"))
    comments = (Comment("c", blocks),)
    tags = write(Document("d", children=blocks, comments=comments)).tags
    ranks = [int(tag["/S"][2]) for tag in tags if re.fullmatch("/H[1-6]", tag["/S"])]
    assert ranks == [1, 2, 3, 3, 4]


def test_no_tag_stands_inside_the_tag_of_a_link(write: Any, noted: Any) -> None:
    for tag in write(noted("One"), replace(noted("Two"), id="e")).tags:
        if tag["/S"] == "/Link":
            assert all(isinstance(kid.get_object(), int) or "/Obj" in kid for kid in tag["/K"])


def test_the_plain_variant_claims_nothing(write: Any, noted: Any) -> None:
    edition = write(noted("One"), pdf=PdfOptions(variant="plain"))
    assert "/Metadata" not in edition.reader.trailer["/Root"]


@pytest.mark.parametrize(
    ("page", "width", "height"), [("A4", 595, 842), ("Letter", 612, 792), ("A5", 420, 595)]
)
def test_pages_have_the_size_asked_for(
    write: Any, noted: Any, page: str, width: int, height: int
) -> None:
    box = write(noted("One"), pdf=PdfOptions(page=page)).reader.pages[-1].mediabox
    assert (round(box.width), round(box.height)) == (width, height)


def test_a_handout_has_no_title_page_a_wide_margin_and_numbered_paragraphs(
    write: Any, para: Any, words: Any
) -> None:
    document = Document(
        "d", title=(Text("Title"),), children=tuple(para(words(60, stem)) for stem in "abc")
    )
    edition = write(document, pdf=PdfOptions(layout="handout"))
    assert len(edition.pages) == 1
    assert "The Book" not in edition.text
    places = edition.places(1)
    for number, stem in ((2, "b"), (3, "c")):
        assert places[str(number)][0] < places[f"{stem}0000"][0]
        assert abs(places[str(number)][1] - places[f"{stem}0000"][1]) < 2
    assert max(places[word][0] for word in words(60, "a").split()) < 595 * 0.6


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_the_numbers_of_paragraphs_stand_beside_their_columns(
    write: Any, para: Any, words: Any, engine: str
) -> None:
    text = tuple(para(words(40, f"p{place}q")) for place in range(11, 25))
    document = Document("d", title=(Text("Title"),), children=text)
    edition = write(document, pdf=PdfOptions(engine=engine, layout="handout", columns=2))
    places = edition.places(1)
    numbered = [
        (number, places[str(number - 10)], places[f"p{number}q0000"])
        for number in range(12, 25)
        if str(number - 10) in places and f"p{number}q0000" in places
    ]
    assert len({round(text[0]) for _, _, text in numbered}) == 2
    assert all(5 < text[0] - number[0] < 30 for _, number, text in numbered)
    assert all(abs(text[1] - number[1]) < 8 for _, number, text in numbered)
    book = Book("The Book", (Part((document,)),))
    assert judge(edition.path, book).differences == ()


def test_the_same_book_gives_the_same_bytes_with_and_without_a_date_in_the_environment(
    tmp_path: Path, noted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book("B", (Part((noted("One", "Two"),)),), modified="1983-03-01T00:00:00Z")
    files = []
    for place, date in enumerate((None, None, "500000000")):
        if date:
            monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
        target = tmp_path / f"{place}.pdf"
        pdf.write(book, target, Report(), options=Options())
        files.append(target.read_bytes())
    assert files[0] == files[1] == files[2]


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from converter.model import *; "
        "from converter.options import Options; from converter.report import Report; "
        "from converter.writers import pdf; "
        "book = Book('B', (Part((Document('d', children=(Paragraph((Text('Text.'),)),)),)),)); "
        "pdf.write(book, Path(sys.argv[1]), Report(), options=Options())"
    )
    files = [tmp_path / "0.pdf", tmp_path / "1.pdf"]
    for seed, file in enumerate(files):
        subprocess.run(
            [sys.executable, "-c", program, file], check=True, env={"PYTHONHASHSEED": str(seed)}
        )
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_is_nested_too_deep_for_the_layout_is_set_level(write: Any, para: Any) -> None:
    block: Block = para("innermost")
    for level in range(60):
        block = Quote((para(f"level{level}"), block))
    edition = write(Document("d", children=(block,)))
    assert all(f"level{level}" in edition.text for level in range(60))
    assert "innermost" in edition.text


def test_long_words_break_and_stay_on_the_page(write: Any, para: Any) -> None:
    address = "https://example.org/" + "abcdefghij" * 30
    edition = write(Document("d", children=(para(address),)))
    assert address in edition.text.replace(" ", "")
    assert len(edition.places(3)) > 3


def test_pictures_are_shown_with_their_alternative(write: Any, picture: Picture) -> None:
    figure = Figure(Image(picture.name, "A dot"))
    edition = write(Document("d", children=(figure,), pictures=(picture,)))
    assert edition.messages == []
    assert [tag["/Alt"] for tag in edition.tags if tag["/S"] == "/Figure"] == ["A dot"]


def test_no_word_is_divided_between_two_pages(write: Any, para: Any) -> None:
    sentence = "Incomprehensibilities notwithstanding, extraordinary deliberations continued. "
    edition = write(Document("d", children=tuple(para(sentence * 9) for _ in range(50))))
    assert len(edition.pages) > 8
    assert edition.text.count("deliberations") == 450
    assert edition.text.count("Incomprehensibilities") == 450


def test_a_page_break_of_the_source_leaves_no_line_short(write: Any, para: Any) -> None:
    sentence = "The delegation returned to the capital late in the evening, and was received. "
    leads = ["x " * place for place in range(20)]
    plain = Document("d", children=tuple(para(lead, sentence * 6) for lead in leads))
    marked = [para(lead, sentence * 3, PageBreak("7"), sentence * 3) for lead in leads]
    lines = [
        page.extract_text().replace("[7]\n", "").count("\n")
        for document in (plain, replace(plain, children=tuple(marked)))
        for page in PdfReader(write(document).path).pages
    ]
    assert lines[: len(lines) // 2] == lines[len(lines) // 2 :]


def test_a_page_break_between_two_spaces_leaves_no_line_short(write: Any, para: Any) -> None:
    before = "The keeper came to ask us the most important question, as he put it, whether it was "
    after = "now possible to light the lamps again before the winter and its long nights came."
    shown = []
    for mark in ([], [PageBreak("7"), " "]):
        texts = (para("x " * place, before, *mark, after) for place in range(20))
        edition = write(
            Document("d", children=tuple(texts)), pdf=PdfOptions(page="A5", large_print=True)
        )
        pages = (page.extract_text().replace("[7]", "") for page in edition.reader.pages)
        shown.append([line.strip() for page in pages for line in page.splitlines() if line.strip()])
    assert shown[0] == shown[1]


def test_letters_with_accents_do_not_change_what_the_plain_ones_say(write: Any, para: Any) -> None:
    text = (para("x\u0302\u0323 and q\u0307"), para("A box of quinces."))
    edition = write(Document("d", title=(Text("T"),), children=text))
    assert "A box of quinces." in edition.text


def test_writing_that_glyphs_do_not_tell_is_told_to_those_who_copy_it(
    write: Any, para: Any
) -> None:
    text = "রাষ্ট্রদূত সন্ধ্যায় শহরে পৌঁছেছিলেন।"
    edition = write(Document("d", title=(Text("T"),), children=(para(text),)))
    assert text in {str(tag.get("/ActualText")) for tag in edition.tags}


def test_pages_before_the_text_have_roman_numbers_and_it_begins_on_the_right_with_page_1(
    write: Any, para: Any, words: Any
) -> None:
    documents = tuple(
        Document(f"d{place}", title=(Text(f"Title {place}"),), children=(para(words(40)),))
        for place in range(60)
    )
    for parts in ((Part(documents),), (Part(documents, "A part"),), (Part(documents[:1]),)):
        edition = write(book=Book("The Book", parts, identifier="urn:example:book"))
        labels = edition.reader.page_labels
        front = labels.index("1")
        assert front % 2 == 0
        assert labels[:3] == ["i", "ii", "iii"][: len(labels[:front])] + labels[front:3]
        assert labels[front:] == [str(number) for number in range(1, len(labels) - front + 1)]
        assert edition.pages[front].startswith(("Title 0", "A part"))
        assert [page for page in edition.pages[1:front] if page.endswith(" iii")] == [
            edition.pages[2]
        ][: front - 2]


def test_a_handout_counts_its_pages_from_the_first(write: Any, noted: Any) -> None:
    edition = write(noted("One"), replace(noted("Two"), id="e"), pdf=PdfOptions(layout="handout"))
    assert edition.reader.page_labels == ["1", "2", "3"]


def test_the_title_page_behind_a_cover_is_on_the_right(write: Any, noted: Any) -> None:
    edition = write(noted("One"), pdf=PdfOptions(cover=True))
    assert [text for text in edition.pages[:4] if text] == ["The Book", "The Book"]
    assert edition.pages[2] == "The Book"
    assert edition.reader.page_labels[4] == "1"


@pytest.mark.parametrize("large", [False, True])
def test_the_letters_of_a_cover_are_white(write: Any, noted: Any, large: bool) -> None:
    pdf = PdfOptions(cover=True, layout="handout", large_print=large)
    edition = write(noted("One"), pdf=pdf)
    drawn = edition.reader.pages[0].get_contents().get_data()
    colours = set(re.findall(rb"([\d.]+ [\d.]+ [\d.]+) rg", drawn[drawn.index(b"BT") - 200 :]))
    assert b"1 1 1" in colours
    assert b"0 0 0" not in colours


def table(head: Any, rows: int) -> Table:
    body = (
        Row((Cell((Paragraph((Text(f"ship{place}x"),)),)), Cell((Paragraph((Text("oak"),)),))))
        for place in range(rows)
    )
    return Table((head, *body), (Text("Ships of the harbour"),))


def test_the_head_of_a_table_stands_on_each_of_its_pages_and_once_in_the_structure(
    write: Any, para: Any
) -> None:
    cells = (
        Cell((para("Shipname"),), header=True),
        Cell((para("Wood", NoteRef("n")),), header=True),
    )
    document = Document(
        "d",
        title=(Text("T"),),
        children=(table(Row(cells), 100),),
        notes=(Note("n", "1", (para("Of the keel."),)),),
    )
    book = Book("B", (Part((document,)),), identifier="urn:example:book")
    edition = write(book=book)
    pages = [text for text in edition.pages if "ship" in text]
    assert len(pages) > 2
    assert all(text.index("Shipname") < text.index("ship") for text in pages)
    assert edition.text.count("Of the keel.") == edition.text.count("Ships of the harbour") == 1
    assert [tag["/S"] for tag in edition.tags].count("/TH") == 2
    assert edition.links.count("d1-n1") == 1
    assert verify(edition.path, book) == ()
    other = replace(document, children=(table(Row((cells[1], cells[0])), 100),))
    assert verify(edition.path, replace(book, parts=(Part((other,)),))) != ()


@pytest.mark.parametrize("lines", range(24, 36, 2))
def test_a_caption_stands_on_the_page_of_its_table(write: Any, para: Any, lines: int) -> None:
    head = Row((Cell((para("Shipname"),), header=True),))
    above = (para(f"line{place}") for place in range(lines))
    document = Document("d", children=(*above, table(head, 5)))
    edition = write(document, pdf=PdfOptions(page="A5"))
    assert edition.page_of("Ships of the harbour") == edition.page_of("ship0x")


def test_a_table_of_nothing_but_heads_is_printed_once(write: Any, para: Any) -> None:
    head = Row((Cell((para("Shipname"),), header=True),))
    assert write(Document("d", children=(Table((head,)),))).text.count("Shipname") == 1


def test_an_entry_of_the_contents_stands_on_one_page_with_its_number(
    write: Any, para: Any, words: Any
) -> None:
    documents = tuple(
        Document(f"d{place}", title=(Text(words(40, f"t{place}x")),), children=(para("Text."),))
        for place in range(12)
    )
    book = Book("B", (Part(documents),), identifier="urn:example:book")
    edition = write(book=book, pdf=PdfOptions(page="A5"))
    assert verify(edition.path, book) == ()


def test_pages_that_are_lost_while_numbers_are_put_in_are_laid_out_with_numbers_as_text(
    write: Any, para: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = engine.HTML.render

    def losing(html: Any, **options: Any) -> Any:
        if html.etree_element.find(".//*[@class='page'][@data-number]") is None:
            raise IndexError("list index out of range")
        return render(html, **options)

    documents = [Document(n, title=(Text(n),), children=(para(f"{n} lies still."),)) for n in "ab"]
    whole = write(*documents).text
    monkeypatch.setattr(engine.HTML, "render", losing)
    assert write(*documents).text == whole


def test_what_weasyprint_cannot_lay_out_is_an_error_that_names_another_way(
    write: Any, para: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        raise AssertionError("no such box")

    monkeypatch.setattr(engine.HTML, "render", failing)
    with pytest.raises(WriteError, match=r"no such box.*--pdf-engine typst"):
        write(Document("d", children=(para("The harbour lay still."),)))
