"""Notes and comments as they were read; who answers whom, by nesting and by what each says."""

from collections.abc import Iterator, Sequence
from typing import Final

from converter.verify.difference import Difference
from converter.verify.reading import Comment, CommentDraft, Note, NoteDraft

# As deep as comments are nested; a deeper one stands beside the one it answers.
_NESTED: Final = 12


def note(draft: NoteDraft, *, linked: bool = True) -> Note:
    """Return the note that was read; ``linked`` says that the edition has ways back."""
    backlinks = tuple(draft.backlinks) if linked else None
    return Note(draft.key, draft.mark, draft.writing.passage(), draft.place, backlinks)


def comment(draft: CommentDraft) -> Comment:
    """Return the comment that was read, under the one that it says it answers or is nested in."""
    parent = draft.answers or draft.around or ""
    return Comment(draft.key, parent, draft.writing.passage(), draft.place, draft.fields)


def thread_faults(drafts: Sequence[CommentDraft]) -> Iterator[Difference]:
    """Yield the comments nested in another one than they say they answer, or cut by replies."""
    for draft in drafts:
        words = len(draft.writing.passage().words)
        if draft.before_replies is not None and draft.before_replies < words:
            text = "the comment goes on behind the replies to it"
            yield Difference("comment-out-of-order", text, draft.place)
    answers = {draft.key: comment(draft).parent for draft in drafts}
    for draft in drafts:
        if draft.around is None or draft.answers is None or draft.around == draft.answers:
            continue
        if draft.depth < _NESTED or draft.around not in _ancestors(draft.answers, answers):
            stands = f"is nested in {draft.around}" if draft.around else "stands at top level"
            says = f"says it answers {draft.answers}" if draft.answers else "answers none"
            text = f"the comment {stands} and {says}"
            yield Difference("comment-under-wrong-parent", text, draft.place)


def _ancestors(key: str, answers: dict[str, str]) -> Iterator[str]:
    """Yield the comments above ``key``, each once even if they answer each other."""
    seen = {""}
    while key not in seen:
        seen.add(key)
        key = answers.get(key, "")
        yield key
