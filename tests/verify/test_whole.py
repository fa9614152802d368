"""Editions of the corpus and of the cases hold all of their sources, and nothing else."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from converter import pipeline, plugins
from converter.model import from_json
from converter.options import MarkdownOptions, Options
from converter.report import Report
from converter.source import open_source
from converter.verify import judge
from tests.torture import torture

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "tests" / "cases").glob("*/model.json"))
SOURCES = sorted((ROOT / "corpus").glob("*/*.txt"))

FORMATS = {
    "epub": ("epub", Options()),
    "markdown": ("markdown", Options()),
    "gfm": ("markdown", Options(markdown=MarkdownOptions(flavour="gfm"))),
    "pdf": ("pdf", Options()),
}


@pytest.mark.parametrize("name", FORMATS)
def test_editions_of_the_whole_corpus_are_whole(tmp_path, name):
    writer, options = FORMATS[name]
    documents = [
        reading.document for path in SOURCES for reading in pipeline.read(open_source(path))
    ]
    book = pipeline.bind(pipeline.book_of(documents, title="The corpus"), Report())
    _write_and_judge(book, tmp_path, writer, options)


@pytest.mark.parametrize("name", ["epub", "markdown", "gfm"])
def test_editions_of_every_case_are_whole(tmp_path, name):
    writer, options = FORMATS[name]
    assert CASES
    for number, case in enumerate(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        _write_and_judge(from_json(case.read_bytes()), folder, writer, options)


@pytest.mark.parametrize("language", ["de", "fr", "ru", "ja", "zh-Hant-TW", "tlh"])
@pytest.mark.parametrize("name", FORMATS)
def test_editions_with_words_of_their_language_are_whole(tmp_path, book, name, language):
    _write_and_judge(replace(book, language=language), tmp_path, *FORMATS[name])


MARKDOWN = {
    name: MarkdownOptions(**options)
    for name, options in {
        "markdown": {},
        "gfm": {"flavour": "gfm"},
        "markdown folder": {"folder": True},
        "gfm folder": {"flavour": "gfm", "folder": True},
        "hugo": {"site": "hugo"},
        "jekyll": {"site": "jekyll"},
    }.items()
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_a_book_of_everything_is_whole_in_every_markdown(tmp_path, name):
    book, options = torture(), MARKDOWN[name]
    target = tmp_path / ("edition" if options.folder or options.site else "edition.md")
    plugins.writer("markdown").write(book, target, Report(), options=Options(markdown=options))
    assert judge(target, book).differences == ()


def _write_and_judge(book, folder, writer, options):
    target = folder / f"edition{plugins.writer(writer).suffix}"
    plugins.writer(writer).write(book, target, Report(), options=options)
    verdict = judge(target, book)
    assert verdict.differences == ()
    # On paper, lines make two words of one.
    if writer != "pdf":
        assert verdict.found == verdict.expected
