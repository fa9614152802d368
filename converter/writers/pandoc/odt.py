"""The OpenDocument edition: footnotes, comments in the margin, threads in nested styles.

Pandoc makes the file; what it cannot say is put in afterwards: see ``opendocument``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from converter import pandoc
from converter.assets import template
from converter.model import Book, Comment, Document, Image
from converter.options import Options
from converter.report import Report
from converter.writers.data_urls import data_url
from converter.writers.page_labels import page_mark
from converter.writers.pandoc import ast, opendocument
from converter.writers.pandoc.ast import Json
from converter.writers.pandoc.book import NESTED, book_blocks
from converter.writers.pandoc.form import STYLES
from converter.writers.pandoc.package import packed, unpacked
from converter.writers.sound import sound

suffix: Final = ".odt"


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book`` to ``target`` as an OpenDocument text."""
    form = OpenDocumentForm()
    blocks, alternatives = opendocument.with_pictures_named(book_blocks(sound(book, report), form))
    (made,) = pandoc.convert([ast.document(blocks)], reader="json", writer="odt")
    parts = unpacked(made)
    opendocument.mark_notes(parts, form.notes)
    opendocument.describe_pictures(parts, alternatives)
    styles = template("odt/styles.xml", options.templates)
    opendocument.add_styles(parts, styles, book, levels=NESTED)
    parts["meta.xml"] = opendocument.properties(book)
    target.write_bytes(packed(parts))


class OpenDocumentForm:
    """How OpenDocument shows what formats show differently.

    ``notes`` are the names and marks of the footnotes in their order.
    """

    styles: Mapping[type, str] = STYLES
    margin = True

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        self._reviews: set[str] = set()

    def whole(self, document: Document, blocks: list[Json]) -> list[Json]:  # noqa: ARG002 - pandoc has no languages for it
        return blocks

    def footnote(self, name: str, mark: str, body: list[Json]) -> list[Json]:
        self.notes.append((name, mark))
        return [ast.span([ast.node("Note", body)], name)]

    inner_footnote = footnote

    def call_again(self, name: str, mark: str) -> list[Json]:
        return [ast.raw("opendocument", opendocument.note_reference(name, mark))]

    def page_break(self, name: str, label: str, word: str) -> list[Json]:
        return [ast.span(self.characters("Page Mark", ast.text(page_mark(label, word))), name)]

    def picture(self, node: Image, document: Document) -> str | None:
        return data_url(node, document)

    def review(self, comment: Comment, kids: list[Json]) -> list[Json]:
        answered = comment.parent if comment.parent in self._reviews else ""
        self._reviews.add(comment.id)
        return [ast.raw("opendocument", opendocument.annotation(comment, answered or "", kids))]

    def paragraphs(self, style: str, blocks: list[Json]) -> list[Json]:
        return [ast.in_style(opendocument.style_name(style), blocks)]

    def characters(self, style: str, kids: list[Json]) -> list[Json]:
        return [ast.styled(opendocument.style_name(style), kids)]
