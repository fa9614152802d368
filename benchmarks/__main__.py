"""How fast converter is, beside a named peer that does the same in the same run.

    python -m benchmarks                 some minutes
    BENCH=full python -m benchmarks      1,000 documents in everything

Prints a table. A ratio is our figure by the peer's. Processor time and memory are much the same
on a machine that is busy; what is measured on the clock means something on a quiet one only.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pypandoc

from benchmarks.dumps import write_dumps, write_markdown
from benchmarks.measure import Cost, best, run

MANY: Final = 1000
FULL: Final = os.environ.get("BENCH") == "full"
SIZES: Final = (1, 10, 100, MANY)
# Each from so many dumps in a quick run.
EDITIONS: Final = MANY if FULL else 200
PDFS: Final = MANY if FULL else 30
MARKDOWN: Final = MANY if FULL else 100
_TIMES: Final = 5

PYTHON: Final = (sys.executable,)
CONVERTER: Final = (*PYTHON, "-m", "converter")
CONVERT: Final = (*CONVERTER, "convert", "--quiet")
ALONE: Final = ("--jobs", "1", "--no-cache")
PEER_OF_PDF: Final = (*PYTHON, "-m", "benchmarks.bare_weasyprint")


class Row(NamedTuple):
    """A line of the table: what was measured in which unit, and that of a peer."""

    what: str
    unit: str
    ours: float
    peer: str = ""
    theirs: float | None = None
    aim: str = ""

    def __str__(self) -> str:
        theirs = "" if self.theirs is None else f"{self.theirs:.2f}"
        ratio = f"{self.ours / self.theirs:.2f}" if self.theirs else ""
        cells = f"{self.ours:10.2f}  {self.peer:20}{theirs:>10}{ratio:>8}"
        return f"{self.what:38}{self.unit:17}{cells}  {self.aim}".rstrip()


def main() -> None:
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: s CPU is user and system,")
    print("MB is the largest process, s is the clock and wants a quiet machine\n")
    print(f"{'':38}{'':17}{'converter':>10}  {'peer':20}{'':>10}{'ratio':>8}  aim")
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        bench = Bench(Path(folder))
        for rows in (start_up, bench.epub, bench.markdown, bench.pdf, bench.editions):
            for row in rows():
                print(row, flush=True)


def start_up() -> Iterator[Row]:
    """Yield what starting costs, at best: the first start compiles all modules."""
    ours, python = best((*CONVERTER, "--version"), _TIMES), best((*PYTHON, "-c", "pass"), _TIMES)
    yield Row("converter --version", "s", ours.wall, "python -c pass", python.wall, "< 0.15")
    yield Row("", "s CPU", ours.cpu, "", python.cpu)


class Bench:
    """Measures in ``folder``, where dumps and Markdown of the same text are made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._out = folder / "out"

    def epub(self) -> Iterator[Row]:
        """Yield the cost of a book of as many documents as each of ``SIZES``, verified."""
        self._convert(1, "epub")  # compiles all modules
        costs = {size: self._convert(size, "epub", "--book", *ALONE) for size in SIZES}
        for size, ours in costs.items():
            aims = ("<= 0.3", "<= 0.5") if size == MANY else ("", "")
            yield from _beside(f"EPUB of {size:,}", ours, self._pandoc(size, "epub"), aims=aims)
        low, middle, high = (1000 * costs[size].cpu for size in SIZES[-3:])
        further, before = (high - middle) / (MANY - 100), (middle - low) / (100 - 10)
        yield Row("a document more, above 100", "ms CPU", further, "below 100", before, "linear")

    def markdown(self) -> Iterator[Row]:
        """Yield the cost of a Markdown file of many documents, verified."""
        ours = self._convert(MARKDOWN, "markdown", "--book", *ALONE)
        theirs = self._pandoc(MARKDOWN, "markdown")
        yield from _beside(f"Markdown of {MARKDOWN:,}", ours, theirs)

    def pdf(self) -> Iterator[Row]:
        """Yield the cost of a PDF of each document, and how much of it is WeasyPrint's."""
        dumps, pages = self._dumps(PDFS), self._folder / "pages"
        gathered = [*PEER_OF_PDF, "gather", str(dumps), str(pages)]
        share = subprocess.run(gathered, check=True, capture_output=True, text=True).stdout
        ours = self._convert(PDFS, "pdf", *ALONE)
        theirs = run((*PEER_OF_PDF, "render", str(pages)))
        what = f"{PDFS:,} PDFs"
        yield from _beside(what, ours, theirs, "bare WeasyPrint")
        yield Row(f"{what}, share of WeasyPrint", "of s CPU", float(share), aim=">= 0.85")

    def editions(self) -> Iterator[Row]:
        """Yield what an EPUB and a Markdown file of each document cost, verified.

        By one worker, by two, and again with nothing changed.
        """
        what = f"{EDITIONS:,} EPUBs and Markdown files"
        one = self._editions(1, self._folder / "cache-1")
        two = self._editions(2, self._folder / "cache-2")
        again = self._editions(2, self._folder / "cache-2", fresh=False)
        yield Row(what, "documents/s", EDITIONS / two.wall, aim=">= 40")
        yield Row("", "documents/s CPU", EDITIONS / two.cpu, "one process", EDITIONS / one.cpu)
        yield Row(
            "two workers", "documents/s", EDITIONS / two.wall, "one", EDITIONS / one.wall, ">= 1.8"
        )
        yield Row("", "MB", two.memory / 1e6, "one", one.memory / 1e6)
        yield Row("second run, nothing changed", "s", again.wall, "first run", two.wall, "< 1 s")
        yield Row("", "s CPU", again.cpu, "first run", two.cpu)

    def _editions(self, jobs: int, cache: Path, *, fresh: bool = True) -> Cost:
        options = ("--jobs", str(jobs), "--cache", str(cache))
        return self._convert(EDITIONS, "epub,markdown", *options, fresh=fresh)

    def _convert(self, size: int, to: str, *options: str, fresh: bool = True) -> Cost:
        """Return what it costs to convert so many dumps; ``fresh`` with nothing there yet."""
        if fresh:
            shutil.rmtree(self._out, ignore_errors=True)
        dumps = self._dumps(size)
        return run((*CONVERT, str(dumps), "--to", to, "-o", str(self._out), *options))

    def _pandoc(self, size: int, to: str) -> Cost:
        source, target = self._folder / f"{size}.md", self._folder / f"pandoc.{to}"
        write_markdown(source, size)
        return run((pypandoc.get_pandoc_path(), str(source), "-t", to, "-o", str(target)))

    def _dumps(self, size: int) -> Path:
        folder = self._folder / f"dumps-{size}"
        return folder if folder.exists() else write_dumps(folder, size)


def _beside(
    what: str, ours: Cost, theirs: Cost, peer: str = "pandoc", *, aims: Sequence[str] = ("", "")
) -> Iterator[Row]:
    """Yield the rows of a cost beside that of a peer, with what their ratios aim at."""
    yield Row(what, "s CPU", ours.cpu, peer, theirs.cpu, aims[0])
    yield Row("", "MB", ours.memory / 1e6, "", theirs.memory / 1e6, aims[1])


if __name__ == "__main__":
    main()
