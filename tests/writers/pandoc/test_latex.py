"""LaTeX sources: footnotes under their printed marks, links to labels that are there."""

import re

import pytest

from converter.model import (
    Cell,
    CodeBlock,
    Comment,
    Definition,
    DefinitionList,
    Document,
    Image,
    LineBlock,
    Note,
    NoteRef,
    Paragraph,
    Picture,
    Quote,
    Row,
    Strong,
    Table,
    Text,
)


@pytest.fixture
def source(write, letter):
    target, _ = write("latex", letter, title="Tolls & 100% more", authors=("A_B",), language="de")
    return target.read_text(encoding="utf-8")


def test_each_note_is_a_footnote_under_its_printed_mark(source):
    found = re.findall(r"\\nextmark\{(.)\}(\\innernote)?\\footnote\{\\phantomsection", source)
    assert found == [("1", r"\innernote"), ("*", ""), ("†", r"\innernote"), ("2", "")]


def test_a_heading_has_the_call_and_the_paragraph_below_the_note(source):
    title, _, text = source.partition(r"\section{")[2].partition("\n\n")
    assert r"\callagain{d1_n1}{1}" in title
    assert r"\footnote" not in title
    assert text.startswith(r"\nextmark{1}\innernote\footnote{")


def test_notes_stand_in_paragraphs_of_text_only(write):
    def calling(name):
        return (Text(name), NoteRef(name))

    places = ("cell", "caption", "styled", "term", "quoted", "line")
    table = Table((Row((Cell((Paragraph(calling("cell")),)),)),), caption=calling("caption"))
    children = (
        Paragraph((Strong(calling("styled")),)),
        table,
        DefinitionList((Definition(calling("term"), ()),)),
        Quote((Paragraph(calling("quoted")),)),
        LineBlock((calling("line"),)),
    )
    notes = tuple(Note(name, name, (CodeBlock(f"{name}()\n\tend"),)) for name in places)
    target, _ = write("latex", Document("a", (Text("T"),), children=children, notes=notes))
    text = target.read_text(encoding="utf-8")
    found = re.findall(r"\\nextmark\{(\w+)\}(\\innernote)?\\footnote", text)
    assert found == [
        ("styled", r"\innernote"),
        ("caption", r"\innernote"),
        ("cell", r"\innernote"),
        ("term", r"\innernote"),
        ("quoted", ""),
        ("line", ""),
    ]
    assert r"\textbf{styled\callagain" in text
    assert "verbatim" not in text


def test_lines_are_no_longer_than_tex_reads(write):
    long = Paragraph((Text("word " * 50_000),))
    target, _ = write("latex", Document("a", (Text("T"),), children=(long,)))
    assert max(map(len, target.read_bytes().split(b"\n"))) < 200_000


def test_what_takes_the_place_of_a_control_character_is_no_fault_to_tex(write):
    said = Paragraph((Text("a\x00b"),))
    target, _ = write("latex", Document("a", (Text("T"),), children=(said,)))
    assert r"a\symbol{65533}b" in target.read_text(encoding="utf-8")


def test_further_calls_are_links_to_the_label_of_the_note(source):
    assert r"\callagain{d1_n2}{*}" in source
    assert r"\callagain{d1_n3}{†}" in source


def test_every_link_leads_to_a_label(source):
    body = source.partition(r"\begin{document}")[2]
    labels = set(re.findall(r"\\label\{(\w+)\}", body))
    leads = set(re.findall(r"\\(?:hyperref\[|callagain\{)(\w+)", body))
    assert leads
    assert leads <= labels


def test_groups_and_environments_are_closed(source):
    bare = re.sub(r"\\[{}]", "", re.sub(r"%.*", "", source.replace(r"\%", "")))
    assert bare.count("{") == bare.count("}")
    begun = re.findall(r"\\begin\{(\w+)\}", bare)
    assert sorted(begun) == sorted(re.findall(r"\\end\{(\w+)\}", bare))


def test_comments_are_set_in_by_depth(source):
    assert r"\begin{looking}{comment}{1}" + "\n\nWhich uncle?\n\n" in source


def test_page_of_the_source_stands_in_its_line(source):
    assert re.search(r"kno\S*\\label\{d1_p90\}\{\\sourcepage\{\[S\.\u00a090\]\}\}wn", source)


def test_what_tex_takes_for_commands_is_escaped(source, write):
    assert r"pdftitle={Tolls \& 100\% more},pdfauthor={A\_B}" in source
    said = Comment("a", (Paragraph((Text(r"\input{/etc/passwd}"),)),), author=r"\end{document}")
    target, _ = write("latex", Document("a", (Text("Tolls"),), comments=(said,)), title="Tolls")
    text = target.read_text(encoding="utf-8")
    assert r"\input" not in text
    assert text.count(r"\end{document}") == 1


def test_pictures_lie_beside_the_source(write, ferry):
    plan = Picture("image-0b.png", "image/png", b"\x89PNG\r\n\x1a\n")
    shown = Paragraph((Image(plan.name, "A plan"), Image(ferry.name, "A ferry")))
    held = Document("a", (Text("Tolls"),), children=(shown,), pictures=(plan, ferry))
    target, report = write("latex", held, title="Tolls")
    assert "{edition-pictures/image-0b.png}" in target.read_text(encoding="utf-8")
    assert (target.parent / "edition-pictures" / plan.name).read_bytes() == plan.data
    assert [message.code for message in report.messages] == ["picture-not-shown"]


def test_a_book_of_everything_can_be_written_the_same_twice(torture, write):
    target, report = write("latex", *torture.documents)
    told = {message.code for message in report.messages}
    assert told == {"bad-address", "picture-not-shown"}
    first = target.read_bytes()
    assert write("latex", *torture.documents)[0].read_bytes() == first
