"""The bodies of notes as Typst, and the notes that nothing calls."""

from collections.abc import Iterator

from converter.model import Block, Note, Paragraph
from converter.writers.typst.blocks import blocks
from converter.writers.typst.inlines import inlines
from converter.writers.typst.markup import Markup, call, text
from converter.writers.typst.scope import Scope


def body(note: Note, scope: Scope, at: str | None) -> Markup:
    """Return the body of ``note``, its first paragraph fit to stand on the line of its mark.

    ``at`` is the label of the call that it stands in, None at the end of the document.
    """
    scope.place(note, at)
    first, rest = _opening(note.children)
    shown = Markup(inlines(first.children, scope) + blocks(rest, scope))
    scope.leave()
    calls = scope.calls_of(note)
    # The mark leads to one call, that with the body in it or the first.
    further = tuple(name for name in calls if name != (at or calls[0]))
    return Markup(shown + _also_called(further, scope)) if further else shown


def _also_called(calls: tuple[str, ...], scope: Scope) -> Markup:
    before, _, after = scope.words.also_called.partition("{pages}")
    page = text(f"{scope.words.page}\u00a0")
    return call("also-called", at=calls, before=text(before), page=page, after=text(after))


def remaining_notes(scope: Scope) -> Iterator[Markup]:
    """Yield the notes for the end of the document."""
    for note in scope.remaining():
        first = next(iter(scope.calls_of(note)), None)
        mark, shown = text(scope.mark(note)), body(note, scope, None)
        yield call("end-note", mark, shown, id_=scope.name(note), of=first)


def _opening(nodes: tuple[Block, ...]) -> tuple[Paragraph, tuple[Block, ...]]:
    match nodes:
        case (Paragraph(role="") as first, *_):
            return first, nodes[1:]
        case _:
            return Paragraph(()), nodes
