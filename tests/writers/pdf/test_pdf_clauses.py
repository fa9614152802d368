"""What machines check of PDF/UA-1 (ISO 14289-1) and PDF/A-2a, clause by clause, in whole books."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from converter import pipeline
from converter.model import Book, Document, Emphasis, Paragraph, Part, Strong, Text
from converter.options import Options, PdfOptions
from converter.report import Report
from converter.source import open_source
from converter.writers import pdf
from tests.torture import torture

# WeasyPrint leaves the file of its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

ROOT = Path(__file__).parent.parent.parent.parent
SHORT = re.compile("calls|pages|kinds|script-(ar|hi|zh)|untitled|empty")
KINDS = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct P H1 H2 H3 H4 H5 H6 L LI
    Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference Code Link Figure Formula
"""
SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
PAINTS = SHOWS | {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do"}


class Shown(NamedTuple):
    """Something that is painted: the names of its marks, their numbers, and its glyphs."""

    page: int
    marks: tuple[str, ...]
    numbers: tuple[int, ...]
    font: Any
    text: bytes

    @property
    def glyphs(self) -> list[int]:
        pairs = zip(self.text[::2], self.text[1::2], strict=True)
        return [256 * high + low for high, low in pairs]


class File:
    """A PDF as its objects."""

    def __init__(self, path: Path) -> None:
        self.reader = PdfReader(path)
        self.root = self.reader.trailer["/Root"]

    @cached_property
    def tree(self) -> list[Any]:
        """All elements of the structure, parents first."""
        return [*self.below(self.root["/StructTreeRoot"])]

    def below(self, node: Any) -> Iterator[Any]:
        for kid in kids(node):
            if "/S" in kid:
                yield kid
                yield from self.below(kid)

    def of(self, *names: str) -> list[Any]:
        return [tag for tag in self.tree if tag["/S"][1:] in names]

    @cached_property
    def owners(self) -> list[Any]:
        """What belongs to which elements: numbers with what they stand for, by turns."""
        numbers = self.root["/StructTreeRoot"]["/ParentTree"].get_object()
        parts = [numbers, *(kid.get_object() for kid in numbers.get("/Kids", ()))]
        return [each for part in parts for each in part.get("/Nums", ())]

    def owner(self, number: int) -> Any:
        return self.owners[self.owners.index(number) + 1].get_object()

    @cached_property
    def shown(self) -> list[Shown]:
        return [
            each for number, page in enumerate(self.reader.pages) for each in _shown(number, page)
        ]


def kids(node: Any) -> list[Any]:
    """Return what is in an element but numbers of content."""
    found = node.get("/K", [])
    found = found if isinstance(found, list) else [found]
    found = [kid.get_object() for kid in found]
    return [kid for kid in found if isinstance(kid, DictionaryObject)]


def _shown(number: int, page: Any) -> Iterator[Shown]:
    marks: list[tuple[str, int | None]] = []
    font: Any = None
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BMC", b"BDC"):
            said = operands[1] if operator == b"BDC" else {}
            marks.append((operands[0], said.get("/MCID")))
        elif operator == b"EMC":
            marks.pop()
        elif operator == b"Tf":
            font = page["/Resources"]["/Font"][operands[0]]
        elif operator in PAINTS:
            parts = operands[-1:] if operator in SHOWS else []
            parts = parts[0] if parts and isinstance(parts[0], list) else parts
            text = b"".join(each.original_bytes for each in parts if isinstance(each, str | bytes))
            names = tuple(name for name, _ in marks)
            numbers = tuple(each for _, each in marks if each is not None)
            yield Shown(number, names, numbers, font, text)


def _corpus() -> Book:
    paths = [*sorted((ROOT / "corpus").glob("*/*.txt"))]
    documents = [each.document for path in paths for each in pipeline.read(open_source(path))]
    return Book("Corpus", (Part(tuple(documents)),), language="en", identifier="urn:example:c")


def _torture() -> Book:
    documents = tuple(each for each in torture().documents if SHORT.fullmatch(each.id))
    # No bold italic has the first of these letters.
    slanted = (Strong((Emphasis((Text(text),)),)) for text in ("\u0253", " Bold and slanted"))
    faces = Document("faces", children=(Paragraph(tuple(slanted)),))
    return Book("Torture", (Part((*documents, faces)),), language="en", identifier="urn:example:t")


@pytest.fixture(scope="module", params=["weasyprint", "typst"])
def engine(request: Any) -> Any:
    return request.param


@pytest.fixture(scope="module", params=[_corpus, _torture], ids=["corpus", "torture"])
def file(request: Any, engine: Any, tmp_path_factory: Any) -> File:
    target = tmp_path_factory.mktemp("clauses") / "book.pdf"
    options = PdfOptions(variant="pdf/a-2a+ua-1", engine=engine)
    book = pipeline.bind(request.param(), Report())
    pdf.write(book, target, Report(), options=Options(pdf=options))
    return File(target)


def test_all_content_is_an_artifact_or_belongs_to_one_element(file: File) -> None:
    """Clause 7.1: not both, and as structure and parent tree both say."""
    pages = [page.get("/StructParents") for page in file.reader.pages]
    for shown in file.shown:
        assert ("/Artifact" in shown.marks) == (not shown.numbers)
        for number in shown.numbers:
            owner = file.owner(pages[shown.page])[number].get_object()
            held = owner["/K"] if isinstance(owner["/K"], list) else [owner["/K"]]
            assert number in [*held, *(kid.get("/MCID") for kid in kids(owner))]


def test_all_kinds_of_elements_are_known_and_have_their_parents(file: File) -> None:
    """Clause 7.1."""
    roles = file.root["/StructTreeRoot"].get("/RoleMap", {})
    assert {roles.get(tag["/S"], tag["/S"])[1:] for tag in file.tree} <= set(KINDS.split())
    for tag in file.tree:
        assert all(kid["/P"].get_object() is tag for kid in kids(tag) if "/S" in kid)


ALLOWED = {
    "Table": r"(Caption )?((TR |THead |TBody |TFoot )+)(Caption )?",
    "THead": "(TR )+",
    "TBody": "(TR )*",
    "TR": "(TH |TD )*",
    "L": "(Caption )?((L |LI )*)",
    "LI": "(Lbl )?(LBody )?",
    "TOC": "(Caption )?((TOC |TOCI )*)",
}
WITHIN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}


@pytest.mark.parametrize("kind", ALLOWED)
def test_tables_and_lists_hold_what_they_may(file: File, kind: str) -> None:
    """Clause 7.2."""
    for tag in file.of(kind):
        held = "".join(f"{kid['/S'][1:]} " for kid in kids(tag))
        assert re.fullmatch(ALLOWED[kind], held)
    for tag in file.tree:
        assert tag["/P"].get("/S", "")[1:] in WITHIN.get(
            tag["/S"][1:], {tag["/P"].get("/S", "")[1:]}
        )


def test_rows_of_tables_are_all_as_long(file: File) -> None:
    """Clause 7.2."""
    for table in file.of("Table"):
        parts = [part for part in kids(table) if part["/S"] != "/Caption"]
        rows = [row for part in parts for row in ([part] if part["/S"] == "/TR" else kids(part))]
        taken: Counter[tuple[int, int]] = Counter()
        for number, row in enumerate(rows):
            for cell in kids(row):
                said = _attributes(cell)
                column = next(n for n in range(99) if not taken[number, n])
                for n in range(said.get("/RowSpan", 1)):
                    taken.update((number + n, column + m) for m in range(said.get("/ColSpan", 1)))
        places = [place for place, count in taken.items() if count]
        width = 1 + max(column for _, column in places)
        assert sorted(places) == [
            (row, column) for row in range(len(rows)) for column in range(width)
        ]
        assert set(taken.values()) <= {0, 1}


def _attributes(cell: Any) -> Any:
    said = cell.get("/A", {})
    return said[0].get_object() if isinstance(said, list) and said else said or {}


def test_pictures_formulas_and_links_say_what_they_are(file: File) -> None:
    """Clauses 7.3, 7.7 and 7.18."""
    for tag in file.of("Figure", "Formula"):
        assert tag.get("/Alt") or tag.get("/ActualText")
    for page in file.reader.pages:
        for reference in page.get("/Annots", ()):
            link = reference.get_object()
            owner = file.owner(link["/StructParent"])
            assert (owner["/S"], link["/Subtype"], page["/Tabs"]) == ("/Link", "/Link", "/S")
            assert reference in [kid.raw_get("/Obj") for kid in kids(owner) if "/Obj" in kid]
            assert link["/Contents"]
            assert link["/F"] == 4
    for tag in file.of("Link"):
        assert "/Link" not in [inner["/S"] for inner in file.below(tag)]


def test_notes_are_named_each_by_its_own_name(file: File) -> None:
    """Clause 7.9."""
    names = [tag["/ID"] for tag in file.of("Note")]
    assert names
    assert len(set(names)) == len(names)


def test_glyphs_are_in_their_fonts_as_wide_as_said_and_stand_for_characters(file: File) -> None:
    """Clause 7.21 and, of PDF/A-2, 6.2.11."""
    used: dict[int, tuple[Any, set[int]]] = {}
    for shown in file.shown:
        if shown.text:
            _, glyphs = used.setdefault(id(shown.font.get_object()), (shown.font, set()))
            glyphs.update(
                int.from_bytes(shown.text[n : n + 2]) for n in range(0, len(shown.text), 2)
            )
    assert used
    for font, glyphs in used.values():
        assert font["/Encoding"] == "/Identity-H"
        characters = _characters(font["/ToUnicode"].get_data().decode())
        described = font["/DescendantFonts"][0].get_object()
        widths, program = _widths(described), _program(described)
        assert 0 not in glyphs
        for glyph in glyphs:
            assert characters[glyph]
            assert not {"\0", "\ufeff", "\ufffe"} & set(characters[glyph])
            width = widths.get(glyph, described.get("/DW", 1000))
            assert width == pytest.approx(program[glyph], abs=1)


def _characters(mapping: str) -> dict[int, str]:
    found = re.findall(r"<([0-9a-fA-F]{4})> *<([0-9a-fA-F]*)>(?! *<)", mapping)
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in found}


def _widths(font: Any) -> dict[int, float]:
    widths = [each.get_object() for each in font["/W"]]
    found: dict[int, float] = {}
    while widths:
        first, second = widths[:2]
        if isinstance(second, list):
            found |= {first + n: float(width) for n, width in enumerate(second)}
            del widths[:2]
        else:
            found |= dict.fromkeys(range(first, second + 1), float(widths[2]))
            del widths[:3]
    return found


def _program(font: Any) -> dict[int, float]:
    """Return the widths of glyphs in the program of ``font``, by the numbers used in text."""
    described = font["/FontDescriptor"]
    if "/FontFile2" in described or described["/FontFile3"]["/Subtype"] == "/OpenType":
        data = described.get("/FontFile2", described.get("/FontFile3")).get_object().get_data()
        program = TTFont(BytesIO(data))
        scale = 1000 / program["head"].unitsPerEm
        names = enumerate(program.getGlyphOrder())
        return {glyph: scale * program["hmtx"][name][0] for glyph, name in names}
    compact = CFFFontSet()
    compact.decompile(BytesIO(described["/FontFile3"].get_data()), None)
    (top,) = compact.topDictIndex
    found = {}
    for glyph, name in enumerate(top.charset):
        shape = top.CharStrings[name]
        shape.draw(NullPen())
        found[glyph] = 1000 * top.FontMatrix[0] * shape.width
    return found
