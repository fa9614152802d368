"""Elements of TEI as the rest of the reader asks for them: names, content, text, kinds of notes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias, cast

from lxml import etree

Element: TypeAlias = etree._Element
# Content as it is written: text, and the elements between.
Part: TypeAlias = str | Element

ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-att.placement.html
_FOOT: Final = {"foot", "bottom", "end", "endnote", "footnote"}
# https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-titleStmt.html
_TITLES: Final = ("complete", "main")
_WORDING: Final = {"hi", "lb", "num", "orgName", "p", "persName", "placeName", "ref", "seg", "term"}
_IN_PLACE: Final = {"inline", "center"}
# What holds divisions and paragraphs: a note that stands there is one more of these.
_AROUND: Final = {
    *("attachment", "back", "body", "floatingText", "front", "org", "person", "place", "standOff"),
    "text",
}
# What a call shows, or a note begins with: 1, [12], 3a, iv, *, ††.
_MARK: Final = re.compile(
    r"[\[({]?(?:\d{1,4}[a-z]?|[ivxlc]+|[^\W\d_]|[*†‡§¶#]+)[\])}.]?", re.IGNORECASE
)
# Words in a line may be wrapped in these.
# fmt: off
_WRAPPERS: Final = {
    *_WORDING, "add", "app", "choice", "cit", "corr", "damage", "del", "emph", "foreign", "lem",
    "mod", "name", "noteGrp", "q", "quote", "rdg", "rs", "said", "supplied", "title", "unclear",
}
# fmt: on


def name_of(element: Element) -> str:
    """Return the name of ``element`` without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: Element) -> int | None:
    """Return the line of the source that ``element`` begins on, from 1."""
    return cast(int | None, element.sourceline)


def content(element: Element) -> Iterator[Part]:
    """Yield what is directly inside ``element``, in reading order."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def texts(parts: Iterable[Part]) -> Iterator[str]:
    """Yield the text of ``parts`` at all depths, a string for each that stands between tags."""
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from map(str, part.itertext())


def is_empty(element: Element) -> bool:
    """Whether ``element`` holds neither text nor elements."""
    return len(element) == 0 and not (element.text or "").strip()


def is_wording(element: Element, *, marks: bool = False) -> bool:
    """Whether nothing is in ``element`` but words, highlighted or named at most.

    With ``marks`` calls of notes and page breaks may stand between them.
    """
    return all(
        (marks and (is_call(child) or (name_of(child) == "pb" and is_empty(child))))
        or (name_of(child) in _WORDING and is_wording(child, marks=marks))
        for child in element
    )


def is_mark(text: str) -> bool:
    """Whether ``text`` looks like what calls a note."""
    return bool(_MARK.fullmatch(text))


def is_blank(part: Part) -> bool:
    """Whether ``part`` is nothing but white space."""
    return isinstance(part, str) and not part.strip()


def split_heading(parts: Sequence[Part]) -> tuple[Sequence[Part], Element | None, Sequence[Part]]:
    """Return what stands before the first heading among ``parts``, the heading, what follows.

    Without a heading everything follows.
    """
    for place, part in enumerate(parts):
        if not isinstance(part, str) and name_of(part) == "head":
            return parts[:place], part, parts[place + 1 :]
    return (), None, parts


def is_document(element: Element) -> bool:
    """Whether ``element`` is a document of a volume of documents."""
    return is_div(element) and element.get("type") == "document"


def is_div(element: Element) -> bool:
    """Whether ``element`` is a division: ``div``, or ``div0`` to ``div7``."""
    return name_of(element).rstrip("01234567") == "div"


def is_call(element: Element) -> bool:
    """Whether ``element`` is a note that is called, and not printed where it stands.

    A note of which the source says neither is called where it interrupts a line of text.
    """
    if name_of(element) != "note" or _IN_PLACE & {element.get("rend"), element.get("place")}:
        return False
    return bool(element.get("n")) or element.get("place") in _FOOT or in_line(element)


def in_line(element: Element) -> bool:
    """Whether ``element`` stands in or beside a line of text, and not among paragraphs."""
    above = element.getparent()
    while above is not None and not is_div(above) and name_of(above) not in _AROUND:
        if _has_words(above):
            return True
        above = above.getparent() if name_of(above) in _WRAPPERS - {"p"} else None
    return False


def _has_words(element: Element) -> bool:
    """Whether ``element`` has text outside of its notes."""
    if (element.text or "").strip():
        return True
    return any(
        (child.tail or "").strip() or (name_of(child) != "note" and _has_words(child))
        for child in element
    )


def readings(app: Element) -> tuple[Sequence[Part], Sequence[Element]]:
    """Return what of ``app`` the text follows, and the other readings.

    The text follows the lemma, or the first reading where there is none. White space between
    readings is none of the text.
    """
    found = [child for child in app if name_of(child) in ("lem", "rdg", "rdgGrp")]
    lemmas = [each for each in found if name_of(each) == "lem"] or found[:1]
    others = [each for each in found if each not in lemmas]
    return [part for part in content(app) if part not in others and not is_blank(part)], others


def plain(element: Element) -> str:
    """Return the text of ``element`` without its notes, with single spaces."""
    return " ".join("".join(running(element)).split())


def running(element: Element) -> Iterator[str]:
    """Yield the text of ``element`` without its notes, a space for a line break."""
    parts = readings(element)[0] if name_of(element) == "app" else content(element)
    for part in parts:
        if isinstance(part, str):
            yield part
        elif name_of(part) == "lb":
            yield "" if part.get("break") == "no" else " "
        elif not is_call(part):
            yield from running(part)


def named(header: Element, parent: str, name: str) -> Iterator[Element]:
    """Yield the elements of ``header`` that have this name and stand right in a ``parent``."""
    for element in header.iter():
        above = element.getparent()
        if name_of(element) == name and above is not None and name_of(above) == parent:
            yield element


def header_title(header: Element) -> str:
    """Return the title that ``header`` gives its text, empty without one."""
    titles = [each for each in named(header, "titleStmt", "title") if plain(each)]
    by_type = {each.get("type", ""): each for each in reversed(titles)}
    best = next((by_type[kind] for kind in _TITLES if kind in by_type), None)
    chosen = best if best is not None else next(iter(titles), None)
    return plain(chosen) if chosen is not None else ""
