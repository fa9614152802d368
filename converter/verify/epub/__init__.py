"""Reads an EPUB back from its own bytes: the files of its spine, its notes, pages and threads.

It goes by what the standard and DPUB-ARIA say of elements, as a reading system does, and for
comments by the classes of the markup. What carries the class ``generated`` is no text of the
source. See https://www.w3.org/TR/epub-33/ and https://www.w3.org/TR/dpub-aria-1.1/.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from converter.container import Container
from converter.verify.difference import Difference
from converter.verify.epub.chapter import Chapter
from converter.verify.epub.nav import contents, page_list, page_list_faults
from converter.verify.opening import Openings
from converter.verify.reading import Medium, Reading, Reference, Writing
from converter.verify.thread import comment, note, thread_faults

# What XML cannot hold: https://www.w3.org/TR/xml/#charsets.
_MEDIUM: Final = Medium(
    re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"), marks=True, ordered=True
)


def read(path: Path) -> Reading:
    """Return what the EPUB at ``path`` holds. Raises SourceError if it is none or malformed."""
    body = Writing()
    chapters = []
    with Container(path, path.as_posix()) as container:
        held = set(container.names())
        nav = container.tree(container.nav)
        for name in container.spine:
            root = container.tree(name)
            chapters.append(Chapter(name, root))
            chapters[-1].read(root, body)
    surveyed = (Chapter(container.nav, nav), *chapters)
    held.update(anchor for chapter in surveyed for anchor in chapter.anchors)
    pages = [page for chapter in chapters for page in chapter.pages]
    drafts = [each for chapter in chapters for each in chapter.comments]
    notes = tuple(note(each) for chapter in chapters for each in chapter.notes)
    text = body.passage()
    starts = {key: at for chapter in chapters for key, at in chapter.starts.items()}
    faults = (
        *(fault for chapter in surveyed for fault in _links(chapter, held)),
        *page_list_faults(page_list(nav, container.nav), pages),
        *thread_faults(drafts),
    )
    title_page = tuple(each.title_page for each in chapters if each.title_page)
    return Reading(
        _MEDIUM,
        text,
        notes,
        tuple(map(comment, drafts)),
        title_page,
        tuple(references(chapters, Openings(text, starts, notes, pages))),
        tuple(contents(nav, container.nav, starts, text)),
        faults,
    )


def references(chapters: Iterable[Chapter], openings: Openings) -> Iterator[Reference]:
    """Yield the links of the text that lead to something inside the edition."""
    for chapter in chapters:
        for target, within in chapter.references:
            yield Reference(openings.at(target), within)


def _links(chapter: Chapter, held: set[str]) -> Iterator[Difference]:
    """Yield a difference for each id that is there twice and each link that leads nowhere."""
    for anchor in chapter.doubles:
        yield Difference("id-twice", "another element of the file has the same id", anchor)
    for place, target in chapter.links:
        if target not in held:
            yield Difference("broken-link", f"a link leads to {target}, which is not there", place)
