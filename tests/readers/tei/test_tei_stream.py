import pytest

from converter.errors import SourceError
from converter.model import PageBreak, Paragraph, Text
from converter.walk import page_labels, plain_text

LETTER = '<div type="document" xml:id="{0}"><head>Letter {0}</head><p>{0} words</p></div>'


def letter(name):
    return LETTER.format(name)


def ids(documents):
    return [document.id for document in documents]


def parts(documents):
    return {document.id: document.part for document in documents}


def test_each_document_of_a_volume_is_one(reader):
    documents = reader.volume(f"<body>{letter('d1')}{letter('d2')}</body>")
    assert [(each.id, each.source) for each in documents] == [
        ("d1", "harbour.xml#d1"),
        ("d2", "harbour.xml#d2"),
    ]


def test_divisions_around_documents_are_parts_of_the_book(reader):
    documents = reader.volume(
        "<body><div type='compilation'><head>North</head>"
        f"<div type='chapter'><head>Piers<lb/>and locks</head>{letter('d1')}</div>"
        f"<div type='chapter'><head>Tides</head>{letter('d2')}</div></div></body>"
    )
    assert parts(documents) == {"d1": ("North", "Piers and locks"), "d2": ("North", "Tides")}


def test_the_heading_of_a_part_counts_as_kept_with_its_first_document(reader):
    reader.volume(f"<body><div><head>North</head>{letter('d1')}{letter('d2')}</div></body>")
    assert [(each.words, each.kept) for each in reader.ledgers] == [(5, 5), (4, 4)]


def test_the_introduction_of_a_chapter_is_a_document_of_its_own(reader):
    intro, first = reader.volume(
        f"<body><div xml:id='ch1'><head>North</head><p>On piers.</p>{letter('d1')}</div></body>"
    )
    assert (intro.id, intro.title, intro.part) == ("ch1", (Text("North"),), ("North",))
    assert plain_text(intro.children) == "On piers."
    assert first.part == ("North",)


def test_a_chapter_whose_heading_calls_a_note_has_an_introduction_to_hold_it(reader):
    intro, first = reader.volume(
        "<body><div xml:id='ch1'><head>North<note n='1'>See South.</note></head>"
        f"{letter('d1')}</div></body>"
    )
    assert [plain_text(note.children) for note in intro.notes] == ["See South."]
    assert first.part == ("North",)


def test_a_chapter_without_documents_is_one(reader):
    north, south, _ = reader.volume(
        "<body><div type='chapter' xml:id='n'><head>North</head><p>See South.</p></div>"
        f"<div type='part' xml:id='s'><head>South</head></div>{letter('d1')}</body>"
    )
    assert (north.id, plain_text(north.title), north.part) == ("n", "North", ())
    assert (south.id, plain_text(south.title), south.part) == ("s", "South", ("South",))


def test_front_and_back_matter_are_documents(reader):
    documents = reader.volume(
        "<front><titlePage><figure><graphic url='seal.png'/></figure>"
        "<docTitle><titlePart>Harbour Papers</titlePart><titlePart>Volume I</titlePart></docTitle>"
        "<docImprint>Skarn</docImprint></titlePage>"
        "<div xml:id='preface'><head>Preface</head><p>a</p></div></front>"
        f"<body>{letter('d1')}</body>"
        "<back><div xml:id='index'><head>Index</head><list><item>Pier</item></list></div></back>"
    )
    assert ids(documents) == ["titlepage", "preface", "d1", "index"]
    assert plain_text(documents[0].title) == "Harbour Papers Volume I"
    assert plain_text(documents[0].children) == "Skarn"


def test_a_page_between_documents_is_a_document_in_the_part_that_follows(reader):
    documents = reader.volume(
        f"<body><div><head>North</head>{letter('d1')}</div><pb n='7' xml:id='pg_7'/>"
        f"<div><head>South</head>{letter('d2')}</div><pb n='8' xml:id='pg_8'/></body>"
    )
    assert parts(documents) == {
        "d1": ("North",),
        "pg_7": ("South",),
        "d2": ("South",),
        "pg_8": ("South",),
    }
    assert [page_labels(each) for each in documents] == [(), ("7",), (), ("8",)]


def test_a_page_behind_an_introduction_is_not_part_of_it(reader):
    documents = reader.volume(
        "<body><div xml:id='ch1'><pb n='6'/><head>North</head><p>a</p><pb n='7' xml:id='pg_7'/>"
        f"{letter('d1')}</div></body>"
    )
    assert ids(documents) == ["ch1", "pg_7", "d1"]
    assert page_labels(documents[0]) == ("6",)


def test_a_document_within_a_document_comes_behind_it(reader):
    outer, inner, innermost = reader.document_and_others(
        "<head>Letter</head><frus:attachment><head>Enclosure</head>"
        "<div type='document'><head>Treaty</head><p>b<note n='1'>c</note></p>"
        "<div type='document'><p>d</p></div></div></frus:attachment><p>e</p>"
    )
    assert [each.id for each in (outer, inner, innermost)] == ["d1", "d1-1", "d1-1-1"]
    assert plain_text(outer.children) == "Enclosure e"
    assert plain_text(inner.title) == "Treaty"
    assert [len(each.notes) for each in (outer, inner)] == [0, 1]


def test_text_without_divisions_is_one_document(reader):
    (document,) = reader.volume("<body><p>one</p><p>two</p></body>")
    assert (document.id, plain_text(document.children)) == ("body", "one two")


def test_text_that_stands_nowhere_is_read(reader):
    documents = reader.volume(f"<body>before{letter('d1')}between{letter('d2')}behind</body>")
    assert [plain_text([each]) for each in documents] == [
        "before",
        "Letter d1 d1 words",
        "between",
        "Letter d2 d2 words",
        "behind",
    ]


def test_pictures_of_the_pages_are_no_text(reader):
    (document,) = reader.file(
        b"<TEI><facsimile><graphic url='1.png'/></facsimile><text><p>pier</p></text></TEI>"
    )
    assert plain_text([document]) == "pier"


def test_comments_and_instructions_of_xml_are_no_text(reader):
    (document,) = reader.volume("<body><p>har<!-- sic -->bo<?page 7?>ur</p></body>")
    assert document.children[0].children == (Text("harbour"),)


def test_each_text_of_a_corpus_is_a_part_under_the_title_of_its_header(reader):
    header = "<teiHeader><fileDesc><titleStmt><title>{0}</title></titleStmt></fileDesc></teiHeader>"
    texts = "".join(
        f"<TEI>{header.format(title)}<text><body><p>{title} words</p></body></text></TEI>"
        for title in ("Letter", "Reply")
    )
    documents = reader.file(f"<teiCorpus>{header.format('Letters')}{texts}</teiCorpus>".encode())
    assert [(each.collection, each.part) for each in documents] == [
        ("Letters", ("Letter",)),
        ("Letters", ("Reply",)),
    ]


def test_ids_are_made_of_what_file_names_can_hold(reader):
    documents = reader.volume(
        "<body><div type='document' xml:id='../a b'><p>a</p></div>"
        "<div type='document'><p>b</p></div><div type='document'><p>c</p></div></body>"
    )
    assert ids(documents) == ["a-b", "div", "div-2"]


def test_the_language_is_that_of_the_nearest_element_that_says_so(reader):
    documents = reader.volume(
        "<body xml:lang='sv'><div type='document'><p>a</p></div>"
        "<div type='document' xml:lang='fr'><p>b</p></div></body>"
    )
    assert [each.language for each in documents] == ["sv", "fr"]


def test_a_document_before_the_fault_of_a_file_is_not_given_out(reader):
    with pytest.raises(SourceError):
        reader.volume(f"<body>{letter('d1')}</p></body>")


@pytest.mark.parametrize(
    ("data", "line", "fault"),
    [
        (b"", 1, "it is empty|no element found"),
        (b"<TEI>\n<text></TEI>", 2, "Opening and ending tag mismatch"),
        (b"<TEI>\n\n<text>", 3, "Premature end of data"),
        (b"<TEI>\n<p>&mdash;</p></TEI>", 2, "Entity 'mdash' not defined"),
        (b'<?xml version="1.0" encoding="UTF-8"?>\n<TEI>\xff</TEI>', 2, "Invalid bytes|not proper"),
    ],
)
def test_malformed_xml_is_refused_with_its_line(reader, data, line, fault):
    with pytest.raises(SourceError, match=fault) as caught:
        reader.file(data)
    assert caught.value.place == f"harbour.xml:{line}"


def test_a_declared_encoding_that_cannot_be_true_is_told(reader):
    data = b"<?xml version='1.0' encoding='UTF-16'?><TEI><text><body><p>a</p></body></text></TEI>"
    with pytest.raises(SourceError, match="harbour.xml:1: .*declares an encoding"):
        reader.file(data)


def test_xml_that_is_no_tei_is_refused(reader):
    with pytest.raises(SourceError, match="not TEI: its outermost element is rss"):
        reader.file(b"<rss/>")


def test_tei_without_text_is_refused(reader):
    with pytest.raises(SourceError, match="without any text"):
        reader.file(b"<TEI><teiHeader><p>a</p></teiHeader></TEI>")


def test_an_entity_of_the_file_is_refused_with_its_line(reader):
    doctype = b'<!DOCTYPE TEI [<!ENTITY pier "of oak">]>'
    data = doctype + b"\n<TEI><text><body>\n<p>&pier;</p></body></text></TEI>"
    with pytest.raises(SourceError, match="uses the entity &pier;") as caught:
        reader.file(data)
    assert caught.value.place == "harbour.xml:3"


def test_a_file_named_by_an_entity_is_not_read(reader, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    data = (
        f'<!DOCTYPE TEI [<!ENTITY s SYSTEM "{secret.as_uri()}">]><TEI><text><p>&s;</p></text></TEI>'
    )
    with pytest.raises(SourceError, match="uses the entity &s;"):
        reader.file(data.encode())


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE TEI SYSTEM "{0}">',
        '<!DOCTYPE TEI PUBLIC "harbour" "{0}" [<!ENTITY % all "INCLUDE">]>',
        '<!DOCTYPE TEI [<!ENTITY % all SYSTEM "{0}"> %all;]>',
    ],
)
@pytest.mark.parametrize("scheme", ["", "http://127.0.0.1:9"])
def test_a_dtd_that_a_file_names_is_neither_fetched_nor_read(reader, tmp_path, doctype, scheme):
    dtd = tmp_path / "harbour.dtd"
    dtd.write_text("<!this is no DTD, which an error would tell>")
    text = "<TEI><text><body><p>Piers.</p></body></text></TEI>"
    (document,) = reader.file((doctype.format(f"{scheme}{dtd}") + text).encode())
    assert plain_text(document.children) == "Piers."


def test_a_billion_laughs_are_refused(reader):
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    for where in ("<p>&l9;</p>", '<p n="&l9;">a</p>'):
        with pytest.raises(SourceError):
            reader.file(f"<!DOCTYPE TEI [{entities}]><TEI><text>{where}</text></TEI>".encode())


@pytest.mark.parametrize("name", ["hi", "div", "p", "quote", "note", "wave"])
def test_nesting_of_ten_thousand_levels_is_refused(reader, name):
    with pytest.raises(SourceError, match="deep in one another"):
        reader.volume(f"<body>{f'<{name}>' * 10_000}a{f'</{name}>' * 10_000}</body>")


def test_the_limit_of_nesting_is_named_and_can_be_raised(reader):
    deep = f"<body>{'<div>' * 120}<p>a</p>{'</div>' * 120}</body>"
    with pytest.raises(SourceError, match="--limit element-nesting"):
        reader.volume(deep)
    (document,) = reader.volume(deep, element_nesting=200)
    assert plain_text([document]) == "a"


@pytest.mark.parametrize("name", ["hi", "div", "p", "quote", "seg", "wave"])
def test_nesting_as_deep_as_allowed_is_read(reader, name):
    (document,) = reader.volume(f"<body>{f'<{name}>' * 90}a{f'</{name}>' * 90}</body>")
    assert plain_text([document]) == "a"


def test_paragraphs_and_pages_without_a_division_stay_in_order(reader):
    (document,) = reader.volume("<body><p>one</p><pb n='7'/><p>two</p></body>")
    assert [type(block) for block in document.children] == [Paragraph, PageBreak, Paragraph]
