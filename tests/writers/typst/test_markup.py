"""Text in Typst's markup means itself, whatever it looks like."""

import json
import re

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.writers.typst.markup import Markup, call, text, value

# Shows content as text, what is no text by the name of its function.
READ = """
#set smartquote(enabled: false)
#let plain(it) = {
  if type(it) == str { it }
  else if it.has("text") { it.text }
  else if it.has("children") { it.children.map(plain).join("") }
  else if it.has("child") { plain(it.child) }
  else if it.func() == smartquote { if it.double { "\\"" } else { "'" } }
  else if it == [ ] { " " }
  else { "<" + repr(it.func()) + ">" }
}
#let f(it) = it
"""
LOOKS = (
    "#let x = 1",
    "$x$ *b* _i_ `r` @name <label>",
    "https://example.org/a?b=c#d",
    "a // no /* nor */ b",
    "\\n \\u{41} ~ [x] {y}",
    "-- --- ... -? -5 a--b",
    "\"a\" 'b'",
)


def shown(*texts: str) -> list[str]:
    """Return what Typst shows of ``texts``, each before and behind a call."""
    lines = (f"#metadata(plain[{text(each)}#f[|]{text(each)}])<it>" for each in texts)
    source = READ + "\n".join(lines)
    found = json.loads(typst.query(source.encode(), "<it>", field="value"))
    return [each or "" for each in found]


def spaced(plain: str) -> str:
    return re.sub(r"[ \t\r\n\x85\u2028\u2029]+", " ", plain)


@pytest.mark.parametrize("line", LOOKS)
def test_text_that_looks_like_markup_is_text(line: str) -> None:
    assert shown(line) == [f"{line}|{line}"]


@pytest.mark.parametrize(
    "line", ["= head", "- item", "+ item", "1. one", "12. x", "/ term: x", "(call)", ".field", ";"]
)
def test_what_would_begin_a_line_or_go_on_a_call_is_text(line: str) -> None:
    assert shown(line) == [f"{line}|{line}"]


@settings(max_examples=30)
@given(st.lists(st.text("#@$*_/<>\\=-+1.~\"'[](){};:`ab ?&é—\t\n", max_size=14), max_size=40))
def test_any_text_is_shown_as_it_is_but_for_white_space(texts: list[str]) -> None:
    assert shown(*texts) == [f"{spaced(each)}|{spaced(each)}" for each in texts]


def test_quotes_and_backslashes_stand_in_strings() -> None:
    assert value('a "b" \\ c\n') == '"a \\"b\\" \\\\ c\\n"'


def test_calls_leave_out_what_is_not_given() -> None:
    made = call("f", Markup("x"), id_="a", to=None, marks=("1", "2"), on=True)
    assert made == '#f(id: "a", marks: ("1", "2", ), on: true)[x]'
    assert call("f") == "#f()"


def test_long_words_may_end_a_line_anywhere() -> None:
    assert text("a" * 40).replace("\u200b", "") == "a" * 40
    assert "\u200b" in text("a" * 40)
    assert "\u200b" not in text("a" * 30)


def test_characters_that_no_edition_can_hold_are_replaced() -> None:
    assert text("a\x00b\ud800") == "a\ufffdb\ufffd"
