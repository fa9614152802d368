"""What a page tells of a comment: author, date, address, likes; and where its own text stands."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from converter.markup.dates import Order, iso, order_of, read_date
from converter.markup.links import Links
from converter.markup.page import Element, Page, classes
from converter.model import Inline
from converter.readers.html.comments import Post, lead
from converter.readers.html.wording import BY, PING, SAYS

Kind: TypeAlias = Literal["comment", "pingback", "trackback"]
Marks: TypeAlias = dict[Element, tuple[Inline, ...]]

# Each from the surest to the vaguest.
_AUTHORS: Final = (
    "fn",
    "wp-block-comment-author-name",
    "comment-author-name",
    "comment-author-link",
    "comment__author-name",
    "p-author",
    "comment-author",
    "comment__author",
    "comment_author",
    "commenter",
    "username",
    "wpd-comment-author",
    "isso-author",
    "commento-name",
    "hnuser",
    "author",
)
_DATES: Final = (
    "wp-block-comment-date",
    "comment-date",
    "comment__date",
    "comment_date",
    "comment-time",
    "comment-timestamp",
    "datetime",
    "dt-published",
    "commentmetadata",
    "comment-metadata",
    "comment-meta",
    "timestamp",
    "comment__time",
    "wpd-comment-date",
    "commento-timeago",
    "time-ago",
    "age",
    "date",
    "created",
    "submitted",
)
_CONTENTS: Final = (
    "comment-content",
    "wp-block-comment-content",
    "comment-text",
    "comment_text",
    "comment__content",
    "comment__body",
    "comment-entry",
    "comment-message",
    "commenttext",
    "e-content",
    "p-content",
    "post-message",
    "isso-text",
    "commento-body",
    "commtext",
    "usertext-body",
    "comment-body",
    "comment_body",
    "content",
)
_CONTENT: Final = re.compile(r".*[-_]comment[-_]?(?:content|text|body|message)")
_META: Final = frozenset(
    {
        "comment-meta",
        "commentmetadata",
        "comment-metadata",
        "comment-author",
        "comment-header",
        "comment-footer",
        "vcard",
        "wp-block-comment-date",
        "comment__meta",
        "comment-info",
        "says",
    }
)
_LINKS: Final = frozenset(
    {
        "reply",
        "comment-reply",
        "comment-reply-link",
        "comment-edit-link",
        "edit-link",
        "wp-block-comment-reply-link",
        "wp-block-comment-edit-link",
        "comment-actions",
        "comment-links",
        "comment__actions",
        "comment-awaiting-moderation",
        "comment-permalink",
        "avatar",
        "wp-block-avatar",
        "comment-avatar",
        "in-reply-to",
        "comment-parent",
        "parent-link",
        "wpd-reply-to",
        "wpd-comment-footer",
        "comment__footer",
        "isso-comment-footer",
        "flat-list",
        "votelinks",
        "links",
    }
)
_LIKES: Final = re.compile(
    r"(?:comment-)?(?:likes?|votes?|upvotes?|karma)(?:-(?:count|counter|feedback|number|total))?"
    r"|comment-like-feedback|like-count|vote-count|likes-widget|comment-likes-widget"
    r"|jetpack-comment-likes-widget-wrapper|comment-not-liked|comment-like-link"
)
_LONGEST_DATE: Final = 60
_FIGURE: Final = re.compile(r"\d[\d.,]*")
_LONGEST_LIKES: Final = 12


class Fields(NamedTuple):
    """What is known of a comment; ``body`` holds its own text."""

    body: Element
    kind: Kind = "comment"
    author: str | None = None
    date: str | None = None
    url: str | None = None
    likes: int | None = None


class FieldReader:
    """Reads the comments of one page, and claims all of them but their own text."""

    def __init__(
        self, page: Page, posts: tuple[Post, ...], links: Links, language: str, marks: Marks
    ) -> None:
        self._page = page
        self._posts = {post.element for post in posts}
        self._links = links
        self._language = language
        self._marks = marks
        self._order: Order = order_of(
            self._page.words(each)
            for post in posts
            for each in self._named(tuple(self._own(post.element)), _DATES)
        )

    def read(self, post: Post) -> Fields:
        """Return the fields of ``post``."""
        own = tuple(self._own(post.element))
        body = self._body(post.element, own)
        around = tuple(each for each in own if not self._page.holds(body, each) or body is each)
        around = own if body is post.element else around
        kind = self._kind(post.element)
        likes = self._likes(own)
        author = self._author(around, body)
        date = self._date(around, body)
        fields = Fields(body, kind, author, date, self._url(post, around), likes)
        self._leave_out(own, body)
        return self._ping(fields) if kind != "comment" else fields

    def _own(self, element: Element) -> Iterator[Element]:
        """Yield the elements of a comment that are not those of its replies."""
        rest = [iter(element)]
        while rest:
            for child in rest[-1]:
                if isinstance(child.tag, str) and child not in self._posts:
                    yield child
                    rest.append(iter(child))
                    break
            else:
                rest.pop()

    def _named(self, own: tuple[Element, ...], names: tuple[str, ...]) -> Iterator[Element]:
        """Yield the elements with one of ``names`` as class, in the order of ``names``."""
        by_name: dict[str, list[Element]] = {}
        for each in own:
            for name in classes(each):
                by_name.setdefault(name, []).append(each)
        for name in names:
            yield from by_name.get(name, ())

    def _body(self, element: Element, own: tuple[Element, ...]) -> Element:
        """Return the element that holds the text of a comment, itself if it has no other."""
        said = [e for e in own if e.get("itemprop") in {"text", "commentText", "articleBody"}]
        named = (e for e in own if any(_CONTENT.fullmatch(name) for name in classes(e)))
        for each in (*said, *self._named(own, _CONTENTS), *named):
            inside = tuple(e for e in own if e is not each and self._page.holds(each, e))
            if next(self._named(inside, (*_AUTHORS, *_DATES)), None) is None:
                return each
        return element

    def _author(self, own: tuple[Element, ...], body: Element) -> str | None:
        said = [each for each in own if each.get("itemprop") in {"author", "creator"}]
        cites = [each for each in own if each.tag == "cite"]
        for each in (*self._named(own, _AUTHORS), *said, *cites):
            if each is body or each.tag == "blockquote" or self._page.holds(each, body):
                continue
            inner = next((e for e in each.iter() if e.get("itemprop") == "name"), None)
            element = inner if inner is not None else _named_alone(each)
            if name := self._name(element):
                self._leave_says_out(element)
                return name
        signed = (e for e in own if e.tag in {"a", "b", "strong"} and BY.fullmatch(lead(e)))
        return next(filter(None, map(self._name, signed)), None)

    def _leave_says_out(self, name: Element) -> None:
        """Claim the words behind ``name`` that say that it says what follows."""
        if says := SAYS.match(self._page.text, self._page.span(name)[1]):
            self._page.structure(says.span())

    def _name(self, element: Element) -> str:
        """Claim and return the name in ``element``, without the words around it."""
        for says in element.iterdescendants("span"):
            if "says" in classes(says):
                self._page.structure(self._page.span(says))
        whole = text = self._page.rest(element)
        for part in element.iterdescendants():
            if part.tag == "time" or set(_DATES) & classes(part):
                text = text.replace(self._page.words(part), "")
        name = re.sub(r"\s+(?:says|said|wrote)?\s*:$", "", text)
        # What joined the name to what stood beside it; a name alone may end as it likes.
        name = name if name == whole else name.strip(" ,·|-")
        start, end = self._page.span(element)
        found = self._page.text.find(name, start, end) if name else -1
        if found >= 0:
            self._page.field((found, found + len(name)))
        elif name:
            self._page.field((start, end))
        return name

    def _date(self, own: tuple[Element, ...], body: Element) -> str | None:
        times = [each for each in own if each.tag in {"time", "abbr"} and each is not body]
        said = [e for e in own if e.get("itemprop") in {"datePublished", "dateCreated"}]
        for each in (*times, *said):
            value = each.get("datetime") or each.get("content") or each.get("title") or ""
            if date := iso(value) or read_date(self._page.words(each), self._language, self._order):
                self._page.field(self._page.span(each))
                return date
        printed = None
        for each in self._named(own, _DATES):
            if self._page.holds(each, body):
                continue
            value = each.get("title") or each.get("datetime") or ""
            if date := iso(value) or read_date(value, self._language, self._order):
                self._page.field(self._page.span(each))
                return date
            text = self._page.rest(each)
            for part in (text, *map(_bare, re.split(r"[|·•]", text))):
                if date := read_date(part, self._language, self._order):
                    self._page.field(self._page.span(each))
                    return date
            if printed is None and re.search(r"\d", text) and len(text) < 60:
                self._page.field(self._page.span(each))
                printed = _bare(text)
        return printed or self._date_beside(own, body)

    def _date_beside(self, own: tuple[Element, ...], body: Element) -> str | None:
        """Return the date that a link to the comment prints, or that stands behind its author."""
        links = (each for each in own if each.tag == "a" and "#" in (each.get("href") or ""))
        behind = self._named(own, _AUTHORS)
        spans = [self._page.span(each) for each in links if not self._page.holds(body, each)]
        for start, end in (*spans, *(self._tail_in(each) for each in behind)):
            text = self._page.text[start:end].strip()
            if len(text) < _LONGEST_DATE and (date := read_date(text, self._language, self._order)):
                self._page.field((start, end))
                return date
        return None

    def _tail_in(self, author: Element) -> tuple[int, int]:
        """Return where the text is that stands behind the name in ``author``, and in it."""
        name = _named_alone(author)
        return self._page.tail(name) if name is not author else (0, 0)

    def _url(self, post: Post, own: tuple[Element, ...]) -> str | None:
        for link in own:
            href = link.get("href") if link.tag == "a" else None
            fragment = (href or "").rpartition("#")[2]
            if href and post.key in fragment and fragment != "respond":
                return self._links.absolute(href) or self._here(fragment)
        return self._here(post.element.get("id") or "")

    def _here(self, fragment: str) -> str | None:
        address = self._links.address
        return f"{address}#{fragment}" if address and fragment else None

    def _kind(self, element: Element) -> Kind:
        named = classes(element)
        if "trackback" in named:
            return "trackback"
        return "pingback" if "pingback" in named else "comment"

    def _likes(self, own: tuple[Element, ...]) -> int | None:
        """Return how many like a comment, and take all that counts likes out of it."""
        count = None
        for each in own:
            given = each.get("data-like-count") or each.get("data-likes") or ""
            named = any(_LIKES.fullmatch(name) for name in classes(each))
            words = self._page.words(each)
            if not (given or named) or len(words.split()) > _LONGEST_LIKES:
                continue
            figure = _FIGURE.search(words)
            number = int(given) if given.isdecimal() else _int(figure[0]) if figure else None
            if number is not None:
                count = number if count is None else count
                self._claim_figure(each)
            if not any(self._page.holds(up, each) and up in self._marks for up in own):
                self._marks.setdefault(each, ())
        return count

    def _claim_figure(self, element: Element) -> None:
        start, end = self._page.span(element)
        if figure := _FIGURE.search(self._page.text[start:end]):
            self._page.field((start + figure.start(), start + figure.end()))

    def _leave_out(self, own: tuple[Element, ...], body: Element) -> None:
        """Claim what stands around the text of a comment."""
        for each in own:
            named = classes(each)
            if each in self._marks:
                self._page.drop(each, "like button")
            elif self._is_link(named) and not self._page.holds(each, body):
                self._page.drop(each, "links of a comment")
                self._marks[each] = ()
            elif each.tag in {"time", "cite"} and not self._page.rest(each):
                self._marks[each] = ()
            elif (_META | set(_AUTHORS)) & named and not self._page.holds(each, body):
                self._page.structure(self._page.span(each))
                self._marks[each] = ()

    def _is_link(self, named: frozenset[str]) -> bool:
        """Whether classes ``named`` are of a picture of the author, or of links about a comment."""
        return bool(_LINKS & named) or any("avatar" in name for name in named)

    def _ping(self, fields: Fields) -> Fields:
        """Return the fields of a ping: the page that sends it stands for its author."""
        start, end = self._page.span(fields.body)
        if word := PING.match(self._page.text, start, end):
            self._page.structure(word.span())
        if fields.author is None:
            sender = next(fields.body.iter("a"), None)
            name = self._page.rest(sender) if sender is not None else ""
            return fields._replace(author=name or None)
        return fields


def _named_alone(author: Element) -> Element:
    """Return the element in ``author`` that it begins with in bold and that is all of the name."""
    first = next(author.iterchildren(), None)
    begins = first is not None and not (author.text or "").strip()
    return first if first is not None and begins and first.tag in {"strong", "b"} else author


def _bare(text: str) -> str:
    """Return ``text`` without the words that lead up to a date."""
    return re.sub(
        r"^\W*(?:(?:posted|submitted)(?:\s+by\b)?|on|at|le|am|el|il)\b\W*(?:on\b)?",
        "",
        text,
        flags=re.IGNORECASE,
    )


def _int(figure: str) -> int:
    return int(re.sub(r"\D", "", figure))
