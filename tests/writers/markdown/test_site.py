"""Folders for generators of static sites: what these know, read and refuse."""

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converter import pipeline
from converter.model import (
    Book,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Image,
    Link,
    List,
    ListItem,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Reference,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from converter.options import MarkdownOptions, Options
from converter.report import Report
from converter.verify import verify
from tests import strategies

SITES = ("hugo", "jekyll")


def paragraph(*children):
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in children))


def strong(*children):
    return Strong(paragraph(*children).children)


def emphasis(*children):
    return Emphasis(paragraph(*children).children)


MEMO = Document(
    "memo-25",
    title=(Text("Memo"),),
    number="25",
    subject=(Text("Trade"),),
    children=(paragraph("See ", Reference((Text("the post"),), "post"), PageBreak("90")),),
    date="1983-03-01",
    tags=("talks",),
    url="https://example.org/memo",
)
POST = Document("post", title=(Text("Post"),), date="in winter", authors=("Bo",))
BOOK = Book(
    "Papers",
    (Part((), "Trade"), Part((MEMO,), "Memos", 2), Part((POST,), "Posts")),
    language="en",
    authors=("Ann",),
    modified="1984-01-01T00:00:00Z",
    identifier="x:1",
)


def written(book, site, folder):
    target = folder / "book"
    options = Options(markdown=MarkdownOptions(site=site))
    pipeline.write(book, target, "markdown", Report(), options)
    return {each.name: each.read_text("utf-8") for each in target.iterdir() if each.is_file()}


def text_of(site, folder, *children, **fields):
    document = Document("d", children=children, **fields)
    return written(Book("B", (Part((document,)),), language="en"), site, folder)["d.md"]


def front_matter(text):
    return text.split("---\n")[1].splitlines()


def test_front_matter_for_hugo_says_order_dates_and_names_of_terms(tmp_path):
    files = written(BOOK, "hugo", tmp_path)
    assert sorted(files) == ["_index.md", "memo-25.md", "post.md"]
    assert front_matter(files["memo-25.md"]) == [
        "edition: hugo",
        'title: "25. Memo"',
        'slug: "memo-25"',
        'authors: ["Ann"]',
        'lastmod: "1984-01-01T00:00:00Z"',
        "weight: 1",
        'date: "1983-03-01"',
        'description: "Trade"',
        'tags: ["talks"]',
        'categories: ["Trade", "Memos"]',
        'lang: "en"',
        'original: "https://example.org/memo"',
    ]


def test_front_matter_for_jekyll_has_a_layout(tmp_path):
    files = written(BOOK, "jekyll", tmp_path)
    assert sorted(files) == ["index.md", "memo-25.md", "post.md"]
    known = front_matter(files["post.md"])
    assert 'layout: "page"' in known
    assert 'author: ["Bo"]' in known
    assert "order: 2" in known


def test_a_date_that_no_generator_can_read_is_no_date(tmp_path):
    known = front_matter(written(BOOK, "hugo", tmp_path)["post.md"])
    assert 'dated: "in winter"' in known
    assert not any(line.startswith("date:") for line in known)


@pytest.mark.parametrize(
    ("site", "link"), [("hugo", '{{< relref "post.md" >}}'), ("jekyll", "post.html")]
)
def test_links_between_files_are_such_as_the_generator_resolves(tmp_path, site, link):
    files = written(BOOK, site, tmp_path)
    assert f"[the post]({link})" in files["memo-25.md"]
    index = files["_index.md" if site == "hugo" else "index.md"]
    assert f"  - [25. Memo]({link.replace('post', 'memo-25')})" in index


@pytest.mark.parametrize("site", SITES)
def test_the_title_is_printed_by_the_generator_unless_notes_are_called_in_it(tmp_path, site):
    assert "Memo\n" not in written(BOOK, site, tmp_path)["memo-25.md"].split("---\n")[2]
    note = Note("n1", "1", (paragraph("Found."),))
    title = (Text("Memo"), NoteRef("n1"))
    assert "\n## Memo[^1]\n" in text_of(site, tmp_path, title=title, notes=(note,))


def test_hugo_needs_no_html(tmp_path):
    note = Note("n1", "1", (paragraph("See", NoteRef("n1")),))
    text = text_of("hugo", tmp_path, paragraph("1", Superscript((Text("st“"),))), notes=(note,))
    assert "<" not in text.replace("\\<", "")
    assert "- [^1]\n\n[^1]: See[^1]\n" in text


def test_for_hugo_a_line_begins_with_no_space_from_within_a_style(tmp_path):
    item = ListItem((paragraph(Superscript((Text(" st“"),)), " and "), paragraph("on")))
    assert "\n- st“ and\n\n  on\n" in text_of("hugo", tmp_path, List((item,)))


@pytest.mark.parametrize(
    ("styled", "shown"),
    [
        ((strong("Ann"), strong("B")), "**AnnB**"),
        ((emphasis(strong("Ann")), emphasis(strong("B"))), "**AnnB**"),
        ((strong("Ann"), Subscript((strong("42"),))), "**Ann42**"),
        ((emphasis(emphasis("Ann"), strong(emphasis("talk"))),), "*Anntalk*"),
        ((emphasis("Ann"), strong("talk"), strong("page")), "*Ann*talkpage"),
        ((emphasis("Ann"), strong("talk"), emphasis("page")), "*Ann*talk*page*"),
        ((strong("“Ann”", emphasis("B")), emphasis("C")), "“Ann”*BC*"),
        ((strong("Ann"), Image("gone.png", ""), strong("B")), "**Ann**B"),
        ((strong("Ann"), emphasis("a", strong("b"), "c"), "d"), "**Ann**a**b**cd"),
        (
            (strong("Note:"), " a, ", emphasis("“b”"), " and ", strong("(c)"), "d"),
            "**Note:** a, *“b”* and (c)d",
        ),
        ((emphasis("…"), " ", strong("a "), strong("b."), " c"), "… a **b.** c"),
        ((emphasis("a", strong("b", emphasis("c")), emphasis("d"), "-e"),), "*abcd-e*"),
        (("&", Superscript((Text("amp;"),))), r"\&amp;"),
        ((emphasis("Ann"), " ", strong("B"), "c"), "*Ann* **B**c"),
    ],
)
def test_styles_that_touch_add_no_letters_for_hugo(tmp_path, styled, shown):
    document = Document("d", children=(paragraph("By ", *styled, "."),))
    book = Book("B", (Part((document,)),), language="en")
    assert f"\nBy {shown}.\n" in written(book, "hugo", tmp_path)["d.md"]
    assert verify(tmp_path / "book", book) == ()


@pytest.mark.parametrize(
    ("site", "source", "shown"),
    [
        ("hugo", "{{< x >}} {{% y %}}", r"\{\{\< x >}} \{\{% y %}}"),
        ("jekyll", "{{ x }} {% y %} {: z}", r"\{\{ x }} \{&#37; y %} \{: z}"),
        ("jekyll", "a@b.org &amp;", "a&#64;b.org &amp;amp;"),
        ("hugo", "a@b.org &amp;", r"a\@b.org \&amp;"),
    ],
)
def test_text_holds_no_command(tmp_path, site, source, shown):
    assert f"\n{shown}\n" in text_of(site, tmp_path, paragraph(source))


@pytest.mark.parametrize(
    ("site", "source", "shown"),
    [
        ("hugo", "{{< x >}}", "{{</* x */>}}"),
        ("hugo", "{{< x", None),
        ("jekyll", "{{ x }}", "{% raw %}{% endraw %}"),
        ("jekyll", "{% endraw %}", None),
    ],
)
def test_code_holds_none_or_is_text(tmp_path, site, source, shown):
    blocks = (CodeBlock(source), paragraph(Code(source)))
    text = text_of(site, tmp_path, *blocks)
    if shown is None:
        assert "`" not in text
    elif site == "hugo":
        assert f"```text\n{shown}\n```\n\n`{shown}`\n" in text
    else:
        fenced = f"{{% raw %}}\n\n```text\n{source}\n```\n\n{{% endraw %}}"
        assert f"{fenced}\n\n{{% raw %}}`{source}`{{% endraw %}}\n" in text


def test_labels_of_footnotes_are_such_as_kramdown_reads(tmp_path):
    notes = (Note("n1", "†", (paragraph("One."),)), Note("n2", "17.a", (paragraph("Two."),)))
    text = text_of("jekyll", tmp_path, paragraph(NoteRef("n1"), NoteRef("n2")), notes=notes)
    assert "[^note][^17-a]" in text
    assert "[^note]: ***†*** One." in text


@pytest.mark.parametrize("site", SITES)
def test_rules_for_linters_are_in_a_file_beside(tmp_path, site):
    files = written(
        Book("B", (Part((Document("d", children=(CodeBlock("a " * 60),)),)),)), site, tmp_path
    )
    assert "\nMD013: false\n" in files[".markdownlint.yaml"]
    assert "markdownlint" not in files["d.md"]


@pytest.mark.parametrize("site", SITES)
def test_a_site_is_proved_whole(tmp_path, site):
    written(BOOK, site, tmp_path)
    assert verify(tmp_path / "book", BOOK) == ()
    page = tmp_path / "book" / "memo-25.md"
    page.write_text(page.read_text("utf-8").replace("25. Memo", "25. Memos"), "utf-8")
    assert [each.code for each in verify(tmp_path / "book", BOOK)] == ["text-differs"]


@pytest.mark.parametrize("site", SITES)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_any_book_becomes_a_site_that_is_whole(site, seed):
    book = pipeline.bind(strategies.Maker(Random(seed)).book(), Report())
    with tempfile.TemporaryDirectory() as folder:
        written(book, site, Path(folder))


def test_a_link_out_of_the_site_stays_as_it_is(tmp_path):
    link = Link((Text("there"),), "https://example.org/a.html")
    assert "[there](https://example.org/a.html)" in text_of("jekyll", tmp_path, paragraph(link))
