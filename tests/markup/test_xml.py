import pytest

from converter.errors import SourceError
from converter.markup.xml import elements, values
from converter.report import Report


def items(text, report=None):
    found = elements(text, "export.xml", report or Report(), tags=("item",))
    return [values(item) for item in found]


def codes(text):
    report = Report()
    items(text, report)
    return [message.code for message in report.messages]


def test_fields_are_told_apart_by_local_name_whatever_the_prefix():
    text = (
        '<rss xmlns:content="http://c/content/" xmlns:e="http://e/excerpt/" xmlns:wp="http://w/">'
        "<item><title>T</title><content:encoded><![CDATA[<p>A & B</p>]]></content:encoded>"
        "<e:encoded>E</e:encoded><wp:status>publish</wp:status></item></rss>"
    )
    assert items(text) == [
        {"title": "T", "content": "<p>A & B</p>", "excerpt": "E", "status": "publish"}
    ]


def test_broken_xml_is_mended_with_a_message():
    text = "<rss><item><title>One</title></item><item><title>Two</title></item></rs"
    assert [each["title"] for each in items(text)] == ["One", "Two"]
    assert codes(text) == ["malformed-xml"]


def test_ampersands_that_nobody_escaped_lose_no_letter():
    text = "<rss><item><title>AT&T, R&D; Q & A</title></item></rss>"
    assert items(text) == [{"title": "AT&T, R&D; Q & A"}]


def test_markup_that_should_have_been_escaped_is_kept_as_markup():
    assert items("<rss><item><title>A <b>bold</b> one</title></item></rss>") == [
        {"title": "A <b>bold</b> one"}
    ]


def test_names_of_characters_that_only_html_knows_are_read():
    assert items("<rss><item><title>Caf&eacute;&nbsp;au lait</title></item></rss>") == [
        {"title": "Café\u00a0au lait"}
    ]


@pytest.mark.parametrize(
    "trap",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_entities_are_refused(trap):
    with pytest.raises(SourceError, match="entities"):
        items(f"{trap}<rss><item><title>&x;</title></item></rss>")


def test_a_document_type_elsewhere_is_not_fetched():
    trap = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd">'
    assert items(f"{trap}<rss><item><title>T</title></item></rss>") == [{"title": "T"}]


def test_ten_thousand_levels_are_refused_with_their_place():
    with pytest.raises(SourceError, match=r"export\.xml:1.*depth"):
        items("<rss><item>" + "<a>" * 10_000)


def test_what_is_no_xml_is_refused():
    with pytest.raises(SourceError, match="no XML"):
        items("")
