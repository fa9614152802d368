import pytest

from converter.errors import SourceError
from converter.readers.text.decode import decode
from converter.report import Report
from converter.source import Source

TEXT = "Straße nach Łódź — “fünf” Lampen\nzweite Zeile\n"


def read(data):
    report = Report()
    return decode(Source("memo.txt", data), report), [message.code for message in report.messages]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_recognised_with_and_without_a_mark(encoding):
    assert read(TEXT.encode(encoding)) == (TEXT, [])


def test_what_is_no_unicode_is_windows_1252():
    assert read("“Café” – 5 €".encode("cp1252")) == ("“Café” – 5 €", [])


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_will_do(ending):
    assert read(f"one{ending}two{ending}".encode())[0] == "one\ntwo\n"


def test_one_bad_byte_does_not_turn_a_unicode_file_into_windows_1252():
    text, codes = read("“Göteborg”, ".encode() * 3 + b"\xff" + "“Malmö”".encode())
    assert text.count("Göteborg") == 3
    assert "\ufffd“Malmö”" in text
    assert codes == ["undecodable-bytes"]


def test_control_characters_that_no_edition_can_hold_are_shown_and_reported():
    text, codes = read(b"bell\x07 " + b"and more words " * 20)
    assert text.startswith("bell\ufffd and")
    assert codes == ["control-characters"]


def test_a_form_feed_ends_a_line():
    assert read(b"one\ftwo") == ("one\ntwo", [])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%...", "a PDF"),
        (b"PK\x03\x04\x14\x00", "zip archive"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(range(256)) * 8, "control characters"),
    ],
)
def test_what_is_not_text_is_refused_by_name(data, kind):
    with pytest.raises(SourceError, match=kind):
        read(data)


def test_an_empty_file_is_an_empty_text():
    assert read(b"") == ("", [])
