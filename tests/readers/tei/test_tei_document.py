from converter.model import LineBreak, List, NoteRef, PageBreak, Text
from converter.walk import plain_text


def test_number_and_title_come_from_the_division(reader):
    document = reader.document("<head>Memorandum<lb/>to Ida</head>", 'xml:id="d1" n="17a"')
    assert document.number == "17a"
    assert document.title == (Text("Memorandum"), LineBreak(), Text("to Ida"))


def test_a_title_that_begins_with_the_number_loses_it(reader):
    document = reader.document("<head>25. Memorandum</head>", 'n="25"')
    assert (document.number, document.title) == ("25", (Text("Memorandum"),))
    assert reader.ledgers[0].words == 2


def test_a_title_that_begins_with_another_number_keeps_it(reader):
    document = reader.document("<head>1. Article</head>", 'n="25"')
    assert plain_text(document.title) == "1. Article"


def test_a_document_without_a_heading_has_no_title(reader):
    document = reader.document("<p>a</p>")
    assert (document.title, document.front) == ((), ())


def test_what_stands_above_the_heading_is_front_matter(reader):
    document = reader.document(
        '<pb n="7"/><note rend="inline" type="source">File 7: Telegram</note><head>A</head>'
    )
    page, source = document.front
    assert isinstance(page, PageBreak)
    assert (source.role, plain_text([source])) == ("source", "File 7: Telegram")


def test_a_note_called_in_the_title_is_a_note_of_the_document(reader):
    document = reader.document('<head>A<note n="1" xml:id="d1fn1">b</note></head>')
    assert isinstance(document.title[1], NoteRef)
    assert plain_text(document.notes[0].children) == "b"


def test_notes_stand_in_the_order_of_their_calls_and_those_within_notes_behind(reader):
    document = reader.document(
        '<head>A<note n="1">one<note n="*">within</note></note></head>'
        '<table><row><cell>b<note n="2">two</note></cell></row></table>'
    )
    assert [(note.label, plain_text(note.children)) for note in document.notes] == [
        ("1", "one"),
        ("2", "two"),
        ("*", "within"),
    ]


def test_a_note_holds_paragraphs_lists_and_pages(reader):
    document = reader.document(
        '<p>a<note n="1"><p>one <pb n="7"/> two</p><list><item>b</item></list></note></p>'
    )
    first, second = document.notes[0].children
    assert isinstance(first.children[1], PageBreak)
    assert isinstance(second, List)


def test_the_date_is_that_of_the_dateline(reader):
    dateline = '<dateline>Skarn, <date when="1921-03-04">March 4</date></dateline>'
    assert reader.document(f"<opener>{dateline}</opener>").date == "1921-03-04"
    assert reader.document(f"<closer>{dateline}</closer>").date == "1921-03-04"


def test_the_dates_of_enclosures_and_notes_are_not_that_of_the_document(reader):
    dateline = '<dateline><date when="1921-03-04">March 4</date></dateline>'
    assert reader.document(f"<frus:attachment>{dateline}</frus:attachment>").date == ""


def test_without_a_dateline_the_date_is_what_the_editors_say(reader):
    attributes = 'xml:id="d1" frus:doc-dateTime-min="1921-03-04T00:00:00Z"'
    assert reader.document("<p>a</p>", attributes).date == "1921-03-04T00:00:00Z"


def test_a_subject_right_below_the_title_is_that_of_the_document(reader):
    document = reader.document(
        '<head>A</head><list type="subject"><head>Subject</head><item>The pier</item></list>'
        "<p>b</p>"
    )
    assert document.subject == (Text("The pier"),)
    assert plain_text(document.children) == "b"
    assert reader.ledgers[0].structure == 1


def test_several_subjects_stay_a_list(reader):
    document = reader.document(
        '<head>A</head><list type="subject"><item>a</item><item>b</item></list>'
    )
    assert document.subject == ()
    assert isinstance(document.children[0], List)


def test_a_document_knows_its_volume(reader):
    document = reader.document("<p>a</p>")
    assert document.collection == "Harbour Papers, Volume I"
    assert document.authors == ("Ida Brandt",)


def test_places_are_lines_and_ids_of_the_source(reader):
    document = reader.document('<p xml:id="p1">a</p>')
    prov = document.children[0].prov
    assert (str(prov), prov.element) == ("harbour.xml:4", "p1")
