"""Any text is read back as the same text, whatever it would mean as Markdown."""

import json
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converter import pandoc
from converter.model import (
    Book,
    Code,
    Document,
    Emphasis,
    LineBreak,
    Link,
    Note,
    NoteRef,
    Paragraph,
    Part,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from converter.options import MarkdownOptions, Options
from converter.report import Report
from converter.walk import plain_text
from converter.writers import markdown

MARKUP = [
    *"\\`*_{}[]()#+-.!|<>$^~@&:;='\"%/",
    *"aZ9é中 ",
    *("1. ", "- ", "a) ", "(i) ", "IV. ", "#. ", "(@a) ", "> ", ": ", "::: ", "Table: ", "| "),
    *("&amp;", "&#65;", "http://a.b/_c_", "www.a.b", "a@b.org", "@name", "[@name]", ":smile:"),
    *(":+1:", ":-1:", ":100:", ":1234:"),
    *("[^1]", "[^1]: ", "^[note]", "*a*", "__a__", "~~a~~", "$a$", "`a`", "{.b}", "<b>", "<!--"),
    *("---", "--", "...", "===", "```", "~~~", "\\(a\\)", "\\begin{a}", "word ", "“", "’", "—"),
]
texts = st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=3)), max_size=8).map("".join)
inlines = st.recursive(
    st.one_of(texts.map(Text), texts.map(Code), st.just(LineBreak())),
    lambda below: st.builds(
        lambda kind, children: kind(tuple(children)),
        st.sampled_from(
            [Emphasis, Strong, SmallCaps, Superscript, Subscript, Strikeout, Underline]
        ),
        st.lists(below, max_size=3),
    ),
    max_leaves=6,
)
paragraphs = st.lists(inlines, min_size=1, max_size=3).map(lambda kids: Paragraph(tuple(kids)))

READ_AS = {"Str": lambda c: c, "Code": lambda c: c[1]}
INVISIBLE = {"Space", "SoftBreak", "LineBreak"}
HELD = {"Para", "Emph", "Strong", "Superscript", "Subscript", "Strikeout", "Underline", "SmallCaps"}


def words_of(node):
    """Return the text that pandoc has read; what is no plain text counts as what it is."""
    kind, content = node["t"], node.get("c")
    if kind in READ_AS:
        return READ_AS[kind](content)
    if kind in INVISIBLE:
        return " "
    if kind in HELD:
        return "".join(map(words_of, content))
    if kind in {"Span", "Link"}:  # an address in a text is a link on a forge
        return "".join(map(words_of, content[1]))
    if kind == "RawInline" and content[1].startswith(("<", "</")):
        return ""
    return f"<{kind}>"


def same(text):
    # A reader may take the composed form of a letter, and no-break spaces after "Mr.".
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written=st.lists(paragraphs, min_size=1, max_size=12))
def test_any_inline_nodes_survive_the_way_through_pandoc(flavour, written):
    documents = [Document(f"d{n}", children=(each,)) for n, each in enumerate(written)]
    with tempfile.TemporaryDirectory() as folder:
        options = Options(markdown=MarkdownOptions(flavour=flavour, folder=True))
        target = Path(folder, "book")
        markdown.write(Book("B", (Part(tuple(documents)),)), target, Report(), options=options)
        files = [(target / f"{document.id}.md").read_bytes() for document in documents]
    trees = [json.loads(tree) for tree in pandoc.convert(files, reader=flavour, writer="json")]
    remarks = ("RawBlock",)  # to linters
    texts = ([each for each in tree["blocks"] if each["t"] not in remarks] for tree in trees)
    found = ["".join(map(words_of, blocks)) for blocks in texts]
    expected = [markdown.escape.clean(plain_text([each])) for each in written]
    assert list(map(same, found)) == list(map(same, expected))


def test_a_style_within_its_like_does_not_end_it(desk):
    node = Emphasis((Text("a"), Emphasis((Text("b"),)), Text("-c")))
    text = desk.write(Document("d", children=(Paragraph((node,)),)), flavour="gfm")
    assert "\n<em>a*b*-c</em>\n" in text
    assert len(desk.nodes(text, "Emph", "gfm")) == 1


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1983. A year", r"1983\. A year"),
        ("A_b_c and _d_", r"A_b_c and \_d\_"),
        ("25 * 4 # 2 > 1", r"25 \* 4 # 2 > 1"),
        (">> quoted", r"\>> quoted"),
        ("I. First", r"I\. First"),
        ("Mr. Smith (Tab A)", "Mr. Smith (Tab A)"),
        ("say “so” — don’t", "say “so” — don’t"),
        ('it\'s "so"', r"it\'s \"so\""),
        ("by @ann", r"by \@ann"),
    ],
)
def test_escapes_are_few(desk, text, written):
    assert f"\n{written}\n" in desk.write(Document("d", children=(Paragraph((Text(text),)),)))


def test_a_forge_needs_fewer(desk):
    kids = (Paragraph((Text('it\'s "so" by @ann: I. First'),)),)
    assert '\nit\'s "so" by @ann: I. First\n' in desk.write(
        Document("d", children=kids), flavour="gfm"
    )


def test_what_no_text_file_should_hold_is_replaced(desk):
    kids = (Paragraph((Text("a\x00b\x02c\ud800d"),)),)
    assert "a\ufffdb\ufffdc\ufffdd" in desk.write(Document("d", children=kids))


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_a_link_never_holds_the_call_of_a_note_or_another_link(desk, flavour):
    inner = Link((Text("in"),), "https://example.org/in")
    words = Emphasis((Text("this"), NoteRef("n"), inner))
    link = Link((Text("see"), words), "https://example.org/out")
    document = Document(
        "doc",
        children=(Paragraph((link,)),),
        notes=(Note("n", "1", (Paragraph((Text("a note"),)),)),),
    )
    found = desk.nodes(desk.write(document, flavour=flavour), "Link", flavour)
    targets = [node["c"][2][0].rpartition("/")[2] for node in found]
    assert targets == ["out", "out", "in"]


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
@pytest.mark.parametrize("name", ["Lamp_(oil)", "Lamp_(oil", "Lamp)_(oil", "Lamp#(oil)_(gas)"])
def test_a_link_leads_where_it_did_whatever_brackets_are_in_its_address(desk, flavour, name):
    link = Link((Text("lamp"),), f"https://example.org/{name}")
    document = Document("d", children=(Paragraph((link,)),))
    (found,) = desk.nodes(desk.write(document, flavour=flavour), "Link", flavour)
    assert found["c"][2][0] == link.href


def test_styles_within_styles_are_read_in_no_time(desk):
    """Pandoc takes twice as long for each bracket that stands within brackets."""
    node = Text("deep")
    for _ in range(18):
        node = Strong((node,))
    written = desk.write(Document("d", children=(Paragraph((node,)),)))
    assert (written.count("["), written.count("<span ")) == (4, 13)
    assert desk.read(written).count('"strong"') == 17


@pytest.mark.parametrize("emoji", [":smile:", ":+1:", ":-1:", ":100:", ":1234:"])
def test_no_forge_makes_emoji_of_colons_and_times_stay_as_they_are(emoji):
    text = f"at 10:30:45 {emoji}"
    assert markdown.escape.escape(text, "gfm") == f"at 10:30:45 \\{emoji}"
