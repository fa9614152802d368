import pytest

from converter.model import (
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    Image,
    LineBlock,
    List,
    ListItem,
    NoteRef,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    Section,
    Table,
    Text,
)
from converter.walk import plain_text


def paragraph(text, role=""):
    return Paragraph((Text(text),), role)


def item(text, marker=""):
    return ListItem((paragraph(text),), marker)


def test_paragraphs_are_paragraphs_and_white_space_between_is_nothing(reader):
    assert reader.blocks("<p>one</p>\n <p>two</p>") == (paragraph("one"), paragraph("two"))


def test_words_outside_of_any_block_are_a_paragraph(reader):
    assert reader.blocks("loose <hi>words</hi><p>one</p>") == (
        Paragraph((Text("loose "), Text("words"))),
        paragraph("one"),
    )


def test_a_list_in_a_paragraph_parts_it(reader):
    assert reader.blocks("<p>first <list><item>a</item></list> then</p>") == (
        paragraph("first"),
        List((item("a"),)),
        paragraph("then"),
    )


@pytest.mark.parametrize(
    "role", ["dateline", "salute", "signed", "closer", "byline", "argument", "postscript"]
)
def test_parts_of_a_letter_keep_their_role(reader, role):
    assert reader.blocks(f"<{role}>words</{role}>") == (paragraph("words", role),)


def test_paragraphs_of_a_postscript_are_its_own(reader):
    assert reader.blocks("<postscript><p>one</p></postscript>") == (paragraph("one", "postscript"),)


def test_opener_and_closer_hold_lines_of_several_roles(reader):
    assert reader.blocks(
        "<opener><dateline>Skarn</dateline><salute>Sir:</salute></opener>"
        "<closer>I am, Sir,<signed>Ida</signed></closer>"
    ) == (
        paragraph("Skarn", "dateline"),
        paragraph("Sir:", "salute"),
        paragraph("I am, Sir,", "closer"),
        paragraph("Ida", "signed"),
    )


def test_signatures_in_a_list_stay_a_list(reader):
    assert reader.blocks("<signed><list><item>Ida</item></list></signed>") == (
        List((item("Ida"),)),
    )


def test_a_source_line_below_the_title_is_a_paragraph_in_that_role(reader):
    assert reader.blocks('<head>A</head><note rend="inline" type="source">File 7</note>') == (
        paragraph("File 7", "source"),
    )


def test_a_page_between_paragraphs_stands_alone(reader):
    assert reader.blocks('<p>one</p><pb n="7"/><p>two</p>') == (
        paragraph("one"),
        PageBreak("7"),
        paragraph("two"),
    )


def test_a_call_that_stands_alone_joins_the_paragraph_before(reader):
    (block,) = reader.blocks('<p>one</p> <note n="1" xml:id="fn1">x</note>')
    assert block == Paragraph((Text("one"), NoteRef("fn1")))


def test_a_division_in_a_document_is_a_section(reader):
    assert reader.blocks("<div><head>Tides</head><p>one</p></div>") == (
        Section((paragraph("one"),), Heading((Text("Tides"),))),
    )


def test_an_enclosure_is_a_section_of_that_kind_below_its_source_line(reader):
    assert reader.blocks(
        '<frus:attachment><note type="source">[Enclosure]</note><head>A</head><p>b</p>'
        "</frus:attachment>"
    ) == (
        paragraph("[Enclosure]", "source"),
        Section((paragraph("b"),), Heading((Text("A"),)), "attachment"),
    )


def test_a_second_heading_stays_where_it_is(reader):
    assert reader.blocks("<head>A</head><p>b</p><head>C</head>") == (
        paragraph("b"),
        Heading((Text("C"),)),
    )


def test_a_quotation_set_apart_is_one_block(reader):
    assert reader.blocks("<p>He said: <quote rend='blockquote'><p>Ebb.</p></quote></p>") == (
        paragraph("He said:"),
        Quote((paragraph("Ebb."),)),
    )


def test_a_quotation_in_a_sentence_is_text(reader):
    assert reader.blocks("<p>the <quote>old</quote> pier</p>") == (
        Paragraph((Text("the "), Text("old"), Text(" pier"))),
    )


def test_words_said_in_paragraphs_are_paragraphs(reader):
    assert reader.blocks("<said><p>Ebb.</p><p>Flood.</p></said>") == (
        paragraph("Ebb."),
        paragraph("Flood."),
    )
    assert reader.messages == []


def test_lists_nest(reader):
    assert reader.blocks("<list><item>a<list><item>b</item></list></item></list>") == (
        List((ListItem((paragraph("a"), List((item("b"),)))),)),
    )


def test_a_list_said_to_be_ordered_is(reader):
    (block,) = reader.blocks('<list type="ordered"><item>a</item></list>')
    assert block.ordered


def test_a_heading_of_a_list_stands_above_it(reader):
    assert reader.blocks("<list><head>Present</head><item>Ida</item></list>") == (
        Heading((Text("Present"),)),
        List((item("Ida"),)),
    )


def test_labels_that_count_are_markers(reader):
    assert reader.blocks(
        "<list><label>(a)</label><item>ebb</item><label>(b)</label><item>flood</item></list>"
    ) == (List((item("ebb", "(a)"), item("flood", "(b)"))),)


@pytest.mark.parametrize("mark", ["1.", "(1)", "IV.", "§ 3", "Article 2.", "3d:", "5 [sic].", "a"])
def test_a_marker_is_kept_as_printed(reader, mark):
    (block,) = reader.blocks(f"<list><label>{mark}</label><item>ebb</item></list>")
    assert block.items[0].marker == mark


def test_labels_that_are_words_are_terms(reader):
    assert reader.blocks(
        "<list><label>Ebb</label><item>falling</item><label>Flood</label><item>rising</item></list>"
    ) == (
        DefinitionList(
            (
                Definition((Text("Ebb"),), (paragraph("falling"),)),
                Definition((Text("Flood"),), (paragraph("rising"),)),
            )
        ),
    )


def test_a_label_without_an_item_is_an_empty_item(reader):
    (block,) = reader.blocks("<list><label>1.</label><label>2.</label><item>b</item></list>")
    assert block.items == (ListItem((), "1."), item("b", "2."))


def test_a_page_above_a_label_closes_the_item_before(reader):
    (block,) = reader.blocks(
        '<list><label>1.</label><item>a</item><pb n="7"/><label>2.</label><item>b</item></list>'
    )
    assert block.items == (
        ListItem((Paragraph((Text("a"), PageBreak("7"))),), "1."),
        item("b", "2."),
    )


def test_a_page_between_items_opens_the_next(reader):
    (block,) = reader.blocks('<list><item>a</item><pb n="7"/><item>b</item></list>')
    assert block.items == (
        item("a"),
        ListItem((Paragraph((PageBreak("7"), Text("b"))),)),
    )


def test_a_page_behind_the_last_item_stands_behind_the_list(reader):
    assert reader.blocks('<list><item>a</item><pb n="7"/></list>') == (
        List((item("a"),)),
        PageBreak("7"),
    )


def test_a_note_called_in_a_label_is_called_in_its_item(reader):
    (block,) = reader.blocks(
        '<list><label>1.<note n="1" xml:id="fn1">x</note></label><item>a</item></list>'
    )
    assert block.items == (ListItem((Paragraph((NoteRef("fn1"), Text("a"))),), "1."),)


def test_a_table_has_rows_cells_spans_and_headers(reader):
    assert reader.blocks(
        "<table><head>Tides</head><row role='label'><cell cols='2'>Time</cell></row>"
        "<row><cell rows='2'>6</cell><cell rows='many'>9</cell></row>"
        "<row><cell rows='5'>3</cell></row></table>"
    ) == (
        Table(
            (
                Row((Cell((paragraph("Time"),), header=True, colspan=2),)),
                Row((Cell((paragraph("6"),), rowspan=2), Cell((paragraph("9"),)))),
                Row((Cell((paragraph("3"),)),)),
            ),
            (Text("Tides"),),
        ),
    )


def test_a_page_between_rows_opens_the_next_cell(reader):
    (block,) = reader.blocks('<table><pb n="7"/><row><cell>6</cell></row></table>')
    assert block.rows == (Row((Cell((Paragraph((PageBreak("7"), Text("6"))),)),)),)


def test_a_heading_in_a_row_goes_into_the_next_cell(reader):
    table = "<table><row><head>Tides</head><cell>ebb</cell></row></table>"
    assert plain_text(reader.document(table).children).split() == ["Tides", "ebb"]


def test_the_persons_of_a_play_are_a_list_and_its_groups_lists_within(reader):
    (cast,) = reader.blocks(
        "<castList><castItem><role>ANN</role>, <roleDesc>a reader</roleDesc></castItem>"
        "<castGroup><castItem>Crowd</castItem></castGroup></castList>"
    )
    assert [plain_text(item.children) for item in cast.items] == ["ANN, a reader", "Crowd"]
    assert reader.codes == []


def test_verse_keeps_its_lines(reader):
    assert reader.blocks('<lg><l>one</l><pb n="7"/><lg><l>two</l></lg></lg>') == (
        LineBlock(((Text("one"),), (PageBreak("7"), Text("two")))),
    )


def test_an_address_keeps_its_lines(reader):
    assert reader.blocks(
        "<opener><address><addrLine>Harbour Office</addrLine>\n<addrLine>Skarn</addrLine></address>"
        "</opener>"
    ) == (LineBlock(((Text("Harbour Office"),), (Text("Skarn"),))),)


def test_a_figure_has_picture_description_and_caption(reader):
    assert reader.blocks(
        "<figure><graphic url='map.png'/><head>The harbour</head><figDesc>A map</figDesc></figure>"
    ) == (Figure(Image("map.png", "A map"), (paragraph("The harbour"),)),)


def test_a_figure_without_a_picture_keeps_its_words(reader):
    assert reader.blocks("<figure><figDesc>A map</figDesc></figure>") == (paragraph("A map"),)


def test_an_example_is_code(reader):
    assert reader.blocks("<eg>a  b</eg>") == (CodeBlock("a  b"),)


def test_a_bibliography_is_a_list(reader):
    assert reader.blocks("<listBibl><bibl>Brandt</bibl><bibl>Ode</bibl></listBibl>") == (
        List((item("Brandt"), item("Ode"))),
    )


def test_an_unknown_block_keeps_what_is_in_it(reader):
    assert reader.blocks("<ledger><p>one</p></ledger>") == (paragraph("one"),)
    assert reader.codes == ["unknown-element"]


def test_a_quotation_among_paragraphs_stands_above_its_source(reader):
    assert reader.blocks(
        "<epigraph><cit><quote>Ebb.</quote><bibl>Brandt</bibl></cit></epigraph>"
    ) == (
        Quote((Paragraph((Text("Ebb."),)),)),
        Paragraph((Text("Brandt"),)),
    )


@pytest.mark.parametrize("name", ["q", "said"])
def test_words_said_among_paragraphs_are_a_paragraph_each(reader, name):
    said = f"<{name}>Ebb.</{name}><{name}>Flood.</{name}>"
    assert reader.blocks(f"<p>He:</p>{said}") == (
        paragraph("He:"),
        paragraph("Ebb."),
        paragraph("Flood."),
    )


def test_what_is_said_of_a_person_is_a_paragraph_each(reader):
    (people,) = reader.blocks(
        "<listPerson><person><persName>Ida Brandt</persName><birth>1803</birth>"
        "<note>Of the pier.</note></person></listPerson>"
    )
    (person,) = people.items
    assert [plain_text([each]) for each in person.children] == [
        "Ida Brandt",
        "1803",
        "Of the pier.",
    ]
