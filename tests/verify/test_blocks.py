"""Paragraphs, headings, lists and tables that are not those of the source are named."""

import re
from zipfile import ZipFile

import pytest

from converter.model import (
    Book,
    Cell,
    CodeBlock,
    Comment,
    Definition,
    DefinitionList,
    Document,
    Figure,
    Heading,
    Image,
    LineBlock,
    LineBreak,
    List,
    ListItem,
    Note,
    NoteRef,
    Paragraph,
    Part,
    Quote,
    Row,
    Rule,
    Section,
    Table,
    Text,
)
from converter.options import MarkdownOptions, Options
from tests.strategies import PICTURES
from tests.verify.conftest import paragraph

GFM = Options(markdown=MarkdownOptions(flavour="gfm"))
EDITIONS = {
    "epub": ("epub", Options()),
    "html": ("html", Options()),
    "markdown": ("markdown", Options()),
    "gfm": ("markdown", GFM),
    "hugo": ("markdown", Options(markdown=MarkdownOptions(site="hugo"))),
}
# What forges and generators of sites have no markup for, or no one to tell from other markup.
UNTOLD = {
    "gfm": {
        "broken line",
        "head become a cell",
        "wider cell",
        "terms",
        "verse become a paragraph",
        "caption of a figure",
    }
}
UNTOLD["hugo"] = {*UNTOLD["gfm"], "code become a paragraph", "joined lists"}
OARS, SAIL, MAST = paragraph("Two oars."), paragraph("A sail."), paragraph("No mast.")
BOTH = paragraph("Two oars. A sail.")
TITLE, LOWER = Heading((Text("On boats"),), 1), Heading((Text("On boats"),), 2)
PICTURE = Image(next(iter(PICTURES)), "A boat")


def _book(*blocks, place="text"):
    document = Document(
        "d",
        title=(Text("A letter"), NoteRef("n1")),
        children=(
            paragraph("Dear boy,"),
            *(blocks if place == "text" else ()),
            paragraph("Yours."),
        ),
        notes=(Note("n1", "1", blocks if place == "note" else (paragraph("Undated."),)),),
        comments=(Comment("c1", blocks if place == "comment" else (paragraph("So?"),)),),
        pictures=tuple(PICTURES.values()),
    )
    return Book("Letters", (Part((document,), "Family"),))


def _items(*blocks, **options):
    return List(tuple(ListItem((block,)) for block in blocks), **options)


def _table(*rows):
    return Table(tuple(Row(tuple(cells)) for cells in rows))


def _cell(block, **options):
    return Cell((block,), **options)


# What the source has, and what the edition has in its place.
CHANGES = {
    "joined paragraphs": ([OARS, SAIL], [BOTH]),
    "divided paragraph": ([BOTH], [OARS, SAIL]),
    "broken line": ([BOTH], [Paragraph((Text("Two oars."), LineBreak(), Text("A sail.")))]),
    "heading of another level": ([TITLE, OARS], [LOWER, OARS]),
    "heading become a paragraph": ([TITLE, OARS], [paragraph("On boats"), OARS]),
    "section become a heading": (
        [Section((Heading((Text("Sails"),)), OARS), TITLE)],
        [TITLE, Heading((Text("Sails"),)), OARS],
    ),
    "lost list": ([_items(OARS, SAIL)], [OARS, SAIL]),
    "joined items": ([_items(OARS, SAIL)], [_items(BOTH)]),
    "joined lists": ([_items(OARS), _items(SAIL)], [_items(OARS, SAIL)]),
    "paragraph become part of an item": (
        [_items(OARS), SAIL],
        [List((ListItem((OARS, SAIL)),))],
    ),
    "item a level deeper": (
        [_items(OARS, SAIL)],
        [List((ListItem((OARS, _items(SAIL))),))],
    ),
    "item of a marked list": (
        [List((ListItem((OARS,), "a)"), ListItem((SAIL,), "b)")))],
        [List((ListItem((OARS, paragraph("b) A sail.")), "a)"),))],
    ),
    "lost quotation": ([Quote((OARS,))], [OARS]),
    "added quotation": ([OARS], [Quote((OARS,))]),
    "shorter quotation": ([Quote((OARS, SAIL))], [Quote((OARS,)), SAIL]),
    "terms": (
        [DefinitionList((Definition((Text("Two oars."),), (SAIL,)),))],
        [OARS, SAIL],
    ),
    "verse become a paragraph": (
        [LineBlock(((Text("Two oars."),), (Text("A sail."),)))],
        [BOTH],
    ),
    "code become a paragraph": ([CodeBlock("Two oars.")], [OARS]),
    "lost rule": ([OARS, Rule(), SAIL], [OARS, SAIL]),
    "merged cells": (
        [_table([_cell(OARS), _cell(SAIL)])],
        [_table([_cell(BOTH, colspan=2)])],
    ),
    "cell of another row": (
        [_table([_cell(OARS), _cell(SAIL)], [_cell(MAST)])],
        [_table([_cell(OARS)], [_cell(SAIL), _cell(MAST)])],
    ),
    "head become a cell": (
        [_table([_cell(OARS, header=True)])],
        [_table([_cell(OARS)])],
    ),
    "wider cell": ([_table([_cell(OARS)])], [_table([_cell(OARS, colspan=2)])]),
    "caption become a cell": (
        [Table((Row((_cell(SAIL),)),), (Text("Two oars."),))],
        [_table([_cell(OARS)], [_cell(SAIL)])],
    ),
    "lost table": ([_table([_cell(OARS)])], [OARS]),
    "caption of a figure": ([Figure(PICTURE, (OARS,))], [Figure(PICTURE), OARS]),
}


@pytest.mark.parametrize("place", ["text", "note", "comment"])
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_other_blocks_are_named_where_their_words_are_the_same(
    write, judged, edition, change, place
):
    should, found = (_book(*blocks, place=place) for blocks in CHANGES[change])
    editions = [write(book, *EDITIONS[edition]) for book in (should, found)]
    assert judged(editions[0], should) == judged(editions[1], found) == {}
    if change not in UNTOLD.get(edition, ()):
        assert set(judged(editions[1], should)) == {"block-differs"}
        assert set(judged(editions[0], found)) == {"block-differs"}


@pytest.mark.parametrize("writer", ["epub", "html", "markdown"])
def test_blocks_nested_too_deep_are_expected_on_one_level(write, judged, writer):
    block = OARS
    for _ in range(15):
        block = Quote((_items(block, SAIL, ordered=True),))
    section = Section((block, TITLE), TITLE)
    for _ in range(9):
        section = Section((section,), TITLE)
    book = _book(section, _table([_cell(section, header=True)]))
    assert judged(write(book, writer), book) == {}


# Breaks that no book can be written with: the place, what is there, and what comes there.
BREAKS = {
    "title as a paragraph": ("<h1>(.*?)</h1>", r"<p>\1</p>"),
    "numbers as letters": ("<ol>", '<ol type="a">'),
    "numbers backwards": ("<ol>", '<ol reversed="">'),
    "rank that is said to be another": ("<h2>On boats</h2>", '<h3 data-rank="2">On boats</h3>'),
    "rank that only its attribute has": ("<h2>On boats</h2>", '<h2 data-rank="3">On boats</h2>'),
    "text in no paragraph": ("<p>Dear boy,</p>", "<div>Dear boy,</div>"),
}


@pytest.mark.parametrize("change", BREAKS)
def test_blocks_of_an_epub_that_are_marked_up_otherwise_are_named(tmp_path, write, judged, change):
    book = _book(TITLE, _items(OARS, SAIL, ordered=True))
    old, new = BREAKS[change]
    whole, broken = write(book, "epub"), tmp_path / "broken.epub"
    with ZipFile(whole) as source, ZipFile(broken, "w") as copy:
        for entry in source.infolist():
            content = source.read(entry).decode()
            if entry.filename.startswith("EPUB/0001"):
                content, count = re.subn(old, new, content)
                assert count == 1
            copy.writestr(entry.filename, content)
    assert set(judged(broken, book)) == {"block-differs"}
