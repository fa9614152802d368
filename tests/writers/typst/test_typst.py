"""Typst's own source: one file that its compiler takes, with pictures beside it."""

from pathlib import Path

import pytest
import typst
from msgspec.structs import replace

from converter.model import (
    Book,
    Comment,
    Document,
    Figure,
    Image,
    Math,
    Paragraph,
    Part,
    Picture,
    Text,
)
from converter.options import Options, PdfOptions
from converter.report import Report
from converter.writers import typst as writer

PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def written(book: Book, folder: Path, **options: object) -> Path:
    target = folder / "book.typ"
    writer.write(book, target, Report(), options=Options(**options))  # type: ignore[arg-type]
    return target


def test_the_source_compiles_with_nothing_beside_it(torture: Book, tmp_path: Path) -> None:
    named = (each for each in torture.documents if each.id in ("calls", "kinds"))
    documents = tuple(replace(document, pictures=()) for document in named)
    source = written(replace(torture, parts=(Part(documents),)), tmp_path)
    assert list(tmp_path.iterdir()) == [source]
    assert typst.compile(source, format="pdf", root=tmp_path)[:5] == b"%PDF-"


def test_pictures_lie_in_a_folder_beside_the_source(tmp_path: Path) -> None:
    picture = Picture("image-1.svg", "image/svg+xml", PIXEL)
    document = Document(
        "d", children=(Figure(Image("image-1.svg", "A square")),), pictures=(picture,)
    )
    source = written(Book("Book", (Part((document,)),)), tmp_path)
    assert (tmp_path / "book-pictures" / "image-1.svg").read_bytes() == PIXEL
    assert typst.compile(source, format="pdf", root=tmp_path)[:5] == b"%PDF-"


def test_the_same_book_makes_the_same_source(torture: Book, tmp_path: Path) -> None:
    first = written(torture, tmp_path).read_bytes()
    assert written(torture, tmp_path).read_bytes() == first


def test_a_template_of_the_user_goes_before_ours(tmp_path: Path) -> None:
    looks = tmp_path / "looks"
    (looks / "typst").mkdir(parents=True)
    (looks / "typst" / "book.typ").write_text("// mine\n", encoding="utf-8")
    book = Book("Book", (Part((Document("d"),)),))
    assert "// mine" in written(book, tmp_path, templates=looks).read_text(encoding="utf-8")


@pytest.mark.parametrize("layout", ["book", "handout", "booklet"])
@pytest.mark.parametrize("page", ["A4", "A5", "Letter"])
def test_every_layout_and_page_has_its_templates(layout: str, page: str, tmp_path: Path) -> None:
    book = Book("Book", (Part((Document("d", children=(Paragraph((Text("One"),)),)),)),))
    pdf = PdfOptions(layout=layout, page=page, large_print=True, columns=2, cover=True)  # type: ignore[arg-type]
    source = written(book, tmp_path, pdf=pdf)
    assert typst.compile(source, format="pdf", root=tmp_path)[:5] == b"%PDF-"


def test_formulas_are_typst_s_own_without_what_would_name_them(tmp_path: Path) -> None:
    formulas = (Math(r"\frac{a}{b} \label{x}"), Math(r"\undefined"))
    book = Book("Book", (Part((Document("d", children=(Paragraph(formulas),)),)),))
    source = written(book, tmp_path)
    body = source.read_text(encoding="utf-8").rpartition("running-text")[2]
    assert 'formula: "a / b"' in body
    assert r'text: "\\undefined", display' in body
    assert typst.compile(source, format="pdf", root=tmp_path)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("author", "shown"), [("ליאור", "\u2066(1.1+1)\u2069"), ("Ann", "(1.1+1)")]
)
def test_the_number_of_who_is_answered_is_set_apart_from_a_name_that_runs_leftward(
    author: str, shown: str, tmp_path: Path
) -> None:
    """A line that ends in it would else have its parts in disorder."""
    said = (Paragraph((Text("Lit."),)),)
    thread = tuple(
        Comment(f"c{depth}", said, f"c{depth - 1}" if depth > 1 else None, depth, author=author)
        for depth in range(1, 15)
    )
    source = written(Book("B", (Part((Document("d", comments=thread),)),)), tmp_path)
    number = shown.replace("1.1", ".".join("1" * 12))
    assert f'answers: "{author} {number}"' in source.read_text(encoding="utf-8")
