"""Reads an HTML edition back from its own bytes, as a browser does: a page, not a package.

Its markup is told like that of an EPUB's chapters. See https://html.spec.whatwg.org/ and
https://www.w3.org/TR/dpub-aria-1.1/.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from converter.container import Element
from converter.errors import SourceError
from converter.verify.difference import Difference
from converter.verify.epub import references
from converter.verify.epub.chapter import XHTML, Chapter
from converter.verify.opening import Openings
from converter.verify.reading import Medium, Reading, Writing
from converter.verify.sealed import loose_ends
from converter.verify.thread import comment, note, thread_faults
from converter.verify.unseen import hidden_by

# What neither XML nor the input of an HTML parser may hold:
# https://html.spec.whatwg.org/#preprocessing-the-input-stream.
_MATHML: Final = "{http://www.w3.org/1998/Math/MathML}"
_MEDIUM: Final = Medium(
    re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
        + "".join(f"{chr(each)}{chr(each + 1)}" for each in range(0xFFFE, 0x110000, 0x10000))
        + "]"
    ),
    marks=True,
    ordered=True,
)


def read(path: Path) -> Reading:
    """Return what the page at ``path`` holds. Raises SourceError if it is no HTML."""
    root = _tree(path)
    body = Writing()
    sheets = [style.text or "" for style in root.iter(f"{XHTML}style")]
    chapter = Chapter(path.name, root, hidden_by(sheets, root))
    chapter.read(root, body)
    notes, text = tuple(map(note, chapter.notes)), body.passage()
    return Reading(
        _MEDIUM,
        text,
        notes,
        tuple(map(comment, chapter.comments)),
        (chapter.title_page,) if chapter.title_page else None,
        tuple(references([chapter], Openings(text, chapter.starts, notes, chapter.pages))),
        None,
        (*_links(chapter), *loose_ends(root, _is_held), *thread_faults(chapter.comments)),
        addresses=tuple(chapter.addresses),
    )


def _is_held(href: str) -> bool:
    """Return whether ``href`` is that of something in the page."""
    return href.startswith(("#", "data:"))


def _tree(path: Path) -> Element:
    """Return the page with the names that its elements have as XHTML."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except (OSError, etree.XMLSyntaxError) as error:
        raise SourceError(f"cannot be read as HTML: {error}", path.as_posix()) from error
    if root is None:
        raise SourceError("is empty", path.as_posix())
    for element in root.iter(etree.Element):
        element.tag = f"{XHTML}{element.tag}"
    for math in list(root.iter(f"{XHTML}math")):
        for element in math.iter(etree.Element):
            element.tag = str(element.tag).replace(XHTML, _MATHML)
    return root


def _links(chapter: Chapter) -> Iterator[Difference]:
    """Yield a difference for each id that is there twice and each link that leads nowhere."""
    for anchor in chapter.doubles:
        yield Difference("id-twice", "another element of the page has the same id", anchor)
    for place, target in chapter.links:
        if target not in chapter.anchors:
            yield Difference("broken-link", f"a link leads to {target}, which is not there", place)
