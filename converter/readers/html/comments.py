"""The comments of a page: which elements they are, what they answer, and what is known of them.

WordPress and most themes for it nest a reply in what it answers; some pages set replies off in a
block of their own after it, or say in an attribute what they answer. ``fields`` reads a comment.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from converter.markup.page import Element, Page, classes
from converter.readers.html.wording import ANSWERS, COUNT_ONE, without_quotation

_TAGS: Final = frozenset({"li", "article", "div", "section", "dl", "tr"})
# WordPress, Blogger, TypePad, wpDiscuz, LiveJournal, Isso, Commento.
_ID: Final = re.compile(
    r"(?:li-|div-|dsq-|article-)?comment-?(\d+)|c(\d{5,})|comment-([\da-f]{8,})|wpd-comm-(\d+)_\d+"
    r"|ljcmt(\d+)|isso-(\d+)|commento-comment-card-([\da-f]+)"
)
_KINDS: Final = frozenset(
    {"comment", "pingback", "trackback", "u-comment", "isso-comment", "commento-card", "comtr"}
)
_DEPTH: Final = re.compile(r"(?:wpd[-_])?(?:comment[-_])?(?:depth|level)[-_](\d{1,4})")
_PARENT: Final = re.compile(r"(?:comment-)?(?:parent|reply-to)-(\d+)")
_PARENT_ATTRIBUTES: Final = (
    "data-parent-id",
    "data-comment-parent",
    "data-parent",
    "data-parentid",
)
_PARENT_LINKS: Final = frozenset(
    {"comment-parent", "in-reply-to", "parent-link", "comment__parent", "wpd-reply-to"}
)
_MARGIN: Final = re.compile(r"(?:margin|padding)-left:\s*(\d{1,4})")
# A disc of Disqus is a post whose text says so.
_DISCUSSED: Final = frozenset({"post-message"})
_REPLIES: Final = frozenset(
    {"children", "replies", "indented", "comment-replies", "comment-children", "isso-follow-up"}
)
_AUTHORS: Final = frozenset(
    {"fn", "comment-author", "comment__author", "author", "username", "commento-name", "hnuser"}
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLES: Final = frozenset(
    {"comments-title", "wp-block-comments-title", "comments__title", "comment-title", "pings-title"}
)
_TITLE_IDS: Final = frozenset({"comments-title", "comments", "comment-title"})
_FRAGMENT: Final = re.compile(r"#[^\d#]*(\d+)$")
_REGIONS: Final = frozenset(
    {
        "comments",
        "comments-area",
        "entry-comments",
        "comment-wrap",
        "comments-list",
        "comments-wrap",
    }
)
_FORMS: Final = frozenset({"respond", "comment-respond", "comment-form", "comment-reply-title"})


class Post(NamedTuple):
    """A comment in a page: its element, its number or none, and the number of what it answers."""

    element: Element
    key: str
    answers: str | None


def find_posts(page: Page) -> tuple[Post, ...]:
    """Return the comments of ``page`` in printed order."""
    found: dict[Element, str] = {}
    numbers: dict[str, Element] = {}
    for element in page.root.iter():
        if isinstance(element.tag, str) and element.tag in _TAGS and _is_comment(page, element):
            number = _number(element)
            around = _around(element, found)
            if around is not None and _is_same(element, number, around, found[around]):
                continue
            key = number if number and number not in numbers else f"p{len(found) + 1}"
            found[element] = key
            numbers[key] = element
    depths: dict[int, str] = {}
    posts = []
    for element, key in found.items():
        posts.append(Post(element, key, _answers(element, found, numbers, depths)))
        if depth := _depth(element):
            depths[depth] = key
    indents = {post.element: _indent(post.element) for post in posts}
    if any(post.answers for post in posts) or len(set(indents.values())) < 2:
        return tuple(posts)
    return tuple(_below(posts, indents))


def _below(posts: list[Post], indents: dict[Element, int]) -> Iterator[Post]:
    """Yield ``posts``, each an answer to the last one before it that is indented less."""
    above: list[Post] = []
    for post in posts:
        while above and indents[above[-1].element] >= indents[post.element]:
            above.pop()
        yield post._replace(answers=above[-1].key if above else None)
        above.append(post)


def _indent(element: Element) -> int:
    """Return how far a comment is set in: by a style, or by a picture of nothing but a width."""
    if found := _MARGIN.search(element.get("style") or ""):
        return int(found[1])
    blank = next((each for each in element.iter("img") if each.get("height") == "1"), None)
    width = blank.get("width") or "" if blank is not None else ""
    return int(width) if width.isdecimal() else 0


def _is_comment(page: Page, element: Element) -> bool:
    kind = _KINDS & classes(element) or "/Comment" in (element.get("itemtype") or "")
    kind = kind or ("post" in classes(element) and _holds(element, _DISCUSSED))
    if _number(element):
        return bool(kind or _depth(element) or page.words(element))
    return bool(kind) and (_depth(element) is not None or _has_author(element))


def _number(element: Element) -> str:
    for value in (element.get("id"), element.get("data-comment-id")):
        found = _ID.fullmatch(value or "") or re.fullmatch(r"(\d+)", value or "")
        if found and (value != element.get("id") or not (value or "").isdigit()):
            return next(group for group in found.groups() if group)
    return ""


def _depth(element: Element) -> int | None:
    for name in classes(element):
        if found := _DEPTH.fullmatch(name):
            return int(found[1])
    return None


def _holds(element: Element, names: frozenset[str]) -> bool:
    return any(names & classes(each) for each in element.iterdescendants())


def _has_author(element: Element) -> bool:
    return any(
        _AUTHORS & classes(each) or each.get("itemprop") in {"author", "creator"}
        for each in element.iterdescendants()
    )


def _around(element: Element, found: dict[Element, str]) -> Element | None:
    return next((each for each in element.iterancestors() if each in found), None)


def _is_same(element: Element, number: str, around: Element, key: str) -> bool:
    """Whether ``element`` is the inside of the comment ``around``, not an answer to it."""
    if number:
        return number == key
    between = element.getparent()
    while between is not None and between is not around:
        if between.tag in {"ol", "ul"} or _REPLIES & classes(between):
            return False
        between = between.getparent()
    return not _is_signed_before(around, element)


def _is_signed_before(around: Element, element: Element) -> bool:
    """Whether the author of ``around`` is named before ``element`` begins."""
    for each in around.iterdescendants():
        if each is element:
            return False
        if _AUTHORS & classes(each) or each.get("itemprop") in {"author", "creator"}:
            return each not in element.iterancestors()
    return False


def _answers(
    element: Element,
    found: dict[Element, str],
    numbers: dict[str, Element],
    depths: dict[int, str],
) -> str | None:
    """Return what a comment answers: what it says, what it is nested in or set off below."""
    said = _said_parent(element, found[element])
    if said and said in numbers and numbers[said] is not element:
        return said
    around = _around(element, found)
    if around is not None:
        return found[around]
    for holder in element.iterancestors():
        if _REPLIES & classes(holder):
            return _before(holder, found)
    depth = _depth(element)
    if depth is not None and depth > 1:
        return depths.get(depth - 1, "missing")
    return None


def _said_parent(element: Element, number: str) -> str | None:
    for name in _PARENT_ATTRIBUTES:
        if found := re.search(r"\d+", element.get(name) or ""):
            return found[0]
    for name in classes(element):
        if match := _PARENT.fullmatch(name):
            return match[1]
    for link in element.iterdescendants("a"):
        match = _FRAGMENT.search(link.get("href") or "")
        if _PARENT_LINKS & (classes(link) | classes_around(link)):
            return match[1] if match else None
        if match and match[1] != number:
            words = "".join(str(text) for text in link.itertext())
            if ANSWERS.search(f"{lead(link)} {words}"):
                return match[1]
    return None


def lead(element: Element) -> str:
    """Return the text right before ``element``, without that of other elements."""
    before, above = element.getprevious(), element.getparent()
    text = before.tail if before is not None else above.text if above is not None else ""
    return text or ""


def classes_around(element: Element) -> frozenset[str]:
    """Return the classes of the element around ``element``."""
    parent = element.getparent()
    return classes(parent) if parent is not None else frozenset()


def _before(holder: Element, found: dict[Element, str]) -> str | None:
    """Return the comment that stands right before a block of replies."""
    for sibling in holder.itersiblings(preceding=True):
        if _REPLIES & classes(sibling):
            continue
        inside = [each for each in sibling.iter() if each in found]
        return found[inside[0]] if inside else None
    return None


# ------------------------------------------------------------------ headings


def claim_headings(page: Page, posts: tuple[Post, ...]) -> tuple[list[Element], int | None]:
    """Return the headings of the comments, claimed as structure, and the number they declare."""
    declared = None
    headings = list(_headings(page, posts))
    for heading in headings:
        start, end = page.span(heading)
        text = without_quotation(page.text[start:end])
        count = re.search(r"\d[\d.,\u00a0 ]*", text)
        if count and declared is None:
            digits = "".join(char for char in count[0] if char.isdigit())
            declared = int(digits)
            page.field((start + count.start(), start + len(text[: count.end()].rstrip())))
        elif declared is None and COUNT_ONE.search(text):
            declared = 1
        page.structure((start, end))
    return headings, declared


def _headings(page: Page, posts: tuple[Post, ...]) -> Iterator[Element]:
    inside = {post.element for post in posts}
    lists = {post.element.getparent() for post in posts} - {None}
    regions = {up for each in lists if each is not None for up in (each, *each.iterancestors())}
    for element in page.root.iter(*_HEADINGS, "div", "p", "span"):
        around = list(element.iterancestors())
        if any(up in inside or up.tag in {"nav", "form"} or _FORMS & _names(up) for up in around):
            continue
        heading = element.tag in _HEADINGS and not _FORMS & _names(element)
        known = heading and element.get("id") in _TITLE_IDS
        within = heading and any(up in regions and _REGIONS & _names(up) for up in around)
        near = heading and _is_near(element, lists | inside)
        if _TITLES & classes(element) or known or within or near:
            yield element


def _names(element: Element) -> frozenset[str]:
    return classes(element) | {(element.get("id") or "").lower()}


def _is_near(heading: Element, comments: set[Element | None]) -> bool:
    """Whether ``comments`` are the next thing after ``heading`` that holds anything."""
    for sibling in heading.itersiblings():
        if sibling in comments:
            return True
        if sibling.tag in {"p", "div", "article", *_HEADINGS}:
            return False
    return False
