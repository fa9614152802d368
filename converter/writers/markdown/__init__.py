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
from converter.options import Flavour, Options
from converter.report import Report
from converter.writers.markdown.layout import File, folder, single
from converter.writers.markdown.pictures import Pictures
from converter.writers.markdown.pieces import answers, join, requests
from converter.writers.sound import sound

suffix: Final = ".md"

# Of pandoc's tables only those made of grids hold everything; a forge knows none but its own.
_FORMATS: Final[dict[Flavour, str]] = {
    "markdown": "markdown-simple_tables-multiline_tables-pipe_tables",
    "gfm": "gfm",
}


# An index names its edition within so many characters.
_FRONT_MATTER: Final = 4000


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book`` to the file ``target``, or to a folder of that name with an index.

    Pictures lie in the folder, or in one beside the file: ``memo-pictures`` beside ``memo.md``.
    """
    book = sound(book, report)
    flavour = options.markdown.flavour
    if options.markdown.folder:
        target.mkdir()
        place, pictures = target, Pictures("pictures")
        files = folder(book, report, flavour, pictures=pictures)
    else:
        place, pictures = target.parent, Pictures(f"{target.stem}-pictures")
        files = [single(book, report, flavour, pictures=pictures, name=target.name)]
    _write_files(files, place, flavour)
    pictures.write(place)


def writes_folder(options: Options) -> bool:
    """Whether the edition is a folder of files."""
    return options.markdown.folder


def is_edition(folder: Path) -> bool:
    """Whether ``folder`` is an edition, going by the front matter of its index."""
    try:
        with (folder / "index.md").open(encoding="utf-8") as index:
            head = index.read(_FRONT_MATTER)
    except (OSError, UnicodeDecodeError):
        return False
    return head.startswith("---\n") and "\nidentifier: " in head


def _write_files(files: list[File], place: Path, flavour: Flavour) -> None:
    pieces = chain.from_iterable(file.pieces for file in files)
    rendered = answers(pandoc.convert(requests(pieces), reader="json", writer=_FORMATS[flavour]))
    for file in files:
        text = join(file.pieces, rendered)
        (place / file.name).write_text(text, encoding="utf-8", newline="\n")
