"""Words that no source has, put where editions add some of their own: each is named."""

import re
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from converter.model import Book, Document, Name, PageBreak, Paragraph, Part, Text
from converter.options import EpubOptions, Options
from converter.verify import judge

LETTER, POST, NAV = "EPUB/0001-letter.xhtml", "EPUB/0002-post.xhtml", "EPUB/nav.xhtml"


@pytest.fixture(scope="module")
def epub(write, book):
    return write(book, "epub", Options(epub=EpubOptions(notes=True, index=True)))


@pytest.fixture(scope="module")
def page(write, book):
    return write(book, "html")


@pytest.fixture(scope="module")
def named(write):
    """Return a book with an index, and its edition."""
    harbour = Name((Text("Port Ansel"),), "place")
    book = Book(
        "Boats", (Part((Document("d", (Text("Ferry"),), children=(Paragraph((harbour,)),)),)),)
    )
    return book, write(book, "epub", Options(epub=EpubOptions(index=True)))


def _changed(content, old, new):
    changed, count = re.subn(old, new, content, count=1, flags=re.DOTALL)
    assert count, old
    return changed


def _repacked(edition, changes, target):
    """Return a copy of ``edition`` at ``target``: new content by name, or what replaces what."""
    with ZipFile(edition) as source, ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name).decode()
            if isinstance(change := changes.get(name), tuple):
                content = _changed(content, *change)
            copy.writestr(name, content)
        for name, change in changes.items():
            if isinstance(change, str):
                copy.writestr(name, change)
    return target


@pytest.fixture
def broken(epub, tmp_path, book):
    """Return a function that changes a file of the edition, and says what is told of that."""

    def broken(name, old, new):
        target = _repacked(epub, {name: (old, new)}, tmp_path / "broken.epub")
        return [str(each) for each in judge(target, book).differences]

    return broken


@pytest.fixture
def broken_page(page, tmp_path, book):
    def broken_page(old, new):
        target = tmp_path / "broken.html"
        target.write_text(_changed(page.read_text(encoding="utf-8"), old, new), encoding="utf-8")
        return [str(each) for each in judge(target, book).differences]

    return broken_page


def _made_up(place, text):
    said = f"{place}: “{text}” is not in the source, and nothing that editions add here"
    return [f"{said} [word-added]"]


def _became(place, ours, theirs):
    said = f"{place}: “{ours}” became “{theirs}” in what a comment says of itself"
    return [f"{said} [text-differs]"]


def test_sentence_that_calls_itself_generated_is_added(broken, broken_page):
    lie = '<p class="generated">The ferry is free.</p><p>The Harbour'
    assert broken(LETTER, "<p>The Harbour", lie) == _made_up(f"{LETTER} p[5]", "The ferry is free.")
    place = "broken.html p[5]"
    assert broken_page("<p>The Harbour", lie) == _made_up(place, "The ferry is free.")


def test_word_that_calls_itself_generated_is_added(broken, broken_page):
    lie = 'The ferry <span class="generated">never</span> sails'
    assert broken(LETTER, "The ferry sails", lie) == _made_up(f"{LETTER} p[2]", "never")
    assert broken_page("The ferry sails", lie) == _made_up("broken.html p[2]", "never")


def test_heading_of_the_comments_with_another_number_is_named(broken_page):
    found = broken_page(r"Comments \(20 of 21\)", "Comments (2 of 21)")
    assert found == _made_up("broken.html h4[3]", "Comments (2 of 21)")


def test_label_of_the_subject_that_says_something_else_is_named(broken):
    found = broken(LETTER, ">Subject<", ">Forgery<")
    assert found == _made_up(f"{LETTER} p[1]", "Forgery")


@pytest.mark.parametrize(
    ("old", "new", "ours", "theirs"),
    [
        ('>in reply to (<a href="#comment-c1"[^>]*>)Ann', r">in reply to \1Bo",
         "1.1 Bo in reply to Ann first reply", "1.1 Bo in reply to Bo first reply"),
        ('>in reply to (<a href="#comment-c1"[^>]*>)Ann', r">mocking \1Ann",
         "1.1 Bo in reply to Ann first reply", "1.1 Bo mocking Ann first reply"),
        (">1.1<", ">1.7<", "1.1 Bo in reply to Ann first reply",
         "1.7 Bo in reply to Ann first reply"),
        ('aria-label="Comment 1.1 by Bo"', 'aria-label="Comment 1.1 by Joe"',
         "Comment 1.1 by Bo", "Comment 1.1 by Joe"),
        ("(>1.1</span>)", r"\1 the liar", "1.1 Bo in reply to Ann first reply",
         "1.1 the liar Bo in reply to Ann first reply"),
    ],
)  # fmt: skip
def test_head_of_a_comment_that_says_something_else_is_named(
    broken, broken_page, old, new, ours, theirs
):
    assert broken(POST, old, new) == _became(f"{POST}#comment-c2", ours, theirs)
    old = old.replace("comment-c1", "d2-c1")
    assert broken_page(old, new) == _became("broken.html#d2-c2", ours, theirs)


def test_way_back_under_another_name_is_named(broken, broken_page):
    old, new = "Back to call 2 of 2 of note 2", "Back to call 7 of 2 of note 2"
    assert broken(LETTER, old, new) == _made_up(f"{LETTER}#note-n2", f"{new} ↩\ufe0e2")
    assert broken_page(old, new) == _made_up("broken.html#d1-n2", f"{new} ↩\ufe0e2")


def test_number_of_a_note_that_the_edition_gave_is_read(write, book, judged, tmp_path):
    letter = book.parts[0].documents[0]
    notes = tuple(replace(note, label="") for note in letter.notes)
    plain = replace(book, parts=(Part((replace(letter, notes=notes),)),))
    whole = write(plain, "epub")
    assert judged(whole, plain) == {}
    change = {LETTER: ('<span class="mark generated">4', '<span class="mark generated">9')}
    found = judged(_repacked(whole, change, tmp_path / "broken.epub"), plain)
    assert found["mark-differs"] == [f"{LETTER}#note-n4"]


def test_count_of_replies_that_are_not_there_is_named(broken_page):
    found = broken_page(">3 replies<", ">30 replies<")
    assert found == _made_up("broken.html#d2-c1", "30 replies")


def test_name_of_a_document_that_is_not_its_own_is_named(broken, broken_page):
    name = "7. Letter from the ferry"
    said = f"{LETTER}: “Who rows?” is said to be the name of “{name}” [text-differs]"
    assert broken(LETTER, f'aria-label="{name}"', 'aria-label="Who rows?"') == [said]
    found = broken(LETTER, "<title>[^<]*", "<title>Lies")
    assert found == _made_up(f"{LETTER} title", "Lies")
    assert broken_page("<title>[^<]*", "<title>Lies") == _made_up("broken.html title", "Lies")


@pytest.mark.parametrize(
    ("old", "new", "place", "text"),
    [
        (">Contents</h1>", ">Lies</h1>", "toc", "Lies"),
        (">Beginning of the text<", ">The truth<", "landmarks", "The truth"),
        ("</nav></body>", "</nav><p>Read this.</p></body>", "p", "Read this."),
        ("<li><a", "<li>Read <a", "toc", "Read "),
        ('aria-label="Pages"', 'aria-label="Leaves"', "page-list", "Leaves"),
    ],
)
def test_words_beside_the_contents_are_named(broken, old, new, place, text):
    assert broken(NAV, old, new) == _made_up(f"{NAV} {place}", text)


def test_entry_of_the_contents_that_the_source_has_not_is_named(broken, broken_page):
    entry = '<li><a href="0001-letter.xhtml">The lost letter</a></li>'
    found = broken(NAV, "(<ol>)", rf"\1{entry}")
    assert _made_up(f"{NAV} toc", "The lost letter")[0] in found
    entry = '<li><a href="#d1">The lost letter</a></li>'
    found = broken_page("(<ol>)", rf"\1{entry}")
    assert found == _made_up("broken.html contents", "The lost letter")


def test_title_of_the_contents_for_older_readers_is_that_of_the_book(broken):
    found = broken("EPUB/toc.ncx", "<docTitle><text>[^<]*", "<docTitle><text>Lies")
    assert found == _made_up("EPUB/toc.ncx", "Lies")


def test_cover_that_is_said_to_show_another_book_is_named(broken):
    found = broken("EPUB/cover.xhtml", 'alt="[^"]*"', 'alt="Cover: Lies"')
    assert found == _made_up("EPUB/cover.xhtml", "Cover: Lies")


def test_line_of_the_title_page_that_the_book_has_not_is_named(broken_page):
    found = broken_page("</header>", "<p>Banned.</p></header>")
    assert found == _made_up("broken.html title page", "Banned.")


def test_words_that_nobody_sees_are_named(broken, broken_page):
    hidden = '<p style="display:none">Free ferries.</p><p>The Harbour'
    assert broken(LETTER, "<p>The Harbour", hidden) == _made_up(f"{LETTER} p[5]", "Free ferries.")
    hidden = "<p hidden>Free ferries.</p><p>The Harbour"
    assert broken_page("<p>The Harbour", hidden) == _made_up("broken.html p[5]", "Free ferries.")


def test_words_that_pop_up_or_are_heard_alone_are_named(broken_page):
    found = broken_page("<p>The Harbour", '<p title="Lies">The Harbour')
    assert found == _made_up("broken.html#d1-pvi", "Lies")
    heard = "who hears the page hears something else here than what stands there [word-added]"
    assert broken_page("<p>The Harbour", '<p aria-label="Lies">The Harbour') == [f"p: {heard}"]


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("(</a> )Found in a coat.", r"\1Lost in a coat.",
         f"{LETTER}#note-n1: the list of notes says “1 Lost in a coat.” of note 1 [list-differs]"),
        (r'href="[^"]*#note-n1"', 'href="0001-letter.xhtml"',
         "EPUB/notes.xhtml 1 Found in a coat.: the list of notes leads to no note [list-differs]"),
        (">Notes</h1>", ">Lies</h1>", _made_up("EPUB/notes.xhtml h1", "Lies")[0]),
        ("<ul>", "<p>Lies</p><ul>",
         "EPUB/notes.xhtml: the list adds words: “Lies” [word-added]"),
    ],
)  # fmt: skip
def test_list_of_notes_that_says_what_the_notes_do_not_is_named(broken, old, new, text):
    assert broken("EPUB/notes.xhtml", old, new) == [text]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('(index-term"[^>]*>)[^<]*', r"\1Port Royal"),
        ('(index-locator"[^>]*>)[^<]*', r"\1Everywhere"),
        ("#name-1", ""),
        ("</li></ul>", " and more</li></ul>"),
    ],
)
def test_index_that_says_what_the_text_does_not_is_named(named, judged, tmp_path, old, new):
    book, whole = named
    assert judged(whole, book) == {}
    broken = _repacked(whole, {"EPUB/names.xhtml": (old, new)}, tmp_path / "broken.epub")
    assert set(judged(broken, book)) <= {"index-differs", "word-added"}
    assert judged(broken, book)


def test_file_that_is_no_part_of_the_edition_is_named(epub, judged, book, tmp_path):
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Lies</p></body></html>'
    for name in ("EPUB/more.xhtml", "EPUB/run.js"):
        broken = _repacked(epub, {name: page}, tmp_path / "broken.epub")
        assert judged(broken, book) == {"file-added": [name]}
        assert judged(broken) == {}


def test_page_without_number_is_called_so(write, judged, tmp_path):
    text = Paragraph((Text("One "), PageBreak(""), Text("two.")))
    book = Book("Boats", (Part((Document("d", (Text("Ferry"),), children=(text,)),)),))
    whole = write(book, "epub")
    assert judged(whole, book) == {}
    name = "EPUB/0001-d.xhtml"
    change = {name: ('aria-label="unnumbered page"', 'aria-label="page 9"')}
    broken = _repacked(whole, change, tmp_path / "broken.epub")
    assert judged(broken, book) == {"word-added": [f"{name}#page-unnumbered"]}


@pytest.mark.parametrize("language", ["de", "fr", "zh-Hant", "xx"])
@pytest.mark.parametrize("writer", ["epub", "html"])
def test_words_of_each_language_may_stand_in_editions_in_it(write, judged, book, writer, language):
    turned = replace(book, language=language)
    options = Options(epub=EpubOptions(notes=True, index=True))
    assert judged(write(turned, writer, options), turned) == {}
