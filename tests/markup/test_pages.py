import pytest

from converter.markup.build import Builder
from converter.markup.links import Links
from converter.markup.page import parse_html
from converter.markup.pages import find_pages
from converter.model import PageBreak
from converter.pictures import Pictures
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text, walk


def read(markup):
    page = parse_html(markup, "page.html")
    marks = find_pages(page, page.root)
    pictures = Pictures(Source("page.html", b""), report := Report())
    builder = Builder(page, Links(), report, pictures=pictures, marks=marks)
    blocks = builder.blocks(page.root)
    assert page.ledger().balanced
    labels = [node.label for node in walk(blocks) if isinstance(node, PageBreak)]
    return plain_text(blocks), labels


@pytest.mark.parametrize(
    ("mark", "label"),
    [
        ('<a class="tei-pb" href="/frus/pg_90">[Page 90]</a>', "90"),
        ('<a class="tei-pb">[Page XIV]</a>', "XIV"),
        ('<a class="tei-pb1">[Page 12]</a>', "12"),
        ('<a class="tei-pb">[Page ]</a>', ""),
        ('<span class="pagenum"><a name="Page_5">[Pg 5]</a></span>', "5"),
        ('<span class="pagenum">{12}</span>', "12"),
        ('<span epub:type="pagebreak" title="7" id="p7"></span>', "7"),
        ('<span role="doc-pagebreak" aria-label=" page 8. "></span>', "8."),
    ],
)
def test_page_breaks_keep_the_label_of_the_printed_page(mark, label):
    assert read(f"<p>lan{mark}tern</p>") == ("lantern", [label])


def test_what_says_more_than_a_page_number_is_text():
    text = "A page of more than a label's length"
    assert read(f'<div class="pb">{text}</div>') == (text, [])
