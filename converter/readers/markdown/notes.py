"""The notes of a document: its footnotes by their definitions, and those that are listed."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from converter.model import Note
from converter.readers.markdown.blocks import read_text
from converter.readers.markdown.context import Context
from converter.readers.markdown.tree import (
    Attributes,
    Json,
    attributes,
    kind_of,
    leading_span,
    walk,
    without_leading,
)


class Draft(NamedTuple):
    """A note before it is read. ``defined`` is the label of its definition, if it is a footnote.

    ``name`` is its id in the file, ``note`` that in the model.
    """

    note: str
    name: str
    label: str
    defined: str
    confidence: str
    blocks: list[Json]


def find_notes(blocks: list[Json], own: Callable[[Attributes], str]) -> list[Draft]:
    """Return the notes among ``blocks`` in the order of the document.

    ``own`` returns the model's id of what has these attributes.
    """
    found = [_footnote(span) for span in _definitions(blocks)]
    for div in (block for block in blocks if kind_of(block) == "note"):
        mark = leading_span(div["c"][1], "mark")
        place = attributes(mark).values.get("place") if mark else None
        draft = ("", div["c"][1])
        found.insert(int(place) - 1 if place else len(found), draft)
    return [_draft(*draft, place, own) for place, draft in enumerate(found, start=1)]


def _definitions(blocks: list[Json]) -> Iterator[Json]:
    return (node for node in walk(blocks) if kind_of(node) == "definition")


def _footnote(span: Json) -> tuple[str, list[Json]]:
    """Return the label of a definition and what it defines."""
    (call,) = (node for node in span["c"][1] if node["t"] == "Note")
    label = leading_span(call["c"], "label")
    return attributes(label).values["label"] if label else "", call["c"][1:]


def _draft(defined: str, blocks: list[Json], place: int, own: Callable[[Attributes], str]) -> Draft:
    mark = leading_span(blocks, "mark")
    if mark is None:
        return Draft(f"n{place}", "", defined, defined, "", blocks)
    known = attributes(mark)
    return Draft(
        own(known) or f"n{place}",
        known.name,
        known.values.get("label", "" if known.name else defined),
        defined,
        known.values.get("confidence", ""),
        without_leading(blocks),
    )


def read_notes(drafts: list[Draft], context: Context, level: int) -> tuple[Note, ...]:
    """Return the notes with their text, whose outermost headings are of ``level``."""
    return tuple(
        Note(draft.note, draft.label, read_text(draft.blocks, context, level)) for draft in drafts
    )
