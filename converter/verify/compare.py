"""An edition held against its source: what was lost, added, changed or put elsewhere.

1. ``_passage``   words, page breaks and calls of the running text, side by side; ``_set``, how
                  these are set: in which styles and in which blocks
2. ``Matching``   which comment and note of the edition is which one of the source
3. ``_passage``   again, for each of these, and what they say of themselves
4. ``_calls``     whether each call leads to the note that the source has for it
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple, get_args

from converter.verify.align import Gap, gaps, gaps_in_letters, joined, pairs
from converter.verify.blocks import differing_blocks
from converter.verify.difference import Difference, quoted
from converter.verify.forms import differing_forms
from converter.verify.headings import differing_headings
from converter.verify.languages import differing_languages
from converter.verify.letters import letters, runs_leftward, unmirrored
from converter.verify.reading import (
    CALL,
    PAGE,
    Call,
    Comment,
    Medium,
    Note,
    Passage,
    Reading,
    Reference,
    Within,
)
from converter.verify.templates import Templates

# Words that are divided at the ends of lines may be taken for others nearby.
_NEIGHBOURS: Final = 3
# As many fields of a comment are its own.
_OWN: Final = 4
# About as many words as stand on two lines.
_LINES: Final = 30


class _Change(NamedTuple):
    """Words of the source, those in the edition in their place, and where that is."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    place: str


class _AlignedCall(NamedTuple):
    """A call of the source, the same call in the edition, and where that is."""

    expected: Call
    found: Call
    place: str


def compare(expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield the differences of ``found``, read from an edition, from what was ``expected``."""
    yield from _title_page(expected, found)
    yield from _about(expected, found)
    yield from _contents(expected, found)
    yield from _outline(expected, found)
    yield from differing_headings(expected, found)
    yield from _passage(expected.body, found.body, "", found)
    yield from _set(expected.body, found.body, found.medium)
    yield from differing_languages(expected, found)
    comments = match_comments(expected.comments, found.comments)
    yield from _comments(expected, found, comments)
    texts = [(expected.body, found.body)]
    texts += [(one.passage, other.passage) for one, other in comments.values()]
    matching = _Matching(expected.notes, found.notes, texts)
    yield from _notes(expected, found, matching)
    yield from _calls(matching, marked=found.medium.marks)
    yield from _references(expected, found)
    yield from _addresses(expected, found)


def _title_page(expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield what the title page lacks. What it has more, a template has added to it."""
    if expected.title_page is None or found.title_page is None:
        return
    shown = letters("".join(found.title_page))
    alike = unmirrored if runs_leftward(shown) else str
    for text in expected.title_page:
        if alike(letters(text)) not in alike(shown):
            yield Difference("word-lost", f"“{text}” is missing on the title page")


def _about(expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield what catalogues would show of another book."""
    if expected.about is None or found.about is None:
        return
    for name, values in expected.about.items():
        said = found.about.get(name)
        if said is not None and _as_one(said) != _as_one(values):
            text = f"the {name} {quoted(values)} became {quoted(said) if said else 'nothing'}"
            yield Difference("metadata-differs", text)


def _contents(expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield the titles that the contents do not name in their order, or not where they stand.

    They may name more. A document under the same title as its part is named once.
    """
    if expected.contents is None or found.contents is None:
        return
    titles = [title for title, _ in groupby(entry.label for entry in expected.contents)]
    labels = [_told(entry.label) for entry in found.contents]
    named = dict(pairs(list(map(_told, titles)), labels))
    for position, title in enumerate(titles):
        if position not in named:
            yield Difference("contents-lost", f"“{title}” is not in its place in the contents")
        elif not (entry := found.contents[named[position]]).leads_there:
            text = f"the contents lead elsewhere than to “{title}”"
            yield Difference("contents-lead-elsewhere", text, entry.place)


def _outline(expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield the titles that the bookmarks do not name in their order; they may name more."""
    if expected.contents is None or found.outline is None:
        return
    titles = [title for title, _ in groupby(entry.label for entry in expected.contents)]
    named = dict(pairs(list(map(_told, titles)), list(map(_told, found.outline))))
    for position, title in enumerate(titles):
        if position not in named:
            yield Difference("bookmark-lost", f"“{title}” is not in its place in the bookmarks")


def _as_one(values: tuple[str, ...]) -> str:
    """Return ``values`` as those print them that have one line for all."""
    return ", ".join(" ".join(value.split()) for value in values)


# ------------------------------------------------------------------------- passages


def _passage(
    expected: Passage, found: Passage, name: str, edition: Reading
) -> Iterator[Difference]:
    """Yield what ``found`` in ``edition`` has otherwise; ``name`` says what they are."""
    if expected.words == found.words:
        return
    loose = edition.medium.loose
    lost: list[tuple[str, str]] = []
    added: list[tuple[str, str]] = []
    moved = _Moved(edition.templates)
    for ours, theirs, place in _changes(expected, found, loose=loose):
        lost += ((word, place) for word in ours if word[0] in (PAGE, CALL))
        added += ((word, place) for word in theirs if word[0] in (PAGE, CALL))
        moved.note(_plain(ours), _plain(theirs), place, loose=loose)
    yield from moved.differences(name)
    yield from _marks(expected, found, lost, added)


def _set(expected: Passage, found: Passage, medium: Medium) -> Iterator[Difference]:
    """Yield what ``found`` has in other styles or other blocks than ``expected``."""
    yield from differing_forms(expected, found, medium.forms)
    if medium.blocks:
        yield from differing_blocks(expected, found, medium.dialect)


def _changes(expected: Passage, found: Passage, *, loose: bool) -> Iterator[_Change]:
    """Yield the stretches that differ; if ``loose``, only those that differ in their letters."""
    last = max(0, len(found.words) - 1)
    for gap in _loose_gaps(expected, found) if loose else gaps(expected.words, found.words):
        ours = expected.words[gap.start : gap.end]
        theirs = found.words[gap.other_start : gap.other_end]
        yield _Change(ours, theirs, found.place(min(gap.other_start, last)))


def _loose_gaps(expected: Passage, found: Passage) -> Iterator[Gap]:
    """Yield the stretches whose letters differ, whatever the words that lines make of them.

    Where writing runs from right to left, a page does not tell on which side of a word a sign
    stands: if any does, the same signs on a line or two in whatever order will do.
    """

    def shown(gap: Gap) -> tuple[str, str]:
        ours = expected.words[gap.start : gap.end]
        theirs = found.words[gap.other_start : gap.other_end]
        return _letters_of(ours), _letters_of(theirs)

    differing = []
    is_leftward = any(map(runs_leftward, expected.words))
    words = [
        [*map(unmirrored, each.words)] if is_leftward else each.words for each in (expected, found)
    ]
    for gap in joined(gaps_in_letters(*words), _NEIGHBOURS, expected.words):
        ours, theirs = shown(gap)
        if ours != theirs and not _is_divided(
            expected.words[gap.start : gap.end], found.words[gap.other_start : gap.other_end]
        ):
            differing.append(gap)
    if not differing or not is_leftward:
        yield from differing
        return
    for gap in joined(differing, _LINES, expected.words):
        if not _have_same_words(*shown(gap)):
            yield gap


def _is_turned(ours: str, theirs: str) -> bool:
    """Return whether ``theirs`` has the letters of ``ours``, some of which run leftward."""
    return runs_leftward(ours) and _have_same_words(ours, theirs)


def _have_same_words(ours: str, theirs: str) -> bool:
    """Return whether both have the same letters in order, and the same signs in any."""
    alike = Counter(unmirrored(ours)) == Counter(unmirrored(theirs))
    return alike and [*filter(str.isalnum, ours)] == [*filter(str.isalnum, theirs)]


def _told(label: str) -> str:
    """Return the letters of ``label``, in no order if some run leftward."""
    if runs_leftward(label):
        return "".join(sorted(unmirrored(letters(label))))
    return letters(label)


def _is_divided(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether ``theirs`` are the words of ``ours``, divided where calls and pages stand.

    In ``ours`` these stand behind the word that they are in: in Chinese that may be a sentence.
    """
    if _letters_of(_plain(ours)) != _letters_of(_plain(theirs)):
        return False
    marks, found = list(_marks_in(ours)), list(_marks_in(theirs))
    return len(marks) == len(found) and all(
        mark == other and (start < place or place == end) and place <= end
        for (mark, start, end), (other, _, place) in zip(marks, found, strict=True)
    )


def _marks_in(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield calls and pages with the letters before and behind the word they stand behind."""
    start = end = 0
    for word in words:
        if word[0] in (CALL, PAGE):
            yield word, start, end
        else:
            start, end = end, end + len(letters(word))


def _letters_of(words: Sequence[str]) -> str:
    return letters("".join(words))


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word[0] not in (PAGE, CALL))


class _Moved:
    """Collects stretches of words; what is lost in one place and added in another was moved."""

    def __init__(self, templates: Templates) -> None:
        """``templates`` may have added what they say."""
        self._changes: list[_Change] = []
        self._templates = templates

    def note(
        self, ours: tuple[str, ...], theirs: tuple[str, ...], place: str, *, loose: bool
    ) -> None:
        if ours != theirs and not (loose and _letters_of(ours) == _letters_of(theirs)):
            self._changes.append(_Change(ours, theirs, place))

    def differences(self, name: str) -> Iterator[Difference]:
        lost = {ours for ours, theirs, _ in self._changes if not theirs}
        added = {theirs for ours, theirs, _ in self._changes if not ours}
        within = f" in {name}" if name else ""
        for ours, theirs, place in self._changes:
            if ours and theirs:
                text = f"{quoted(ours)} became {quoted(theirs)}{within}"
                yield Difference("text-differs", text, place)
            elif ours and ours not in added:
                yield Difference("word-lost", f"{quoted(ours)} is missing{within}", place)
            elif theirs in lost:
                text = f"{quoted(theirs)} stands elsewhere in the source{within}"
                yield Difference("word-out-of-order", text, place)
            elif self._templates.rest("".join(theirs)):
                text = f"{quoted(theirs)} is not in the source{within}"
                yield Difference("word-added", text, place)


def _marks(
    expected: Passage,
    found: Passage,
    lost: list[tuple[str, str]],
    added: list[tuple[str, str]],
) -> Iterator[Difference]:
    """Yield what became of page breaks and calls that are not where they should be."""
    spare: defaultdict[str, deque[str]] = defaultdict(deque)
    for word, place in added:
        spare[word].append(place)
    same_order = expected.pages() == found.pages()
    for word, place in lost:
        elsewhere = spare[word].popleft() if spare[word] else None
        if word == CALL:
            yield _call_difference(place, elsewhere)
        elif elsewhere is None:
            yield Difference("page-lost", f"page {word[1:]} is missing", place)
        else:
            code = "page-moved" if same_order else "page-out-of-order"
            yield Difference(code, f"page {word[1:]} should begin at {place}", elsewhere)
    for word, places in spare.items():
        for place in places:
            if word == CALL:
                yield Difference("call-added", "a note is called that is not called here", place)
            else:
                text = f"page {word[1:]} does not begin here in the source"
                yield Difference("page-added", text, place)


def _call_difference(place: str, elsewhere: str | None) -> Difference:
    if elsewhere is None:
        return Difference("call-lost", "the call of a note is missing", place)
    return Difference("call-moved", f"the call of a note should stand at {place}", elsewhere)


# ------------------------------------------------------------------------- comments


def match_comments(
    expected: Sequence[Comment], found: Sequence[Comment]
) -> dict[str, tuple[Comment, Comment]]:
    """Return pairs of the same comment in source and edition, by the key of the former.

    First those with the same text and author in the same order, then those with these anywhere,
    then those that stand between the same neighbours.
    """
    ours, theirs = [_signature(each) for each in expected], [_signature(each) for each in found]
    aligned = dict(pairs(ours, theirs))
    left: defaultdict[str, deque[int]] = defaultdict(deque)
    used = set(aligned.values())
    for place, signature in enumerate(theirs):
        if place not in used:
            left[signature].append(place)
    for place, signature in enumerate(ours):
        if place not in aligned and left[signature]:
            aligned[place] = left[signature].popleft()
    aligned.update(_between_neighbours(aligned, len(ours), len(theirs)))
    return {expected[one].key: (expected[one], found[two]) for one, two in aligned.items()}


def _signature(comment: Comment) -> str:
    words = _letters_of(comment.passage.words)
    return "\n".join((words, *comment.fields[:2]))


def _between_neighbours(aligned: dict[int, int], ours: int, theirs: int) -> dict[int, int]:
    """Return pairs of those left over that follow a pair, one by one."""
    used = set(aligned.values())
    found: dict[int, int] = {}
    other = -1
    for place in range(ours):
        if place in aligned:
            other = aligned[place]
        elif other + 1 < theirs and other + 1 not in used:
            other += 1
            used.add(other)
            found[place] = other
    return found


def _comments(
    expected: Reading, found: Reading, matched: dict[str, tuple[Comment, Comment]]
) -> Iterator[Difference]:
    keys = {one.key: other.key for one, other in matched.values()}
    ranks = {comment.key: rank for rank, comment in enumerate(found.comments)}
    reached = -1
    for comment in expected.comments:
        if comment.key not in matched:
            text = f"a comment is missing: {quoted(comment.passage.plain())}"
            yield Difference("comment-lost", text, comment.place)
            continue
        other = matched[comment.key][1]
        if ranks[other.key] < reached:
            text = "the comment stands behind others that it stands before in the source"
            yield Difference("comment-out-of-order", text, other.place)
        reached = max(reached, ranks[other.key])
        yield from _passage(comment.passage, other.passage, "the comment", found)
        yield from _comment(comment, other, keys, loose=found.medium.loose)
        yield from _set(comment.passage, other.passage, found.medium)
    known = set(keys.values())
    for other in found.comments:
        if other.key not in known:
            text = f"the source has no such comment: {quoted(other.passage.plain())}"
            yield Difference("comment-added", text, other.place)


def _comment(
    comment: Comment, other: Comment, keys: dict[str, str], *, loose: bool
) -> Iterator[Difference]:
    if other.parent != keys.get(comment.parent, ""):
        should = keys.get(comment.parent) or "none"
        text = f"the comment answers {other.parent or 'none'} and should answer {should}"
        yield Difference("comment-under-wrong-parent", text, other.place)
    fields = [*zip(comment.fields, other.fields, strict=False)]
    differing = [pair for pair in fields[:_OWN] if pair[0] != pair[1]]
    # What stands around the fields is told only where these are right: it holds them.
    differing = differing or [
        pair for pair in fields[_OWN:] if letters(pair[0]) != letters(pair[1])
    ]
    for ours, theirs in differing:
        if not (loose and _is_turned(ours, theirs)):
            text = f"“{ours}” became “{theirs}” in what a comment says of itself"
            yield Difference("text-differs", text, other.place)


# ---------------------------------------------------------------------------- notes


class _Matching:
    """Finds out which note of the edition is which one of the source.

    Text and mark alone do not tell, as many notes are alike ("Not printed."): so a note is first
    looked for where the call leads that stands where the source calls it.
    """

    def __init__(
        self,
        expected: Sequence[Note],
        found: Sequence[Note],
        texts: Sequence[tuple[Passage, Passage]],
    ) -> None:
        self._expected = {note.key: note for note in expected}
        self._found = {note.key: note for note in found}
        self.matched: dict[str, str] = {}
        self._taken: set[str] = set()
        self.calls: list[_AlignedCall] = []
        for one, other in texts:
            self._align(one, other)
        self._follow_calls(alike=True)
        self._match_left(expected, found, _content)
        self._follow_calls(alike=True)
        self._follow_calls(alike=False)
        self._match_left(expected, found, _words)
        self._match_left(expected, found, lambda _: ())

    def _align(self, one: Passage, other: Passage) -> None:
        """Add the calls that stand in the same places of two passages."""
        if not one.calls or not other.calls:
            return
        same = one.words == other.words
        places = ((at, at) for at in one.calls) if same else pairs(one.words, other.words)
        for ours, theirs in places:
            if ours in one.calls and theirs in other.calls:
                place = other.place(theirs)
                self.calls.append(_AlignedCall(one.calls[ours], other.calls[theirs], place))

    def _follow_calls(self, *, alike: bool) -> None:
        """Match notes by their calls; the list grows by the calls in notes that are matched."""
        for call in self.calls:
            one = self._expected.get(call.expected.note)
            other = self._found.get(call.found.note)
            if one and other and (_alike(one, other) or not alike):
                self._match(one, other)

    def _match_left(
        self, expected: Sequence[Note], found: Sequence[Note], trait: Callable[[Note], Hashable]
    ) -> None:
        """Match the notes that are left and have the same ``trait``, in order."""
        left: defaultdict[Hashable, deque[Note]] = defaultdict(deque)
        for note in found:
            if note.key not in self._taken:
                left[trait(note)].append(note)
        for note in expected:
            if note.key not in self.matched and left[trait(note)]:
                self._match(note, left[trait(note)].popleft())

    def _match(self, one: Note, other: Note) -> None:
        if one.key in self.matched or other.key in self._taken:
            return
        self.matched[one.key] = other.key
        self._taken.add(other.key)
        self._align(one.passage, other.passage)

    def found(self, note: Note) -> Note | None:
        """Return the note of the edition that is ``note``, None if there is none."""
        key = self.matched.get(note.key)
        return self._found[key] if key else None

    def is_taken(self, key: str) -> bool:
        """Return whether the note ``key`` of the edition is one of the source."""
        return key in self._taken


def _alike(one: Note, other: Note) -> bool:
    same = one.passage.words == other.passage.words or _words(one) == _words(other)
    return same and not _is_remarked(one, other, marked=False)


def _is_remarked(one: Note | Call, other: Note | Call, *, marked: bool) -> bool:
    """Return whether the mark of the source differs; of one left out it tells if ``marked``."""
    return bool(one.mark and (marked or other.mark) and one.mark != other.mark)


def _content(note: Note) -> tuple[str, str]:
    return note.mark, _words(note)


def _words(note: Note) -> str:
    return _letters_of(note.passage.words)


def _notes(expected: Reading, found: Reading, matching: _Matching) -> Iterator[Difference]:
    called = {call.expected.note: call.place for call in matching.calls}
    ranks = {note.key: rank for rank, note in enumerate(found.notes)}
    reached = -1
    for note in expected.notes:
        other = matching.found(note)
        if other is None:
            text = f"note {note.mark} is missing: {quoted(note.passage.plain())}"
            yield Difference("note-lost", text, called.get(note.key, note.place))
            continue
        name = f"note {note.mark}"
        if found.medium.ordered and ranks[other.key] < reached:
            text = f"{name} stands behind others that it stands before in the source"
            yield Difference("note-out-of-order", text, other.place)
        reached = max(reached, ranks[other.key])
        yield from _passage(note.passage, other.passage, name, found)
        yield from _set(note.passage, other.passage, found.medium)
        if _is_remarked(note, other, marked=found.medium.marks):
            text = f"the mark “{note.mark}” of a note became “{other.mark}”"
            yield Difference("mark-differs", text, other.place)
    for other in found.notes:
        if not matching.is_taken(other.key):
            text = f"the source has no such note: {quoted(other.passage.plain())}"
            yield Difference("note-added", text, other.place)


def _calls(matching: _Matching, *, marked: bool) -> Iterator[Difference]:
    """Yield the calls that lead to another note than in the source, or print another mark."""
    for call in matching.calls:
        should = matching.matched.get(call.expected.note)
        if call.found.note != should and (should or matching.is_taken(call.found.note)):
            whither = should or "one that is missing"
            text = f"a call leads to {call.found.note or 'nothing'} and should lead to {whither}"
            yield Difference("note-called-elsewhere", text, call.place)
        elif _is_remarked(call.expected, call.found, marked=marked):
            text = f"the mark “{call.expected.mark}” of a call became “{call.found.mark}”"
            yield Difference("mark-differs", text, call.place)


# ----------------------------------------------------------------------- references


def _references(expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield the links inside the book that are missing or lead elsewhere."""
    if expected.references is None or found.references is None:
        return
    for within in get_args(Within):
        links = [link for link in expected.references if link.within == within]
        targets = [link.target for link in found.references if link.within == within]
        if found.medium.ordered:
            there = {place for place, _ in pairs([link.target for link in links], targets)}
        else:
            there = _places_there(links, targets)
        for link in (each for place, each in enumerate(links) if place not in there):
            text = f"the link “{link.text}” does not lead to “{link.target}”"
            yield Difference("reference-lost", text, link.place)


def _places_there(links: Sequence[Reference], targets: Sequence[str]) -> set[int]:
    """Return the places of those ``links`` that lead to one of ``targets``, each to its own."""
    left = Counter(map(_told, targets))
    there = set()
    for place, link in enumerate(links):
        target = next((each for each in map(_told, (link.target, link.title)) if left[each]), None)
        if target is not None:
            left[target] -= 1
            there.add(place)
    return there


def _addresses(expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield the links out of the book that are missing, lead elsewhere, or are not the source's."""
    if expected.addresses is None or found.addresses is None:
        return
    left = Counter((_unescaped(link.target), letters(link.text)) for link in found.addresses)
    # Where lines end within words, which text is linked is not told.
    targets = {target for target, _ in left}
    places = {letters(link.text): link.place for link in found.addresses if link.text}
    for link in expected.addresses:
        shown, target = letters(link.text), _unescaped(link.target)
        there = target in targets if found.medium.loose else left[target, shown]
        if shown and not there:
            text = f"the link “{link.text}” does not lead to {link.target}"
            yield Difference("link-lost", text, places.get(shown, link.place))
        left[target, shown] -= 1
    known = {_unescaped(link.target) for link in expected.addresses}
    for link in found.addresses:
        if _unescaped(link.target) not in known:
            text = f"a link leads to {link.target}, where none of the source does"
            yield Difference("link-added", text, link.place)


def _unescaped(target: str) -> str:
    """Return the address ``target`` with round brackets as they are: some editions escape them."""
    return target.replace("%28", "(").replace("%29", ")")
