"""The XHTML files of a document: its head, text, notes and thread."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from converter.model import Book, Document, Note
from converter.walk import plain_text
from converter.writers.articles import add_comment
from converter.writers.epub.files import ContentFile
from converter.writers.epub.hooks import EpubHooks
from converter.writers.epub.language import direction, language, tag
from converter.writers.epub.pictures import Pictures
from converter.writers.epub.places import Chapter
from converter.writers.epub.skeleton import Skeleton, add_typed, body, mark_long, set_language
from converter.writers.titles import byline, title_of
from converter.writers.xhtml import XHTML, Element, add, add_blocks, add_inlines

_HEADINGS: Final = tuple(f"{{{XHTML}}}h{rank}" for rank in range(1, 7))


class Press:
    """Renders the files of a book; its language holds for documents that name none."""

    def __init__(
        self,
        book: Book,
        chapters: Mapping[str, Chapter],
        pictures: Pictures,
        templates: Path | None,
    ) -> None:
        self._page = Skeleton("page.xhtml", templates)
        self._chapters = chapters
        self._pictures = pictures
        self._language = tag(book.language) or "und"

    def render(self, chapter: Chapter, file: ContentFile) -> Element:
        """Return ``file`` of ``chapter`` as an XHTML tree."""
        document = chapter.document
        root = self._page.filled({"title": title_of(document)})
        set_language(root, language(document, self._language), direction(document))
        name = title_of(document)
        section = add_typed(body(root), "section", "chapter", role="doc-chapter", aria_label=name)
        hooks = EpubHooks(file.name, chapter, self._chapters, self._pictures)
        if file.first:
            _add_head(section, document, hooks)
        else:
            add(section, "p", f"{title_of(document)}, continued", class_="continued generated")
        add_blocks(section, file.blocks, hooks)
        _add_notes(section, file.notes, hooks)
        _add_thread(section, chapter, file, hooks)
        _close_gaps(root)
        return root


def _add_head(section: Element, document: Document, hooks: EpubHooks) -> None:
    """Append what stands above the title, title, subject, and who wrote it when."""
    head = add(section, "header", class_="head")
    if document.front:
        add_blocks(add(head, "div", class_="front"), document.front, hooks)
    if document.number or document.title:
        heading = add(head, "h1")
        mark_long(heading, plain_text(document.title))
        if document.number:
            end = "." if document.title else ""
            add(heading, "span", f"{document.number}{end}", class_="number").tail = " "
        add_inlines(heading, document.title, hooks)
    if document.subject:
        subject = add(head, "p", class_="subject")
        add(subject, "span", "Subject", class_="label generated").tail = " "
        add_inlines(subject, document.subject, hooks)
    if known := byline(document):
        add(head, "p", known, class_="byline")


def _add_notes(section: Element, notes: Sequence[Note], hooks: EpubHooks) -> None:
    """Append notes under a rule without heading: Apple Books hides them, and it would stay."""
    if not notes:
        return
    parent = add(section, "section", class_="notes", aria_label="Notes")
    for note in notes:
        hooks.add_note(parent, note)


def _add_thread(section: Element, chapter: Chapter, file: ContentFile, hooks: EpubHooks) -> None:
    """Append the comments of ``file``, each as an article in the article that it answers.

    Where that one is missing from the source, or in another file, an empty level stands for it.
    """
    if not file.entries:
        return
    thread = add(section, "section", class_="comments", id="comments")
    _add_thread_head(thread, chapter, file)
    path: list[tuple[str, Element]] = []
    for entry in file.entries:
        comment = entry.comment
        lineage = chapter.lineages[comment.id]
        del path[_common(lineage, path) :]
        for above in lineage[len(path) :]:
            path.append((above, add(path[-1][1] if path else thread, "div", class_="level")))
        article = add_comment(
            path[-1][1] if path else thread,
            entry,
            hooks,
            name=chapter.comments[comment.id].anchor,
            locate=lambda other: chapter.comments[other.id].href(file.name),
        )
        path.append((comment.id, article))


def _common(lineage: Sequence[str], path: Sequence[tuple[str, Element]]) -> int:
    """Return how many of the open levels ``lineage`` goes through."""
    count = 0
    for above, (name, _) in zip(lineage, path, strict=False):
        if above != name:
            break
        count += 1
    return count


def _add_thread_head(thread: Element, chapter: Chapter, file: ContentFile) -> None:
    opening = chapter.thread
    if opening is None or opening.file != file.name:
        thread.set("aria-label", "Comments, continued")
        return
    thread.set("aria-labelledby", "comments-heading")
    add(thread, "h2", "Comments", id="comments-heading", class_="generated")
    found, declared = len(chapter.document.comments), chapter.document.declared_comments
    if declared is not None and declared != found:
        text = f"{found} of the {declared} comments that the source announces"
        add(thread, "p", text, class_="declared generated")


def _close_gaps(root: Element) -> None:
    """Raise headings that skip a rank: screen readers take a gap for a missing heading.

    See https://www.w3.org/WAI/tutorials/page-structure/headings/.
    """
    rank = 1
    for heading in root.iter(*_HEADINGS):
        rank = min(_HEADINGS.index(heading.tag) + 1, rank + 1)
        heading.tag = _HEADINGS[rank - 1]
