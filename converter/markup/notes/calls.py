"""What calls a note, and what leads back from it: roles, classes, marks and addresses.

The conventions are those of EPUB and DPUB-ARIA, of history.state.gov, MediaWiki, Markdown
renderers (pandoc, GitHub, docutils), word processors and the WordPress plug-ins for footnotes.
"""

import re
from typing import Final

from converter.markup.page import Element, Page, classes

_CALL: Final = re.compile(
    r"(?:foot|end|side)?note[-_]?(?:ref|reference|anchor|call|link|referrer|identifier-link|anc)"
    r"|sd(?:foot|end)noteanc|fn-?ref|simple-footnote|jetpack-footnote|easy-footnote"
    r"|modern-footnotes-footnote|mw-ref|msofootnotereference|msoendnotereference"
)
_BACK: Final = re.compile(
    r"(?:foot|end)?note[-_]?(?:back|backlink|backref|return|reverse|to-top|number|sym)"
    r"|fn-?back(?:ref|link)?|back-?ref|back-?link|easy-footnote-to-top|footnote-back-link"
    r"|sd(?:foot|end)notesym|mw-cite-backlink|reversefootnote|data-footnote-backref"
)
_BACK_ADDRESS: Final = re.compile(
    r"#_?(?:[^\s#]*?(?:fn|ftn|edn|ftnt|cite|note)[-_]?(?:ref|anchor)|[^\s#]*\danc$"
    r"|identifier_|return-note)",
    re.IGNORECASE,
)
_HINT: Final = re.compile(r"f(?:oo)?tn|footnote|endnote|\bfn|note|cite_?note", re.IGNORECASE)
# What stands for a note in running text: 1, 17a, [3], (iv), *, ††, [note 2], [a].
_MARK: Final = re.compile(
    r"[\[(]?\s*(?:\d{1,4}[a-z]?|[a-z]|[ivxlc]{1,6}|[*†‡§¶#‖☆]{1,5}"
    r"|(?:[^\W\d]{1,6}\.?\s)\d{1,4})\s*[\])]?[.:]?",
    re.IGNORECASE,
)
_BRACKETED: Final = re.compile(r"[\[(].*[\])]")
_WRAPPERS: Final = frozenset({"sup", "span", "small", "b", "i", "em", "strong", "cite"})
ARROWS: Final = "↩↑↥⇑⏎⬆↵⤴↖^︎️ˆ⮌☝🔙"
_LEFTOVER: Final = re.compile(rf"[\s\[\]().,:;|–—-]*[{ARROWS}\s\[\]().,:;|–—-]*")


def is_strong_call(link: Element) -> bool:
    """Whether ``link`` or what wraps it says that it calls a note."""
    if is_backlink(link):
        return False
    parent = link.getparent()
    if _says_call(link):
        return True
    wraps = parent is not None and parent.tag in {"sup", "span"}
    return wraps and parent is not None and (_says_call(parent) or _is_plugin_call(parent))


def _says_call(element: Element) -> bool:
    return (
        "footnote" in (element.get("rel") or "").lower().split()
        or "doc-noteref" in (element.get("role") or "").split()
        or "noteref" in (element.get("epub:type") or "").split()
        or element.get("data-footnote-ref") is not None
        or any(_CALL.fullmatch(name) for name in classes(element))
        or "footnote-identifier-link" in classes(element)
    )


def _is_plugin_call(element: Element) -> bool:
    """Whether ``element`` wraps a call: MediaWiki, the WordPress block, php-markdown, FD."""
    named = classes(element)
    return element.tag == "sup" and (
        "reference" in named or element.get("data-fn") is not None or "footnote" in named
    )


def is_mark(page: Page, element: Element) -> bool:
    """Whether the text of ``element`` can be the mark of a note."""
    return bool(_MARK.fullmatch(page.words(element)))


def is_raised(page: Page, link: Element) -> bool:
    """Whether ``link`` stands in a superscript or holds nothing but one."""
    if any(around.tag == "sup" for around in _around(link)):
        return True
    inner = next(link.iterdescendants("sup"), None)
    return inner is not None and page.words(inner) == page.words(link)


def is_hinted(page: Page, link: Element) -> bool:
    """Whether the address or class of ``link`` speaks of notes and its text is set in brackets."""
    named = f"{link.get('href')} {link.get('class')}"
    return bool(_HINT.search(named)) or bool(_BRACKETED.fullmatch(page.words(link)))


def is_backlink(link: Element) -> bool:
    """Whether ``link`` says that it leads from a note back to its call."""
    return (
        "doc-backlink" in (link.get("role") or "").split()
        or "backlink" in (link.get("epub:type") or "").split()
        or link.get("data-footnote-backref") is not None
        or (link.get("rev") or "").lower() == "footnote"
        or any(_BACK.fullmatch(name) for name in classes(link))
        or bool(_BACK_ADDRESS.search(link.get("href") or ""))
        or is_arrow("".join(str(text) for text in link.itertext()))
    )


def is_arrow(text: str) -> bool:
    """Whether ``text`` is nothing but arrows that lead back, and brackets around them."""
    return any(char in ARROWS for char in text) and is_leftover(text)


def is_leftover(text: str) -> bool:
    """Whether ``text`` is nothing but arrows, brackets and points."""
    return bool(_LEFTOVER.fullmatch(text))


def whole(page: Page, link: Element) -> Element:
    """Return ``link`` or the element around it that holds no more than it and brackets."""
    element, text = link, _bare(page.words(link))
    for around in _around(link):
        if _bare(page.words(around)) != text:
            break
        element = around
    return element


def label(text: str) -> str:
    """Return the mark ``text`` without brackets and points: ``[note 2]`` is ``note 2``."""
    return _bare(text)


def _bare(text: str) -> str:
    return text.strip(f" \u00a0[]().:,{ARROWS}") if len(text) > 1 else text


def _around(element: Element) -> list[Element]:
    """Return the inline elements around ``element``, innermost first."""
    found = []
    for around in element.iterancestors():
        if around.tag not in _WRAPPERS:
            break
        found.append(around)
    return found
