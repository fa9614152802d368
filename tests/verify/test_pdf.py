"""PDF editions broken on purpose: each break is named, at its page.

Some are editions of a book that lacks something, held against the whole one; others are files
from which something was taken with other tools.
"""

import re
import zlib

import pytest
from msgspec.structs import replace
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from converter.access import Limits
from converter.errors import SourceError
from converter.model import (
    Book,
    Cell,
    Code,
    CodeBlock,
    Comment,
    Document,
    Emphasis,
    Heading,
    Image,
    LineBreak,
    Link,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Reference,
    Row,
    Section,
    SmallCaps,
    Strong,
    Table,
    Text,
    from_json,
    to_json,
)
from converter.options import Options, PdfOptions
from converter.verify import judge, verify
from converter.verify.pdf.content import Content, Placed
from converter.verify.pdf.pages import Spot
from converter.verify.pdf.targets import Targets
from converter.verify.pdf.typst import ABOVE
from converter.words import words

LETTER, POST = "page 4", "page 6"


@pytest.fixture(scope="module")
def whole(write, book):
    return write(book, "pdf")


@pytest.fixture(params=["weasyprint", "typst"])
def engine(request):
    """Return options that name each engine in turn."""
    return Options(pdf=PdfOptions(engine=request.param))


@pytest.fixture
def of_other(write, book, judged, engine):
    """Return a function that writes the book with other words in its JSON, and verifies that."""

    def of_other(old, new):
        before = to_json(book).decode()
        assert re.search(old, before)
        other = from_json(re.sub(old, new, before, count=1).encode())
        return judged(write(other, "pdf", engine), book)

    return of_other


@pytest.fixture
def changed(whole, tmp_path, judged, book):
    """Return a function that changes the file with pypdf and verifies the result."""

    def changed(change, against=True):
        writer = PdfWriter(clone_from=whole)
        change(writer)
        target = tmp_path / "changed.pdf"
        writer.write(target)
        return judged(target, book if against else None)

    return changed


def test_unbroken_edition_has_no_difference(write, engine, book, judged):
    whole = write(book, "pdf", engine)
    assert judged(whole, book) == {}
    assert judged(whole) == {}


@pytest.mark.parametrize("layout", ["book", "handout", "booklet"])
@pytest.mark.parametrize("page", ["A5", "Letter"])
def test_unbroken_edition_of_any_look_has_no_difference(write, engine, book, judged, layout, page):
    pdf = replace(engine.pdf, page=page, layout=layout, variant="plain")
    assert judged(write(book, "pdf", Options(pdf=pdf)), book) == {}


@pytest.mark.parametrize("look", [{"large_print": True}, {"columns": 2}, {"cover": True}])
def test_unbroken_edition_of_any_kind_has_no_difference(write, engine, book, judged, look):
    assert judged(write(book, "pdf", Options(pdf=replace(engine.pdf, **look))), book) == {}


def test_sheets_in_the_wrong_order_are_named_by_the_pages_they_show(
    write, engine, book, judged, tmp_path
):
    booklet = write(book, "pdf", Options(pdf=replace(engine.pdf, layout="booklet")))
    writer = PdfWriter(clone_from=booklet)
    sides = writer.root_object["/Pages"]["/Kids"]
    sides[0], sides[1] = sides[1], sides[0]
    writer.write(tmp_path / "changed.pdf")
    assert "sheet-differs" in judged(tmp_path / "changed.pdf", book)


@pytest.mark.parametrize("layout", ["book", "booklet"])
@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
@pytest.mark.parametrize("language", ["ar", "he"])
def test_book_that_runs_from_right_to_left_has_no_difference(
    write, judged, engine, language, layout
):
    said = {
        "ar": "١٧ وصل السفير الأول (مساء اليوم) إلى Lamp Board، 12% ثم كتب أيضًا أن البحر هادئ.",
        "he": "17 השגריר הגיע אל Lamp Board (בערב), וכתב ביומנו 12% שהים שקט!",
    }[language]
    children = (Paragraph((Text(said), NoteRef("n"))), Paragraph((Text(f"{said} {said}"),)))
    notes = (Note("n", "1", (Paragraph((Text(said),)),)),)
    documents = tuple(
        Document(f"d{number}", (Text(said),), children=children, notes=notes, language=language)
        for number in range(3)
    )
    book = Book(said, (Part(documents),), language=language, identifier="urn:example:book")
    pdf = PdfOptions(engine=engine, layout=layout)
    assert judged(write(book, "pdf", Options(pdf=pdf)), book) == {}


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_code_amid_text_that_runs_leftward_is_no_difference(write, judged, engine, columns):
    drawn = (
        "/'--' |QUAY| --.\n( _.' )  '_. ____ ._'\n" + "*" * 44 + "\n+---+ +-----+ <lamp@x.example>"
    )
    said = Text("\u0643\u062a\u0628 \u0627\u0644\u062d\u0627\u0631\u0633: ")
    children = (
        Paragraph((said, Code('--lamp="${ON}" --keep'), said)),
        CodeBlock(drawn),
        CodeBlock('<http://quay.example/#Lamp> a "x" ; --save --keep-lit'),
        Paragraph((said,)),
    )
    document = Document("d", (said,), children=children, language="ar")
    other = Book("L", (Part((document,)),), language="ar", identifier="urn:example:book")
    pdf = PdfOptions(engine=engine, layout="handout", page="A5", columns=columns)
    assert judged(write(other, "pdf", Options(pdf=pdf)), other) == {}


def test_brackets_of_a_font_that_also_sets_them_leftward_are_no_difference(write, engine, judged):
    said = (Paragraph((Text("Lit."),)),)
    later = Emphasis((Text("The quay (21 July 1952) was [nearly] empty."),))
    comments = (
        Comment("a", said, author="שומר (the lamp)"),
        Comment("b", said, parent="a", depth=2, author="Ann"),
        Comment("c", (Paragraph((later,)),)),
    )
    document = Document("d", (Text("Lamp"),), children=said, comments=comments)
    other = Book("L", (Part((document,)),), identifier="urn:example:book")
    assert judged(write(other, "pdf", engine), other) == {}


@pytest.mark.parametrize("layout", ["book", "booklet"])
def test_names_of_digits_behind_numbers_of_comments_are_no_difference(
    write, engine, judged, layout
):
    """In lines that run leftward, the spaces between them are in no file."""
    said = (Paragraph((Text("المنارة مضاءة."),)),)
    first = Comment("a", said, author="95.159.109.99", date="2015")
    reply = Comment("b", said, parent="a", depth=2, author="7.12", date="2016")
    document = Document("d", (Text("المنارة"),), children=said, comments=(first, reply))
    other = Book("L", (Part((document,)),), language="ar", identifier="urn:example:book")
    look = replace(engine.pdf, layout=layout)
    assert judged(write(other, "pdf", Options(pdf=look)), other) == {}


def test_links_into_columns_that_run_leftward_are_no_difference(write, engine, judged):
    """What they lead to begins at the right, and they name the left."""
    said = "وصل السفير مساء اليوم ثم كتب أن البحر هادئ. "
    numbers = range(24)
    notes = tuple(
        Note(f"n{n}", str(n + 1), (Paragraph((Text(said * (1 + n % 3)),)),)) for n in numbers
    )
    children = tuple(Paragraph((Text(said), NoteRef(f"n{n}"), Text(f" {said}"))) for n in numbers)
    comments = tuple(
        Comment(
            f"c{n}", (Paragraph((Text(said),)),), f"c{n - n % 4}" if n % 4 else None, author="A"
        )
        for n in numbers
    )
    document = Document(
        "d", (Text("المنارة"),), children=children, notes=notes, comments=comments, language="ar"
    )
    other = Book("L", (Part((document,)),), language="ar", identifier="urn:example:book")
    look = replace(engine.pdf, layout="handout", page="A5", columns=2)
    assert judged(write(other, "pdf", Options(pdf=look)), other) == {}


def test_wide_spaces_in_narrow_columns_that_run_leftward_are_no_difference(write, engine, judged):
    said = f"من ثم {'فسيكفيكهم' * 2}فسي " * 9
    document = Document(
        "d", (Text("المنارة"),), children=(Paragraph((Text(said),)),), language="ar"
    )
    other = Book("L", (Part((document,)),), language="ar", identifier="urn:example:book")
    look = replace(engine.pdf, layout="handout", page="A5", columns=2)
    assert judged(write(other, "pdf", Options(pdf=look)), other) == {}


@pytest.mark.parametrize("columns", [1, 2])
def test_signs_that_stand_for_others_amid_letters_that_run_leftward_are_no_difference(
    write, engine, judged, columns
):
    """PDFium reads but the first of them where the file says that they are in reverse."""
    address = f"https://www.harbour.example/{'quay' * 9}/-/(lamps).html"
    said = "كتب الحارس (-or, -er, -ist)ـان ثم أطفأ المصباح.--\u200e◂ (مساء؟) --.. وهكذا (لم يعد)."
    comments = tuple(
        Comment(f"c{n}", (Paragraph((Text(f"{'ثم ' * n}{said}"),)),), author="ليلى", likes=n)
        for n in range(9)
    )
    children = (Paragraph((Text(address),)), Paragraph((Text(said),)))
    document = Document("d", (Text("L"),), children=children, comments=comments, language="ar")
    other = Book("L", (Part((document,)),), language="ar", identifier="urn:example:book")
    look = replace(engine.pdf, layout="handout", page="A5", columns=columns)
    assert judged(write(other, "pdf", Options(pdf=look)), other) == {}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "sign",
    ["\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2068"],
)
def test_signs_of_direction_are_no_difference(write, engine, judged, language, sign):
    said = {
        "en": f"The quay {sign}is long\u202c and {sign}כתב השומר 12, lit.",
        "ar": f"كتب {sign}الحارس 12\u202c ثم أطفأ {sign}lamp one.",
    }[language]
    text = (Paragraph((Text(said), Emphasis((Text(said),)))),)
    comments = (
        Comment("a", text, author=f"A{sign}nn Bo", date="2011-02-03", likes=2),
        Comment("b", text, parent="a", depth=2, author="Bo"),
    )
    for title in (said, f"T {said}"):
        document = Document(
            "d", (Text(title),), children=text, comments=comments, language=language
        )
        other = Book("L", (Part((document,)),), language=language, identifier="urn:example:book")
        assert judged(write(other, "pdf", engine), other) == {}


def test_numbers_of_comments_longer_than_a_line_are_no_difference(write, engine, judged):
    said = (Paragraph((Text("Lit."),)),)
    # Ten on each level, the last of which is answered: 10.10.10...
    thread = tuple(
        Comment(
            f"{depth}-{place}", said, f"{depth - 1}-10" if depth > 1 else None, depth, author="7.1"
        )
        for depth in range(1, 15)
        for place in range(1, 11)
    )
    document = Document("d", (Text("Lamp"),), children=said, comments=thread)
    other = Book("L", (Part((document,)),), language="en", identifier="urn:example:book")
    look = replace(engine.pdf, layout="booklet", page="A5", columns=2, large_print=True)
    assert judged(write(other, "pdf", Options(pdf=look)), other) == {}


def test_words_divided_by_lines_are_no_difference(write, engine, book, judged):
    text = "Unforgettable half-forgotten https://example.org/" + "quay" * 40 + " 面白い" * 90
    other = from_json(to_json(book).replace(b"The Harbour Office", text.encode()))
    assert judged(write(other, "pdf", engine), other) == {}


def test_emoji_between_letters_that_run_leftward_are_no_difference(write, engine, judged):
    said = Text("المنارة 👈 مضاءة 🌊 الليلة " * 20)
    document = Document("d", (Text("المنارة"),), children=(Paragraph((said,)),), language="ar")
    other = Book("L", (Part((document,)),), language="ar", identifier="urn:example:book")
    assert judged(write(other, "pdf", engine), other) == {}


def test_hyphens_that_lines_begin_with_again_are_no_difference(write, engine, judged):
    words = [f"{'a' * number}-lampa-{'b' * (number % 7)}" for number in range(3, 60)] * 4
    document = Document("d", (Text("Lampa"),), children=(Paragraph((Text(" ".join(words)),)),))
    other = Book("L", (Part((document,)),), language="pl", identifier="urn:example:book")
    assert judged(write(other, "pdf", engine), other) == {}


def test_words_that_stand_for_themselves_on_sheets_are_no_difference(write, engine, judged):
    """PDFium does not move letters that stand for others with the page that they are on."""
    addresses = Text(" and ".join(f"https://example.org/{'quay' * 9}/{n}" for n in range(20)))
    document = Document("d", (Text("Quays"),), children=(Paragraph((addresses,)),))
    other = Book("Q", (Part((document,)),), language="en", identifier="urn:example:book")
    look = replace(engine.pdf, layout="booklet")
    assert judged(write(other, "pdf", Options(pdf=look)), other) == {}


@pytest.mark.parametrize("columns", [1, 2])
def test_numbers_beside_paragraphs_without_a_first_line_are_no_difference(
    write, engine, judged, columns
):
    text = Paragraph((Text("The lamp was lit. " * 9),))
    shown = Paragraph((Image("none.png", ""), LineBreak(), Text("The lamp")))
    document = Document("d", (Text("Lamps"),), children=(text, text, shown, text, shown, text))
    other = Book("L", (Part((document,)),), language="en", identifier="urn:example:book")
    look = replace(engine.pdf, layout="handout", columns=columns, page="A5")
    assert judged(write(other, "pdf", Options(pdf=look)), other) == {}


def test_calls_within_words_divided_by_lines_are_no_difference(write, judged):
    text = (Text("漢字" * 90), NoteRef("n"), Text("仮名" * 90), PageBreak("7"), Text("文" * 90))
    notes = (Note("n", "1", (Paragraph((Text("注記" * 40),)),)),)
    document = Document("d", (Text("題"),), children=(Paragraph(text),), notes=notes)
    other = Book("本", (Part((document,)),), identifier="urn:example:book")
    assert judged(write(other, "pdf"), other) == {}


def test_running_head_without_a_call_that_is_emphasised_in_the_title_is_no_difference(
    write, engine, judged
):
    title = (Emphasis((Text("Kinds"), NoteRef("n"))), Text(" of lamps"))
    text = tuple(Paragraph((Text(f"Lamp {number}. " * 60),)) for number in range(30))
    document = Document("d", title=title, children=text, notes=(Note("n", "‡", (text[0],)),))
    other = Book("Lamps", (Part((document,)),), identifier="urn:example:book")
    assert judged(write(other, "pdf", engine), other) == {}


@pytest.mark.parametrize("url", ["https://a.example/#c1", "mailto:a@a.example", "http://[", "a b"])
def test_address_of_a_comment_is_no_difference_whether_it_can_be_linked_or_not(
    write, engine, judged, url
):
    comment = Comment("c1", (Paragraph((Text("Bright."),)),), url=url)
    document = Document("d", title=(Text("Lamps"),), comments=(comment,))
    other = Book("Lamps", (Part((document,)),), identifier="urn:example:book")
    assert judged(write(other, "pdf", engine), other) == {}


def test_lost_word_is_named_on_its_page(of_other):
    assert of_other(" at dusk", " dusk") == {"word-lost": [LETTER]}


def test_changed_letter_is_a_changed_word(of_other):
    assert of_other("oars", "ears") == {"text-differs": [LETTER]}


def test_doubled_paragraph_is_added(of_other):
    found = of_other(r'(\{"type":"paragraph"[^{]*\{[^{]*Somebody must[^}]*\}\]\},?)', r"\1,\1")
    assert found == {"word-added": [POST]}


def test_other_number_of_a_list_is_a_changed_word(of_other):
    assert of_other('"start":3', '"start":8') == {"text-differs": [LETTER]}


def test_lost_word_of_the_title_page_is_named(of_other):
    assert of_other("A. Reader", "A. Writer") == {"word-lost": [""], "metadata-differs": [""]}


def test_dropped_note_is_lost_on_the_page_of_its_call(of_other):
    found = of_other(r',\{"type":"note","id":"n4"[^}]*\}\]\}\]\}', "")
    assert found == {"note-lost": ["letter#n4"], "call-lost": [LETTER]}


def test_dropped_note_that_nobody_calls_is_lost(of_other):
    found = of_other(r',\{"type":"note","id":"n6"[^}]*\}\]\}\]\}', "")
    assert found == {"note-lost": ["letter#n6"]}


def test_word_lost_in_a_note_is_named_there(of_other):
    assert of_other("See the ledger", "See ledger") == {"word-lost": [LETTER]}


def test_call_of_another_note_is_named_even_if_the_notes_are_alike(of_other):
    found = of_other('"note":"n4"', '"note":"n2"')
    assert found["note-called-elsewhere"] == [LETTER]


def test_other_mark_is_named(of_other):
    found = of_other('"label":"†"', '"label":"‡"')
    assert found == {"mark-differs": [LETTER]}


def test_dropped_page_label_is_lost(of_other):
    assert of_other(r'\{"type":"pagebreak","label":"v"\},', "") == {"page-lost": [LETTER]}


def test_page_labels_that_changed_places_are_out_of_order(of_other):
    found = of_other('"label":"iv"(.*)"label":"vi"', r'"label":"vi"\1"label":"iv"')
    assert "page-out-of-order" in found


def test_dropped_comment_is_lost(of_other):
    found = of_other(r'\{"type":"comment","id":"c4".*?Mine never did\."\}\]\}\][^}]*\},', "")
    assert found == {"comment-lost": ["c4"]}


def test_comments_that_swapped_their_texts_are_changed(of_other):
    found = of_other(r"My uncle did\.(.*)What is a ferry\?", r"What is a ferry?\1My uncle did.")
    assert found == {"text-differs": [POST, POST]}


def test_comment_under_a_stranger_is_named(of_other):
    found = of_other(r'(Mine never did.*?"parent":)"c1"', r'\1"c2"')
    assert found["comment-under-wrong-parent"] == [POST]


def test_other_author_is_a_changed_word(of_other):
    assert POST in of_other('"author":"Bo"', '"author":"Joe"')["text-differs"]


# ------------------------------------------------------------------- changed files


def _links(writer, page):
    return [note.get_object() for note in writer.pages[page]["/Annots"]]


def test_dropped_way_back_is_named(changed):
    def drop(writer):
        for link in _links(writer, 3):
            if link.get("/Dest") == "d1-n4-call1":
                link[NameObject("/Dest")] = NullObject()

    assert changed(drop) == {"backlink-lost": [LETTER], "broken-link": [LETTER]}


def test_call_that_leads_to_another_note_is_named(changed):
    def turn(writer):
        for link in _links(writer, 3):
            if link.get("/Dest") == "d1-n4":
                link[NameObject("/Dest")] = TextStringObject("d1-n2")

    found = changed(turn)
    assert found["note-called-elsewhere"] == [LETTER]
    assert found["backlink-wrong"] == [LETTER]
    assert changed(turn, against=False) == {
        "backlink-lost": [LETTER],
        "backlink-wrong": [LETTER],
    }


def test_comment_whose_link_leads_to_a_stranger_is_named(changed):
    def turn(writer):
        for link in _links(writer, 5):
            if link.get("/Dest") == "d2-c2":
                link[NameObject("/Dest")] = TextStringObject("d2-c5")

    assert "comment-under-wrong-parent" in changed(turn)


def test_text_that_is_gone_from_a_page_is_lost(changed):
    def blank(writer):
        page = writer.pages[3]
        content = page.get_contents()
        data = content.get_data()
        shown = re.sub(rb"(?s)(<</MCID 32>>\nBDC.*?)\[[^]]*\] TJ", rb"\1", data)
        assert shown != data
        content.set_data(shown)
        page[NameObject("/Contents")] = writer._add_object(content)

    assert changed(blank) == {"word-lost": [LETTER]}


def test_words_outside_the_structure_are_added(changed, whole):
    def stamp(writer):
        content = writer.pages[3].get_contents()
        font = next(iter(writer.pages[3]["/Resources"]["/Font"]))
        move = f"BT {font} 20 Tf 1 0 0 1 200 400 Tm <000100020003> Tj ET".encode()
        content.set_data(content.get_data() + b"\n" + move)
        writer.pages[3][NameObject("/Contents")] = writer._add_object(content)

    assert changed(stamp) == {"word-added": [LETTER]}


def test_contents_that_print_another_page_are_named(changed):
    def turn(writer):
        for link in _links(writer, 1):
            if link.get("/Dest") == "d1":
                link[NameObject("/Dest")] = TextStringObject("d2")

    assert changed(turn) == {"contents-wrong-page": ["page 2"]}


def test_bookmarks_that_are_gone_or_say_something_else_are_named(changed):
    def drop(writer):
        del writer._root_object["/Outlines"]

    def rename(writer):
        node = writer._root_object["/Outlines"]["/First"]
        while "/Next" in node:
            node = node["/Next"]
            node[NameObject("/Title")] = TextStringObject("Else")

    assert set(changed(drop)) == {"bookmark-lost"}
    assert set(changed(rename)) == {"bookmark-lost", "bookmark-leads-elsewhere"}


def _bookmarks(node):
    """Yield the bookmarks from ``node`` on, each before those within it."""
    while node:
        node = node.get_object()
        yield node
        yield from _bookmarks(node.get("/First"))
        node = node.get("/Next")


@pytest.mark.parametrize("place", ["other page", "same page", "nowhere"])
def test_bookmark_that_leads_elsewhere_is_named(write, engine, book, judged, tmp_path, place):
    writer = PdfWriter(clone_from=write(book, "pdf", engine))
    nodes = {node["/Title"]: node for node in _bookmarks(writer.root_object["/Outlines"]["/First"])}
    assert {"7. Letter from the ferry", "A question"} <= set(nodes)
    node = nodes["A question"]
    if place == "other page":
        node[NameObject("/Dest")] = nodes["7. Letter from the ferry"]["/Dest"]
    elif place == "same page":
        page, *_ = node["/Dest"]
        node[NameObject("/Dest")] = ArrayObject(
            [page, NameObject("/XYZ"), FloatObject(100), FloatObject(100), FloatObject(0)]
        )
    else:
        del node["/Dest"]
    writer.write(tmp_path / "misled.pdf")
    assert set(judged(tmp_path / "misled.pdf", book)) == {"bookmark-leads-elsewhere"}


def _referring() -> Book:
    """Return a book whose first document refers to the second, a note and a page in it."""
    second = Document(
        "second",
        title=(Text("The second letter"),),
        front=(Paragraph((Text("File 12"),)),),
        children=(
            Paragraph((Text("It begins quietly"), NoteRef("n1"), Text("."))),
            *(Paragraph((Text(f"Line {number} of it."),)) for number in range(20)),
            PageBreak("12"),
            Paragraph((Text("The last words."),)),
        ),
        notes=(Note("n1", "1", (Paragraph((Text("A note to be found."),)),)),),
    )
    first = Document(
        "first",
        title=(Text("The first letter"),),
        children=(
            Paragraph(
                (
                    Text("See "),
                    Reference((Text("the second"),), "second"),
                    Text(" and "),
                    Reference((Text("its note"),), "second", note="n1"),
                    Text(" and "),
                    Reference((Text("page 12"),), "second", page="12"),
                    Text("."),
                )
            ),
        ),
    )
    return Book("Two letters", (Part((first, second)),))


@pytest.mark.parametrize(("number", "text"), [(0, "the second"), (1, "its note"), (2, "page 12")])
def test_cross_reference_that_leads_elsewhere_is_named(
    write, engine, judged, tmp_path, number, text
):
    book = _referring()
    whole = write(book, "pdf", engine)
    assert judged(whole, book) == {}
    writer = PdfWriter(clone_from=whole)
    pages = [page for page in writer.pages if text in page.extract_text() and "/Annots" in page]
    links = [note.get_object() for note in pages[-1]["/Annots"]]
    links[number][NameObject("/Dest")] = ArrayObject(
        [pages[-1].indirect_reference, NameObject("/XYZ"), *map(FloatObject, (100, 300, 0))]
    )
    writer.write(tmp_path / "misled.pdf")
    (difference,) = verify(tmp_path / "misled.pdf", book)
    assert difference.code == "reference-lost"
    assert f"“{text}”" in difference.text


@pytest.fixture
def altered(write, engine, book, judged, tmp_path):
    """Return a function that changes an edition of either engine with pypdf and verifies it."""

    def altered(change):
        writer = PdfWriter(clone_from=write(book, "pdf", engine))
        change(writer)
        writer.write(tmp_path / "altered.pdf")
        return judged(tmp_path / "altered.pdf", book)

    return altered


def _lay(writer, page, **entries):
    """Put an annotation with ``entries`` on ``page``."""
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Rect"): RectangleObject((100, 400, 200, 430)),
            **{NameObject(f"/{name}"): value for name, value in entries.items()},
        }
    )
    there = writer.pages[page].get("/Annots", ())
    added = ArrayObject([*there, writer._add_object(note)])
    writer.pages[page][NameObject("/Annots")] = added


@pytest.mark.parametrize(
    "kind", ["Text", "FreeText", "Stamp", "Square", "Widget", "FileAttachment"]
)
def test_what_lies_on_a_page_and_is_no_link_is_named(altered, kind):
    found = altered(
        lambda writer: _lay(
            writer, 2, Subtype=NameObject(f"/{kind}"), Contents=TextStringObject("Void")
        )
    )
    assert found == {"annotation-added": ["page 3"]}


@pytest.mark.parametrize(
    ("action", "codes"),
    [
        ({"S": NameObject("/JavaScript"), "JS": TextStringObject("1")}, {"script-added"}),
        ({"S": NameObject("/Launch"), "F": TextStringObject("a.exe")}, {"script-added"}),
        ({"S": NameObject("/Named"), "N": NameObject("/NextPage")}, set()),
        ({"S": NameObject("/URI"), "URI": TextStringObject("https://x.example")}, {"link-added"}),
    ],
)
def test_link_that_does_what_no_edition_does_is_named(altered, action, codes):
    entries = {NameObject(f"/{name}"): value for name, value in action.items()}

    def add(writer):
        _lay(writer, 3, Subtype=NameObject("/Link"), A=DictionaryObject(entries))

    expected = codes if codes == {"link-added"} else {*codes, "broken-link"}
    assert set(altered(add)) == expected


def test_attached_file_is_named(altered):
    assert set(altered(lambda writer: writer.add_attachment("void.txt", b"Void"))) == {
        "attachment-added"
    }


@pytest.mark.parametrize("name", ["/Title", "/Author", "/Subject", "/Keywords"])
def test_other_title_author_or_subject_is_named(altered, name):
    assert set(altered(lambda writer: writer.add_metadata({name: "Nobody"}))) >= {
        "metadata-differs"
    }


@pytest.mark.parametrize("name", ["/OpenAction", "/AA", "/OCProperties"])
def test_file_that_would_act_by_itself_is_named(altered, name):
    def add(writer):
        writer.root_object[NameObject(name)] = DictionaryObject()

    assert set(altered(add)) == {"script-added"}


def test_name_of_what_acts_is_known_however_it_is_written(write, engine, book, judged, tmp_path):
    writer = PdfWriter(clone_from=write(book, "pdf", engine))
    writer.root_object[NameObject("/OpenAXXction")] = DictionaryObject()
    writer.write(tmp_path / "acting.pdf")
    data = (tmp_path / "acting.pdf").read_bytes()
    (tmp_path / "acting.pdf").write_bytes(data.replace(b"/OpenAXXction", b"/Open#41ction"))
    assert set(judged(tmp_path / "acting.pdf", book)) == {"script-added"}


def test_words_that_look_like_what_acts_are_no_difference(write, engine, judged):
    title = "On /JS and (/Launch) \\( /AA"
    link = Link((Text("/OpenAction"),), "https://a.example/JS/(AA)/Launch")
    other = Document("d", title=(Text(title),), children=(Paragraph((link,)),))
    book = Book(title, (Part((other,)),), authors=("A /AA", "B, C"))
    assert judged(write(book, "pdf", engine), book) == {}


def test_file_without_structure_is_an_error(whole, tmp_path, book):
    writer = PdfWriter(clone_from=whole)
    del writer.root_object["/StructTreeRoot"]
    target = tmp_path / "flat.pdf"
    writer.write(target)
    with pytest.raises(SourceError, match="has no structure"):
        verify(target, book)


def test_malformed_file_is_an_error(whole, tmp_path, book):
    target = tmp_path / "half.pdf"
    target.write_bytes(b"%PDF-1.7\n" + whole.read_bytes()[5000:9000])
    with pytest.raises(SourceError, match="cannot be read as PDF"):
        verify(target, book)


def test_file_with_a_password_is_an_error(whole, tmp_path, book):
    writer = PdfWriter(clone_from=whole)
    writer.encrypt("secret", algorithm="RC4-128")
    target = tmp_path / "locked.pdf"
    writer.write(target)
    with pytest.raises(SourceError, match="cannot be read as PDF"):
        verify(target, book)


def test_lines_that_run_from_right_to_left_are_no_difference_and_their_losses_are(
    write, engine, book, judged
):
    text = "وصل السفير (مساء اليوم)، وكتب في دفتره رقم 12 أن البحر هادئ. " * 3
    other = from_json(to_json(book).replace(b"The Harbour Office", text.encode()))
    edition = write(other, "pdf", engine)
    assert judged(edition, other) == {}
    more = from_json(to_json(other).replace("هادئ".encode(), "هائج".encode(), 1))
    assert judged(edition, more) == {"text-differs": [LETTER]}


def test_numbers_at_the_edge_of_a_table_are_text(write, engine, judged):
    rows = tuple(
        Row((Cell((Paragraph((Text(f"Quay {n}"),)),)), Cell((Paragraph((Text(str(n)),)),))))
        for n in range(10, 20)
    )
    book = Book(
        "Tables", (Part((Document("d", title=(Text("Fares"),), children=(Table(rows),)),)),)
    )
    assert judged(write(book, "pdf", engine), book) == {}


# What glyphs do not tell: order, marks over and under letters, letters that become one glyph.
SHAPED = {
    "Arabic": "وَصَلَ السَّفِيرُ (مَسَاءَ) رقم 12 إِلَى London في عام ١٩٥٢، لَا شَيْءَ.",
    "Hebrew": "הַשַּׁגְרִיר הִגִּיעַ אֶל הָעִיר (אֶתְמוֹל).",
    "both ways": "The pilot wrote الميناء مغلق (closed), then השער סגור in 1952.",
    "Devanagari": "राजदूत शाम को शहर पहुँचे और लिखा कि समुद्र शांत है।",
    "Bengali": "রাষ্ট্রদূত সন্ধ্যায় শহরে পৌঁছেছিলেন।",
    "Thai": "เอกอัครราชทูตเดินทางมาถึงเมืองในตอนเย็นน้ำใส",
    "Japanese": "大使は夕方に到着し、「海は静かだ」と書いた。か\u3099",
    "marks": "Cafe\u0301 x\u0302\u0323 q\u0307 in a box of quinces",
    "emoji": "Boats 🚤 families 👨‍👩‍👧‍👦 flags 🇫🇷 keycap 1️⃣ in 1952",
    "soft hyphens": "An unfor\u00adget\u00adta\u00adble of\u00adfice of\u00adfered butter",
    "directions": "A \u202aquay\u202c \u2066here\u2069 and\u200b there",
}


def _everywhere(text):
    """Return a book with ``text`` in each kind of place, and many times in a paragraph."""
    own = (Text(text),)
    notes = (Note("n", "1", (Paragraph(own),)), Note("m", "2", (Paragraph(own),)))
    children = (
        Heading(own, 1),
        Paragraph((Text(" ".join([text] * 25)),)),
        Paragraph((PageBreak("90"), *own, NoteRef("n"), Text(f" {text}"), NoteRef("m"))),
        Paragraph((SmallCaps(own), Text(" "), Strong(own), Text(" Mr. "), Code(text))),
        Table((Row((Cell((Paragraph(own),)), Cell((Paragraph((Text("12"),)),)))),)),
    )
    comments = (
        Comment("c", (Paragraph(own),), author="Ann", date="2011-03-03T14:05:09"),
        Comment("d", (Paragraph(own),), parent="c", depth=2, author="Bo"),
    )
    document = Document(
        "d", own, number="3", subject=own, children=children, notes=notes, comments=comments
    )
    return Book("Scripts", (Part((document,)),), identifier="urn:example:book")


@pytest.mark.parametrize("script", SHAPED)
def test_writing_that_glyphs_do_not_tell_is_no_difference_and_its_losses_are(
    write, engine, judged, script
):
    book = _everywhere(SHAPED[script])
    edition = write(book, "pdf", engine)
    assert judged(edition, book) == {}
    first = SHAPED[script].split()[0]
    fewer = from_json(to_json(book).replace(f" {first}".encode(), b"", 1))
    assert set(judged(edition, fewer)) <= {"word-added", "text-differs"}
    assert judged(edition, fewer)


@pytest.mark.parametrize("label", ["12–13", "١٢", "一", "p. 7", "[12]", "A long label"])
def test_label_in_any_writing_is_no_difference(write, judged, label):
    text = (Text("The quay is "), PageBreak(label), Text("long."))
    document = Document("d", (Text("Labels"),), children=(Paragraph(text),) * 3)
    book = Book("Labels", (Part((document,)),), identifier="urn:example:book")
    assert judged(write(book, "pdf"), book) == {}


def test_mark_of_any_shape_leads_to_its_note(write, judged):
    marks = ["note 12", "–", "…", "†", "一", "١", "[1]", "²"]
    notes = tuple(Note(mark, mark, (Paragraph((Text("Ibid."),)),)) for mark in marks)
    text = tuple(Paragraph((Text("Word"), NoteRef(mark))) for mark in marks)
    document = Document("d", (Text("Marks"),), children=text, notes=notes)
    book = Book("Marks", (Part((document,)),), identifier="urn:example:book")
    assert judged(write(book, "pdf"), book) == {}


def test_table_wider_than_the_page_is_whole(write, judged):
    cells = tuple(Cell((Paragraph((Text(f"harbour{place}office"),)),)) for place in range(16))
    table = Table((Row(cells),) * 3)
    document = Document("d", (Text("Fares"),), children=(table,))
    book = Book("Tables", (Part((document,)),), identifier="urn:example:book")
    assert judged(write(book, "pdf"), book) == {}


def test_title_that_goes_on_on_a_second_page_is_no_difference(write, judged):
    document = Document("d", (Text("Title"),), children=(Paragraph((Text("Text."),)),))
    title = " ".join(f"word{number}" for number in range(300))
    other = Book(title, (Part((document,)),), authors=("A. Reader",), identifier="urn:example:book")
    options = Options(pdf=PdfOptions(engine="weasyprint", page="A5", large_print=True))
    edition = write(other, "pdf", options)
    assert judged(edition, other) == {}
    assert "word-lost" in judged(edition, replace(other, title=f"{title} more"))


def test_cover_that_goes_on_on_a_second_page_is_no_difference(write, judged):
    document = Document("d", (Text("Title"),), children=(Paragraph((Text("Text."),)),))
    title = " ".join(f"word{number}" for number in range(300))
    other = Book(title, (Part((document,)),), authors=("A. Reader",), identifier="urn:example:book")
    options = Options(pdf=PdfOptions(engine="weasyprint", page="A5", cover=True))
    assert judged(write(other, "pdf", options), other) == {}


def test_cover_of_a_handout_says_what_its_title_page_would_say(write, engine, judged):
    document = Document("d", (Text("Title"),), children=(Paragraph((Text("Text."),)),))
    about = {"authors": ("A. Reader",), "date": "2011-03-01", "rights": "© nobody"}
    other = Book("Book", (Part((document,)),), identifier="urn:example:book", **about)
    options = replace(engine, pdf=replace(engine.pdf, cover=True, layout="handout"))
    assert judged(write(other, "pdf", options), other) == {}


@pytest.mark.parametrize("layout", ["book", "handout", "booklet"])
def test_contents_of_several_pages_are_no_difference(write, engine, judged, layout):
    text = (Paragraph((Text("Text."),)),)
    documents = tuple(
        Document(f"d{place}", (Text(f"Letter {place} to the Board"),), children=text)
        for place in range(60)
    )
    other = Book("Book", (Part(documents),), identifier="urn:example:book")
    options = replace(engine, pdf=replace(engine.pdf, layout=layout, page="A5"))
    assert judged(write(other, "pdf", options), other) == {}


@pytest.mark.parametrize("label", ["–", "", "x\x0by"])
def test_odd_labels_of_pages_are_no_difference(write, engine, judged, label):
    text = (Text("One "), PageBreak(label), Text(" two."))
    document = Document("d", (Text("Title"),), children=(Paragraph(text),))
    other = Book("Book", (Part((document,)),), identifier="urn:example:book")
    assert judged(write(other, "pdf", engine), other) == {}


def test_space_alone_between_a_call_and_a_page_is_no_difference(write, engine, judged):
    text = (Text("line 5"), NoteRef("n"), Text(" "), PageBreak("450"), Text("omit all of it"))
    notes = (Note("n", "6", (Paragraph((Text("Note."),)),)),)
    document = Document("d", (Text("Title"),), children=(Paragraph(text),), notes=notes)
    other = Book("Book", (Part((document,)),), identifier="urn:example:book")
    assert judged(write(other, "pdf", engine), other) == {}


def test_control_characters_in_titles_and_names_are_no_difference(write, engine, judged):
    comments = (Comment("c", (Paragraph((Text("Hear\x0bhear."),)),), author="Bo\x0b B"),)
    document = Document("d", (Text("A\x0cletter"),), authors=("An\x0bn",), comments=comments)
    parts = (Part((document,), "Pa\x0brt"), Part((replace(document, id="e"),)))
    other = Book("Ti\x0btle", parts, authors=("Jo\x1fe",), identifier="urn:example:book")
    assert judged(write(other, "pdf", engine), other) == {}


def test_text_that_reaches_out_of_the_paper_is_named(write, book, judged, tmp_path):
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf/a4.css").write_text(
        "@page { size: 120mm 200mm; margin: 20mm -20mm 20mm 90mm }"
    )
    options = Options(templates=tmp_path, pdf=PdfOptions(engine="weasyprint"))
    assert "text-cut-off" in judged(write(book, "pdf", options), book)


def test_notes_behind_one_that_runs_over_may_begin_where_it_ends(write, judged):
    notes = (
        Note(
            "n1", "1", tuple(Paragraph((Text(f"{part} " * 300),)) for part in ("a", "b", "c", "d"))
        ),
        Note("n2", "2", (Paragraph((Text("Short."),)),)),
    )
    calls = (Text("One"), NoteRef("n1"), NoteRef("n2"), Text(" two."))
    texts = tuple(Paragraph((Text(f"Text {number} " * 60),)) for number in range(20))
    document = Document("d", (Text("T"),), children=(Paragraph(calls), *texts), notes=notes)
    other = Book("Book", (Part((document,)),), identifier="urn:example:book")
    options = Options(pdf=PdfOptions(engine="weasyprint", page="A5"))
    assert judged(write(other, "pdf", options), other) == {}


def test_note_that_waits_for_pages_without_need_is_named(write, judged, tmp_path):
    (tmp_path / "pdf").mkdir()
    late = "@page { @footnote { max-height: 60px } } .footnote { footnote-policy: auto !important }"
    (tmp_path / "pdf/a5.css").write_text(f"@page {{ size: A5 }} {late}")
    names = [f"n{number}" for number in range(9)]
    calls = tuple(part for name in names for part in (Text(f"{name} "), NoteRef(name)))
    notes = tuple(Note(name, "1", (Paragraph((Text("note " * 40),)),)) for name in names)
    texts = tuple(Paragraph((Text(f"Text {number} " * 60),)) for number in range(20))
    document = Document("d", (Text("T"),), children=(Paragraph(calls), *texts), notes=notes)
    other = Book("Book", (Part((document,)),), identifier="urn:example:book")
    options = Options(templates=tmp_path, pdf=PdfOptions(engine="weasyprint", page="A5"))
    assert "note-on-other-page" in judged(write(other, "pdf", options), other)


def test_pages_that_print_another_number_than_their_own_are_named(write, book, judged, tmp_path):
    (tmp_path / "pdf").mkdir()
    other = "@page :left, :right { @bottom-center { content: '7' counter(page) } }"
    (tmp_path / "pdf/book.css").write_text(other)
    options = Options(templates=tmp_path, pdf=PdfOptions(engine="weasyprint"))
    assert "word-added" in judged(write(book, "pdf", options), book)


def test_contents_that_count_title_pages_are_named(write, book, judged, tmp_path):
    (tmp_path / "pdf").mkdir()
    physical = "@page first-part:nth(1 of first-part) { counter-reset: page 3 }"
    (tmp_path / "pdf/book.css").write_text(physical)
    options = Options(templates=tmp_path, pdf=PdfOptions(engine="weasyprint"))
    assert "contents-wrong-page" in judged(write(book, "pdf", options), book)


def test_link_to_another_address_is_named(write, engine, judged, tmp_path):
    link = Link((Text("the register"),), "https://example.org/register")
    book = Book("B", (Part((Document("a", (Text("A"),), children=(Paragraph((link,)),)),)),))
    whole = write(book, "pdf", engine)
    assert judged(whole, book) == {}
    writer = PdfWriter(clone_from=whole)
    for page in writer.pages:
        for note in page.get("/Annots", ()):
            action = note.get_object().get("/A", {})
            if "/URI" in action:
                action[NameObject("/URI")] = TextStringObject("https://example.com/")
    writer.write(tmp_path / "changed.pdf")
    assert set(judged(tmp_path / "changed.pdf", book)) == {"link-lost", "link-added"}


@pytest.mark.parametrize("unseen", [b"BT 1 1 1 rg ", b"BT 3 Tr "])
def test_text_that_leaves_no_colour_on_the_paper_is_lost(changed, unseen):
    def bleach(writer):
        page = next(each for each in writer.pages if "Nobody" in each.extract_text())
        content = page.get_contents().get_data()
        stream = DecodedStreamObject()
        painted = re.sub(rb"(?<!\d)( [\d.]+){3} rg\b|\b[\d.]+ g\b", b"", content)
        stream.set_data(re.sub(rb"\bBT\b", unseen, painted))
        page[NameObject("/Contents")] = writer._add_object(stream)

    assert "word-lost" in changed(bleach)


def test_text_outside_of_what_viewers_show_is_lost(changed):
    def crop(writer):
        page = next(each for each in writer.pages if "Nobody" in each.extract_text())
        page.cropbox = RectangleObject((0, 0, 50, 50))

    assert "word-lost" in changed(crop)


@pytest.mark.parametrize("colour", ["1 1 1", "0 0 0"])
def test_text_that_something_is_painted_over_is_lost(altered, colour):
    def paint(writer, *, behind):
        page = writer.pages[3]
        own = page.get_contents().get_data()
        box = b"q " + colour.encode() + b" rg 0 0 600 900 re f Q\n"
        stream = DecodedStreamObject()
        stream.set_data(box + own if behind else b"q\n" + own + b"\nQ\n" + box)
        page[NameObject("/Contents")] = writer._add_object(stream)

    assert altered(lambda writer: paint(writer, behind=True)) == {}
    assert "word-lost" in altered(lambda writer: paint(writer, behind=False))


def test_text_beside_the_only_part_of_a_page_that_shows_is_lost(altered):
    def clip(writer, *, whole):
        page = writer.pages[3]
        area = b"q 0 0 600 900 re W n\n" if whole else b"q 0 0 30 30 re W n\n"
        stream = DecodedStreamObject()
        stream.set_data(area + page.get_contents().get_data() + b"\nQ")
        page[NameObject("/Contents")] = writer._add_object(stream)

    assert altered(lambda writer: clip(writer, whole=True)) == {}
    assert "word-lost" in altered(lambda writer: clip(writer, whole=False))


def test_page_that_is_turned_is_named(altered):
    def turn(writer):
        writer.pages[3][NameObject("/Rotate")] = NumberObject(180)

    assert altered(turn) == {"page-turned": ["page 4"]}


def test_link_where_the_source_has_none_is_named(altered):
    def add(writer):
        place = [writer.pages[0].indirect_reference, NameObject("/Fit")]
        _lay(writer, 3, Subtype=NameObject("/Link"), Dest=ArrayObject(place))

    assert altered(add) == {"link-added": ["page 4"]}


def _elements(writer, kind):
    """Return the elements of the structure whose kind is like ``kind``, in reading order."""
    found, waiting = [], [writer.root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, ArrayObject):
            waiting += reversed(element)
        elif isinstance(element, DictionaryObject):
            found += [element] if re.fullmatch(kind, element.get("/S", "")) else []
            waiting += [element["/K"]] if "/K" in element else []
    return found


@pytest.mark.parametrize(
    ("kind", "other", "told"),
    [
        (r"/H\d", "/P", "“The lamp” is no heading"),
        (r"/H\d", "/H6", "“The lamp” is a heading of rank 6"),
        ("/P", "/H4", "“It is lit.” is a heading, and none in the source"),
    ],
)
def test_heading_that_is_none_or_of_another_rank_is_named(
    write, engine, tmp_path, kind, other, told
):
    inner = Section((Paragraph((Text("It is lit."),)),), Heading((Text("The lamp"),)))
    letter = Document("d", (Text("A letter"),), children=(inner,))
    part = Part((letter, replace(letter, id="e", title=(Text("Another"),))), "Letters")
    book = Book("Papers", (part,), language="en")
    writer = PdfWriter(clone_from=write(book, "pdf", engine))
    _elements(writer, kind)[-1][NameObject("/S")] = NameObject(other)
    writer.write(tmp_path / "changed.pdf")
    found = [each for each in verify(tmp_path / "changed.pdf", book) if told in each.text]
    assert [each.code for each in found] == ["block-differs"]


@pytest.mark.parametrize("columns", [1, 2])
def test_code_whose_letters_stand_in_addresses_too_is_no_difference(write, engine, judged, columns):
    address = Code("https://lamps.example/" + "shipping/tenders/" * 9)
    names = Code("#ship-tenders-list .lamps-and-ships-alert, " * 12)
    kids = (Paragraph((address, Text(" and "), names)), Paragraph((names,)))
    book = Book("Papers", (Part((Document("d", (Text("D"),), children=kids),)),))
    options = replace(engine, pdf=replace(engine.pdf, columns=columns, page="A5"))
    assert judged(write(book, "pdf", options), book) == {}


def test_headings_of_all_kinds_are_no_difference(write, engine, judged):
    title = (Text("No. 7"), LineBreak(), Emphasis((Text("The lamp"),)), NoteRef("n"))
    kids = (
        Section((Paragraph((Text("One."),)),), Heading((Text("Deep"),), 4)),
        Heading((Text("The oars " * 60), PageBreak("12"), Text("lost")), 2),
        Heading((Text("שלום 12 oars"),), 1),
        Paragraph((Text("The end."),)),
    )
    note = Note("n", "1", (Heading((Text("In a note"),), 1), Paragraph((Text("So."),))))
    untitled = Document("e", children=(Heading((Text("Alone"),), 3), *kids[-1:]))
    book = Book(
        "Papers", (Part((Document("d", title, "7", children=kids, notes=(note,)), untitled)),)
    )
    assert judged(write(book, "pdf", engine), book) == {}


# ------------------------------------------------------------------- what unfolds too far


def _with_stream(whole, target, data, **names):
    """Write an edition with one more stream, which holds ``data`` as it is."""
    writer = PdfWriter(clone_from=whole)
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream.update({NameObject(f"/{key}"): value for key, value in names.items()})
    writer._add_object(stream)
    writer.write(target)
    return target


PACKED = NameObject("/FlateDecode")


def test_stream_that_unfolds_beyond_the_limit_is_not_read(whole, tmp_path):
    bomb = zlib.compress(bytes(70 << 20))
    broken = _with_stream(whole, tmp_path / "bomb.pdf", bomb, Filter=PACKED)
    with pytest.raises(SourceError, match=r"more than is safe to read.*--limit package-text="):
        judge(broken, None)
    assert judge(broken, None, Limits(package_text=100 << 20)).format == "pdf"


def test_all_streams_together_do_not_unfold_beyond_the_limit(whole):
    with pytest.raises(SourceError, match="--limit package-size="):
        judge(whole, None, Limits(package_size=10_000))


def test_stream_that_is_packed_twice_is_not_read(whole, tmp_path):
    twice = zlib.compress(zlib.compress(b"x"))
    filters = ArrayObject((PACKED, PACKED))
    broken = _with_stream(whole, tmp_path / "twice.pdf", twice, Filter=filters)
    with pytest.raises(SourceError, match="packed more than once"):
        judge(broken, None)


def test_attached_pages_of_a_booklet_unfold_no_farther_either(whole, tmp_path):
    inner = _with_stream(
        whole, tmp_path / "bomb.pdf", zlib.compress(bytes(70 << 20)), Filter=PACKED
    )
    packed = zlib.compress(inner.read_bytes())
    broken = _with_stream(whole, tmp_path / "outer.pdf", packed, Filter=PACKED)
    with pytest.raises(SourceError, match="more than is safe to read"):
        judge(broken, None)


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_a_note_at_the_end_that_runs_over_is_read_past_the_notes_at_the_foot(write, judged, engine):
    called = Note("n1", "1", (Paragraph((Text("Called."),)),))
    long = tuple(
        Paragraph((Text(f"Paragraph {place} of what nobody calls. " * 9),)) for place in range(9)
    )
    text = (Paragraph((Text("Text."), NoteRef("n1"))),)
    document = Document("d", (Text("Title"),), children=text, notes=(called, Note("n2", "2", long)))
    book = Book("The Book", (Part((document,)),), identifier="urn:example:book")
    pdf = PdfOptions(engine=engine, page="A5")
    assert judged(write(book, "pdf", Options(pdf=pdf)), book) == {}


def test_links_lead_to_the_column_that_they_name_though_the_other_begins_higher():
    content = Content(words("en"))
    heights = {"left": (46.0, 491.0), "right": (232.5, 494.8), "below": (46.0, 414.0)}
    content.block_spots += (Placed(Spot(1, *at), key) for key, at in heights.items())
    targets = Targets(content, above=ABOVE)
    assert targets.block(Spot(1, 46.0, 506.1)) == "left"
    assert targets.block(Spot(1, 232.0, 506.1)) == "right"
