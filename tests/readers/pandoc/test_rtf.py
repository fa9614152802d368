"""RTF: notes with their marks, comments, headings, and what is left out of it."""

from contextlib import suppress

import pytest

from converter.errors import SourceError
from converter.model import CommentRef, NoteRef, Section, Superscript, Table
from converter.walk import plain_text


def rtf(body, head=""):
    return rf"{{\rtf1\ansi\ansicpg1252{head} {body}\par}}"


def libreoffice(text, mark=r"\chftn", kind=""):
    return rf"{{{{\super {mark}{{\*\footnote{kind} {mark}\pard\plain {{\tab {text}}}}}}}}}"


def word(text, mark=r"\chftn "):
    return rf"{{\cs16\super {mark}{{\footnote \pard\plain \s15{{\cs16\super {mark}}}{{ {text}}}}}}}"


def outline(found):
    return [(note.label, plain_text(note.children)) for note in found.document.notes]


@pytest.mark.parametrize("noted", [libreoffice, word])
def test_notes_are_read_with_their_numbers_and_leave_no_trace_in_the_text(read, noted):
    found = read("a.rtf", rtf(f"One{noted('First.')} two{noted('Second.')} end."))
    assert outline(found) == [("1", "First."), ("2", "Second.")]
    assert found.before(NoteRef) == ["One", "One two"]
    assert found.text == "One two end."
    assert found.nodes(Superscript) == []
    assert found.codes == []


@pytest.mark.parametrize("noted", [libreoffice, word])
@pytest.mark.parametrize(("mark", "label"), [("*", "*"), (r"\u8224\'86", "†"), (r"\'86", "†")])
def test_typed_marks_are_labels_and_no_text(read, noted, mark, label):
    found = read("a.rtf", rtf(f"One{noted('First.', mark)} two{noted('Second.')} end."))
    assert outline(found) == [(label, "First."), ("1", "Second.")]
    assert found.text == "One two end."
    assert found.report.ledger.structure == 2


def test_endnotes_are_numbered_apart_and_numbers_as_the_file_says(read):
    body = f"a{libreoffice('F1.')}b{libreoffice('E1.', kind='' + chr(92) + 'ftnalt')}c"
    assert outline(read("a.rtf", rtf(body))) == [("1", "F1."), ("i", "E1.")]
    head = r"\ftnnauc\ftnstart3\aftnnar"
    assert outline(read("a.rtf", rtf(body, head))) == [("C", "F1."), ("1", "E1.")]


def test_numbers_begin_anew_in_a_section_if_the_file_says_so(read):
    body = rf"a{libreoffice('One.')}b{libreoffice('Two.')}\par\sect\sectd c{libreoffice('Three.')}"
    assert [label for label, _ in outline(read("a.rtf", rtf(body, r"\ftnrestart")))] == [
        "1",
        "2",
        "1",
    ]


def test_a_note_in_a_table_takes_no_row_along(read):
    row = r"\trowd\cellx1000\cellx2000\pard\intbl {}\cell\pard\intbl {}\cell\row"
    rows = row.format("a", f"b{libreoffice('Noted.')}") + row.format("c", "d")
    found = read("a.rtf", rtf(rf"{rows}\pard end"))
    (table,) = found.nodes(Table)
    assert [[plain_text([cell]) for cell in each.cells] for each in table.rows] == [
        ["a", "b"],
        ["c", "d"],
    ]
    assert outline(found) == [("1", "Noted.")]


def test_a_note_that_says_it_stands_in_a_table_is_read(read):
    note = r"{\super\chftn}{\*\footnote\chftn\~\plain\pard\intbl {\pard\intbl Noted.\par}}"
    row = rf"\trowd\cellx1000\cellx2000\pard\intbl a{note}\cell\pard\intbl b\cell\row"
    found = read("a.rtf", rtf(rf"{row}\pard end"))
    assert outline(found) == [("1", "Noted.")]
    assert found.codes == []


def test_what_stands_for_a_character_in_unicode_is_no_text(read):
    found = read("a.rtf", rtf(r"A \u8220?tar\u8221? b, o\u8217'clock, \u8220\'93c\u8221 ?."))
    assert found.text == "A “tar” b, o’clock, “c”."
    assert found.codes == []


def test_comments_stand_at_their_places_with_author_and_date(read):
    comment = (
        r"{\*\atnid AB}{\*\atnauthor Ann Lee}\chatn"
        r"{\*\annotation{\*\atnref 0}{\*\atndate -2019419899}\pard{Why?}\par{Really.}}"
    )
    found = read("a.rtf", rtf(rf"Some {{\*\atrfstart 0}}words{{\*\atrfend 0}}{comment} on."))
    (remark,) = found.document.comments
    assert (remark.author, remark.date, remark.kind) == (
        "Ann Lee",
        "2022-02-03T04:05:00",
        "review",
    )
    assert [plain_text([block]) for block in remark.children] == ["Why?", "Really."]
    assert found.before(CommentRef) == ["Some words"]
    assert found.text == "Some words on."


def test_headings_and_titles_are_told_by_level_and_style_and_styles_of_words_do_not_leak(read):
    styles = r"{\stylesheet{\s0 Normal;}{\s5 Title;}{\*\cs17\super Footnote Anchor;}}"
    listed = r"{\listtext\pard\plain 1.\tab}\ls1\ilvl0"
    body = (
        rf"\pard\plain\s5 {{The Book}}\par\pard\plain\s1\outlinelevel0{listed} {{Part}}\par"
        r"\pard\plain\s0 {Text.}"
    )
    found = read("a.rtf", rtf(body, styles))
    assert plain_text(found.document.title) == "The Book"
    (section,) = found.nodes(Section)
    assert plain_text(section.heading.children) == "Part"
    assert found.text == "Part Text."
    assert found.nodes(Superscript) == []


def test_running_heads_and_what_was_struck_out_are_dropped_and_named(read):
    body = r"{\header\pard Head\par}{\footerl\pard Foot\par}Kept{\deleted\revauthdel1  gone} on."
    found = read("a.rtf", rtf(body))
    assert found.drops == {"running head": "Head", "running foot": "Foot", "struck out": "gone"}
    assert found.text == "Kept on."


def test_characters_in_every_form_are_told_for_words(read):
    found = read(
        "a.rtf", rtf(r"Caf\'e9 na\u239\'efve {\uc2\u8212 --}\~dash \ldblquote q\rdblquote")
    )
    assert found.text.replace("\u00a0", " ").startswith("Café naïve")
    assert found.codes == []


@pytest.mark.parametrize("data", [rb"{\rtf1 text", rb"{\rtf1 text}}}}{{", rb"text{\b  bold}"])
def test_what_is_cut_off_or_bent_is_read_as_far_as_it_goes(read, data):
    assert read("a.rtf", data).text.startswith("text")


@pytest.mark.parametrize("data", [rb"{\rtf1 \bin9999999999 x}", b"{\\rtf1 \\u" + b"9" * 5000])
def test_numbers_beyond_reason_are_an_error_or_a_document(read, data):
    with suppress(SourceError):
        assert read("a.rtf", data).document.id == "a"


def test_groups_nested_beyond_reason_are_refused(read):
    with pytest.raises(SourceError, match="nests too deep"):
        read("a.rtf", rb"{\rtf1 " + b"{" * 10_000)
