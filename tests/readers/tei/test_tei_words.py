"""Whatever stands in whatever: no word, note or page is lost, and none is made up."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from converter.readers import tei
from converter.readers.tei.blocks import BLOCKS
from converter.readers.tei.elements import is_call
from converter.readers.tei.inlines import INLINES
from converter.report import Report
from converter.source import Source
from converter.walk import calls, page_labels

NAMES = sorted({*BLOCKS, *INLINES, "div", "wave", "front", "teiHeader"})
ATTRIBUTES = st.sampled_from(
    [
        {},
        {"n": "1"},
        {"type": "document", "n": "1"},
        {"type": "subject"},
        {"type": "gloss"},
        {"rend": "italic blockquote"},
        {"target": "#a", "url": "a.png"},
        {"place": "foot"},
        {"notation": "tex"},
    ]
)
TEXTS = st.sampled_from([None, " ", "ebb", " 1. ", "1. flood tide\n"])


def element(name, attributes, text, children):
    node = etree.Element(name, attributes)
    node.text = text
    for child, tail in children:
        child.tail = tail
        node.append(child)
    return node


TREES = st.recursive(
    st.builds(element, st.sampled_from(NAMES), ATTRIBUTES, TEXTS, st.just(())),
    lambda inner: st.builds(
        element,
        st.sampled_from(NAMES),
        ATTRIBUTES,
        TEXTS,
        st.lists(st.tuples(inner, TEXTS), max_size=4),
    ),
    max_leaves=12,
)


FILES = st.lists(st.tuples(TREES, TEXTS), max_size=4)


def read(trees):
    """Return the body of a file, and the documents read from it, each with its findings."""
    body = element("body", {}, "slack", trees)
    data = etree.tostring(element("TEI", {}, None, [(body, None)]))
    report = Report()
    source = Source("fuzz.xml", data)
    return body, [(document, report.cut()) for document in tei.read(source, report)]


@settings(deadline=None, max_examples=200)
@given(FILES)
def test_every_word_is_kept_or_dropped_with_a_reason(trees):
    body, readings = read(trees)
    assert all(findings.ledger.balanced for _, findings in readings)
    assert not any(each.level == "error" for _, found in readings for each in found.messages)
    words = sum(len(text.split()) for text in body.itertext())
    assert sum(findings.ledger.words for _, findings in readings) == words


@settings(deadline=None, max_examples=200)
@given(FILES)
def test_every_page_and_note_is_in_one_document_and_every_note_is_called(trees):
    body, readings = read(trees)
    documents = [document for document, _ in readings]
    pages = [page.get("n", "") for page in body.iter("pb")]
    assert sorted(label for each in documents for label in page_labels(each)) == sorted(pages)
    calling = [each for each in body.iter("note", "app") if is_call(each) or each.tag == "app"]
    notes = [note for document in documents for note in document.notes]
    marked = [note for note in body.iter("note") if note.get("n") or note.get("place")]
    assert len(marked) <= len(notes) <= len(calling)
    for document in documents:
        assert all(count == 1 for count in calls(document).values())
