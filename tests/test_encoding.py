import pytest

from converter.encoding import is_damaged_utf_8, marked, utf_16_of

TEXT = "Grüße aus Łódź"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_its_encoding(encoding):
    assert marked(TEXT.encode(encoding)) == encoding


def test_bytes_without_a_mark_name_nothing():
    assert marked(TEXT.encode()) is None
    assert marked(b"") is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_by_its_zeros(encoding):
    assert utf_16_of(TEXT.encode(encoding)) == encoding


@pytest.mark.parametrize("data", [TEXT.encode(), b"\0" * 40, b""])
def test_other_bytes_are_no_utf_16(data):
    assert utf_16_of(data) is None


def test_one_bad_byte_among_good_ones_is_damage():
    assert is_damaged_utf_8(TEXT.encode() + b"\xff")


@pytest.mark.parametrize("data", [TEXT.encode("cp1250"), b"plain", b"caf\xe9 \xc3\xa9"])
def test_bytes_of_another_encoding_are_no_damaged_utf_8(data):
    assert not is_damaged_utf_8(data)
