"""Notes of Word files: which mark each has in print, and where else they are called.

See ECMA-376, part 1, 17.11 (footnotes and endnotes) and 17.16.5 (fields).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from converter.readers.pandoc.elements import Element, around, get, local, remove, sibling, unwrap
from converter.readers.pandoc.marks import mark
from converter.readers.pandoc.numbering import numbered

_KINDS: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_FORMATS: Final = {"footnote": "decimal", "endnote": "lowerRoman"}
_ON: Final = frozenset({"1", "true", "on"})
_FIELD: Final = re.compile(
    r"\s*(?:NOTEREF|REF)\s+\"?(?P<bookmark>[^\s\"\\]+)\"?(?P<switches>.*)", re.DOTALL
)
_RAISED: Final = re.compile(r"(?:foot|end)note(?:reference|anchor|characters)", re.IGNORECASE)


class _Numbering(NamedTuple):
    """How notes of one kind are numbered: ``restart`` is continuous, eachSect or eachPage."""

    style: str
    start: int = 1
    restart: str = "continuous"

    def changed(self, properties: Element | None) -> "_Numbering":
        """Return the numbering as ``properties`` of a file or section have it."""
        given = (
            {local(each): get(each, "val") for each in properties} if properties is not None else {}
        )
        start = given.get("numStart", "")
        return _Numbering(
            given.get("numFmt") or self.style,
            int(start) if start.isdecimal() else self.start,
            given.get("numRestart") or self.restart,
        )


class Notes:
    """The notes that ``text`` calls, ``bodies`` being the trees that hold them."""

    def __init__(self, text: Element, bodies: Iterable[Element], settings: Element | None) -> None:
        self._text = text
        self._bodies = {
            (local(note), get(note, "id")): note
            for root in bodies
            for note in root.iterchildren("{*}footnote", "{*}endnote")
        }
        self._settings = settings
        self._known: dict[Element, tuple[str, str]] = {}

    def mark(self) -> Iterator[str]:
        """Mark each note with its number and printed mark; yield the marks that were typed."""
        seen: dict[tuple[str, str], tuple[str, str]] = {}
        for reference, printed in self._printed():
            key = (_KINDS[local(reference)], get(reference, "id"))
            if printed is None:
                printed = _take_typed(reference)
                yield printed
            if key not in seen:
                seen[key] = (str(len(seen) + 1), printed)
                if (body := self._bodies.get(key)) is not None:
                    yield from _mark_body(body, *seen[key])
            self._known[reference] = seen[key]

    def mark_references(self) -> None:
        """Mark where a field gives the mark of a note once more: another call, or a reference."""
        bookmarks = self._bookmarks()
        for field in list(_fields(self._text)):
            found = _FIELD.fullmatch(field.code)
            number, label = bookmarks.get(found["bookmark"], ("", "")) if found else ("", "")
            if found is None or not number or field.text.strip() != label:
                continue
            again = r"\f" in found["switches"].lower() or any(map(_is_raised, field.results))
            field.put(mark("call" if again else "see", number, label))

    def _printed(self) -> Iterator[tuple[Element, str | None]]:
        """Yield the calls in order, with what is printed there; None where it is typed."""
        shared = {kind: self._numbering(kind, self._settings, None) for kind in _FORMATS}
        counts = dict.fromkeys(_FORMATS, 0)
        begun: set[str] = set()
        for events, section in _sections(self._text):
            rules = {kind: self._numbering(kind, section, shared[kind]) for kind in _FORMATS}
            for kind, rule in rules.items():
                if kind not in begun or rule.restart == "eachSect":
                    counts[kind] = rule.start - 1
                    begun.add(kind)
            for event in events:
                kind = _KINDS.get(local(event), "")
                if not kind:
                    counts |= {
                        each: rule.start - 1
                        for each, rule in rules.items()
                        if rule.restart == "eachPage"
                    }
                elif get(event, "customMarkFollows") in _ON:
                    yield event, None
                else:
                    counts[kind] += 1
                    yield event, numbered(counts[kind], rules[kind].style)

    def _numbering(
        self, kind: str, around: Element | None, shared: _Numbering | None
    ) -> _Numbering:
        found = next(around.iterchildren(f"{{*}}{kind}Pr"), None) if around is not None else None
        return (shared or _Numbering(_FORMATS[kind])).changed(found)

    def _bookmarks(self) -> Mapping[str, tuple[str, str]]:
        """Return number and mark of the note that stands in each bookmark."""
        open_: dict[str, str] = {}
        found: dict[str, tuple[str, str]] = {}
        for element in self._text.iter("{*}bookmarkStart", "{*}bookmarkEnd", *_REFERENCES):
            if element in self._known:
                for name in open_.values():
                    found.setdefault(name, self._known[element])
            elif local(element) == "bookmarkStart":
                open_[get(element, "id")] = get(element, "name")
            else:
                open_.pop(get(element, "id"), None)
        return found


_REFERENCES: Final = tuple(f"{{*}}{name}" for name in _KINDS)


def _sections(text: Element) -> Iterator[tuple[list[Element], Element | None]]:
    """Yield calls and starts of pages section by section, with the properties of the section."""
    events: list[Element] = []
    for element in text.iter("{*}sectPr", "{*}lastRenderedPageBreak", "{*}br", *_REFERENCES):
        if local(element) == "sectPr":
            if next(around(element, "sectPrChange"), None) is None:
                yield events, element
                events = []
        elif local(element) != "br":
            events.append(element)
    yield events, None


def _take_typed(reference: Element) -> str:
    """Return the mark behind ``reference``, and take it out of the text."""
    run = reference.getparent()
    rest = list(reference.itersiblings("{*}t", "{*}sym"))
    if not rest and run is not None and (following := run.getnext()) is not None:
        texts = list(following.iterchildren("{*}t", "{*}sym"))
        rest = texts if len("".join(each.text or "" for each in texts).split()) == 1 else []
    typed = "".join(map(_typed, rest)).strip()
    for each in rest:
        remove(each)
    return typed or "*"


def _typed(element: Element) -> str:
    """Return the text of a run's ``t``, or the character of a symbol font."""
    if local(element) == "t":
        return element.text or ""
    code = int(get(element, "char") or "2A", 16)
    # Symbol fonts are mapped to U+F000 on; their stars, crosses and the like to few characters.
    return {0x2A: "*", 0x86: "†", 0x87: "‡", 0xA7: "§"}.get(code & 0xFF, "*")


def _mark_body(body: Element, number: str, label: str) -> Iterator[str]:
    """Put a mark at the head of a note, and yield the label if it was typed there, taken out."""
    first = next(body.iter("{*}t", "{*}footnoteRef", "{*}endnoteRef"), None)
    if first is not None and local(first) == "t" and (first.text or "").strip() == label:
        yield label
        first.text = ""
    lead, run = sibling(body, "p"), sibling(body, "r")
    text = sibling(body, "t")
    text.text = mark("note", number, label)
    run.append(text)
    lead.append(run)
    body.insert(0, lead)


class _Field:
    """A field: what it says, and the runs that show its result."""

    def __init__(self) -> None:
        self.code = ""
        self.results: list[Element] = []
        self._others: list[Element] = []
        self._shown = False

    @property
    def text(self) -> str:
        return "".join(each.text or "" for run in self.results for each in run.iter("{*}t"))

    def take(self, run: Element) -> None:
        """Read one of the runs that the field consists of."""
        for child in run:
            match local(child):
                case "instrText":
                    self.code += child.text or ""
                case "fldChar" if get(child, "fldCharType") == "separate":
                    self._shown = True
                case _:
                    pass
        shows = self._shown and next(run.iterchildren("{*}t"), None) is not None
        (self.results if shows else self._others).append(run)

    def put(self, text: str) -> None:
        """Put ``text`` in the place of the field."""
        first, *rest = self.results
        for child in list(first):
            if local(child) != "rPr":
                first.remove(child)
        shown = sibling(first, "t")
        shown.text = text
        first.append(shown)
        codes = (run for run in self._others if next(run.iterchildren("{*}t"), None) is None)
        for run in (*rest, *codes):
            remove(run)
        simple = next(around(first, "fldSimple"), None)
        if simple is not None:
            unwrap(simple)


def _fields(text: Element) -> Iterator[_Field]:
    """Yield the fields of ``text`` that stand in no other field."""
    open_: list[_Field] = []
    for element in text.iter("{*}r", "{*}fldSimple"):
        if local(element) == "fldSimple":
            field = _Field()
            field.code = get(element, "instr")
            field.results = [run for run in element.iter("{*}r") if run.find("{*}t") is not None]
            if field.results:
                yield field
            continue
        states = [get(child, "fldCharType") for child in element.iterchildren("{*}fldChar")]
        open_ += (_Field() for state in states if state == "begin")
        if open_:
            open_[-1].take(element)
        for _ in range(min(states.count("end"), len(open_))):
            field = open_.pop()
            if not open_ and field.results:
                yield field


def _is_raised(run: Element) -> bool:
    properties = next(run.iterchildren("{*}rPr"), None)
    if properties is None:
        return False
    values = {local(each): get(each, "val") for each in properties}
    return values.get("vertAlign") == "superscript" or bool(_RAISED.match(values.get("rStyle", "")))
