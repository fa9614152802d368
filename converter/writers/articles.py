"""A comment as an XHTML article, for all writers whose editions are made of XHTML.

The article holds what belongs to the comment itself. Where it is nested, and where the comments
it is linked with are to be found, its writer knows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from converter.address import address
from converter.model import Comment
from converter.words import Words
from converter.writers.dates import add_date
from converter.writers.thread import Entry, moment
from converter.writers.xhtml import Element, Hooks, add, add_blocks, add_text, clean, name_by

Locate: TypeAlias = Callable[[Comment], str]

_HEADING_LEVEL: Final = 3


def _add_level(parent: Element) -> Element:
    return add(parent, "div", class_="level")


def add_comment(
    parent: Element, entry: Entry, hooks: Hooks, *, name: str, locate: Locate
) -> Element:
    """Append a comment without its replies, and return its element, whose id is ``name``.

    ``locate`` returns the address of another comment of the thread.
    """
    comment = entry.comment
    kind = "comment" if comment.kind == "comment" else f"comment {comment.kind}"
    article = add(parent, "article", class_=kind, id=name, aria_label=_label(entry, hooks.words))
    name_by(article, comment.id)
    if comment.depth != entry.depth or (comment.orphan and comment.depth > 1):
        article.set("data-depth", str(comment.depth))
    _add_head(article, entry, hooks.words, locate)
    text = add(article, "div", class_="comment-text", dir="auto")
    add_blocks(text, comment.children, hooks, level=_HEADING_LEVEL)
    return article


def add_nested(
    parent: Element,
    thread: Iterable[Entry],
    lineages: Mapping[str, Sequence[str]],
    article: Callable[[Element, Entry], Element],
    *,
    level: Callable[[Element], Element] = _add_level,
) -> None:
    """Append the comments of ``thread``, each within those that its lineage names.

    ``article`` appends a comment to what it is nested in, ``level`` what stands in the place of
    one that is missing, from the source or from the part of the thread that is shown.
    """
    path: list[tuple[str, Element]] = []
    for entry in thread:
        lineage = lineages[entry.comment.id]
        del path[_common(lineage, path) :]
        for above in lineage[len(path) :]:
            path.append((above, level(path[-1][1] if path else parent)))
        around = path[-1][1] if path else parent
        path.append((entry.comment.id, article(around, entry)))


def _common(lineage: Sequence[str], path: Sequence[tuple[str, Element]]) -> int:
    """Return how many of the open levels ``lineage`` goes through."""
    count = 0
    for above, (name, _) in zip(lineage, path, strict=False):
        if above != name:
            break
        count += 1
    return count


def _label(entry: Entry, words: Words) -> str:
    """Return the name of the article for those who hear it: articles have no heading."""
    what = f"{words.kind(entry.comment.kind)} {entry.number}"
    author = entry.comment.author
    return words.by.format(what=what, author=author) if author else what


def _add_head(article: Element, entry: Entry, words: Words, locate: Locate) -> None:
    """Append a line: number, kind if it is no plain comment, author, date, likes, relations."""
    comment = entry.comment
    head = add(article, "p", class_="comment-head")
    add(head, "span", entry.number, class_="number generated")
    if comment.kind != "comment":
        _add_field(head, words.kind(comment.kind), "kind generated")
    if comment.author:
        # A name in another direction of writing must not drag the date behind it along.
        _add_field(head, comment.author, "author").set("dir", "auto")
    _add_date(head, comment, words)
    if comment.likes is not None:
        _add_field(head, words.likes(comment.likes), "likes generated").set(
            "data-count", str(comment.likes)
        )
    _add_relations(head, entry, words, locate)


def _add_field(head: Element, text: str, name: str) -> Element:
    add_text(head, " ")
    return add(head, "span", text, class_=name)


def _add_date(head: Element, comment: Comment, words: Words) -> None:
    """Append the date, which is, as on the web, the link to where the comment was published."""
    url = address(comment.url or "")
    if not url and not comment.date:
        return
    add_text(head, " ")
    parent = add(head, "a", href=url, class_="permalink") if url else head
    if url and url != comment.url:
        parent.set("data-href", clean(comment.url or ""))
    if comment.date:
        add_date(parent, comment.date, moment(comment.date))
    else:
        add(parent, "span", words.permalink, class_="generated")


def _add_relations(head: Element, entry: Entry, words: Words, locate: Locate) -> None:
    """Append what the comment answers and where it is answered first."""
    if entry.comment.orphan:
        _add_field(head, words.orphan, "orphan generated")
    if entry.parent:
        before, _, after = words.in_reply_to.partition("{author}")
        answers = _add_field(head, before, "in-reply-to generated")
        add(answers, "a", _answered(entry), href=locate(entry.parent), dir="auto").tail = after
    if entry.first_reply:
        answer = _add_field(head, "", "first-reply generated")
        add(answer, "a", words.first_reply, href=locate(entry.first_reply))


def _answered(entry: Entry) -> str:
    """Return who is answered; with a number where that of the reply does not show which one."""
    author = entry.parent.author if entry.parent else None
    if author and "+" in entry.number:
        return f"{author} ({entry.parent_number})"
    return author or entry.parent_number
