"""The plain-text edition: readable as it is, and read back with its notes and threads.

It has the form of the text dumps that converter reads: marks right behind the words, source
pages in brackets, notes as a list below the text, replies set in below what they answer.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from converter import pandoc
from converter.model import Book, Comment, Document, Image, Subscript, Superscript
from converter.options import Options
from converter.report import Report
from converter.words import words
from converter.writers.page_labels import has_brackets
from converter.writers.pandoc import ast
from converter.writers.pandoc.ast import Json, header, node, para, text
from converter.writers.pandoc.form import STYLES, Scope
from converter.writers.pandoc.nodes import blocks, inlines, note_body
from converter.writers.sound import sound
from converter.writers.targets import targets
from converter.writers.thread import Entry, entries, moment
from converter.writers.titles import byline, is_alone, published
from converter.writers.xhtml import clean

suffix: Final = ".txt"

# A note and a comment begin after so many spaces, and their other lines after twice as many.
_INDENT: Final = "  "


class Passage(NamedTuple):
    """Blocks, and what goes before their first line and before all others."""

    blocks: list[Json]
    first: str = ""
    rest: str = ""

    def placed(self, rendered: bytes) -> str:
        lines = rendered.decode().strip("\n").split("\n")
        head, tail = lines[0], lines[1:]
        shown = (self.first + head, *(line and self.rest + line for line in tail))
        return "\n".join(shown).rstrip()


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:  # noqa: ARG001 - a text has no looks
    """Write ``book`` to ``target`` as plain text."""
    passages = list(_book(sound(book, report)))
    requests = (ast.document(_set_in(passage.blocks)) for passage in passages)
    rendered = pandoc.convert(requests, reader="json", writer="plain")
    texts = (passage.placed(answer) for passage, answer in zip(passages, rendered, strict=True))
    target.write_text("\n\n".join(filter(None, texts)) + "\n", encoding="utf-8", newline="\n")


class PlainForm:
    """How plain text shows what formats show differently. ``bodies`` are those of the footnotes.

    Of looks it has those that change what is meant: 10² is not 102.
    """

    styles: Mapping[type, str] = {each: STYLES[each] for each in (Superscript, Subscript)}
    margin = False

    def __init__(self) -> None:
        self.bodies: dict[str, list[Json]] = {}

    def whole(self, document: Document, blocks: list[Json]) -> list[Json]:  # noqa: ARG002 - a text names no language
        return blocks

    def footnote(self, name: str, mark: str, body: list[Json]) -> list[Json]:
        self.bodies[name] = body
        return [node("Str", mark)]

    def inner_footnote(self, name: str, mark: str, body: list[Json]) -> list[Json]:  # noqa: ARG002 - called where it is meant
        self.bodies[name] = body
        return []

    def call_again(self, name: str, mark: str) -> list[Json]:  # noqa: ARG002 - a text has no links
        return [node("Str", mark)]

    def page_break(self, name: str, label: str, word: str) -> list[Json]:  # noqa: ARG002 - as dumps have it
        return text(label if has_brackets(label) else f"[Page {label or '…'}]")

    def picture(self, node: Image, document: Document) -> str | None:  # noqa: ARG002 - a text has no pictures
        return None

    def review(self, comment: Comment, kids: list[Json]) -> list[Json]:  # noqa: ARG002 - nor a margin
        return kids

    def paragraphs(self, style: str, blocks: list[Json]) -> list[Json]:  # noqa: ARG002
        return blocks

    def characters(self, style: str, kids: list[Json]) -> list[Json]:
        return [*text(" ["), *kids, *text("]")] if style == "Comment Call" else kids


def _book(book: Book) -> Iterator[Passage]:
    names = targets(book.documents)
    if not is_alone(book):
        for line in (book.title, ", ".join(book.authors), published(book), book.rights):
            yield Passage([para(text(line))])
    for part in book.parts:
        if part.title.strip():
            yield Passage([header(1, text(part.title))])
        for document in part.documents:
            form = PlainForm()
            scope = Scope(document, form, names, words=words(book.language))
            yield from _document(scope, form)


def _document(scope: Scope, form: PlainForm) -> Iterator[Passage]:
    """Yield a document. Its thread is rendered before the notes that only comments call."""
    document = scope.document
    number = f"{document.number}. " if document.number else ""
    title = [*text(number), *inlines(document.title, scope)] or text(document.id)
    yield Passage(blocks(document.front, scope, level=1))
    yield Passage([para(title)])
    if document.subject:
        yield Passage([para(inlines(document.subject, scope))], first=f"{_INDENT}• ")
    yield Passage([para(text(byline(document)))])
    yield Passage(blocks(document.children, scope, level=1))
    thread = list(_thread(scope))
    yield from _notes(scope, form)
    yield from thread


def _notes(scope: Scope, form: PlainForm) -> Iterator[Passage]:
    """Yield the notes, numbered by their place in the list as in all dumps.

    A mark that is another is printed too, for people; a reader of dumps goes by the order.
    """
    for place, note in enumerate(scope.document.notes, start=1):
        body = form.bodies.get(scope.note_name(note.id)) or note_body(note.id, scope)
        mark = clean(scope.notes.marks[note.id])
        shown = "" if mark == str(place) else f"[{mark}] "
        yield Passage(body, first=f"{_INDENT}{place}. {shown}", rest=_INDENT * 2)


def _set_in(blocks: list[Json]) -> list[Json]:
    """Return ``blocks`` with their lists as dumps have them: set in, with bullets for hyphens."""
    written: list[Json] = []
    for each in blocks:
        match each:
            case {"t": "BulletList", "c": items}:
                written.append(node("BlockQuote", [made for item in items for made in _item(item)]))
            case {"t": "OrderedList", "c": [numbers, items]}:
                listed = node("OrderedList", [numbers, [_set_in(item) for item in items]])
                written.append(node("BlockQuote", [listed]))
            case {"t": "BlockQuote", "c": held}:
                written.append(node("BlockQuote", _set_in(held)))
            case _:
                written.append(each)
    return written


def _item(held: list[Json]) -> list[Json]:
    """Return an item behind its bullet, what else is in it set in."""
    first = held[0]["c"] if held and held[0]["t"] in ("Para", "Plain") else []
    rest = _set_in(held[1:] if first else held)
    return [
        para([node("Str", "•"), ast.SPACE, *first]),
        *([node("BlockQuote", rest)] if rest else []),
    ]


# ------------------------------------------------------------------------- threads


def _thread(scope: Scope) -> Iterator[Passage]:
    """Yield the comments, each set in as deep as it answers."""
    document = scope.document
    if not document.comments:
        return
    found, declared = len(document.comments), document.declared_comments
    count = f"{found if declared is None else declared}"
    yield Passage([para(text(f"{scope.words.comments} ({count})"))])
    for entry in entries(document.comments):
        indent = _INDENT * entry.depth
        number = entry.number.replace("+", ".").rpartition(".")[2]
        head = _head(entry, scope)
        said = [*head, *blocks(entry.comment.children, scope, level=6), *_tail(entry, scope)]
        yield Passage(said or [para([])], first=f"{indent}{number}. ", rest=indent + _INDENT)
        yield Passage([])


def _head(entry: Entry, scope: Scope) -> list[Json]:
    """Return who wrote when, each on a line of its own."""
    comment = entry.comment
    kind = "" if comment.kind == "comment" else scope.words.kind(comment.kind)
    lines = filter(None, (kind, comment.author or "", moment(comment.date or "")))
    return [para(text(line)) for line in lines]


def _tail(entry: Entry, scope: Scope) -> list[Json]:
    comment = entry.comment
    lines = [scope.words.likes(comment.likes)] if comment.likes is not None else []
    lines += [scope.words.orphan] if comment.orphan else []
    return [para(text(line)) for line in lines]
