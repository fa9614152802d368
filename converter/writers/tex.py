"""Formulas in TeX, which whoever sets them obeys to the letter."""

import re
from typing import Final

# Commands that open files or addresses, run programs, bring style sheets and forms, or make
# commands of letters: of what is left, none can be reached but by its name. As in KaTeX's option
# "trust" (https://katex.org/docs/options.html), MathJax' extension "safe"
# (https://docs.mathjax.org/en/latest/options/safe.html), and what TeX itself has.
_NAMES: Final = (
    r"\w*(?:input|include|file|write|shell|lua|package|require|graphics|pdf|xetex|hyper|html|special"
    r"|csname|catcode|scantokens|expl|href|nolinkurl|acrobat|pushbutton|textfield|checkbox|choice"
    r"|submit)\w*|url|read|readline|openin|openout|newread|documentclass|class|cssid|style"
)
_REACHES_OUT: Final = re.compile(
    rf"\^\^|\\(?:{_NAMES})(?![a-z])|\\begin(?!\s*\{{\s*(?!(?:{_NAMES})\b)[a-z]+\*?\s*\}})",
    re.IGNORECASE,
)


def is_harmless(tex: str) -> bool:
    """Whether ``tex`` asks for nothing but a formula."""
    return not _REACHES_OUT.search(tex)
