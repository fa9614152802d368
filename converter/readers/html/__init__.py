"""The reader of web pages: their main text, its notes, the pages of its source, its comments.

    bytes -> Page -> comments -> notes -> main text, without what surrounds it -> Document

Each step claims what it takes of the page's visible text; what nobody claims is main text, or
lies outside of it and is dropped. At the end the reader proves that no word was lost.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from msgspec.structs import replace

from converter.markup.build import Builder
from converter.markup.encoding import decode
from converter.markup.links import links_of
from converter.markup.notes import Apparatus, find_notes
from converter.markup.page import Element, parse_html
from converter.markup.pages import find_pages
from converter.markup.proof import prove
from converter.markup.thread import Reply, thread_of
from converter.model import Comment, Document, Prov, Text
from converter.pictures import Pictures
from converter.readers.html.boilerplate import landmark_of, reason_of
from converter.readers.html.comments import Post, claim_headings, find_posts
from converter.readers.html.content import content_of
from converter.readers.html.fields import FieldReader, Fields, Marks
from converter.readers.html.metadata import (
    Metadata,
    language_of,
    read_metadata,
    title_element,
    title_text,
)
from converter.report import Report
from converter.slug import slug
from converter.source import Source

suffixes: Final = (".html", ".htm", ".xhtml", ".shtml")

_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS: Final = re.compile(
    rb"<(?:p|div|h[1-6]|ul|ol|table|article|section|span|a|br)\b[^>]*>", re.IGNORECASE
)
_SAVED: Final = re.compile(r"<!--\s*saved from url=(?:\(\d+\))?(\S+)")
_NUMBER: Final = re.compile(r"\s*(\d+[a-z]?)(\.)\s+(?=\S)")


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is a web page."""
    plain = head.replace(b"\0", b"")
    if _START.match(plain):
        return 0.95
    return 0.6 if plain.lstrip().startswith(b"<") and _TAGS.search(plain) else 0.0


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield the one document of ``source``. Raises SourceError for what cannot be parsed."""
    text = decode(source, report)
    yield _Reading(source, text, report).document()


class _Reading:
    """One page on its way to a document."""

    def __init__(self, source: Source, text: str, report: Report) -> None:
        self._source = source
        self._text = text
        self._report = report
        self._page = parse_html(text, source.name)
        self._links = links_of(self._page.root, _saved_from(text))
        self._pictures = Pictures(source, report)
        self._marks: Marks = {}
        self._builders: list[Builder] = []

    def document(self) -> Document:
        page = self._page
        posts = find_posts(page)
        fields = self._fields(posts)
        headings, declared = claim_headings(page, posts)
        around = [*(post.element for post in posts), *headings]
        self._marks.update((element, ()) for element in around)
        notes = find_notes(page, page.root, self._links, self._report)
        self._marks.update(find_pages(page, page.root))
        self._marks.update(notes.marks)
        content = content_of(page, self._text, around)
        metadata = read_metadata(page, around)
        title = title_element(page, content, self._marks)
        self._drop_boilerplate(content, title, notes)
        document = self._bind(content, title, notes, metadata)
        comments = self._comments(posts, fields)
        self._drop_rest(posts, content)
        document = replace(
            document,
            comments=comments,
            pictures=self._pictures.held(),
            declared_comments=declared,
        )
        self._warn(document)
        shown = "" if document.title else title_text(page)
        document = replace(document, title=(Text(shown),)) if shown else document
        prove(document, (page,), self._report, texts=(shown,))
        return document

    def _fields(self, posts: tuple[Post, ...]) -> list[Fields]:
        language = language_of(self._page)
        reader = FieldReader(self._page, posts, self._links, language, self._marks)
        return [reader.read(post) for post in posts]

    def _builder(self) -> Builder:
        builder = Builder(
            self._page,
            self._links,
            self._report,
            pictures=self._pictures,
            marks=self._marks,
        )
        self._builders.append(builder)
        return builder

    def _bind(
        self, content: Element, title: Element | None, notes: Apparatus, metadata: Metadata
    ) -> Document:
        number = self._number(title) if title is not None else ""
        heading = self._builder().inlines(title) if title is not None else ()
        if title is not None:
            self._marks[title] = ()
        front, children = self._builder().split(content, title)
        return Document(
            id=slug(PurePosixPath(self._source.name).stem) or "page",
            title=heading,
            number=number,
            front=front,
            children=children,
            notes=notes.notes(self._page, self._builder),
            language=metadata.language,
            authors=metadata.authors,
            date=metadata.date,
            tags=metadata.tags,
            collection=metadata.site,
            url=self._links.address,
            source=self._source.name,
        )

    def _number(self, title: Element) -> str:
        """Claim and return the number that the title begins with."""
        start, end = self._page.span(title)
        found = _NUMBER.match(self._page.text, start, end)
        if found is None:
            return ""
        self._page.field(found.span(1))
        self._page.structure(found.span(2))
        return found[1]

    def _comments(self, posts: tuple[Post, ...], fields: list[Fields]) -> tuple[Comment, ...]:
        replies = [
            Reply(
                Comment(
                    id=f"comment-{post.key}",
                    children=self._builder().blocks(known.body),
                    kind=known.kind,
                    author=known.author,
                    date=known.date,
                    likes=known.likes,
                    url=known.url,
                    prov=self._page.prov(post.element),
                ),
                post.answers and f"comment-{post.answers}",
            )
            for post, known in zip(posts, fields, strict=True)
        ]
        return thread_of(replies)

    # ---------------------------------------------------------------- what is left out

    def _drop_boilerplate(self, content: Element, title: Element | None, notes: Apparatus) -> None:
        """Drop what says that it is no text of the page, inside the main text and outside."""
        needed = [content, *([title] if title is not None else [])]
        needed += [body.block for body in notes.bodies]
        places = sorted(self._page.order(each)[0] for each in needed)
        rest = [iter(self._page.root)]
        while rest:
            element = next(rest[-1], None)
            if element is None:
                rest.pop()
            elif isinstance(element.tag, str) and element not in self._marks:
                words = len(self._page.words(element).split()) if element.tag == "form" else 0
                reason = reason_of(element, words)
                if reason is None or self._holds_any(element, places):
                    rest.append(iter(element))
                else:
                    self._page.drop(element, reason)
                    self._marks[element] = ()

    def _holds_any(self, element: Element, places: list[int]) -> bool:
        first, last = self._page.order(element)
        return bisect_left(places, first) < bisect_left(places, last)

    def _drop_rest(self, posts: tuple[Post, ...], content: Element) -> None:
        """Drop what nobody has claimed: around comments, and outside the main text."""
        for post in posts:
            self._page.drop(post.element, "around a comment")
        rest = [self._page.root]
        while rest:
            element = rest.pop()
            if not self._page.rest(element):
                continue
            if self._page.holds(element, content):
                rest += (child for child in element if isinstance(child.tag, str))
                for span in (self._page.own(element), *map(self._page.tail, element)):
                    self._page.drop_span(span, "outside the main text")
            else:
                self._page.drop(element, landmark_of(element))

    # ---------------------------------------------------------------- messages

    def _warn(self, document: Document) -> None:
        found, declared = len(document.comments), document.declared_comments
        place = Prov(self._source.name)
        if declared is not None and declared != found:
            text = f"the page declares {declared} comments, and holds {found}"
            self._report.warn("comment-count-differs", text, prov=place)
        if unlinked := sum(builder.unlinked for builder in self._builders):
            text = f"{unlinked} links lead to addresses that the page does not give whole"
            self._report.info("link-dropped", text, prov=place)


def _saved_from(text: str) -> str:
    """Return the address that a browser notes in a page it saves, empty without one."""
    found = _SAVED.search(text[:2048])
    return found[1] if found else ""
