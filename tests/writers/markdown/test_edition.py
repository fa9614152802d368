"""The whole edition: metadata, pages, references, one file or many, the same each time."""

import pytest
from msgspec.structs import replace

from converter.model import (
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Figure,
    Image,
    List,
    ListItem,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
)


def paragraph(*children):
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in children))


MEMO = Document(
    "memo-25",
    title=(Text("Memo *to* file"),),
    number="25",
    subject=(Text("Trade"),),
    children=(paragraph("One", PageBreak("90"), " two."), PageBreak("91"), paragraph("Three.")),
    authors=("Ann",),
    date="1983-03-01",
    tags=("trade", "talks"),
    declared_comments=3,
    source="/archive/memo-25.txt",
)


def test_front_matter_has_the_metadata(desk):
    text = desk.write(MEMO, language="en", rights="Public domain", identifier="urn:uuid:1")
    assert text.split("---\n")[1].splitlines() == [
        "edition: markdown",
        r'title: "Memo \\*to\\* file"',
        'id: "memo-25"',
        'number: "25"',
        'subject: "Trade"',
        'author: ["Ann"]',
        'date: "1983-03-01"',
        'lang: "en"',
        'rights: "Public domain"',
        'identifier: "urn:uuid:1"',
        'tags: ["trade", "talks"]',
        'source: "memo-25.txt"',
        "declared-comments: 3",
        "document:",
        '  lang: ""',
        "book:",
        '  title: "A book"',
        "  author: []",
        '  date: ""',
    ]


def test_front_matter_of_a_forge_is_plain_and_leaves_the_title_to_the_heading(desk):
    text = desk.write(replace(MEMO, collection="Memos *to* file"), flavour="gfm")
    assert '\ncollection: "Memos *to* file"\n' in text
    assert "\ntitle: " not in text
    assert "\n# 25. Memo \\*to\\* file\n" in text


def test_a_title_that_something_stands_above_is_in_the_front_matter(desk):
    text = desk.write(replace(MEMO, front=(paragraph("File 7"),)), flavour="gfm")
    assert '\ntitle: "Memo *to* file"\n' in text
    assert "\nFile 7\n\n## 25. Memo \\*to\\* file\n" in text


def test_pages_are_empty_spans_within_a_sentence_and_between_paragraphs(desk):
    text = desk.write(MEMO)
    assert 'One[]{#page-90 .pagebreak title="90"} two.' in text
    assert '\n\n[]{#page-91 .pagebreak title="91"}\n\n' in text


def test_pages_on_a_forge_are_labels_in_code(desk):
    text = desk.write(MEMO, flavour="gfm")
    assert "One`[90]` two." in text
    assert "\n\n`[91]`\n\n" in text
    assert "<" not in text


def test_code_that_looks_like_a_page_is_none_on_a_forge(desk):
    text = desk.write(Document("d", children=(paragraph(Code("[90]")),)), flavour="gfm")
    assert "\n\\[90\\]\n" in text


def test_pages_on_a_forge_that_references_lead_to_have_an_anchor(desk):
    to = paragraph(Reference((Text("page"),), "memo-25", page="91"))
    text = desk.write(MEMO, Document("post", children=(to,)), flavour="gfm")
    assert '\n\n<a id="page-91"></a>`[91]`\n\n' in text
    assert "[page](#page-91)" in text


def test_a_page_label_that_returns_has_an_id_of_its_own(desk):
    text = desk.write(MEMO, Document("memo-26", children=(PageBreak("90"),)))
    assert "{#page-90 " in text
    assert "{#page-90-2 " in text


def test_references_lead_to_documents_pages_and_notes_of_the_same_file(desk):
    to = (
        Reference((Text("memo"),), "memo-25"),
        Reference((Text("page"),), "memo-25", page="91"),
        Reference((Text("note"),), "post", note="n1"),
        Reference((Text("nothing"),), "lost"),
    )
    post = Document("post", children=(paragraph(*to, NoteRef("n1")),), notes=(Note("n1", "1", ()),))
    text = desk.write(MEMO, post)
    assert "[memo](#memo-25)[page](#page-91)[note](#post-n1)" in text
    assert '[nothing]{.link\ndocument="lost"}' in text
    assert "::: {#memo-25 .document" in text
    assert "[]{#post-n1 .mark" in text


def test_a_folder_has_a_file_a_document_and_an_index(desk):
    post = Document("post", children=(paragraph(Reference((Text("m"),), "memo-25", page="91")),))
    files = desk.write_folder(MEMO, post)
    assert list(files) == ["index.md", "memo-25.md", "post.md"]
    assert "[m](memo-25.md#page-91)" in files["post.md"]
    assert r"- [25. Memo \*to\* file](memo-25.md)" in files["index.md"]
    assert "- [post](post.md)" in files["index.md"]


def test_contents_name_a_part_and_the_introduction_under_its_title_once(desk):
    documents = [Document(name.lower(), title=(Text(name),)) for name in ("Lamps", "Memo")]
    index = desk.write_folder(*documents, part="Lamps")["index.md"]
    assert "\n- [[Lamps](lamps.md)]{.part}\n  - [Memo](memo.md)\n" in index


def test_several_documents_for_a_forge_begin_with_a_contents_list(desk):
    text = desk.write(MEMO, Document("post", title=(Text("Post"),)), flavour="gfm")
    assert "- [Post](#post)" in text
    assert '\n## <a id="post"></a>Post\n' in text


def test_cells_of_several_blocks_stay_whole_for_pandoc_and_on_one_line_for_a_forge(desk):
    cells = (Cell((paragraph("A"), paragraph("B|b", NoteRef("n1"))), colspan=2), Cell(()))
    rows = (Row(cells), Row(tuple(Cell((paragraph(each),)) for each in "xyz")))
    document = Document("d", children=(Table(rows),), notes=(Note("n1", "1", (paragraph("N"),)),))
    assert r"| A<br>B\|b[^1] |     |     |" in desk.write(document, flavour="gfm")
    text = desk.write(document)
    (table,) = desk.nodes(text, "Table")
    (body,) = table["c"][4]
    assert [cell[3] for cell in body[3][0][1]] == [2, 1]
    assert len(desk.nodes(text, "Note")) == 1


def test_list_marks_that_markdown_cannot_number_stand_in_the_text(desk):
    items = tuple(ListItem((paragraph("x"),), marker=mark) for mark in ("a)", "c)"))
    text = desk.write(Document("d", children=(List(items, ordered=True),)))
    assert "- [a)]{.marker} x\n- [c)]{.marker} x" in text


def test_numbers_of_the_source_are_the_numbers_of_the_list(desk):
    items = tuple(ListItem((paragraph("x"),), marker=mark) for mark in ("3)", "4)"))
    text = desk.write(Document("d", children=(List(items, ordered=True),)))
    assert "3) x\n4) x" in text


def test_code_keeps_its_fences_whatever_it_holds(desk):
    code = "a\n```\n:::\n[^1]\n"
    text = desk.write(Document("d", children=(CodeBlock(code),)))
    (found,) = desk.nodes(text, "CodeBlock")
    assert found["c"][1].rstrip("\n") == code.rstrip("\n")


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_the_same_book_makes_the_same_bytes(desk, torture, flavour):
    assert desk.write(*torture.documents, flavour=flavour) == desk.write(
        *torture.documents, flavour=flavour
    )


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_every_page_label_is_there_once(desk, flavour):
    text = desk.write(MEMO, flavour=flavour)
    for label in ("90", "91"):
        assert text.count(f'title="{label}"' if flavour == "markdown" else f"`[{label}]`") == 1


def test_item_without_a_mark_among_marked_ones_keeps_its_number(desk):
    items = (ListItem((paragraph("apples"),)), ListItem((paragraph("pears"),), marker="b)"))
    document = Document("d", children=(List(items, ordered=True, start=3),))
    assert "- [3.]{.number} apples\n- [b)]{.marker} pears" in desk.write(document)
    cell = Table((Row((Cell((List((items[0],), ordered=True, start=3),)),)),))
    assert "| 3.<br>apples |" in desk.write(Document("d", children=(cell,)), flavour="gfm")


def test_caption_stands_above_its_table_on_a_forge(desk):
    table = Table((Row((Cell((paragraph("a"),)),)),), caption=(Text("Fares"),))
    text = desk.write(Document("d", children=(table,)), flavour="gfm")
    assert text.index("Fares") < text.index("| a")


def test_a_reference_to_the_only_document_of_a_file_is_no_link(desk):
    memo = Document("memo", children=(paragraph("see ", Reference((Text("above"),), "memo"), "."),))
    assert "see above." in desk.write(memo, flavour="gfm")
    assert 'see [above]{.link document="memo"}.' in desk.write(memo)


def test_what_a_term_without_words_means_is_in_the_item_on_a_forge(desk):
    terms = DefinitionList((Definition((), (paragraph("a lamp"),)),))
    document = Document("d", title=(Text("T"),), children=(terms,))
    assert desk.write(document, flavour="gfm").endswith("\n\n- a lamp\n")


def test_a_picture_that_is_not_there_leaves_no_empty_line_on_a_forge(desk):
    figure = Figure(Image("gone.png"), (paragraph("A lamp"),))
    document = Document("d", title=(Text("T"),), children=(List((ListItem((figure,)),)),))
    assert desk.write(document, flavour="gfm").endswith("\n\n- A lamp\n")
