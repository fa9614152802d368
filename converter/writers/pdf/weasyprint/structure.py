"""The structure of a tagged PDF while it is made: elements, and the content marked as theirs.

See ISO 32000-1, clause 14.7.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from converter.writers.pdf.weasyprint.engine import pydyf

# Behind these stand the notes called in them; all else has its notes at its own end.
_PARAGRAPHS: Final = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6"})
# Without those that are empty, rows would be of different length, and ranks be left out.
_KEPT: Final = frozenset({"TD", "TH", "H1", "H2", "H3", "H4", "H5", "H6"})
# They only hold others: what is deeper in than ``_DEEPEST`` stands level in the last of them.
_GROUPS: Final = frozenset({"Art", "BlockQuote", "Div", "L", "LBody", "LI", "Sect"})
# PDFium, and with it Chrome, finds nothing in more than 32 elements: that leaves room for a table,
# a paragraph, and words in it. See kStructTreeMaxRecursion in its cpdf_structtree.cpp.
_DEEPEST: Final = 20


class Element:
    """An element of the structure.

    ``entries`` are those of its dictionary in the file. ``kids`` are elements, numbers of marked
    content, and references to annotations. ``notes`` are those called in it. ``block`` is the
    paragraph or the like that it is in, or is itself.
    """

    def __init__(
        self,
        kind: str,
        entries: dict[str, Any] | None = None,
        block: "Element | None" = None,
    ) -> None:
        self.kind = kind
        self.block = block or self
        self.entries = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{kind}"} | (entries or {}))
        self.kids: list[Any] = []
        self.notes: list[Element] = []

    @property
    def last(self) -> "Element | None":
        """The last of the kids, but for those that are empty, if it is an element."""
        last = next((kid for kid in reversed(self.kids) if not _is_empty(kid)), None)
        return last if isinstance(last, Element) else None

    def write(self, pdf: Any, parent: Any, depth: int = 1) -> None:
        """Add this element to ``pdf``, and what is in it. The outermost has a ``depth`` of 1."""
        pdf.add_object(self.entries)
        self.entries["P"] = parent.reference
        self.entries["K"] = pydyf.Array()
        for kid in self._settled(depth):
            if isinstance(kid, Element):
                kid.write(pdf, self.entries, depth + 1)
                self.entries["K"].append(kid.entries.reference)
            else:
                self.entries["K"].append(kid)

    def _settled(self, depth: int) -> Iterator[Any]:
        """Yield the kids, but for those that are empty, and the notes where they are read."""
        for kid in self.kids:
            if not isinstance(kid, Element):
                yield kid
            elif kid.kind in _GROUPS and depth >= _DEEPEST:
                yield from kid._settled(depth)
            elif not kid.is_empty():
                yield kid
            if isinstance(kid, Element) and kid.kind in _PARAGRAPHS:
                yield from kid.notes
        if self.kind not in _PARAGRAPHS:
            yield from self.notes

    def is_empty(self) -> bool:
        """Return whether nothing in the file belongs to this element."""
        return self.kind not in _KEPT and not self.notes and all(map(_is_empty, self.kids))


def _is_empty(kid: Any) -> bool:
    return isinstance(kid, Element) and kid.is_empty()


class Content(NamedTuple):
    """Text as it was laid out, with the properties of its mark; heads are of no ``element``."""

    box: Any
    number: int
    properties: Any
    element: Element | None
