"""WeasyPrint alone on the pages that our PDF writer lays out: what PDFs cost without converter.

    python -m benchmarks.bare_weasyprint gather DUMPS PAGES    prints WeasyPrint's share of the time
    python -m benchmarks.bare_weasyprint render PAGES

``gather`` converts each dump to PDF, keeps the tree and the style sheets that WeasyPrint gets for
its last layout, and takes the processor time that passes within WeasyPrint. To load WeasyPrint is
part of that, as whoever uses it has to; what it calls of ours, such as the tags, is not. What the
keeping takes is time of neither. ``render`` makes PDFs of what was kept, each laid out once.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from converter import cli

_STYLES = "styles.txt"
_VARIANT = "pdf/ua-1"


def _unseen(*_: Any, **__: Any) -> None:
    pass


class _Watch:
    """Sums the processor time that passes in functions, and ``beside`` them in what sees them."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.beside = 0.0

    def over(
        self, owner: Any, name: str, seen: Callable[..., None] = _unseen, *, sign: int = 1
    ) -> None:
        """Have ``seen`` called with what the function ``name`` of ``owner`` gets, and time it.

        With a negative ``sign`` its time is taken off that of what calls it.
        """
        function = getattr(owner, name)

        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            begun = time.process_time()
            seen(*arguments, **named)
            self.beside += time.process_time() - begun
            with self.running(sign):
                return function(*arguments, **named)

        setattr(owner, name, timed)

    @contextmanager
    def running(self, sign: int = 1) -> Iterator[None]:
        """Add the time of the block."""
        begun = time.process_time()
        yield
        self.seconds += sign * (time.process_time() - begun)


def gather(dumps: Path, pages: Path) -> None:
    """Convert ``dumps`` to PDF, keep in ``pages`` what is laid out, print WeasyPrint's share."""
    watch = _Watch()
    with watch.running():
        from weasyprint import CSS, HTML, Document
    from converter.writers.pdf.weasyprint import file

    pages.mkdir(parents=True)
    made: list[ElementTree.Element] = []

    def keep(page: HTML, stylesheets: list[CSS], **_: Any) -> None:
        made[-1:] = [page.etree_element]
        (pages / _STYLES).write_text("\n".join(sheet.base_url for sheet in stylesheets))

    def finish(*_: Any, **__: Any) -> None:
        number = len(list(pages.glob("*.xml")))
        ElementTree.ElementTree(made[0]).write(pages / f"{number:04}.xml", encoding="utf-8")

    watch.over(HTML, "__init__")
    watch.over(CSS, "__init__")
    watch.over(HTML, "render", keep)
    watch.over(Document, "write_pdf", finish)
    watch.over(file, "add_tags", sign=-1)
    sys.argv[1:] = ["convert", str(dumps), "--to", "pdf", "-o", str(pages / "ours")]
    sys.argv += ["--jobs", "1", "--no-cache", "--quiet"]
    with suppress(SystemExit):
        cli.main()
    print(watch.seconds / (time.process_time() - watch.beside))


def render(pages: Path) -> None:
    """Make a PDF of each tree in ``pages``, as somebody would who has nothing but WeasyPrint."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    styles = (pages / _STYLES).read_text().split("\n")
    for path in sorted(pages.glob("*.xml")):
        page = HTML(string="<html></html>")
        root = page.etree_element
        root[:] = list(ElementTree.parse(path).getroot())
        sheets = [CSS(url=url, font_config=fonts) for url in styles]
        layout = page.render(font_config=fonts, stylesheets=sheets, presentational_hints=True)
        layout.write_pdf(path.with_suffix(".pdf"), pdf_variant=_VARIANT, pdf_tags=True)


if __name__ == "__main__":
    {"gather": gather, "render": render}[sys.argv[1]](*map(Path, sys.argv[2:]))
