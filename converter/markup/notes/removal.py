"""What is no text of a note: the way back to its call, the mark it repeats, its heading."""

import re
from typing import Final, TypeAlias

from converter.markup.links import Links
from converter.markup.notes.calls import ARROWS, is_arrow, is_backlink, is_leftover, label
from converter.markup.page import Element, Page, Span, classes
from converter.model import Inline

_Marks: TypeAlias = dict[Element, tuple[Inline, ...]]

_INLINE: Final = frozenset({"span", "sup", "b", "strong", "i", "em", "small", "a", "p", "div"})
_HEADING_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "div"})
_HEADING: Final = re.compile(
    r"(?:(?:foot|end)?notes?|references?|citations?|sources|notes (?:and|&) references"
    r"|references (?:and|&) notes|anmerkungen|fu(?:ß|ss)noten?|einzelnachweise|endnoten"
    r"|notes et références|références|notas|referencias|referências|notas y referencias"
    r"|riferimenti|przypisy|uwagi|noten|voetnoten|fotnoter|referenser|noter|fodnoter"
    r"|примечания|сноски|примітки|напомене|референце|الهوامش|هوامش|مراجع|الملاحظات"
    r"|脚注|注釈|出典|注释|参考资料|각주|주석)\W{0,3}",
    re.IGNORECASE,
)
_PICTURES: Final = ("img", "svg", "math")
_LONGEST_MARK: Final = 12
_POINT: Final = re.compile(r"\s*[.:)\]]\s+")
_CELL: Final = frozenset({"th", "td"})


def remove_ways_back(
    page: Page, block: Element, calls: list[Element], links: Links, marks: _Marks
) -> None:
    """Claim as structure all links in ``block`` that lead to ``calls``, and what is around them."""
    origins = {name for call in calls for name in _names(call)}
    ways: list[Element] = []
    for element in tuple(block.iter()):
        if not isinstance(element.tag, str) or element in marks:
            continue
        back = element.tag == "a" and (
            is_backlink(element) or links.fragment(element.get("href") or "") in origins
        )
        if back or "mw-cite-backlink" in classes(element) or _is_bare_arrow(page, element):
            way = _whole(page, element, block)
            page.structure(page.span(way))
            marks[way] = ()
            ways.append(way)
    _remove_wrappers(page, block, ways, marks)


def _remove_wrappers(page: Page, block: Element, ways: list[Element], marks: _Marks) -> None:
    """Claim as structure the elements that hold several ``ways`` back and brackets around them."""
    for way in ways:
        for around in way.iterancestors():
            rest = page.rest(around)
            if around is block or around.tag not in _INLINE or not rest or not is_leftover(rest):
                break
            if _shows_more(around, way):
                break
            page.structure(page.span(around))
            marks[around] = ()


def _names(call: Element) -> set[str]:
    """Return the ids of ``call`` and of the inline elements around it."""
    names = {call.get("id"), call.get("name")}
    for around in call.iterancestors():
        if around.tag not in _INLINE or around.tag in {"p", "div"}:
            break
        names.add(around.get("id"))
    return {name for name in names if name}


def _is_bare_arrow(page: Page, element: Element) -> bool:
    return element.tag in {"a", "span", "sup"} and is_arrow(page.words(element))


def _whole(page: Page, link: Element, block: Element) -> Element:
    """Return ``link`` or the element around it that adds nothing but brackets and arrows."""
    element, text = link, page.words(link)
    for around in link.iterancestors():
        rest = page.words(around).replace(text, "", 1)
        if around is block or around.tag not in _INLINE or rest.strip(f" []().,{ARROWS}"):
            break
        if _shows_more(around, link):
            break
        element = around
    return element


def _shows_more(around: Element, way: Element) -> bool:
    """Whether a picture is in ``around`` and not in the ``way`` back, which may be one."""
    return any(way not in picture.iterancestors() for picture in around.iter(*_PICTURES))


def remove_mark(page: Page, block: Element, mark: str, marks: _Marks) -> None:
    """Claim as structure the mark that ``block`` begins with, if it repeats that of its call."""
    term = block.getprevious() if block.tag == "dd" else None
    if term is not None and mark and label(page.words(term)).startswith(mark):
        page.structure(page.span(term))
        marks[term] = ()
    opening = _opening(page, block, mark)
    if opening is None:
        return
    element, printed = opening
    if element is not None and label(printed) == mark and element is not block:
        page.structure(page.span(element))
        page.structure(_point_behind(page, element))
        if element.tag not in _CELL:
            marks.setdefault(element, ())
    elif not _is_numbered_item(block):
        start, end = page.span(block)
        found = re.compile(rf"\s*[\[(]?{re.escape(mark)}(?:[\])][.:]?|[.:)]|(?=\s))").match(
            page.text, start, end
        )
        if mark and found:
            page.structure(found.span())


def _opening(page: Page, block: Element, mark: str) -> tuple[Element | None, str] | None:
    """Return the element that ``block`` begins with, outermost of those that are ``mark`` alone.

    If none is, it is the outermost of those that are short.
    """
    start = page.span(block)[0]
    first = re.compile(r"\s*\S").match(page.text, start, page.span(block)[1])
    if first is None:
        return None
    opening = None
    for element in block.iterdescendants():
        span = page.span(element)
        if span[0] < first.end() <= span[1] and len(page.words(element)) < _LONGEST_MARK:
            opening = opening or (element, page.words(element))
            if label(page.words(element)) == mark:
                return element, page.words(element)
    return opening or (None, "")


def _point_behind(page: Page, element: Element) -> Span:
    """Return the point and space that part a mark from its note, nothing if none does."""
    start, end = page.tail(element)
    found = _POINT.match(page.text, start, end)
    return found.span() if found else (start, start)


def _is_numbered_item(block: Element) -> bool:
    parent = block.getparent()
    return block.tag == "li" and parent is not None and parent.tag == "ol"


def remove_heading(page: Page, element: Element, marks: _Marks) -> None:
    """Claim as structure the heading and the rule before ``element`` that head only notes."""
    parent = element.getparent()
    while parent is not None and parent.tag in {"div", "section"} and _is_alone(page, element):
        element, parent = parent, parent.getparent()
    for sibling in tuple(element.itersiblings(preceding=True)):
        if sibling.tag == "hr":
            marks.setdefault(sibling, ())
        elif not page.rest(sibling) and sibling not in marks:
            continue
        elif sibling.tag in _HEADING_TAGS and _HEADING.fullmatch(page.words(sibling)):
            page.structure(page.span(sibling))
            marks.setdefault(sibling, ())
            return
        else:
            return


def _is_alone(page: Page, element: Element) -> bool:
    """Whether nothing that is text stands beside ``element``."""
    parent = element.getparent()
    return parent is not None and page.words(parent) == page.words(element)
