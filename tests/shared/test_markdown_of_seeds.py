"""The Markdown of real documents, read back by pandoc and compared with the truth."""

import json

import pytest

from converter import pandoc, pipeline
from converter.options import MarkdownOptions, Options
from converter.report import Report
from converter.source import open_source
from converter.walk import plain_text
from converter.writers import markdown


def editions(shared, folder, flavour):
    """Yield each seed's document, its Markdown and what pandoc makes of it."""
    for path in sorted(shared.glob("seeds/*.txt")):
        (reading,) = pipeline.read(open_source(path))
        book = pipeline.bind(pipeline.book_of([reading.document]), Report())
        target = folder / "seed.md"
        options = Options(markdown=MarkdownOptions(flavour=flavour))
        markdown.write(book, target, Report(), options=options)
        text = target.read_bytes()
        tree, plain = (
            next(pandoc.convert([text], reader=flavour, writer=each)) for each in ("json", "plain")
        )
        yield book.documents[0], json.loads(tree), plain.decode()


def count(tree, kind, css=""):
    text = json.dumps(tree)
    return text.count(f'{{"t": "{kind}"') if not css else text.count(f'["{css}"')


def test_pandoc_finds_the_five_notes_of_the_seeds(shared, tmp_path):
    found = [count(tree, "Note") for _, tree, _ in editions(shared, tmp_path, "markdown")]
    assert found == [4, 1, 0]


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_every_word_is_found_again(shared, tmp_path, flavour):
    for document, _, plain in editions(shared, tmp_path, flavour):
        words = set(plain.replace("[", " [").split())
        missing = {word for word in plain_text([document]).split() if word not in words}
        assert not {word for word in missing if word not in plain}


def test_comments_are_nested_as_in_the_truth(shared, tmp_path):
    found = [count(tree, "Div", "comment") for _, tree, _ in editions(shared, tmp_path, "markdown")]
    assert found == [0, 0, 27]
