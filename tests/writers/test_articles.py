"""A comment as an article."""

from types import SimpleNamespace

import pytest
from lxml import etree

from converter.model import Comment, Paragraph, Text
from converter.words import words
from converter.writers.articles import add_comment
from converter.writers.thread import entries
from converter.writers.xhtml import XHTML


@pytest.fixture
def rendered():
    """Return a function that renders the last of some comments as an article."""

    def render(*comments):
        entry = entries(comments)[-1]
        parent = etree.Element(f"{{{XHTML}}}section")
        return add_comment(
            parent,
            entry,
            hooks=SimpleNamespace(words=words("en")),
            name="here",
            locate=lambda other: f"#{other.id}",
        )

    return render


def head(article):
    return "".join(article[0].itertext())


def comment(name, parent=None, **fields):
    return Comment(name, (Paragraph((Text("Well said."),)),), parent, 2 if parent else 1, **fields)


def test_the_head_tells_number_author_date_and_likes(rendered):
    article = rendered(comment("a", author="Ann", date="March 3", likes=4))
    assert head(article) == "1 Ann March 3 Liked by 4 people"


def test_a_reply_is_linked_with_what_it_answers(rendered):
    article = rendered(comment("a", author="Ann"), comment("b", "a"))
    assert head(article) == "1.1 in reply to Ann"
    assert article.xpath(".//@href") == ["#a"]


def test_a_comment_is_linked_with_its_first_reply():
    entry = entries((comment("a"), comment("b", "a"), comment("c", "a")))[0]
    parent = etree.Element(f"{{{XHTML}}}section")
    article = add_comment(
        parent,
        entry,
        SimpleNamespace(words=words("en")),
        name="x",
        locate=lambda other: f"#{other.id}",
    )
    assert article.xpath(".//*[contains(@class, 'first-reply')]/*/@href") == ["#b"]


def test_a_comment_is_named_for_those_who_hear_it(rendered):
    assert rendered(comment("a", author="Ann")).get("aria-label") == "Comment 1 by Ann"
    assert rendered(comment("a", kind="pingback")).get("aria-label") == "Pingback 1"


def test_the_date_leads_to_where_the_comment_was_published(rendered):
    article = rendered(comment("a", date="March 3", url="https://example.org/?p=1#c1"))
    assert article.xpath(".//@href") == ["https://example.org/?p=1#c1"]
    assert rendered(comment("a", date="March 3", url="javascript:x()")).xpath(".//@href") == []


def test_an_orphan_says_that_what_it_answers_is_missing(rendered):
    orphan = Comment("a", (), None, 3, orphan=True)
    assert head(rendered(orphan)) == "1 The comment it answers is missing from the source."


def test_what_the_source_does_not_have_is_marked_as_generated(rendered):
    article = rendered(comment("a", author="Ann"), comment("b", "a", author="Bo", likes=1))
    own = [span.text for span in article[0] if "generated" not in span.get("class")]
    assert own == ["Bo"]
