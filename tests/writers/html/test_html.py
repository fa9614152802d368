"""The page: all in one file, notes that pop up, threads that fold, nothing run, nothing loaded."""

import pytest
from lxml import etree

from converter.errors import UsageError
from converter.model import (
    Book,
    Comment,
    Document,
    Image,
    Link,
    Math,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Section,
    Text,
)
from converter.options import Options
from converter.report import Report
from converter.verify import verify
from converter.writers.html import write


@pytest.fixture
def page(tmp_path):
    """Return a function that writes documents as a page and returns its tree and the report."""

    def page(*documents, title="The Ferry Papers", **fields):
        report = Report()
        target = tmp_path / "page.html"
        write(Book(title, (Part(documents),), **fields), target, report, options=Options())
        tree = etree.fromstring(target.read_bytes(), etree.HTMLParser(encoding="utf-8"))
        return tree, report

    return page


def texts(*parts):
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def comment(name, parent=None):
    return Comment(name, (texts(f"I am {name}."),), parent=parent)


def test_a_book_of_everything_is_whole_and_the_same_twice(torture, tmp_path):
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    for target in (one, two):
        write(torture, target, Report(), options=Options())
    assert verify(one, torture) == ()
    assert one.read_bytes() == two.read_bytes()


def test_call_is_a_link_and_a_button_that_lets_the_note_pop_up(page):
    tree, _ = page(
        Document(
            "letter",
            children=(texts("Dawn", NoteRef("n"), " and dusk", NoteRef("n"), "."),),
            notes=(Note("n", "*", (texts("Not printed."),)),),
        )
    )
    links = tree.findall(".//a[@role='doc-noteref']")
    assert [(link.text, link.get("href")) for link in links] == [("*", "#d1-n1")] * 2
    buttons = [button.get("popovertarget") for button in tree.iter("button")]
    assert buttons == ["d1-n1", "d1-n1"]
    (note,) = tree.iter("aside")
    assert (note.get("id"), note.get("popover")) == ("d1-n1", "auto")
    back = [link.get("href") for link in note.findall(".//a[@role='doc-backlink']")]
    assert back == [f"#{link.get('id')}" for link in links]


def test_formulas_are_set_with_their_source_beside_them(page):
    formulas = (Math("x^2"), Math(r"\frac{a}{b} < 1", display=True), Math(r"\input{x}"))
    tree, report = page(Document("letter", children=(texts("Let ", *formulas),)))
    shown = [(each.get("display"), each.get("alttext")) for each in tree.iter("math")]
    assert shown == [("inline", "x^2"), ("block", r"\frac{a}{b} < 1")]
    assert [each.text for each in tree.iter("annotation")] == ["x^2", r"\frac{a}{b} < 1"]
    assert [each.text for each in tree.iter("code")] == [r"\input{x}"]
    assert [message.code for message in report.messages] == ["formula-as-source"]


def test_note_that_nobody_calls_is_no_popover(page):
    tree, _ = page(Document("letter", notes=(Note("n", "†", (texts("On the back."),)),)))
    (note,) = tree.iter("aside")
    assert note.get("popover") is None


def test_call_of_a_note_that_is_not_there_is_reported(page):
    _, report = page(Document("letter", children=(texts("Dawn", NoteRef("gone")),)))
    assert [message.code for message in report.messages] == ["missing-note"]


def test_replies_fold_and_say_how_many_they_are(page):
    thread = (comment("a"), comment("b", "a"), comment("c", "b"), comment("d", "a"), comment("e"))
    tree, _ = page(Document("post", comments=thread))
    folds = [
        (fold.getparent().get("id"), fold.find("summary").text) for fold in tree.iter("details")
    ]
    assert folds == [("d1-c1", "3 replies"), ("d1-c2", "1 reply")]
    assert all(fold.get("open") is not None for fold in tree.iter("details"))


def test_comment_below_a_missing_one_stands_on_its_level(page):
    lost = Comment("b", (texts("Which uncle?"),), depth=2, orphan=True)
    tree, _ = page(Document("post", comments=(comment("a"), lost)))
    assert tree.find(".//div[@class='level']/article").get("id") == "d1-c2"


def test_page_of_the_source_is_named_for_eye_and_ear(page):
    breaks = (PageBreak("90"), PageBreak("[91]"), PageBreak(""), PageBreak("90"))
    tree, _ = page(Document("letter", children=(texts(*breaks),)))
    marks = tree.findall(".//span[@role='doc-pagebreak']")
    assert [mark.get("title") for mark in marks] == ["90", "[91]", "", "90"]
    assert marks[2].get("aria-label") == "unnumbered page"
    assert len({mark.get("id") for mark in marks}) == 4


def test_document_of_its_own_has_no_title_page_and_no_contents(page):
    tree, _ = page(Document("letter", (Text("The tolls of winter"),)), title="The tolls of winter")
    assert ["".join(each.itertext()) for each in tree.iter("h1")] == ["The tolls of winter"]
    assert tree.find(".//nav") is None


def test_rights_of_a_document_of_its_own_are_printed(page):
    tree, _ = page(Document("a", (Text("Tolls"),)), title="Tolls", rights="CC0 1.0")
    assert tree.find(".//p[@class='rights']").text == "CC0 1.0"


def test_book_has_contents_that_lead_to_its_documents(page):
    tree, _ = page(Document("a", (Text("Dawn"),)), Document("b", comments=(comment("c"),)))
    links = [(link.text, link.get("href")) for link in tree.iterfind(".//nav//a")]
    assert links == [("Dawn", "#d1"), ("b", "#d2"), ("Comments", "#d2-comments")]


def test_section_without_heading_is_a_plain_division(page):
    tree, _ = page(Document("a", (Text("Dawn"),), children=(Section((texts("Fog."),)),)))
    assert tree.find(".//div[@class='section']/p").text == "Fog."


def test_language_and_direction_are_those_of_the_document(page):
    tree, _ = page(Document("a", (Text("ערב"),), language="he"))
    assert (tree.get("lang"), tree.get("dir")) == ("he", "rtl")
    assert tree.find(".//section[@id='d1']").get("dir") == "rtl"


def test_characters_that_no_page_may_hold_are_replaced(page):
    tree, _ = page(Document("a", children=(texts("a\x85b\ufdd0c\U0001fffed\x00e"),)))
    assert tree.find(".//div[@class='text']/p").text == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_picture_is_in_the_page_itself(page):
    ferry = Picture("image-0a.gif", "image/gif", b"GIF89a")
    tree, _ = page(
        Document("a", children=(texts(Image(ferry.name, "A ferry")),), pictures=(ferry,)),
        Document("b", children=(texts(Image("gone.png", "An oar")),)),
    )
    (image,) = tree.iter("img")
    assert image.get("alt") == "A ferry"
    assert image.get("src") == "data:image/gif;base64,R0lGODlh"
    assert tree.find(".//span[@class='missing-image']").text == "An oar"


def test_address_that_is_none_is_reported_and_no_link(page):
    tree, report = page(
        Document(
            "a",
            children=(
                texts(
                    Link((Text("Ann"),), "javascript:x"),
                ),
            ),
        )
    )
    assert tree.find(".//div[@class='text']/p").text == "Ann"
    assert [message.code for message in report.messages] == ["bad-address"]


def test_template_of_the_user_takes_the_place_of_ours(tmp_path):
    folder = tmp_path / "looks" / "html"
    folder.mkdir(parents=True)
    (folder / "style.css").write_text("p { color: teal; }", encoding="utf-8")
    book = Book("Tolls", (Part((Document("a"),)),))
    target = tmp_path / "page.html"
    write(book, target, Report(), options=Options(templates=tmp_path / "looks"))
    assert "p { color: teal; }" in target.read_text(encoding="utf-8")
    (folder / "page.xhtml").write_text("<html>", encoding="utf-8")
    with pytest.raises(UsageError, match="is not well-formed XML"):
        write(book, target, Report(), options=Options(templates=tmp_path / "looks"))
