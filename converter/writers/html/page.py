"""From a book to the page: title, contents, and the documents one after the other."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from converter.model import Book, Comment, Document, Part
from converter.words import Words, words
from converter.writers.articles import add_comment, add_nested
from converter.writers.contents import Item, add_items, listed
from converter.writers.facts import facts
from converter.writers.heads import add_head
from converter.writers.html.hooks import HtmlHooks
from converter.writers.html.skeleton import child, skeleton
from converter.writers.language import book_direction, direction, language, tag
from converter.writers.targets import targets
from converter.writers.thread import ON_SCREEN, Entry, entries, lineages
from converter.writers.titles import is_alone, published, title_of, untitled_parts
from converter.writers.xhtml import XHTML, Element, add, add_blocks, add_text, clean, close_gaps

_RANKS: Final = frozenset(f"{{{XHTML}}}h{rank}" for rank in range(1, 7))


def compose(book: Book, templates: Path | None) -> Element:
    """Return the page of ``book``, whose style sheet is still to come."""
    root = skeleton(book.title or title_of(book.documents[0]), templates)
    _set_language(root, book)
    _add_facts(child(root, "head"), book)
    body = child(root, "body")
    names = targets(book.documents)
    alone = is_alone(book)
    if not alone:
        _add_title(body, book)
    if len(book.documents) > 1:
        _add_contents(body, book, {each.id: names[each.id, "", ""] for each in book.documents})
    main = add(body, "main")
    said, untitled = words(book.language), untitled_parts(book)
    for position, part in enumerate(book.parts, start=1):
        level = 1 if alone else part.depth + 2
        parent = _add_part(main, part, position, level - 1) if part.title.strip() else main
        for document in part.documents:
            hooks = HtmlHooks(document, names, said)
            section = _add_document(parent, document, hooks, level=level)
            if document.id in untitled:
                section.set("data-part-level", str(untitled[document.id]))
    _demote_sections(main)
    close_gaps(root)
    return root


def _add_facts(head: Element, book: Book) -> None:
    """Say who made the page, and of the book what its reader needs to know."""
    for name, value in (
        ("generator", "converter"),
        *(("author", author) for author in book.authors),
        ("dcterms.language", book.language),
        ("dcterms.rights", book.rights),
        ("dcterms.date", book.date),
        ("dcterms.modified", book.modified),
        ("dcterms.identifier", book.identifier),
    ):
        if value:
            add(head, "meta", name_=name, content=value)


def _set_language(root: Element, book: Book) -> None:
    """Say language and direction of the page, those of its only document if it has no own."""
    first = book.documents[0]
    alone = len(book.documents) == 1
    own = tag(book.language) or (tag(first.language) if alone else "")
    root.set("lang", own or "und")
    turned = book_direction(book) or (direction(first) if alone else None)
    if turned:
        root.set("dir", turned)


def _add_title(body: Element, book: Book) -> None:
    header = add(body, "header", class_="title-page")
    add(header, "h1", book.title)
    for kind, text in (
        ("authors", ", ".join(book.authors)),
        ("date", published(book)),
        ("rights", book.rights),
    ):
        if text:
            add(header, "p", text, class_=kind)


def _add_contents(body: Element, book: Book, anchors: Mapping[str, str]) -> None:
    nav = add(body, "nav", id="contents", class_="generated", role="doc-toc")
    nav.set("aria-labelledby", "contents-heading")
    said = words(book.language)
    add(nav, "h2", said.contents, id="contents-heading")
    items = listed(book, lambda place: f"#part{place}", lambda each: _item(each, anchors, said))
    add_items(nav, items)


def _item(document: Document, anchors: Mapping[str, str], said: Words) -> Item:
    href = f"#{anchors[document.id]}"
    thread = Item(said.comments, f"{href}-comments", [], generated=True)
    return Item(title_of(document), href, [thread] if document.comments else [])


def _add_part(main: Element, part: Part, position: int, level: int) -> Element:
    """Append a part, in which its documents stand."""
    section = add(main, "section", class_=f"part level-{part.level}", id=f"part{position}")
    add(section, f"h{min(level, 6)}", part.title, class_="part-title")
    return section


def _add_document(parent: Element, document: Document, hooks: HtmlHooks, *, level: int) -> Element:
    """Append a document, and return its section; ``level`` is the rank of its heading."""
    name = title_of(document)
    section = add(parent, "section", class_="document", role="doc-chapter", aria_label=name)
    section.set("id", hooks.anchor)
    if own := language(document, ""):
        section.set("lang", own)
    section.set("dir", direction(document) or "ltr")
    section.set("data-facts", clean(msgspec.json.encode(list(facts(document))).decode()))
    rank = min(level, 6)
    if rank > 1:
        section.set("data-rank", str(rank))
    add_head(section, document, hooks, level=rank)
    add_blocks(add(section, "div", class_="text"), document.children, hooks, level=rank + 1)
    if document.notes:
        _add_notes(section, document, hooks, level=rank + 1)
    if document.comments:
        _add_thread(section, document, hooks, level=rank + 1)
    return section


def _add_notes(section: Element, document: Document, hooks: HtmlHooks, *, level: int) -> None:
    notes = add(section, "section", class_="notes", role="doc-endnotes")
    notes.set("aria-labelledby", f"{hooks.anchor}-notes")
    add(notes, f"h{level}", hooks.words.notes, id=f"{hooks.anchor}-notes", class_="generated")
    for note in document.notes:
        hooks.add_note(notes, note)


# ------------------------------------------------------------------------- comments


def _add_thread(section: Element, document: Document, hooks: HtmlHooks, *, level: int) -> None:
    """Append the comments of ``document``; the replies to each can be folded away."""
    name = f"{hooks.anchor}-comments"
    thread = add(section, "section", class_="comments", id=name)
    thread.set("aria-labelledby", f"{name}-heading")
    said = hooks.words
    heading = add(thread, f"h{level}", said.comments, id=f"{name}-heading", class_="generated")
    found, declared = len(document.comments), document.declared_comments
    both = said.found_of.format(found=found, declared=declared)
    add_text(heading, f" ({found if declared in (None, found) else both})")
    shown = entries(document.comments)
    around = lineages(shown, levels=ON_SCREEN)

    def locate(comment: Comment) -> str:
        return f"#{hooks.comments[comment.id]}"

    def article(parent: Element, entry: Entry) -> Element:
        place = _replies(parent)
        return add_comment(
            place, entry, hooks, name=hooks.comments[entry.comment.id], locate=locate
        )

    add_nested(thread, shown, around, article, level=_add_level)
    _count_replies(thread, said)


def _add_level(parent: Element) -> Element:
    return add(_replies(parent), "div", class_="level")


def _replies(parent: Element) -> Element:
    """Return where the replies to a comment stand; at top level that is the thread itself."""
    if parent.tag != f"{{{XHTML}}}article":
        return parent
    if parent[-1].get("class") == "replies":
        return parent[-1]
    details = add(parent, "details", class_="replies")
    details.set("open", "open")
    add(details, "summary", class_="generated")
    return details


def _count_replies(thread: Element, said: Words) -> None:
    """Say on each fold how many comments are in it."""
    for details in thread.iter(f"{{{XHTML}}}details"):
        count = sum(1 for _ in details.iter(f"{{{XHTML}}}article"))
        details[0].text = (said.reply if count == 1 else said.replies).format(count=count)


def _demote_sections(main: Element) -> None:
    """Make sections without heading plain divisions, as validators want them.

    See https://html.spec.whatwg.org/#the-section-element.
    """
    for section in main.iter(f"{{{XHTML}}}section"):
        named = section.get("aria-label") or section.get("aria-labelledby")
        if not named and not (len(section) and section[0].tag in _RANKS):
            section.tag = f"{{{XHTML}}}div"
