"""Markdown editions are read back as the books they are, also after people have edited them."""

import pytest

from converter import pipeline
from converter.errors import SourceError
from converter.model import (
    Book,
    Cell,
    Comment,
    Document,
    Heading,
    Image,
    Note,
    NoteRef,
    Paragraph,
    Part,
    Picture,
    Reference,
    Row,
    Section,
    Table,
    Text,
)
from converter.options import MarkdownOptions, Options
from converter.readers.markdown import edition, tree
from converter.report import Report
from converter.source import Source, open_source
from converter.walk import plain_text

PICTURE = Picture("image-0123456789abcdef.png", "image/png", b"\x89PNG lamp")


def paragraph(*children):
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in children))


def book(*parts, **fields):
    return Book("Lamps", parts, language="en", identifier="x:1", **fields)


def read(path):
    readings = list(pipeline.read(open_source(path)))
    return pipeline.book_read(readings)


def written(bound, target, **options):
    markdown = MarkdownOptions(**options)
    pipeline.write(bound, target, "markdown", Report(), Options(markdown=markdown))
    return target


def text_read(text):
    """Return the document in an edition with this text behind its front matter."""
    data = f'---\nedition: markdown\ntitle: "Lamps"\nid: "memo"\n---\n\n{text}'.encode()
    (reading,) = pipeline.read(Source("memo.md", data))
    assert reading.reader == "markdown"
    return reading.document


MEMO = Document(
    "memo 25",
    title=(Text("Memo"), NoteRef("fn 1", confidence=0.5)),
    number="25",
    children=(
        paragraph("See ", Reference((Text("the post"),), "post"), Image(PICTURE.name, "A lamp")),
    ),
    notes=(Note("fn 1", "†", (paragraph("Not found."),)), Note("fn 2", "2", ())),
    pictures=(PICTURE,),
    source="memo.txt",
)
POST = Document(
    "post",
    children=(paragraph("Trim the ", Reference((Text("wick"),), "memo 25", note="fn 1"), "."),),
    comments=(
        Comment("c1", (paragraph("Yes."),), author="Ann; the cat"),
        Comment("c2", (paragraph("No."),), parent="c1", depth=2, date="2011-03-03T14:05"),
    ),
    authors=("Bo; & Co.", "Cy"),
)
PARTS = (
    Part((), "Papers"),
    Part((MEMO,), "Memoranda", 2),
    Part((POST,)),
    Part((Document("lamps", title=(Text("Lamps"),)),), "Lamps"),
    Part((Document("oil"),), level=1),
)


@pytest.mark.parametrize("folder", [False, True])
def test_a_book_in_parts_is_read_back_from_a_file_and_from_a_folder(folder, tmp_path):
    bound = book(*PARTS, authors=("Ann",), rights="Nobody’s")
    target = written(bound, tmp_path / "book.md", folder=folder)
    assert read(target / "index.md" if folder else target) == bound


def test_a_part_around_one_document_is_kept(tmp_path):
    bound = book(Part((MEMO,), "Memoranda"))
    assert read(written(bound, tmp_path / "book.md")) == bound


def test_nothing_of_a_folder_is_read_twice_and_what_changes_is_read_anew(tmp_path, monkeypatch):
    asked = []

    def parse(texts, name):
        asked.extend(texts)
        return tree.parse(texts, name)

    monkeypatch.setattr(edition, "parse", parse)
    folder = written(book(*PARTS), tmp_path / "book", folder=True)
    bound = read(folder / "index.md")
    assert len(asked) == 1 + len(bound.documents)
    post = folder / "post.md"
    post.write_text(post.read_text(encoding="utf-8").replace("Trim", "Turn"), encoding="utf-8")
    changed = read(folder / "index.md").documents[1]
    assert plain_text(changed.children) == "Turn the wick."


def test_a_file_of_a_folder_is_read_alone_too(tmp_path):
    folder = written(book(*PARTS), tmp_path / "book", folder=True)
    (document,) = read(folder / "post.md").documents
    assert document.comments == POST.comments
    assert document.authors == POST.authors


def test_an_index_that_names_a_file_which_is_gone_says_so(tmp_path):
    folder = written(book(*PARTS), tmp_path / "book", folder=True)
    (folder / "post.md").unlink()
    with pytest.raises(SourceError, match=r"the index names post\.md, which is not there"):
        read(folder / "index.md")


def test_notes_that_people_add_need_a_label_and_no_more():
    document = text_read("One[^a] two[^2] three[^a].\n\n[^2]: - Oil\n\n[^a]: Lamp\n\n[^9]: Loose\n")
    labels = [(note.id, note.label) for note in document.notes]
    assert labels == [("n1", "2"), ("n2", "a"), ("n3", "9")]
    (text,) = document.children
    assert [node.note for node in text.children if isinstance(node, NoteRef)] == ["n2", "n1", "n2"]


def test_code_that_looks_like_the_definition_of_a_note_stays_code():
    document = text_read("```text\n[^1]: no note\n```\n")
    assert document.notes == ()
    assert document.children[0].text == "[^1]: no note"


def test_plain_headings_and_paragraphs_are_read_as_such():
    document = text_read("## Title\n\nIt's “so”.\n\n### Below\n\n::: {.mine}\nText\n:::\n")
    assert document.title == (Text("Title"),)
    assert document.children == (
        paragraph("It's “so”."),
        Heading((Text("Below"),)),
        paragraph("Text"),
    )


def test_markup_that_is_no_markdown_is_kept_as_code():
    document = text_read("a <b>c</b>\n\n<!-- remark -->\n\n<table><tr></tr></table>\n")
    assert [getattr(block, "language", "") for block in document.children] == ["", *["html"] * 4]


def test_a_section_without_a_heading_may_begin_with_one(tmp_path):
    inner = Section((Heading((Text("A"),)),), None)
    outer = Section((inner,), Heading((Text("B"),)), "attachment")
    bound = book(Part((Document("d", children=(outer,)),)))
    assert read(written(bound, tmp_path / "book.md")) == bound


def test_tables_keep_cells_that_no_grid_shows(tmp_path):
    crooked = Table((Row((Cell((paragraph("a"),), colspan=3),)), Row((Cell((), header=True),))))
    straight = Table((Row((Cell((paragraph("a"),), True),)), Row((Cell((paragraph("b"),), True),))))
    bound = book(Part((Document("d", children=(crooked, straight, Table(()))),)))
    assert read(written(bound, tmp_path / "book.md")) == bound


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("::: {#c1 .comment}\n[x]{.likes count=many}\n:::\n", "has been changed such that"),
        ("> " * 1200 + "x\n", "nests too deep"),
    ],
)
def test_an_edition_that_cannot_be_read_says_why(text, message):
    with pytest.raises(SourceError, match=message):
        text_read(text)


def test_other_markdown_is_left_to_pandoc():
    (reading,) = pipeline.read(Source("memo.md", b"# Title\n\nText[^1]\n\n[^1]: Note\n"))
    assert reading.reader == "pandoc"
