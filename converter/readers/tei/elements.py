"""Elements of TEI as the rest of the reader asks for them: names, content, text, kinds of notes."""

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
    """Whether ``element`` is a note that is called by its mark, and not printed where it stands."""
    if name_of(element) != "note" or element.get("rend") in _IN_PLACE:
        return False
    return bool(element.get("n")) or element.get("place") in _FOOT


def plain(element: Element) -> str:
    """Return the text of ``element`` without its notes, with single spaces."""
    return " ".join("".join(running(element)).split())


def running(element: Element) -> Iterator[str]:
    """Yield the text of ``element`` without its notes, a space for a line break."""
    for part in content(element):
        if isinstance(part, str):
            yield part
        elif name_of(part) == "lb":
            yield " "
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
