"""The ids of pages, notes and documents in editions of one file."""

import pytest

from converter.model import Document, Note, PageBreak, Reference
from converter.writers.targets import PageNames, target, targets

LABELS = ("*", "†", "12", "12", "", "", "†")
MEMO = Document(
    "memo",
    children=tuple(map(PageBreak, LABELS)),
    notes=(Note("n1", "1", ()),),
)


@pytest.fixture
def names():
    return targets([Document("first"), MEMO])


def test_pages_have_an_id_each_whatever_their_labels_are_made_of(names):
    pages = PageNames(MEMO, names)
    taken = [pages.take(label) for label in LABELS]
    assert len(set(taken)) == len(LABELS)
    assert all(name.replace("-", "").replace("_", "").isalnum() for name in taken)


@pytest.mark.parametrize("label", ["*", "†", "12"])
def test_a_reference_to_a_page_leads_to_the_first_that_has_its_label(names, label):
    pages = PageNames(MEMO, names)
    taken = [pages.take(each) for each in LABELS]
    assert target(Reference((), "memo", page=label), names) == taken[LABELS.index(label)]


def test_a_reference_to_what_a_document_lacks_leads_to_the_document(names):
    assert target(Reference((), "memo", note="n1"), names) == "d2-n1"
    assert target(Reference((), "memo", note="n9"), names) == "d2"
    assert target(Reference((), "nowhere"), names) is None
