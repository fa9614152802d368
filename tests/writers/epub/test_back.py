"""The index of names and the list of all notes, which a user may ask for."""

from converter.model import Book, Document, Name, Note, NoteRef, Paragraph, Part, Text
from converter.options import EpubOptions, Options
from converter.verify import judge

ANN = Name((Text("Ann Example"),), "person", "ann")
MISS = Name((Text("Miss Example"),), "person", "ann")
OSLO = Name((Text("Ósló"), NoteRef("n1")), "place")
TOLL = Name((Text("toll"),), "term")


def document(name, *nodes, number=""):
    note = Note("n1", "*", (Paragraph((Text("word " * 100),)),))
    return Document(
        name, title=(Text(name),), number=number, children=(Paragraph(nodes),), notes=(note,)
    )


BOOK = Book(
    "A Book",
    (Part((document("one", OSLO, ANN, TOLL, ANN, number="7"), document("two", MISS, ANN))),),
    language="en",
    identifier="urn:example:book",
)


def wanted(**options):
    return Options(epub=EpubOptions(**options))


def test_without_being_asked_an_edition_has_neither(desk):
    edition = desk.write_book(BOOK)
    assert not {"names.xhtml", "notes.xhtml"} & set(edition.spine)
    assert not desk.find(edition.tree("0001-one.xhtml"), "//h:span[@id]")


def test_the_index_has_each_name_once_with_the_documents_that_it_is_in(desk, epubcheck):
    edition = desk.write_book(BOOK, options=wanted(index=True))
    assert edition.spine[-1] == "names.xhtml"
    index = edition.tree("names.xhtml")
    entries = [desk.text_of(entry) for entry in desk.find(index, "//h:li")]
    assert entries == ["Ann Example, 7, two", "Ósló, 7"]
    for link in desk.find(index, "//h:a"):
        assert edition.target("names.xhtml", link.get("href")).get("class").startswith("name ")
    assert epubcheck(edition) == []


def test_the_index_is_in_the_contents_and_among_the_features(desk):
    edition = desk.write_book(BOOK, options=wanted(index=True))
    assert desk.find(edition.tree("nav.xhtml"), "//h:a[@href='names.xhtml']")
    features = [each.text for each in desk.find(edition.package, "//opf:meta[@property]")]
    assert "index" in features


def test_a_book_without_names_has_no_index(desk):
    edition = desk.write(document("one", Text("Nobody.")), options=wanted(index=True))
    assert "names.xhtml" not in edition.spine


def test_the_list_of_notes_leads_to_each_by_its_mark_and_first_words(desk, epubcheck):
    edition = desk.write_book(BOOK, options=wanted(notes=True))
    notes = edition.tree("notes.xhtml")
    entries = [desk.text_of(entry) for entry in desk.find(notes, "//h:li")]
    assert entries == ["* " + "word " * 32 + "…"] * 2
    (first, _) = desk.find(notes, "//h:li/h:a")
    assert edition.target("notes.xhtml", first.get("href")).get("class") == "note"
    assert epubcheck(edition) == []


def test_a_list_of_many_notes_is_cut_and_none_of_its_files_is_large(desk):
    notes = tuple(Note(f"n{n}", str(n), (Paragraph((Text("word " * 50),)),)) for n in range(500))
    documents = [Document(name, title=(Text(name),), notes=notes) for name in ("a", "b", "c")]
    edition = desk.write(*documents, options=wanted(notes=True))
    lists = [name for name in edition.spine if name.startswith("notes")]
    assert lists == ["notes.xhtml", "notes-2.xhtml", "notes-3.xhtml"]
    assert all(len(edition.files[f"EPUB/{name}"]) < 300_000 for name in lists)


def test_what_stands_behind_the_text_is_known_to_be_no_text_of_the_source(desk):
    edition = desk.write_book(BOOK, options=wanted(index=True, notes=True))
    assert judge(edition.path, BOOK).differences == ()
