"""A document's head, text and thread as XHTML."""

import re

import pytest

from converter.model import Comment, Document, Heading, Note, NoteRef, Paragraph, Section, Text

IN_REPLY_TO = "[contains(@class, 'in-reply-to')]"


def paragraph(text):
    return Paragraph((Text(text),))


def comment(name, parent=None, depth=1, **fields):
    return Comment(name, (paragraph(f"text of {name}"),), parent, depth, **fields)


def thread(desk, *comments, **fields):
    return desk.write(Document("post", title=(Text("Post"),), comments=comments, **fields)).only


def test_number_and_title_make_the_heading_and_the_subject_stands_below(desk):
    memo = Document(
        "memo", (Text("Letter to the Board"),), "7", (Text("Oil"),), (paragraph("Tin box"),)
    )
    page = desk.write(memo).only
    (head,) = desk.find(page, "//h:header")
    assert desk.text_of(head, generated=False) == "Tin box 7. Letter to the Board Oil"
    assert desk.text_of(desk.find(head, "h:h1")[0]) == "7. Letter to the Board"


def test_the_call_of_a_note_in_the_title_is_in_the_heading_and_nowhere_else(desk):
    memo = Document(
        "memo",
        (Text("Letter"), NoteRef("n1")),
        "7",
        notes=(Note("n1", "99", (paragraph("Note."),)),),
    )
    edition = desk.write(memo, title="Letter")
    assert len(desk.find(edition.only, "//h:h1//h:a")) == 1
    (nav,) = desk.find(edition.tree("nav.xhtml"), "//h:nav[@id='toc']//h:a")
    (title,) = desk.find(edition.only, "//h:title")
    assert nav.text == title.text == "7. Letter"
    assert "99" not in desk.text_of(edition.tree("toc.ncx"))


def test_a_document_without_a_title_is_listed_by_its_first_words(desk):
    text = "The keeper wrote to the board that the lamp was out"
    edition = desk.write(Document("memo", children=(paragraph(text),)))
    (link,) = desk.find(edition.tree("nav.xhtml"), "//h:nav[@id='toc']//h:a")
    assert link.text == "The keeper wrote to the board that the …"


def test_headings_skip_no_rank(desk):
    inner = Section((Heading((Text("Loud"),), 4),), Heading((Text("Inner"),)))
    children = (Heading((Text("A"),), 3), inner)
    page = desk.write(Document("memo", (Text("Title"),), children=children)).only
    ranks = [re.sub("{.*}", "", element.tag) for element in desk.find(page, "//h:section//*")]
    assert [rank for rank in ranks if rank.startswith("h") and rank != "header"] == [
        "h1",
        "h2",
        "h2",
        "h3",
    ]


def test_replies_are_articles_in_the_article_that_they_answer(desk):
    comments = [("a", None), ("b", "a"), ("c", "b"), ("d", "a"), ("e", None)]
    page = thread(desk, *[comment(name, parent) for name, parent in comments])
    above = "ancestor::h:article[1]/@id"
    parents = {
        article.get("id"): (desk.find(article, above) or [None])[0]
        for article in desk.find(page, "//h:article")
    }
    assert parents == {
        "comment-a": None,
        "comment-b": "comment-a",
        "comment-c": "comment-b",
        "comment-d": "comment-a",
        "comment-e": None,
    }


def test_comments_deeper_than_twelve_levels_stand_level_and_say_what_they_answer(desk):
    chain = [comment("c1", author="Reader 1")]
    chain += [comment(f"c{n}", f"c{n - 1}", n, author=f"Reader {n}") for n in range(2, 31)]
    page = thread(desk, *chain)
    depths = [
        len(desk.find(article, "ancestor-or-self::h:article"))
        for article in desk.find(page, "//h:article")
    ]
    assert depths == [*range(1, 13), *[12] * 18]
    (link,) = desk.find(page, f"//h:article[@id='comment-c30']//h:span{IN_REPLY_TO}/h:a")
    assert link.get("href") == "#comment-c29"
    assert link.text == "Reader 29 (1.1.1.1.1.1.1.1.1.1.1.1+17)"


def test_an_orphan_stands_at_its_depth_but_not_in_a_strangers_level(desk):
    page = thread(
        desk,
        comment("a"),
        comment("b", "a", 2),
        comment("o", None, 3, orphan=True),
        comment("p", "o", 4),
        comment("c", "a", 2),
    )
    (orphan,) = desk.find(page, "//h:article[@id='comment-o']")
    above = orphan.getparent()
    assert above.get("class") == "level"
    assert above.getparent().get("id") == "comment-a"
    assert "The comment it answers is missing from the source." in desk.text_of(orphan)
    (reply,) = desk.find(page, "//h:article[@id='comment-p']")
    assert reply.getparent() is orphan
    (later,) = desk.find(page, "//h:article[@id='comment-c']")
    assert later.getparent().get("id") == "comment-a"
    assert desk.find(page, "//h:article/@id") == [f"comment-{name}" for name in "abopc"]


def test_a_thread_says_how_many_comments_are_missing(desk):
    page = thread(desk, comment("a"), declared_comments=3)
    (line,) = desk.find(page, "//h:p[contains(@class, 'declared')]")
    assert line.text == "1 of the 3 comments that the source announces"


def test_a_thread_in_several_files_goes_on_at_its_depth(desk):
    words = "word " * 30_000
    chain = [Comment("c1", (paragraph(words),))]
    chain += [Comment(f"c{n}", (paragraph(words),), f"c{n - 1}", n) for n in range(2, 5)]
    edition = desk.write(Document("post", comments=tuple(chain)))
    tree = edition.chapters["0001-post-3.xhtml"]
    (article, *_) = desk.find(tree, "//h:article")
    level = article.get("id").removeprefix("comment-c")
    assert len(desk.find(article, "ancestor::h:div[@class='level']")) == int(level) - 1
    (link,) = desk.find(article, f"h:p/h:span{IN_REPLY_TO}/h:a")
    assert edition.target("0001-post-3.xhtml", link.get("href")).tag.endswith("article")


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("he-IL", "rtl"), ("fr", None)])
def test_texts_of_right_to_left_languages_run_from_right_to_left(desk, language, direction):
    page = desk.write(Document("memo", language=language)).only
    assert page.get("lang") == language
    assert page.get("dir") == direction


def test_a_text_without_a_language_has_the_books_and_runs_as_its_letters_do(desk):
    arabic = Document("memo", children=(paragraph("وصل السفير إلى المدينة"),))
    page = desk.write(arabic, language="en").only
    assert page.get("lang") == "en"
    assert page.get("dir") == "rtl"
