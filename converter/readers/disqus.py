"""The reader of Disqus exports: a document for each thread, which holds nothing but comments.

Such a document joins the post with the address of its thread when both are bound into one book.
See https://help.disqus.com/en/articles/1717164-comments-export.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from converter.errors import SourceError
from converter.markup.dates import iso
from converter.markup.encoding import decode
from converter.markup.links import Links
from converter.markup.page import Element
from converter.markup.proof import prove
from converter.markup.text import Texts
from converter.markup.thread import Reply, thread_of
from converter.markup.xml import elements, local_name, values
from converter.model import Comment, Document, Prov
from converter.pictures import Pictures
from converter.report import Report
from converter.slug import slug
from converter.source import Source

# Known by what they hold; ".xml" may be anything.
suffixes: Final[tuple[str, ...]] = ()

_TRUE: Final = frozenset({"true", "1"})


class Thread(NamedTuple):
    """A thread: the address and title of the page that it belongs to."""

    link: str
    title: str


class Entry(NamedTuple):
    """A comment of a thread. ``reason`` says why it must not be shown."""

    key: str
    parent: str
    message: str
    author: str
    date: str
    reason: str
    line: int | None


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is a Disqus export."""
    plain = head.replace(b"\0", b"")
    return (
        1.0
        if b"<disqus" in plain and plain.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:1] == b"<"
        else 0.0
    )


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield a document for each thread that has comments to show, in the order of the file."""
    threads: dict[str, Thread] = {}
    entries: dict[str, list[Entry]] = defaultdict(list)
    text = decode(source, report)
    for element in elements(text, source.name, report, tags=("thread", "post")):
        parent = element.getparent()
        if parent is not None and local_name(parent) != "disqus":
            continue
        if local_name(element) == "thread":
            fields = values(element)
            threads[_id(element)] = Thread(fields.get("link", ""), fields.get("title", ""))
        else:
            home, entry = _entry(element)
            entries[home].append(entry)
    ids: Counter[str] = Counter()
    for key, held in entries.items():
        if any(not entry.reason for entry in held):
            thread = threads.get(key, Thread("", ""))
            yield _Reading(source, report, key, thread).document(held, ids)
    if not ids:
        raise SourceError("holds no comments that may be shown", source.name)


def _id(element: Element | None) -> str:
    """Return the identifier that Disqus gives an element, in a namespace of its own."""
    if element is None:
        return ""
    return next((str(value) for name, value in element.items() if str(name).endswith("id")), "")


def _entry(element: Element) -> tuple[str, Entry]:
    """Return the thread that a comment belongs to, and the comment."""
    fields = values(element)
    children = {local_name(child): child for child in element if isinstance(child.tag, str)}
    author = values(children["author"]) if "author" in children else {}
    line = element.sourceline
    entry = Entry(
        key=_id(element),
        parent=_id(children.get("parent")),
        message=fields.get("message", ""),
        author=unescape(author.get("name") or author.get("username", "")),
        date=iso(fields.get("createdAt", "")) or "",
        reason=_reason(fields),
        line=line if isinstance(line, int) else None,
    )
    return _id(children.get("thread")), entry


def _path(link: str) -> str:
    try:
        return urlsplit(link).path
    except ValueError:
        return ""


def _reason(fields: dict[str, str]) -> str:
    if fields.get("isSpam", "").lower() in _TRUE:
        return "spam"
    if fields.get("isDeleted", "").lower() in _TRUE:
        return "deleted"
    held = fields.get("isApproved", "true").lower() not in _TRUE
    return "held for moderation" if held else ""


class _Reading:
    """One thread on its way to a document."""

    def __init__(self, source: Source, report: Report, key: str, thread: Thread) -> None:
        self._source = source
        self._report = report
        self._key = key
        self._thread = thread
        pictures = Pictures(source, report)
        self._texts = Texts(Prov(source.name), Links(thread.link), pictures, report)
        self._values: list[str] = []

    def document(self, entries: list[Entry], ids: Counter[str]) -> Document:
        """Return the document of the thread, with ``entries`` as its comments."""
        last = _path(self._thread.link).rstrip("/").rpartition("/")[2]
        name = slug(unquote(last)) or slug(self._thread.title) or f"thread-{slug(self._key)}"
        ids[name] += 1
        identifier = name if ids[name] == 1 else f"{name}-{ids[name]}"
        title = self._texts.title(self._thread.title)
        left_out = Counter(entry.reason for entry in entries if entry.reason)
        if left_out:
            counts = ", ".join(f"{count} {reason}" for reason, count in sorted(left_out.items()))
            text = f"comments left out: {counts}"
            self._report.info("comments-left-out", text, prov=Prov(self._source.name))
        document = Document(
            id=identifier,
            title=title,
            comments=thread_of([self._reply(entry) for entry in entries]),
            pictures=self._texts.pictures.held(),
            url=self._thread.link,
            source=f"{self._source.name}#{identifier}",
        )
        self._texts.warn_of_links()
        prove(document, self._texts.pages, self._report, fields=self._values)
        return document

    def _reply(self, entry: Entry) -> Reply:
        parent = f"comment-{entry.parent}" if entry.parent else None
        identifier = f"comment-{entry.key}"
        if entry.reason:
            self._texts.drop(entry.message, entry.reason, line=entry.line)
            return Reply(Comment(identifier, ()), parent, left_out=True)
        self._values += (entry.author, entry.date)
        comment = Comment(
            id=identifier,
            children=self._texts.blocks(entry.message, breaks=False),
            author=entry.author or None,
            date=entry.date or None,
            url=f"{self._thread.link}#{identifier}" if self._thread.link else None,
            prov=Prov(self._source.name, element=identifier),
        )
        return Reply(comment, parent)
