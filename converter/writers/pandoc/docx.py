"""The Word edition: footnotes, comments in the margin, threads as paragraphs of nested styles.

Pandoc makes the file; what it cannot say is put in afterwards: see ``word``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from converter import pandoc
from converter.assets import template
from converter.model import Book, Comment, Document, Image
from converter.options import Options
from converter.report import Report
from converter.writers.data_urls import data_url
from converter.writers.language import direction, tag
from converter.writers.page_labels import page_mark
from converter.writers.pandoc import ast
from converter.writers.pandoc import word as wordprocessing
from converter.writers.pandoc.ast import Json
from converter.writers.pandoc.book import book_blocks
from converter.writers.pandoc.form import STYLES
from converter.writers.pandoc.package import packed, unpacked
from converter.writers.pandoc.word import Answer
from converter.writers.sound import sound

suffix: Final = ".docx"

# A cross reference to a footnote, its mark looking like that of the note:
# ECMA-376, part 1, 17.16.5.39 (NOTEREF).
_CROSS_REFERENCE: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> NOTEREF {name} \\f \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{mark}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book`` to ``target`` as a Word file."""
    form = WordForm()
    blocks = book_blocks(sound(book, report), form)
    (made,) = pandoc.convert([ast.document(blocks)], reader="json", writer="docx")
    parts = unpacked(made)
    parts["word/styles.xml"] = template("docx/styles.xml", options.templates).read_bytes()
    wordprocessing.complete(parts, book, form.marks, form.answers)
    target.write_bytes(packed(parts))


class WordForm:
    """How Word shows what formats show differently. ``marks`` are those of the footnotes."""

    styles: Mapping[type, str] = STYLES
    margin = True

    def __init__(self) -> None:
        self.marks: list[str] = []
        self.answers: list[Answer] = []
        self._reviews: dict[str, str] = {}

    def whole(self, document: Document, blocks: list[Json]) -> list[Json]:
        fields = {"lang": tag(document.language), "dir": direction(document) or ""}
        known = {key: value for key, value in fields.items() if value}
        return [ast.node("Div", [ast.attributes(**known), blocks])] if known else blocks

    def footnote(self, name: str, mark: str, body: list[Json]) -> list[Json]:
        self.marks.append(mark)
        return [ast.span([ast.node("Note", body)], name)]

    inner_footnote = footnote

    def call_again(self, name: str, mark: str) -> list[Json]:
        return [ast.raw("openxml", _CROSS_REFERENCE.format(name=name, mark=escape(mark)))]

    def page_break(self, name: str, label: str, word: str) -> list[Json]:
        return [ast.span([ast.styled("Page Mark", ast.text(page_mark(label, word)))], name)]

    def picture(self, node: Image, document: Document) -> str | None:
        return data_url(node, document)

    def review(self, comment: Comment, kids: list[Json]) -> list[Json]:
        name = str(len(self.answers))
        self.answers.append(Answer(name, self._reviews.get(comment.parent or "", "")))
        self._reviews[comment.id] = name
        fields = {"id": name, "author": comment.author or "", "date": comment.date or ""}
        start = ast.attributes("", ["comment-start"], **fields)
        end = ast.attributes("", ["comment-end"], id=name)
        return [ast.node("Span", [start, kids]), ast.node("Span", [end, []])]

    def paragraphs(self, style: str, blocks: list[Json]) -> list[Json]:
        return [ast.in_style(style, blocks)]

    def characters(self, style: str, kids: list[Json]) -> list[Json]:
        return [ast.styled(style, kids)]
