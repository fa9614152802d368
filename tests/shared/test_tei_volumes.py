"""Whole volumes in TEI, held against what plain XPath counts in the same files.

The two smallest, so that the test stays short.
"""

import json
from collections import Counter

import pytest
from lxml import etree

from converter.inspection import calls_of
from converter.model import Reference
from converter.readers.tei import read
from converter.report import Report
from converter.source import open_source
from converter.walk import page_labels, plain_text, walk

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
CALLED = "not(@rend='inline' or @rend='center') and @n"


@pytest.fixture(scope="module", params=["frus1894Nicaragua", "frus1872p2v5"])
def name(request):
    return request.param


@pytest.fixture
def text(shared, name):
    """Return the text element of a volume."""
    root = etree.parse(shared / "frus" / "tei" / f"{name}.xml").getroot()
    (text,) = root.xpath("t:text", namespaces=TEI)
    return text


@pytest.fixture
def readings(shared, name):
    """Return the documents of the same volume, each with what was reported of it."""
    report = Report()
    source = open_source(shared / "frus" / "tei" / f"{name}.xml")
    return [(document, report.cut()) for document in read(source, report)]


def squeezed(text):
    return "".join(letter for letter in text.lower() if letter.isalnum())


def test_every_note_and_page_is_in_exactly_one_document(text, readings):
    documents = [document for document, _ in readings]
    notes = [
        (note.get(ID), note.get("n")) for note in text.xpath(f"//t:note[{CALLED}]", namespaces=TEI)
    ]
    assert Counter((note.id, note.label) for each in documents for note in each.notes) == Counter(
        notes
    )
    pages = [page.get("n") for page in text.xpath("//t:pb", namespaces=TEI)]
    assert [label for document in documents for label in page_labels(document)] == pages
    for document in documents:
        assert [len(places) for places in calls_of(document).values()] == [1] * len(document.notes)


def test_every_word_is_accounted_for(text, readings):
    words = sum(len(each.split()) for each in text.itertext())
    assert sum(findings.ledger.words for _, findings in readings) == words
    assert all(findings.ledger.balanced for _, findings in readings)
    assert {message.code for _, findings in readings for message in findings.messages} <= {
        "gap",
        # The volumes lie here without their pictures.
        "missing-image",
        "reference-unresolved",
    }


def test_every_document_has_its_number_and_title(text, readings):
    documents = {document.id: document for document, _ in readings}
    for division in text.xpath("//t:div[@type='document'][@xml:id]", namespaces=TEI):
        document = documents[division.get(ID)]
        words = division.xpath(
            "t:head[1]//text()[not(ancestor::t:note[@n])]", namespaces=TEI, smart_strings=False
        )
        assert document.number == division.get("n")
        assert squeezed(plain_text(document.title)) == squeezed("".join(words))


def test_every_reference_leads_to_a_document_note_or_page_of_the_volume(readings):
    documents = {document.id: document for document, _ in readings}
    for node in walk(documents.values()):
        if isinstance(node, Reference):
            target = documents[node.document]
            assert not node.page or node.page in page_labels(target)
            assert not node.note or node.note in {note.id for note in target.notes}


def test_calls_and_pages_stand_where_the_dumps_have_them(shared, name, readings):
    truth_file = shared / "frus" / "dumps" / f"{name}.truth.jsonl"
    documents = {document.id: document for document, _ in readings}
    for line in truth_file.read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        document = documents[truth["id"]]
        assert list(page_labels(document)) == [page["n"] for page in truth["pages"]]
        calls = Counter(
            (squeezed(plain_text(note.children)), squeezed(place.before)[-16:])
            for note in document.notes
            for place in calls_of(document)[note.id]
        )
        assert calls == Counter(
            (squeezed(note["text"]), note["before"][-16:]) for note in truth["notes"]
        )
