"""Nodes nested too deep for layout engines are set level, and nothing is left out."""

from converter.model import (
    Block,
    Cell,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    NoteRef,
    Paragraph,
    Quote,
    Row,
    Section,
    Table,
    Text,
)
from converter.walk import calls, children, plain_text
from converter.writers.depth import shallow


def test_a_document_that_nests_little_stays_as_it_is() -> None:
    document = Document("d", children=(Quote((List((ListItem((words("one"),)),)),)),))
    assert shallow(document) == document


def test_deep_blocks_of_every_kind_keep_their_words_and_order() -> None:
    block: Block = words("innermost")
    for level in range(80):
        block = nested(level, block)
    document = Document("d", children=(block,))
    assert letters(shallow(document)) == letters(document)
    assert depth(shallow(document)) < depth(document) / 3


def test_deep_emphasis_and_links_keep_their_words_and_calls_in_order() -> None:
    inline: Inline = Text("innermost")
    for level in range(300):
        inner = (Text(f"level{level}"), inline, NoteRef(f"n{level}"))
        inline = Link(inner, "https://example.org/") if level % 2 else Emphasis(inner)
    document = Document("d", title=(inline,), children=(Quote((Paragraph((inline,)),)),))
    assert letters(shallow(document)) == letters(document)
    assert calls(shallow(document)) == calls(document)
    assert depth(shallow(document)) < 30


def nested(level: int, block: Block) -> Block:
    """Return ``block`` inside a block of another kind for each of six levels."""
    text = words(f"level{level}")
    match level % 6:
        case 0:
            return Quote((text, block))
        case 1:
            return List((ListItem((text, block), marker=f"{level})"),))
        case 2:
            return Section((text, block), Heading((Text(f"heading{level}"),)))
        case 3:
            return DefinitionList((Definition((Text(f"term{level}"),), (block,)),))
        case 4:
            return Table((Row((Cell((text, block)),)),), (Text(f"caption{level}"),))
        case _:
            return Quote((block, text))


def letters(document: Document) -> str:
    return plain_text([document]).replace(" ", "")


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def depth(document: Document) -> int:
    deepest, waiting = 0, [(document, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in children(node)]  # type: ignore[misc]
    return deepest
