import pytest

from converter.model import PageBreak
from converter.readers.text.dump import Dump
from converter.readers.text.pages import find_pages


def labels(text):
    dump = Dump("memo.txt", text)
    return [
        cut.node.label for cut in find_pages(dump, dump.lines) if isinstance(cut.node, PageBreak)
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("harvest [Page 90] ended", "90"),
        ("[Page xii]", "xii"),
        ("[Page [12]]", "[12]"),
        ("[Page ]", ""),
        ("har[Page 7]vest", "7"),
        ("  • [Page 138]", "138"),
    ],
)
def test_a_page_break_has_the_label_that_the_source_prints(text, label):
    assert labels(text) == [label]


def test_page_breaks_may_follow_one_another():
    assert labels("end.\n\n[Page 3]\n\n[Page 4] [Page 5]") == ["3", "4", "5"]


def test_a_mere_mention_of_a_page_breaks_nothing():
    assert labels("see Page 3 [and page 4], [Pages 5]") == []


def test_the_cut_covers_the_marker_and_says_where_it_stood():
    dump = Dump("memo.txt", "first\nlast [Page 9]word")
    (cut,) = find_pages(dump, dump.lines)
    assert dump.text[cut.start : cut.end] == "[Page 9]"
    assert (cut.node.prov.line, cut.node.prov.column) == (2, 6)
