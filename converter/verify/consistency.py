"""What must hold of an edition whatever its source: calls, ways back and threads fit together."""

from collections import defaultdict
from collections.abc import Iterator

from converter.verify.difference import Difference
from converter.verify.reading import Reading


def faults(reading: Reading) -> Iterator[Difference]:
    """Yield the calls without note, ways back that lead astray, and comments under nobody."""
    yield from reading.faults
    yield from _calls_without_note(reading)
    yield from _backlinks(reading)
    known = {comment.key for comment in reading.comments}
    for comment in reading.comments:
        if comment.parent and comment.parent not in known:
            text = f"the comment answers {comment.parent}, which is no comment"
            yield Difference("comment-under-wrong-parent", text, comment.place)


def _calls_without_note(reading: Reading) -> Iterator[Difference]:
    notes = {note.key for note in reading.notes}
    for passage in reading.passages():
        for position, call in passage.calls.items():
            if call.note not in notes:
                text = f"the call {call.mark} leads to {call.note or 'nothing'}, which is no note"
                yield Difference("call-without-note", text, passage.place(position))


def _backlinks(reading: Reading) -> Iterator[Difference]:
    """Yield calls that their note does not lead back to, and ways back to other than its calls.

    Formats whose readers make the ways back themselves have none to check.
    """
    calls: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for passage in reading.passages():
        for position, call in passage.calls.items():
            calls[call.note][call.name] = passage.place(position)
    for note in reading.notes:
        if note.backlinks is None:
            continue
        for name, place in calls[note.key].items():
            if name not in note.backlinks:
                text = f"note {note.mark} has no link back to its call at {place}"
                yield Difference("backlink-lost", text, note.place)
        for name in note.backlinks:
            if name not in calls[note.key]:
                text = f"note {note.mark} links back to {name}, which does not call it"
                yield Difference("backlink-wrong", text, note.place)
