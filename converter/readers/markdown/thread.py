"""Comments by the divs that they are nested in, and by what these say of them."""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, TypeAlias, cast

from converter.model import Comment
from converter.readers.markdown.blocks import read_text
from converter.readers.markdown.context import Context
from converter.readers.markdown.tree import Attributes, Json, attributes, kind_of, text_of

Kind: TypeAlias = Literal["comment", "pingback", "trackback", "review"]

_LEVELS = frozenset({"comment", "missing-comment"})


class Draft(NamedTuple):
    """A comment before it is read, with its id and that of the one it is nested in."""

    name: str
    around: str | None
    level: int
    known: Attributes
    head: list[Json]
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
            head = held[0]["c"] if held and held[0]["t"] in ("Para", "Plain") else []
            yield Draft(name, around, level, known, head, text)
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
    said = {kind_of(span): span for span in draft.head if span["t"] == "Span"}
    count = attributes(said["likes"]).values.get("count") if "likes" in said else None
    return Comment(
        id=draft.name,
        children=read_text(draft.blocks, context, level),
        parent=parent,
        depth=int(values.get("depth", draft.level)),
        orphan=values.get("orphan") == "true",
        kind=cast(Kind, kind),
        author=text_of(said["author"]["c"][1]) if "author" in said else None,
        date=_date(said),
        likes=int(count) if count else None,
        url=_url(said),
    )


def _date(said: dict[str, Json]) -> str | None:
    """Return the date as it was before it was written for people."""
    if "date" not in said:
        return None
    return attributes(said["date"]).values.get("date") or text_of(said["date"]["c"][1])


def _url(said: dict[str, Json]) -> str | None:
    """Return where a comment was published: what its date is linked to."""
    span = said.get("date") or said.get("permalink")
    if span is None:
        return None
    links = [node["c"][2][0] for node in span["c"][1] if node["t"] == "Link"]
    return attributes(span).values.get("url") or next(iter(links), None)
