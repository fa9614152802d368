"""Which files a folder holds that are read, each once."""

import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest

from converter import pipeline
from converter.batch.cache import Store
from converter.batch.editions import remember_plain
from converter.batch.listing import files, find
from converter.model import Book, Document, Paragraph, Part, Text
from converter.options import MarkdownOptions, Options
from converter.pipeline import HEAD
from converter.report import Report
from converter.source import open_source
from converter.writers import markdown


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """Return a folder with an index and two documents, in one with a letter beside it."""
    documents = tuple(
        Document(name, (Text(name),), children=(Paragraph((Text("Dawn."),)),)) for name in "ab"
    )
    target = tmp_path / "sources" / "edition"
    target.parent.mkdir()
    (target.parent / "letter.txt").write_text("A letter.\n", encoding="utf-8")
    book = Book("Papers", (Part(documents),))
    options = Options(markdown=MarkdownOptions(folder=True))
    markdown.write(book, target, Report(), options=options)
    return target


def names(found: Iterable[Path]) -> list[str]:
    return [path.name for path in found]


def test_documents_of_an_edition_are_read_with_its_index_only(edition: Path) -> None:
    assert names(files([edition], None)) == ["index.md"]
    assert names(files([edition.parent], None)) == ["index.md", "letter.txt"]


def test_a_document_that_no_index_lists_is_read_by_itself(edition: Path) -> None:
    (edition / "c.md").write_bytes((edition / "a.md").read_bytes())
    assert names(files([edition], None)) == ["c.md", "index.md"]
    (edition / "index.md").unlink()
    assert names(files([edition], None)) == ["a.md", "b.md", "c.md"]


def test_a_document_that_is_named_is_read(edition: Path) -> None:
    assert names(files([edition / "a.md"], None)) == ["a.md"]


def test_an_index_of_another_kind_leaves_its_folder_as_it_is(edition: Path) -> None:
    (edition / "index.md").write_text("# Papers\n\n- [A](a.md)\n", encoding="utf-8")
    assert names(files([edition], None)) == ["a.md", "b.md", "index.md"]


def test_memory_does_not_hold_what_all_files_of_a_folder_begin_with(tmp_path: Path) -> None:
    many = 300
    for number in range(many):
        (tmp_path / f"{number}.txt").write_text("The keeper asked the board for oil. " * 200)
    files([tmp_path], None)
    tracemalloc.start()
    try:
        files([tmp_path], None)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < many * HEAD / 2


@pytest.fixture
def converted(tmp_path: Path) -> Path:
    """Return a folder with a source, editions of it beside and below it, and one of its own."""
    (tmp_path / "memo.txt").write_text("The lamp burns.\n", encoding="utf-8")
    readings = list(pipeline.read(open_source(tmp_path / "memo.txt")))
    book = pipeline.book_read(readings)
    (tmp_path / "out").mkdir()
    for name in (
        "memo.epub",
        "memo.html",
        "memo-2.md",
        "memo.model.json",
        "memo.docx",
        "memo.odt",
        "memo.tex",
        "memo.typ",
        "out/memo.epub",
        "papers.epub",
    ):
        target = tmp_path / name
        kinds = {".md": "markdown", ".tex": "latex", ".typ": "typst"}
        kind = kinds.get(target.suffix, target.suffix[1:])
        pipeline.write(book, target, kind, Report(), Options())
    return tmp_path


def test_editions_of_a_source_in_the_folder_are_no_sources(converted: Path) -> None:
    found = find([converted], None)
    assert names(found.sources) == ["memo.txt", "papers.epub"]
    assert len(found.editions) == 9
    assert {message.code for message in found.messages()} == {"edition-left-out"}


def test_a_file_of_the_same_kind_by_another_maker_is_a_source(converted: Path) -> None:
    (converted / "memo.tex").write_text("The lamp burns.\n", encoding="utf-8")
    for name in ("memo.docx", "memo.odt"):
        (converted / name).write_bytes(b"PK, and no edition")
    found = {"memo.tex", "memo.docx", "memo.odt"}
    assert found <= set(names(find([converted], None).sources))


def test_a_plain_edition_is_known_by_the_cache_that_saw_it_made(tmp_path: Path) -> None:
    store = Store(tmp_path / ".cache")
    (tmp_path / "memo.md").write_text("The lamp burns.\n", encoding="utf-8")
    (tmp_path / "memo.txt").write_text("The lamp burns.\n", encoding="utf-8")
    remember_plain([["memo.txt"]], tmp_path, store)
    assert names(find([tmp_path], None, store).sources) == ["memo.md"]
    (tmp_path / "memo.txt").write_text("The lamp is out.\n", encoding="utf-8")
    assert names(find([tmp_path], None, store).sources) == ["memo.md", "memo.txt"]


def test_the_book_made_before_is_no_source_of_it(converted: Path) -> None:
    assert names(find([converted], None, book="papers").sources) == ["memo.txt"]


def test_an_edition_that_is_named_or_has_no_source_beside_it_is_read(converted: Path) -> None:
    named = [converted, converted / "memo.epub"]
    assert names(find(named, None).sources) == ["memo.txt", "papers.epub", "memo.epub"]
    (converted / "memo.txt").unlink()
    assert len(find([converted], None).sources) == 10


def test_what_is_an_edition_is_remembered(converted: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / ".cache")
    assert find([converted], None, store) == find([converted], None, store)
    (converted / "memo.epub").write_bytes(b"PK, and no edition")
    assert "memo.epub" in names(find([converted], None, store).sources)
