"""Notes that stand together, at the end of a chapter or book, to where they are called.

There are two habits: a ``ref`` or ``ptr`` in the text names the note, or the note names by its
``target`` what it is about. Either way the note is moved while the file is parsed, and whatever
reads the tree finds it in its place. What no text calls stays where it is.
See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/CO.html#CONONO.

A note that runs over to the next page is encoded as two, the second with ``prev``: it is moved to
the end of the first. See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/SA.html#SAAG.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from converter.readers.tei.elements import (
    ID,
    Element,
    is_div,
    is_empty,
    is_mark,
    is_wording,
    name_of,
    plain,
)

Event: TypeAlias = tuple[str, Element]

# All that has to be seen of a file to find them: themselves, and what can be let go of.
TAGS: Final = ("{*}note", "{*}p", "{*}div", *(f"{{*}}div{depth}" for depth in range(8)))
# What holds the notes of a book or chapter.
_HOLDERS: Final = ("back", "body", "front", "listAnnotation", "standOff", "text")


@dataclass
class Gathered:
    """Copies of the notes of a file that stand together, and what calls them: their positions.

    ``rests`` are copies of the notes that go on with another, by its id.
    """

    notes: list[Element] = field(default_factory=list)
    by_id: dict[str, int] = field(default_factory=dict)
    by_target: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    rests: dict[str, Element] = field(default_factory=dict)


def gather(events: Iterable[Event]) -> Gathered:
    """Return the notes among ``events`` that stand together. What is not needed is let go of."""
    found = Gathered()
    for event, element, note in _with_notes(events):
        if event == "end" and element is note:
            place = len(found.notes)
            found.by_id.setdefault(note.get(ID, ""), place)
            if target := _named(note):
                found.by_target[target].append(place)
            found.notes.append(deepcopy(note))
            found.notes[-1].tail = None
        if event == "end" and (whole := _continued(element)):
            found.rests.setdefault(whole, deepcopy(element)).tail = None
        if event == "end" and note in (None, element):
            _empty(element)
    found.by_id.pop("", None)
    return found


def place_notes(events: Iterable[Event], gathered: Gathered) -> Iterator[Event]:
    """Yield ``events`` again, with the notes that are called where they are."""
    if not gathered.by_id and not gathered.by_target and not gathered.rests:
        yield from events
        return
    placing = _Placing(gathered)
    for event, element, note in _with_notes(events):
        placing.see(event, element, note)
        yield event, element


class _Placing:
    """Edits elements as they end, when all that is in them is there and no more will come.

    ``_gone`` are the notes that can be placed no more: those that have a place, and those that
    stand before their first call. ``_begun`` are the ids of notes that have what goes on with them.
    """

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._gone: set[int] = set()
        self._begun: set[str] = set()
        self._seen = -1
        self._moved = False

    def see(self, event: str, element: Element, note: Element | None) -> None:
        """Edit ``element``, which is in the gathered ``note``, itself, or in none."""
        if event == "start" and element is note:
            self._seen += 1
            self._moved = self._seen in self._gone
            self._gone.add(self._seen)
        elif event == "end" and self._moved and note is not None:
            if element is note:
                _rename(element, "anchor")
                _empty(element)
        elif event == "end":
            self._edit(element)

    def _edit(self, element: Element) -> None:
        """Place the notes that ``element`` calls, then those that are called in these."""
        if name_of(element) == "note" and self._gathered.rests:
            self._complete(element)
        waiting = [element]
        for each in waiting:
            waiting += self._called_by(each)
            for place in self._free(self._gathered.by_target.get(each.get(ID, ""), ())):
                each.append(self._take(place))
                waiting += each[-1].iter()

    def _complete(self, note: Element) -> None:
        """Add to ``note`` what goes on with it elsewhere; leave nothing of it there."""
        if _continued(note) in self._begun:
            _rename(note, "anchor")
            _empty(note)
            return
        rest = self._gathered.rests.get(name := note.get(ID, ""))
        while rest is not None and rest.get(ID) not in self._begun:
            self._begun.add(name)
            _append(note, deepcopy(rest))
            rest = self._gathered.rests.get(name := rest.get(ID, ""))

    def _called_by(self, call: Element) -> Iterator[Element]:
        """Make ``call`` the note that it calls, if it does, and yield what is in it."""
        place = self._gathered.by_id.get(_named(call))
        if place is None or name_of(call) not in ("ptr", "ref") or not self._free([place]):
            return
        mark = plain(call)
        if is_empty(call) or (is_mark(mark) and is_wording(call)):
            note = self._take(place)
            note.set("n", note.get("n") or mark.strip("[](){}."))
            _become(call, note)
            yield from call.iterdescendants()

    def _free(self, places: Iterable[int]) -> Sequence[int]:
        return [place for place in places if place not in self._gone]

    def _take(self, place: int) -> Element:
        self._gone.add(place)
        return deepcopy(self._gathered.notes[place])


def _become(call: Element, note: Element) -> None:
    """Make ``call`` be ``note``, which begins with what the call shows."""
    label = deepcopy(call)
    label.attrib.clear()
    label.tail, note.text = note.text, None
    _rename(label, "label")
    _empty(call)
    _rename(call, "note")
    call.attrib.update(note.attrib)
    call[:] = [label, *note]


def _append(note: Element, rest: Element) -> None:
    """Add all that is in ``rest`` to the end of ``note``, a space before it."""
    text = f" {rest.text or ''}"
    if len(note):
        note[-1].tail = (note[-1].tail or "") + text
    else:
        note.text = (note.text or "") + text
    note.extend(rest)


def _continued(element: Element) -> str:
    """Return the id of the note that the note ``element`` goes on with, empty if it does not."""
    prev = element.get("prev", "")
    return prev[1:] if prev.startswith("#") and name_of(element) == "note" else ""


def _empty(element: Element) -> None:
    """Leave nothing of ``element`` but the text behind it."""
    element.attrib.clear()
    element.text = None
    del element[:]


def _rename(element: Element, name: str) -> None:
    space, brace, _ = str(element.tag).rpartition("}")
    element.tag = space + brace + name


def _named(element: Element) -> str:
    """Return the id in this file that ``element`` points to first, empty without one."""
    first = (element.get("target", "").split() or [""])[0]
    return first[1:] if first.startswith("#") else ""


def _with_notes(events: Iterable[Event]) -> Iterator[tuple[str, Element, Element | None]]:
    """Yield ``events``, each with the gathered note, itself in no other, that it is in or is."""
    note: Element | None = None
    for event, element in events:
        if note is None and _is_gathered(element):
            note = element
        yield event, element, note
        if event == "end" and element is note:
            note = None


def _is_gathered(element: Element) -> bool:
    above = element.getparent()
    if name_of(element) != "note":
        return False
    while above is not None and name_of(above) == "noteGrp":
        above = above.getparent()
    return above is not None and (is_div(above) or name_of(above) in _HOLDERS)
