"""What the PDF writer says where the system has no font for a script but those of the project."""

import os
import subprocess
import sys
from typing import Final

import pytest

from converter.assets import template

PROGRAM: Final = """
import sys
from pathlib import Path
from converter.model import Book, Document, Paragraph, Part, Prov, Text
from converter.options import Options
from converter.report import Report
from converter.writers import pdf

lines = enumerate(sys.argv[2:], start=1)
text = tuple(Paragraph((Text(line),), prov=Prov("a.txt", place)) for place, line in lines)
report = Report()
book = Book("Book", (Part((Document("d", children=text),)),), identifier="urn:example:book")
pdf.write(book, Path(sys.argv[1]), report, options=Options())
print(*report.messages, sep="\\n")
"""
CONFIGURATION: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@pytest.fixture
def messages(tmp_path):
    """Return a function that prints lines with the fonts of the project, and what it was told."""

    def messages(*lines: str) -> list[str]:
        configuration = tmp_path / "fonts.conf"
        fonts = template("fonts").resolve()
        configuration.write_text(CONFIGURATION.format(fonts=fonts, cache=tmp_path / "cache"))
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / "book.pdf"), *lines],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "FONTCONFIG_FILE": str(configuration)},
        ).stdout.splitlines()

    return messages


def test_latin_greek_cyrillic_and_emoji_need_no_font_of_the_system(messages) -> None:
    assert messages("Łódź ελληνικά Россия 🙂 “q” † ‡ § é") == [""]


def test_each_script_without_font_is_named_with_its_place_and_its_package(messages) -> None:
    found = messages("Fine.", "漢字", "مرحبا", "𒀀")
    assert [each.partition(" warning:")[0] for each in found] == [
        "a.txt:2:",
        "a.txt:3:",
        "a.txt:4:",
    ]
    assert "漢 (U+6F22 CJK UNIFIED IDEOGRAPH-6F22)" in found[0]
    packages = ["fonts-noto-cjk", "fonts-noto-core", "fonts-noto-extra"]
    assert [each.split()[-2] for each in found] == packages
