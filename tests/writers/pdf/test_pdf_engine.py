"""What the PDF writer may open, and what it says of what it cannot print."""

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from converter.errors import WriteError
from converter.model import (
    Code,
    Document,
    Figure,
    Image,
    LineBlock,
    Paragraph,
    Picture,
    Prov,
    Text,
)
from converter.options import PdfOptions


@pytest.mark.parametrize("src", ["secret.png", "/etc/hostname", "http://localhost:1/x.png"])
def test_no_picture_is_opened_that_the_document_does_not_hold(
    write: Any, tmp_path: Path, src: str
) -> None:
    (tmp_path / "secret.png").write_bytes(b"")
    document = Document(
        "d", children=(Figure(Image(src, "Alternative")),), source=str(tmp_path / "a.txt")
    )
    edition = write(document)
    assert edition.messages == []
    assert "Alternative" in edition.text


def test_a_broken_picture_is_reported(write: Any) -> None:
    broken = Picture("image-0.png", "image/png", b"no picture")
    image = Image(broken.name, "Alternative")
    edition = write(Document("d", children=(Figure(image),), pictures=(broken,)))
    assert edition.codes == ["pdf-layout"]
    assert "Alternative" in edition.text


def test_a_picture_without_a_size_stands_in_writing_that_runs_to_the_left(write: Any) -> None:
    square = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    picture = Picture("image-0.svg", "image/svg+xml", square)
    said = (Text("וצל אל העיר "), Image(picture.name, "Square"))
    title = (Text("ספר"),)
    edition = write(Document("d", title, children=(LineBlock((said,)),), pictures=(picture,)))
    assert edition.messages == []
    assert "אל העיר" in edition.text


def test_a_template_of_the_user_goes_before_ours(write: Any, noted: Any, tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf/a4.css").write_text("@page { size: 100mm 100mm; margin: 10mm; }")
    edition = write(noted("One"), templates=tmp_path)
    assert edition.messages == []
    assert round(edition.reader.pages[-1].mediabox.width) == 283


@pytest.mark.parametrize("url", ["file:///etc/hostname", "http://localhost:1/a.css"])
def test_a_style_sheet_opens_nothing_outside_the_templates(
    write: Any, noted: Any, tmp_path: Path, url: str
) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf/a5.css").write_text("")
    (tmp_path / "pdf/a4.css").write_text(f"@import url({url});")
    (message,) = write(noted("One"), templates=tmp_path).messages
    assert message.code == "pdf-layout"
    assert "neither a template nor a picture of the book" in message.text


def test_a_character_that_no_font_has_is_reported_with_its_place(write: Any) -> None:
    unassigned = "\U0001fbff"
    children = (
        Paragraph((Text("Fine."),), prov=Prov("a.txt", 3)),
        Paragraph((Text(f"Not {unassigned}."),), prov=Prov("a.txt", 5)),
        Paragraph((Code(unassigned),), prov=Prov("a.txt", 7)),
    )
    (message,) = write(Document("d", children=children)).messages
    assert message.code == "missing-glyph"
    assert "U+1FBFF" in message.text
    assert str(message.prov) == "a.txt:5"


def test_emoji_greek_cyrillic_and_signs_are_printed(write: Any, para: Any) -> None:
    text = "Ελλάδα Россия Łódź Điện 🙂 † ‡ § — “q” 1½ ↩ ✓"
    edition = write(Document("d", children=(para(text),)))
    assert edition.messages == []
    assert "Ελλάδα Россия Łódź Điện 🙂" in edition.text


def test_characters_that_xml_cannot_hold_do_not_stop_the_book(write: Any, para: Any) -> None:
    assert "before" in write(Document("d\x01", children=(para("before\x00after"),))).text


def without(*modules: str) -> Callable[[str], object]:
    """Return an import that knows all but ``modules``, as where they are not installed."""

    def load(name: str) -> object:
        if name.rpartition(".")[2] in modules:
            raise WriteError(f"no {name}")
        return SimpleNamespace(write=lambda book, target, *_, **__: target.write_text(name))

    return load


def test_without_weasyprint_typst_serves_and_a_message_says_so(
    write: Any, noted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib, "import_module", without("weasyprint"))
    edition = write(noted("One"))
    assert edition.codes == ["pdf-engine"]
    assert edition.path.read_text() == "converter.writers.pdf.typst"


def test_without_any_engine_the_error_is_that_of_weasyprint(
    write: Any, noted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib, "import_module", without("weasyprint", "typst"))
    with pytest.raises(WriteError, match="no converter.writers.pdf.weasyprint"):
        write(noted("One"))


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_an_engine_that_is_asked_for_is_taken_or_missed(
    write: Any, noted: Any, monkeypatch: pytest.MonkeyPatch, engine: Any
) -> None:
    monkeypatch.setattr(importlib, "import_module", without())
    edition = write(noted("One"), pdf=PdfOptions(engine=engine))
    assert edition.messages == []
    assert edition.path.read_text() == f"converter.writers.pdf.{engine}"
    monkeypatch.setattr(importlib, "import_module", without("weasyprint", "typst"))
    with pytest.raises(WriteError, match=engine):
        write(noted("One"), pdf=PdfOptions(engine=engine))


def test_without_pango_the_error_says_what_to_install() -> None:
    program = (
        "import sys\n"
        "class NoPango:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'weasyprint': raise OSError('cannot load library')\n"
        "sys.meta_path.insert(0, NoPango())\n"
        "import converter.writers.pdf.weasyprint\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "PDF needs the Pango library: apt-get install" in result.stderr


def test_nothing_is_printed_to_the_terminal(
    write: Any, noted: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    write(noted("One"))
    assert capfd.readouterr() == ("", "")
