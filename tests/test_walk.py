from typing import get_args

from converter.model import (
    AnyNode,
    Cell,
    Comment,
    Document,
    Emphasis,
    Heading,
    LineBlock,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Prov,
    Quote,
    Row,
    Section,
    Table,
    Text,
)
from converter.walk import (
    CHILDREN,
    calls,
    is_deeper,
    page_labels,
    places,
    plain_text,
    rewrite,
    thread_numbers,
    walk,
)


def paragraph(*texts):
    return Paragraph(tuple(Text(text) for text in texts))


def test_plain_text_sets_blocks_apart_and_joins_inlines():
    nodes = [
        Paragraph((Text("light"), Emphasis((Text("house"),)), NoteRef("n1"), Text(" at"))),
        PageBreak("3"),
        Paragraph((Text("sea"), LineBreak(), Text("level"))),
        Table((Row((Cell((paragraph("a"),)), Cell((paragraph("b"),)))),)),
        LineBlock(((Text("one"),), (Text("two"),))),
    ]
    assert plain_text(nodes) == "lighthouse at sea level a b one two"


def test_plain_text_joins_a_word_that_a_page_break_cuts():
    assert plain_text([Paragraph((Text("lan"), PageBreak("4"), Text("tern")))]) == "lantern"


def test_front_title_subject_and_body_are_apart_in_a_documents_text():
    document = Document(
        id="d",
        front=(paragraph("File 3"),),
        title=(Text("On Oil"),),
        subject=(Text("Price"),),
        children=(paragraph("It rose."),),
    )
    assert plain_text([document]) == "File 3 On Oil Price It rose."


def test_walk_is_not_bounded_by_the_recursion_limit():
    node = paragraph("deep")
    for _ in range(20_000):
        node = Quote((node,))
    assert sum(1 for _ in walk([node])) == 20_002


def test_calls_are_counted_in_titles_notes_and_comments():
    document = Document(
        id="d",
        title=(NoteRef("n1"),),
        notes=(
            Note("n1", "1", (Paragraph((NoteRef("n2"),)),)),
            Note("n2", "2", ()),
            Note("n3", "3", ()),
        ),
        comments=(Comment("c1", (Paragraph((NoteRef("n1"),)),)),),
    )
    assert calls(document) == {"n1": 2, "n2": 1, "n3": 0}


def test_thread_numbers_count_within_each_parent():
    thread = [
        Comment("a", ()),
        Comment("b", (), parent="a"),
        Comment("c", (), parent="b"),
        Comment("d", (), parent="a"),
        Comment("e", ()),
        Comment("f", (), depth=3, orphan=True),
    ]
    assert list(thread_numbers(thread).values()) == ["1", "1.1", "1.1.1", "1.2", "2", "3"]


def test_page_labels_come_in_reading_order():
    document = Document(
        id="d",
        title=(PageBreak("1"),),
        children=(PageBreak("2"), Paragraph((PageBreak("iii"),))),
        notes=(Note("n", "1", (PageBreak("4"),)),),
    )
    assert page_labels(document) == ("1", "2", "iii", "4")


def test_rewrite_reaches_every_text_and_tells_where_it_came_from():
    here = Prov("memo.txt", 7)
    document = Document(
        id="d",
        title=(Text("x"),),
        subject=(Text("x"),),
        front=(paragraph("x"),),
        children=(
            Section((paragraph("x"),), heading=Heading((Text("x"),))),
            List((ListItem((Quote((paragraph("x"),)),)),)),
            Table((Row((Cell((paragraph("x"),)),)),), caption=(Text("x"),)),
            LineBlock(((Text("x"), Link((Text("x"),), "https://example.org")),)),
            Paragraph((Emphasis((Text("x"),)),), prov=here),
        ),
        notes=(Note("n", "1", (paragraph("x"),)),),
        comments=(Comment("c", (paragraph("x"),)),),
        source="memo.txt",
    )
    seen = []

    def shout(node, prov):
        if isinstance(node, Text):
            seen.append(prov)
            return (Text("Y"),)
        return (node,)

    assert set(plain_text([rewrite(document, shout)])) == {"Y", " "}
    assert here in seen
    assert Prov("memo.txt") in seen


def test_depth_is_that_of_the_deepest_node():
    quote = Quote((Paragraph((Text("a"),)),))
    assert is_deeper(Document("memo", children=(quote,)), 3)
    assert not is_deeper(Document("memo", children=(quote,)), 4)


def test_cells_cover_the_places_that_they_span_within_their_table():
    cell = Cell((), colspan=3, rowspan=2)
    assert places(Table((Row((cell, Cell(()))), Row((cell,))))) == 6 + 1 + 3


def test_children_are_known_of_every_kind_of_node():
    assert set(CHILDREN) == set(get_args(AnyNode))
