"""Notes of which a paragraph calls too many for the feet of pages."""

from typing import Final

from converter.model import Document, NoteRef, Paragraph
from converter.report import Report
from converter.walk import walk

# As many notes called in a paragraph as are set at the feet of pages.
_MOST_CALLS: Final = 100


def crowded(document: Document, report: Report) -> frozenset[str]:
    """Return the notes that are first called in paragraphs which call more than pages can hold.

    The time that WeasyPrint takes for a paragraph grows with the square of the notes in it, and
    Typst puts notes of which there are too many on other pages than their calls.
    """
    seen: set[str] = set()
    found: set[str] = set()
    for block in walk([*document.front, *document.children]):
        if not isinstance(block, Paragraph):
            continue
        called = {node.note for node in walk(block.children) if isinstance(node, NoteRef)} - seen
        seen |= called
        if len(called) > _MOST_CALLS:
            found |= called
            text = f"a paragraph calls {len(called)} notes, too many for the feet of pages"
            report.info("note-moved", f"{text}: see the document's end", prov=block.prov)
    return frozenset(found)
