"""Addresses outside the book."""

import pytest

from converter.writers.links import address


@pytest.mark.parametrize(
    ("given", "valid"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/two words", "https://example.org/two%20words"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/50%", "https://example.org/50%25"),
        ("https://example.org/%C3%A9", "https://example.org/%C3%A9"),
        ("https://example.org/a#b#c", "https://example.org/a#b%23c"),
        ("https://example.org/a[1]|b", "https://example.org/a%5B1%5D%7Cb"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        (" http://example.org ", "http://example.org"),
    ],
)
def test_an_address_is_made_valid(given, valid):
    assert address(given) == valid


@pytest.mark.parametrize(
    "given",
    [
        "",
        "memo.html",
        "#here",
        "//example.org/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "file:///etc/passwd",
        "http://",
        "http:///path",
        "http://[bad/",
        "http://example.org:port/",
        "http://exa mple.org/",
        "http://-.example/",
    ],
)
def test_what_is_no_address_outside_the_book_is_none(given):
    assert address(given) is None
