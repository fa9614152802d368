"""HTML editions broken on purpose: each break is named, at its place."""

import re

import pytest

from converter.errors import SourceError
from converter.verify import verify

PAGE = "broken.html"


@pytest.fixture(scope="module")
def whole(write, book):
    return write(book, "html")


@pytest.fixture
def broken(whole, tmp_path, judged, book):
    """Return a function that replaces text in the page and verifies the result."""

    def broken(old, new, against=True):
        content = whole.read_text(encoding="utf-8")
        changed = re.sub(old, new, content, count=1, flags=re.DOTALL)
        assert changed != content
        target = tmp_path / "broken.html"
        target.write_text(changed, encoding="utf-8")
        return judged(target, book if against else None)

    return broken


def test_unbroken_page_has_no_difference(whole, book, judged):
    assert judged(whole, book) == {}
    assert judged(whole) == {}


def test_lost_word_is_named_where_it_was(broken):
    assert broken(" at dusk", " dusk") == {"word-lost": [f"{PAGE} p[2]"]}


def test_damaged_picture_is_a_difference(broken):
    picture = '<img src="data:image/png;base64,iVBORw0KG" alt="">'
    assert set(broken(" at dusk", f"{picture} at dusk")) == {"picture-differs"}


def test_lost_word_of_the_title_is_named(broken):
    assert broken("<h1>The Ferry Papers", "<h1>Papers") == {"word-lost": [""]}


def test_dropped_note_is_lost_where_it_is_called(broken):
    found = broken('<aside [^>]*id="d1-n4".*?</aside>', "")
    assert found["note-lost"] == [f"{PAGE} p[4]"]
    assert "broken-link" in found


def test_dropped_call_is_lost(broken):
    found = broken('<sup class="call"><a href="#d1-n3".*?</sup>', "")
    assert found["call-lost"] == [f"{PAGE} p[3]"]


def test_dropped_way_back_is_named(broken):
    found = broken('<a class="backlink[^>]*href="#d1-n2-call2".*?</a>', "")
    assert found == {"backlink-lost": [f"{PAGE}#d1-n2"]}


def test_cut_page_label_is_lost(broken):
    found = broken('title="v"', 'title=""')
    assert found["page-lost"] == [f"{PAGE} p[3]"]


def test_swapped_comments_are_out_of_order(broken):
    fish = '(<article [^>]*id="d2-c5".*?</article>)'
    found = broken(f'(<article [^>]*id="d2-c1".*?){fish}', r"\2\1")
    assert found == {"comment-out-of-order": [f"{PAGE}#d2-c5"]}


def test_comment_under_a_stranger_is_named(broken):
    link = 'in reply to <a href="#d2-c1"'
    found = broken(link, 'in reply to <a href="#d2-c5"')
    assert set(found) == {"comment-under-wrong-parent"}


def test_script_is_added(broken):
    assert broken("</main>", "<script></script></main>") == {"script-added": ["script"]}
    assert broken("<main>", '<main onclick="x()">') == {"script-added": ["main"]}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("</main>", '<img src="https://example.org/x.png" alt=""></main>', "img"),
        ("</head>", '<link rel="stylesheet" href="x.css"></head>', "link"),
        ("</style>", "p { background: url(x.png); }</style>", "style"),
    ],
)
def test_what_would_be_loaded_from_elsewhere_is_named(broken, old, new, place):
    assert broken(old, new) == {"remote-reference": [place]}


def test_button_that_lets_nothing_pop_up_is_named(broken):
    assert broken('popovertarget="d1-n4"', 'popovertarget="d9"') == {"broken-link": ["button"]}


def test_parts_that_do_not_fit_together_show_without_the_source(broken):
    found = broken('href="#d1-n4"', 'href="#d1-n44"', against=False)
    assert found["call-without-note"] == [f"{PAGE} p[4]"]


def test_empty_page_is_an_error(tmp_path, book):
    edition = tmp_path / "edition.html"
    edition.write_bytes(b"<!DOCTYPE html>")
    with pytest.raises(SourceError, match="is empty"):
        verify(edition, book)
