"""Which sources are for pandoc, and in which of its formats they are."""

import subprocess
import sys

import pytest

from converter import pipeline, plugins
from converter.readers.pandoc import formats
from converter.source import Source
from tests.readers.pandoc.conftest import opendocument, word, zipped

LATEX = b"% A paper\n\\RequirePackage{x}\n\\documentclass[a4paper]{article}\n"
DOCBOOK = b'<?xml version="1.0"?>\n<book xmlns="http://docbook.org/ns/docbook"/>'
NOTEBOOK = b'{\n "cells": [],\n "nbformat": 4}'


def package(kind: str) -> bytes:
    return zipped({"mimetype": kind, "META-INF/container.xml": "<c/>"})


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a", word(""), "docx"),
        ("a", opendocument(""), "odt"),
        ("a", package("application/epub+zip"), "epub"),
        ("a", b"{\\rtf1\\ansi text}", "rtf"),
        ("a", LATEX, "latex"),
        ("a", b"\\begin{document}\nx\n\\end{document}", "latex"),
        ("a.xml", DOCBOOK, "docbook"),
        ("a.xml", b'<article article-type="research" dtd-version="1.3">', "jats"),
        ("a.xml", b'<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0">', "fb2"),
        ("a", NOTEBOOK, "ipynb"),
        ("a.md", b"# Title", "markdown"),
        ("a.RST", b"Title\n=====", "rst"),
        ("a.csv", b"a,b", "csv"),
        ("a.md", LATEX, "latex"),
        ("a.odt", zipped({"note.txt": "x"}), None),
        ("a.xyz", b"text", None),
    ],
)
def test_the_format_is_told_by_content_then_by_name(name, data, form):
    assert formats.format_of(name, data) == form


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        ("a.docx", word(""), "pandoc"),
        ("nameless", word(""), "pandoc"),
        ("a.odt", opendocument(""), "pandoc"),
        ("a.epub", package("application/epub+zip"), "pandoc"),
        ("a.md", b"# Title\n\nText.", "pandoc"),
        ("a.txt", b"# Title\n\nText.", "text"),
        ("nameless", b"Title\n\nText.", "text"),
        ("a.txt", LATEX, "pandoc"),
        ("a.xml", DOCBOOK, "pandoc"),
        ("a.ipynb", NOTEBOOK, "pandoc"),
        ("a.html", b"<html><p>Text</p></html>", "html"),
        ("a.xml", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "tei"),
    ],
)
def test_each_source_goes_to_its_own_reader(name, data, reader):
    assert pipeline.choose_reader(Source(name, data)) == reader


def test_choosing_a_reader_loads_neither_pandoc_nor_lxml():
    program = (
        "import sys\nfrom converter import plugins\n"
        "plugins.reader('pandoc').sniff(b'# Title')\n"
        "print(*{'pypandoc', 'lxml', 'converter.pandoc'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b""


def test_data_is_not_picked_up_from_folders():
    assert not {".csv", ".xlsx", ".bib"} & set(plugins.reader("pandoc").suffixes)


def test_a_head_of_one_long_line_of_commands_is_sniffed_at_once():
    assert formats.sniff(b"\\a" * 2048) == 0.5
    assert formats.sniff(b"\\a\n" * 1365) == 0.5
    assert formats.sniff(b"<" * 4096) == 0.0
