"""What markdownlint's default rules say of our files: they keep them, or say which they cannot."""

import pytest

from converter.model import (
    CodeBlock,
    Document,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Section,
    Text,
)
from converter.writers.markdown.lint import broken, spaced


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


BLANK = List((ListItem((words("oars"),)),))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("MD024", "# <em>The lamp.</em>\n\n## <em>The lamp</em>.\n"),
        ("MD026", "## To whom it may concern:\n"),
        ("MD026", "# 海面平静。\n"),
        ("MD010", "```text\nlight:\n\tout\n```\n"),
        ("MD011", "Ann (of the town)[ ]{.break}says.\n"),
        ("MD014", "> ```text\n> $ trim lamp\n>\n> $ light lamp\n> ```\n"),
        ("MD028", "> The lamp.\n\n> The ferry.\n"),
        ("MD029", "3. oars\n4. a lantern\n"),
        ("MD029", "1. oars\n2. a lantern\n\nAnd so on.\n\n3. a fish\n"),
        ("MD029", "- a\n\n  7. oars\n"),
        ("MD030", "1.  ```text\n    oars\n    ```\n"),
        ("MD034", "It is at http://example.org/ now.\n"),
        ("MD034", "See (www.example.org).\n"),
        ("MD034", '[]{.about\nurl="https://example.org/"}\n'),
        ("MD034", '[a]{.link href="mailto:ann@example.org"}\n'),
        ("MD036", "One.\n\n**The lamp room**\n\nTwo.\n"),
        ("MD036", "> *The lamp*\n"),
        ("MD045", "![](lamp.png)\n"),
        ("MD059", "[here](https://example.org/)\n"),
        ("MD059", "[Click here!](https://example.org/)\n"),
    ],
)
def test_what_cannot_be_kept_is_told(rule: str, text: str) -> None:
    assert rule in broken(text)


@pytest.mark.parametrize(
    "text",
    [
        "**The lamp is out.**\n",
        "**The lamp** is *out*\n",
        "One\n**The lamp**\n",
        "## Why?\n",
        "## 7. The ferry[^1]\n\nSee 1984.\n",
        "1. oars\n   1. long\n   2. short\n2. a lantern\n",
        "0. none\n1. one\n",
        "[the ferry](https://example.org/)\n",
        "![A lamp](lamp.png)\n",
        "`[here](x)` and `![](y)`\n",
        "```text\n3. oars\n# Ends in:\n```\n",
        "> The lamp.\n>\n> The ferry.\n\nOut.\n",
        "- ```text\n  # Ends in:\n  ```\n\n  ```text\n  # As well:\n  ```\n",
        "```text\n$ trim lamp\nout\n```\n",
        "[http://example.org/](http://example.org/) and <https://example.org/>\n",
    ],
)
def test_what_is_kept_is_not_told(text: str) -> None:
    assert broken(text) == []


def test_cells_of_tables_have_one_space_around_them_and_code_is_left_alone() -> None:
    table = "> |  |  |\n> |:---|----|\n> | a | b |\n> |  | \\|  \\| |\n"
    code = "```text\n|  |  |\n|---|---|\n```\n"
    assert spaced(f"{table}\n{code}{table}") == (
        "> | | |\n> | :--- | --- |\n> | a | b |\n> | | \\|  \\| |\n\n"
        f"{code}> | | |\n> | :--- | --- |\n> | a | b |\n> | | \\|  \\| |\n"
    )
    aligned = "| lamp | out  |\n|------|-----:|\n| oars | lost |\n"
    assert spaced(aligned) == "| lamp | out  |\n| ---- | ---: |\n| oars | lost |\n"


def test_code_in_items_goes_with_one_space_behind_their_numbers(desk) -> None:
    code = CodeBlock("trim\n  lamp")
    items = (ListItem((words("one"), code)), ListItem((words("two"),)))
    document = Document("d", children=(List(items, ordered=True),))
    for flavour in ("markdown", "gfm"):
        text = desk.write(document, flavour=flavour)
        assert "1. one\n\n    ```text\n    trim\n      lamp\n    ```\n\n2. two" in text


def test_fences_stand_apart_from_what_needs_lines_around_it(desk) -> None:
    inner = Section((BLANK, Rule(), CodeBlock("row()")), Heading((Text("Inner"),)))
    outer = Section((words("Opening"), inner), Heading((Text("Outer"),), 3))
    bare = Section((BLANK, Quote((Section((BLANK,)),)), Heading((Text("Last"),))))
    text = desk.write(Document("d", children=(outer, bare)))
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if line.lstrip("> ").startswith(("#", "- ", "* * *", "```text")):
            assert not lines[place - 1].strip("> ")
        if line.lstrip("> ").startswith(("#", "- ", "* * *")):
            assert not lines[place + 1].strip("> ")
    assert "\n\n\n" not in text


def test_a_mark_that_looks_like_a_number_opens_no_list_on_a_forge(desk) -> None:
    items = (ListItem((words("one"),)), ListItem((words("two"),), marker="b)"))
    document = Document("d", children=(List(items, ordered=True, start=3),))
    text = desk.write(document, flavour="gfm")
    assert "- 3\\. one\n- b) two" in text
    assert desk.nodes(text, "OrderedList", "gfm") == []


def test_a_picture_without_words_leaves_no_space_behind_it(desk) -> None:
    missing = Paragraph((Text("See "), Image("lost.png")))
    text = desk.write(Document("d", children=(missing,)), flavour="gfm")
    assert "See\n" in text


def test_a_file_says_which_rules_its_content_breaks(desk) -> None:
    link = Paragraph((Link((Text("here"),), "https://example.org/"),))
    document = Document("d", children=(Heading((Text("Dear Ann:"),)), link))
    text = desk.write(document, flavour="gfm")
    assert "<!-- markdownlint-disable MD001 MD026 MD059 -->" in text
