"""What belongs to the page around a thread and not to its text: forms, notices, buttons, links."""

from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from converter.readers.text.comments.outline import STEP
from converter.readers.text.comments.phrases import (
    is_appeal,
    is_button,
    is_closed,
    is_form,
    is_form_line,
    is_paging,
    is_share_heading,
)
from converter.readers.text.dump import Line

# Between two sections of comments stand at most so many lines, no longer than a heading.
BETWEEN: Final = 3
HEADING_LENGTH: Final = 100
# What stands below a form is the foot of the page, as long as it is short.
_FOOT_LINES: Final = 80
_FOOT_LENGTH: Final = 300


class Furniture(NamedTuple):
    """A line that belongs to the page and not to its text, and what it is."""

    line: Line
    reason: str


def may_head(line: Line) -> bool:
    """Whether ``line`` is as short as a heading, and no sentence."""
    return len(line.text) <= HEADING_LENGTH and not line.text.endswith((".", ",", ";", ":"))


def find_foot(lines: Sequence[Line], end: int) -> tuple[Furniture, ...]:
    """Return the form below the comments, and the foot of the page below the form."""
    rest = [line for line in lines[end:] if not line.blank]
    below = end > 0
    start = next((n for n in range(len(rest)) if _begins_foot(rest, n, below_comments=below)), None)
    if start is None:
        return tuple(Furniture(line, "navigation") for line in rest if is_paging(line.text))
    foot = rest[start:]
    short = len(foot) <= _FOOT_LINES and all(len(line.text) <= _FOOT_LENGTH for line in foot)
    known = [line for line in foot if short or _is_known(line.text)]
    links = [Furniture(line, "navigation") for line in rest[:start] if is_paging(line.text)]
    return (*links, *(Furniture(line, _reason(line.text)) for line in known))


def find_appeals(lines: Sequence[Line]) -> tuple[Furniture, ...]:
    """Return the lines that ask to subscribe, wherever they stand."""
    # Patterns take long to find nothing, and few texts speak of subscriptions.
    asking = (line for line in lines if "ubscri" in line.text and is_appeal(line.text))
    return tuple(Furniture(line, "appeal to subscribe") for line in asking)


def find_form(lines: Sequence[Line], end: int) -> tuple[Furniture, ...]:
    """Return the form that ends above line ``end``, where a theme has it above the comments."""
    first = max(0, end - 2 * _FOOT_LINES)
    rest = [line for line in islice(lines, first, end) if not line.blank]
    for index, line in enumerate(rest):
        if is_form(line.text) and _begins_foot(rest, index, below_comments=False):
            form = rest[index:]
            short = all(len(line.text) <= _FOOT_LENGTH for line in form)
            return tuple(Furniture(line, "comment form") for line in form) if short else ()
    return ()


def find_buttons(lines: Sequence[Line], end: int) -> tuple[Furniture, ...]:
    """Return the buttons to share and to like a post that end above line ``end``.

    A word such as "Print" is a button only below a line that says what the buttons are for.
    """
    found: list[Line] = []
    headed = False
    for line in reversed(lines[max(0, end - 2 * _FOOT_LINES) : end]):
        if not line.blank:
            if not is_button(line.text):
                break
            found.append(line)
            headed = headed or is_share_heading(line.text)
    while found and not is_share_heading(found[-1].text):
        found.pop()
    return tuple(Furniture(line, "share buttons") for line in reversed(found)) if headed else ()


def _begins_foot(rest: Sequence[Line], index: int, *, below_comments: bool) -> bool:
    """Whether a form begins here: its heading and a line of it, or the notice that none is."""
    text = rest[index].text
    if rest[index].indent >= STEP:
        return False
    if is_closed(text):
        return True
    return is_form(text) and (
        (below_comments and index == 0)
        or any(is_form_line(line.text) for line in rest[index + 1 : index + 4])
    )


def _is_known(text: str) -> bool:
    return is_form(text) or is_closed(text) or is_form_line(text) or is_paging(text)


def _reason(text: str) -> str:
    if is_paging(text):
        return "navigation"
    return "comments closed" if is_closed(text) else "comment form"
