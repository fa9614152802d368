"""The notes of a page: calls found and joined to what they call, backlinks and marks removed.

1. candidates      what looks like a call, and whether it says so itself
2. ``_Joiner``     by address to the block of the note; what says that it is a note, called or not
3. by their mark   calls whose address leads nowhere, and superscripts that are no links
4. marks           calls become ``NoteRef``; blocks of notes, ways back and headings leave the text

A note whose call is not found stays a note and is reported; a call whose note is not found stays
text and is reported.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from converter.markup.build import Builder
from converter.markup.links import Links
from converter.markup.notes.bodies import Bodies, is_list, listed
from converter.markup.notes.calls import (
    is_backlink,
    is_hinted,
    is_mark,
    is_raised,
    is_strong_call,
    label,
    whole,
)
from converter.markup.notes.inline import TOOL_TIP, Aside, asides
from converter.markup.notes.removal import remove_heading, remove_mark, remove_ways_back
from converter.markup.page import Element, Page, find
from converter.model import Block, Inline, Note, NoteRef
from converter.report import Report

_SHORT: Final = 12
# Of a superscript that is no link but bears the mark of a note that nothing else calls.
_INFERRED: Final = 0.9
_CONTINUES: Final = frozenset({"p", "blockquote", "ul", "ol", "pre", "table", "div"})


class Call(NamedTuple):
    """A link that calls a note. ``target`` is the id that it leads to, ``strong`` if it says so."""

    link: Element
    target: str
    strong: bool


class Body:
    """A note: the block it fills, the blocks that go on with it, and what calls it."""

    def __init__(self, block: Element, mark: str = "") -> None:
        self.block = block
        self.more: list[Element] = []
        self.calls: list[Element] = []
        self.inferred: set[Element] = set()
        self.mark = mark


class Apparatus(NamedTuple):
    """The notes of a page, and what stands in the place of their elements in the text."""

    marks: dict[Element, tuple[Inline, ...]]
    bodies: tuple[Body, ...]

    def notes(self, page: Page, build: Callable[[], Builder]) -> tuple[Note, ...]:
        """Return the notes, each made by a builder that knows the marks."""
        return tuple(
            Note(note_id(number), body.mark, _blocks(body, build()), page.prov(body.block))
            for number, body in enumerate(self.bodies, start=1)
        )


def note_id(number: int) -> str:
    """Return the id of the note ``number``, counted from 1."""
    return f"n{number}"


def find_notes(page: Page, scope: Element, links: Links, report: Report) -> Apparatus:
    """Return the notes in ``scope``, and claim their calls, marks and ways back as structure."""
    marks: dict[Element, tuple[Inline, ...]] = {}
    for tip in find(tuple(scope.iter("span")), TOOL_TIP):
        page.drop(tip, "note repeated in a tool tip")
        marks[tip] = ()
    joiner = _Joiner(page, scope, links)
    for aside in asides(scope):
        joiner.add_aside(aside)
    joiner.join()
    bodies = joiner.ordered()
    for number, body in enumerate(bodies, start=1):
        _mark_calls(page, body, note_id(number), marks)
    for body in bodies:
        remove_ways_back(page, body.block, body.calls, links, marks)
        remove_mark(page, body.block, body.mark, marks)
        for block in (body.block, *body.more):
            marks.setdefault(block, ())
    _remove_lists(page, scope, bodies, marks)
    _report(page, joiner, bodies, report)
    return Apparatus(marks, bodies)


class _Joiner:
    """Joins calls to notes."""

    def __init__(self, page: Page, scope: Element, links: Links) -> None:
        self._page = page
        self._places = _places(scope)
        self._links = links
        self.calls = [
            call for call in self._candidates(scope) if call.strong or self._is_call(call)
        ]
        targets = {self._places[call.target] for call in self.calls if call.target in self._places}
        self._finder = Bodies(page, targets, (call.link for call in self.calls))
        self._bodies: dict[Element, Body] = {}
        self._scope = scope
        self._done: set[Element] = set()
        self.lost: list[Call] = []

    def add_aside(self, aside: Aside) -> None:
        """Add a note that stands where it is called."""
        body = self._bodies.setdefault(aside.block, Body(aside.block, aside.mark))
        body.calls.append(aside.call)
        self._done.update(aside.call.iter())
        self._done.update(aside.block.iter())

    def join(self) -> None:
        """Join calls to notes by their addresses, and what is left by their marks."""
        for block in listed(self._scope):
            if not any(around in self._bodies for around in (block, *block.iterancestors())):
                self._bodies[block] = Body(block)
        left: list[Call] = []
        for call in self.calls:
            if call.link in self._done:
                continue
            found = self._block(call)
            if found is not None:
                self._bodies.setdefault(found, Body(found)).calls.append(call.link)
            elif call.strong:
                left.append(call)
        for body in self._bodies.values():
            body.mark = body.mark or self._mark(body)
        self._join_by_mark(left)
        self._join_raised()
        self._continue()

    def ordered(self) -> tuple[Body, ...]:
        """Return the notes in the order in which the page holds them."""
        return tuple(sorted(self._bodies.values(), key=lambda body: self._page.order(body.block)))

    def _candidates(self, scope: Element) -> Iterator[Call]:
        for link in scope.iter("a"):
            target = self._links.fragment(link.get("href") or "")
            strong = is_strong_call(link)
            if strong or (target in self._places and not is_backlink(link)):
                yield Call(link, target, strong)

    def _is_call(self, call: Call) -> bool:
        """Whether a link that does not say so calls a note: a mark, before what it leads to."""
        place = self._places[call.target]
        page = self._page
        if page.order(place)[0] <= page.order(call.link)[0] or not is_mark(page, call.link):
            return False
        return is_raised(page, call.link) or is_hinted(page, call.link)

    def _block(self, call: Call) -> Element | None:
        place = self._places.get(call.target)
        if place is None:
            return None
        for around in (place, *place.iterancestors()):
            if around in self._bodies:
                return around
        block = self._finder.body(place)
        holds_call = block is not None and block in call.link.iterancestors()
        return None if holds_call else block

    def _join_by_mark(self, calls: list[Call]) -> None:
        """Join calls that lead nowhere to notes with the same mark, each in order."""
        waiting: dict[str, deque[Body]] = defaultdict(deque)
        for body in self.ordered():
            if not body.calls:
                waiting[body.mark].append(body)
        for call in calls:
            mark = label(self._page.words(call.link))
            if waiting[mark]:
                waiting[mark].popleft().calls.append(call.link)
            else:
                self.lost.append(call)

    def _join_raised(self) -> None:
        """Join superscripts that are no links to notes in lists with the same mark, in order."""
        waiting: dict[str, deque[Body]] = defaultdict(deque)
        for body in self.ordered():
            if not body.calls:
                waiting[body.mark].append(body)
        for raised in self._scope.iter("sup") if waiting else ():
            mark = label(self._page.words(raised))
            if waiting.get(mark) and self._is_free(raised):
                body = waiting[mark].popleft()
                body.calls.append(raised)
                body.inferred.add(raised)

    def _is_free(self, raised: Element) -> bool:
        """Whether ``raised`` is no part of a link, of a call, or of a note that it could mark."""
        around = (raised, *raised.iterancestors())
        linked = any(each.tag == "a" for each in (*around, *raised.iterdescendants()))
        return not linked and not any(each in self._bodies for each in around)

    def _mark(self, body: Body) -> str:
        """Return the mark of a note: that of its first call, or the number of its item."""
        if body.calls and (mark := label(self._page.words(body.calls[0]))):
            return mark
        value = body.block.get("value") or ""
        parent = body.block.getparent()
        if value or parent is None or parent.tag != "ol":
            return value or str(1 + list(self._bodies).index(body.block))
        start = parent.get("start") or ""
        before = sum(1 for _ in body.block.itersiblings("li", preceding=True))
        return str((int(start) if start.isdecimal() else 1) + before)

    def _continue(self) -> None:
        """Give each note the paragraphs between it and the next one beside it."""
        for body in tuple(self._bodies.values()):
            if body.block.tag not in {"p", "div", "aside"}:
                continue
            between: list[Element] = []
            for sibling in body.block.itersiblings():
                if sibling in self._bodies:
                    body.more = between
                    break
                if sibling.tag not in _CONTINUES or self._holds_note(sibling):
                    break
                between.append(sibling)

    def _holds_note(self, element: Element) -> bool:
        return any(each in self._bodies for each in element.iter())


def _places(scope: Element) -> dict[str, Element]:
    """Return the elements that addresses can lead to, by id or, for old links, by name."""
    places: dict[str, Element] = {}
    for element in scope.iter():
        if not isinstance(element.tag, str):
            continue
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                places.setdefault(name, element)
    return places


def _blocks(body: Body, builder: Builder) -> tuple[Block, ...]:
    blocks = [builder.blocks(block) for block in (body.block, *body.more)]
    return tuple(block for each in blocks for block in each)


def _mark_calls(
    page: Page, body: Body, identifier: str, marks: dict[Element, tuple[Inline, ...]]
) -> None:
    for link in body.calls:
        # A note that stands where it is called is its own call, and its text is no mark.
        call = link if link is body.block else whole(page, link)
        if call is not body.block:
            page.structure(page.span(call))
            page.structure_lead(call)
        confidence = _INFERRED if link in body.inferred else 1.0
        marks[call] = (NoteRef(identifier, confidence, page.prov(link)),)


def _remove_lists(
    page: Page, scope: Element, bodies: tuple[Body, ...], marks: dict[Element, tuple[Inline, ...]]
) -> None:
    """Take out what is left of lists of notes: headings, rules, empty frames."""
    blocks = {body.block for body in bodies}
    for element in scope.iter():
        if isinstance(element.tag, str) and is_list(element) and element not in marks:
            inside = [each for each in element.iter() if each in blocks]
            if inside and _leftover(page, element, inside) <= _SHORT:
                _claim_around(page, element, inside)
                marks[element] = ()
                remove_heading(page, element, marks)
    first = {}
    for body in bodies:
        parent = body.block.getparent()
        if parent is not None and parent not in marks and parent not in first:
            first[parent] = body.block
    for parent, block in first.items():
        remove_heading(page, parent if parent.tag in {"ol", "ul"} else block, marks)


def _leftover(page: Page, element: Element, inside: list[Element]) -> int:
    """Return how many words of ``element`` are not in ``inside``."""
    return len(page.words(element).split()) - sum(len(page.words(each).split()) for each in inside)


def _claim_around(page: Page, element: Element, inside: list[Element]) -> None:
    start, end = page.span(element)
    for each in inside:
        page.structure((start, page.span(each)[0]))
        start = page.span(each)[1]
    page.structure((start, end))


def _report(page: Page, joiner: _Joiner, bodies: tuple[Body, ...], report: Report) -> None:
    for body in bodies:
        if not body.calls:
            text = f"nothing calls note {body.mark}; it is kept at the end"
            report.warn("note-not-linked", text, prov=page.place(body.block))
    for call in joiner.lost:
        text = f"the note that {page.words(call.link)!r} calls is not in the page"
        report.warn("call-without-note", text, prov=page.place(call.link))
