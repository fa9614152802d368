"""The XHTML files of a document: its head, text, notes and thread."""

from collections.abc import Mapping, Sequence

from converter.model import Book, Document, Note
from converter.options import Options
from converter.walk import plain_text
from converter.words import Words, words
from converter.writers.articles import add_comment, add_nested
from converter.writers.epub.files import ContentFile
from converter.writers.epub.hooks import EpubHooks
from converter.writers.epub.names import Names
from converter.writers.epub.package import XHTML_TYPE, File
from converter.writers.epub.pictures import Pictures
from converter.writers.epub.places import Chapter
from converter.writers.epub.skeleton import (
    Skeleton,
    add_typed,
    body,
    head,
    mark_long,
    serialised,
    set_language,
)
from converter.writers.facts import IDENTIFIER, facts
from converter.writers.heads import add_head
from converter.writers.language import direction, language, tag
from converter.writers.mathml import Formulas
from converter.writers.thread import Entry
from converter.writers.titles import title_of, untitled_parts
from converter.writers.xhtml import Element, add, add_blocks, close_gaps


class Press:
    """Renders the files of a book; its language holds for documents that name none.

    ``pictures`` and ``names`` are those in all files rendered so far.
    """

    def __init__(
        self,
        book: Book,
        chapters: Mapping[str, Chapter],
        formulas: Formulas,
        options: Options,
    ) -> None:
        self.pictures = Pictures()
        self.names = Names()
        self.formulas = formulas
        self._indexed = options.epub.index
        self._page = Skeleton("page.xhtml", options.templates)
        self._chapters = chapters
        self._language = tag(book.language) or "und"
        self._words = words(book.language)
        self._parts = untitled_parts(book)

    def file(self, chapter: Chapter, file: ContentFile) -> File:
        """Return ``file`` of ``chapter`` as it is packed."""
        root = self._render(chapter, file)
        if self._indexed:
            self.names.gather(root, file.name, chapter.document)
        properties = ("mathml",) if self.formulas.place(root) else ()
        return File(file.name, XHTML_TYPE, serialised(root), properties)

    def _render(self, chapter: Chapter, file: ContentFile) -> Element:
        """Return ``file`` of ``chapter`` as an XHTML tree."""
        document = chapter.document
        root = self._page.filled({"title": title_of(document)})
        set_language(root, language(document, self._language), direction(document))
        _add_facts(root, document, first=file.first)
        name = title_of(document)
        section = add_typed(body(root), "section", "chapter", role="doc-chapter", aria_label=name)
        hooks = EpubHooks(
            file.name, chapter, self._chapters, pictures=self.pictures, words=self._words
        )
        if file.continues:
            section.set("data-continues", str(file.continues))
        if file.first:
            if level := self._parts.get(document.id):
                section.set("data-part-level", str(level))
            heading = add_head(section, document, hooks, level=1)
            if heading is not None:
                mark_long(heading, plain_text(document.title))
        else:
            continued = self._words.continued.format(title=title_of(document))
            add(section, "p", continued, class_="continued generated")
        add_blocks(section, file.blocks, hooks)
        _add_notes(section, file.notes, hooks)
        _add_thread(section, chapter, file, hooks)
        close_gaps(root)
        return root


def _add_facts(root: Element, document: Document, *, first: bool) -> None:
    """Add to the file ``root`` what it is a part of; to the ``first`` of a document, the rest."""
    for name, value in facts(document):
        if first or name == IDENTIFIER:
            add(head(root), "meta", name_=name, content=value)


def _add_notes(section: Element, notes: Sequence[Note], hooks: EpubHooks) -> None:
    """Append notes under a rule without heading: Apple Books hides them, and it would stay."""
    if not notes:
        return
    parent = add(section, "section", class_="notes", aria_label=hooks.words.notes)
    for note in notes:
        hooks.add_note(parent, note)


def _add_thread(section: Element, chapter: Chapter, file: ContentFile, hooks: EpubHooks) -> None:
    """Append the comments of ``file``, each as an article in the article that it answers.

    Where that one is missing from the source, or in another file, an empty level stands for it.
    """
    if not file.entries:
        return
    thread = add(section, "section", class_="comments", id="comments")
    _add_thread_head(thread, chapter, file, hooks.words)

    def article(parent: Element, entry: Entry) -> Element:
        comment = entry.comment
        return add_comment(
            parent,
            entry,
            hooks,
            name=chapter.comments[comment.id].anchor,
            locate=lambda other: chapter.comments[other.id].href(file.name),
        )

    add_nested(thread, file.entries, chapter.lineages, article)


def _add_thread_head(thread: Element, chapter: Chapter, file: ContentFile, said: Words) -> None:
    opening = chapter.thread
    if opening is None or opening.file != file.name:
        thread.set("aria-label", said.continued.format(title=said.comments))
        return
    thread.set("aria-labelledby", "comments-heading")
    add(thread, "h2", said.comments, id="comments-heading", class_="generated")
    found, declared = len(chapter.document.comments), chapter.document.declared_comments
    if declared is not None and declared != found:
        text = said.announced.format(found=found, declared=declared)
        add(thread, "p", text, class_="declared generated")
