"""What readers do not see of markup: hidden elements, and those that a style sheet hides.

Only what hides as a rule does is told: no layout is made, and no colours are mixed.
See https://www.w3.org/TR/css-display-3/ and https://www.w3.org/TR/css-color-4/.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from converter.container import Element

# Browsers show none of these, whatever the style sheet.
_UNSHOWN: Final = frozenset(("head", "noscript", "rp", "script", "style", "template"))
# Most editions have the same style sheet.
_REMEMBERED: Final = 16
_NOUGHT: Final = r"(?:0*\.?0+|0*\.0\d*)(?:px|pt|em|rem|ex|%)?\s*(?:$|[;}!])"
_FAR: Final = r"-\d{3,}"
_FULL: Final = r"\s*(?:255|100%)\s*"
_COLOUR: Final = rf"(?:white|transparent|#fff(?:f|fff|fffff)?\b|rgba?\({_FULL},{_FULL},{_FULL})"
_HIDING: Final = re.compile(
    rf"""(?:^|[;{{\s])(?:
        display\s*:\s*none
        | visibility\s*:\s*(?:hidden|collapse)
        | (?:opacity|font-size|zoom)\s*:\s*{_NOUGHT}
        | (?:text-indent|left|right|top|bottom|margin-left|margin-top)\s*:\s*{_FAR}
        | clip(?:-path)?\s*:\s*(?:rect\(\s*[01]|inset\(\s*(?:50|100)%|circle\(\s*0)
        | font\s*:\s*0\D
        | (?:-webkit-)?text-security\s*:\s*(?!none)
        | transform\s*:\s*translate\w*\([^)]*\d{{4}}
        | transform\s*:\s*scale\(\s*0\s*\)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_PALE: Final = re.compile(rf"(?:^|[;{{\s])color\s*:\s*{_COLOUR}", re.IGNORECASE)
_BACKED: Final = re.compile(rf"background(?:-color|-image)?\s*:\s*(?!{_COLOUR})", re.IGNORECASE)


def is_hidden(element: Element, tag: str) -> bool:
    """Return whether ``element``, called ``tag``, is hidden by its name or its own attributes."""
    if tag in _UNSHOWN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and hides(style)


@lru_cache(_REMEMBERED)
def hides(declarations: str) -> bool:
    """Return whether a browser shows nothing of text to which ``declarations`` apply."""
    if _HIDING.search(declarations):
        return True
    return bool(_PALE.search(declarations)) and not _BACKED.search(declarations)


def hidden_by(sheets: Iterable[str], root: Element) -> set[Element]:
    """Return the elements below ``root`` that one of the style ``sheets`` hides."""
    found: set[Element] = set()
    for selector in [each for sheet in sheets if hides(sheet) for each in _hiding_rules(sheet)]:
        found.update(_matched(selector, root))
    return found


def _hiding_rules(sheet: str) -> Iterator[str]:
    """Yield the selectors of rules that hide, but for those for printing."""
    # Hardly any style sheet hides something, and loading this takes time.
    import tinycss2  # type: ignore[import-untyped] # it has no types

    waiting: list[Any] = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    while waiting:
        rule = waiting.pop(0)
        prelude = tinycss2.serialize(getattr(rule, "prelude", ())).strip()
        if rule.type == "qualified-rule" and hides(tinycss2.serialize(rule.content)):
            yield prelude
        elif rule.type == "at-rule" and rule.content and prelude != "print":
            waiting += tinycss2.parse_rule_list(rule.content)


def _matched(selector: str, root: Element) -> Iterator[Element]:
    """Yield the elements that ``selector`` is for; what depends on what a user does is for none."""
    import cssselect2  # type: ignore[import-untyped] # it has no types

    try:
        compiled = cssselect2.compile_selector_list(selector)
    except cssselect2.SelectorError:
        return
    matcher = cssselect2.Matcher()
    for each in compiled:
        if each.pseudo_element is None:
            matcher.add_selector(each, None)
    for wrapped in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        if matcher.match(wrapped):
            yield wrapped.etree_element
