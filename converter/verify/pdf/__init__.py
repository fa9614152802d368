"""Reads a PDF back from its structure: what is tagged as what, and on which page it stands.

Tags say what is a document, a comment, a note, and in which order they are read. Generated text
has no class in a PDF; it is told by its place: contents, running heads, numbers in the margin,
the line above a comment, the pointers from a note to its further calls.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from converter.errors import SourceError
from converter.verify.difference import Difference, quoted
from converter.verify.letters import faced, runs_leftward, unmirrored
from converter.verify.opening import Openings
from converter.verify.pdf.content import NO_LABEL, Content
from converter.verify.pdf.notes import footed
from converter.verify.pdf.pages import File, Spot
from converter.verify.pdf.targets import Targets
from converter.verify.pdf.typst import ABOVE, Generated, rearranged
from converter.verify.reading import Medium, Passage, Reading, Reference
from converter.verify.templates import Templates
from converter.verify.thread import comment, note
from converter.words import words

_MEDIUM: Final = Medium(
    re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"),
    loose=True,
    full_stop=True,
    heads=True,
    brackets=True,
    unnumbered=NO_LABEL,
)

_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_TYPST: Final = "Typst"

# As deep as comments are set in.
_LEVELS: Final = 6


def read(edition: Path, templates: Templates) -> Reading:
    """Return what the PDF holds. Raises SourceError if it is malformed or has no structure."""
    with File(edition) as file:
        content = Content(words(file.language))
        title = file.title
        by_typst = file.creator.startswith(_TYPST)
        generated = Generated(content.further, content.comment_ref)
        for page in file.pages():
            content.add(rearranged(page, generated) if by_typst else footed(page), title)
        about = {
            "title": (file.title,),
            "creator": (file.author,),
            "description": tuple(filter(None, map(file.said, ("Subject", "Keywords")))),
        }
        sheets = (*file.differing_sheets(), *file.additions())
        bookmarks = tuple(file.bookmarks())
    if not content.is_tagged:
        raise SourceError("has no structure to be read by", edition.as_posix())
    targets = Targets(content, above=ABOVE if by_typst else 0.0)
    reading = _reading(content, targets)
    faults = (
        *reading.faults,
        *_untagged(content, templates),
        *sheets,
        *_bookmarks(bookmarks, targets),
    )
    outline = tuple(title for title, _ in bookmarks)
    return reading._replace(outline=outline, faults=faults, about=about, templates=templates)


def _reading(content: Content, targets: Targets) -> Reading:
    notes = {call.key: targets.note(target) for call, target in content.calls}

    def resolved(passage: Passage) -> Passage:
        calls = {at: call._replace(note=notes[call.name]) for at, call in passage.calls.items()}
        return passage._replace(calls=calls)

    for found in content.notes:
        found.draft.backlinks = [targets.call(way) for way in found.ways]
    for comment_found in content.comments:
        comment_found.draft.answers = targets.comment(comment_found.answers)
    read_notes = [note(each.draft) for each in content.notes]
    read_comments = [comment(each.draft) for each in content.comments]
    body = resolved(content.body.passage())
    read_notes = [each._replace(passage=resolved(each.passage)) for each in read_notes]
    openings = Openings(body, content.starts, read_notes, ())
    reading = Reading(
        _MEDIUM,
        body,
        tuple(read_notes),
        tuple(each._replace(passage=resolved(each.passage)) for each in read_comments),
        content.title_page,
        tuple(_references(content, targets, openings)),
        contents=tuple(content.entries) or None,
        addresses=tuple(content.addresses),
        headings=tuple(content.titles),
    )
    return reading._replace(faults=tuple(_faults(content, reading)))


def _references(content: Content, targets: Targets, openings: Openings) -> Iterator[Reference]:
    """Yield the links of the text with each thing that stands where they lead.

    That may be a block, a note, and a page of the source in one.
    """
    for found in content.references:
        place = found.place
        if block := targets.block(found.target):
            yield Reference(openings.at(block), found.within, place=place)
        if note_there := targets.note_or_text(found.target):
            yield Reference(openings.at(note_there), found.within, place=place)
        label = targets.page(found.target)
        if label is not None:
            yield Reference(f"page {' '.join(label.split())}", found.within, place=place)


def _faults(content: Content, reading: Reading) -> Iterator[Difference]:
    yield from content.faults
    yield from _contents(content)
    yield from _numbers(content)
    yield from _notes_elsewhere(content, reading)
    for page, text in content.cut:
        words = f"{quoted(text.split())} reaches out of the paper"
        yield Difference("text-cut-off", words, f"page {page + 1}")


def _contents(content: Content) -> Iterator[Difference]:
    """Yield entries of the contents that print another page than that which they lead to."""
    for place, target, printed in content.contents:
        if printed != content.labels[target.page]:
            text = f"the contents say page {printed} and lead to {content.labels[target.page]}"
            yield Difference("contents-wrong-page", text, place)


def _bookmarks(
    bookmarks: Iterable[tuple[str, Spot | None]], targets: Targets
) -> Iterator[Difference]:
    """Yield bookmarks that lead elsewhere than to a heading that says the same."""
    for title, spot in bookmarks:
        told = Counter(_held(faced(title)))
        headings = targets.headings(spot) if spot else ()
        if not any(_are_alike(told, Counter(_held(heading))) for heading in headings):
            text = f"the bookmark “{title}” does not lead to that heading"
            place = f"page {spot.page + 1}" if spot else ""
            yield Difference("bookmark-leads-elsewhere", text, place)


def _are_alike(one: Counter[str], other: Counter[str]) -> bool:
    """Return whether either has all letters of the other: headings go on on the next page."""
    return one <= other or other <= one


def _numbers(content: Content) -> Iterator[Difference]:
    """Yield comments whose number, indentation and "in reply to" do not say the same."""
    by_key = {each.draft.key: each for each in content.comments}
    for found in content.comments:
        answered = by_key.get(found.draft.answers or "")
        number = answered.number if answered else ""
        if "+" not in found.number and number != found.number.rpartition(".")[0]:
            text = f"comment {found.number} says it answers {number or 'none'}"
            yield Difference("comment-under-wrong-parent", text, found.draft.place)
        elif answered and found.level != min(answered.level + 1, _LEVELS):
            text = f"comment {found.number} is set in {found.level} levels deep"
            yield Difference("comment-under-wrong-parent", text, found.draft.place)


def _notes_elsewhere(content: Content, reading: Reading) -> Iterator[Difference]:
    """Yield footnotes that do not begin on the page of their first call or the following one.

    Where a note runs over, those that follow it may begin where it ends.
    """
    first = _first_calls(content, reading)
    occupied = -1
    for found in content.notes:
        called = first.get(found.draft.key)
        if not found.at_foot or called is None or not found.pages:
            continue
        begins, ends = found.pages[0], found.pages[-1]
        late = begins > called + 1
        if begins < called or (late and begins not in (occupied, occupied + 1)):
            text = f"note {found.draft.mark} is called on page {called + 1}"
            yield Difference("note-on-other-page", text, found.draft.place)
        if ends > begins or late:
            occupied = ends


def _first_calls(content: Content, reading: Reading) -> dict[str, int]:
    """Return the pages on which notes are called first, by their keys."""
    first: dict[str, int] = {}
    pages = {call.key: call.spot.page for call, _ in content.calls}
    for passage in reading.passages():
        for call in passage.calls.values():
            page = pages[call.name]
            first[call.note] = min(page, first.get(call.note, page))
    return first


def _untagged(content: Content, templates: Templates) -> Iterator[Difference]:
    """Yield what stands outside the structure and is no page number, running or table's head."""
    for page, text in content.untagged:
        shown = _held(templates.rest(text))
        # A long running head touches the number of the page.
        number = content.labels[page]
        heads = {shown, shown.removesuffix(number), shown.removeprefix(number)}
        starts = [_starts(head.rstrip(".")) for head in heads if "" not in heads]
        if any(shown in head for head in content.table_heads):
            continue
        if starts and not any(start(each) for start in starts for each in content.headings):
            text = f"“{text.strip()}” is not in the source"
            yield Difference("word-added", text, f"page {page + 1}")


def _starts(start: str) -> Callable[[str], bool]:
    """Return what tells whether a heading begins with ``start``, or has the letters of it.

    Nobody can tell in which order the letters are if they run from right to left.
    """
    if not runs_leftward(start):
        return lambda heading: _held(heading).startswith(start)
    bag = Counter(unmirrored(start.strip("…. ")))
    return lambda heading: bag <= Counter(unmirrored(_held(heading)))


def _held(text: str) -> str:
    """Return ``text`` without what PDFium leaves out of what a file says outside the structure."""
    return _ASTRAL.sub("", text)
