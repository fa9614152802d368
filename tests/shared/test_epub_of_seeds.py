"""The EPUB of three real dumps, read back as a zip of XML and held against the truth."""

import json
from zipfile import ZipFile

import pytest
from lxml import etree

from converter import pipeline
from converter.model import Book, Part
from converter.options import Options
from converter.report import Report
from converter.source import open_source

HTML = {"h": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def seeds(shared, tmp_path):
    """Return the trees of the EPUB's documents, and the truth about each."""
    sources = sorted((shared / "seeds").glob("*.txt"))
    documents = [
        reading.document for source in sources for reading in pipeline.read(open_source(source))
    ]
    target = tmp_path / "seeds.epub"
    book = Book("Seeds", (Part(tuple(documents)),))
    pipeline.write(book, target, "epub", Report(), Options())
    with ZipFile(target) as packed:
        names = sorted(name for name in packed.namelist() if name.startswith("EPUB/000"))
        trees = [etree.fromstring(packed.read(name)) for name in [*names, "EPUB/nav.xhtml"]]
    truths = [json.loads(path.with_suffix(".truth.json").read_bytes()) for path in sources]
    return trees, truths


def find(tree, path):
    return tree.xpath(path, namespaces=HTML)


def text(element):
    return " ".join("".join(element.itertext()).split())


def test_every_note_has_its_mark_its_text_and_a_call(seeds):
    trees, truths = seeds
    for tree, truth in zip(trees, truths, strict=False):
        notes = truth.get("notes", [])
        calls = find(tree, "//h:a[@role='doc-noteref']")
        bodies = find(tree, "//h:aside[@role='doc-footnote']")
        assert [call.text for call in calls] == [note["mark"] for note in notes]
        for call, body, note in zip(calls, bodies, notes, strict=True):
            assert call.get("href") == f"#{body.get('id')}"
            assert note["text"] in text(body)


def test_the_page_list_has_the_pages_of_all(seeds):
    trees, truths = seeds
    labels = [page["n"] for truth in truths for page in truth.get("pages", [])]
    assert [text(link) for link in find(trees[-1], "//h:nav[@role='doc-pagelist']//h:a")] == labels


def test_every_comment_is_in_the_article_that_it_answers(seeds):
    trees, truths = seeds
    articles = find(trees[2], "//h:article")
    ids = {
        article: truth["id"] for article, truth in zip(articles, truths[2]["comments"], strict=True)
    }
    for article, truth in zip(articles, truths[2]["comments"], strict=True):
        above = find(article, "ancestor::h:article[1]")
        assert (ids[above[0]] if above else None) == truth["parent"]
        (body,) = find(article, "h:div[@class='comment-text']")
        assert "".join(text(body).split()) == "".join(truth["text"].split())


def test_nothing_of_the_comment_form_is_left(seeds):
    trees, _ = seeds
    assert "Log Out" not in text(trees[2])
