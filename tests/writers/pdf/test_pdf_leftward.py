"""Books that run from right to left: what stands at the left in others stands at the right."""

from typing import Any

import pytest

from converter.model import (
    Book,
    Comment,
    Document,
    Image,
    LineBlock,
    List,
    ListItem,
    Paragraph,
    Part,
    Superscript,
    Text,
)
from converter.options import PdfOptions
from converter.verify import judge

WIDTH = 210 / 25.4 * 72
CONTENTS, TEXT = 2, 3


@pytest.fixture(params=["weasyprint", "typst"])
def edition(request: pytest.FixtureRequest, write: Any, para: Any) -> Any:
    """Return an edition in which each kind of thing has a word of its own."""
    children = (
        Paragraph((Text("תאריך"),), role="dateline"),
        para("פסקה"),
        LineBlock(((Text("שיר"),),)),
        List((ListItem((para("פריט"),)),)),
    )
    comments = (
        Comment("a", (para("דברים"),)),
        Comment("b", (para("תשובה"),), parent="a", depth=2),
    )
    documents = (
        Document("d", (Text("כותרת"),), children=children, comments=comments, language="he"),
        Document("e", (Text("שנייה"),), children=(para("סוף"),), language="he"),
    )
    book = Book("הספר", (Part(documents),), language="he", identifier="urn:example:book")
    return write(book=book, pdf=PdfOptions(engine=request.param))


def _reached(edition: Any, page: int, word: str) -> float:
    """Return where ``word`` begins; of a short word that says on which side it stands."""
    places = edition.places(page)
    (found,) = [x for shown, (x, _) in places.items() if shown in (word, word[::-1])]
    return found


def test_titles_in_the_contents_stand_right_of_the_numbers_of_their_pages(edition: Any) -> None:
    assert _reached(edition, CONTENTS, "כותרת") > WIDTH / 2
    assert _reached(edition, CONTENTS, "1") < WIDTH / 2


@pytest.mark.parametrize("word", ["כותרת", "פסקה", "שיר", "פריט", "דברים"])
def test_lines_begin_at_the_right(edition: Any, word: str) -> None:
    assert _reached(edition, TEXT, word) > WIDTH / 2


def test_what_ends_a_line_in_letters_stands_at_the_left(edition: Any) -> None:
    assert _reached(edition, TEXT, "תאריך") < WIDTH / 2


def test_items_and_replies_are_set_in_from_the_right(edition: Any) -> None:
    assert _reached(edition, TEXT, "פריט") < _reached(edition, TEXT, "פסקה")
    assert _reached(edition, TEXT, "תשובה") < _reached(edition, TEXT, "דברים")


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
@pytest.mark.parametrize("columns", [1, 2])
def test_the_numbers_of_paragraphs_stand_where_lines_begin(
    write: Any, para: Any, engine: Any, columns: int
) -> None:
    """Also beside a line that is shorter than its column, before what is raised, or beside none."""
    texts = [
        para(f"פסקה{'א' * place} " + ("מגדלור וים " * 20 if place % 4 else ""))
        for place in range(19)
    ]
    raised = Paragraph((Superscript((Text("7"),)), Text(" מגדלור וים" * 20)))
    children = (*texts, raised, Paragraph((Image("none.png", ""),)), para("סוף"))
    document = Document("d", (Text("כותרת"),), children=children, language="he")
    book = Book("הספר", (Part((document,)),), language="he", identifier="urn:example:book")
    pdf = PdfOptions(engine=engine, layout="handout", page="A5", columns=columns)
    edition = write(book=book, pdf=pdf)
    places = edition.places(1)
    first = next(x for word, (x, _) in places.items() if word in ("פסקה", "הקספ"))
    assert places["2"][0] > first
    assert judge(edition.path, book).differences == ()


@pytest.mark.parametrize("language", ["ar", "he"])
def test_words_longer_than_a_column_stay_in_it(write: Any, para: Any, language: str) -> None:
    """Where one of Arabic ends a line, its letters are none that are joined to the next one."""
    word = {"ar": "والمسؤوليات" * 3 + " " + "فسيكفيكهم" * 4, "he": "והתחייבויותיהם" * 3}[language]
    document = Document("d", (Text("L"),), children=(para(f"{word} {word}"),), language=language)
    book = Book("L", (Part((document,)),), language=language, identifier="urn:example:book")
    pdf = PdfOptions(engine="typst", layout="handout", page="A5", columns=2, large_print=True)
    edition = write(book=book, pdf=pdf)
    assert judge(edition.path, book).differences == ()
    assert min(x for x, _ in edition.places(1).values()) > 0.1 * WIDTH / 2**0.5
