"""The reader of the WordPress REST API's JSON, saved to files: posts, pages and comments.

A file is the answer to one question, an array or an object: of ``/wp/v2/posts`` or ``pages``, with
or without ``_embed``, or of ``/wp/v2/comments``. Comments become documents that hold nothing else,
one for each post, which join the post of the same address when they are bound into one book.
See https://developer.wordpress.org/rest-api/reference/posts/.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any, Final, Literal
from urllib.parse import unquote

import msgspec

from converter.errors import SourceError
from converter.markup.dates import iso
from converter.markup.links import Links
from converter.markup.proof import prove
from converter.markup.text import Texts
from converter.markup.thread import Reply, thread_of
from converter.markup.wordpress import notes_list
from converter.model import Comment, Document, Prov
from converter.pictures import Pictures
from converter.report import Report
from converter.slug import slug
from converter.source import Source

# Known by what they hold; ".json" may be anything.
suffixes: Final[tuple[str, ...]] = ()

_KINDS: Final[dict[str, Literal["pingback", "trackback"]]] = {
    "pingback": "pingback",
    "trackback": "trackback",
}
_SHOWN: Final = frozenset({"approved", "approve", "1", ""})
# What posts have and comments have not.
_OF_POSTS: Final = frozenset({"slug", "excerpt", "featured_media"})
_MARKS: Final = (b"\xef\xbb\xbf",)


class Rendered(msgspec.Struct, frozen=True):
    """A text as the API gives it: HTML."""

    rendered: str = ""


class Named(msgspec.Struct, frozen=True):
    """An author, a category or a tag, embedded in a post."""

    name: str = ""
    taxonomy: str = ""


class Remark(msgspec.Struct, frozen=True):
    """A comment. See https://developer.wordpress.org/rest-api/reference/comments/."""

    id: int
    post: int = 0
    parent: int = 0
    author_name: str = ""
    date: str = ""
    content: Rendered = Rendered()
    link: str = ""
    status: str = ""
    type: str = "comment"


class Embedded(msgspec.Struct, frozen=True, rename={"terms": "wp:term"}):
    """What ``_embed`` adds to a post."""

    author: tuple[Named, ...] = ()
    terms: tuple[tuple[Named, ...], ...] = ()
    replies: tuple[tuple[Remark, ...], ...] = ()


class Post(msgspec.Struct, frozen=True, rename={"embedded": "_embedded"}):
    """A post or page. ``meta`` may hold the notes of the footnotes block."""

    id: int
    title: Rendered = Rendered()
    content: Rendered = Rendered()
    slug: str = ""
    link: str = ""
    date: str = ""
    status: str = "publish"
    type: str = "post"
    meta: Any = None
    embedded: Embedded = Embedded()


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is an answer of the API."""
    plain = head.removeprefix(_MARKS[0]).lstrip()
    if not plain.startswith((b"[", b"{")) or b'"rendered"' not in plain:
        return 0.0
    return 0.95 if b'"guid"' in plain or b'"author_name"' in plain or b'"slug"' in plain else 0.6


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield a document for each post, then one for each post that has only comments here."""
    posts, remarks = _decode(source)
    by_post: dict[int, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_post[remark.post].append(remark)
    ids: Counter[str] = Counter()
    left_out = Counter(post.status for post in posts if post.status != "publish")
    if left_out:
        counts = ", ".join(f"{count} {status}" for status, count in sorted(left_out.items()))
        report.info("unpublished", f"left out: {counts}", prov=Prov(source.name))
    for post in posts:
        if post.status == "publish":
            yield _Reading(source, report, post).document(by_post.pop(post.id, []), ids)
    for number, alone in by_post.items():
        address = alone[0].link.partition("#")[0]
        post = Post(number, Rendered(), Rendered(), link=address, slug=_last(address))
        yield _Reading(source, report, post).document(alone, ids)


def _decode(source: Source) -> tuple[Sequence[Post], Sequence[Remark]]:
    """Return the posts and comments in ``source``. Raises SourceError for any other JSON."""
    data = source.data.removeprefix(_MARKS[0])
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(f"is no valid JSON: {error}", source.name) from error
    if isinstance(found, dict) and not {"id", "content"} <= found.keys():
        found = [each for part in found.values() if isinstance(part, list) for each in part]
    entries = found if isinstance(found, list) else [found]
    objects = [entry for entry in entries if isinstance(entry, dict) and "content" in entry]
    if not objects or len(objects) < len(entries):
        raise SourceError("holds no posts or comments of the WordPress REST API", source.name)
    objects = [_filled(entry) for entry in objects]
    try:
        posts = [msgspec.convert(_bare(each), Post) for each in objects if not _is_remark(each)]
        remarks = [msgspec.convert(each, Remark) for each in objects if _is_remark(each)]
    except msgspec.ValidationError as error:
        raise SourceError(f"is not as the API writes it: {error}", source.name) from error
    embedded = (
        msgspec.structs.replace(reply, post=post.id)
        for post in posts
        for page in post.embedded.replies
        for reply in page
    )
    every = {remark.id: remark for remark in (*embedded, *remarks)}
    return posts, tuple(every.values())


def _is_remark(entry: dict[str, Any]) -> bool:
    return "title" not in entry and not _OF_POSTS & entry.keys()


def _filled(value: Any) -> Any:
    """Return ``value`` without the fields in it that plug-ins leave null."""
    if isinstance(value, dict):
        return {name: _filled(each) for name, each in value.items() if each is not None}
    return [_filled(each) for each in value] if isinstance(value, list) else value


def _bare(post: dict[str, Any]) -> dict[str, Any]:
    """Return ``post`` without what the API embeds in place of something that is not public."""
    embedded = post.get("_embedded")
    if not isinstance(embedded, dict):
        return {name: value for name, value in post.items() if name != "_embedded"}
    authors = [each for each in embedded.get("author") or () if "name" in each]
    pages = [page for page in embedded.get("replies") or () if isinstance(page, list)]
    return {**post, "_embedded": {**embedded, "author": authors, "replies": pages}}


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


class _Reading:
    """One post on its way to a document."""

    def __init__(self, source: Source, report: Report, post: Post) -> None:
        self._source = source
        self._report = report
        self._post = post
        pictures = Pictures(source, report)
        self._texts = Texts(Prov(source.name), Links(post.link), pictures, report)
        self._values: list[str] = []

    def document(self, remarks: list[Remark], ids: Counter[str]) -> Document:
        """Return the document of the post, with ``remarks`` as its thread."""
        post = self._post
        name = slug(unquote(post.slug)) or f"{post.type}-{post.id}"
        ids[name] += 1
        identifier = name if ids[name] == 1 else f"{name}-{ids[name]}"
        content = post.content.rendered
        if isinstance(post.meta, dict) and "wp-block-footnotes" not in content:
            content += notes_list(str(post.meta.get("footnotes") or ""))
        title = self._texts.title(post.title.rendered)
        children, notes = self._texts.body(content, breaks=False)
        document = Document(
            id=identifier,
            title=title,
            children=children,
            notes=notes,
            comments=self._comments(remarks),
            pictures=self._texts.pictures.held(),
            authors=tuple(self._field(each.name) for each in post.embedded.author if each.name),
            date=self._field(iso(post.date) or ""),
            tags=self._tags(),
            url=post.link,
            source=f"{self._source.name}#{identifier}",
        )
        self._texts.warn_of_links()
        prove(document, self._texts.pages, self._report, fields=self._values)
        return document

    def _tags(self) -> tuple[str, ...]:
        terms = (term for group in self._post.embedded.terms for term in group)
        tags = (unescape(term.name) for term in terms if term.taxonomy in {"category", "post_tag"})
        return tuple(self._field(tag) for tag in dict.fromkeys(tags) if tag)

    def _field(self, value: str) -> str:
        """Count ``value`` as a field of the document, and return it."""
        self._values.append(value)
        return value

    def _comments(self, remarks: list[Remark]) -> tuple[Comment, ...]:
        left_out = sum(remark.status not in _SHOWN for remark in remarks)
        if left_out:
            text = f"comments left out: {left_out} held back"
            self._report.info("comments-left-out", text, prov=Prov(self._source.name))
        # The API gives the newest first; a thread begins with the oldest.
        return thread_of([self._reply(remark) for remark in sorted(remarks, key=_age)])

    def _reply(self, remark: Remark) -> Reply:
        parent = f"comment-{remark.parent}" if remark.parent else None
        identifier = f"comment-{remark.id}"
        if remark.status not in _SHOWN:
            self._texts.drop(remark.content.rendered, "held back")
            return Reply(Comment(identifier, ()), parent, left_out=True)
        comment = Comment(
            id=identifier,
            children=self._texts.blocks(remark.content.rendered, breaks=False),
            kind=_KINDS.get(remark.type, "comment"),
            author=self._field(unescape(remark.author_name)) or None,
            date=self._field(iso(remark.date) or "") or None,
            url=Links().absolute(remark.link),
            prov=Prov(self._source.name, element=identifier),
        )
        return Reply(comment, parent)


def _age(remark: Remark) -> tuple[str, int]:
    return remark.date, remark.id
