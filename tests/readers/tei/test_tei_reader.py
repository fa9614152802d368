import pytest

from converter.model import Text
from converter.readers import tei
from converter.walk import plain_text


@pytest.mark.parametrize(
    "head",
    [
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0">',
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a volume -->\n<TEI\n xml:id="a">',
        b'<tei:TEI xmlns:tei="http://www.tei-c.org/ns/1.0">',
        b"<teiCorpus>",
        '<?xml version="1.0" encoding="utf-16"?><TEI>'.encode("utf-16"),
    ],
)
def test_tei_is_known_by_its_outermost_element(head):
    assert tei.sniff(head) == 1.0


@pytest.mark.parametrize("head", [b"<rss>", b"<html><p>TEI</p>", b"TEI is a format", b""])
def test_what_is_no_tei_is_left_to_others(head):
    assert tei.sniff(head) == 0.0


def test_prefixes_and_missing_namespaces_make_no_difference(reader):
    for data in (
        b'<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:text><t:p>pier</t:p></t:text></t:TEI>',
        b"<TEI><text><p>pier</p></text></TEI>",
    ):
        (document,) = reader.file(data)
        assert document.children[0].children == (Text("pier"),)
    assert reader.messages == []


def test_other_encodings_are_read(reader):
    data = '<?xml version="1.0" encoding="utf-16"?><TEI><text><p>Skärn</p></text></TEI>'
    (document,) = reader.file(data.encode("utf-16"))
    assert plain_text([document]) == "Skärn"


def test_several_texts_in_one_file_are_all_read(reader):
    one = "<TEI><teiHeader/><text><body><p>{0}</p></body></text></TEI>"
    data = f"<teiCorpus><teiHeader/>{one.format('a')}{one.format('b')}</teiCorpus>"
    assert [plain_text([each]) for each in reader.file(data.encode())] == ["a", "b"]
