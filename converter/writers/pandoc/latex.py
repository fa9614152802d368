"""The LaTeX edition: a source for lualatex, its notes under the marks that the source printed.

Macros of ``templates/latex/book.tex`` say what pandoc cannot.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from converter import pandoc
from converter.assets import template
from converter.model import Book, Comment, Document, Image
from converter.options import Options
from converter.report import Report
from converter.writers.language import tag
from converter.writers.page_labels import page_mark
from converter.writers.pandoc import ast, latex_notes
from converter.writers.pandoc.ast import Json, node, raw, raw_block, span
from converter.writers.pandoc.book import book_blocks
from converter.writers.pandoc.form import STYLES
from converter.writers.pandoc.latex_notes import escaped
from converter.writers.pictures import Pictures, picture_of
from converter.writers.sound import sound

suffix: Final = ".tex"

_SHOWN: Final = frozenset({"image/png", "image/jpeg"})
_STYLE: Final = re.compile(r"(\D+?) ?(\d*)")
# LuaTeX takes U+FFFD for a fault of the file, and commands in verbatim text for text.
_UNREADABLE: Final = re.compile(r"\\begin\{verbatim\}.*?\\end\{verbatim\}|\ufffd", re.DOTALL)
_SLOT: Final = re.compile(r"@(\w+)@")


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book`` to ``target`` as LaTeX, and its pictures into a folder beside that."""
    pictures = Pictures(f"{target.stem}-pictures")
    blocks = book_blocks(sound(book, report), LatexForm(pictures, report))
    (body,) = pandoc.convert(
        [ast.document(latex_notes.placed(blocks))], reader="json", writer="latex"
    )
    texts = {
        "language": tag(book.language) or "en",
        "title": escaped(book.title),
        "authors": escaped(", ".join(book.authors)),
        "body": _UNREADABLE.sub(_readable, body.decode().strip("\n")),
    }
    frame = template("latex/book.tex", options.templates).read_text(encoding="utf-8")
    whole = _SLOT.sub(lambda slot: texts.get(slot[1], slot[0]), frame)
    target.write_text(f"% generator: converter\n{whole}", encoding="utf-8", newline="\n")
    pictures.write(target.parent)


def _readable(found: re.Match[str]) -> str:
    return r"\symbol{65533}" if found[0] == "\ufffd" else found[0]


class LatexForm:
    """How LaTeX shows what formats show differently."""

    styles: Mapping[type, str] = STYLES
    margin = False

    def __init__(self, pictures: Pictures, report: Report) -> None:
        self._pictures = pictures
        self._report = report

    def whole(self, document: Document, blocks: list[Json]) -> list[Json]:  # noqa: ARG002 - one language a book
        return blocks

    def footnote(self, name: str, mark: str, body: list[Json]) -> list[Json]:
        return [latex_notes.note(name, mark, body)]

    def inner_footnote(self, name: str, mark: str, body: list[Json]) -> list[Json]:
        return [latex_notes.note(name, mark, body, inner=True)]

    def call_again(self, name: str, mark: str) -> list[Json]:
        return [latex_notes.call(name, mark)]

    def page_break(self, name: str, label: str, word: str) -> list[Json]:
        mark = escaped(page_mark(label, word))
        return [span([raw("latex", rf"\sourcepage{{{mark}}}")], name)]

    def picture(self, node: Image, document: Document) -> str | None:
        """Return the file of a picture, None for those that LaTeX cannot show, with a message."""
        picture = picture_of(node, document)
        if picture is None:
            return None
        if picture.media_type not in _SHOWN:
            text = f"LaTeX shows no {picture.media_type}: the text for it stands in its place"
            self._report.warn("picture-not-shown", text, prov=node.prov)
            return None
        return self._pictures.href(node, document)

    def review(self, comment: Comment, kids: list[Json]) -> list[Json]:  # noqa: ARG002 - there is no margin
        return kids

    def paragraphs(self, style: str, blocks: list[Json]) -> list[Json]:
        found = _STYLE.fullmatch(style)
        name, level = (found[1], int(found[2] or 1)) if found else (style, 1)
        look = "".join(filter(str.isalpha, name)).lower()
        begin = raw_block("latex", rf"\begin{{looking}}{{{look}}}{{{level - 1}}}")
        return [begin, *blocks, raw_block("latex", r"\end{looking}")]

    def characters(self, style: str, kids: list[Json]) -> list[Json]:
        match style:
            case "Note Mark" | "Comment Call":
                return [node("Superscript", kids)]
            case "Comment Author" | "Comment Number":
                return [node("Strong", kids)]
            case _:
                return kids
