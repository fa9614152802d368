"""A PDF laid out by Typst, whose compiler comes in a Python package and needs nothing else.

1. ``source``       the book, to Typst
2. ``unreadable``   the pictures that Typst cannot read,
   ``settable``     the formulas that it can set, and
   ``unprintable``  the characters that no font has: what is left out is reported
3. ``compiled``     the source, to a tagged file; again, where notes stand far from their calls
                    or rows of tables are taller than a page
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, cast
from unicodedata import category

import msgspec
import typst

from converter.assets import template
from converter.errors import WriteError
from converter.model import Book
from converter.options import Options, PdfVariant
from converter.report import Report
from converter.writers.crowds import crowded
from converter.writers.formulas import report_left
from converter.writers.glyphs import report_missing
from converter.writers.pictures import Pictures
from converter.writers.sound import sound
from converter.writers.typst.book import Fixes, moment, source
from converter.writers.typst.formulas import Formulas, rendered
from converter.writers.typst.markup import value

_FOLDER: Final = "pictures"
# The fonts of the templates: from one or the other, Typst goes on to others.
_SERIF: Final = '("Libertinus Serif", "Noto Emoji")'
_MONO: Final = '("DejaVu Sans Mono", "Noto Emoji")'
_STANDARDS: Final[Mapping[PdfVariant, list[Any]]] = {
    "pdf/ua-1": ["ua-1"],
    "pdf/a-2a": ["a-2a"],
    "pdf/a-2a+ua-1": ["a-2a", "ua-1"],
    "plain": [],
}
# Where a message of the compiler says what it is about, in the one file that it is given.
_LINE: Final = re.compile(r"^\s*┌─ .*\bmain\.typ:(\d+):", re.MULTILINE)
_REMEMBERED: Final = 11
# Anything newer than ASCII may lack in a font.
_RARE: Final = re.compile(r"[^\x00-\x7f]")
# Marks, joiners, selectors of variants.
_JOINED: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
# Typst would fetch packages from the web.
_PACKAGE: Final = re.compile(r'(?:import|include)\s+"@([^"]*)')


class _Trial(msgspec.Struct, frozen=True):
    """What is found on pages, named as in the source.

    That are calls whose notes stand on an earlier page or begin further on than on the next, and
    tables of which a row is taller than a page, or that are wider.
    """

    early: frozenset[str]
    late: frozenset[str]
    tall: frozenset[str]
    wide: frozenset[str]


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book``, which has an identifier, to ``target`` as PDF.

    Raises WriteError if it cannot be laid out.
    """
    book = sound(book, report)
    drafted = Pictures(_FOLDER)
    for document in book.documents:
        crowded(document, report)
    formulas = _settable(rendered(book))
    report_left(formulas, report)
    draft = source(book, drafted, options, formulas=formulas)
    _check_packages(draft)
    refused = _unreadable(drafted.files)
    for name in sorted(refused):
        report.warn("missing-image", f"Typst cannot read the picture {name}: its text stands in")
    missing = _unprintable(draft)
    report_missing(sorted(missing), book, report)
    made = _laid_out(book, report, options, formulas=formulas, refused=refused, missing=missing)
    target.write_bytes(made)


def _laid_out(
    book: Book,
    report: Report,
    options: Options,
    *,
    formulas: Formulas,
    refused: frozenset[str],
    missing: frozenset[str],
) -> bytes:
    """Return ``book`` as PDF, its notes on the pages of their calls or the next, no row lost."""
    early = apart = tall = wide = frozenset[str]()
    while True:
        fixes = Fixes(missing, early, apart, tall, wide)
        pictures = Pictures(_FOLDER, refused=refused)
        written = source(book, pictures, options, formulas=formulas, fixes=fixes)
        made, trial = _compiled(written, pictures.files, book, options.pdf.variant)
        if not trial.early | trial.late | trial.wide and trial.tall <= tall:
            _report_fixes(fixes, report)
            return made
        apart |= (trial.early & early) | trial.late
        early, tall = early | trial.early, tall | trial.tall | (trial.wide & wide)
        wide |= trial.wide
        _forget()


def _forget() -> None:
    """Let go of what was computed for the last trial: of a long book, that is a gigabyte.

    Typst keeps that for as many compilations, whatever they are of.
    """
    for _ in range(_REMEMBERED):
        _fault([], {})


def _report_fixes(fixes: Fixes, report: Report) -> None:
    if fixes.tall:
        text = f"{len(fixes.tall)} tables are wider than a page, or a row of them is taller"
        report.info("tall-table", f"{text}: cells stand below each other")
    if fixes.apart:
        text = f"{len(fixes.apart)} notes find no place on the pages of their calls"
        report.info("note-moved", f"{text}: see the documents' ends")


def _compiled(
    written: str, pictures: Mapping[str, bytes], book: Book, variant: PdfVariant
) -> tuple[bytes, _Trial]:
    """Return ``written`` as PDF, and what is wrong with its pages.

    Raises WriteError with what the compiler says of it.
    """
    try:
        with _compiler(written, pictures) as compiler:
            made = compiler.compile(
                format="pdf", timestamp=moment(book), pdf_standards=_STANDARDS[variant]
            )
            found = compiler.query("<trial>", field="value")
    except typst.TypstError as error:
        hints = "".join(f"; {hint}" for hint in error.hints)
        raise WriteError(f"Typst cannot lay out the book: {error.message}{hints}") from error
    (trial,) = msgspec.json.decode(found, type=tuple[_Trial])
    return cast(bytes, made), trial


@contextmanager
def _compiler(written: str, pictures: Mapping[str, bytes]) -> Iterator[typst.Compiler]:
    """Give a compiler of ``written``, which can open no file but ``pictures``."""
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "main.typ"
        main.write_text(written, encoding="utf-8")
        for name, content in pictures.items():
            path = main.with_name(_FOLDER) / Path(name).name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        yield typst.Compiler(main, root=folder, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of converter and of the system: to look for them takes half a second."""
    return typst.Fonts(font_paths=[template("fonts")])


def _check_packages(written: str) -> None:
    """Raise WriteError if a template imports what Typst would have to fetch."""
    if found := _PACKAGE.search(written):
        hint = f"a template imports the package @{found[1]}: nothing is fetched from the web"
        raise WriteError(hint)


def _unreadable(pictures: Mapping[str, bytes]) -> frozenset[str]:
    """Return the names of the pictures that Typst cannot read."""
    paths = list(pictures)
    lines = [f'#image("{path}", alt: "picture")' for path in paths]
    return frozenset(paths[place].rpartition("/")[2] for place in _faulty(lines, pictures))


def _settable(formulas: Formulas) -> Formulas:
    """Return ``formulas`` without what Typst cannot set, or no font has."""
    lines = [
        f'#math.equation(alt: "formula", eval({value(made or "")}, mode: "math"))'
        for made in formulas.values()
    ]
    found = _faulty(lines, {})
    return {
        node: None if place in found else made
        for place, (node, made) in enumerate(formulas.items())
    }


def _unprintable(written: str) -> frozenset[str]:
    """Return the characters in ``written`` that no font has, with the marks upon them."""
    shown = _characters(written)
    escaped = ("".join(f"\\u{{{ord(part):x}}}" for part in each) for each in shown)
    found = _faulty([f"{each}#text(font: {_MONO})[{each}]" for each in escaped], {})
    return frozenset(shown[place] for place in found)


def _characters(written: str) -> list[str]:
    """Return the characters in ``written`` beyond ASCII, each with what is joined to it.

    Fonts are looked for with all that makes one character to the eye:
    https://www.unicode.org/reports/tr29/.
    """
    rare = set(_RARE.findall(written))
    joined = {each for each in rare if category(each) in _JOINED}
    found = rare - joined
    if joined:
        found.update(re.findall(rf"[^\s\\][{''.join(joined)}]+", written))
    return sorted(found)


def _faulty(lines: list[str], pictures: Mapping[str, bytes]) -> frozenset[int]:
    """Return the places of ``lines`` that the compiler finds fault with.

    It names all at once, the first only, or none: what it has named is left out, and the rest
    tried; where it names none, each half is.
    """
    found: set[int] = set()
    waiting = [list(range(len(lines)))]
    while waiting:
        tried = waiting.pop()
        fault = _fault([lines[place] for place in tried], pictures) if tried else None
        if fault is None:
            continue
        named = {tried[(int(line) - 3) // 2] for line in _LINE.findall(fault)}
        middle = len(tried) // 2
        if named or not middle:
            found |= named or set(tried)
            waiting.append([place for place in tried if place not in found])
        else:
            waiting += [tried[:middle], tried[middle:]]
    return frozenset(found)


def _fault(lines: list[str], pictures: Mapping[str, bytes]) -> str | None:
    """Return what the compiler says of ``lines``, each a paragraph, None if it takes them."""
    # What a standard asks for is that every character has a glyph.
    head = f'#set document(title: "x")\n#set text(font: {_SERIF})\n'
    try:
        with _compiler(head + "\n\n".join(lines), pictures) as compiler:
            compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        return error.diagnostic
    return None
