"""Comments kept apart from their posts, as Disqus keeps them, go below the post they are about."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from converter.model import Book, Comment, Document, LineBreak, Part, Prov
from converter.report import Report
from converter.slug import Unique
from converter.walk import body, plain_text, redirected

_INDEX: Final = re.compile(r"/(?:index\.\w+)?$")


def apply(book: Book, report: Report) -> Book:
    """Return ``book`` with threads put below the post that has the address of the thread.

    A thread is a document that holds comments, with neither text nor author nor date. One without
    its post in the book stays a document of its own, with a message. References to a thread that
    went below its post lead to the post.
    """
    threads = _by_post(book, report)
    moved = {thread.id: post for post, held in threads.items() for thread in held}
    if not moved:
        return book
    return replace(book, parts=tuple(_joined(part, threads, moved) for part in book.parts))


def _by_post(book: Book, report: Report) -> Mapping[str, list[Document]]:
    """Return the threads whose posts are in ``book``, by the ids of these."""
    posts = {_address(each): each for each in book.documents if each.url and not _is_thread(each)}
    threads: dict[str, list[Document]] = defaultdict(list)
    for document in filter(_is_thread, book.documents):
        post = posts.get(_address(document))
        if post is not None:
            _report_title(document, post, report)
            threads[post.id].append(document)
        elif posts:
            text = f"no post of the book stands at {document.url}; its comments stand alone"
            report.warn("thread-without-post", text, prov=Prov(document.source))
    return threads


def _report_title(thread: Document, post: Document, report: Report) -> None:
    """Say what the thread was called if its post is called something else."""
    title = plain_text([*thread.title, LineBreak(), *thread.subject])
    if title and title.casefold() not in plain_text(body(post)).casefold():
        text = f"the thread {title!r} goes below the post {post.id!r}, without this title"
        report.info("thread-title-dropped", text, prov=Prov(thread.source))


def _is_thread(document: Document) -> bool:
    post = (document.children, document.front, document.notes, document.authors, document.date)
    return bool(document.url and document.comments) and not any(post)


def _address(document: Document) -> str:
    """Return the address of ``document`` without what differs between two ways to write it."""
    try:
        parts = urlsplit(document.url)
    except ValueError:  # such as an address of brackets
        return document.url.casefold()
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{_INDEX.sub('', parts.path)}{query}".casefold()


def _joined(part: Part, threads: Mapping[str, list[Document]], moved: Mapping[str, str]) -> Part:
    documents = tuple(
        redirected(_with_comments(document, threads.get(document.id, [])), moved)
        for document in part.documents
        if document.id not in moved
    )
    return replace(part, documents=documents)


def _with_comments(document: Document, threads: list[Document]) -> Document:
    """Return ``document`` with the comments of ``threads`` after its own, each once."""
    if not threads:
        return document
    comments = list(document.comments)
    known = {comment.id: comment for comment in comments}
    taken = Unique()
    for name in known:
        taken.take(name)
    for thread in threads:
        new = [comment for comment in thread.comments if known.get(comment.id) != comment]
        names = {comment.id: comment.id for comment in thread.comments}
        names |= {comment.id: taken.take(comment.id) for comment in new}
        comments += (_renamed(comment, names) for comment in new)
        known.update((comment.id, comment) for comment in comments)
    declared = [each.declared_comments for each in (document, *threads) if each.declared_comments]
    held = (picture for each in (document, *threads) for picture in each.pictures)
    return replace(
        document,
        comments=tuple(comments),
        pictures=tuple({picture.name: picture for picture in held}.values()),
        declared_comments=sum(declared) if declared else None,
    )


def _renamed(comment: Comment, names: dict[str, str]) -> Comment:
    """Return ``comment`` with ids as in ``names``; without its parent it is an orphan."""
    parent = names.get(comment.parent or "")
    orphan = comment.orphan or (comment.parent is not None and parent is None)
    return replace(comment, id=names[comment.id], parent=parent, orphan=orphan)
