"""OpenDocument texts: comments, which pandoc does not read, deletions, formulas, properties."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from converter.model import CommentRef, Image, Math, NoteRef, Reference
from converter.walk import plain_text
from tests.readers.pandoc.conftest import annotation, opendocument, zipped


def test_a_comment_on_a_range_stands_at_its_end(read):
    end = '<office:annotation-end office:name="a1"/>'
    body = f"<text:p>The tower {annotation('a1', 'Ann', 'How?', 'Say.')}is high{end}, old.</text:p>"
    found = read("a.odt", opendocument(body))
    (comment,) = found.document.comments
    assert (comment.kind, comment.author, comment.date) == ("review", "Ann", "2022-03-04T05:06:07")
    assert [plain_text([block]) for block in comment.children] == ["How?", "Say."]
    assert found.text == "The tower is high, old."
    assert found.before(CommentRef) == ["The tower is high"]


def test_a_comment_on_a_point_stands_there_even_in_the_middle_of_a_word(read):
    body = f"<text:p>wall{annotation('a1', 'Ann', 'Plural!')}s</text:p>"
    found = read("a.odt", opendocument(body))
    assert found.text == "walls"
    assert found.before(CommentRef) == ["wall"]


def test_a_reply_stands_under_the_comment_it_answers(read):
    reply = annotation("a2", "Ben", "Because.", parent="a1")
    body = f"<text:p>Text{annotation('a1', 'Ann', 'Why?')}{reply} goes on.</text:p>"
    found = read("a.odt", opendocument(body))
    first, second = found.document.comments
    assert (first.parent, second.parent) == (None, first.id)
    assert [node.comment for node in found.nodes(CommentRef)] == [first.id]


def test_a_comment_in_a_note_stands_in_the_note(read):
    note = (
        '<text:note text:id="f1" text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation>"
        f"<text:note-body><text:p>Noted{annotation('a1', 'Ann', 'Sure?')}.</text:p>"
        "</text:note-body></text:note>"
    )
    found = read("a.odt", opendocument(f"<text:p>Text{note} on.</text:p>"))
    assert found.before(NoteRef) == ["Text"]
    assert plain_text(found.document.notes[0].children) == "Noted."
    assert len(found.nodes(CommentRef)) == 1


def test_what_was_deleted_is_dropped_with_its_words(read):
    change = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><office:change-info>'
        "<dc:creator>Ben</dc:creator></office:change-info><text:p>struck words</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    body = f'{change}<text:p>Left<text:change text:change-id="c"/> over.</text:p>'
    found = read("a.odt", opendocument(body))
    assert found.text == "Left over."
    assert found.drops == {"struck out": "struck words"}


def test_properties_and_the_language_of_the_default_style_are_read(read):
    style = (
        '<style:default-style style:family="paragraph">'
        '<style:text-properties fo:language="fr" fo:country="CA"/></style:default-style>'
    )
    meta = (
        "<dc:title>Tours</dc:title><meta:initial-creator>Anne</meta:initial-creator>"
        "<meta:creation-date>2019-01-02T03:04:05</meta:creation-date><meta:keyword>pierre</meta:keyword>"
    )
    document = read(
        "a.odt", opendocument("<text:p>Texte.</text:p>", styles=style, meta=meta)
    ).document
    assert plain_text(document.title) == "Tours"
    assert (document.authors, document.tags) == (("Anne",), ("pierre",))
    assert (document.date, document.language) == ("2019-01-02T03:04:05", "fr-CA")


@pytest.mark.parametrize("folder", ["Formula-1/", "./Object 1"])
def test_formulas_are_read_however_their_folder_is_named(read, folder):
    frame = f'<draw:frame><draw:object xlink:href="{folder}"/></draw:frame>'
    math = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi></math>'
    member = f"{folder.strip('./')}/content.xml"
    data = opendocument(f"<text:p>Where {frame} is.</text:p>", parts={member: math})
    assert [node.text for node in read("a.odt", data).nodes(Math)] == ["a"]


def test_comments_may_have_any_name_or_none(read):
    nameless = annotation("", "Ann", "One.") + annotation("", "Ben", "Two.")
    body = f"<text:p>Text{nameless} and{annotation('a name', 'Cid', 'Three.')} more.</text:p>"
    found = read("a.odt", opendocument(body))
    assert found.text == "Text and more."
    assert [each.author for each in found.document.comments] == ["Ann", "Ben", "Cid"]
    assert len(found.nodes(CommentRef)) == 3


def test_text_in_frames_and_cells_is_read_or_accounted_for(read):
    box = "<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame>"
    found = read("a.odt", opendocument(f"<text:p>Before {box} after.</text:p>"))
    ledger = found.report.ledger
    assert ledger.words == 5
    assert "box" in found.text or "box" in found.drops["not read by pandoc"]


def noted(name, citation, text, kind="footnote"):
    return (
        f'<text:note text:id="{name}" text:note-class="{kind}">{citation}'
        f"<text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
    )


def cited(mark):
    return f"<text:note-citation>{mark}</text:note-citation>"


def test_notes_keep_the_marks_that_were_printed(read):
    typed = '<text:note-citation text:label="*">*</text:note-citation>'
    body = (
        f"<text:p>One{noted('a', cited('12'), 'First.')} two{noted('b', typed, 'Star.')}"
        f" three{noted('c', cited('iv'), 'End.', 'endnote')}.</text:p>"
    )
    found = read("a.odt", opendocument(body))
    assert [note.label for note in found.document.notes] == ["12", "*", "iv"]
    assert [plain_text(note.children) for note in found.document.notes] == [
        "First.",
        "Star.",
        "End.",
    ]
    assert found.text == "One two three."
    assert found.report.ledger.structure == 1
    assert found.codes == []


def test_a_reference_to_a_note_leads_there_and_a_raised_one_calls_it_again(read):
    raised = (
        '<style:style style:name="Up" style:family="text">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
    )
    see = '<text:note-ref text:ref-name="a" text:reference-format="text">1</text:note-ref>'
    body = (
        f"<text:p>One{noted('a', cited('1'), 'Noted.')} and"
        f'<text:span text:style-name="Up">{see}</text:span>, see note {see}.</text:p>'
    )
    found = read("a.odt", opendocument(body, styles=raised))
    assert found.text == "One and, see note 1."
    assert [node.note for node in found.nodes(NoteRef)] == ["n1", "n1"]
    assert [node.note for node in found.nodes(Reference)] == ["n1"]
    assert found.codes == []


def test_a_list_in_a_note_loses_no_word(read):
    item = "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>"
    note = (
        '<text:note text:id="a" text:note-class="footnote"><text:note-citation>1'
        f"</text:note-citation><text:note-body><text:p>Bring:</text:p>{item.format('oars')}"
        f"{item.format('pitch')}</text:note-body></text:note>"
    )
    found = read("a.odt", opendocument(f"<text:p>Text{note}</text:p>"))
    assert plain_text(found.document.notes[0].children) == "Bring: oars pitch"
    assert found.codes == []


def test_title_and_subtitle_are_told_by_their_styles_or_those_made_of_them(read):
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    )
    body = (
        f'<text:p text:style-name="P1">The Book{noted("a", cited("1"), "Noted.")}</text:p>'
        '<text:p text:style-name="Subtitle">And more</text:p><text:p>Text.</text:p>'
    )
    found = read("a.odt", opendocument(body, styles=styles, meta="<dc:title>Other</dc:title>"))
    assert plain_text(found.document.title) == "The Book"
    assert isinstance(found.document.title[-1], NoteRef)
    assert plain_text(found.document.subject) == "And more"
    assert found.text == "Text."


def test_what_is_in_boxes_and_shapes_follows_their_paragraph(read):
    box = "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>"
    shape = "<draw:custom-shape><text:p>Shaped.</text:p></draw:custom-shape>"
    body = f"<text:p>Before {box}after{shape}.</text:p>{box}<text:p>Last.</text:p>"
    found = read("a.odt", opendocument(body))
    assert found.text == "Before after. Boxed. Shaped. Boxed. Last."
    assert found.codes == []


def test_a_picture_has_its_description_as_alternative(read, pixel):
    frame = '<draw:frame><draw:image xlink:href="Pictures/1.png"/>{}</draw:frame>'
    title, described = "<svg:title>Lamp</svg:title>", "<svg:desc>A lamp at night</svg:desc>"
    body = f"<text:p>See {frame.format(title)} {frame.format(title + described)}"
    body += f"{frame.format('')}.</text:p>"
    found = read("a.odt", opendocument(body, parts={"Pictures/1.png": pixel}))
    assert [node.alt for node in found.nodes(Image)] == ["Lamp", "A lamp at night", ""]


def test_fields_keep_what_they_show(read):
    number = '<text:sequence text:name="Figure">3</text:sequence>'
    body = f"<text:p>Figure {number}, <text:date>5 May</text:date>, page"
    body += " <text:page-number>7</text:page-number>.</text:p>"
    found = read("a.odt", opendocument(body))
    assert found.text == "Figure 3, 5 May, page 7."
    assert found.codes == []


def test_running_heads_are_dropped_and_named(read):
    pages = (
        "<style:master-page><style:header><text:p>The Harbour Book</text:p></style:header>"
        "<style:footer><text:p>Page 3</text:p></style:footer></style:master-page>"
    )
    found = read("a.odt", opendocument("<text:p>Text.</text:p>", styles=pages))
    assert found.drops == {"running head": "The Harbour Book", "running foot": "Page 3"}


def test_a_text_without_common_styles_is_read(read):
    with ZipFile(BytesIO(opendocument("<text:p>The tower is high.</text:p>"))) as package:
        parts = {name: package.read(name) for name in package.namelist() if name != "styles.xml"}
    assert read("a.odt", zipped(parts)).text == "The tower is high."
    parts["content.xml"] = parts["content.xml"].replace(b"<office:automatic-styles/>", b"")
    assert read("a.odt", zipped(parts)).text == "The tower is high."


@pytest.mark.parametrize("level", ["0", "-1", "99999"])
def test_a_heading_of_no_level_keeps_what_follows_it(read, level):
    heading = f'<text:h text:outline-level="{level}">On towers</text:h>'
    found = read("a.odt", opendocument(f"{heading}<text:p>They are high.</text:p>" * 2))
    assert " ".join(found.text.split()) == "On towers They are high. On towers They are high."


def test_styles_that_are_made_of_each_other_are_read(read):
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"'
        f' style:parent-style-name="{parent}"/>'
        for name, parent in ("AB", "BA", "CC", "DC")
    )
    body = "".join(f'<text:p text:style-name="{name}">High.</text:p>' for name in "ABCD")
    assert read("a.odt", opendocument(body, styles=styles)).text.split() == ["High."] * 4


def test_a_space_of_any_width_is_a_space(read):
    body = '<text:p>The<text:s text:c="999999999"/>tower</text:p>'
    assert read("a.odt", opendocument(body)).text.split() == ["The", "tower"]
