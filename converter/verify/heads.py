"""The line that stands above a comment on paper, where no class says what each word of it is."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from converter.model import Comment
from converter.verify.dates import shown
from converter.verify.letters import letters
from converter.walk import thread_numbers

_MISSING: Final = "The comment it answers is missing from the source."


def heads(comments: Sequence[Comment]) -> dict[str, str]:
    """Return the letters of that line for each comment, by its id.

    They are its number, kind, author, date or permalink, likes, and what it answers.
    """
    numbers = thread_numbers(comments)
    by_id = {comment.id: comment for comment in comments}
    return {
        comment.id: reduced(_head(comment, by_id.get(comment.parent or ""), numbers))
        for comment in comments
    }


def reduced(head: str) -> str:
    """Return the letters of the line without the dots between its parts."""
    return letters(head).replace("·", "")


def _head(comment: Comment, parent: Comment | None, numbers: dict[str, str]) -> str:
    known = [numbers[comment.id]]
    known += [comment.kind] if comment.kind != "comment" else []
    known += [comment.author or "", shown(comment.date or "") or _permalink(comment.url)]
    if comment.likes is not None:
        known.append(f"Liked by {comment.likes} {'person' if comment.likes == 1 else 'people'}")
    if comment.orphan:
        known.append(_MISSING)
    if parent:
        known.append(f"in reply to {_answered(comment, parent, numbers)}")
    return " ".join(known)


def _permalink(url: str | None) -> str:
    return "permalink" if url and urlsplit(url).netloc else ""


def _answered(comment: Comment, parent: Comment, numbers: dict[str, str]) -> str:
    number = numbers[parent.id]
    if parent.author and "+" in numbers[comment.id]:
        return f"{parent.author} ({number})"
    return parent.author or number
