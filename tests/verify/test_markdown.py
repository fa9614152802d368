"""Markdown editions broken on purpose: each break is named, at its line."""

import re
import shutil

import pytest

from converter.errors import SourceError
from converter.model import Book, Cell, Document, Paragraph, Part, Row, Table, Text
from converter.options import MarkdownOptions, Options
from converter.report import Report
from converter.verify import verify
from converter.writers import markdown

PANDOC = Options()
FORGE = Options(markdown=MarkdownOptions(flavour="gfm"))


@pytest.fixture(scope="module", params=["markdown", "gfm"])
def whole(request, write, book):
    return write(book, "markdown", PANDOC if request.param == "markdown" else FORGE)


@pytest.fixture(scope="module")
def fenced(write, book):
    return write(book, "markdown", PANDOC)


@pytest.fixture(scope="module")
def listed(write, book):
    return write(book, "markdown", FORGE)


@pytest.fixture
def broken(tmp_path, judged, book):
    """Return a function that replaces text in an edition and verifies the result.

    It gives the codes of all differences, each with the lines they name.
    """

    def broken(whole, old, new, against=True):
        content = whole.read_text(encoding="utf-8")
        assert re.search(old, content)
        target = tmp_path / "broken.md"
        target.write_text(re.sub(old, new, content, count=1), encoding="utf-8")
        found = judged(target, book if against else None)
        lines = target.read_text(encoding="utf-8").splitlines()
        return {code: [_line(lines, place) for place in places] for code, places in found.items()}

    return broken


def _line(lines, place):
    """Return what stands at a place, without what goes before a comment or a note."""
    name, _, number = place.partition(":")
    return lines[int(number) - 1] if name == "broken.md" else place


def test_other_identifier_of_the_book_is_named(whole, broken):
    assert set(broken(whole, 'identifier: "urn:uuid:', 'identifier: "urn:uuid:7')) == {
        "metadata-differs"
    }
    assert set(broken(whole, "identifier: .*\n", "")) == {"metadata-differs"}


def test_unbroken_edition_has_no_difference(whole, book, judged):
    assert judged(whole, book) == {}
    assert judged(whole) == {}


def test_folder_of_files_has_no_difference(book, tmp_path, judged):
    for flavour in ("markdown", "gfm"):
        options = Options(markdown=MarkdownOptions(flavour=flavour, folder=True))
        folder = tmp_path / flavour
        markdown.write(book, folder, Report(), options=options)
        assert judged(folder, book) == {}
        (folder / "post.md").unlink()
        (folder / "stray.md").write_text("Hello", encoding="utf-8")
        found = judged(folder, book)
        assert set(found["broken-link"]) == {"index.md", "stray.md"}
        assert len(found["comment-lost"]) == len(book.documents[1].comments)


def test_lost_word_is_named_at_its_line(whole, broken):
    (place,) = broken(whole, " at dusk", " dusk")["word-lost"]
    assert place.startswith("The ferry sails")


def test_changed_letter_is_a_changed_word(whole, broken):
    (place,) = broken(whole, "oars", "ears")["text-differs"]
    assert place.endswith("ears")


def test_doubled_paragraph_is_added(whole, broken):
    found = broken(whole, "(Somebody must.*\n)", r"\1\n\1")
    assert found == {"word-added": ["Somebody must, said the fish."]}


def test_dropped_note_is_lost(whole, broken):
    found = broken(whole, r"\[\^4\]: .*", "")
    assert found["note-lost"] == ["letter#n4"]
    assert found["call-lost"] == ["> Keep to the left bank[^4]."]


def test_dropped_note_that_nobody_calls_is_lost(whole, broken):
    found = broken(whole, r"(::: note\n.*†.*\n:::|- .*†.*)", "")
    assert found == {"note-lost": ["letter#n6"]}


def test_word_lost_in_a_note_is_named_there(whole, broken):
    found = broken(whole, "See the ledger", "See ledger")
    (place,) = found["word-lost"]
    assert place.startswith("[^3]:")


def test_call_of_another_note_is_named(whole, broken):
    found = broken(whole, r"everybody((?:.|\n)*?)\[\^3\]", r"everybody\1[^4]")
    assert len(found["note-called-elsewhere"]) == 1
    assert len(found["note-lost"]) == 1


def test_dropped_page_break_is_lost(whole, broken):
    found = broken(whole, r"(\[\]\{#page-v [^}]*\}|`\[v\]`)", "")
    (place,) = found["page-lost"]
    assert place.startswith("Nobody pays")


def test_pages_that_changed_places_are_out_of_order(whole, broken):
    found = broken(whole, r'(["\[])v(["\]](?:.|\n)*?["\[])vi(["\]])', r"\1vi\2v\3")
    assert "page-out-of-order" in found


def test_dropped_comment_is_lost(whole, broken):
    found = broken(
        whole,
        r"(::: \{#post-c4[^:]*?Mine never did.\n\n:::\n|  - .*1\.2.*\n\n    Mine never did\.\n)",
        "",
    )
    assert found == {"comment-lost": ["c4"]}


def test_comments_that_swapped_their_texts_are_changed(whole, broken):
    found = broken(
        whole, r"My uncle did\.((?:.*\n)*.*)What is a ferry\?", r"What is a ferry?\1My uncle did."
    )
    assert len(found["text-differs"]) == 2


def test_comment_in_a_stranger_is_named_in_fences(fenced, broken):
    comment = r"(::: \{#post-c4[^:]*?Mine never did.\n\n:::\n\n)"
    found = broken(fenced, f"{comment}(:::\n\n)((?:.*\n)*?What is a ferry.\n\n)", r"\2\3\1")
    assert found["comment-under-wrong-parent"] == ['::: {#post-c4 .comment depth="1"}']


def test_comment_in_a_stranger_is_named_in_lists(listed, broken):
    found = broken(listed, r"  - (\*\*1\.2\*\*.*)\n\n    Mine", r"- \1\n\n  Mine")
    (place,) = found["comment-under-wrong-parent"]
    assert "**1.2**" in place


def test_deep_comment_that_answers_another_is_named_in_fences(fenced, broken):
    found = broken(fenced, r"\(#post-d14\)", "(#post-d12)")
    (place,) = found["comment-under-wrong-parent"]
    assert "post-d15" in place


def test_deep_comment_that_answers_another_is_named_in_lists(listed, broken):
    found = broken(listed, r"\+2(\*\*\s*Deeper still, step 15)", r"+1\1")
    (place,) = found["comment-under-wrong-parent"]
    assert "+3" in place


def test_other_author_is_a_changed_word(whole, broken):
    (place,) = broken(whole, r"(\[|\*)Bo(\]|\*)", r"\1Joe\2")["text-differs"]
    assert "post-c2" in place or "1.1" in place


def test_link_that_leads_nowhere_shows_without_the_source(fenced, broken):
    found = broken(fenced, r"\]\(#letter-n5\)", "](#letter-n55)", against=False)
    assert set(found) == {"call-without-note"}


def test_call_of_a_footnote_within_another_that_is_none_is_lost(listed, broken):
    assert "call-lost" in broken(listed, r"its copy\[\^\*\]", "its copy[^55]")


def test_what_is_no_text_is_an_error(tmp_path, book):
    edition = tmp_path / "edition.md"
    edition.write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(SourceError, match="is no UTF-8"):
        verify(edition, book)


def test_nesting_without_end_is_an_error(fenced, tmp_path, book):
    edition = tmp_path / "deep.md"
    shutil.copy(fenced, edition)
    with edition.open("a", encoding="utf-8") as file:
        file.write("\n" + ">" * 2000 + " deep\n")
    with pytest.raises(SourceError, match="is nested deeper"):
        verify(edition, book)


def test_comments_whose_fence_is_gone_are_differences(fenced, tmp_path, judged, book):
    lines = fenced.read_text(encoding="utf-8").splitlines(keepends=True)
    target = tmp_path / "edition.md"
    for position in (at for at, line in enumerate(lines) if line.endswith(" .comment}\n")):
        target.write_text("".join(lines[:position] + lines[position + 1 :]), encoding="utf-8")
        assert judged(target, book)


def test_file_that_has_become_that_of_one_document_is_held_against_all(
    fenced, tmp_path, judged, book
):
    target = tmp_path / "edition.md"
    target.write_text(
        fenced.read_text(encoding="utf-8").replace(" .document", ""), encoding="utf-8"
    )
    assert judged(target, book)


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
@pytest.mark.parametrize("columns", [9, 10, 30])
def test_table_of_many_columns_is_whole(write, judged, flavour, columns):
    cells = tuple(Cell((Paragraph((Text(f"c{n}"),)),)) for n in range(columns))
    table = Table((Row(cells), Row(cells)))
    book = Book("B", (Part((Document("a", (Text("A"),), children=(table,)),)),))
    options = Options(markdown=MarkdownOptions(flavour=flavour))
    assert judged(write(book, "markdown", options), book) == {}


STRANGE = {
    "script": "<script>alert(1)</script>\n\n",
    "script over lines": "<script\n>alert(1)</script >\n\n",
    "frame": '<iframe src="https://x.example/"></iframe>\n\n',
    "style": "<style>p { display: none }</style>\n\n",
    "handler": '<a id="a1" onclick="x()"></a>',
    "hidden words": '<span style="display:none">Void</span> ',
    "raw picture": '<img src="https://x.example/p.png"> ',
    "refresh": '<meta http-equiv="refresh" content="0">\n\n',
}


@pytest.mark.parametrize("markup", STRANGE.values(), ids=STRANGE)
def test_markup_that_no_edition_has_is_named(whole, broken, markup):
    assert "markup-added" in broken(whole, "The ferry sails", f"{markup}The ferry sails")


@pytest.mark.parametrize(
    "span",
    [
        '[sails]{style="display:none"}',
        '[sails]{onclick="x()"}',
        "sails `<b>x</b>`{=html}",
        "sails\\textbf{x}",
        "sails ` `{=html}",
    ],
)
def test_spans_of_pandoc_that_no_edition_has_are_named(fenced, broken, span):
    found = broken(fenced, "ferry sails", lambda _: f"ferry {span}")
    assert "markup-added" in found


@pytest.mark.parametrize("entry", ["header-includes: x", "css: a.css", "draft: true"])
def test_metadata_that_acts_is_named(whole, broken, entry):
    assert broken(whole, "\nidentifier", f"\n{entry}\nidentifier") == {"markup-added": [entry]}


def test_pictures_from_elsewhere_and_missing_ones_are_named(whole, broken):
    remote = broken(whole, "The ferry", "![](https://x.example/p.png)The ferry")
    assert set(remote) == {"remote-reference"}
    assert set(broken(whole, "The ferry", "![](none.png)The ferry")) == {"picture-lost"}


def test_words_in_the_title_of_a_link_are_named(whole, broken):
    assert "markup-added" in broken(
        whole, "ferry sails", '[ferry](https://x.example "Void words") sails'
    )
