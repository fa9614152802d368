"""From pandoc's document to the model, shown on Markdown, which can say all of it."""

import pytest

from converter.errors import SourceError
from converter.model import (
    Code,
    CodeBlock,
    DefinitionList,
    Emphasis,
    Figure,
    Heading,
    Image,
    LineBlock,
    LineBreak,
    Link,
    List,
    Math,
    NoteRef,
    PageBreak,
    Paragraph,
    Quote,
    Reference,
    Rule,
    Section,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
)
from converter.walk import plain_text, walk


def outline(blocks):
    """Return the headings of sections, those of sections within them in a list behind."""
    found = []
    for block in blocks:
        if isinstance(block, Section):
            found.append(plain_text(block.heading.children))
            if inner := outline(block.children):
                found.append(inner)
    return found


def test_flat_headings_become_sections_that_nest(read):
    found = read("a.md", "# A\n\ntext\n\n## B\n\n### C\n\n## D\n\n# E\n\ntext\n")
    assert outline(found.document.children) == ["A", ["B", ["C"], "D"], "E"]
    assert [node.level for node in found.nodes(Heading)] == [1, 2, 3, 2, 1]


def test_headings_that_leave_levels_out_nest_all_the_same(read):
    found = read("a.md", "text\n\n### A\n\n# B\n\n#### C\n")
    assert outline(found.document.children) == ["A", "B", ["C"]]


def test_a_heading_without_text_is_none(read):
    found = read("a.md", "text\n\n#\n\nmore\n")
    assert found.nodes(Section) == []


def test_a_single_first_heading_is_the_title(read):
    found = read("a.md", "# On *Walls*\n\nText.\n\n## Part\n")
    assert plain_text(found.document.title) == "On Walls"
    assert isinstance(found.document.title[1], Emphasis)
    assert outline(found.document.children) == ["Part"]


def test_one_heading_of_several_as_high_is_no_title(read):
    found = read("a.md", "# One\n\n# Two\n")
    assert found.document.title == ()


def test_a_heading_that_repeats_the_title_of_the_metadata_is_dropped(read):
    found = read("a.md", "---\ntitle: Walls\n---\n\n# Walls\n\nText.\n")
    assert plain_text(found.document.title) == "Walls"
    assert found.drops == {"repeats the title": "Walls"}


def test_metadata_become_fields_and_the_rest_is_dropped_by_name(read):
    meta = (
        "---\ntitle: Walls\nsubtitle: And Gates\nauthor: [Ann Poe, Ben Roe]\ndate: 3 March 1850\n"
        "lang: en-GB\nkeywords: [stone, lime]\nabstract: In short.\nshelf: B 12\n---\n\nText.\n"
    )
    found = read("some/Long Name.md", meta)
    document = found.document
    assert (document.id, document.source) == ("long-name", "some/Long Name.md")
    assert (plain_text(document.title), plain_text(document.subject)) == ("Walls", "And Gates")
    assert document.authors == ("Ann Poe", "Ben Roe")
    assert (document.date, document.language) == ("1850-03-03", "en-GB")
    assert document.tags == ("stone", "lime")
    assert found.text == "In short. Text."
    assert found.drops == {"metadata: shelf": "B 12"}


def test_notes_are_numbered_in_the_order_of_their_calls_from_the_title_on(read):
    text = "# Title^[In the title.]\n\nOne^[First, *with*^[Inner.] style.] two.[^x]\n\n"
    found = read("a.md", text + "[^x]: Second.\n\n    Two paragraphs.\n")
    assert [(note.id, note.label) for note in found.document.notes] == [
        (f"n{n}", f"{n}") for n in range(1, len(found.document.notes) + 1)
    ]
    assert plain_text(found.document.notes[0].children) == "In the title."
    assert found.before(NoteRef) == ["One", "One two."]
    assert plain_text(found.document.notes[2].children) == "Second. Two paragraphs."


def notes(found):
    return [(note.label, plain_text(note.children)) for note in found.document.notes]


def called(found):
    return [node.note for node in walk([found.document]) if isinstance(node, NoteRef)]


def test_a_note_called_twice_is_one_note(read):
    found = read("a.md", "One[^x] two[^x].\n\n[^x]: Of\nlime.\n")
    assert notes(found) == [("1", "Of lime.")]
    assert called(found) == ["n1", "n1"]


def test_a_note_called_in_a_note_only_is_read(read):
    first = "[^x]: Two[^y], `[^y]`, \\[^y].\n\n    And[^y].\n\n"
    found = read("a.md", f"One[^x].\n\n{first}[^y]: Three[^x].\n")
    assert notes(found) == [("1", "Two, [^y], [^y]. And."), ("2", "Three.")]
    assert called(found) == ["n1", "n2", "n2", "n1"]


def test_a_note_that_nothing_calls_is_read_behind_the_others(read):
    found = read("a.md", "[^z]: Idle.\n\nOne[^x] two^[In line.].\n\n[^x]: Of lime.\n")
    assert notes(found) == [("1", "Of lime."), ("2", "In line."), ("3", "Idle.")]
    assert found.text == "One two."


@pytest.mark.parametrize(
    "code", ["```\n[^x]: a\n[^x]\n```", "    [^x]: a", "- a\n\n  ~~~\n  [^x]: b\n  ~~~"]
)
def test_what_looks_like_a_note_in_code_is_code(read, code):
    found = read("a.md", f"One.\n\n{code}\n")
    assert notes(found) == []
    assert "[^x]" in "".join(n.text for n in walk([found.document]) if isinstance(n, CodeBlock))


def test_code_in_a_note_stays_as_it_is(read):
    found = read("a.md", "One[^x].\n\n[^x]: See\n\n    ```\n    [^x]\n    ```\n")
    assert notes(found) == [("1", "See [^x]")]


@pytest.mark.parametrize(
    ("markdown", "kind"),
    [
        ("*a*", Emphasis),
        ("**a**", Strong),
        ("~~a~~", Strikeout),
        ("x^a^", Superscript),
        ("x~a~", Subscript),
        ("[a]{.smallcaps}", SmallCaps),
        ("[a]{.underline}", Underline),
        ("`a`", Code),
        ("<b>a</b>", Strong),
        ("x<sup>a</sup>", Superscript),
        ("<u>a <u>b</u></u>", Underline),
    ],
)
def test_styles_are_kept_written_as_markdown_or_html(read, markdown, kind):
    assert read("a.md", f"{markdown} end").nodes(kind)


def test_maths_are_kept_as_tex(read):
    found = read("a.md", "Where $a^2$ is\n\n$$\\frac{1}{2}$$\n")
    assert [(node.text, node.display) for node in found.nodes(Math)] == [
        ("a^2", False),
        ("\\frac{1}{2}", True),
    ]


def test_quotation_marks_are_kept(read):
    assert read("a.md", "He said \"yes\" and 'no'.").text == "He said “yes” and ‘no’."


def test_a_line_break_in_the_source_is_a_space_and_a_hard_one_a_break(read):
    (paragraph,) = read("a.md", "one\ntwo\\\nthree<br>four").document.children
    assert paragraph.children == (
        Text("one two"),
        LineBreak(),
        Text("three"),
        LineBreak(),
        Text("four"),
    )


def test_a_citation_keeps_its_text(read):
    assert read("a.md", "As said [see @poe, p. 3].").text == "As said [see @poe, p. 3]."


def test_links_lead_out_or_to_a_place_in_the_document(read):
    text = "# One {#one}\n\n[here](#one) [out](https://example.org/a) [beside](b.md) [gone](#two)\n"
    found = read("a.md", f"{text}\n# Two\n")
    assert [node.href for node in found.nodes(Link)] == ["https://example.org/a"]
    found = read("a.md", f"{text}\n# Other\n")
    assert [plain_text([node]) for node in found.nodes(Reference)] == ["here"]
    assert found.nodes(Reference)[0].document == found.document.id
    assert found.codes == ["link-dropped"]


def test_the_start_of_a_page_keeps_its_label_and_can_be_referred_to(read):
    found = read("a.md", "before []{.pagebreak #p9 title=9}after, see [page 9](#p9)")
    assert [node.label for node in found.nodes(PageBreak)] == ["9"]
    assert found.nodes(Reference)[0].page == "9"
    assert found.text == "before after, see page 9"


def test_a_picture_that_is_missing_keeps_its_name_and_alternative(read):
    found = read("a.md", "Look ![A *tall* tower](img/tower.png) there.\n\n![Alone](b.png)\n")
    assert [(node.src, node.alt) for node in found.nodes(Image)] == [
        ("img/tower.png", "A tall tower"),
        ("b.png", "Alone"),
    ]
    (figure,) = found.nodes(Figure)
    assert plain_text(figure.caption) == "Alone"
    assert found.codes == ["missing-image"] * 2


def test_a_note_in_the_text_for_a_picture_is_called_behind_it(read):
    found = read("a.md", "Look ![tower^[Built late.]](t.png) there.")
    assert plain_text(found.document.notes[0].children) == "Built late."
    assert len(found.nodes(NoteRef)) == 1


def test_lists_keep_their_start_and_the_marks_that_are_no_plain_numbers(read):
    found = read(
        "a.md", "3. c\n4. d\n\ntext\n\niv) x\nv) y\n\ntext\n\n(A) p\n(B) q\n\n- r\n\n  - s\n"
    )
    lists = found.nodes(List)
    assert [(node.ordered, node.start) for node in lists] == [
        (True, 3),
        (True, 4),
        (True, 1),
        (False, 1),
        (False, 1),
    ]
    assert [[item.marker for item in node.items] for node in lists[:3]] == [
        ["", ""],
        ["iv)", "v)"],
        ["(A)", "(B)"],
    ]


def test_tables_keep_headers_spans_and_caption(read):
    grid = (
        "+---+-------+\n| a | b     |\n+===+===+===+\n| c | d | e |\n|   +---+---+\n"
        "|   | f     |\n+---+-------+\n\n: A *small* table\n"
    )
    (table,) = read("a.md", grid).nodes(Table)
    spans = [[(c.header, c.colspan, c.rowspan) for c in row.cells] for row in table.rows]
    assert spans == [
        [(True, 1, 1), (True, 2, 1)],
        [(False, 1, 2), (False, 1, 1), (False, 1, 1)],
        [(False, 2, 1)],
    ]
    assert plain_text(table.caption) == "A small table"


def test_other_blocks_are_kept_as_what_they_are(read):
    text = (
        "> quoted\n\n| line one\n|   line two\n\n``` python\nx = 1\n```\n\n* * *\n\n"
        "Term\n:   First\n:   Second\n"
    )
    quote, lines, code, rule, terms = read("a.md", text).document.children
    assert isinstance(quote, Quote)
    assert isinstance(lines, LineBlock)
    assert len(lines.lines) == 2
    assert isinstance(code, CodeBlock)
    assert (code.text, code.language) == ("x = 1", "python")
    assert isinstance(rule, Rule)
    assert isinstance(terms, DefinitionList)
    assert plain_text(terms.items[0].children) == "First Second"


def test_divisions_are_unwrapped(read):
    found = read("a.md", "::: warning\n::: {.deep}\n# Mind\n\nthe *gap*\n:::\n:::\n\n# End\n")
    assert outline(found.document.children) == ["Mind", "End"]


def test_html_in_markdown_is_read_and_comments_in_it_are_dropped(read):
    text = (
        "<details><summary>Sum</summary><p>Inner <i>text</i></p></details>\n\nA<!-- hid den -->B\n"
    )
    found = read("a.md", text)
    assert found.text == "Sum Inner text AB"
    assert found.drops == {"HTML comment": "<!-- hid den -->"}
    assert found.codes == []


def test_tex_in_markdown_is_read_where_it_has_text(read):
    text = "\\begin{quote}Said \\emph{so}.\\end{quote}\n\n\\unheardof{x}\n"
    found = read("a.md", text)
    assert found.text == "Said so."
    assert found.codes == ["raw-dropped"]
    assert found.drops == {"raw tex": "\\unheardof{x}"}


def test_quotations_deeper_than_any_stand_level_and_say_so(read):
    found = read("a.md", "> " * 60 + "deep")
    assert len(found.nodes(Quote)) == 30
    assert found.text == "deep"
    assert found.codes == ["deep-nesting"]


def test_absurd_depth_is_an_error_for_users(read):
    with pytest.raises(SourceError, match="nests too deep"):
        read("a.md", "> " * 900 + "deep")


def test_what_takes_pandoc_too_long_is_an_error_for_users(read):
    with pytest.raises(SourceError, match="not done after .* seconds; split it"):
        read("a.md", "*word* " * 200_000, reading_seconds=0.1)


def test_an_empty_source_is_an_empty_document(read):
    assert read("a.md", "").document.children == ()


def test_windows_1252_is_read_as_such(read):
    assert read("a.md", "Café – bar".encode("cp1252")).text == "Café – bar"


def test_the_same_source_gives_the_same_document(read):
    text = "# T\n\nOne^[n] <b>two</b> [l](#t).\n"
    assert read("a.md", text).document == read("a.md", text).document


def test_a_paragraph_of_nothing_is_left_out(read):
    (only,) = read("a.md", "\\ \n\ntext\n").document.children[-1:]
    assert isinstance(only, Paragraph)


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 9 + "x" + "]" * 9, "![" * 30, "[a " * 18])
def test_brackets_that_pandoc_would_not_be_done_with_are_refused(read, text):
    with pytest.raises(SourceError, match="--limit bracket-nesting") as raised:
        read("a.md", f"One.\n\n{text}\n")
    assert raised.value.place == "a.md:3"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 8 + "x" + "]" * 4,
        "Between [0, 1) and [0, 2) " * 4 + "lie [0, 3) and more.",
        "\\[" * 30,
        "`[[[[[[[[[[[[`",
        "```\n[[[[[[[[[[[[\n\n[[[[[[[[[[[[\n```",
        "    [[[[[[[[[[[[",
        "[a](b) [c](d) " * 20,
        "[a\n\n" * 20,
    ],
)
def test_other_brackets_are_read(read, text):
    assert read("a.md", f"One.\n\n{text}\n\nEnd.\n").text.endswith("End.")


def test_the_limit_of_brackets_can_be_raised(read):
    text = "[" * 9 + "]" * 9
    assert read("a.md", f"{text}\n", bracket_nesting=9).text == text


@pytest.mark.parametrize("sign", [">", "> ", "- ", "1. > "])
def test_quotations_and_lists_that_nest_beyond_reason_are_refused(read, sign):
    with pytest.raises(SourceError, match="--limit nesting") as raised:
        read("a.md", f"One.\n\n{sign * 50_000}x\n")
    assert raised.value.place == "a.md:3"
