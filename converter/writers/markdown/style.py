"""For whom Markdown is written: pandoc, forges, or a generator of static sites."""

from typing import Final, Literal, TypeAlias

from converter.options import MarkdownOptions

Style: TypeAlias = Literal["markdown", "gfm", "hugo", "jekyll"]

SITES: Final[frozenset[Style]] = frozenset({"hugo", "jekyll"})


def style_of(options: MarkdownOptions) -> Style:
    """Return the way of writing that was asked for; that of a site goes before any other."""
    return options.site or options.flavour
