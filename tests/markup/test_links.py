import pytest

from converter.markup.links import Links, links_of
from converter.markup.page import parse_html


@pytest.mark.parametrize(
    ("href", "absolute"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("//a.example/x", "https://a.example/x"),
        ("../y", "https://lamps.example/y"),
        ("mailto:ann@lamps.example", "mailto:ann@lamps.example"),
        ("a page", "https://lamps.example/a/a%20page"),
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://[broken", None),
        ("#here", None),
        ("", None),
    ],
)
def test_addresses_become_absolute_or_no_links(href, absolute):
    assert Links("https://lamps.example/a/b").absolute(href) == absolute


def test_a_relative_address_leads_nowhere_on_a_page_that_does_not_know_its_own():
    assert Links().absolute("../y") is None
    assert Links().absolute("/y") is None


def test_a_fragment_leads_into_the_page_with_its_address_or_without():
    links = Links("https://lamps.example/a")
    assert links.fragment("#note") == "note"
    assert links.fragment("https://lamps.example/a#note") == "note"
    assert links.fragment("./A_page#cite_note-1") == "cite_note-1"
    assert links.fragment("https://lamps.example/b#note") == ""
    assert links.fragment("https://lamps.example/a") == ""


def test_a_page_says_its_own_address_in_its_head_and_to_what_its_links_are_relative():
    head = '<head><base href="/x/"><link rel="canonical" href="https://lamps.example/a"></head>'
    links = links_of(parse_html(f"<html>{head}<body>x", "a.html").root)
    assert links.address == "https://lamps.example/a"
    assert links.absolute("oil") == "https://lamps.example/x/oil"


def test_a_page_that_does_not_say_where_it_stands_stands_where_it_was_saved_from():
    root = parse_html("<p>x", "a.html").root
    assert links_of(root).address == ""
    assert links_of(root, "https://lamps.example/b").address == "https://lamps.example/b"
