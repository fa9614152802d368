"""Formats other than those with tests of their own, made by pandoc or by hand."""

import pytest

from converter.model import Image, Math, NoteRef, PageBreak, Section
from converter.walk import plain_text

TEXT = """
The first words^[A note, *in style*.] of all.

# Walls

Of stone and **lime**, \\(a+b\\).

- one
- two

# Gates

> Open them.
"""


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.docx", "docx"),
        ("a.rst", "rst"),
        ("a.org", "org"),
        ("a.tex", "latex"),
        ("a.dbk", "docbook"),
        ("a.mediawiki", "mediawiki"),
        ("a.textile", "textile"),
        ("a.typ", "typst"),
        ("a.muse", "muse"),
        ("a.dj", "djot"),
        ("a.fb2", "fb2"),
    ],
)
def test_notes_and_sections_come_through(read, made, name, form):
    found = read(name, made(TEXT, f"{form}"))
    headings = [plain_text(node.heading.children) for node in found.nodes(Section) if node.heading]
    assert headings == ["Walls", "Gates"]
    assert [plain_text(note.children) for note in found.document.notes] == ["A note, in style."]
    assert found.before(NoteRef)[0].endswith("The first words")
    assert found.text.endswith("Open them.")


def test_an_epub_keeps_titles_notes_and_page_breaks(read, made):
    text = "---\ntitle: Of Walls\nlang: fr\n---\n\n# One\n\nText^[Noted.] on.\n\n# Two\n\nMore.\n"
    found = read("a.epub", made(text, "epub"))
    assert plain_text(found.document.title) == "Of Walls"
    assert found.document.language == "fr"
    assert [plain_text(note.children) for note in found.document.notes] == ["Noted."]
    assert len(found.nodes(Section)) == 2


def test_the_start_of_a_page_in_jats_or_html_spans_is_kept(read):
    text = 'a <span role="doc-pagebreak" id="p7" aria-label="7"></span>b'
    assert [node.label for node in read("a.md", text).nodes(PageBreak)] == ["7"]


def test_a_notebook_keeps_text_code_and_what_it_printed(read):
    notebook = """{"cells": [
      {"cell_type": "markdown", "metadata": {}, "source": ["# Sums\\n", "Where $x$ is."]},
      {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": ["1 + 1"],
       "outputs": [{"output_type": "stream", "name": "stdout", "text": ["two\\n"]}]}],
      "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"""
    found = read("a.ipynb", notebook)
    assert plain_text(found.document.title) == "Sums"
    assert len(found.nodes(Math)) == 1
    assert found.text == "Where x is. 1 + 1 two"


def test_a_picture_inside_a_package_that_is_none_is_reported(read):
    from tests.readers.pandoc.conftest import opendocument

    frame = '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
    body = f"<text:p>Look {frame} there.</text:p>"
    found = read("a.odt", opendocument(body, parts={"Pictures/1.png": "no picture"}))
    assert [node.src for node in found.nodes(Image)] == ["Pictures/1.png"]
    assert found.codes == ["missing-image"]


def test_an_article_in_jats_keeps_title_authors_abstract_and_notes(read):
    article = """<article article-type="research" dtd-version="1.3"><front><article-meta>
      <title-group><article-title>On <italic>Walls</italic></article-title></title-group>
      <contrib-group><contrib contrib-type="author"><name><surname>Poe</surname>
      <given-names>Ann</given-names></name></contrib></contrib-group>
      <abstract><p>In short.</p></abstract></article-meta></front>
      <body><p>Text<xref ref-type="fn" rid="fn1">1</xref> on.</p></body>
      <back><fn-group><fn id="fn1"><p>Noted.</p></fn></fn-group></back></article>"""
    found = read("a.xml", article)
    assert plain_text(found.document.title) == "On Walls"
    assert found.document.authors == ("Ann Poe",)
    assert found.text == "In short. Text on."
    assert [plain_text(note.children) for note in found.document.notes] == ["Noted."]


def test_a_notebook_has_notes_where_its_text_is_markdown_with_notes(read):
    notebook = """{"cells": [{"cell_type": "markdown", "metadata": {}, "id": "a",
      "source": ["Lit[^1].\\n", "\\n", "[^1]: By night."]}],
      "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"""
    found = read("a.ipynb", notebook)
    assert [plain_text(note.children) for note in found.document.notes] == ["By night."]
    assert found.text == "Lit."


def test_what_pandoc_passes_over_in_books_in_xml_is_dropped_and_reported(read):
    book = """<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"
      xmlns:l="http://www.w3.org/1999/xlink"><body><section><title><p>One</p></title>
      <p>Li<emphasis>t</emphasis><a l:href="#n1" type="note">[1]</a>.</p>
      <table><tr><td>left</td><td>out</td></tr></table></section></body>
      <body name="notes"><section id="n1"><title><p>1</p></title><p>Noted.</p></section></body>
      </FictionBook>"""
    found = read("a.fb2", book)
    assert found.drops == {"not read by pandoc": "left out"}
    assert found.codes == ["text-not-read"]
    assert [plain_text(note.children) for note in found.document.notes] == ["Noted."]


def test_an_article_in_docbook_loses_no_word_unnoticed(read, made):
    text = "# One\n\nText^[A *note*.] with it.\n\n| a | b |\n|---|---|\n| 1 | two |\n\n> Quote.\n"
    found = read("a.dbk", made(text, "docbook5"))
    assert [plain_text(note.children) for note in found.document.notes] == ["A note."]
    assert found.codes == []
