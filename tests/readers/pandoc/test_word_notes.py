"""Notes of Word files keep the marks that they have in print, and their other calls."""

import pytest

from converter.model import NoteRef, Reference
from converter.readers.pandoc.numbering import numbered
from converter.walk import plain_text
from tests.readers.pandoc.conftest import note_parts, run, word

CALL = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'


def call(number, kind="footnote", mark=""):
    custom = ' w:customMarkFollows="1"' if mark else ""
    typed = f"<w:t>{mark}</w:t>" if mark else ""
    return f'<w:r>{CALL}<w:{kind}Reference{custom} w:id="{number}"/>{typed}</w:r>'


def field(code, shown, properties=""):
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        f"{char('begin')}<w:r><w:instrText> {code} </w:instrText></w:r>{char('separate')}"
        f"<w:r>{properties}<w:t>{shown}</w:t></w:r>{char('end')}"
    )


def marked(name, inside):
    """Return ``inside`` in a bookmark."""
    return f'<w:bookmarkStart w:id="9" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="9"/>'


def section(rules):
    return f"<w:p><w:pPr><w:sectPr>{rules}</w:sectPr></w:pPr></w:p>"


def labels(found):
    return [note.label for note in found.document.notes]


def test_footnotes_and_endnotes_are_numbered_apart_as_the_file_says(read):
    body = f"<w:p>{run('a')}{call(1)}{call(1, 'endnote')}{call(2)}{call(2, 'endnote')}</w:p>"
    found = read("a.docx", word(body, parts=note_parts(footnotes=2, endnotes=2)))
    assert labels(found) == ["1", "i", "2", "ii"]
    settings = (
        '<w:footnotePr><w:numFmt w:val="upperRoman"/><w:numStart w:val="3"/></w:footnotePr>'
        '<w:endnotePr><w:numFmt w:val="lowerLetter"/></w:endnotePr>'
    )
    parts = note_parts(footnotes=2, endnotes=2, settings=settings)
    assert labels(read("a.docx", word(body, parts=parts))) == ["III", "a", "IV", "b"]


def test_numbers_begin_anew_where_a_section_or_page_does(read):
    rules = '<w:footnotePr><w:numRestart w:val="{}"/></w:footnotePr>'
    page = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        f"<w:p>{run('a')}{call(1)}{call(2)}</w:p>{section(rules.format('eachSect'))}"
        f"<w:p>{run('b')}{call(3)}</w:p>{section(rules.format('eachSect'))}"
        f"<w:p>{run('c')}{call(4)}{page}{run('d')}{call(5)}</w:p>{section(rules.format('eachPage'))}"
    )
    found = read("a.docx", word(body, parts=note_parts(footnotes=5)))
    assert labels(found) == ["1", "2", "1", "2", "1"]


def test_a_typed_mark_is_the_label_and_no_text(read):
    body = f"<w:p>{run('Lamp')}{call(1, mark='*')}{run(' lit')}{call(2)}{run('.')}</w:p>"
    found = read("a.docx", word(body, parts=note_parts(footnotes=2, typed="*")))
    assert found.text == "Lamp lit."
    assert labels(found) == ["*", "1"]
    assert [plain_text(note.children) for note in found.document.notes] == ["Note 1.", "Note 2."]
    assert found.report.ledger.structure == 2
    assert found.codes == []


def test_a_typed_mark_may_stand_in_a_run_of_its_own_or_in_a_symbol_font(read):
    reference = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="{}"/>{}</w:r>'
    symbol = '<w:sym w:font="Symbol" w:char="F02A"/>'
    body = (
        f"<w:p>{run('One')}{reference.format(1, '')}{run('†')}{run(' two')}"
        f"{reference.format(2, symbol)}{run(' and so on.')}</w:p>"
    )
    found = read("a.docx", word(body, parts=note_parts(footnotes=2)))
    assert labels(found) == ["†", "*"]
    assert found.text == "One two and so on."


@pytest.mark.parametrize(
    ("code", "properties"),
    [
        (r"NOTEREF _Ref1 \f \h", ""),
        (r"NOTEREF _Ref1 \h", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
        (r"NOTEREF _Ref1", CALL),
    ],
)
def test_a_raised_cross_reference_to_a_note_calls_it_again(read, code, properties):
    again = field(code, 1, properties)
    body = f"<w:p>{run('One')}{marked('_Ref1', call(1))}{run(' and two')}{again}{run('.')}</w:p>"
    found = read("a.docx", word(body, parts=note_parts(footnotes=1)))
    assert [node.note for node in found.nodes(NoteRef)] == ["n1", "n1"]
    assert found.before(NoteRef) == ["One", "One and two"]
    assert found.text == "One and two."
    assert len(found.document.notes) == 1


def test_a_cross_reference_in_the_line_leads_to_the_note_and_stays_text(read):
    see = field(r"NOTEREF _Ref1 \h", 1)
    body = f"<w:p>{run('See note ')}{see}{run('.')}</w:p><w:p>{marked('_Ref1', call(1))}</w:p>"
    found = read("a.docx", word(body, parts=note_parts(footnotes=1)))
    (reference,) = found.nodes(Reference)
    assert (reference.note, plain_text([reference])) == ("n1", "1")
    assert found.text == "See note 1."


def test_fields_about_other_things_stay_as_they_are(read):
    simple = '<w:fldSimple w:instr=" NOTEREF _Ref1 "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    body = f"<w:p>{marked('_Ref1', call(1))}{field('DATE', 'today')} {simple}{run(' end')}</w:p>"
    found = read("a.docx", word(body, parts=note_parts(footnotes=1)))
    assert found.text == "today9 end"
    assert len(found.nodes(NoteRef)) == 1


def test_a_note_called_twice_by_its_number_is_one_note(read):
    body = f"<w:p>{run('One')}{call(1)}{run(' two')}{call(1)}</w:p>"
    found = read("a.docx", word(body, parts=note_parts(footnotes=1)))
    assert [node.note for node in found.nodes(NoteRef)] == ["n1", "n1"]
    assert len(found.document.notes) == 1


def test_notes_in_titles_headings_cells_and_boxes_have_their_marks(read):
    def styled(style, text, number):
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        return f"<w:p>{properties}{run(text)}{call(number)}</w:p>"

    body = (
        styled("Title", "The Book", 1)
        + styled("Heading1", "Part", 2)
        + f"<w:tbl><w:tr><w:tc><w:p>{run('Cell')}{call(3)}</w:p></w:tc></w:tr></w:tbl>"
    )
    found = read("a.docx", word(body, parts=note_parts(footnotes=3, styles=True)))
    assert plain_text(found.document.title) == "The Book"
    assert isinstance(found.document.title[-1], NoteRef)
    assert labels(found) == ["1", "2", "3"]


def test_running_heads_are_dropped_and_named(read):
    parts = {
        "word/header1.xml": f"<w:hdr {{}}><w:p>{run('The Harbour Book')}</w:p></w:hdr>",
        "word/footer1.xml": f"<w:ftr {{}}><w:p>{run('Page 3')}</w:p></w:ftr>",
    }
    found = read("a.docx", word(f"<w:p>{run('Text')}</w:p>", parts=parts))
    assert found.drops == {"running head": "The Harbour Book", "running foot": "Page 3"}


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (4, "decimal", "4"),
        (4, "lowerRoman", "iv"),
        (1999, "UpperRoman", "MCMXCIX"),
        (28, "lowerLetter", "ab"),
        (3, "UpperAlpha", "C"),
        (2, "chicago", "†"),
        (6, "chicago", "††"),
        (0, "lowerRoman", "0"),
        (7, "ideographDigital", "7"),
    ],
)
def test_numbers_are_printed_in_their_style(number, style, printed):
    assert numbered(number, style) == printed
