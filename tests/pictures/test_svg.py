"""Drawings keep what they show, and lose whatever acts or reaches out of them."""

import pytest
from lxml import etree

from converter.pictures.svg import is_svg, safe_svg
from converter.source import Refusal

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 10 10"'
)


def safe(inside, attributes=""):
    return safe_svg(f"{HEAD} {attributes}>{inside}</svg>".encode(), "a.svg")


def names(drawing):
    return [etree.QName(element).localname for element in etree.fromstring(drawing).iter()]


def test_a_drawing_keeps_shapes_text_gradients_and_uses():
    drawing = safe(
        '<defs><linearGradient id="g" gradientTransform="rotate(9)"><stop offset="0"/>'
        '</linearGradient><path id="p" d="M0 0"/></defs><style>.a{fill:url(#g)}</style>'
        '<g class="a" style="fill:url(#g);image-rendering:auto"><use xlink:href="#p"/>'
        "<text>Año &amp; &#160;<tspan>1</tspan></text></g>"
    )
    root = etree.fromstring(drawing)
    assert root.get("viewBox") == "0 0 10 10"
    expected = "svg defs linearGradient stop path style g use text tspan"
    assert names(drawing) == expected.split()
    assert b'<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#p"/>' in drawing
    assert "".join(root.find("{*}g").itertext()) == "Año & \u00a01"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onclick="alert(1)" />',
        '<a xlink:href="javascript:alert(1)"><rect /></a>',
        '<use xlink:href="https://example.org/a.svg#p" />',
        '<use href="data:image/svg+xml,a" />',
        '<image href="/etc/passwd" />',
        '<image xlink:href="https://example.org/a.png" />',
        "<style>@import url(https://example.org/a.css);</style>",
        '<style>rect { fill: url("https://example.org/a") }</style>',
        r"<style>rect { fill: \75rl(https://example.org/a) }</style>",
        '<rect style="fill: url(https://example.org/a)" />',
        "<rect fill=\"url( 'https://example.org/a' )\" />",
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="https://example.org"/>'
        "</body></foreignObject>",
        '<animate attributeName="href" values="javascript:alert(1)" />',
        '<set attributeName="onclick" to="alert(1)" />',
        '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
        '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
        "<style>&lt;/style>&lt;script>alert(1)&lt;/script></style>",
        '<?xml-stylesheet href="https://example.org/a.css"?>',
        '<g xml:base="https://example.org/"></g>',
    ],
)
def test_nothing_in_a_drawing_acts_or_reaches_out(inside):
    drawing = safe(inside, 'onload="alert(1)"').decode()
    for sign in ("alert", "onload", "onclick", "example.org", "etc/passwd", "javascript", "data:"):
        assert sign not in drawing


def test_a_drawing_by_prefixed_names_is_the_same():
    markup = '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:rect width="3"/></s:svg>'
    assert is_svg(markup.encode())
    assert names(safe_svg(markup.encode(), "a.svg")) == ["svg", "rect"]


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<?xml version="1.0"?>\n',
        "<!-- drawn by hand -->",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">\n',
    ],
)
def test_a_drawing_is_known_behind_whatever_may_come_first(head):
    content = f"{head}{HEAD}><rect/></svg>".encode()
    assert is_svg(content)
    assert b"rect" in safe_svg(content, "a.svg")


BOMB = "".join(
    f'<g id="u{level}">{f"<use href=&quot;#u{level - 1}&quot;/>" * 10}</g>'.replace("&quot;", '"')
    for level in range(1, 12)
)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><rect></svg>",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">'
        b"<text>&a;</text></svg>",
        f'{HEAD}><rect id="u0"/>{BOMB}<use href="#u11"/></svg>'.encode(),
        f'{HEAD}><g id="a"><use href="#a"/></g></svg>'.encode(),
        f"{HEAD}>{'<g>' * 150}{'</g>' * 150}</svg>".encode(),
    ],
)
def test_a_drawing_that_is_damaged_or_a_trap_is_refused(content):
    assert is_svg(content)
    assert isinstance(safe_svg(content, "a.svg"), Refusal)


def test_cleaning_a_drawing_twice_changes_nothing():
    once = safe('<g style="fill:red"><text>a</text></g>')
    assert safe_svg(once, "a.svg") == once
