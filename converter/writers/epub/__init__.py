"""EPUB 3.3: a file a document, pop-up notes, a page list, nested threads.

See https://www.w3.org/TR/epub-33/ and https://www.w3.org/TR/epub-a11y-11/.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from converter.assets import template
from converter.model import Book, Part
from converter.options import Options
from converter.report import Report
from converter.writers.epub import metadata
from converter.writers.epub.back import INDEX, Back
from converter.writers.epub.chapter import Press
from converter.writers.epub.front import Front
from converter.writers.epub.nav import part_file
from converter.writers.epub.package import File, write_package
from converter.writers.epub.places import Chapter, chapters
from converter.writers.mathml import Formulas
from converter.writers.sound import sound

suffix: Final = ".epub"

# E-readers load a file whole and grow slow above. Files are cut by estimate to stay below.
_LARGE: Final = 300_000


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book``, which has an identifier, to ``target`` as EPUB 3.3.

    Raises WriteError, and UsageError for a template that cannot be used.
    """
    book = sound(book, report)
    # 1. Decide what goes where: all links are known before anything is rendered.
    planned = chapters(book)
    # 2. Render the text file by file, then what leads into it.
    press = Press(book, planned, Formulas(book, report), options)
    front = Front(book, options.templates)
    text = list(_text(book, planned, front, press, report))
    back = Back(book, options)
    lists = [*back.index(press.names), *back.notes(planned.values())]
    # 3. Zip it all.
    style = template("epub/style.css", options.templates).read_bytes()
    files = [
        *front.files(planned, text, lists),
        *text,
        *lists,
        *press.pictures.files(),
        File("style.css", "text/css", style, in_spine=False),
    ]
    content = metadata.survey(
        book, planned, press.formulas, indexed=any(each.name == INDEX for each in lists)
    )
    write_package(book, content, files, target=target, options=options.epub)


def _text(
    book: Book, planned: Mapping[str, Chapter], front: Front, press: Press, report: Report
) -> Iterator[File]:
    """Yield the files of all parts, each opened by a page with its title."""
    for position, part in enumerate(book.parts, start=1):
        if part.title.strip():
            yield front.part(part, part_file(position))
        yield from _documents(part, planned, press, report)


def _documents(
    part: Part, planned: Mapping[str, Chapter], press: Press, report: Report
) -> Iterator[File]:
    for document in part.documents:
        chapter = planned[document.id]
        for file in chapter.files:
            made = press.file(chapter, file)
            if len(made.content) > _LARGE:
                size = f"{len(made.content) // 1000} kB"
                text = f"{document.id} has a piece of {size} that cannot be cut: {file.name}"
                report.info("large-file", text)
            yield made
