"""What three converters make of the same text dumps: the numbers of the README's comparison.

    python benchmarks/compare.py [SOURCE...]

Each source (by default the corpus) becomes an EPUB by converter, by pandoc and, where it is
installed, by Calibre; what is in the EPUB is counted here, by the same code for all.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypandoc
from lxml import etree, html

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
FORM = re.compile(r"Log Out|Notify me of new")
CORPUS = Path(__file__).parent.parent / "corpus"
CONVERTER = (sys.executable, "-m", "converter")

Tool = Callable[[Path, Path], list[str]]
TOOLS: dict[str, Tool] = {
    "converter": lambda source, target: [
        *CONVERTER,
        "convert",
        str(source),
        "--to",
        "epub",
        "-o",
        str(target.parent),
        "--quiet",
    ],
    "pandoc": lambda source, target: [
        pypandoc.get_pandoc_path(),
        "-f",
        "markdown",
        str(source),
        "-o",
        str(target),
    ],
    "Calibre": lambda source, target: ["ebook-convert", str(source), str(target)],
}


def main() -> None:
    sources = [Path(name) for name in sys.argv[1:]] or sorted(CORPUS.glob("*/*.txt"))
    print(f"{len(sources)} sources")
    print(f"{'':12}{'notes linked':>14}{'page-list':>12}{'replies':>10}{'forms left in':>16}")
    for name, tool in TOOLS.items():
        if shutil.which(tool(Path(), Path())[0]) is None:
            print(f"{name:12}not installed")
            continue
        sums = [
            sum(column) for column in zip(*(count(tool, each) for each in sources), strict=True)
        ]
        print(f"{name:12}{sums[0]:14}{sums[1]:12}{sums[2]:10}{sums[3]:16}")


def count(tool: Tool, source: Path) -> tuple[int, int, int, int]:
    """Return notes linked, page-list entries, comments below their parent, forms left in."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"{source.stem}.epub"
        subprocess.run(tool(source, target), check=True, capture_output=True)
        pages = list(contents(target))
    types = [element.get(EPUB_TYPE, "") for page in pages for element in page.iter("{*}*")]
    page_list = sum(
        len(nav.findall(".//{*}li"))
        for page in pages
        for nav in page.iter("{*}nav")
        if nav.get(EPUB_TYPE) == "page-list"
    )
    replies = sum(
        any(above.tag == article.tag for above in article.iterancestors())
        for page in pages
        for article in page.iter("{*}article")
    )
    form = any(FORM.search(" ".join(" ".join(page.itertext()).split())) for page in pages)
    return types.count("noteref"), page_list, replies, int(form)


def contents(epub: Path) -> Iterator[etree._Element]:
    """Yield the parsed content documents of ``epub``."""
    with zipfile.ZipFile(epub) as archive:
        for name in archive.namelist():
            if name.endswith((".xhtml", ".html")):
                data = archive.read(name)
                try:
                    yield etree.fromstring(data)
                except etree.XMLSyntaxError:
                    yield html.fromstring(data)


if __name__ == "__main__":
    main()
