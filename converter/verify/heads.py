"""The line that stands above a comment on paper, where no class says what each word of it is."""

from collections.abc import Sequence

from converter.address import address
from converter.model import Comment
from converter.verify.dates import shown
from converter.verify.letters import letters
from converter.walk import thread_numbers
from converter.words import Words


def heads(comments: Sequence[Comment], words: Words) -> dict[str, str]:
    """Return that line for each comment, by its id.

    They are its number, kind, author, date or permalink, likes, and what it answers.
    """
    numbers = thread_numbers(comments)
    by_id = {comment.id: comment for comment in comments}
    return {
        comment.id: _head(comment, by_id.get(comment.parent or ""), numbers, words)
        for comment in comments
    }


def heads_on_screen(comments: Sequence[Comment], words: Words) -> dict[str, tuple[str, str]]:
    """Return for each comment its line where a link leads to the first reply, and its name.

    By that name those who do not see the comment hear of it.
    """
    numbers = thread_numbers(comments)
    answered = {comment.parent for comment in comments}
    lines = heads(comments, words)
    return {
        comment.id: (
            f"{lines[comment.id]} {words.first_reply if comment.id in answered else ''}",
            _name(comment, numbers[comment.id], words),
        )
        for comment in comments
    }


def _name(comment: Comment, number: str, words: Words) -> str:
    what = f"{words.kind(comment.kind)} {number}"
    return words.by.format(what=what, author=comment.author) if comment.author else what


def reduced(head: str) -> str:
    """Return the letters of the line without the dots between its parts."""
    return letters(head).replace("·", "")


def _head(comment: Comment, parent: Comment | None, numbers: dict[str, str], words: Words) -> str:
    known = [numbers[comment.id]]
    known += [words.kind(comment.kind)] if comment.kind != "comment" else []
    known += [comment.author or "", shown(comment.date or "") or _permalink(comment.url, words)]
    if comment.likes is not None:
        known.append(words.likes(comment.likes))
    if comment.orphan:
        known.append(words.orphan)
    if parent:
        known.append(words.in_reply_to.format(author=_answered(comment, parent, numbers)))
    return " ".join(known)


def _permalink(url: str | None, words: Words) -> str:
    """Return the word for a link that has no date to stand on; no address, no link."""
    return words.permalink if address(url or "") else ""


def _answered(comment: Comment, parent: Comment, numbers: dict[str, str]) -> str:
    number = numbers[parent.id]
    if parent.author and "+" in numbers[comment.id]:
        return f"{parent.author} ({number})"
    return parent.author or number
