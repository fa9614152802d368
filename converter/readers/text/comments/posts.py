"""Threads that stand at the left edge: comments that bylines part, and no column.

Letters and minutes have names and dates on lines of their own too. What tells a thread from them
is its page: a heading that counts comments, links behind them, a form below; without such a sign
nothing is a thread. Who answers whom is what the page says (``A > B``, ``in reply to B``, links to
the comment above); nobody answers anybody where it says nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from converter.readers.text.comments import wording
from converter.readers.text.comments.bylines import Byline, Shape, find_bylines, when_of
from converter.readers.text.comments.furniture import HEADING_LENGTH, may_head
from converter.readers.text.comments.phrases import (
    Heading,
    heading_of,
    is_closed,
    is_form,
    likes_of,
)
from converter.readers.text.dump import Line

_SHAPES: Final[tuple[Shape, ...]] = ("says", "dated", "stacked")
# A thread has so many short lines at least: bylines, and a sign that it is one.
_FEW_SHORT: Final = 3
# So many lines may stand between the heading and the first byline, or between headings.
_BELOW_HEADING: Final = 8
_ABOVE: Final = 8
_MOST: Final = 0.6
# What a byline may follow with no blank line between: a short line, or the end of a sentence.
_SHORT: Final = 40
_STOPS: Final = ".!?…\"”»’')"
_LINK_LENGTH: Final = 80
# What is deeper than this has a root beside its parent.
_ROOTED: Final = 2
_BAR: Final = " | "

_LINK_WORD: Final = "|".join(wording.LINK_WORDS.values())
_COUNTED_REPLIES: Final = re.compile(
    r"(?:view |show |hide )?(?P<count>\d+) (?:more )?repl(?:y|ies)(?: by (?P<name>\S.{0,59}?))?",
    re.IGNORECASE,
)
_MORE: Final = re.compile(
    r"(?:load |show |view )?\d+ more (?:comments?|repl(?:y|ies)).{0,20}", re.IGNORECASE
)
_PLURAL: Final = r"comments?|kommentare?|commentaires?|comentarios?|commenti|комментари(?:й|я|ев)"
_ASIDE: Final = re.compile(
    r"(?:.*\|\s*|all |alle |tous les |todos los |все )"
    rf"(?P<count>\d{{1,6}})\s(?:{_PLURAL})(?:\s\|.*)?",
    re.IGNORECASE,
)
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+")
_ABOUT: Final = re.compile(r"discussion about this \w+", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?![\d.,]*[KMkm]\b)")
# What counts likes, on a line of its own.
_COUNT: Final = re.compile(r"\d{1,7}|\d{1,3}(?:[.,]\d{1,3})?[KMkm]?")


@cache
def _openers() -> frozenset[str]:
    """Return what lines of links, and headings of forms, begin with."""
    tables = (*wording.LINK_WORDS.values(), *wording.FORM.values())
    words = (_FIRST_WORD.match(words) for table in tables for words in table.split("|"))
    return frozenset(word[0] for word in words if word and len(word[0]) > 1)


@cache
def _links() -> re.Pattern[str]:
    """Return the pattern of a line of links: their words, glued or apart, and counts of likes."""
    part = rf"(?:{_LINK_WORD})+(?:\s?\(\d+\))?"
    return re.compile(rf"\W*(?:\d+\W+)?{part}(?:\W+(?:{part}|\d+))*\W*", re.IGNORECASE)


@cache
def _liked() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wording.LIKE_WORDS})\b", re.IGNORECASE)


@cache
def _to_parent() -> re.Pattern[str]:
    return re.compile(wording.PARENT_LINKS, re.IGNORECASE)


class Post(NamedTuple):
    """A comment: its byline, the lines of its text, and the links below it.

    ``parent`` is a position among the posts; ``near`` says that the post answers one below that,
    or it, and the page does not tell which. ``date`` and ``likes`` are offsets.
    """

    byline: Byline
    head: tuple[Line, ...]
    body: tuple[Line, ...]
    links: tuple[Line, ...]
    date: tuple[int, int] | None = None
    likes: tuple[int, int] | None = None
    parent: int | None = None
    depth: int = 1
    orphan: bool = False
    near: bool = False


class Posts(NamedTuple):
    """The posts of a thread in the lines from ``start`` to before ``end``, with its headings.

    ``above`` are the lines of the page between the heading and the first post.
    """

    start: int
    end: int
    posts: tuple[Post, ...]
    headings: tuple[tuple[Line, Heading], ...]
    above: tuple[Line, ...]


def find_posts(lines: Sequence[Line]) -> Posts | None:
    """Return the thread at the left edge that ``lines`` end in, None if there is none."""
    short = [line for line in lines if 0 < len(line.text) <= _LINK_LENGTH]
    if len(short) < _FEW_SHORT or not any(map(_may_sign, short)):
        return None
    bylines = _bylines(lines)
    if not bylines:
        return None
    heading = _heading_above(lines, bylines)
    bylines = [each for each in bylines if heading is None or each.first > heading]
    end = _end(lines, bylines[-1].last)
    posts = _parted(lines, bylines, end)
    if heading is None:
        posts = _without_the_page(posts)
    if not _is_thread(lines, posts, heading, end):
        return None
    start = posts[0].byline.first if heading is None else _first_heading(lines, heading)
    above = lines[start : posts[0].byline.first]
    counted = [(line, found) for line in above if (found := _counted(line.text))]
    rest = [line for line in above if not line.blank and not _counted(line.text)]
    return Posts(start, end, tuple(_placed(posts)), tuple(counted), tuple(rest))


def _bylines(lines: Sequence[Line]) -> Sequence[Byline]:
    """Return the bylines of the shape that this page has."""
    shaped = [
        [byline for byline in find_bylines(lines, shape) if _begins(lines, byline.first)]
        for shape in _SHAPES
    ]
    return shaped[0] if len(shaped[0]) > 1 else max(shaped, key=len)


def _begins(lines: Sequence[Line], index: int) -> bool:
    """Whether a comment may begin at ``index``: no paragraph goes on there."""
    above = lines[index - 1].text if index else ""
    return len(above) <= _SHORT or above[-1] in _STOPS


def _may_sign(line: Line) -> bool:
    """Whether a line says that there are comments near it, seen at once for most lines."""
    text = line.text
    word = _FIRST_WORD.search(text)
    # Where words are glued, the first of them is a link by itself.
    if word and (word[0].startswith("permalink") or word[0].casefold() in _openers()):
        return _is_link(text) or is_form(text)
    return _counts(text) and _counted(text) is not None


def _counts(text: str) -> bool:
    """Whether ``text`` begins or ends with a number that is no year."""
    end = text.rstrip(")] :")
    return text[0].isdigit() or (end[-1:].isdigit() and not end[-4:].isdigit()) or _BAR in text


def _is_link(text: str) -> bool:
    if len(text) > _LINK_LENGTH:
        return False
    return bool(_links().fullmatch(text) or _COUNTED_REPLIES.fullmatch(text)) or bool(
        likes_of(text)
    )


def _counted(text: str) -> Heading | None:
    """Return what a heading of comments declares in words or with a count, None for other lines."""
    if len(text) > HEADING_LENGTH:
        return None
    aside = _ASIDE.fullmatch(text)
    if aside:
        return Heading(int(aside["count"]), aside.span("count"))
    return Heading() if _ABOUT.fullmatch(text) else heading_of(text)


def _heading_above(lines: Sequence[Line], bylines: Sequence[Byline]) -> int | None:
    """Return the first line that heads comments: a byline follows, or few short lines and one."""
    starts = [byline.first for byline in bylines]
    for index, line in enumerate(lines):
        following = bisect_right(starts, index)
        if following == len(starts):
            return None
        if line.blank or line.indent or _counted(line.text) is None:
            continue
        if following and _COUNTED_REPLIES.fullmatch(line.text):
            continue
        between = [each for each in lines[index + 1 : starts[following]] if not each.blank]
        if len(between) <= _BELOW_HEADING and all(map(_is_of_page, between)):
            return index
    return None


def _is_of_page(line: Line) -> bool:
    """Whether ``line`` may stand between the heading of the comments and the first of them."""
    return may_head(line) or is_form(line.text.rstrip(".…"))


def _end(lines: Sequence[Line], last: int) -> int:
    """Return where the form, or the notice that there is none, begins below the last byline."""
    for index in range(last, len(lines)):
        text = lines[index].text
        if is_closed(text) or (is_form(text) and not _is_link(text)):
            return index
    return len(lines)


def _parted(lines: Sequence[Line], bylines: Sequence[Byline], end: int) -> list[Post]:
    """Return the posts that begin at ``bylines``, each with its links cut off its end."""
    bounds = [*(byline.first for byline in bylines), end]
    posts = []
    for byline, (_, behind) in zip(bylines, pairwise(bounds), strict=True):
        body = list(lines[byline.last : behind])
        links = _cut_links(body)
        head = tuple(lines[byline.first : byline.last])
        posts.append(Post(byline, head, tuple(body), tuple(links), byline.date, byline.likes))
    dated = [_date_below(post) for post in posts]
    if all(post.date is None for post in posts) and sum(map(bool, dated)) > _MOST * len(posts):
        posts = [below or post for below, post in zip(dated, posts, strict=True)]
    return posts


def _cut_links(body: list[Line]) -> list[Line]:
    """Cut the links off the end of ``body``: counts stand among them, but not above them."""
    at = len(body)
    first = at
    while at and (
        body[at - 1].blank
        or _is_link(text := body[at - 1].text)
        or _COUNT.fullmatch(text)
        or _MORE.fullmatch(text)
        or _is_bar(text)
    ):
        at -= 1
        if not body[at].blank and not _COUNT.fullmatch(body[at].text):
            first = at
    if 1 < first < len(body) and _COUNT.fullmatch(body[first - 1].text):
        first -= 1
    links = [line for line in body[first:] if not line.blank]
    del body[first:]
    while body and body[-1].blank:
        body.pop()
    while body and body[0].blank:
        body.pop(0)
    return links


def _is_bar(text: str) -> bool:
    """Whether ``text`` is a bar of links at the foot of a page."""
    return text.count(_BAR) > 2


def _date_below(post: Post) -> Post | None:
    """Return the post with the date that its text ends in, None if in none."""
    if len(post.body) < 2 or not when_of(post.body[-1].text):
        return None
    *body, last = post.body
    while body and body[-1].blank:
        body.pop()
    return post._replace(body=tuple(body), date=(last.start, last.end))


def _without_the_page(posts: list[Post]) -> list[Post]:
    """Return ``posts`` without the author and the date of the page, below which no links stand.

    A forum numbers its posts, the first of which is what the page is about.
    """
    if [_number_of(post) for post in posts[:2]] == ["1", "2"]:
        return posts[1:]
    linked = sum(bool(post.links) for post in posts)
    while posts and linked > _MOST * (len(posts) - 1) and not posts[0].links:
        posts = posts[1:]
    return posts


def _number_of(post: Post) -> str:
    return next((line.text for line in post.head if line.text.isdigit()), "")


def _is_thread(lines: Sequence[Line], posts: Sequence[Post], heading: int | None, end: int) -> bool:
    linked = sum(bool(post.links) for post in posts)
    if len(posts) > 1 and linked > _MOST * len(posts):
        return True
    counted = heading is not None and _counted(lines[heading].text)
    if counted and counted.span:
        return len(posts) > 1 or counted.declared == 1
    return len(posts) > 1 and end < len(lines) and (linked > 0 or heading is not None)


def _first_heading(lines: Sequence[Line], heading: int) -> int:
    """Return the first of the headings that stand together above the comments."""
    first = heading
    for index in range(heading - 1, max(-1, heading - _ABOVE), -1):
        if not lines[index].blank:
            if _counted(lines[index].text) is None or _is_bar(lines[index].text):
                break
            first = index
    return first


# ------------------------------------------------------------ who answers whom


class _Answer(NamedTuple):
    """What the page says of the comment that a post answers: its position among the posts.

    ``near`` says that it is this one or one below it, ``orphan`` that it is missing.
    """

    parent: int | None = None
    near: bool = False
    orphan: bool = False


def _placed(posts: Sequence[Post]) -> Iterator[Post]:
    """Yield ``posts`` with their parents and depths, likes counted below them included."""
    placed: list[Post] = []
    names: dict[str, int] = {}
    for place, post in enumerate(posts):
        parent, near, orphan = _answer(placed, names, post)
        above = int(orphan) if parent is None else placed[parent].depth
        likes = post.likes or _likes_in(post.links)
        found = post._replace(parent=parent, near=near, orphan=orphan, likes=likes)
        placed.append(found._replace(depth=above + 1))
        names[_text(post.head, post.byline.name)] = place
        yield placed[-1]


def _answer(placed: Sequence[Post], names: dict[str, int], post: Post) -> _Answer:
    """Return which of ``placed`` a post behind them answers; ``names`` are those of the latest."""
    if post.byline.to:
        name = _text(post.head, post.byline.to)
        return _Answer(names.get(name), orphan=name not in names)
    if post.byline.links:
        return _by_links(placed, post.byline.links)
    last = len(placed) - 1
    if "." in post.byline.number:
        above = post.byline.number.rpartition(".")[0]
        found = next((at for at, each in enumerate(placed) if each.byline.number == above), None)
        return _Answer(found, orphan=found is None)
    if placed and _announces(placed[last], _text(post.head, post.byline.name)):
        return _Answer(last)
    if any(_to_parent().search(line.text) for line in post.links):
        top = next((at for at in range(last, -1, -1) if placed[at].depth == 1), None)
        return _Answer(top, near=top not in (None, last), orphan=top is None)
    return _Answer()


def _by_links(placed: Sequence[Post], links: frozenset[str]) -> _Answer:
    """Return what the links to root, parent and previous say of a post behind ``placed``.

    A parent that is no root has depth 1. A post without a previous one is the first answer to the
    post above it; one with it stands beside one that is still open, most likely the deepest.
    """
    if "parent" not in links:
        return _Answer()
    last = len(placed) - 1
    if "root" not in links:
        top = next((at for at in range(last, -1, -1) if placed[at].depth == 1), None)
        return _Answer(top, orphan=top is None)
    if "prev" not in links:
        return _Answer(last if placed else None, orphan=not placed)
    beside = [at for at in _open(placed) if placed[at].depth > _ROOTED]
    if not beside:
        return _Answer(orphan=True)
    return _Answer(placed[beside[0]].parent, near=len(beside) > 1)


def _open(placed: Sequence[Post]) -> Iterator[int]:
    """Yield the last of ``placed``, what it answers, what that answers, and so on."""
    at = len(placed) - 1 if placed else None
    while at is not None:
        yield at
        at = placed[at].parent


def _announces(above: Post, name: str) -> bool:
    """Whether the links below the post ``above`` say that one answer follows, by ``name``."""
    found = (_COUNTED_REPLIES.fullmatch(line.text) for line in above.links)
    return any(each and each["count"] == "1" and each["name"] == name for each in found)


def _text(lines: Sequence[Line], span: tuple[int, int] | None) -> str:
    """Return the text of ``span``, which is in one of ``lines``."""
    start, end = span or (0, 0)
    line = next((each for each in lines if each.start <= start < each.end), None)
    return line.text[start - line.start : end - line.start] if line else ""


def _likes_in(links: Sequence[Line]) -> tuple[int, int] | None:
    """Return where the links below a post count likes: ``Like (14)``, ``2 • Reply``, a number."""
    liked = any(_liked().search(line.text) for line in links)
    for line in links:
        found = None if _COUNTED_REPLIES.fullmatch(line.text) else _NUMBER.search(line.text)
        if found and (liked or line.text.startswith(found[0])) and not _MORE.fullmatch(line.text):
            return line.start + found.start(), line.start + found.end()
    return None
