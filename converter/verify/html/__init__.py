"""Reads an HTML edition back from its own bytes, as a browser does: a page, not a package.

Its markup is told like that of an EPUB's chapters. See https://html.spec.whatwg.org/ and
https://www.w3.org/TR/dpub-aria-1.1/.
"""

import re
from binascii import Error, a2b_base64
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from converter.container import Element, page_tree
from converter.errors import SourceError
from converter.verify.difference import Difference
from converter.verify.epub import references
from converter.verify.epub.chapter import XHTML, Chapter, line
from converter.verify.epub.nav import lists_said
from converter.verify.forms import STYLES, digest
from converter.verify.opening import Openings
from converter.verify.reading import Medium, Reading, Said, Writing
from converter.verify.sealed import loose_ends, style_words
from converter.verify.templates import Templates
from converter.verify.thread import comment, note, thread_faults
from converter.verify.unseen import hidden_by

# What neither XML nor the input of an HTML parser may hold:
# https://html.spec.whatwg.org/#preprocessing-the-input-stream.
_MEDIUM: Final = Medium(
    re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
        + "".join(f"{chr(each)}{chr(each + 1)}" for each in range(0xFFFE, 0x110000, 0x10000))
        + "]"
    ),
    marks=True,
    added=True,
    ordered=True,
    forms=("picture", *STYLES),
    blocks=True,
)


def read(path: Path, templates: Templates) -> Reading:
    """Return what the page at ``path`` holds. Raises SourceError if it is no HTML."""
    root = _tree(path)
    body = Writing()
    sheets = [style.text or "" for style in root.iter(f"{XHTML}style")]
    chapter = Chapter(path.name, root, hidden_by(sheets, root), digest=_digest, note_rank=6)
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
        (
            *_links(chapter),
            *loose_ends(root, _is_held),
            *_words(sheets, templates),
            *thread_faults(chapter.comments),
        ),
        addresses=tuple(chapter.addresses),
        languages=tuple(chapter.languages),
        templates=templates,
        said=(
            *_title_page(root, path.name),
            *chapter.said,
            *(said for each in chapter.lists for said in lists_said(each, path.name)),
        ),
    )


def _title_page(root: Element, name: str) -> Iterator[Said]:
    """Yield the lines that name the book: no template has others."""
    for header in root.iter(f"{XHTML}header"):
        if header.get("class") == "title-page":
            yield from (Said("title page", line(each), f"{name} title page") for each in header)


def _digest(src: str) -> str:
    """Return what tells the picture from others that ``src`` holds."""
    head, _, data = src.partition(";base64,")
    try:
        return digest(a2b_base64(data)) if head.startswith("data:") and data else ""
    except Error:  # what is damaged is no picture of the source
        return digest(data.encode())


def _words(sheets: Iterable[str], templates: Templates) -> Iterator[Difference]:
    words_added = (each for sheet in sheets for each in style_words(sheet))
    for words in filter(templates.rest, words_added):
        yield Difference("word-added", f"the style sheet adds “{words}”", "style")


def _is_held(href: str) -> bool:
    """Return whether ``href`` is that of something in the page."""
    return href.startswith(("#", "data:"))


def _tree(path: Path) -> Element:
    try:
        return page_tree(path.read_bytes(), path.as_posix())
    except OSError as error:
        text = f"cannot be read as HTML: {error.strerror}"
        raise SourceError(text, path.as_posix()) from error


def _links(chapter: Chapter) -> Iterator[Difference]:
    """Yield a difference for each id that is there twice and each link that leads nowhere."""
    for anchor in chapter.doubles:
        yield Difference("id-twice", "another element of the page has the same id", anchor)
    for place, target in chapter.links:
        if target not in chapter.anchors:
            yield Difference("broken-link", f"a link leads to {target}, which is not there", place)
