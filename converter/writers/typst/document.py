"""One document as Typst: what stands above its text, text, comments, notes that nothing calls."""

from converter.model import Document
from converter.writers.language import tag
from converter.writers.titles import byline, heading, short
from converter.writers.typst.blocks import blocks
from converter.writers.typst.comments import thread
from converter.writers.typst.inlines import inlines
from converter.writers.typst.languages import Language, language
from converter.writers.typst.markup import Code, Markup, call, text
from converter.writers.typst.notes import remaining_notes
from converter.writers.typst.scope import Scope


def article(document: Document, scope: Scope, *, listed: bool) -> Markup:
    """Return ``document``; ``listed`` says whether the contents name it."""
    known = language(document.language) if tag(document.language) else Language()
    # In the order of reading, in which notes are called and headings rank.
    front = blocks(document.front, scope) if document.front else None
    level = scope.rank(1)
    title = _title(document, scope)
    subject = inlines(document.subject, scope) if document.subject else None
    main = call("running-text", blocks(document.children, scope))
    comments = _comments(document, scope)
    return call(
        "article",
        Markup(f"\n{main}\n{comments}{_notes(scope)}"),
        id_=scope.anchor,
        level=level,
        plain=text(heading(document)),
        short=text(short(heading(document), scope.options)),
        listed=listed,
        lang=known.lang,
        script=known.script,
        region=known.region,
        dir_=Code(scope.direction),
        front=front,
        title=title,
        subject=subject,
        byline=text(byline(document)) or None,
    )


def _title(document: Document, scope: Scope) -> Markup:
    number = f"{document.number}. " if document.number else ""
    own = inlines(document.title, scope) if document.title else text(heading(document))
    return Markup(text(number) + own)


def _comments(document: Document, scope: Scope) -> Markup:
    if not document.comments:
        return Markup()
    said = scope.words
    found, declared = len(document.comments), document.declared_comments
    count = (
        str(found)
        if declared in (None, found)
        else said.found_of.format(found=found, declared=declared)
    )
    name = said.comment if count == "1" else said.comments
    level = scope.rank(2)
    shown = call(
        "comments",
        Markup(f"\n{thread(document.comments, scope)}\n"),
        id_=f"{scope.anchor}-comments",
        level=level,
        plain=text(said.comments),
        title=text(f"{name} ({count})"),
    )
    return Markup(shown + "\n")


def _notes(scope: Scope) -> Markup:
    """Return the notes that do not stand at the foot of a page."""
    notes = tuple(remaining_notes(scope))
    if not notes:
        return Markup()
    shown = Markup("\n".join(("", *notes, "")))
    return Markup(
        call("end-notes", shown, level=scope.rank(2), title=text(scope.words.notes)) + "\n"
    )
