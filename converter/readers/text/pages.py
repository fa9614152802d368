"""Page breaks of the printed source: ``[Page 90]``, ``[Page xii]``, ``[Page [12]]``, ``[Page ]``.

They stand wherever a page happened to end: between sentences, inside a word, in a list item of
their own, several in a row.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from converter.model import PageBreak
from converter.readers.text.dump import Dump, Line
from converter.readers.text.inlines import Cut

PAGE: Final = re.compile(
    r"\[Page(?: (?P<label>\[[^\[\]\n]{0,40}\]|[^\[\]\n]{0,40}))?\]", re.IGNORECASE
)


def find_pages(dump: Dump, lines: Sequence[Line]) -> Iterator[Cut]:
    """Yield a cut for each page break in ``lines``, in their order."""
    for line in lines:
        for found in PAGE.finditer(dump.text, line.start, line.end):
            label = (found["label"] or "").strip()
            node = PageBreak(label, dump.prov(found.start()))
            yield Cut(found.start(), found.end(), node)
