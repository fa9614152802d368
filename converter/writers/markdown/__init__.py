"""The Markdown edition: what pandoc reads back without loss, or what a forge shows well.

1. ``lay_out``   the files of the edition, each with its pieces: lines of ours and nodes
2. ``pandoc``    all nodes of all files rendered by one process
3. ``join``      each file from its pieces

``markdown`` keeps all in pandoc's own extensions: notes of any mark, spans, fenced divs.

``gfm`` keeps to what forges render, and is made to be read: footnotes, threads as nested lists,
labels of pages as code in brackets, words of the edition in italics. It does not hold names and
terms, small capitals, underlining, roles of paragraphs and divisions, cells that span others or
hold several blocks, how sure the call of a note is, and the levels of headings below the sixth.
"""

from itertools import chain
from pathlib import Path
from typing import Final

from converter import pandoc
from converter.model import Book
from converter.options import Options
from converter.report import Report
from converter.writers.markdown.layout import File, folder, single
from converter.writers.markdown.lint import CONFIGURATION, broken, configuration, remark, spaced
from converter.writers.markdown.pieces import answers, join, requests
from converter.writers.markdown.style import SITES, Style, style_of
from converter.writers.pictures import Pictures
from converter.writers.sound import sound

suffix: Final = ".md"

# Of pandoc's tables only those made of grids hold everything; a forge knows none but its own.
_FORMATS: Final[dict[Style, str]] = {
    "markdown": "markdown-simple_tables-multiline_tables-pipe_tables",
    "gfm": "gfm",
    "hugo": "gfm",
    "jekyll": "gfm",
}


# An index names its edition within so many characters.
_FRONT_MATTER: Final = 4000


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book`` to the file ``target``, or to a folder of that name with an index.

    Pictures lie in the folder, or in one beside the file: ``memo-pictures`` beside ``memo.md``.
    """
    book = sound(book, report)
    style = style_of(options.markdown)
    if writes_folder(options):
        target.mkdir()
        # Hugo publishes a page as a folder.
        place, pictures = target, Pictures("pictures", way="../" if style == "hugo" else "")
        files = folder(book, style, pictures=pictures)
    else:
        place, pictures = target.parent, Pictures(f"{target.stem}-pictures")
        files = [single(book, style, pictures=pictures, name=target.name)]
    _write_files(files, place, style)
    pictures.write(place)


def writes_folder(options: Options) -> bool:
    """Whether the edition is a folder of files."""
    return options.markdown.folder or bool(options.markdown.site)


def is_edition(folder: Path) -> bool:
    """Whether ``folder`` is an edition, going by the front matter of its index."""
    heads = (_head(folder / name) for name in ("index.md", "_index.md"))
    return any(head.startswith("---\n") and "\nidentifier: " in head for head in heads)


def _head(index: Path) -> str:
    try:
        with index.open(encoding="utf-8") as file:
            return file.read(_FRONT_MATTER)
    except (OSError, UnicodeDecodeError):
        return ""


def _write_files(files: list[File], place: Path, style: Style) -> None:
    pieces = chain.from_iterable(file.pieces for file in files)
    rendered = answers(pandoc.convert(requests(pieces), reader="json", writer=_FORMATS[style]))
    rules: set[str] = set()
    for file in files:
        front, text = join(file.pieces, rendered)
        text = text if style == "markdown" else spaced(text)
        found = broken(text)
        rules.update(found)
        # A generator of sites would take a remark for a part of the page.
        said = "" if style in SITES else remark(found)
        whole = "\n\n".join(filter(None, (front, said, text)))
        (place / file.name).write_text(whole, encoding="utf-8", newline="\n")
    if style in SITES and rules:
        (place / CONFIGURATION).write_text(configuration(rules), encoding="utf-8", newline="\n")
