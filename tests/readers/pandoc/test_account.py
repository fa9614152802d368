"""The ledger adds up whatever the source: each word is kept, structure or dropped."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_PIECES = st.sampled_from(
    (
        *("a", "bc ", "*", "**", "_", "`", "[", "]", "(#x)", "(u.png)", "![", "^[n]", "^", "~"),
        *("<b>", "</b>", "<br>", "<!--c-->", "<p>", "$", "\\", "\\emph{d}", '"', "'", "@k", " "),
        *("\n", "\n\n", "\n# ", "\n## ", "\n> ", "\n- ", "\n1) ", "\n    ", "\n| ", "\n:   "),
        *("\n::: x\n", "\n:::\n", "[]{.pagebreak title=3}", "{#x}", "\n---\n", "\n\n[^1]: e\n"),
    )
)


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_every_word_of_any_markdown_is_accounted_for(read, text):
    read("a.md", text)


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: |\n  One\n\n  Two\n---\n\nText "with *quo*"tes.',
        "| a *b*\n| c^[n]d\n",
        "a[b]{.deletion}c",
        "A <span>b</span><!-- c -->d `<i>`{=html}e\n",
        ": Caption^[n]\n\n| a |\n|---|\n| b |\n",
        "Term^[n]\n:   one\n\n    two\n:   three\n",
    ],
)
def test_words_around_markup_are_counted_once(read, text):
    assert read("a.md", text).report.ledger.words > 0
