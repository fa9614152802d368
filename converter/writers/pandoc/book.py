"""A book as pandoc's document: title page, parts, documents with their notes and threads."""

from collections.abc import Iterator
from typing import Final

from converter.address import address
from converter.model import Book, Comment, Note
from converter.words import words
from converter.writers.pandoc.ast import Json, header, link, para, span, text
from converter.writers.pandoc.form import Form, Scope, identifier
from converter.writers.pandoc.nodes import blocks, inlines, note_body
from converter.writers.targets import targets
from converter.writers.thread import Entry, entries, moment
from converter.writers.titles import byline, is_alone, published

# Deeper comments stand level with each other: no paper is wide enough for more.
NESTED: Final = 9


def book_blocks(book: Book, form: Form) -> list[Json]:
    """Return ``book`` as blocks; what differs between formats is asked of ``form``."""
    alone = is_alone(book)
    names = targets(book.documents)
    written = [] if alone else list(_title_page(book, form))
    for part in book.parts:
        level = 1 if alone else part.depth + 1
        if part.title.strip():
            written.append(header(part.level, text(part.title)))
        for document in part.documents:
            scope = Scope(document, form, names, words=words(book.language))
            written += form.whole(document, list(_document(scope, level=level)))
    return written


def _title_page(book: Book, form: Form) -> Iterator[Json]:
    yield from form.paragraphs("Title", [para(text(book.title))])
    for style, line in (
        ("Author", ", ".join(book.authors)),
        ("Date", published(book)),
        ("Rights", book.rights),
    ):
        if line:
            yield from form.paragraphs(style, [para(text(line))])


def _document(scope: Scope, *, level: int) -> Iterator[Json]:
    document, form = scope.document, scope.form
    if document.front:
        yield from form.paragraphs("Front", blocks(document.front, scope, level=level + 1))
    yield _heading(scope, level)
    if document.subject:
        yield from form.paragraphs("Subtitle", [para(inlines(document.subject, scope))])
    if known := byline(document):
        yield from form.paragraphs("Byline", [para(text(known))])
    yield from blocks(document.children, scope, level=level + 1)
    yield from _thread(scope, level=level + 1)
    yield from _listed(scope, level=level + 1)


def _heading(scope: Scope, level: int) -> Json:
    """Return number and title as a heading, its id if the document has neither."""
    document = scope.document
    number = f"{document.number}. " if document.number else ""
    title = [*text(number), *inlines(document.title, scope)]
    return header(level, title or text(document.id), identifier(scope.anchor))


def _listed(scope: Scope, *, level: int) -> Iterator[Json]:
    """Yield the notes that nothing in the text calls, each behind its mark."""
    listed = scope.notes.listed()
    if listed:
        yield header(level, scope.form.characters("Generated", text(scope.words.notes)))
    for note in listed:
        yield from scope.form.paragraphs("Footnote Text", _led_in(note, scope))


def _led_in(note: Note, scope: Scope) -> list[Json]:
    body = note_body(note.id, scope)
    mark = scope.form.characters("Note Mark", text(scope.notes.marks[note.id]))
    lead = [span(mark, scope.note_name(note.id)), *text(" ")]
    if body[0]["t"] == "Para":
        return [para([*lead, *body[0]["c"]]), *body[1:]]
    return [para(lead), *body]


# ------------------------------------------------------------------------- threads


def _thread(scope: Scope, *, level: int) -> Iterator[Json]:
    """Yield the comments that stand in no margin, each set in below the one it answers."""
    document = scope.document
    aside = {each.id for shown in scope.margin.values() for each in shown}
    shown = [entry for entry in entries(document.comments) if entry.comment.id not in aside]
    if not shown:
        return
    found, declared = len(document.comments), document.declared_comments
    count = f"{found}"
    if declared not in (None, found):
        count = scope.words.found_of.format(found=found, declared=declared)
    said = text(f"{scope.words.comments} ({count})")
    yield header(level, scope.form.characters("Generated", said))
    for entry in shown:
        depth = min(entry.depth, NESTED)
        head = para([*_anchor(entry.comment, scope), *_head(entry, scope)])
        yield from scope.form.paragraphs(f"Comment Head {depth}", [head])
        said = blocks(entry.comment.children, scope, level=level + 1)
        yield from scope.form.paragraphs(f"Comment {depth}", said)


def _anchor(comment: Comment, scope: Scope) -> list[Json]:
    return [span([], scope.comment_name(comment.id))]


def _head(entry: Entry, scope: Scope) -> list[Json]:
    """Return a line: number, kind if it is no plain comment, author, date, likes, relations."""
    comment = entry.comment
    url = address(comment.url or "")
    date = (
        text(moment(comment.date)) if comment.date else text(scope.words.permalink) if url else []
    )
    fields = [
        [] if comment.kind == "comment" else text(scope.words.kind(comment.kind).lower()),
        [link(date, url)] if url and date else date,
        text(scope.words.likes(comment.likes)) if comment.likes is not None else [],
        text(scope.words.orphan) if comment.orphan else [],
        _answer(entry, scope),
    ]
    kids = scope.form.characters("Comment Number", text(entry.number))
    if comment.author:
        kids += [*text(" "), *scope.form.characters("Comment Author", text(comment.author))]
    for field in filter(None, fields):
        kids += [*text(" · "), *field]
    return kids


def _answer(entry: Entry, scope: Scope) -> list[Json]:
    """Return who is answered, as a link."""
    if entry.parent is None:
        return []
    author = entry.parent.author
    named = f"{author} ({entry.parent_number})" if author else entry.parent_number
    before, _, after = scope.words.in_reply_to.partition("{author}")
    answered = link(text(named), f"#{scope.comment_name(entry.parent.id)}")
    return [*text(before), answered, *text(after)]
