"""From pages to a tagged file that keeps the standards asked for.

WeasyPrint tags footnotes as divisions of an area without meaning, each page by itself.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from converter.assets import template
from converter.model import Book
from converter.options import PdfOptions
from converter.writers.pdf.weasyprint.actual_text import name_text
from converter.writers.pdf.weasyprint.engine import FootnoteAreaBox, Layout, pydyf

# WeasyPrint knows one standard at a time, and writes what both ask for.
_VARIANTS: Final = {"plain": None, "pdf/a-2a+ua-1": "pdf/a-2a"}
_END_OF_METADATA: Final = b"</rdf:RDF>"


class _Rendered(pydyf.Object):  # type: ignore[misc] # the library has no types
    """An object of a file that is complete, whose bytes are made once.

    They are asked for twice: a digest of all of them is part of the file's identifier.
    """

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = item.number, item.generation, item.free
        self._of = item

    @cached_property
    def data(self) -> bytes:
        return bytes(self._of.data)

    @property
    def compressible(self) -> bool:
        return bool(self._of.compressible)


def write_pdf(layout: Layout, target: Path, book: Book, options: PdfOptions, *, front: int) -> None:
    """Write ``layout``, of which ``front`` pages precede page 1, to ``target`` as tagged PDF."""

    def finish(_: Layout, pdf: Any) -> None:
        name_text(layout, pdf)
        _tag_notes(layout, pdf)
        pdf.catalog["PageLabels"] = _page_labels(front)
        if options.variant == "pdf/a-2a+ua-1":
            _declare_accessible(pdf)
        pdf.objects[:] = map(_Rendered, pdf.objects)

    layout.write_pdf(
        target,
        pdf_variant=_VARIANTS.get(options.variant, options.variant),
        pdf_tags=True,
        pdf_identifier=book.identifier.encode(),
        finisher=finish,
    )


def _page_labels(front: int) -> Any:
    """Return the labels of pages, as they are printed. See ISO 32000-1, clause 12.4.2."""
    styles = {0: "/r", front: "/D"}
    labels = [(start, pydyf.Dictionary({"S": style})) for start, style in styles.items()]
    return pydyf.Dictionary({"Nums": pydyf.Array(chain.from_iterable(labels))})


def _declare_accessible(pdf: Any) -> None:
    """Say in the metadata of a PDF/A that it is PDF/UA-1 too."""
    (metadata,) = (each for each in pdf.objects if each.reference == pdf.catalog["Metadata"])
    text = template("pdf/pdfuaid.xml").read_bytes()
    _, inner = text.split(b">", maxsplit=1)
    inner = inner[: inner.rindex(_END_OF_METADATA)]
    metadata.stream = [
        part.replace(_END_OF_METADATA, inner + _END_OF_METADATA) for part in metadata.stream
    ]


def _tag_notes(layout: Layout, pdf: Any) -> None:
    """Tag footnotes as notes, each with its ID as PDF/UA-1 (ISO 14289-1, clause 7.9) wants it.

    The pieces of a note on several pages become one note.
    """
    objects = {item.reference: item for item in pdf.objects}
    root = objects[objects[pdf.catalog["StructTreeRoot"]]["K"][0]]
    areas = [objects[kid] for kid in root["K"] if objects[kid]["S"] == "/NonStruct"]
    tagged = [(area, objects[kid]) for area in areas for kid in area["K"]]
    note: Any = None
    notes = 0
    for (area, tag), element in zip(tagged, _footnotes(layout), strict=True):
        # The marker of CSS, which is not shown.
        tag["K"] = pydyf.Array(kid for kid in tag["K"] if not _is_empty(kid, objects))
        if "continued" in element.get("class"):
            _join(note, tag, objects, within="continued" in element[0].get("class", ""))
            area["K"].remove(tag.reference)
            continue
        note, notes = tag, notes + 1
        note["S"] = "/Note"
        note["ID"] = pydyf.String(f"note{notes}")


def _footnotes(layout: Layout) -> Iterator[Any]:
    """Yield the elements of the footnotes in the order of the pages."""
    for page in layout.pages:
        for area in page._page_box.children:
            if isinstance(area, FootnoteAreaBox):
                yield from (note.element for note in area.children)


def _is_empty(kid: Any, objects: Any) -> bool:
    return kid in objects and all(_is_empty(each, objects) for each in objects[kid].get("K", [0]))


def _join(note: Any, tag: Any, objects: Any, *, within: bool) -> None:
    """Append what is in ``tag`` to ``note``; ``within`` says that a paragraph goes on."""
    last, first = objects[note["K"][-1]], objects[tag["K"][0]]
    if within and last["S"] == first["S"] == "/P":
        _adopt(last, first["K"], objects)
        del tag["K"][0]
    _adopt(note, tag["K"], objects)


def _adopt(parent: Any, kids: Any, objects: Any) -> None:
    for kid in kids:
        objects[kid]["P"] = parent.reference
        parent["K"].append(kid)
