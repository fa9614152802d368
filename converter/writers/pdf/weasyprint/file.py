"""From pages to a tagged file that keeps the standards asked for."""

from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from converter.assets import template
from converter.model import Book
from converter.options import PdfOptions
from converter.writers.pdf.weasyprint.engine import Layout, pydyf, tag_by
from converter.writers.pdf.weasyprint.faces import tell_faces_apart
from converter.writers.pdf.weasyprint.tags import add_tags

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
        pdf.catalog["PageLabels"] = _page_labels(front)
        if options.variant == "pdf/a-2a+ua-1":
            _declare_accessible(pdf)
        pdf.objects[:] = map(_Rendered, pdf.objects)

    tag_by(add_tags)
    tell_faces_apart()
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
