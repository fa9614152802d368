"""Whether markup is all there is: nothing runs or is loaded from elsewhere, pop-ups are there."""

import re
import sys
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Final, cast

from lxml import etree

from converter.container import Element
from converter.verify.difference import Difference

# What runs, embeds, sends, or changes where links lead, in HTML and SVG.
_NAMES: Final = """
    script iframe frame object embed applet base form foreignObject handler listener animate set
"""
_ACTIVE: Final = frozenset(_NAMES.split())
# Of these alone most elements have some.
_SILENT: Final = """
    class id role title aria-label name content charset
    {http://www.idpf.org/2007/ops}type
"""
_QUIET: Final = frozenset(_SILENT.split())
_QUIET_LINK: Final = _QUIET | {"href"}
_PLAIN: Final = _QUIET - {"aria-label"}
_LANGUAGE: Final = ("lang", "{http://www.w3.org/XML/1998/namespace}lang")
# Of what has no others nothing is said in place of what is in it.
_UNHEARD: Final = (_QUIET_LINK | {"src", "alt", "dir", *_LANGUAGE}) - {"aria-label"}
# Names of their own these have: it is not said in place of what is in them.
_NAMED: Final = frozenset(("section", "article", "nav", "aside", "a"))
_DESCRIBING: Final = frozenset(
    ("aria-description", "aria-roledescription", "aria-describedby", "aria-braillelabel")
)
_REMEMBERED: Final = 256
_LOADED: Final = ("src", "srcset", "poster", "data", "background")
# SVG names what it shows as others name what they link to; a link has to be followed.
_SHOWN: Final = frozenset(("link", "image", "use", "feImage"))
_WATCHED: Final = _ACTIVE | _SHOWN | {"style"}
_HREF: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_POPOVERS: Final = etree.XPath("//*[@popover]")
_RUNS: Final = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
# What browsers pass over in an address: https://url.spec.whatwg.org/#concept-basic-url-parser.
_PASSED_OVER: Final = re.compile("[\\x00-\\x20]+")
# What makes a style sheet load more: https://www.w3.org/TR/css-values-4/#urls.
_IMPORT: Final = re.compile(r"@import", re.IGNORECASE)
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED: Final = re.compile(r""""(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'""", re.DOTALL)
_CONTENT: Final = re.compile(
    rf"(?<![\w-])content\s*:((?:{_QUOTED.pattern}|[^;}}\"'])*)", re.IGNORECASE | re.DOTALL
)
_ESCAPE: Final = re.compile(r"\\([0-9A-Fa-f]{1,6})\s?")
_URL: Final = re.compile(r"url\(\s*[\"']?([^\"')]*)", re.IGNORECASE)


def loose_ends(root: Element, is_held: Callable[[str], bool]) -> Iterator[Difference]:
    """Yield what in a page runs, is loaded from elsewhere, or lets nothing pop up.

    ``is_held`` tells whether an address is that of something in the edition.
    """
    names = {element.get("id") for element in cast(list[Element], _POPOVERS(root))}
    for element in root.iter():
        said = element.keys()
        if _is_plain(str(element.tag), *said):
            continue
        kind = _kind(str(element.tag))
        if not _UNHEARD.issuperset(said) and _sounds_otherwise(element, kind):
            text = "who hears the page hears something else here than what stands there"
            yield Difference("word-added", text, element.get("id") or kind)
        if kind not in _WATCHED and _is_quiet(element, said):
            continue
        place = element.get("id") or kind
        if _is_set_otherwise(element, kind):
            text = "something is said to be in another language or direction than the text"
            yield Difference("language-differs", text, place)
        if kind in _ACTIVE or _acts(element, kind):
            yield Difference("script-added", "the page would run or embed something", place)
        if any(not is_held(each) for each in _loaded(element, kind)):
            yield Difference("remote-reference", "the page would load something", place)
        target = element.get("popovertarget")
        if target is not None and target not in names:
            text = f"a button lets {target} pop up, which is no pop-over"
            yield Difference("broken-link", text, place)


def _sounds_otherwise(element: Element, kind: str) -> bool:
    """Return whether something is said of ``element`` in place of what is in it."""
    label, role = element.get("aria-label"), element.get("role", "")
    title = element.get("title", "")
    if role == "doc-pagebreak" and title and label not in (None, title):
        return True
    if kind == "a" and role != "doc-backlink" and label not in (None, element.get("href")):
        return True
    if kind not in _NAMED and (
        (label is not None and not role.startswith("doc-"))
        or element.get("aria-labelledby") is not None
    ):
        return True
    is_silenced = element.get("aria-hidden") == "true" and kind != "button"
    return is_silenced or not _DESCRIBING.isdisjoint(element.keys())


def _is_quiet(element: Element, names: Collection[str | bytes]) -> bool:
    """Return whether an element that does nothing by its name says nothing either."""
    if _QUIET.issuperset(names):
        return True
    return _QUIET_LINK.issuperset(names) and ":" not in element.get("href", "")


def _is_set_otherwise(element: Element, kind: str) -> bool:
    """Return whether ``element``, not the whole page or a document in it, says how it is set."""
    if kind == "html" or element.get("class") == "document":
        return False
    said = any(element.get(name) is not None for name in _LANGUAGE)
    return said or element.get("dir", "auto") != "auto"


@lru_cache(_REMEMBERED)
def _is_plain(tag: str, *names: str) -> bool:
    """Return whether nothing can be wrong with an element of which no more than ``names`` is said.

    Most are of few shapes.
    """
    return _kind(tag) not in _WATCHED and _PLAIN.issuperset(names)


@lru_cache(_REMEMBERED)
def _kind(tag: str) -> str:
    return tag.rpartition("}")[2]


def _acts(element: Element, kind: str) -> bool:
    """Return whether an event, a click or a clock would set off something."""
    if any(str(name).startswith("on") for name in element.attrib):
        return True
    if kind == "meta" and element.get("http-equiv", "").lower() == "refresh":
        return True
    links = (element.get(name, "") for name in _HREF if kind not in _SHOWN)
    return any(_RUNS.match(_PASSED_OVER.sub("", link)) for link in links)


def _loaded(element: Element, kind: str) -> Iterator[str]:
    """Yield the addresses of what shows with the page."""
    yield from filter(None, (element.get(name) for name in _LOADED))
    if kind in _SHOWN:
        yield from filter(None, (element.get(name) for name in _HREF))
    if kind == "style":
        yield from style_loads(element.text or "")
    yield from style_loads(element.get("style", ""))


def style_words(sheet: str) -> Iterator[str]:
    """Yield the texts with letters that a style ``sheet`` puts before or behind elements.

    See https://www.w3.org/TR/css-content-3/#content-property.
    """
    for value in _CONTENT.findall(_COMMENT.sub("", sheet)):
        for quoted in _QUOTED.findall(value):
            text = _ESCAPE.sub(_escaped, quoted[1:-1])
            if any(map(str.isalnum, text)):
                yield text


def _escaped(found: re.Match[str]) -> str:
    return chr(min(int(found[1], 16), sys.maxunicode))


def style_loads(sheet: str) -> Iterator[str]:
    """Yield the addresses of what a style ``sheet`` loads; of one that it imports, the rule."""
    yield from _IMPORT.findall(sheet)
    yield from _URL.findall(sheet)
