"""The rules of markdownlint that a file cannot keep, said in it so that linters need not.

Everything else is written such that the default rules hold. These cannot:

- MD001: the headings of a source may skip levels
- MD010: code may be set in by tabs
- MD011: linters take what is in round brackets before a span of pandoc for a link
- MD013: headings, rows of tables, code and the fences of divs are one line each, however long
- MD014: code may show commands alone, with the prompt before them
- MD024: a source may give two headings the same words, and so may two threads of a book
- MD026: the headings of a source may end in a full stop or a colon
- MD028: one quotation may follow another
- MD029: the numbers of a list are those of the source, which may go on from another list
- MD030: code that an item of a list begins with stands in a line with what follows in the item
- MD033: a forge lets links lead to ids of HTML only, and has no other way to raise a letter or to
  break the line in a cell of a table
- MD034: addresses in the text of a source need not be links, and linters take one in the braces of
  pandoc for one in the text
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
# Code stands between fences, the first of which an item, a note or a definition may begin with.
_FENCED: Final = re.compile(
    r"^[ >]*(?:(?:[-*+:]|\d+[.)]|\[\^[^\]]+\]:) +)*(`{3,}|~{3,}).*?^[ >]*\1",
    re.MULTILINE | re.DOTALL,
)
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_HEADING: Final = re.compile(r"^(?:[ >*+-]|\d+[.)])*(#{1,6}) (.*)$", re.MULTILINE)
# The line below the head of a table as pandoc writes it, and cells in it and in others.
_DASHES: Final = re.compile(r"[ >]*\|(?::?-+:?\|)+")
_DASHED: Final = re.compile(r"\|(:?)(-+)(:?)(?=\|)")
_EMPTY: Final = re.compile(r"(?<!\\)\|  (?=\|)")
_FEWEST: Final = 3
# Words that end beyond the limit may begin before it, but in headings.
_LONG: Final = re.compile(r"^.{80}.*\s|^(?:[ >*+-]|\d+[.)])*#{1,6} .{78}")
_TAG: Final = re.compile(r"(?<!\\)</?[a-z][a-z0-9]*[\s/>]")
# What linters do not see of a heading.
_STYLE: Final = re.compile("<[^>]*>|[*_`]")
_FRAGMENT: Final = re.compile(r"\]\(#")
_ID: Final = re.compile(r'<a id="')
# As in rules MD026, MD029, MD034, MD011, MD030, MD014, MD036, MD045 and MD059 by default.
_PUNCTUATED: Final = re.compile(r"[.,;:!。，；：！]$")
_ITEM: Final = re.compile(r"([ >*+-]*)(\d+)[.)](?= |$)")
_ADDRESS: Final = re.compile(
    r"=\"[^\"]*(?://|www\.|\w@\w)|(?<![\w<\[])(?<!\]\()(?:https?://|www\.)\w", re.IGNORECASE
)
_REVERSED: Final = re.compile(r"(?<!\\)\([^()]+\)\[[^\]^][^\]]*\](?!\()")
_WIDE_ITEM: Final = re.compile(r"^[ >]*(?:[*+-]|\d+[.)]) {2,}\S", re.MULTILINE)
_COMMAND: Final = re.compile(r"[ >]*\$\s")
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
    return [rule for rule, breaks in _RULES.items() if breaks(text if rule in _OF_CODE else plain)]


def spaced(text: str) -> str:
    """Return ``text`` with one space on either side of what is in the cells of its tables.

    Pandoc leaves out those beside the dashes, and puts two into cells that are empty.
    """
    parts: list[str] = []
    at = 0
    for code in _FENCED.finditer(text):
        parts += (_spaced(text[at : code.start()]), code[0])
        at = code.end()
    return "".join((*parts, _spaced(text[at:])))


def _spaced(text: str) -> str:
    lines = text.split("\n")
    for n, line in enumerate(lines):
        if n and _DASHES.fullmatch(line):
            lines[n] = _DASHED.sub(_with_room, line)
            end = next((m for m in range(n, len(lines)) if "|" not in lines[m]), len(lines))
            for row in (n - 1, *range(n + 1, end)):
                lines[row] = _EMPTY.sub("| ", lines[row])
    return "\n".join(lines)


def _with_room(cell: re.Match[str]) -> str:
    """Return the dashes of a cell in as much room as they had, colons at their ends included."""
    left, dashes, right = cell.groups()
    return f"| {left}{'-' * max(len(dashes) - 2, _FEWEST)}{right} "


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


def _shows_commands(text: str) -> bool:
    """Return whether some code is commands alone, each behind a prompt."""
    codes = (code[0].split("\n")[1:-1] for code in _FENCED.finditer(text))
    filled = ([line for line in lines if line.strip(" >")] for lines in codes)
    return any(lines and all(map(_COMMAND.match, lines)) for lines in filled)


def _repeats_heading(text: str) -> bool:
    headings = [_STYLE.sub("", heading[2]).strip() for heading in _HEADING.finditer(text)]
    return len(set(headings)) < len(headings)


def _follows_quotation(text: str) -> bool:
    """Return whether nothing but an empty line parts two quotations."""
    depths: list[int] = []
    empty: list[bool] = []
    for line in text.split("\n"):
        rest = line.lstrip(" >")
        depths.append(line[: len(line) - len(rest)].count(">"))
        empty.append(not rest)
    return any(
        empty[n] and depths[n - 1] > depths[n] < depths[n + 1] for n in range(1, len(depths) - 1)
    )


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


# These look at code, too.
_OF_CODE: Final = frozenset({"MD010", "MD013", "MD014", "MD030"})
_RULES: Final[dict[str, Callable[[str], bool]]] = {
    "MD001": _skips_levels,
    "MD010": lambda text: "\t" in text,
    "MD011": lambda text: bool(_REVERSED.search(text)),
    "MD013": _is_long,
    "MD014": _shows_commands,
    "MD024": _repeats_heading,
    "MD026": _is_punctuated,
    "MD028": _follows_quotation,
    "MD029": _counts_on,
    "MD030": lambda text: bool(_WIDE_ITEM.search(text)),
    "MD033": lambda text: bool(_TAG.search(text)),
    "MD034": lambda text: bool(_ADDRESS.search(text)),
    "MD036": lambda text: bool(_ALL_BOLD.search(text)),
    "MD045": lambda text: bool(_UNNAMED.search(text)),
    "MD051": _links_to_ids,
    "MD059": lambda text: bool(_VAGUE.search(text)),
}
