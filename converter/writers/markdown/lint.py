"""The rules of markdownlint that a file cannot keep, said in it so that linters need not.

Everything else is written such that the default rules hold. These cannot:

- MD001: the headings of a source may skip levels
- MD013: headings, rows of tables, code and the fences of divs are one line each, however long
- MD024: a source may give two headings the same words, and so may two threads of a book
- MD026: the headings of a source may end in a full stop or a colon
- MD029: the numbers of a list are those of the source, which may go on from another list
- MD033: a forge lets links lead to ids of HTML only, and has no other way to raise a letter or to
  break the line in a cell of a table
- MD034: linters take an address in the braces of pandoc for one in the text
- MD036: a source may have a paragraph that is all bold or slanted
- MD045: a source may show pictures without a word for them
- MD051: linters do not know the ids of pandoc's spans and divs, which links may lead to
- MD059: a source may call a link "here"

See https://github.com/DavidAnson/markdownlint/blob/main/doc/Rules.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

CONFIGURATION: Final = ".markdownlint.yaml"
_WHY: Final = "What these files cannot keep of markdownlint's default rules, and still be whole."
_FENCED: Final = re.compile(r"^([ >]*)(`{3,}|~{3,}).*?^\1\2", re.MULTILINE | re.DOTALL)
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_HEADING: Final = re.compile(r"^(?:[ >*+-]|\d+[.)])*(#{1,6}) (.*)$", re.MULTILINE)
# Words that end beyond the limit may begin before it, but in headings.
_LONG: Final = re.compile(r"^.{80}.*\s|^(?:[ >*+-]|\d+[.)])*#{1,6} .{78}")
_TAG: Final = re.compile(r"(?<!\\)</?[a-z]")
_FRAGMENT: Final = re.compile(r"\]\(#")
_ID: Final = re.compile(r'<a id="')
# As in rules MD026, MD029, MD036, MD034, MD045 and MD059 by default.
_PUNCTUATED: Final = re.compile(r"[.,;:!。，；：！]$")
_ITEM: Final = re.compile(r"([ >*+-]*)(\d+)[.)](?= |$)")
_ADDRESS: Final = re.compile(r"=\"[^\"]*(?://|www\.|\w@\w)", re.IGNORECASE)
_ALL_BOLD: Final = re.compile(
    r"(?:\A|\n[ >]*\n)[ >]*(\*\*|\*|__|_)(?=[^\s*_])[^*_\n]*[^\s*_.,;:!?。，；：！？]\1 *"
    r"(?=\n[ >]*(?:\n|\Z)|\Z)"
)
_UNNAMED: Final = re.compile(r"!\[\s*\]\(")
_VAGUE: Final = re.compile(
    r"(?<!!)\[[^\w\[]*(?:click[\W_]+here|here|link|more)[\W_]{0,9}\]\(", re.IGNORECASE
)


def broken(text: str) -> list[str]:
    """Return the rules that ``text`` does not keep."""
    plain = _CODE.sub("", _FENCED.sub("", text))
    return [rule for rule, breaks in _RULES.items() if breaks(text if rule == "MD013" else plain)]


def remark(rules: list[str]) -> str:
    """Return what says to linters in a file that it does not keep ``rules``."""
    return f"<!-- markdownlint-disable {' '.join(rules)} -->" if rules else ""


def configuration(rules: Iterable[str]) -> str:
    """Return a file that says to linters what the others in its folder do not keep."""
    return "".join((f"# {_WHY}\n", *(f"{rule}: false\n" for rule in sorted(rules))))


def _skips_levels(text: str) -> bool:
    above = 1
    for level in (len(heading[1]) for heading in _HEADING.finditer(text)):
        if level > above + 1:
            return True
        above = level
    return False


def _is_long(text: str) -> bool:
    return any(_LONG.match(line) for line in _lines(text))


def _lines(text: str) -> Iterator[str]:
    """Yield lines as long as linters take them to be, who count in units of UTF-16."""
    return (re.sub("[^\x00-\uffff]", "xx", line) for line in text.split("\n"))


def _repeats_heading(text: str) -> bool:
    headings = [heading[2].strip() for heading in _HEADING.finditer(text)]
    return len(set(headings)) < len(headings)


def _links_to_ids(text: str) -> bool:
    return bool(_FRAGMENT.search(text)) and not _ID.search(text)


def _is_punctuated(text: str) -> bool:
    return any(_PUNCTUATED.search(heading[2].strip()) for heading in _HEADING.finditer(text))


def _counts_on(text: str) -> bool:
    """Return whether the first number of a list is neither 0 nor 1."""
    last: dict[int, int] = {}
    for line in filter(str.strip, text.split("\n")):
        item = _ITEM.match(line)
        indent = item.end(1) if item else len(line) - len(line.lstrip(" >"))
        last = {depth: number for depth, number in last.items() if depth < indent + bool(item)}
        if item and int(item[2]) > 1 and indent not in last:
            return True
        if item:
            last[indent] = int(item[2])
    return False


_RULES: Final[dict[str, Callable[[str], bool]]] = {
    "MD001": _skips_levels,
    "MD013": _is_long,
    "MD024": _repeats_heading,
    "MD026": _is_punctuated,
    "MD029": _counts_on,
    "MD033": lambda text: bool(_TAG.search(text)),
    "MD034": lambda text: bool(_ADDRESS.search(text)),
    "MD036": lambda text: bool(_ALL_BOLD.search(text)),
    "MD045": lambda text: bool(_UNNAMED.search(text)),
    "MD051": _links_to_ids,
    "MD059": lambda text: bool(_VAGUE.search(text)),
}
