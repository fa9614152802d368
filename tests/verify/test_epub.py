"""EPUB editions broken on purpose: each break is named, at its place."""

import re
import shutil
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from converter.access import Limits
from converter.errors import SourceError
from converter.model import (
    Book,
    Document,
    Image,
    Link,
    List,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Reference,
    Text,
)
from converter.verify import judge, verify

LETTER, POST, NAV = "EPUB/0001-letter.xhtml", "EPUB/0002-post.xhtml", "EPUB/nav.xhtml"


@pytest.fixture(scope="module")
def whole(write, book):
    return write(book, "epub")


@pytest.fixture
def broken(whole, tmp_path, judged, book):
    """Return a function that replaces text in a file of the edition and verifies the result."""

    def broken(name, old, new, count=1, against=True):
        target = tmp_path / "broken.epub"
        with ZipFile(whole) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
            for entry in source.infolist():
                content = source.read(entry).decode()
                if entry.filename == name:
                    assert len(re.findall(old, content)) >= count
                    content = re.sub(old, new, content, count=count)
                copy.writestr(entry.filename, content)
        return judged(target, book if against else None)

    return broken


def test_unbroken_edition_has_no_difference(whole, book, judged):
    assert judged(whole, book) == {}
    assert judged(whole) == {}
    assert verify(whole, book) == ()


def test_lost_word_is_named_where_it_was(broken):
    assert broken(LETTER, " at dusk", " dusk") == {"word-lost": [f"{LETTER} p[2]"]}


def test_added_word_is_no_word_of_the_source(broken):
    assert broken(LETTER, "Harbour Office", "Harbour Post Office") == {
        "word-added": [f"{LETTER} p[5]"]
    }


def test_changed_letter_is_a_changed_word(broken):
    assert broken(LETTER, "oars", "ears") == {"text-differs": [f"{LETTER} li[1]"]}


def test_two_words_run_together_are_changed_words(broken):
    assert broken(LETTER, "left bank", "leftbank") == {"text-differs": [f"{LETTER} p[4]"]}


def test_doubled_paragraph_is_added(broken):
    twice = broken(POST, "(<p>Somebody must[^/]*/p>)", r"\1\1")
    assert twice == {"word-added": [f"{POST} p[2]"]}


def test_words_put_elsewhere_are_out_of_order(broken):
    found = broken(LETTER, "(<p>The ferry.*?</p>)(.*)(</section></section>)", r"\2\1\3")
    assert "word-out-of-order" in found
    assert "call-moved" in found


def test_other_number_of_a_list_is_a_changed_word(broken):
    assert broken(LETTER, 'start="3"', 'start="8"') == {
        "text-differs": [f"{LETTER} li[1]", f"{LETTER} li[2]"]
    }


def test_list_of_many_files_is_whole_only_if_its_numbers_go_on(write, judged, tmp_path):
    items = tuple(ListItem((Paragraph((Text(f"Ferry {n}."),)),)) for n in range(6_000))
    book = Book("Index", (Part((Document("index", children=(List(items, True),)),)),))
    whole, broken = write(book, "epub"), tmp_path / "broken.epub"
    assert judged(whole, book) == {}
    with ZipFile(whole) as source, ZipFile(broken, "w", ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("-index-2.xhtml"):
                content, count = re.subn(rb'<ol start="(\d+)"', b'<ol start="1"', content)
                assert count == 1
            copy.writestr(entry.filename, content)
    assert set(judged(broken, book)) == {"text-differs"}


def test_tags_of_a_document_are_no_difference(write, judged):
    book = Book("Posts", (Part((Document("d", (Text("Oars"),), tags=("boats", "oars")),)),))
    assert judged(write(book, "epub"), book) == {}


def test_lost_word_of_the_title_page_is_named(broken):
    found = broken("EPUB/title.xhtml", "<h1>The Ferry Papers</h1>", "<h1>Papers</h1>")
    assert found == {"word-lost": [""]}


# ---------------------------------------------------------------------------- notes


def test_dropped_note_is_lost_where_it_is_called(broken):
    found = broken(LETTER, '<aside [^>]*id="note-n4".*?</aside>', "")
    assert found["note-lost"] == [f"{LETTER} p[4]"]
    assert found["call-without-note"] == [f"{LETTER} p[4]"]
    assert "broken-link" in found


def test_dropped_note_that_nobody_calls_is_lost(broken):
    found = broken(LETTER, '<div [^>]*id="note-n6".*?</div>', "")
    assert found == {"note-lost": ["letter#n6"]}


def test_word_lost_in_a_note_is_named_there(broken):
    found = broken(LETTER, "See the ledger", "See ledger")
    assert found == {"word-lost": [f"{LETTER}#note-n3"]}


def test_call_of_another_note_is_named_even_if_the_notes_are_alike(broken):
    found = broken(LETTER, 'href="#note-n4"', 'href="#note-n2"')
    assert found["note-called-elsewhere"] == [f"{LETTER} p[4]"]
    assert found["backlink-wrong"] == [f"{LETTER}#note-n4"]
    assert found["backlink-lost"] == [f"{LETTER}#note-n2"]


def test_dropped_call_is_lost(broken):
    found = broken(LETTER, '<sup class="call"><a [^>]*id="call-note-n3-1".*?</sup>', "")
    assert found["call-lost"] == [f"{LETTER} p[3]"]


def test_call_at_another_word_is_moved(broken):
    call = '(<sup class="call"><a [^>]*id="call-note-n4-1".*?</sup>)'
    found = broken(LETTER, f"left bank{call}", r"left\1 bank")
    assert found == {"call-moved": [f"{LETTER} p[4]"]}


def test_other_mark_of_a_call_is_named(broken):
    found = broken(LETTER, r'href="#note-n5">\*', 'href="#note-n5">†')
    assert found == {"mark-differs": [f"{LETTER}#note-n3"]}


def test_other_mark_of_a_note_is_named(broken):
    assert broken(LETTER, '<span class="mark">†', '<span class="mark">‡') == {
        "mark-differs": [f"{LETTER}#note-n6"]
    }


def test_mark_that_is_gone_from_a_call_or_a_note_is_named(broken):
    assert broken(LETTER, r'href="#note-n5">\*', 'href="#note-n5">') == {
        "mark-differs": [f"{LETTER}#note-n3"]
    }
    assert broken(LETTER, '<span class="mark">†', '<span class="mark">') == {
        "mark-differs": [f"{LETTER}#note-n6"]
    }


def test_notes_that_changed_places_are_out_of_order(broken):
    notes = '(<aside [^>]*id="note-n1".*?</aside>)(<aside [^>]*id="note-n2".*?</aside>)'
    assert broken(LETTER, notes, r"\2\1") == {"note-out-of-order": [f"{LETTER}#note-n2"]}


def test_dropped_way_back_is_named(broken):
    found = broken(LETTER, '<a [^>]*href="#call-note-n2-2".*?</a>', "")
    assert found == {"backlink-lost": [f"{LETTER}#note-n2"]}


# ---------------------------------------------------------------------------- pages


def test_dropped_page_break_is_lost_in_text_and_list(broken):
    found = broken(LETTER, '<span [^>]*id="page-v"/>', "")
    assert found["page-lost"] == [f"{LETTER} p[3]"]
    assert found["page-added"] == [f"{LETTER}#page-v"]


def test_page_missing_in_the_page_list_is_lost(broken):
    found = broken(NAV, '<li><a href="[^"]*#page-v">v</a></li>', "")
    assert found["page-lost"] == [f"{LETTER}#page-v"]


def test_page_list_out_of_order_is_named(broken):
    entry = '(<li><a href="[^"]*#page-{}">{}</a></li>)'
    found = broken(NAV, entry.format("iv", "iv") + entry.format("v", "v"), r"\2\1")
    assert found == {"page-out-of-order": [f"{LETTER}#page-v"]}


def test_pages_that_changed_places_are_out_of_order(broken):
    found = broken(LETTER, 'title="v"', 'title="x"')
    assert found["page-lost"] == [f"{LETTER} p[3]"]
    assert found["page-label-differs"] == [f"{LETTER}#page-v"]


# ------------------------------------------------------------------------- comments


def test_dropped_comment_is_lost(broken):
    found = broken(POST, '<article [^>]*id="comment-c4".*?</article>', "")
    assert found["comment-lost"] == ["c4"]


def test_swapped_comments_are_out_of_order(broken):
    fish = '(<article [^>]*id="comment-c5".*?</article>)'
    found = broken(POST, f'(<article [^>]*id="comment-c1".*?){fish}', r"\2\1")
    assert found == {"comment-out-of-order": [f"{POST}#comment-c5"]}


def test_comments_that_swapped_their_texts_are_changed(broken):
    found = broken(POST, "My uncle did.(.*)What is a ferry.", r"What is a ferry?\1My uncle did.")
    assert found == {"text-differs": [f"{POST}#comment-c1", f"{POST}#comment-c5"]}


def test_comment_under_a_stranger_is_named(broken):
    comment = '(<article [^>]*id="comment-c4".*?</article>)'
    found = broken(POST, f"{comment}(.*)(<div [^>]*><p>What is a ferry[^/]*/p></div>)", r"\2\3\1")
    assert found["comment-under-wrong-parent"] == [f"{POST}#comment-c4"]


def test_comment_that_says_it_answers_a_stranger_is_named(broken):
    link = 'in reply to <a href="#comment-c1"'
    found = broken(POST, link, 'in reply to <a href="#comment-c5"')
    assert set(found) == {"comment-under-wrong-parent"}
    assert set(found["comment-under-wrong-parent"]) == {f"{POST}#comment-c2"}


def test_deep_comment_that_says_it_answers_another_is_named(broken):
    link = 'in reply to <a href="#comment-d14"'
    found = broken(POST, link, 'in reply to <a href="#comment-d12"')
    assert found == {"comment-under-wrong-parent": [f"{POST}#comment-d15"]}


def test_comment_that_goes_on_behind_its_replies_is_named(broken):
    reply = '(<div [^>]*><p>My uncle did[^/]*/p></div>)(<article [^>]*id="comment-c2".*</article>)'
    found = broken(POST, f'{reply}(</article><article [^>]*id="comment-c5")', r"\2\1\3")
    assert found == {"comment-out-of-order": [f"{POST}#comment-c1"]}


def test_other_author_is_a_changed_word(broken):
    assert broken(POST, ">Bo<", ">Joe<")["text-differs"] == [f"{POST}#comment-c2"]


# ------------------------------------------------------------- contents, cross references


def test_entry_that_is_gone_from_the_contents_is_lost(broken):
    entry = '<li><a href="[^"]*letter.xhtml">7. Letter from the ferry</a></li>'
    assert broken(NAV, entry, "")["contents-lost"] == [""]


def test_entries_that_lead_to_each_other_are_named(broken):
    found = broken(
        NAV, "0001-letter.xhtml(.*?)0002-post.xhtml", r"0002-post.xhtml\g<1>0001-letter.xhtml"
    )
    assert found["contents-lead-elsewhere"][:2] == [POST, LETTER]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("7. Letter from the ferry", "7. Letter from the fairy"),
        (">Comments<", ">Replies<"),
        ('src="0002-post.xhtml"', 'src="0001-letter.xhtml"'),
        ("<navPoint.*</navPoint>", ""),
        ("<text>v</text>", "<text>w</text>"),
    ],
)
def test_contents_for_older_readers_that_say_something_else_are_named(broken, old, new):
    found = broken("EPUB/toc.ncx", old, new, against=False)
    assert found
    assert set(found) <= {"contents-lost", "contents-lead-elsewhere"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The Ferry Papers", "The Fairy Papers"),
        ("<dc:creator.*</dc:creator>", ""),
        ("(<dc:creator) id=[^>]*(>A. Reader</dc:creator>)", r"\g<0>\1\2"),
        ("1983-03-01", "1984-03-01"),
        ("8c1ab1c4", "9c1ab1c4"),
        ("<dc:date>", "<dc:publisher>Nobody</dc:publisher><dc:date>"),
        ("<dc:date>", "<dc:description>Void</dc:description><dc:date>"),
        ("<dc:date>", "<dc:contributor>Nobody</dc:contributor><dc:date>"),
    ],
)
def test_package_that_says_something_else_of_the_book_is_named(broken, old, new):
    assert broken("EPUB/content.opf", old, new) == {"metadata-differs": [""]}


def test_text_that_is_not_in_the_reading_order_is_lost(broken):
    found = broken("EPUB/content.opf", "(<itemref idref=.file-0002[^/]*)", r'\1 linear="no"')
    assert "word-lost" in found
    assert "comment-lost" in found


def test_title_page_that_is_gone_is_lost(broken):
    found = broken("EPUB/title.xhtml", r"(?s)<section class=.title-page.*</section>", "")
    assert set(found) == {"word-lost"}


def test_reference_that_leads_elsewhere_or_nowhere_is_lost(write, judged, tmp_path):
    def link(text, **target):
        return Reference((Text(text),), "barge", **target)

    said = Paragraph((link("See it"), Text(" and "), link("page 9", page="9"), Text(" and ")))
    noted = Paragraph((link("the note", note="n1"), Text(".")))
    note = Note("n1", "1", (Paragraph((Text("Sunk."),)),))
    barge = Document("barge", (Text("Barge"),), children=(PageBreak("9"),), notes=(note,))
    ferry = Document("ferry", (Text("Ferry"),), children=(said, noted))
    book = Book("Boats", (Part((ferry, barge)),))
    whole, broken = write(book, "epub"), tmp_path / "broken.epub"
    assert judged(whole, book) == {}
    target = "0002-barge.xhtml"
    for old, new in (
        (f'href="{target}"', 'href="0001-ferry.xhtml"'),
        (f'href="{target}#page-9"', f'href="{target}"'),
        (f'href="{target}#note-n1"', f'href="{target}#page-9"'),
        (f'href="{target}"', ""),
    ):
        with ZipFile(whole) as source, ZipFile(broken, "w", ZIP_DEFLATED) as copy:
            for entry in source.infolist():
                content = source.read(entry).decode()
                if entry.filename.endswith("0001-ferry.xhtml"):
                    assert old in content
                    content = content.replace(old, new)
                copy.writestr(entry.filename, content)
        assert judged(broken, book) == {"reference-lost": ["ferry"]}


# ------------------------------------------------------------ without source, malformed


def test_parts_that_do_not_fit_together_show_without_the_source(broken):
    found = broken(LETTER, 'href="#note-n4"', 'href="#note-n44"', against=False)
    assert found == {
        "broken-link": [f"{LETTER}#call-note-n4-1"],
        "call-without-note": [f"{LETTER} p[4]"],
        "backlink-wrong": [f"{LETTER}#note-n4"],
    }


def test_markup_that_is_not_well_formed_is_an_error_with_its_file(broken):
    with pytest.raises(SourceError, match=r"0001-letter.xhtml: error: is no well-formed XML"):
        broken(LETTER, "</em>", "")


def test_what_is_no_zip_is_an_error(tmp_path, book):
    edition = tmp_path / "edition.epub"
    edition.write_bytes(b"PK no more")
    with pytest.raises(SourceError, match="is no EPUB"):
        verify(edition, book)


@pytest.mark.parametrize(("record", "field"), [(b"PK\x01\x02", 6), (b"PK\x05\x06", 15)])
def test_damaged_directory_is_an_error(whole, tmp_path, book, record, field):
    data = bytearray(whole.read_bytes())
    data[data.index(record) + field] = 0xFF
    edition = tmp_path / "edition.epub"
    edition.write_bytes(data)
    with pytest.raises(SourceError, match="is no EPUB"):
        verify(edition, book)


def test_file_that_unpacks_to_too_much_is_an_error(whole, tmp_path, book):
    bomb = tmp_path / "bomb.epub"
    shutil.copy(whole, bomb)
    with ZipFile(bomb) as source:
        package = source.read("EPUB/content.opf").decode()
    huge = '<item id="huge" href="huge.xhtml" media-type="application/xhtml+xml"/></manifest>'
    with ZipFile(bomb, "w", ZIP_DEFLATED) as target, ZipFile(whole) as source:
        for entry in source.infolist():
            if entry.filename != "EPUB/content.opf":
                target.writestr(entry.filename, source.read(entry))
        package = package.replace("</manifest>", huge).replace(
            "</spine>", '<itemref idref="huge"/></spine>'
        )
        target.writestr("EPUB/content.opf", package)
        target.writestr("EPUB/huge.xhtml", b" " * (65 << 20))
    with pytest.raises(SourceError, match=r"more than is safe to read.*--limit package-text="):
        judge(bomb, book)
    with pytest.raises(SourceError, match="no well-formed XML"):
        judge(bomb, book, Limits(package_text=70 << 20, package_ratio=1_000_000))


def test_entities_do_not_multiply(broken):
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    found = broken(LETTER, "<!DOCTYPE html>", bomb)
    assert found == {}


def test_entities_are_an_error(broken):
    trap = '<!DOCTYPE html [<!ENTITY a SYSTEM "/etc/passwd">]>(.*?)dawn'
    with pytest.raises(SourceError, match="entities"):
        broken(LETTER, "(?s)<!DOCTYPE html>(.*?)dawn", trap.replace("(.*?)", r"\1") + "&a;")


@pytest.fixture(scope="module")
def linked(write):
    """Return a book with links out of it and a picture, its edition, and where its text is."""
    link = Link((Text("the register"),), "https://example.org/register")
    other = Link((Text("the list"),), "https://example.org/list")
    book = Book(
        "Links",
        (
            Part(
                (Document("a", (Text("A"),), children=(Paragraph((link, Text(" and "), other)),)),)
            ),
        ),
    )
    return book, write(book, "epub")


@pytest.fixture
def relinked(linked, tmp_path, judged):
    """Return a function that replaces text in the chapter of ``linked`` and verifies the result."""
    book, whole = linked

    def relinked(old, new):
        target = tmp_path / "broken.epub"
        with ZipFile(whole) as source, ZipFile(target, "w") as copy:
            for name in source.namelist():
                content = source.read(name).decode()
                copy.writestr(name, content.replace(old, new) if "0001" in name else content)
        return judged(target, book)

    return relinked


def test_picture_that_stays_on_the_web_is_no_difference(write, judged):
    picture = Image("https://example.org/lamp.png", "A lamp")
    book = Book("P", (Part((Document("a", children=(Paragraph((picture,)),)),)),))
    assert judged(write(book, "epub"), book) == {}
    assert judged(write(book, "html"), book) == {}
    assert judged(write(book, "markdown"), book) == {}


def test_link_to_another_address_is_named(relinked):
    assert relinked("", "") == {}
    found = relinked("example.org/register", "example.com/register")
    assert found == {"link-lost": ["EPUB/0001-a.xhtml"], "link-added": ["EPUB/0001-a.xhtml"]}


def test_links_that_changed_their_targets_are_named(relinked):
    assert set(relinked("/list", "/register")) == {"link-lost"}


def test_text_that_is_no_link_any_more_is_named(relinked):
    assert relinked('<a href="https://example.org/list">the list</a>', "the list") == {
        "link-lost": ["a"]
    }


@pytest.mark.parametrize(
    "act",
    [
        "<script/>",
        '<iframe src=""/>',
        '<a href="java&#10;script:x()">oars</a>',
        '<p onclick="x()"/>',
        '<meta http-equiv="refresh" content="0"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><set attributeName="x"/></svg>',
    ],
)
def test_what_acts_is_named(broken, act):
    found = broken(LETTER, "</section>", f"{act}</section>", against=False)
    assert [place.partition(" ")[0] for place in found["script-added"]] == [LETTER]


@pytest.mark.parametrize(
    "load",
    [
        '<img alt="" src="https://example.org/x.png"/>',
        '<img alt="" src="missing.png"/>',
        '<p style="background: url(//example.org/x)"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://example.org/x"/></svg>',
    ],
)
def test_what_is_loaded_from_elsewhere_is_named(broken, load):
    found = broken(LETTER, "</section>", f"{load}</section>")
    assert [place.partition(" ")[0] for place in found["remote-reference"]] == [LETTER]


def test_style_sheet_that_loads_something_is_named(broken):
    found = broken("EPUB/style.css", r"\A", "@import 'x.css'; p { background: url(http://a/b) }\n")
    assert found == {"remote-reference": ["EPUB/style.css"] * 2}


@pytest.mark.parametrize(
    "hide",
    [
        'hidden="hidden"',
        'style="display:none"',
        'style="font-size: 0"',
        'style="color: #FFF"',
        'style="position: absolute; left: -9999px"',
    ],
)
def test_words_that_are_hidden_are_lost(broken, hide):
    found = broken(LETTER, "<p>The Harbour", f"<p {hide}>The Harbour")
    assert found == {"word-lost": ["EPUB/part-02.xhtml h1[1]"]}


@pytest.mark.parametrize(
    "rule",
    [
        "p { visibility: hidden }",
        "@media screen { body p { color: white; } }",
        "section > p { opacity: 0.0 !important }",
        "p { text-indent: -9999em }",
    ],
)
def test_words_that_the_style_sheet_hides_are_lost(broken, rule):
    assert broken("EPUB/style.css", r"\Z", rule)["word-lost"]


@pytest.mark.parametrize(
    "rule",
    [
        "@media print { p { display: none } }",
        "p { color: white; background: #003 }",
        ".pagebreak { display: none }",
        ".generated:hover, nav { display: none }",
    ],
)
def test_looks_that_hide_no_words_are_no_difference(broken, rule):
    assert broken("EPUB/style.css", r"\Z", rule) == {}


def test_other_number_of_an_item_is_a_changed_word(broken):
    assert broken(LETTER, "<li>(?=.{,9}oars)", '<li value="9">')["text-differs"]
    assert broken(LETTER, 'start="3"', 'start="three"')["text-differs"]


@pytest.mark.parametrize(
    "rule",
    [
        'p::after { content: "Void" }',
        "h1:before{content:'Void: ' attr(class)}",
        'p::after { content: "\\\\56 oid" }',
    ],
)
def test_words_that_the_style_sheet_adds_are_named(broken, rule):
    assert broken("EPUB/style.css", r"\Z", rule) == {"word-added": ["EPUB/style.css"]}


@pytest.mark.parametrize(
    "rule",
    [
        'hr::after { content: "*" }',
        ".pagebreak::before { content: attr(title) }",
        '/* content: "words" */',
        'p { --content: "words" }',
    ],
)
def test_ornaments_of_the_style_sheet_are_no_difference(broken, rule):
    assert broken("EPUB/style.css", r"\Z", rule) == {}


@pytest.mark.parametrize(
    "hide", ["font: 0/0 a", "opacity: .01", "color: rgb(100%, 100%, 100%)", "text-security: disc"]
)
def test_words_that_nobody_can_make_out_are_lost(broken, hide):
    assert broken(LETTER, "<p>The Harbour", f'<p style="{hide}">The Harbour')["word-lost"]


@pytest.mark.parametrize(
    "said",
    [
        'aria-label="Void"',
        'aria-hidden="true"',
        'aria-labelledby="note-n1"',
        'aria-describedby="note-n1"',
        'aria-roledescription="Void"',
    ],
)
def test_what_is_said_in_place_of_the_text_is_named(broken, said):
    assert broken(LETTER, "<p>The Harbour", f"<p {said}>The Harbour") == {
        "word-added": [f"{LETTER} p"]
    }


def test_page_that_is_heard_by_another_label_is_named(broken):
    assert set(broken(LETTER, 'aria-label="iv"', 'aria-label="ix"')) == {"word-added"}
