"""Comments by the divs that they are nested in, and by what these say of them."""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, TypeAlias, cast

from converter.model import Comment
from converter.readers.markdown.blocks import read_text
from converter.readers.markdown.context import Context
from converter.readers.markdown.tree import Attributes, Json, attributes, kind_of

Kind: TypeAlias = Literal["comment", "pingback", "trackback", "review"]

_LEVELS = frozenset({"comment", "missing-comment"})


class Draft(NamedTuple):
    """A comment before it is read, with its id and that of the one it is nested in."""

    name: str
    around: str | None
    level: int
    known: Attributes
    blocks: list[Json]


def find_comments(blocks: list[Json], own: Callable[[Attributes], str]) -> list[Draft]:
    """Return the comments among ``blocks`` in the order of their thread.

    ``own`` returns the model's id of what has these attributes.
    """
    return list(_nested(blocks, None, 1, own))


def _nested(
    blocks: list[Json], around: str | None, level: int, own: Callable[[Attributes], str]
) -> Iterator[Draft]:
    for block in (each for each in blocks if kind_of(each) in _LEVELS):
        known, held = attributes(block), block["c"][1]
        name = own(known) if known.kind == "comment" else None
        if name:
            text = [each for each in held[1:] if kind_of(each) not in _LEVELS]
            yield Draft(name, around, level, known, text)
        yield from _nested(held, name, level + 1, own)


def read_comments(
    drafts: list[Draft], names: dict[str, str], context: Context, level: int
) -> tuple[Comment, ...]:
    """Return the comments with their text. ``names`` has their ids in the model by the file's."""
    return tuple(_comment(draft, names, context, level) for draft in drafts)


def _comment(draft: Draft, names: dict[str, str], context: Context, level: int) -> Comment:
    values = draft.known.values
    parent = names.get(values["parent"]) if "parent" in values else draft.around
    kind = draft.known.classes[1] if len(draft.known.classes) > 1 else "comment"
    return Comment(
        id=draft.name,
        children=read_text(draft.blocks, context, level),
        parent=parent,
        depth=int(values.get("depth", draft.level)),
        orphan=values.get("orphan") == "true",
        kind=cast(Kind, kind),
        author=values.get("author"),
        date=values.get("date"),
        likes=int(values["likes"]) if "likes" in values else None,
        url=values.get("url"),
    )
