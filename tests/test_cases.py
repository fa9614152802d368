"""Whole conversions: each folder of ``tests/cases`` holds a source and all that must come of it.

    source.txt       what is read, with its sidecar where it has one
    model.json       the document
    report.txt       messages and ledger, one to a line
    edition.md       the Markdown edition
    edition.gfm.md   the same for forges
    chapter.xhtml    the chapters of the EPUB

``pytest --accept`` rewrites what is expected; read the diff before you commit it.
A case whose name is a message code and ``-message`` reports that, and any other nothing.
"""

import ast
import re
import zipfile
from pathlib import Path

import msgspec
import pytest

from converter import model, pipeline
from converter.options import MarkdownOptions, Options
from converter.report import CODES, Report
from converter.source import Source

TESTS = Path(__file__).parent
CASES = sorted(path for path in (TESTS / "cases").iterdir() if path.is_dir())
PACKAGE = Path(model.__file__).parent


def results(case: Path, folder: Path) -> dict[str, bytes]:
    """Return what becomes of the source of ``case``, by file name."""
    report = Report()
    path = case / "source.txt"
    readings = list(pipeline.read(Source("source.txt", path.read_bytes(), path)))
    book = pipeline.bind(
        pipeline.book_of((each.document for each in readings), language="en"), report
    )
    findings = [reading.findings for reading in readings]
    ledger = findings[0].ledger
    pipeline.write(book, folder / "edition.md", "markdown", report, Options())
    gfm = Options(markdown=MarkdownOptions(flavour="gfm"))
    pipeline.write(book, folder / "edition.gfm.md", "markdown", report, gfm)
    pipeline.write(book, folder / "edition.epub", "epub", report, Options())
    messages = [*findings[0].messages, *report.messages]
    lines = [
        *map(str, messages),
        f"{ledger.words} words = {ledger.kept} kept + {ledger.structure} structure"
        f" + {ledger.dropped} dropped",
        *(f"line {drop.line}: dropped as {drop.reason}: {drop.text}" for drop in ledger.drops),
    ]
    return {
        "model.json": msgspec.json.format(model.to_json(book)) + b"\n",
        "report.txt": "".join(f"{line}\n" for line in lines).encode(),
        "edition.md": (folder / "edition.md").read_bytes(),
        "edition.gfm.md": (folder / "edition.gfm.md").read_bytes(),
        "chapter.xhtml": _chapters(folder / "edition.epub"),
    }


def _chapters(epub: Path) -> bytes:
    """Return the documents of the book, in one, without cover, title page and contents."""
    apart = ("cover.xhtml", "title.xhtml", "nav.xhtml")
    with zipfile.ZipFile(epub) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return b"".join(archive.read(name) for name in names if not name.endswith(apart))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_comes_out_as_expected(case, tmp_path, request):
    found = results(case, tmp_path)
    if request.config.getoption("accept"):
        for name, data in found.items():
            (case / name).write_bytes(data)
    expected = {name: (case / name).read_bytes() for name in found}
    for name, data in found.items():
        assert data.decode() == expected[name].decode(), f"{case.name}/{name} differs"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_reports_only_what_its_name_announces(case):
    report = (case / "report.txt").read_text(encoding="utf-8")
    codes = set(re.findall(r"^source\.txt.*\[([a-z0-9-]+)\]$", report, re.MULTILINE))
    announced = case.name.removesuffix("-message")
    assert codes == ({announced} if announced != case.name else set())


def test_every_message_code_is_looked_for_by_a_test():
    tests = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py"))
    quoted = set(re.findall(r"[\[\"']([a-z0-9]+(?:-[a-z0-9]+)*)[\]\"']", tests))
    shown = {case.name.removesuffix("-message") for case in CASES}
    assert _codes() <= quoted | shown, _codes() - quoted - shown


def test_every_message_code_is_known_to_those_who_ignore_it():
    decided_late = {"control-characters", "undecodable-bytes"}
    assert _codes() | decided_late == CODES.keys()


def _codes() -> set[str]:
    """Return the codes in all calls of ``report.info``, ``.warn``, ``.error``, ``Message``."""
    codes = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            reporting = isinstance(node, ast.Call) and _name(node.func) in _REPORTING
            if reporting and node.args and isinstance(node.args[0], ast.Constant):
                codes.add(str(node.args[0].value))
    return codes


_REPORTING = {"info", "warn", "error", "Message"}


def _name(called: ast.expr) -> str:
    return getattr(called, "attr", getattr(called, "id", ""))
