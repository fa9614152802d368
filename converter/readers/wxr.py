"""The reader of WordPress exports (WXR): published posts and pages with notes and comments.

The file is gone through twice: once for what posts refer to (authors, files of the library), once
for the posts. See https://wordpress.org/documentation/article/tools-export-screen/.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final, Literal
from urllib.parse import unquote

import msgspec

from converter.errors import SourceError
from converter.markup.dates import iso, rfc_2822
from converter.markup.encoding import decode
from converter.markup.links import Links
from converter.markup.page import Element
from converter.markup.proof import prove
from converter.markup.text import Texts
from converter.markup.thread import Reply, thread_of
from converter.markup.wordpress import Attachment, Content, notes_list, read_content
from converter.markup.xml import elements, inner, local_name, values
from converter.model import Comment, Document, Prov
from converter.pictures import Pictures
from converter.report import Report
from converter.slug import slug
from converter.source import Source

# Not ".xml": what is XML and no export is for others to read.
suffixes: Final = (".wxr",)

_SIGNS: Final = (b"wordpress.org/export/", b"wxr_version", b"WordPress eXtended RSS")
_ROOT: Final = re.compile(r"<rss\b[^>]*>")
_ITEM: Final = re.compile(r"(?=<item>)")
_RAW: Final = re.compile(
    r"<(?P<name>content:encoded|excerpt:encoded|wp:comment_content|title)>(?P<text>.*?)</(?P=name)>",
    re.DOTALL,
)
# What WordPress keeps beside posts for itself.
_INNER: Final = re.compile(
    r"attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request"
    r"|wp_\w+"
)
_PUBLISHED: Final = {"post", "page"}
_KINDS: Final[dict[str, Literal["pingback", "trackback"]]] = {
    "pingback": "pingback",
    "trackback": "trackback",
}
_HELD: Final = {
    "0": "held for moderation",
    "hold": "held for moderation",
    "spam": "spam",
    "trash": "in the bin",
    "post-trashed": "in the bin",
}
_TAXONOMIES: Final = frozenset({"category", "post_tag", "tag"})


class Site(msgspec.Struct):
    """What the posts of an export share."""

    title: str = ""
    language: str = ""
    address: str = ""
    authors: dict[str, str] = {}
    library: dict[str, Attachment] = {}
    unpublished: Counter[str] = msgspec.field(default_factory=Counter)


_OPEN: Final = (
    "is behind a password on its site, and whoever has the edition can read it: take it out of"
    " the export if that must not be"
)


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is a WordPress export."""
    plain = head.replace(b"\0", b"")
    return (
        1.0
        if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<") and _is_wxr(plain)
        else 0.0
    )


def _is_wxr(head: bytes) -> bool:
    return any(sign in head for sign in _SIGNS)


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield a document for each published post and page, in the order of the file."""
    parts = _parts(decode(source, report), source.name, report)
    site = _site(parts, source.name)
    if site.unpublished:
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(site.unpublished.items()))
        report.info("unpublished", f"left out: {counts}", prov=Prov(source.name))
    ids: Counter[str] = Counter()
    for item in _elements(parts, source.name, tags=("item",)):
        if _is_published(fields := values(item)):
            line = item.sourceline if len(parts) == 1 else None
            place = Prov(source.name, line if isinstance(line, int) else None)
            if fields.get("post_password"):
                report.warn("behind-a-password", _OPEN, prov=place)
            pictures = Pictures(source, report)
            yield _Post(place, site, item, fields, pictures=pictures, report=report).document(ids)
    if not ids:
        raise SourceError("holds no published post or page", source.name)


def _parts(text: str, name: str, report: Report) -> list[str]:
    """Return ``text``, or if it is broken its head and items apart, so that one costs no other.

    What is wrong is reported here, before the first document.
    """
    for _ in elements(text, name, probe := Report(), tags=("item",)):
        pass
    report.messages += probe.messages
    root = _ROOT.search(text)
    if not probe.messages or root is None:
        return [text]
    head, *items = _ITEM.split(_RAW.sub(_enclosed, text))
    return [head, *(f"{root[0]}<channel>{item}" for item in items)]


def _enclosed(field: re.Match[str]) -> str:
    """Return a field that holds markup as it is with that markup as text, as it was meant."""
    if "<" not in field["text"] or field["text"].lstrip().startswith("<![CDATA["):
        return field[0]
    text = field["text"].replace("]]>", "]]]]><![CDATA[>")
    return f"<{field['name']}><![CDATA[{text}]]></{field['name']}>"


def _elements(parts: list[str], name: str, *, tags: Sequence[str]) -> Iterator[Element]:
    for part in parts:
        yield from elements(part, name, Report(), tags=tags)


def _site(parts: list[str], name: str) -> Site:
    """Return what the whole export tells."""
    site = Site(authors={}, library={})
    for element in _elements(parts, name, tags=("author", "item")):
        channel = element.getparent()
        if channel is not None and not site.title:
            shared = values(channel)
            site.title = shared.get("title", "")
            site.language = shared.get("language", "")
            site.address = shared.get("base_blog_url") or shared.get("link", "")
        fields = values(element)
        if local_name(element) == "item":
            _note_item(site, fields)
        elif login := fields.get("author_login"):
            site.authors[login] = fields.get("author_display_name") or login
    return site


def _note_item(site: Site, item: dict[str, str]) -> None:
    kind, status = item.get("post_type", ""), item.get("status", "")
    if kind == "attachment":
        url = item.get("attachment_url") or item.get("guid", "")
        title = item.get("title", "")
        site.library[item.get("post_id", "")] = Attachment(url, title, item.get("post_parent", ""))
    elif not (_is_published(item) or _INNER.fullmatch(kind)):
        site.unpublished[
            f"{kind or 'item that says not what it is'} ({status or 'no status'})"
        ] += 1


def _is_published(item: dict[str, str]) -> bool:
    return item.get("post_type") in _PUBLISHED and item.get("status") == "publish"


class _Post:
    """One post on its way to a document."""

    def __init__(
        self,
        place: Prov,
        site: Site,
        item: Element,
        fields: dict[str, str],
        *,
        pictures: Pictures,
        report: Report,
    ) -> None:
        self._place = place
        self._site = site
        self._item = item
        self._fields = fields
        self._report = report
        self._link = fields.get("link", "")
        links = Links(self._link or site.address)
        self._texts = Texts(self._place, links, pictures, report)
        self._values: list[str] = []

    def document(self, ids: Counter[str]) -> Document:
        fields = self._fields
        identifier = self._identifier(ids)
        title = self._texts.title(fields.get("title", ""))
        content = self._content()
        children, notes = self._texts.body(content.html, breaks=content.breaks)
        if fields.get("excerpt"):
            self._texts.drop(fields["excerpt"], "excerpt")
        author = fields.get("creator", "")
        document = Document(
            id=identifier,
            title=title,
            children=children,
            notes=notes,
            comments=self._comments(),
            pictures=self._texts.pictures.held(),
            language=self._site.language,
            authors=self._field(self._site.authors.get(author, author)),
            date=next(iter(self._field(self._date())), ""),
            tags=self._tags(),
            collection=self._site.title,
            url=self._link,
            source=f"{self._place.source}#{identifier}",
        )
        self._texts.warn_of_links()
        prove(document, self._texts.pages, self._report, fields=self._values)
        return document

    def _identifier(self, ids: Counter[str]) -> str:
        fields = self._fields
        name = slug(unquote(fields.get("post_name", ""))) or f"post-{fields.get('post_id', '')}"
        ids[name] += 1
        return name if ids[name] == 1 else f"{name}-{ids[name]}"

    def _content(self) -> Content:
        content = read_content(
            self._fields.get("content", ""),
            self._report,
            post=self._fields.get("post_id", ""),
            library=self._site.library,
            place=self._place,
        )
        return content._replace(html=content.html + notes_list(self._meta("footnotes")))

    def _meta(self, key: str) -> str:
        for child in self._item:
            if local_name(child) == "postmeta":
                meta = values(child)
                if meta.get("meta_key") == key:
                    return meta.get("meta_value", "")
        return ""

    def _date(self) -> str:
        for name in ("post_date", "post_date_gmt"):
            date = iso(self._fields.get(name, ""))
            if date and not date.startswith("0000"):
                return date
        return rfc_2822(self._fields.get("pubDate", "")) or ""

    def _tags(self) -> tuple[str, ...]:
        tags = (
            inner(child).strip()
            for child in self._item
            if local_name(child) == "category" and child.get("domain", "tag") in _TAXONOMIES
        )
        return tuple(dict.fromkeys(value for tag in tags for value in self._field(unescape(tag))))

    def _field(self, value: str) -> tuple[str, ...]:
        """Count ``value`` as a field of the document, and return it, nothing if it is empty."""
        if value:
            self._values.append(value)
        return (value,) if value else ()

    def _comments(self) -> tuple[Comment, ...]:
        replies = []
        left_out: Counter[str] = Counter()
        for child in self._item:
            if local_name(child) == "comment":
                fields = values(child)
                reason = _HELD.get(fields.get("comment_approved", "1"))
                if reason:
                    left_out[reason] += 1
                    self._texts.drop(fields.get("comment_content", ""), reason)
                replies.append(self._reply(fields, left_out=bool(reason)))
        if left_out:
            counts = ", ".join(f"{count} {reason}" for reason, count in sorted(left_out.items()))
            text = f"comments left out: {counts}"
            self._report.info("comments-left-out", text, prov=self._place)
        return thread_of(replies)

    def _reply(self, fields: dict[str, str], *, left_out: bool) -> Reply:
        number = fields.get("comment_id", "")
        answers = fields.get("comment_parent", "0")
        parent = f"comment-{answers}" if answers not in {"", "0"} else None
        identifier = f"comment-{number}"
        if left_out:
            return Reply(Comment(identifier, ()), parent, left_out=True)
        author, date = fields.get("comment_author", ""), iso(fields.get("comment_date", ""))
        comment = Comment(
            id=identifier,
            children=self._texts.blocks(fields.get("comment_content", ""), breaks=True),
            kind=_KINDS.get(fields.get("comment_type", ""), "comment"),
            author=next(iter(self._field(unescape(author))), None),
            date=next(iter(self._field(date or "")), None),
            url=f"{self._link}#{identifier}" if self._link else None,
            prov=Prov(self._place.source, element=identifier),
        )
        return Reply(comment, parent)
