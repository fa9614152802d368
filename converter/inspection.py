"""What was found in a document, as the line of JSON that ``inspect --json`` prints.

The fields are a public contract: additions are free, changes are not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from converter.model import AnyNode, Comment, Document, Note, NoteRef, PageBreak
from converter.report import Findings, Message
from converter.walk import body, plain_text, text_of, thread_numbers, walk

_BEFORE: Final = 60
# Enough running text that 60 characters are left of it when white space is folded.
_TAIL: Final = 4 * _BEFORE


class Place(NamedTuple):
    """A call or page break, and the running text that ends where it stands."""

    node: NoteRef | PageBreak
    before: str


def record(source: str, reader: str, document: Document, findings: Findings) -> dict[str, Any]:
    """Return what was found in ``document`` as plain dictionaries, ready for JSON."""
    places = tuple(_places(document))
    calls = _by_note(places)
    ledger = findings.ledger
    return {
        "source": source,
        "reader": reader,
        "title": plain_text(document.title),
        "number": document.number or None,
        "subject": plain_text(document.subject) or None,
        "notes": [_note(note, calls[note.id]) for note in document.notes],
        "pages": [
            {"label": node.label, "before": before}
            for node, before in places
            if isinstance(node, PageBreak)
        ],
        "comments": list(_comments(document.comments)),
        "declared_comments": document.declared_comments,
        "ledger": {
            "words": ledger.words,
            "kept": ledger.kept,
            "structure": ledger.structure,
            "dropped": ledger.dropped,
        },
        "messages": [message_record(message) for message in findings.messages],
    }


def calls_of(document: Document) -> dict[str, list[Place]]:
    """Return the places where each note is called, in reading order, by the note's id."""
    return _by_note(_places(document))


def _by_note(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if isinstance(place.node, NoteRef):
            found[place.node.note].append(place)
    return found


def _places(document: Document) -> Iterator[Place]:
    """Yield calls and page breaks in reading order: body, then note by note, then comments."""
    yield from _places_in(body(document))
    for note in document.notes:
        yield from _places_in(note.children)
    for comment in document.comments:
        yield from _places_in(comment.children)


def _places_in(nodes: Iterable[AnyNode]) -> Iterator[Place]:
    tail = ""
    for node in walk(nodes):
        if isinstance(node, NoteRef | PageBreak):
            yield Place(node, " ".join(tail.split())[-_BEFORE:])
        elif text := text_of(node):
            tail = tail[-_TAIL:] + text[-_TAIL:]


def _note(note: Note, places: list[Place]) -> dict[str, Any]:
    return {
        "id": note.id,
        "label": note.label,
        "text": plain_text(note.children),
        "calls": [
            {"before": before, "confidence": node.confidence}
            for node, before in places
            if isinstance(node, NoteRef)
        ],
    }


def _comments(comments: tuple[Comment, ...]) -> Iterator[dict[str, Any]]:
    numbers = thread_numbers(comments)
    for comment in comments:
        prov = comment.prov
        lines = prov and prov.line and [prov.line, prov.end_line or prov.line]
        yield {
            "id": comment.id,
            "parent": comment.parent,
            "number": numbers[comment.id],
            "depth": comment.depth,
            "orphan": comment.orphan,
            "author": comment.author,
            "date": comment.date,
            "likes": comment.likes,
            "url": comment.url,
            "kind": comment.kind,
            "text": plain_text(comment.children),
            "lines": lines,
        }


def message_record(message: Message) -> dict[str, Any]:
    """Return ``message`` as a plain dictionary. ``line`` is null where the place is no line."""
    prov = message.prov
    return {
        "code": message.code,
        "level": message.level,
        "text": message.text,
        "source": prov.source if prov else None,
        "line": prov.line if prov else None,
    }
