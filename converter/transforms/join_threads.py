"""Comments kept apart from their posts, as Disqus keeps them, go below the post they are about."""

import re
from collections import defaultdict
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from converter.model import Book, Comment, Document, Part, Prov
from converter.report import Report

_INDEX: Final = re.compile(r"/(?:index\.\w+)?$")


def apply(book: Book, report: Report) -> Book:
    """Return ``book`` with threads put below the post that has the address of the thread.

    A thread is a document that holds comments, with neither text nor author nor date. One without
    its post in the book stays a document of its own, with a message.
    """
    posts = {
        _address(each): each.id for each in book.documents if each.url and not _is_thread(each)
    }
    threads: dict[str, list[Document]] = defaultdict(list)
    for document in book.documents:
        if not _is_thread(document):
            continue
        home = posts.get(_address(document))
        if home is not None:
            threads[home].append(document)
        elif posts:
            text = f"no post of the book stands at {document.url}; its comments stand alone"
            report.warn("thread-without-post", text, prov=Prov(document.source))
    return replace(book, parts=tuple(_joined(part, threads) for part in book.parts))


def _is_thread(document: Document) -> bool:
    post = (document.children, document.front, document.notes, document.authors, document.date)
    return bool(document.url and document.comments) and not any(post)


def _address(document: Document) -> str:
    """Return the address of ``document`` without what differs between two ways to write it."""
    parts = urlsplit(document.url)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{_INDEX.sub('', parts.path)}{query}".casefold()


def _joined(part: Part, threads: dict[str, list[Document]]) -> Part:
    moved = {thread.id for held in threads.values() for thread in held}
    documents = tuple(
        _with_comments(document, threads.get(document.id, []))
        for document in part.documents
        if document.id not in moved
    )
    return replace(part, documents=documents)


def _with_comments(document: Document, threads: list[Document]) -> Document:
    """Return ``document`` with the comments of ``threads`` after its own, each once."""
    comments = list(document.comments)
    known = {comment.id: comment for comment in comments}
    for thread in threads:
        names = {comment.id: _free(comment, known) for comment in thread.comments}
        for comment in thread.comments:
            if known.get(comment.id) != comment:
                parent = names.get(comment.parent or "")
                comments.append(replace(comment, id=names[comment.id], parent=parent))
        known.update((comment.id, comment) for comment in comments)
    return replace(document, comments=tuple(comments))


def _free(comment: Comment, known: dict[str, Comment]) -> str:
    """Return the id of ``comment``, with a number behind it if another comment has it."""
    name, count = comment.id, 1
    while name in known and known[name] != comment:
        count += 1
        name = f"{comment.id}-{count}"
    return name
