"""A book such as editions can hold, whoever wrote the model."""

from converter.model import (
    Book,
    Comment,
    CommentRef,
    Document,
    Emphasis,
    Link,
    Note,
    NoteRef,
    Paragraph,
    Part,
    Prov,
    Quote,
    Reference,
    Text,
)
from converter.report import Report
from converter.writers.sound import sound


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def book(*documents: Document) -> Book:
    return Book("A Book", (Part(documents),))


def test_a_sound_book_stays_as_it_is() -> None:
    given = book(Document("a", notes=(Note("n1", "1", ()),)), Document("b"))
    report = Report()
    assert sound(given, report) == given
    assert report.messages == []


def test_ids_that_come_twice_are_told_apart_with_a_message() -> None:
    notes = tuple(Note(name, "1", (words("one"),)) for name in ("n", "n", "again-2", "n"))
    comments = (Comment("c", ()), Comment("c", ()), Comment("reply", (), parent="c"))
    called = Paragraph((NoteRef("n"),))
    report = Report()
    given = book(Document("a", children=(called,), notes=notes, comments=comments))
    (found,) = sound(given, report).documents
    assert [note.id for note in found.notes] == ["n", "again-3", "again-2", "again-4"]
    assert [comment.id for comment in found.comments] == ["c", "again-2", "reply"]
    assert (found.children, found.comments[2].parent) == ((called,), "c")
    assert [str(message) for message in report.messages] == [
        f"warning: there is more than one {name}: links to it lead to the first [duplicate-id]"
        for name in ("note 'n'", "note 'n'", "comment 'c'")
    ]


def test_addresses_that_are_none_are_told_with_their_place() -> None:
    linked = Paragraph((Link((Text("Ann"),), "javascript:x"),), prov=Prov("a.txt", 3))
    good = Comment("c1", (), url="https://example.org/#c1")
    bad = Comment("c2", (), url="not there", prov=Prov("a.txt", 9))
    report = Report()
    sound(book(Document("a", children=(linked,), comments=(good, bad))), report)
    assert [(message.code, str(message.prov)) for message in report.messages] == [
        ("bad-address", "a.txt:3"),
        ("bad-address", "a.txt:9"),
    ]


def test_nodes_are_set_level() -> None:
    block = words("innermost")
    for _ in range(50):
        block = Quote((block,))
    (found,) = sound(book(Document("a", children=(block,))), Report()).documents
    assert found.children != (block,)


def test_calls_of_what_is_not_there_are_told_and_left_out() -> None:
    text = (Text("One"), NoteRef("lost"), Emphasis((CommentRef("c"), CommentRef("gone"))))
    comments = (Comment("c", (), kind="review"),)
    report = Report()
    given = Document("a", children=(Paragraph(text, prov=Prov("a.txt", 3)),), comments=comments)
    (found,) = sound(book(given), report).documents
    assert found.children == (
        Paragraph((Text("One"), Emphasis((CommentRef("c"),))), prov=Prov("a.txt", 3)),
    )
    assert [str(message) for message in report.messages] == [
        "a.txt:3: warning: there is no note 'lost' to call [missing-note]",
        "a.txt:3: warning: there is no comment 'gone' to lead to [missing-comment]",
    ]


def test_links_without_a_text_are_told() -> None:
    links = (Link((), "https://example.org/"), Reference((), "b"))
    report = Report()
    sound(book(Document("a", children=(Paragraph(links),)), Document("b")), report)
    assert [str(message) for message in report.messages] == [
        f"warning: the link to {whither!r} has no text to be seen by [empty-link]"
        for whither in ("https://example.org/", "b")
    ]
