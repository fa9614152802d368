"""Which lists of a thread are replies, and which are lists that somebody wrote in a comment.

Both look the same: numbers or bullets at the column of the comment's paragraphs. What tells
them apart is the habit of the page. One theme leaves two blank lines or a number of likes behind
each comment, another begins each with a name, another does neither. So the habits come first,
estimated from the items at the outermost column, which nobody doubts; then every other list is
weighed as a whole, outermost first, by how much likelier its items are under the habits of the
comments than under those of written lists; then both are done once more with what was found.

An item of a written list holds no replies, so what is inside one is text without a question.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import Final, NamedTuple

from converter.readers.text.comments.outline import Outline, Piece
from converter.readers.text.comments.phrases import date_of, is_trace, signature_of


class Trait(NamedTuple):
    """A property that an item has or lacks, and how often text items have it.

    ``expected`` is how often comments have it before the page has shown its habits.
    """

    expected: float
    in_text: float


# The shares in text are what lists in comments show on any page; their owners never see the
# theme. The expected shares only matter on pages with few comments at the outermost column.
TRAITS: Final = {
    # Two blank lines, likes or a link to reply stand above: the comment before it was closed.
    "traced": Trait(0.5, 0.05),
    # It begins with a line that names its author.
    "signed": Trait(0.3, 0.02),
    # A blank line is above it, and another item of its list above that.
    "spaced": Trait(0.95, 0.35),
    # It is no longer than a short sentence. Some themes lose such comments, never such items.
    "short": Trait(0.3, 0.6),
}
# How many comments the expectation is worth against those that are seen.
_WEIGHT: Final = 2.0
# No habit is so regular that a filter could not have taken a line of it.
_RAREST: Final = 0.03
_SHORT: Final = 100

# Evidence that belongs to a list as a whole, in the same measure: natural logarithms of odds.
LIST_EVIDENCE: Final = {
    "replies are common": 1.5,  # lists in comments are rarer than replies
    "the text goes on below": -6.0,  # replies come after all of a comment's text
    "announced by a colon": -1.6,
    "does not begin at 1": -2.0,  # printed numbers count what is printed
    "a level is skipped": -1.0,
}
# Below this the reading is a guess, and a message says so.
DOUBT: Final = 1.5
_ROUNDS: Final = 2
# Themes with names keep most of them; a short first line now and then is text.
SIGNED: Final = 0.3


class Decision(NamedTuple):
    """The items that are comments, and the lists that could as well be read the other way."""

    comments: frozenset[int]
    doubtful: tuple[int, ...]


def decide(outline: Outline, *, step: int) -> Decision:
    """Return which items of ``outline`` are comments. ``step`` is the indentation of a level."""
    traits = [dict(_traits(outline, index)) for index in range(len(outline.pieces))]
    base = min((outline.pieces[items[0]].column for items in outline.lists), default=0)
    comments = {
        index
        for items in outline.lists
        if outline.pieces[items[0]].column == base
        for index in items
    }
    doubtful: list[int] = []
    for _ in range(_ROUNDS):
        odds = _odds(traits, comments)
        comments, doubtful = _weigh(outline, traits, odds, base=base, step=step)
    return Decision(frozenset(comments), tuple(doubtful))


# ----------------------------------------------------------------------- habits


def _traits(outline: Outline, index: int) -> Iterator[tuple[str, bool]]:
    """Yield what can be said of the item ``index``; what cannot be said is left out."""
    piece = outline.pieces[index]
    if not piece.marked:
        return
    if index:
        yield "traced", piece.gap > 1 or _closes(outline.pieces[index - 1])
    yield "signed", is_signed(piece)
    if outline.lists[outline.list_of[index]][0] != index:
        yield "spaced", piece.gap > 0
    yield "short", _length(outline, index) < _SHORT


def _closes(piece: Piece) -> bool:
    return not piece.marked and is_trace(piece.lines[-1].text)


def is_signed(piece: Piece) -> bool:
    """Whether ``piece`` begins with the name of an author, as far as its own lines say."""
    signature = signature_of(piece.text)
    if signature is None or signature.sure:
        return signature is not None
    if len(piece.lines) == 1:
        return True
    return len(piece.lines) == 2 and date_of(piece.lines[1].text) is not None


def _length(outline: Outline, index: int) -> int:
    """Return the length of the item's text up to the next item, or enough to be no short one."""
    length = 0
    for position in range(index, len(outline.pieces)):
        piece = outline.pieces[position]
        if (piece.marked and position > index) or length > _SHORT:
            break
        length += sum(len(line.text) for line in piece.lines)
    return length


def _odds(
    traits: Sequence[dict[str, bool]], comments: Iterable[int]
) -> dict[str, tuple[float, float]]:
    """Return for each trait what lacking it and having it says, as logarithms of odds."""
    odds = {}
    seen = [traits[index] for index in comments]
    for name, trait in TRAITS.items():
        shown = [item[name] for item in seen if name in item]
        share = (sum(shown) + _WEIGHT * trait.expected) / (len(shown) + _WEIGHT)
        share = min(max(share, _RAREST), 1 - _RAREST)
        odds[name] = (log((1 - share) / (1 - trait.in_text)), log(share / trait.in_text))
    return odds


# --------------------------------------------------------------------- decision


def _weigh(
    outline: Outline,
    traits: Sequence[dict[str, bool]],
    odds: dict[str, tuple[float, float]],
    *,
    base: int,
    step: int,
) -> tuple[set[int], list[int]]:
    """Return the comments under these habits, and the lists in doubt."""
    comments: set[int] = set()
    doubtful: list[int] = []
    for number, items in enumerate(outline.lists):
        first = outline.pieces[items[0]]
        around = outline.above[items[0]]
        if first.column == base:
            comments.update(items)
        elif around < 0 or around in comments:
            weights = [_weight(traits[index], odds) for index in items]
            whole = sum(LIST_EVIDENCE[name] for name in _evidence(outline, number, step))
            start, score = _best_start(weights, whole, divisible=first.number is None)
            comments.update(items[start:])
            if abs(score) < DOUBT:
                doubtful.append(number)
    return comments, doubtful


def _weight(traits: dict[str, bool], odds: dict[str, tuple[float, float]]) -> float:
    return sum(odds[name][has] for name, has in traits.items())


def _best_start(weights: Sequence[float], whole: float, *, divisible: bool) -> tuple[int, float]:
    """Return from which item on a list is replies, and the odds that it is so.

    Bullets of a comment and bullets of its replies run on without a mark between them, so that
    a list of bullets can begin as the one and end as the other.
    """
    total = sum(weights) + whole
    best, start = total, 0 if total > 0 else len(weights)
    if divisible:
        tail, most = total, abs(total)
        for index, weight in enumerate(weights[:-1], start=1):
            tail -= weight
            gain = tail - (total - tail - whole)
            if tail > 0 and gain > most:
                best, start, most = tail, index, gain
    return start, best


def _evidence(outline: Outline, number: int, step: int) -> Iterator[str]:
    """Yield the names of the evidence that the list ``number`` gives as a whole."""
    first = outline.lists[number][0]
    piece, around = outline.pieces[first], outline.above[first]
    yield "replies are common"
    if number in outline.resumed:
        yield "the text goes on below"
    if first and outline.item_of[first - 1] == around:
        if outline.pieces[first - 1].lines[-1].text.endswith((":", "：")):
            yield "announced by a colon"
    if piece.number not in {None, 1}:
        yield "does not begin at 1"
    if around < 0 or piece.column > outline.pieces[around].column + step:
        yield "a level is skipped"


def page_is_signed(outline: Outline, comments: Sequence[int]) -> bool:
    """Whether the comments of a page begin with a name more often than chance would have it."""
    alone = [index for index in comments if is_signed(outline.pieces[index])]
    return len(alone) >= SIGNED * len(comments)
