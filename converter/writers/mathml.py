"""Formulas as MathML, which browsers and reading systems set in type and screen readers speak.

Their TeX source is kept as the annotation and the text alternative of each. See
https://www.w3.org/TR/epub-33/#sec-xhtml-mathml.
"""

from typing import Final

from lxml import etree

from converter.model import Book, Math
from converter.report import Report
from converter.writers.formulas import rendered, report_left
from converter.writers.xhtml import XHTML, Element, clean

MATHML: Final = "http://www.w3.org/1998/Math/MathML"
_EMPTY: Final = f'<math xmlns="{MATHML}"/>'
_ROOT: Final = f"{{{MATHML}}}math"
# Of pandoc's formats, JATS has formulas both as TeX and as MathML whatever options are set.
_WRITER: Final = "jats"
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)


class Formulas:
    """The formulas of ``book`` that pandoc could render, by their TeX source."""

    def __init__(self, book: Book, report: Report) -> None:
        self._rendered = {
            node: None if answer is None else _math(answer)
            for node, answer in rendered(book, _WRITER).items()
        }
        report_left(self._rendered, report)

    @property
    def rendered(self) -> bool:
        """Whether any formula is MathML."""
        return any(element is not None for element in self._rendered.values())

    @property
    def left(self) -> bool:
        """Whether any formula is shown as its source."""
        return any(element is None for element in self._rendered.values())

    def place(self, root: Element) -> bool:
        """Put MathML in the place of the formulas in the page ``root``; say if there were any."""
        placed = False
        for code in list(root.iter(f"{{{XHTML}}}code")):
            names = code.get("class", "").split()
            parent = code.getparent()
            if "math" not in names or parent is None:
                continue
            node = Math("".join(map(str, code.itertext())), "display" in names)
            element = self._rendered.get(node)
            if element is not None:
                made = _copied(element, node)
                made.tail = code.tail
                parent.replace(code, made)
                placed = True
        return placed


def _math(answer: bytes) -> Element | None:
    """Return the MathML in ``answer``, which is JATS without the declarations of its prefixes."""
    prefixes = f'xmlns:mml="{MATHML}" xmlns:xlink="http://www.w3.org/1999/xlink"'
    wrapped = b"<body %b>%b</body>" % (prefixes.encode(), answer)
    return next(etree.fromstring(wrapped, _PARSER).iter(_ROOT), None)


def _copied(math: Element, formula: Math) -> Element:
    """Return a copy of ``math`` with the source of ``formula`` beside it."""
    made = etree.fromstring(_EMPTY)
    made.set("display", "block" if formula.display else "inline")
    made.set("alttext", clean(formula.text))
    semantics = etree.SubElement(made, f"{{{MATHML}}}semantics")
    # Of what is annotated there may be one element only.
    shown = semantics if len(math) == 1 else etree.SubElement(semantics, f"{{{MATHML}}}mrow")
    for child in math:
        _append(shown, child)
    source = etree.SubElement(semantics, f"{{{MATHML}}}annotation", encoding="application/x-tex")
    source.text = clean(formula.text)
    return made


def _append(parent: Element, element: Element) -> None:
    """Append a copy of ``element`` that declares no prefix of its own."""
    made = etree.SubElement(parent, element.tag)
    for name, value in element.attrib.items():
        made.set(name, value)
    made.text, made.tail = element.text, element.tail
    for child in element:
        _append(made, child)
