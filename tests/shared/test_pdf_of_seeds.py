"""The PDF editions of the real sources given with the project."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from converter import pipeline
from converter.model import Book, Document, Text
from converter.options import Options
from converter.report import Report
from converter.source import open_source
from converter.walk import plain_text, walk
from converter.writers import pdf


def edition(seed: Path, folder: Path) -> tuple[Document, Path]:
    (reading,) = pipeline.read(open_source(seed))
    report = Report()
    book: Book = pipeline.bind(pipeline.book_of([reading.document]), report)
    pdf.write(book, folder / "seed.pdf", report, options=Options())
    return reading.document, folder / "seed.pdf"


@pytest.mark.parametrize("number", ["000", "001", "002"])
def test_every_word_of_a_seed_is_in_its_pdf(shared: Path, tmp_path: Path, number: str) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext of poppler-utils is not installed")
    (seed,) = (shared / "seeds").glob(f"{number}_*.txt")
    document, file = edition(seed, tmp_path)
    command = ["pdftotext", str(file), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # A word divided at the end of a line has lost its own hyphen there, or got one.
    printed = re.sub(r"\W+", "", text)
    for node in walk([document]):
        if isinstance(node, Text):
            for word in re.findall(r"\w+", node.text):
                assert word in printed


@pytest.mark.parametrize("number", ["000", "001"])
def test_every_note_of_a_seed_stands_on_the_page_of_its_call(
    shared: Path, tmp_path: Path, number: str
) -> None:
    (seed,) = (shared / "seeds").glob(f"{number}_*.txt")
    document, file = edition(seed, tmp_path)
    reader = PdfReader(file)
    pages = {
        name: reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
    }
    for place, note in enumerate(document.notes, start=1):
        page = pages[f"d1-n{place}"]
        assert page == pages[f"d1-n{place}-call1"]
        text = " ".join(reader.pages[page].extract_text().replace("\u2010\n", "").split())
        assert plain_text([note])[:60] in text
