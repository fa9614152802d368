"""Writes documents as Markdown, and reads them back with pandoc."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from converter import pandoc
from converter.model import Book, Document, Part
from converter.options import MarkdownOptions, Options
from converter.report import Report
from converter.writers import markdown


class Desk:
    """``write`` returns the Markdown, ``read`` what pandoc makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.report = Report()

    def write(self, *documents: Document, flavour: str = "markdown", **book: Any) -> str:
        target = self.folder / "book.md"
        bound = Book(book.pop("title", "A book"), (Part(documents),), **book)
        options = Options(markdown=MarkdownOptions(flavour=flavour))
        markdown.write(bound, target, self.report, options=options)
        return target.read_text(encoding="utf-8")

    def write_folder(
        self, *documents: Document, flavour: str = "markdown", part: str = ""
    ) -> dict[str, str]:
        target = self.folder / "folder"
        options = Options(markdown=MarkdownOptions(flavour=flavour, folder=True))
        markdown.write(
            Book("A book", (Part(documents, part),)), target, self.report, options=options
        )
        return {each.name: each.read_text(encoding="utf-8") for each in sorted(target.iterdir())}

    def read(self, text: str, flavour: str = "markdown", to: str = "json") -> str:
        (answer,) = pandoc.convert([text.encode()], reader=flavour, writer=to)
        return answer.decode()

    def nodes(self, text: str, kind: str, flavour: str = "markdown") -> list[dict[str, Any]]:
        """Return all nodes of a kind that pandoc finds in ``text``, in reading order."""
        tree = json.loads(self.read(text, flavour))
        return [node for node in _walk(tree["blocks"]) if node.get("t") == kind]


def _walk(tree: Any) -> Iterator[dict[str, Any]]:
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
        stack += reversed(list(node.values()) if isinstance(node, dict) else [])
        stack += reversed(node if isinstance(node, list) else [])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
