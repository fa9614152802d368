"""What a writer wrote is read back as it was, positions aside: each case, the corpus, any book."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from converter import model, pipeline
from converter.model import Book
from converter.options import Options
from converter.report import Report
from converter.source import Source, open_source
from tests import strategies

TESTS = Path(__file__).parent
SOURCES = sorted(
    (*TESTS.glob("cases/*/source.txt"), *TESTS.parent.glob("corpus/*/*.txt")),
)
FORMATS = ("json", "epub", "html", "markdown")
MANY = settings(max_examples=40, suppress_health_check=list(HealthCheck))


def bound(sources: Sequence[Path]) -> Book:
    readings = [reading for path in sources for reading in pipeline.read(open_source(path))]
    return pipeline.bind(pipeline.book_read(readings, title="Lamps"), Report())


def read_back(book: Book, format_: str, folder: Path) -> Book:
    """Return ``book`` written and read again by the reader that is surest of the edition."""
    target = folder / f"edition{pipeline.suffix(format_, Options())}"
    pipeline.write(book, target, format_, Report(), Options())
    readings = list(pipeline.read(Source(target.name, target.read_bytes(), target)))
    assert all(reading.findings.ledger.balanced for reading in readings)
    assert [reading.document for reading in readings] == list(readings[0].book.documents)
    return pipeline.bind(pipeline.book_read(readings), Report())


def positionless(book: Book) -> Book:
    """Return ``book`` without positions; folders of absolute sources aside."""
    return msgspec.convert(_without_prov(msgspec.to_builtins(book)), Book)


def _without_prov(value: object) -> object:
    match value:
        case dict():
            named = ((key, each) for key, each in value.items() if key != "prov")
            return {key: _named(key, _without_prov(each)) for key, each in named}
        case list() | tuple():
            return [_without_prov(each) for each in _joined(value)]
        case _:
            return value


def _named(key: str, value: object) -> object:
    return Path(value).name if key == "source" and str(value).startswith("/") else value


def _joined(values: Sequence[object]) -> list[object]:
    """Return ``values`` with neighbouring texts made one: no edition shows where they met."""
    found: list[object] = []
    for value in values:
        if _is_text(value) and found and _is_text(found[-1]):
            found[-1] = {"type": "text", "text": found[-1]["text"] + value["text"]}
        elif not _is_text(value) or value["text"]:
            found.append(value)
    return found


def _is_text(value: object) -> bool:
    return isinstance(value, dict) and value.get("type") == "text"


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name + "/" + path.stem)
def test_an_edition_of_a_source_is_read_back_as_it_was(source, format_, tmp_path):
    book = bound([source])
    assert positionless(read_back(book, format_, tmp_path)) == positionless(book)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_book_in_parts_is_read_back_as_it_was(format_, tmp_path):
    book = bound(SOURCES)
    parts = (
        model.Part(book.documents[:3], "Front matter & co."),
        model.Part((), "A part of chapters"),
        model.Part(book.documents[3:9], "A chapter", level=2),
        model.Part(book.documents[9:12], level=2),
        model.Part(book.documents[12:]),
    )
    book = msgspec.structs.replace(book, parts=parts, rights="© nobody", date="1983-03-01")
    book = pipeline.bind(book, Report())
    assert positionless(read_back(book, format_, tmp_path)) == positionless(book)


@pytest.mark.parametrize("format_", FORMATS)
@MANY
@given(book=strategies.books)
def test_any_book_is_read_back_as_it_was(book, format_, tmp_path_factory):
    book = pipeline.bind(book, Report())
    folder = tmp_path_factory.mktemp("round-trip")
    assert positionless(read_back(book, format_, folder)) == positionless(book)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_edition_of_an_edition_has_the_same_bytes(format_, tmp_path):
    book = bound(SOURCES[-6:])
    first = tmp_path / f"first{pipeline.suffix(format_, Options())}"
    second = first.with_stem("second")
    pipeline.write(book, first, format_, Report(), Options())
    again = pipeline.bind(pipeline.book_read(pipeline.read(open_source(first))), Report())
    pipeline.write(again, second, format_, Report(), Options())
    assert first.read_bytes() == second.read_bytes()
