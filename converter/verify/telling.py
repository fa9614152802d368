"""What Markdown tells of blocks: less than the model has, and each dialect less than another."""

from collections.abc import Mapping
from typing import Final

from converter.verify.reading import END, Dialect, Writing

# There is no lower heading.
_LOWEST: Final = {f"h{rank}": "h6" for rank in range(7, 100)}
# Numbers are told as words.
_LISTS: Final = {"ul": "list", "ol": "list", f"{END}ul": f"{END}list", f"{END}ol": f"{END}list"}
# Nothing is said where a table or figure begins, and terms are items of a list.
_PLAIN: Final = {
    "lines": "p",
    "table": "",
    "caption": "p",
    "figure": "p",
    f"{END}figure": "",
    "dl": "list",
    "dt": "li",
    "dd": "",
    f"{END}dl": f"{END}list",
}
_RENAMED: Final[Mapping[Dialect, Mapping[str, str]]] = {
    "markdown": {**_LOWEST, **_LISTS},
    "gfm": {**_LOWEST, **_LISTS, **_PLAIN},
    "site": {**_LOWEST, **_LISTS, **_PLAIN, "br": ""},
}
_TABULAR: Final = ("tr", "td", "th")


class Telling(Writing):
    """Takes down a passage with as much of its blocks as a dialect tells."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self._renamed = _RENAMED[dialect]
        self._is_forge = dialect != "markdown"
        self._tables = 0
        self._is_in_cell = False
        self._is_in_heading = False

    def block(self, kind: str) -> None:
        """Begin or end a block as far as that is told."""
        told = self._told(kind)
        if told == "p":
            super().paragraph()
        elif told and not (told == "br" and self._is_forge):
            super().block(told)
        else:
            self.space()

    def item(self, kind: str) -> None:
        """Begin a block in which a paragraph is not told."""
        told = self._told(kind)
        if told == "p":
            super().paragraph()
        elif told:
            super().block(told)
            self.marked()
        else:
            self.space()

    def line(self) -> None:
        """Begin a line of verse: a forge tells others only where it can."""
        if not self._is_forge:
            self.block("br")
        elif self._is_shown("br") and self._renamed.get("br", "br"):
            super().block("br")
        else:
            self.space()

    def paragraph(self) -> None:
        """Begin a paragraph, where one can be told from others."""
        self.block("p")

    def _told(self, kind: str) -> str:
        """Return what is told of a block of this ``kind`` where it begins or ends, if anything."""
        if self._is_forge and not self._is_shown(kind):
            return ""
        if self._is_forge and kind.startswith(_TABULAR):
            return "tr" if kind == "tr" else "td"
        return self._renamed.get(kind, kind)

    def _is_shown(self, kind: str) -> bool:
        """Return whether a forge can show a block: in cells and headings there is but one line."""
        if kind == "table":
            self._tables += 1
        elif kind == f"{END}table":
            self._tables -= 1
            self._is_in_cell = self._tables > 0
        elif kind.startswith(_TABULAR) and self._tables == 1:
            self._is_in_cell = True
            return True
        if self._is_in_cell:
            return False
        if kind == "br":
            return not self._is_in_heading
        self._is_in_heading = kind[0] == "h" and kind != "hr"
        return True
