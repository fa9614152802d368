"""Which lists of a thread are replies, and which are lists that somebody wrote in a comment.

Both look the same: numbers or bullets at the column of the comment's paragraphs. What tells
them apart is the habit of the page. One theme leaves two blank lines or a number of likes behind
each comment, another begins each with a name, another does neither. So the habits come first,
estimated from the items at the outermost column, which nobody doubts; then every other list is
weighed as a whole, outermost first, by how much likelier its items are under the habits of the
comments than under those of written lists; then both are done again with what was found.

An item of a written list holds no replies, as a rule: what is inside one has to be far likelier
a reply. Last, the number of comments that the page declares decides what was nearly even.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import inf, log
from typing import Final, NamedTuple, TypeAlias

from converter.readers.text.comments.outline import Outline
from converter.readers.text.comments.phrases import date_of, ping_of, signature_of


class Trait(NamedTuple):
    """A property that an item has or lacks.

    ``expected`` is how often comments have it before the page has shown its habits, and
    ``weight`` how many comments that expectation is worth; a small weight says that pages
    differ, and that each is regular in itself. ``in_text`` is how often text items have it.
    """

    expected: float
    weight: float
    in_text: float


# The shares in text hold for any page: the author of a list never sees the theme.
TRAITS: Final = {
    # Two blank lines, likes or a link to reply stand above: the comment before it was closed.
    "traced": Trait(0.5, 0.4, 0.02),
    # The same above the first item of a list, where a paragraph may have vanished in a text.
    "traced first": Trait(0.5, 0.4, 0.12),
    # It begins with a line that names its author: "Ann says:", or a name that stands alone.
    "signed": Trait(0.4, 0.5, 0.02),
    "named": Trait(0.3, 1.0, 0.05),
    # Its list has bullets and no numbers. Themes number their replies or do not, all of them.
    "bulleted": Trait(0.3, 0.5, 0.4),
    # A blank line is above it, and another item of its list above that.
    "spaced": Trait(0.98, 10.0, 0.35),
    # It is no longer than a short sentence. Some themes lose such comments, never such items.
    "short": Trait(0.25, 4.0, 0.4),
}
# Traits of which one habit is the cause.
_SAME_HABIT: Final = {"traced first": "traced"}
# No habit is so regular that a filter could not have taken a line of it. Names that stand alone
# are taken often: those of one word.
_RAREST: Final = {"named": 0.2, "short": 0.05}
_RAREST_ELSE: Final = 0.01
_SHORT: Final = 100

# Evidence that belongs to a list as a whole, in the same measure: natural logarithms of odds.
LIST_EVIDENCE: Final = {
    "replies are common": 1.5,  # lists in comments are rarer than replies
    "the text goes on below": -6.0,  # replies come after all of a comment's text
    "another list follows": -1.0,  # a comment has one list of replies, the last
    "announced by a colon": -1.6,
    "does not begin at 1": -2.0,  # printed numbers count what is printed
    "a level is skipped": -1.0,
    "one list becomes another": -1.5,
    "inside a written item": -4.0,  # what is in one has no replies, as a rule
}
# Below this the reading is a guess, and a message says so.
DOUBT: Final = 1.5
# Up to this the number of comments that the page declares decides against a list.
_OVERRULED: Final = 5.0
_ADMITTED: Final = 3.0
_ROUNDS: Final = 3
# Habits are learnt from lists that are replies beyond doubt.
_SURE: Final = 3.0
# A page signs its comments if lacking a signature speaks as much against one.
_TELLING: Final = -1.0
# Themes with names keep most of them; a short first line now and then is text.
SIGNED: Final = 0.3
_FEWEST: Final = 2

_ItemTraits: TypeAlias = tuple[tuple[str, bool], ...]


class Decision(NamedTuple):
    """The items that are comments, the lists that could as well be read the other way, and
    whether the page leaves a trace below each comment.
    """

    comments: frozenset[int]
    doubtful: tuple[int, ...]
    traced: bool


class Page(NamedTuple):
    """What is known of a section besides its outline.

    ``step`` is the indentation of a level, ``closed`` whether a trace stands below the last
    comment, ``declared`` the number of comments that its heading claims.
    """

    step: int
    closed: bool | None = None
    declared: int | None = None


def decide(outline: Outline, page: Page) -> Decision:
    """Return which items of ``outline`` are comments."""
    traits = [tuple(_traits(outline, index)) for index in range(len(outline.pieces))]
    weighed = [_Weighed(items, 0, inf) for items in outline.lists if outline.is_outermost(items)]
    for _ in range(_ROUNDS):
        habits = _Habits(traits, _sure(weighed), page)
        weighed = _weigh(outline, traits, habits, step=page.step)
    comments = {index for entry in weighed for index in entry.items[entry.start :]}
    comments -= _overruled(outline, weighed, comments, page)
    comments |= _admitted(outline, weighed, comments, page)
    doubtful = tuple(n for n, entry in enumerate(weighed) if abs(entry.odds) < DOUBT)
    return Decision(frozenset(comments), doubtful, habits.traced)


class _Weighed(NamedTuple):
    """A list, from which item on it is replies, and the odds that they are."""

    items: Sequence[int]
    start: int
    odds: float
    followed: bool = False


def _sure(weighed: Iterable[_Weighed]) -> Iterator[int]:
    """Yield the items that are comments beyond doubt, from which habits are learnt."""
    for entry in weighed:
        if entry.odds > _SURE:
            yield from entry.items[entry.start :]


# ----------------------------------------------------------------------- habits


def _traits(outline: Outline, index: int) -> Iterator[tuple[str, bool]]:
    """Yield what can be said of the item ``index``; what cannot be said is left out."""
    piece = outline.pieces[index]
    if not piece.marked:
        return
    first = outline.lists[outline.list_of[index]][0] == index
    if index:
        traced = piece.gap > 1 or outline.pieces[index - 1].trace
        yield "traced first" if first else "traced", traced
    signature = signature_of(piece.text)
    yield "signed", signature is not None and signature.sure
    yield "named", _is_signed(outline, index)
    if first and outline.above[index] >= 0:
        yield "bulleted", piece.number is None
    if not first:
        yield "spaced", piece.gap > 0
    yield "short", _length(outline, index) < _SHORT


def _is_signed(outline: Outline, index: int) -> bool:
    """Whether the item begins with the name of an author: a line that says so, or a name alone.

    A name alone stands above what its author wrote; a few words with nothing below them are an
    item of few words.
    """
    piece = outline.pieces[index]
    signature = signature_of(piece.text)
    if signature is None or signature.sure:
        return signature is not None
    if len(piece.lines) == 2 and date_of(piece.lines[1].text) is not None:
        return True
    if len(piece.lines) > 1 or index + 1 == len(outline.pieces):
        return False
    below = outline.pieces[index + 1]
    return below.column > piece.column and below.gap > 0 and not below.trace


def _length(outline: Outline, index: int) -> int:
    """Return the length of the item's text up to the next item, or enough to be no short one."""
    length = 0
    for position in range(index, len(outline.pieces)):
        piece = outline.pieces[position]
        if (piece.marked and position > index) or length > _SHORT:
            break
        length += sum(len(line.text) for line in piece.lines)
    return length


class _Habits:
    """What each trait says on this page, learnt from ``comments``, as logarithms of odds."""

    def __init__(self, traits: Sequence[_ItemTraits], comments: Iterable[int], page: Page) -> None:
        seen: dict[str, list[bool]] = {name: [] for name in TRAITS}
        for index in comments:
            for name, has in traits[index]:
                seen[_SAME_HABIT.get(name, name)].append(has)
        if page.closed is not None:
            seen["traced"].append(page.closed)
        self._odds = {name: _odds(name, seen[_SAME_HABIT.get(name, name)]) for name in TRAITS}
        self._weights: dict[tuple[_ItemTraits, bool], float] = {}

    @property
    def traced(self) -> bool:
        """Whether the page leaves a trace below each comment."""
        return self._odds["traced"][False] < _TELLING

    def weight(self, traits: _ItemTraits, *, head: bool = False) -> float:
        """Return what the traits of an item say; few items have traits of their own.

        ``head`` leaves out what the item owes to one above it in its list.
        """
        key = (traits, head)
        if key not in self._weights:
            self._weights[key] = self._sum(traits, head=head)
        return self._weights[key]

    def _sum(self, traits: _ItemTraits, *, head: bool) -> float:
        # A signature is one trait seen in two ways; the plainer one counts.
        plain = "signed" if self._odds["signed"][False] < _TELLING else "named"
        ignored = {"signed", "named", "spaced" if head else ""} - {plain}
        return sum(self._odds[name][has] for name, has in traits if name not in ignored)


def _odds(name: str, shown: Sequence[bool]) -> tuple[float, float]:
    """Return what lacking the trait says, and what having it says."""
    trait = TRAITS[name]
    share = (sum(shown) + trait.weight * trait.expected) / (len(shown) + trait.weight)
    rarest = _RAREST.get(name, _RAREST_ELSE)
    share = min(max(share, rarest), 1 - rarest)
    return log((1 - share) / (1 - trait.in_text)), log(share / trait.in_text)


# --------------------------------------------------------------------- decision


def _weigh(
    outline: Outline, traits: Sequence[_ItemTraits], habits: _Habits, *, step: int
) -> list[_Weighed]:
    """Return every list as it is to be read under these habits, outermost first."""
    comments: set[int] = set()
    weighed = []
    for number, items in enumerate(outline.lists):
        if outline.is_outermost(items):
            entry = _Weighed(items, 0, inf)
        else:
            weights = [habits.weight(traits[index]) for index in items]
            bulleted = outline.pieces[items[0]].number is None
            heads = [habits.weight(traits[index], head=True) for index in items if bulleted]
            whole = sum(LIST_EVIDENCE[name] for name in _evidence(outline, number, comments, step))
            start, odds = _best_start(weights, heads, whole)
            entry = _Weighed(items, start, odds, number in outline.followed)
        comments.update(items[entry.start :])
        weighed.append(entry)
    return weighed


def _overruled(
    outline: Outline, weighed: Sequence[_Weighed], comments: set[int], page: Page
) -> set[int]:
    """Return the items that are no comments because there are more of them than declared.

    Lists with another one below them in the same comment go first, as only the last of a
    comment's lists can be its replies; then those of which the least is sure. What has
    replies is a comment.
    """
    excess = len(comments) - (page.declared or len(comments))
    overruled: set[int] = set()
    answered = {outline.above[index] for index in comments}
    lists = [entry for entry in weighed if 0 < entry.odds < _OVERRULED]
    for entry in sorted(lists, key=lambda entry: (not entry.followed, entry.odds)):
        items = entry.items[entry.start :]
        if len(overruled) + len(items) <= excess and answered.isdisjoint(items):
            overruled.update(items)
    return overruled


def _admitted(
    outline: Outline, weighed: Sequence[_Weighed], comments: set[int], page: Page
) -> set[int]:
    """Return the items that are comments because with them there are as many as declared."""
    missing = (page.declared or 0) - len(comments)
    admitted: set[int] = set()
    lists = [entry for entry in weighed if -_ADMITTED < entry.odds <= 0]
    for entry in sorted(lists, key=lambda entry: -entry.odds):
        if len(admitted) < missing:
            admitted.update(entry.items)
    around = comments | admitted
    fits = all(outline.above[index] in around for index in admitted)
    return admitted if len(admitted) == missing and fits else set()


def _best_start(
    weights: Sequence[float], heads: Sequence[float], whole: float
) -> tuple[int, float]:
    """Return from which item on a list is replies, and the odds that it is so.

    Bullets of a comment and bullets of its replies run on without a mark between them, so that
    a list of bullets can begin as the one and end as the other. ``heads`` are the weights of
    the items as first ones. Odds below nothing say that there are no replies.
    """
    tail = sum(weights) + whole
    best, start = tail, 0
    for index, head in enumerate(heads[1:], start=1):
        tail -= weights[index - 1]
        split = tail - weights[index] + head + LIST_EVIDENCE["one list becomes another"]
        if split > max(best, 0.0):
            best, start = split, index
    return (start, best) if best > 0 else (len(weights), best)


def _evidence(outline: Outline, number: int, comments: set[int], step: int) -> Iterator[str]:
    """Yield the names of the evidence that the list ``number`` gives as a whole."""
    first = outline.lists[number][0]
    piece, around = outline.pieces[first], outline.above[first]
    yield "replies are common"
    if number in outline.resumed:
        yield "the text goes on below"
    if number in outline.followed:
        yield "another list follows"
    if _announced(outline, first):
        yield "announced by a colon"
    if piece.number not in {None, 1}:
        yield "does not begin at 1"
    if around < 0 or piece.column > outline.pieces[around].column + step:
        yield "a level is skipped"
    if around >= 0 and around not in comments:
        yield "inside a written item"


def _announced(outline: Outline, first: int) -> bool:
    before = outline.pieces[first - 1] if first else None
    return before is not None and before.lines[-1].text.endswith((":", "："))


def page_is_signed(outline: Outline, comments: Sequence[int]) -> bool | None:
    """Whether the comments of a page begin with a name more often than chance would have it.

    None if there are too few of them to tell. Pings, which name a page, are left out of account.
    """
    authored = [index for index in comments if ping_of(outline.pieces[index].text) is None]
    signed = sum(_is_signed(outline, index) for index in authored)
    if signed < SIGNED * len(authored):
        return False
    return True if signed >= _FEWEST else None
