import json

import jsonschema
import msgspec
import pytest

from converter import model
from converter.model import (
    Book,
    Comment,
    Document,
    Emphasis,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Prov,
    Section,
    Text,
)

MEMO = Document(
    id="memo",
    title=(Text("On Lamp Oil"), NoteRef("n1", 0.9)),
    number="12",
    children=(
        Paragraph((Text("Oil is "), PageBreak("90"), Emphasis((Text("dear"),)), NoteRef("n1"))),
        PageBreak("xii"),
    ),
    notes=(Note("n1", "*", (Paragraph((Text("See the ledger."),), prov=Prov("a.txt", 9)),)),),
    comments=(
        Comment("c1", (Paragraph((Text("Hear, hear."),)),), author="Ann", likes=3),
        Comment("c2", (), parent="c1", depth=2),
    ),
)
BOOK = Book("Memoranda", (Part((MEMO,), "Oil"),), authors=("The Lamp Board",))


def test_a_book_survives_its_json_form():
    assert model.from_json(model.to_json(BOOK)) == BOOK


def test_equal_books_make_equal_bytes():
    assert model.to_json(BOOK) == model.to_json(model.from_json(model.to_json(BOOK)))


def test_a_value_that_was_computed_makes_the_bytes_of_the_default_that_it_equals():
    given = (NoteRef("n1"), Section(()), Comment("c1", ()))
    computed = (
        NoteRef("n1", float("1")),
        Section((), kind="".join(("sec", "tion"))),
        Comment("c1", (), kind="".join(("com", "ment"))),
    )
    assert given == computed
    assert msgspec.json.encode(given) == msgspec.json.encode(computed)


def test_the_json_form_fits_the_published_schema():
    jsonschema.validate(json.loads(model.to_json(BOOK)), model.json_schema())


def test_the_published_schema_is_that_of_the_code():
    published = json.loads(model.SCHEMA_FILE.read_bytes())
    assert published == model.json_schema(), "run python -m converter.model to publish it anew"


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (b'{"version":2,"book":{"type":"book","title":"x","parts":[]}}', "version"),
        (b'{"version":1,"book":{"type":"book","title":"x"}}', "parts"),
        (b'{"version":1,"book":{"type":"book","title":"x","parts":[],"colour":1}}', "colour"),
    ],
)
def test_json_that_is_no_model_is_refused_with_the_place(broken, complaint):
    with pytest.raises(msgspec.ValidationError, match=complaint):
        model.from_json(broken)


def test_nodes_cannot_be_changed():
    with pytest.raises(AttributeError):
        MEMO.children[0].children[0].text = "other"
