"""Word files: review comments at their places, tracked changes, text boxes, properties."""

from converter.model import CommentRef, Math, NoteRef, Section, Strong, Table
from converter.walk import plain_text
from tests.readers.pandoc.conftest import anchor, note_parts, remark, run, word


def ranged(number, text):
    start, end = (f'<w:commentRange{kind} w:id="{number}"/>' for kind in ("Start", "End"))
    return f"{start}{run(text)}{end}{anchor(number)}"


def test_a_review_comment_stands_where_what_it_speaks_of_ends(read):
    body = f"<w:p>{run('The tower ')}{ranged(0, 'is high')}{run(' and old.')}</w:p>"
    found = read("a.docx", word(body, remark(0, "Ann", run("How high?"))))
    (comment,) = found.document.comments
    assert (comment.kind, comment.author, comment.date) == (
        "review",
        "Ann",
        "2021-02-01T04:05:06+00:00",
    )
    assert plain_text(comment.children) == "How high?"
    assert found.text == "The tower is high and old."
    assert found.before(CommentRef) == ["The tower is high"]
    assert found.nodes(CommentRef)[0].comment == comment.id


def test_a_comment_on_a_point_is_read_like_one_on_a_range(read):
    body = f"<w:p>{run('Here')}{anchor(0)}{run(' and there')}</w:p>"
    found = read("a.docx", word(body, remark(0, "Ann", run("Where?"))))
    assert plain_text(found.document.comments[0].children) == "Where?"
    assert found.before(CommentRef) == ["Here"]


def test_a_range_that_begins_between_paragraphs_loses_no_comment(read):
    start, end = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    body = f"<w:p>{run('One.')}</w:p>{start}<w:p>{run('Two.')}{end}{anchor(0)}</w:p>"
    found = read("a.docx", word(body, remark(0, "Ann", run("Both?"))))
    assert len(found.document.comments) == 1
    assert found.before(CommentRef) == ["One.Two."]


def test_paragraphs_and_styles_of_a_comment_are_kept(read):
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>now</w:t></w:r>"
    body = f"<w:p>{ranged(0, 'text')}</w:p>"
    found = read("a.docx", word(body, remark(0, "Ann", run("First."), run("Say it ") + bold)))
    (comment,) = found.document.comments
    assert len(comment.children) == 2
    assert [plain_text([node]) for node in found.nodes(Strong)] == ["now"]


def test_a_reply_stands_under_the_comment_it_answers(read):
    body = f"<w:p>{ranged(0, 'text')}{anchor(1)}{run(' end')}</w:p>"
    comments = remark(0, "Ann", run("Why?"), run("Really?")) + remark(1, "Ben", run("So."))
    threads = (
        '<w15:commentEx w15:paraId="02"/><w15:commentEx w15:paraId="11" w15:paraIdParent="02"/>'
    )
    first, second = read("a.docx", word(body, comments, threads)).document.comments
    assert (first.author, second.author) == ("Ann", "Ben")
    assert (second.parent, second.depth) == (first.id, 2)


def test_text_given_in_several_ways_is_read_once_as_text(read):
    def either(choice, fallback):
        spaces = 'xmlns:mc="urn:mc" xmlns:w16se="urn:w16se"'
        return (
            f'<w:r><mc:AlternateContent {spaces}><mc:Choice Requires="w16se">{choice}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
        )

    smile = either('<w16se:symEx w16se:char="1F600"/>', "<w:t>\U0001f600</w:t>")
    number = either("<w:t>12</w:t>", '<w:sym w:char="0031"/>')
    body = f"<w:p>{run('Page ')}{number}{run(', ')}{smile}</w:p>"
    assert read("a.docx", word(body)).text == "Page 12, \U0001f600"


def test_comments_of_which_people_left_little_are_read_as_what_is_left(read):
    def styled(style, text):
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{text}</w:p>'

    heading = styled("Heading1", run("Comments"))
    parts = note_parts(footnotes=0, styles=True)
    said = styled("CommentHead1", "") + styled("Comment1", run("So."))
    found = read("a.docx", word(f"<w:p>{run('Text.')}</w:p>{heading}{said}{said}", parts=parts))
    assert [plain_text(each.children) for each in found.document.comments] == ["So.", "So."]
    loose = styled("Comment1", run("Lost.")) + styled("CommentHead2", run("1"))
    found = read("a.docx", word(f"<w:p>{run('Text.')}</w:p>{loose}"))
    assert found.document.comments == ()
    assert found.text == "Text. Lost. 1"


def test_comments_come_in_the_order_of_the_text(read):
    body = f"<w:p>{ranged(1, 'early')}{run(' and ')}{ranged(0, 'late')}</w:p>"
    comments = remark(0, "Ann", run("On late.")) + remark(1, "Ben", run("On early."))
    assert [each.author for each in read("a.docx", word(body, comments)).document.comments] == [
        "Ben",
        "Ann",
    ]


def test_a_comment_without_a_place_is_kept_and_reported(read):
    found = read("a.docx", word(f"<w:p>{run('text')}</w:p>", remark(0, "Ann", run("Lost?"))))
    assert plain_text(found.document.comments[0].children) == "Lost?"
    assert found.codes == ["comment-without-place"]


def test_insertions_are_accepted_and_deletions_dropped_with_their_words(read):
    who = 'w:id="9" w:author="Ben" w:date="2021-01-01T00:00:00Z"'
    body = (
        f"<w:p>{run('The wall')}<w:ins {who}>{run(' stood')}</w:ins>"
        f"<w:del {who}><w:r><w:delText> has been standing</w:delText></w:r></w:del>{run('.')}</w:p>"
    )
    found = read("a.docx", word(body))
    assert found.text == "The wall stood."
    assert found.drops == {"struck out": "has been standing"}


def test_a_comment_on_what_was_struck_out_keeps_its_place(read):
    who = 'w:id="9" w:author="Ben" w:date="2021-01-01T00:00:00Z"'
    gone = f"<w:del {who}><w:r><w:delText>gone</w:delText></w:r>{anchor(0)}</w:del>"
    body = f"<w:p>{run('Stays. ')}{gone}</w:p>"
    found = read("a.docx", word(body, remark(0, "Ann", run("Good."))))
    assert len(found.nodes(CommentRef)) == 1
    assert found.text == "Stays."


def test_a_text_box_follows_the_paragraph_it_floats_at_and_comes_once(read):
    box = f"<w:txbxContent><w:p>{run('In the box.')}</w:p></w:txbxContent>"
    shape = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    twice = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"{box}</mc:Choice><mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = f"<w:p>{run('Before.')}{twice}</w:p><w:p>{run('After.')}</w:p>"
    found = read("a.docx", word(body))
    assert [plain_text([block]) for block in found.document.children] == [
        "Before.",
        "In the box.",
        "After.",
    ]
    assert found.codes == []


def test_words_that_pandoc_passes_over_are_dropped_and_reported(read):
    unknown = f"<w:unheardOf><w:p>{run('Hidden treasure.')}</w:p></w:unheardOf>"
    found = read("a.docx", word(f"<w:p>{run('Open.')}</w:p>{unknown}"))
    assert found.text == "Open."
    assert found.codes == ["text-not-read"]
    assert found.drops == {"not read by pandoc": "Hidden treasure"}


def test_properties_fill_what_the_text_does_not_say(read):
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:t="t"><dc:title>On Towers</dc:title>'
        "<dc:creator>Ann Poe; Ben Roe</dc:creator><cp:keywords>stone, height</cp:keywords>"
        "<t:created>2020-05-06T07:08:09Z</t:created><dc:language>en-GB</dc:language>"
        "</cp:coreProperties>"
    )
    document = read(
        "a.docx", word(f"<w:p>{run('Text.')}</w:p>", parts={"docProps/core.xml": core})
    ).document
    assert plain_text(document.title) == "On Towers"
    assert document.authors == ("Ann Poe", "Ben Roe")
    assert document.tags == ("stone", "height")
    assert (document.date, document.language) == ("2020-05-06T07:08:09+00:00", "en-GB")


def test_what_pandoc_writes_into_a_word_file_comes_back(read, made):
    text = (
        "Opening^[A note.].\n\n# One\n\nPara with $x^2$.\n\n## Two\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n# Three\n\nEnd."
    )
    found = read("made.docx", made(text, "docx"))
    outer = [node for node in found.document.children if isinstance(node, Section)]
    assert [plain_text(node.heading.children) for node in outer] == ["One", "Three"]
    assert isinstance(outer[0].children[-1], Section)
    assert found.before(NoteRef) == ["Opening"]
    assert [(note.id, note.label) for note in found.document.notes] == [("n1", "1")]
    assert found.nodes(Math)[0].text == "x^{2}"
    (table,) = found.nodes(Table)
    assert [cell.header for cell in table.rows[0].cells] == [True, True]


def test_a_picture_that_pandoc_passes_over_is_reported(read):
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    found = read("a.docx", word(f"<w:p>{run('Look')}<w:r><a:blip {space}/></w:r></w:p>"))
    assert found.codes == ["picture-not-read"]
    assert found.text == "Look"
