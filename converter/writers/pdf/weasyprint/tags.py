"""What is tagged as what, from the boxes on all pages.

This stands in for the tags of WeasyPrint, which begin everything anew on every page, have notes
behind all else on theirs, and leave running heads neither in the structure nor out of it. Here
what runs over to the next page is one element, notes follow the paragraphs that call them, and
what is no text of the book is an artifact. See ISO 32000-1, clause 14.8.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from converter.writers.pdf.weasyprint.actual_text import name_text
from converter.writers.pdf.weasyprint.engine import (
    InlineLevelBox,
    Layout,
    LineBox,
    MarginBox,
    ReplacedBox,
    TextBox,
    pydyf,
)
from converter.writers.pdf.weasyprint.structure import Content, Element

_KINDS: Final[Mapping[str, str]] = {
    "article": "Art",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "dd": "LI",
    "div": "Div",
    "dl": "L",
    "dt": "LI",
    "figcaption": "Caption",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "img": "Figure",
    "li": "LI",
    "li::marker": "Lbl",
    "ol": "L",
    "p": "P",
    "p::before": "Lbl",  # its number in a handout
    "section": "Sect",
    "span": "Span",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
}
# Of a CSS pixel.
_POINTS: Final = 0.75


def add_tags(pdf: Any, layout: Layout, _: str, streams: Sequence[Any]) -> None:
    """Add the structure of ``layout`` to ``pdf``, whose pages are drawn in ``streams``."""
    tree = _Tree()
    pages = [
        tree.add_page(reference, page._page_box, stream)
        for reference, page, stream in zip(pdf.page_references, layout.pages, streams, strict=True)
    ]
    name_text(layout, pdf, pages)
    tree.write(pdf)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Tree:
    """The structure of the pages added so far."""

    def __init__(self) -> None:
        self._document = Element("Document")
        self._notes = Element("NonStruct")
        # In which elements the notes are called that have these elements in the markup.
        self._callers: dict[Any, Element] = {}
        # What was made last for some markup in an element, and on which page.
        self._begun: dict[tuple[Element, Any, str], tuple[Element, bytes]] = {}
        self._footnotes: list[tuple[Any, Element]] = []
        self._owners: list[list[Element | None]] = []
        self._links: list[tuple[Element, Any]] = []
        # The links that elements are, or are in.
        self._linked: dict[Element, Element] = {}
        self._page = b""
        self._height = 0.0
        self._marks: dict[Any, Any] = {}
        self._properties: dict[int, Any] = {}
        self._contents: list[Content] = []

    # ------------------------------------------------------------------------ pages

    def add_page(self, reference: bytes, page: Any, stream: Any) -> list[Content]:
        """Add what is on the next page, and return its text."""
        self._page = reference
        self._height = page.margin_height()
        self._marks = stream._tags
        self._properties = _properties(stream)
        self._contents = []
        self._owners.append([None] * len(self._marks))
        for child in page.children:
            if not isinstance(child, MarginBox):
                self._add(child, page, self._document)
        for box, mark in self._marks.items():
            self._make_artifact(box, mark["mcid"], stream)
        return self._contents

    def _add(self, box: Any, parent: Any, within: Element) -> None:
        """Add ``box``, a child of the box ``parent`` whose element is ``within``."""
        box = getattr(box, "_box", box)
        if self._is_repeated(box, within):
            return
        if box.footnote is not None:
            place = self._place(within, "Note")
            self._callers.setdefault(box.footnote.element, place.block)
        element = self._element(box, parent, within)
        if isinstance(box, ReplacedBox):
            self._add_picture(box, element)
        for child in _children(box):
            if isinstance(child, TextBox):
                self._add_text(child, element)
            else:
                self._add(child, box, element)

    def _is_repeated(self, box: Any, table: Element) -> bool:
        """Return whether ``box`` is the head of a ``table`` that goes on: no text, as heads are."""
        _, page = self._begun.get((table, box.element, "thead"), (None, self._page))
        return page != self._page

    # --------------------------------------------------------------------- elements

    def _element(self, box: Any, parent: Any, within: Element) -> Element:
        """Return what ``box`` is part of; in a link, each box adds an area to that link."""
        if _is_anonymous(box, parent):
            return within
        link = self._linked.get(within)
        if link is None or not box.link_annotation:
            return self._begun_for(box, parent, within)
        self._add_link(box, link)
        if box.element_tag != box.element.tag:  # what a style sheet adds
            return within
        kind = _KINDS.get(box.element_tag, "Span")
        inner = Element(kind, self._entries(box, parent, kind), within.block)
        within.kids.append(inner)
        self._linked[inner] = link
        return inner

    def _begun_for(self, box: Any, parent: Any, within: Element) -> Element:
        """Return a new element for ``box``, or that which goes on in it from the last page."""
        kind = _kind(box)
        within = self._notes if kind == "Note" else self._place(within, kind)
        if found := self._continued(box, kind, within):
            return found
        inline = isinstance(box, InlineLevelBox)
        element = Element(kind, self._entries(box, parent, kind), within.block if inline else None)
        within.kids.append(element)
        self._begun[within, box.element, box.element_tag] = (element, self._page)
        if kind == "Note":
            self._footnotes.append((box.element, element))
        if box.link_annotation:
            self._add_link(box, element)
            self._linked[element] = element
        return element

    def _continued(self, box: Any, kind: str, within: Element) -> Element | None:
        """Return the element ``within`` that goes on in ``box``, None if it begins there.

        What was cut before it was laid out says so itself. In lines, only a span goes on, from the
        line above.
        """
        key = (within, box.element, box.element_tag)
        element, page = self._begun.get(key, (None, self._page))
        if "continued" in _classes(box) and within.last and within.last.kind == kind:
            element, page = within.last, b""
        if isinstance(box, InlineLevelBox):
            goes_on = kind == "Span" and page == self._page and element is within.last
            return element if goes_on else None
        if element is None or page == self._page:
            return None
        self._begun[key] = (element, self._page)
        return element

    def _place(self, within: Element, kind: str) -> Element:
        """Return what an element of ``kind`` stands in: of an item of a list, the body."""
        if within.kind != "LI" or kind == "Lbl":
            return within
        body = next((kid for kid in within.kids if kid.kind == "LBody"), None)
        if body is None:
            body = Element("LBody", {"Pg": self._page})
            within.kids.append(body)
        return body

    def _entries(self, box: Any, parent: Any, kind: str) -> dict[str, Any]:
        """Return what the structure says of ``box`` in ``parent`` beside its kind."""
        entries: dict[str, Any] = {"Pg": self._page}
        if box.element_tag == box.element.tag and "lang" in box.element.attrib:
            entries["Lang"] = pydyf.String(box.element.get("lang"))
        match kind:
            case "Note":
                entries["ID"] = pydyf.String(f"note{len(self._footnotes) + 1}")
            case "Figure":
                entries["Alt"] = pydyf.String(box.element.get("alt", ""))
                entries["A"] = self._area(box)
            case "TH" | "TD":
                entries["A"] = _cell(box, parent)
        return entries

    def _area(self, box: Any) -> Any:
        left, top = box.content_box_x(), self._height - box.content_box_y()
        corners = (left, top - box.height, left + box.width, top)
        area = pydyf.Array(_POINTS * corner for corner in corners)
        return pydyf.Dictionary({"O": "/Layout", "BBox": area})

    # ---------------------------------------------------------------------- content

    def _add_text(self, box: Any, within: Element) -> None:
        """Add text, in an element of its own but for links. What is not shown has no mark."""
        if box not in self._marks:
            return
        within = self._place(within, "Span")
        if within.kind != "Link":
            within.kids.append(Element("Span", {"Pg": self._page}))
            within = within.kids[-1]
        number = self._own(box, within)
        self._contents.append(Content(box, number, self._properties[number], within))

    def _add_picture(self, box: Any, figure: Element) -> None:
        """Add a picture. One that nothing is said of means nothing: it stays an artifact."""
        if box.element.get("alt"):
            self._own(box, figure)

    def _own(self, box: Any, element: Element) -> int:
        number: int = self._marks.pop(box)["mcid"]
        element.kids.append(number)
        self._owners[-1][number] = element
        return number

    def _add_link(self, box: Any, element: Element) -> None:
        """Let ``element`` own the area that is the link, which says what its text says."""
        annotation = box.link_annotation
        text = "".join(each.text for each in box.descendants() if isinstance(each, TextBox))
        if "Dest" in annotation and text.strip():
            annotation["Contents"] = pydyf.String(text)
        self._links.append((element, annotation))
        element.kids.append(
            pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": self._page})
        )

    def _make_artifact(self, box: Any, number: int, stream: Any) -> None:
        """Take the mark numbered ``number`` out of the structure: a head, or a mute picture."""
        properties = self._properties[number]
        place = next(place for place, item in enumerate(stream.stream) if item is properties)
        stream.stream[place - 1] = "/Artifact"
        del properties["MCID"]
        properties["Type"] = "/Pagination" if isinstance(box, TextBox) else "/Layout"
        if isinstance(box, TextBox):
            self._contents.append(Content(box, number, properties, None))

    # ------------------------------------------------------------------------- file

    def write(self, pdf: Any) -> None:
        """Add the structure to ``pdf``, notes behind what calls them."""
        for markup, note in self._footnotes:
            self._callers.get(markup, self._document).notes.append(note)
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(root)
        pdf.catalog["StructTreeRoot"] = root.reference
        self._document.write(pdf, root)
        root["K"] = pydyf.Array([self._document.entries.reference])
        root["ParentTree"] = pydyf.Dictionary({"Nums": pydyf.Array(self._numbered())})
        root["ParentTreeNextKey"] = len(self._owners) + len(self._links)
        root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(self._named())})

    def _numbered(self) -> Iterator[Any]:
        """Yield pages, and then links, by number, with the elements that they belong to."""
        for number, owners in enumerate(self._owners):
            yield number
            yield pydyf.Array(each.entries.reference if each else "null" for each in owners)
        for number, (element, annotation) in enumerate(self._links, start=len(self._owners)):
            annotation["StructParent"] = number
            yield number
            yield element.entries.reference

    def _named(self) -> Iterator[Any]:
        notes = {note.entries["ID"].string: note for _, note in self._footnotes}
        for name in sorted(notes):
            yield pydyf.String(name)
            yield notes[name].entries.reference


def _kind(box: Any) -> str:
    if box.link_annotation:
        return "Link"
    return "Note" if "footnote" in _classes(box) else _KINDS.get(box.element_tag, "NonStruct")


def _classes(box: Any) -> list[str]:
    """Return the classes of the element that ``box`` stands for, not of what a style sheet adds."""
    own = box.element_tag == box.element.tag
    return box.element.get("class", "").split() if own else []


def _is_anonymous(box: Any, parent: Any) -> bool:
    """Return whether ``box`` stands for nothing of its own."""
    if box.element is None or box.element_tag in ("html", "body"):
        return True
    same = box.element is parent.element and box.element_tag == parent.element_tag
    return same and not box.link_annotation


def _children(box: Any) -> Iterator[Any]:
    """Yield what stands in ``box``, in lines or not."""
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield from child.children
        else:
            yield child


def _cell(box: Any, row: Any) -> Any:
    """Return the attributes of a cell of a table. Where all are headers, they are of columns."""
    cell = pydyf.Dictionary({"O": "/Table"})
    if box.element_tag == "th":
        alone = all(each.element_tag == "th" or "header" in _classes(each) for each in row.children)
        cell["Scope"] = "/Column" if alone else "/Row"
    if box.colspan != 1:
        cell["ColSpan"] = box.colspan
    if box.rowspan != 1:
        cell["RowSpan"] = box.rowspan
    return cell


def _properties(stream: Any) -> dict[int, Any]:
    """Return the properties of marked content in a stream of a page, by its number."""
    properties = (item for item in stream.stream if isinstance(item, pydyf.Dictionary))
    return {item["MCID"]: item for item in properties if "MCID" in item}
