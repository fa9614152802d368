"""Addresses outside the book, and links around what may stand in none."""

import pytest

from converter.address import address
from converter.model import Emphasis, Link, NoteRef, Reference, Strong, Text
from converter.writers.links import apart


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


def link(*children):
    return Link(children, "https://example.org/")


def test_a_link_is_cut_around_a_call_and_a_link_at_any_depth_and_keeps_all_other_text():
    inner = Reference((Text("there"),), "d2")
    given = link(Text("see "), Emphasis((Text("this"), Strong((NoteRef("n"), Text("and"), inner)))))
    assert tuple(apart(given)) == (
        link(Text("see ")),
        Emphasis((link(Text("this")), Strong((NoteRef("n"), link(Text("and")), inner)))),
    )


def test_a_link_that_holds_none_stays_whole():
    given = link(Text("see "), Emphasis((Text("this"),)))
    assert tuple(apart(given)) == (given,)
