"""Notes put at the foot of the page: the structure has them where they are called."""

from converter.verify.pdf.pages import Chunk, Page, Tag


def footed(page: Page) -> Page:
    """Return ``page`` with the notes in its structure in one element behind all else."""
    notes: list[Tag] = []
    tags = (_without_notes(tag, notes) for tag in page.tags)
    kept = tuple(tag for tag in tags if tag.kids)
    return page._replace(tags=(*kept, Tag("NonStruct", tuple(notes))) if notes else kept)


def _without_notes(tag: Tag, notes: list[Tag]) -> Tag:
    """Return ``tag`` without the notes in it, which are added to ``notes``, and what they leave."""
    kids: list[Tag | Chunk] = []
    for kid in tag.kids:
        if isinstance(kid, Tag) and kid.kind == "Note":
            notes.append(kid)
        elif isinstance(kid, Tag) and kid.kids:
            rest = _without_notes(kid, notes)
            kids += [rest] if rest.kids else []
        else:
            kids.append(kid)
    return tag._replace(kids=tuple(kids))
