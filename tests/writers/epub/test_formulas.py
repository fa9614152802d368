"""Formulas as MathML."""

import pytest

from converter.model import Document, Math, Paragraph, Text

MATH = {"m": "http://www.w3.org/1998/Math/MathML"}


def formulas(desk, *nodes):
    edition = desk.write(Document("a", title=(Text("Sums"),), children=(Paragraph(nodes),)))
    return edition, edition.only


def test_a_formula_is_mathml_with_its_source_beside_it(desk, epubcheck):
    inline, display = Math("x^2"), Math(r"\sum_{i=0}^n i < 3", display=True)
    edition, page = formulas(desk, Text("Let "), inline, Text(" be "), display, Text("."))
    found = page.findall(".//m:math", MATH)
    assert [math.get("display") for math in found] == ["inline", "block"]
    assert [math.get("alttext") for math in found] == [inline.text, display.text]
    assert [note.text for note in page.findall(".//m:annotation", MATH)] == [
        inline.text,
        display.text,
    ]
    assert found[0].find(".//m:msup", MATH) is not None
    assert desk.find(edition.package, "//opf:item[@properties='mathml']")
    assert epubcheck(edition) == []


@pytest.mark.parametrize("source", [r"\undefined{", "a & b", "$"])
def test_a_formula_that_cannot_be_set_stays_its_source_and_is_reported(desk, source):
    edition, page = formulas(desk, Math(source))
    assert [code.text for code in desk.find(page, "//h:code[@class='math']")] == [source]
    assert [message.code for message in edition.messages] == ["formula-as-source"]
    assert not desk.find(edition.package, "//opf:item[@properties='mathml']")
