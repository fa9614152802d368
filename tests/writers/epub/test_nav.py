"""The ways into the book."""

from converter.model import Book, Comment, Document, PageBreak, Paragraph, Part, Text


def document(name, *children, **fields):
    return Document(name, title=(Text(name.title()),), children=children, **fields)


def outline(desk, listing=()):
    return [
        (
            desk.text_of(item[0]),
            item[0].get("href"),
            outline(desk, item[1]) if len(item) > 1 else [],
        )
        for item in listing
    ]


def contents(desk, edition):
    (listing,) = desk.find(edition.tree("nav.xhtml"), "//h:nav[@id='toc']/h:ol")
    return outline(desk, listing)


def pages(desk, edition):
    links = desk.find(edition.tree("nav.xhtml"), "//h:nav[@role='doc-pagelist']//h:a")
    return [(link.text, link.get("href")) for link in links]


def test_contents_hold_parts_chapters_documents_and_comments(desk):
    post = document("post", comments=(Comment("c1", (Paragraph((Text("Well."),)),)),))
    book = Book(
        "A Book",
        (
            Part((document("preface"),)),
            Part((), "One"),
            Part((document("memo"),), "Chapter", level=2),
            Part((post,), "Two"),
        ),
    )
    assert contents(desk, desk.write_book(book)) == [
        ("Preface", "0001-preface.xhtml", []),
        ("One", "part-02.xhtml", [("Chapter", "part-03.xhtml", [("Memo", "0002-memo.xhtml", [])])]),
        (
            "Two",
            "part-04.xhtml",
            [("Post", "0003-post.xhtml", [("Comments", "0003-post.xhtml#comments", [])])],
        ),
    ]


def test_contents_name_a_part_and_the_introduction_under_its_title_once(desk, epubcheck):
    book = Book(
        "A Book",
        (
            Part((document("lamps"), document("memo")), "Lamps"),
            Part((document("oil"),), "Oil and Wicks"),
        ),
        language="en",
    )
    edition = desk.write_book(book)
    assert contents(desk, edition) == [
        ("Lamps", "part-01.xhtml", [("Memo", "0002-memo.xhtml", [])]),
        ("Oil and Wicks", "part-02.xhtml", [("Oil", "0003-oil.xhtml", [])]),
    ]
    assert "0001-lamps.xhtml" in edition.spine
    assert epubcheck(edition) == []


def test_the_contents_for_old_readers_are_the_same(desk):
    edition = desk.write_book(Book("A Book", (Part((document("memo"),), "One"),)))
    ncx = edition.tree("toc.ncx")
    assert desk.find(ncx, "//ncx:content/@src") == ["part-01.xhtml", "0001-memo.xhtml"]
    (point,) = desk.find(ncx, "/ncx:ncx/ncx:navMap/ncx:navPoint/ncx:navPoint")
    assert desk.text_of(point) == "Memo"


def test_a_part_has_a_page_of_its_own(desk):
    edition = desk.write_book(Book("A Book", (Part((document("memo"),), "Letters & Memos"),)))
    assert edition.spine[-2:] == ["part-01.xhtml", "0001-memo.xhtml"]
    (heading,) = desk.find(edition.tree("part-01.xhtml"), "//h:h1")
    assert heading.text == "Letters & Memos"


def test_the_page_list_has_all_pages_in_reading_order_whatever_their_labels(desk):
    edition = desk.write(
        document("one", PageBreak("xii"), PageBreak("1"), PageBreak("1")),
        document("two", PageBreak("1"), PageBreak(""), PageBreak("[2]")),
    )
    assert pages(desk, edition) == [
        ("xii", "0001-one.xhtml#page-xii"),
        ("1", "0001-one.xhtml#page-1"),
        ("1", "0001-one.xhtml#page-1.2"),
        ("1", "0002-two.xhtml#page-1"),
        ("unnumbered page", "0002-two.xhtml#page-unnumbered"),
        ("[2]", "0002-two.xhtml#page-2"),
    ]


def test_a_book_without_pages_has_no_page_list(desk):
    assert pages(desk, desk.write(document("one"))) == []


def test_landmarks_lead_to_cover_title_page_contents_and_text(desk):
    edition = desk.write(document("one"))
    links = desk.find(edition.tree("nav.xhtml"), "//h:nav[@id='landmarks']//h:a")
    assert [link.get("href") for link in links] == [
        "cover.xhtml",
        "title.xhtml",
        "nav.xhtml#toc",
        "0001-one.xhtml",
    ]
