"""Threads whose comments name the comment they answer: put in order, whatever is wrong with them.

Exports give comments as a list with a parent each. In the thread a reply stands below what it
answers. Nothing here recurses: a thread may be of any depth.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from converter.model import Comment


class Reply(NamedTuple):
    """A comment, and the id of what it answers; ``left_out`` if it must not be shown."""

    comment: Comment
    answers: str | None = None
    left_out: bool = False


def thread_of(replies: Sequence[Reply]) -> tuple[Comment, ...]:
    """Return the comments of ``replies`` in the order of their thread.

    Siblings keep their order. A comment whose parent is left out or missing, or that answers
    itself by a detour, is an orphan at the depth where it stood. Of two comments of one id the
    second gets another; what answers that id answers the first.
    """
    by_id = {reply.comment.id: reply for reply in _distinct(replies)}
    above = {key: _parent(reply, by_id) for key, reply in by_id.items()}
    depths = _depths(by_id, above)
    answers: dict[str | None, list[Comment]] = defaultdict(list)
    for key, reply in by_id.items():
        if reply.left_out:
            continue
        parent = above[key]
        orphan = bool(reply.answers) and (parent is None or by_id[parent].left_out)
        known = None if orphan else parent
        comment = replace(reply.comment, parent=known, orphan=orphan, depth=depths[key])
        answers[known].append(comment)
    return _in_order(answers)


def _distinct(replies: Sequence[Reply]) -> Iterator[Reply]:
    """Yield ``replies``, each with an id of its own."""
    given = {reply.comment.id for reply in replies}
    taken: Counter[str] = Counter()
    for reply in replies:
        name = unique = reply.comment.id
        while taken[unique] or (unique != name and unique in given):
            taken[name] += 1
            unique = f"{name}-{taken[name]}"
        taken[unique] += 1
        yield reply._replace(comment=replace(reply.comment, id=unique))


def _in_order(answers: dict[str | None, list[Comment]]) -> tuple[Comment, ...]:
    found = []
    waiting = answers[None][::-1]
    while waiting:
        comment = waiting.pop()
        found.append(comment)
        waiting += answers.get(comment.id, [])[::-1]
    return tuple(found)


def _parent(reply: Reply, by_id: dict[str, Reply]) -> str | None:
    return reply.answers if reply.answers in by_id else None


def _depths(by_id: dict[str, Reply], above: dict[str, str | None]) -> dict[str, int]:
    """Return the depth of every comment, from 1, and cut circles in ``above`` open."""
    depths: dict[str, int] = {}
    for key in by_id:
        path = []
        here: str | None = key
        on_path: set[str] = set()
        while here is not None and here not in depths:
            path.append(here)
            on_path.add(here)
            parent = above[here]
            if parent in on_path:
                parent = above[here] = None
            here = parent
        depth = depths[here] if here is not None else 0
        for each in reversed(path):
            # What answers a comment that is not there stood below it.
            lost = above[each] is None and bool(by_id[each].answers)
            depth = depth + 2 if lost else depth + 1
            depths[each] = depth
    return depths
