"""What an edition of a book has to hold, read from the model."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, get_args

from converter.address import address
from converter.model import (
    AnyNode,
    Book,
    Comment,
    CommentRef,
    Document,
    Emphasis,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Reference,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from converter.verify.dates import day_of, shown
from converter.verify.forms import digest
from converter.verify.heads import heads, heads_on_screen, reduced
from converter.verify.languages import set_in
from converter.verify.names import title_of
from converter.verify.opening import Openings
from converter.verify.reading import Address, Call, Entry, Medium, Passage, Reading, Within, Writing
from converter.verify.reading import Comment as FoundComment
from converter.verify.reading import Note as FoundNote
from converter.verify.reading import Reference as FoundReference
from converter.verify.steps import Mark, steps
from converter.verify.telling import Telling
from converter.walk import children, page_labels, plain_text, text_of, walk
from converter.words import Words, words

# There is no lower heading.
_LOWEST: Final = 6
# What no edition says of a book, and what catalogues say of it only if its authors do.
_UNTOLD: Final = ("publisher", "contributor", "description", "coverage")
_OPTIONAL: Final = frozenset({"creator", "rights", *_UNTOLD})
# As many characters of an ISO date as make the day.
_DAY: Final = 10


_STYLES: Final[Mapping[type, str]] = {
    Superscript: "superscript",
    Subscript: "subscript",
    Strikeout: "strikeout",
    Emphasis: "emphasis",
    Strong: "strong",
    SmallCaps: "small capitals",
    Underline: "underline",
}


class _Scribe:
    """Takes down the passages of one document, whose keys begin with its position."""

    def __init__(self, document: Document, position: int, medium: Medium, level: int) -> None:
        """``level`` is that of the title: 0 where headings are told by how far they are below."""
        self._medium = medium
        self._ranks = dict.fromkeys(get_args(Within), level + 1)
        if medium.dialect:  # that above the comments is another one
            self._ranks["comment"] += 1
        self._notes = {note.id: f"{position}/note {note.id}" for note in document.notes}
        self._marks = {
            note.id: mark_of(note, position, medium)
            for position, note in enumerate(document.notes, start=1)
        }
        self._comments = {each.id: f"{position}/comment {each.id}" for each in document.comments}
        self._pictures = (
            {each.name: digest(each.data) for each in document.pictures} if medium.forms else {}
        )
        # What stands in text of a style and has the same: it is set so already.
        self._inner: dict[str, list[AnyNode]] = {}
        self.references: list[tuple[Within, Reference]] = []

    def note(self, name: str) -> str:
        """Return the key of a note, empty if the document has no such note."""
        return self._notes.get(name, "")

    def comment(self, name: str | None) -> str:
        """Return the key of a comment, empty if the document has no such comment."""
        return self._comments.get(name or "", "")

    def passage(self, nodes: Iterable[AnyNode], place: str, within: Within) -> Passage:
        writing = _writing(self._medium)
        writing.at(place)
        self.take_down(nodes, writing, within)
        return writing.passage()

    def take_down(  # noqa: C901 - lists every kind of step
        self, nodes: Iterable[AnyNode], writing: Writing, within: Within = "text"
    ) -> None:
        for node in steps(nodes, rank=self._ranks[within]):
            match node:  # what there is most of comes first
                case Text(text=text):
                    writing.text(self._medium.held(text))
                case Paragraph():
                    writing.paragraph()
                case NoteRef(note=note) if key := self._notes.get(note):
                    writing.call(Call(key, mark=self._marks[note]))
                case PageBreak(label=label):
                    writing.page(self._medium.label(label))
                case CommentRef():
                    writing.stand()
                case Reference():
                    self.references.append((within, node))
                case Mark(kind=""):
                    writing.marked()
                case Mark(kind="line"):
                    writing.line()
                case Mark(kind=kind, item=item):
                    writing.item(kind) if item else writing.block(kind)
                case Image(src=src) if src in self._pictures:
                    writing.picture(self._pictures[src])
                    writing.text(self._medium.held(node.alt))
                case _ if text := text_of(node):
                    writing.text(self._medium.held(text))
                case _ if style := _STYLES.get(type(node)):
                    self._take_style(node, style, writing)
                case _:
                    pass

    def _take_style(self, node: AnyNode, style: str, writing: Writing) -> None:
        """Take down what of ``node`` is set in its style; what is in it is taken down by itself."""
        within = self._inner.get(style, ())
        if style in self._medium.forms and not any(each is node for each in within):
            inner = list(walk(children(node)))
            self._inner[style] = [each for each in inner if type(each) is type(node)]
            writing.form(style, self._medium.held("".join(map(text_of, inner))))


def _level(document: Document, part: Part, medium: Medium) -> int:
    """Return the level of the title of a document in Markdown.

    In a file of its own it is the second, as the front matter has the title of the file, unless
    it is that itself.
    """
    if medium.parts:
        return part.depth + 2
    is_first = bool(document.title or document.number) and not document.front
    return 1 if medium.dialect == "gfm" and is_first else 2


def _writing(medium: Medium) -> Writing:
    return Telling(medium.dialect) if medium.dialect else Writing()


def expect(book: Book, medium: Medium) -> Reading:
    """Return what an edition of ``book`` in ``medium`` has to hold."""
    body = _writing(medium)
    notes: list[FoundNote] = []
    comments: list[FoundComment] = []
    scribes: dict[str, _Scribe] = {}
    starts: dict[str, int] = {}
    for part in book.parts:
        body.at(part.title)
        if medium.parts and part.title.strip():
            body.block(f"h{min(part.level + 1, _LOWEST) if medium.dialect else 0}")
            body.text(medium.held(part.title))
        for document in part.documents:
            level = _level(document, part, medium) if medium.dialect else 0
            scribe = scribes[document.id] = _Scribe(document, len(scribes) + 1, medium, level)
            body.at(document.id)
            starts[document.id] = body.reached()
            starts[_title_of(document.id)] = _take_down_body(document, scribe, body, medium)
            notes += _notes(document, scribe, medium)
            comments += _comments(document, scribe, medium, words(book.language))
    text = body.passage()
    return Reading(
        medium,
        text,
        tuple(notes),
        tuple(comments),
        tuple(one_line(each, medium) for each in filter(None, _title_page(book, medium))),
        tuple(_references(book, scribes, Openings(text, starts, notes, ()), medium)),
        tuple(Entry(one_line(title, medium)) for title in _titles(book) if title.strip()),
        addresses=tuple(_addresses(book, medium)),
        about=_about(book, medium),
        languages=tuple((starts[each.id], set_in(each, book.language)) for each in book.documents),
    )


def _titles(book: Book) -> Iterator[str]:
    """Yield what the contents name: parts, and documents that have a title or a number."""
    for part in book.parts:
        yield part.title
        for document in part.documents:
            yield title_of(document)


def _references(
    book: Book, scribes: Mapping[str, _Scribe], openings: Openings, medium: Medium
) -> Iterator[FoundReference]:
    """Yield the references to what is there, but for those that calls or links divide."""
    documents = {document.id: document for document in book.documents}

    @cache
    def labels(name: str) -> frozenset[str]:
        return frozenset(page_labels(documents[name]))

    for place, scribe in scribes.items():
        for within, reference in scribe.references:
            name, note, page = reference.document, reference.note, reference.page
            if name not in scribes or not reference.children or _is_divided(reference):
                continue
            text = one_line(plain_text(reference.children), medium)
            if note and (key := scribes[name].note(note)):
                yield FoundReference(openings.at(key), within, text, place)
            elif page and page in labels(name):
                yield FoundReference(f"page {medium.label(page)}", within, text, place)
            elif not note and not page:
                title = openings.at(_title_of(name))
                yield FoundReference(openings.at(name), within, text, place, title)


def _title_of(document: str) -> str:
    """Return the key of the title of a document, above which other lines may stand."""
    return f"{document}/title"


def _is_divided(link: Link | Reference) -> bool:
    nodes = walk(link.children)
    return any(isinstance(node, NoteRef | CommentRef | Link | Reference) for node in nodes)


def _addresses(book: Book, medium: Medium) -> Iterator[Address]:
    """Yield the links out of the book that can be followed.

    Where comments stood are such, and where pictures are that the book does not hold.
    """
    for document in book.documents:
        for node in walk([document]):
            match node:
                case Text() | Paragraph() | NoteRef():  # most nodes
                    pass
                case Link(href=href) if target := address(href):
                    text = "" if _is_odd(node) else one_line(plain_text(node.children), medium)
                    yield Address(target, text, document.id)
                case Comment(url=str(url)) if target := address(url):
                    yield Address(target, place=document.id)
                case Image(src=src) if target := address(src):
                    yield Address(target, place=document.id)
                case _:
                    pass


def _is_odd(link: Link) -> bool:
    """Return whether editions show more or less in ``link`` than its text."""
    nodes = walk(link.children)
    odd = Image | LineBreak | Math | PageBreak
    return _is_divided(link) or any(isinstance(node, odd) for node in nodes)


def _title_page(book: Book, medium: Medium) -> tuple[str, ...]:
    """Return what names the book; what its only document says of itself goes before."""
    title, authors, date = book.title, book.authors, book.date
    if medium.alone and len(book.documents) == 1:
        (document,) = book.documents
        title = plain_text(document.title) or title
        authors = document.authors or authors
        date = document.date or date
    return (title, *authors, day_of(date), book.rights)


def _about(book: Book, medium: Medium) -> dict[str, tuple[str, ...]]:
    """Return what catalogues show of the book, by the terms of Dublin Core.

    What has to be there is left out if the book does not tell it: editions say something else.
    See https://www.dublincore.org/specifications/dublin-core/dces/.
    """
    said = {
        "title": (book.title,),
        "creator": book.authors,
        "date": (book.date,),
        "rights": (book.rights,),
        "identifier": (book.identifier,),
        **dict.fromkeys(_UNTOLD, ()),
    }
    lines = {
        name: tuple(one_line(each, medium) for each in values) for name, values in said.items()
    }
    return {name: values for name, values in lines.items() if any(values) or name in _OPTIONAL}


def _take_down_body(document: Document, scribe: _Scribe, body: Writing, medium: Medium) -> int:
    """Take down the text of a document and return where its title begins."""
    scribe.take_down(document.front, body)
    body.space()
    title = body.reached()
    end = "." if document.title or medium.full_stop else ""
    number = (Text(f" {document.number}{end} "),) if document.number else ()
    if heading := (*number, *(document.title or _generated_title(document, medium))):
        # A level above the outermost headings in the text.
        scribe.take_down([Heading(heading, 0)], body)
    body.space()
    if document.subject:
        body.paragraph()
        scribe.take_down(document.subject, body)
    body.space()
    if medium.bylines and (byline := _byline(document)):
        body.paragraph()
        body.text(medium.held(byline))
        body.space()
    scribe.take_down(document.children, body)
    return title


def _byline(document: Document) -> str:
    """Return who wrote and on what day, the latter where no line of the text says it."""
    day = document.date[:_DAY]
    nodes = walk([document]) if day else ()
    if any(isinstance(node, Paragraph) and node.role == "dateline" for node in nodes):
        day = ""
    return " · ".join(filter(None, (*document.authors, day)))


def _generated_title(document: Document, medium: Medium) -> tuple[Inline, ...]:
    """Return what stands for the title of a document that has none, where it shows as text."""
    return (Text(document.number or document.id),) if medium.heads else ()


def _notes(document: Document, scribe: _Scribe, medium: Medium) -> Iterator[FoundNote]:
    for position, note in enumerate(document.notes, start=1):
        place = f"{document.id}#{note.id}"
        passage = scribe.passage(note.children, place, "note")
        yield FoundNote(scribe.note(note.id), mark_of(note, position, medium), passage, place)


def _comments(
    document: Document, scribe: _Scribe, medium: Medium, added: Words
) -> Iterator[FoundComment]:
    said = heads(document.comments, added) if medium.heads else {}
    shown = heads_on_screen(document.comments, added) if medium.added else {}
    for comment in document.comments:
        head = said.get(comment.id)
        fields = (
            one_line(field, medium) for field in (*_fields(comment), *shown.get(comment.id, ()))
        )
        yield FoundComment(
            scribe.comment(comment.id),
            scribe.comment(comment.parent),
            scribe.passage(comment.children, comment.id, "comment"),
            comment.id,
            tuple(fields) if head is None else (reduced(one_line(head, medium)),),
        )


def _fields(comment: Comment) -> tuple[str, ...]:
    return (
        "" if comment.kind == "comment" else comment.kind,
        comment.author or "",
        shown(comment.date or ""),
        "" if comment.likes is None else str(comment.likes),
    )


def mark_of(note: Note, position: int, medium: Medium) -> str:
    """Return the mark that the source printed, or the number that the edition gives the note."""
    label = note.label or (str(position) if medium.added else "")
    return one_line(label, medium)


def one_line(text: str, medium: Medium) -> str:
    """Return ``text`` as the edition can hold it, with single spaces."""
    return " ".join(medium.held(text).split())
