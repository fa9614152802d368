"""Whatever the model holds, the edition is sound."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converter.model import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Comment,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBlock,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Quote,
    Reference,
    Row,
    Rule,
    Section,
    Table,
    Text,
)

NAMES = ("a", "b", "ä ö", "")
WORDS = st.text(max_size=12)
SPANS = st.sampled_from((1, 2, 0, -1, 70_000))


def tuples(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most).map(tuple)


LEAVES: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, WORDS),
    st.builds(Code, WORDS),
    st.builds(Math, WORDS),
    st.builds(LineBreak),
    st.builds(Image, WORDS, WORDS),
    st.builds(NoteRef, st.sampled_from(NAMES)),
    st.builds(PageBreak, WORDS),
)
INLINES = tuples(
    st.recursive(
        LEAVES,
        lambda inner: st.one_of(
            st.builds(Emphasis, tuples(inner)),
            st.builds(Link, tuples(inner), st.just("https://example.org/") | WORDS),
            st.builds(Reference, tuples(inner), st.sampled_from(("doc", "none")), WORDS, WORDS),
        ),
        max_leaves=4,
    )
)
BLOCKS: st.SearchStrategy[tuple[Block, ...]] = tuples(
    st.recursive(
        st.one_of(
            st.builds(Paragraph, INLINES),
            st.builds(Heading, INLINES, st.integers(1, 9)),
            st.builds(LineBlock, tuples(INLINES)),
            st.builds(CodeBlock, WORDS),
            st.builds(Rule),
            st.builds(PageBreak, WORDS),
        ),
        lambda inner: st.one_of(
            st.builds(Quote, tuples(inner)),
            st.builds(Section, tuples(inner), st.none() | st.builds(Heading, INLINES)),
            st.builds(List, tuples(st.builds(ListItem, tuples(inner), WORDS)), st.booleans()),
            st.builds(DefinitionList, tuples(st.builds(Definition, INLINES, tuples(inner)))),
            st.builds(
                Table,
                tuples(
                    st.builds(
                        Row, tuples(st.builds(Cell, tuples(inner), st.booleans(), SPANS, SPANS))
                    )
                ),
            ),
            st.builds(Figure, st.builds(Image, WORDS), tuples(inner)),
        ),
        max_leaves=5,
    )
)


@st.composite
def documents(draw):
    notes = [
        Note(name, draw(WORDS), draw(BLOCKS))
        for name in draw(st.lists(st.sampled_from(NAMES), max_size=4))
    ]
    comments = []
    for position in range(draw(st.integers(0, 6))):
        parents = (
            st.sampled_from([comment.id for comment in comments]) if comments else st.nothing()
        )
        parent = draw(st.none() | parents)
        depth = draw(st.integers(1, 4))
        orphan = parent is None and draw(st.booleans())
        comment = Comment(
            f"c {position}", draw(BLOCKS), parent, depth, orphan, author=draw(st.none() | WORDS)
        )
        comments.append(comment)
    return Document(
        "doc",
        draw(INLINES),
        draw(WORDS),
        draw(INLINES),
        draw(BLOCKS),
        draw(BLOCKS),
        tuple(notes),
        tuple(comments),
        language=draw(WORDS),
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(document=documents())
def test_ids_are_unique_links_lead_somewhere_and_comments_stay_in_order(desk, document):
    page = desk.write(document).only
    ids = desk.find(page, "//@id")
    assert len(ids) == len(set(ids))
    links = [link for link in desk.find(page, "//h:a/@href") if link.startswith("#")]
    assert {link[1:] for link in links} <= set(ids)
    assert desk.find(page, "//h:a//h:a") == []
    articles = [name for name in ids if name.startswith("comment.")]
    assert articles == [f"comment.{n}" for n in range(1, len(document.comments) + 1)]
