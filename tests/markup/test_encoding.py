import pytest

from converter.errors import SourceError
from converter.markup.encoding import decode
from converter.report import Report
from converter.source import Source


def decoded(data, report=None):
    return decode(Source("page.html", data), report or Report())


def codes(data):
    report = Report()
    decoded(data, report)
    return [message.code for message in report.messages]


def test_utf_8_needs_no_declaration():
    assert decoded("<p>Grüße</p>".encode()) == "<p>Grüße</p>"
    assert codes("<p>Grüße</p>".encode()) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_known_by_its_mark_or_its_zeros(encoding):
    assert (
        decoded("<p>The lamp of Skarnholm</p>".encode(encoding)) == "<p>The lamp of Skarnholm</p>"
    )


def test_a_page_declared_as_latin_1_is_read_as_windows_1252():
    page = '<meta charset="iso-8859-1"><p>“Lamp” – 5 €</p>'
    assert decoded(page.encode("cp1252")) == page
    assert codes(page.encode("cp1252")) == []


def test_a_declaration_in_xml_counts_and_leaves_the_text():
    page = '<?xml version="1.0" encoding="windows-1251"?><p>Свет</p>'
    assert decoded(page.encode("cp1251")) == "<p>Свет</p>"


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "windows-1251"])
def test_utf_8_is_read_as_such_whatever_the_page_declares(declared):
    page = f'<meta charset="{declared}"><p>Grüße</p>'
    assert decoded(page.encode()) == page
    assert codes(page.encode()) == ["encoding-differs"]


def test_a_page_that_is_not_the_utf_8_it_declares_is_read_as_windows_1252():
    page = '<meta charset="utf-8"><p>Grüße</p>'
    assert decoded(page.encode("cp1252")) == page
    assert codes(page.encode("cp1252")) == ["encoding-differs"]


@pytest.mark.parametrize("declared", ["rot13", "base64", "no-such-thing", "utf-16", "utf-7"])
def test_a_declaration_that_cannot_be_is_ignored(declared):
    page = f'<meta charset="{declared}"><p>Grüße</p>'
    assert decoded(page.encode()) == page


def test_damaged_bytes_become_replacement_characters_with_a_message():
    data = '<meta charset="utf-8"><p>Grüße, Käthe, Jörg '.encode() + b"\xff</p>"
    assert decoded(data).count("\ufffd") == 1
    assert codes(data) == ["undecodable-bytes"]


def test_characters_that_xml_cannot_hold_become_replacement_characters():
    assert decoded(b"<p>a\x0bb\x01c</p>") == "<p>a\ufffdb\ufffdc</p>"


def test_what_is_no_text_is_refused():
    with pytest.raises(SourceError, match="control characters"):
        decoded(b"\0\1\2\3" * 100)
