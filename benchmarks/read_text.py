"""How fast the text reader is, beside lxml parsing the same bytes as HTML in the same run.

    python benchmarks/read_text.py [FOLDER]

Reads all dumps below FOLDER, by default those of ``../shared/data/frus/dumps``; where there are
none, the sources of the corpus, repeated. Prints megabytes a second of processor time, so that
other work on the machine matters little, and the memory that reading took at its highest.
"""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import html

from converter.readers.text import read
from converter.report import Report
from converter.source import Source

ROOT = Path(__file__).parent.parent
DUMPS = ROOT.parent / "shared" / "data" / "frus" / "dumps"
REPEATED = 200


def sources(folder: Path) -> Sequence[Source]:
    """Return the dumps below ``folder``, or those of the corpus many times over."""
    paths = sorted(folder.rglob("*.txt"))
    times = 1
    if not paths:
        paths, times = sorted((ROOT / "corpus").rglob("*.txt")), REPEATED
    return [Source(path.name, path.read_bytes(), path) for path in paths] * times


def read_all(texts: Sequence[Source]) -> None:
    for source in texts:
        for _ in read(source, Report()):
            pass


def parse_all(texts: Sequence[Source]) -> None:
    for source in texts:
        html.document_fromstring(source.data)


def seconds(work: Callable[[Sequence[Source]], None], texts: Sequence[Source]) -> float:
    begun = time.process_time()
    work(texts)
    return time.process_time() - begun


def main(folder: str = str(DUMPS)) -> None:
    texts = [source for source in sources(Path(folder)) if source.data.strip()]
    if not texts:
        sys.exit(f"no dumps below {folder}, and no corpus")
    read_all(texts[:20])  # imports and regular expressions are no part of the measure
    megabytes = sum(len(source.data) for source in texts) / 1e6
    write = sys.stdout.write
    write(f"{len(texts)} documents, {megabytes:.1f} MB\n")
    for name, work in (("text reader", read_all), ("lxml as HTML", parse_all)):
        spent = seconds(work, texts)
        write(f"{name:12} {megabytes / spent:8.2f} MB/s  {spent:6.2f} s\n")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    write(f"peak memory  {memory:8.0f} MB\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
