"""A document as the pieces of a file: what stands above it, heading, text, thread, notes."""

from collections.abc import Iterator

from msgspec.structs import replace

from converter.model import Document, Emphasis, Note, Paragraph, Strong, Text
from converter.writers.markdown.blocks import blocks
from converter.writers.markdown.comments import thread
from converter.writers.markdown.escape import attributes, several
from converter.writers.markdown.front_matter import source_name
from converter.writers.markdown.inlines import inlines, line
from converter.writers.markdown.pieces import Fragment, Piece, fragment
from converter.writers.markdown.scope import (
    Json,
    Scope,
    anchor,
    div,
    generated,
    header,
    para,
    plain,
    raw,
    space,
    span,
)
from converter.writers.markdown.site import shows_title
from converter.writers.markdown.wrap import BREAK
from converter.writers.titles import byline

# As far as a line of a note is set in, so that it is read as the note's.
_INDENT = "    "


def pieces(scope: Scope, *, level: int, alone: bool) -> Iterator[Piece]:
    """Yield a document whose heading is of ``level``.

    ``alone`` in its file, it leaves its metadata to the front matter.
    """
    document = scope.document
    fenced = not (alone or scope.forge)
    if fenced:
        yield f"::: {_name(scope)}"
        if about := _about(scope):
            yield about
    yield fragment(_head(scope, level=level, alone=alone))
    scope = replace(scope, base=level + 1)
    yield fragment(blocks(document.children, scope, level=level + 1))
    yield from thread(replace(scope, base=level + 2), level=level + 1)
    yield from _listed(scope, level=level + 1)
    for note in _notes(scope, scope.plan.footnotes):
        yield _footnote(note, scope, level=level + 1)
    if fenced:
        yield ":::"


def _name(scope: Scope) -> str:
    """Return the id of a document as attributes."""
    document = scope.document.id
    name = scope.names.document(document) or ""
    return attributes(name, ("document",), key=document if document != name else None)


def _about(scope: Scope) -> Fragment | None:
    """Return what a document says of itself: a span, which unlike a fence may take many lines."""
    document = scope.document
    written = attributes(
        "",
        ("about",),
        BREAK,
        number=document.number,
        date=document.date,
        authors=several(document.authors),
        tags=several(document.tags),
        lang=document.language,
        collection=document.collection,
        part=several(document.part),
        url=document.url,
        source=source_name(document),
        declared_comments=document.declared_comments,
    )
    is_said = written != attributes("", ("about",))
    return fragment([para([raw(f"[]{written}")])]) if is_said else None


# -------------------------------------------------------------------------- head


def _head(scope: Scope, *, level: int, alone: bool) -> list[Json]:
    """Return what stands above the title, the heading, the subject, and who wrote when."""
    document = scope.document
    above = replace(scope, base=level + 1)
    # Links lead to the beginning, which separates it from a list that it may begin with.
    begins = scope.forge and not alone and bool(scope.document.front)
    target = anchor(scope.names.document(scope.document.id) or "", scope) if begins else []
    return [
        *([para(target)] if target else []),
        *_classed("front", blocks(document.front, above, level=level + 1), scope),
        *_heading(scope, level=level, alone=alone),
        *_classed("subject", _subject(scope), scope),
        *([] if alone else _byline(scope)),
    ]


def _subject(scope: Scope) -> list[Json]:
    written = inlines(scope.document.subject, scope)
    return [para(written)] if written else []


def _classed(name: str, nodes: list[Json], scope: Scope) -> list[Json]:
    return nodes if scope.forge or not nodes else [div(name, nodes)]


def _heading(scope: Scope, *, level: int, alone: bool) -> list[Json]:
    """Return number and title as a heading, which on a forge is also where links lead."""
    document = scope.document
    end = ". " if document.title else "."
    number = f"{document.number}{end}" if document.number else ""
    title = line((Text(number), *document.title), scope)
    if scope.site and shows_title(document):
        return []
    if not scope.forge or alone:
        return [header(level, title)] if title else []
    target = [] if document.front else anchor(scope.names.document(document.id) or "", scope)
    if title:
        return [header(level, [*target, *title])]
    return [para(target)] if target else []


def _byline(scope: Scope) -> list[Json]:
    """Return authors and date, which the front matter of a book of many does not say."""
    known = byline(scope.document)
    shown = [raw(plain(known, scope))]
    return [para(generated(shown, scope, "byline"))] if known else []


# ------------------------------------------------------------------------- notes


def _footnote(note: Note, scope: Scope, *, level: int) -> Fragment:
    """Return the definition of a footnote.

    Renderers number footnotes anew and forget their labels. So the mark of the source is held
    by an anchor before the text for pandoc, and seen there on a forge where it is another number.
    """
    label = scope.names.label(scope.document.id, note.id)
    number = scope.numbered + scope.plan.order[note.id]
    shown = scope.forge and (note.label != str(number) or _begins_bold(note))
    held = _body(note, scope, level=level, shown=shown)
    return fragment(held, f"[^{label}]: ", _INDENT)


def _begins_bold(note: Note) -> bool:
    """Return whether a note begins with what could be taken for its mark."""
    first = note.children[0] if note.children else None
    inlines = first.children if isinstance(first, Paragraph) else ()
    return bool(inlines) and isinstance(inlines[0], Emphasis | Strong)


def _listed(scope: Scope, *, level: int) -> Iterator[Piece]:
    """Yield the notes that no footnote can hold, under a heading of their own."""
    place = {} if _are_last(scope) else {note.id: n for n, note in _numbered(scope.document)}
    bodies = [
        _body(note, scope, level=level, shown=True, place=place.get(note.id))
        if scope.html
        else [para([raw(f"[^{scope.names.label(scope.document.id, note.id)}]")])]
        for note in _notes(scope, scope.plan.listed)
    ]
    if bodies:
        heading = header(level, generated([raw(scope.words.other_notes)], scope))
        listed = [{"t": "BulletList", "c": bodies}]
        yield fragment(
            [heading, *(listed if scope.forge else [div("note", each) for each in bodies])]
        )


def _are_last(scope: Scope) -> bool:
    """Return whether the notes that are listed stand behind all others in the source too."""
    count = len(scope.plan.footnotes)
    return tuple(note.id for note in scope.document.notes[count:]) == scope.plan.listed


def _notes(scope: Scope, names: tuple[str, ...]) -> list[Note]:
    known = {note.id: note for note in scope.document.notes}
    return [known[name] for name in names]


def _numbered(document: Document) -> Iterator[tuple[int, Note]]:
    return enumerate(document.notes, start=1)


def _body(
    note: Note, scope: Scope, *, level: int, shown: bool, place: int | None = None
) -> list[Json]:
    """Return the text of a note behind an anchor that holds its mark.

    An empty one shows its mark, as a forge takes a footnote of nothing for text.
    """
    held = blocks(note.children, replace(scope, within=note.id), level=level)
    begins = bool(held) and held[0]["t"] == "Para"
    if begins and not scope.forge and _says_itself(note, scope):
        return held
    shown = shown or (scope.forge and not held)
    mark = _mark(note, scope, shown=shown, place=place)
    if begins and mark:
        return [para([*mark, *([space(scope)] if shown else []), *held[0]["c"]]), *held[1:]]
    return [para(mark), *held] if mark else held


def _says_itself(note: Note, scope: Scope) -> bool:
    """Return whether label and place of a footnote say all that its anchor would."""
    plan, names, document = scope.plan, scope.names, scope.document
    number = note.label.isdecimal() and int(note.label) - scope.numbered
    return (
        number > 0
        and plan.is_alone(note.id, number)
        and note.label == str(number + scope.numbered) == names.label(document.id, note.id)
        and any(each is note and note.id == f"n{place}" for place, each in _numbered(document))
        and not names.is_linked(document.id, note.id)
        and not plan.confidence(note.id)
    )


def _mark(note: Note, scope: Scope, *, shown: bool, place: int | None) -> list[Json]:
    """Return an anchor with the mark of a note, which can be seen if ``shown``."""
    mark = [raw(plain(note.label, scope))] if shown else []
    name = scope.names.note(scope.document.id, note.id) or ""
    if scope.forge:
        bold = [raw("**"), *(mark if note.label.strip() else [raw("–")]), raw("**")]
        target = anchor(name if _is_target(note, scope) else "", scope)
        return [*target, *(generated(bold, scope) if shown else [])]
    values = {
        "label": note.label,
        "key": scope.names.hidden(scope.document.id, note),
        "confidence": scope.plan.confidence(note.id),
        "place": str(place or ""),
    }
    return span(mark, scope, "mark", name=name, **values)


def _is_target(note: Note, scope: Scope) -> bool:
    """Return whether links lead to a note: references, or calls that cannot be a footnote's."""
    return note.id in scope.plan.targets or scope.names.is_linked(scope.document.id, note.id)
