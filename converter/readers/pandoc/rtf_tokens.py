"""RTF as groups of tokens, and the text that readers see of it.

See https://www.biblioscape.com/rtf15_spec.htm (conventions, special characters).
"""

import codecs
import re
from collections.abc import Iterator
from typing import Final

from converter.errors import SourceError

_TOKEN: Final = re.compile(
    rb"[{}]|\\[a-zA-Z]+-?\d{0,10} ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[^\\{}]+|\\", re.DOTALL
)
_UNICODE: Final = re.compile(rb"\\u-?\d+")
_BINARY: Final = re.compile(rb"\\bin(\d{1,10}) ?")
_WORD: Final = re.compile(rb"\\([a-zA-Z]+)(-?\d{1,10})? ?")
_DEEPEST: Final = 200
# Groups that hold no text: tables of fonts and the like, pictures, codes of fields.
_UNSEEN_WORDS: Final = (
    "fonttbl colortbl stylesheet info pict fldinst listtable listoverridetable listtext object "
    "generator xmlnstbl themedata datastore latentstyles rsidtbl revtbl filetbl nonshppict"
)
_UNSEEN: Final = frozenset(_UNSEEN_WORDS.split())
_SPACES: Final = frozenset({"par", "line", "tab", "cell", "row", "sect", "page"})
_SIGNS: Final = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "~": "\u00a0",
    "_": "-",
    "{": "{",
    "}": "}",
    "\\": "\\",
}


class Group:
    """What stands between two braces: tokens, and groups."""

    def __init__(self) -> None:
        self.kids: list[bytes | Group] = []

    @property
    def word(self) -> str:
        """The control word that says what the group is for."""
        for kid in self.kids:
            if isinstance(kid, Group):
                return ""
            if kid.strip() not in (b"", b"\\*"):
                return control(kid)[0]
        return ""

    def write(self) -> bytes:
        """Return the group as RTF, with its braces."""
        inside = (kid.write() if isinstance(kid, Group) else kid for kid in self.kids)
        return b"{%b}" % b"".join(inside)


def control(token: bytes) -> tuple[str, int | None]:
    """Return name and number of a control word or symbol, an empty name for other tokens."""
    found = _WORD.fullmatch(token)
    if found:
        return found[1].decode(), int(found[2]) if found[2] else None
    symbol = token[:1] == b"\\" and token[1:2] != b"'"
    return (token[1:2].decode("latin-1"), None) if symbol else ("", None)


def parse(data: bytes, name: str) -> Group:
    """Return ``data`` as the group that it is, or as one around it if it is a piece of RTF.

    Raises SourceError if it nests too deep.
    """
    root = Group()
    open_ = [root]
    place = 0
    while found := _TOKEN.match(data, place):
        token, place = found[0], found.end()
        if binary := _BINARY.fullmatch(token):
            place += int(binary[1])
            token = data[found.start() : place]
        if token == b"{":
            open_.append(Group())
            open_[-2].kids.append(open_[-1])
            if len(open_) > _DEEPEST:
                raise SourceError("nests too deep to be read: take levels out of it", name)
        elif token != b"}":
            _append(open_[-1].kids, token)
        elif len(open_) > 1:
            open_.pop()
    whole = (kid for kid in root.kids if isinstance(kid, Group) and kid.word == "rtf")
    return next(whole, root)


def _append(kids: list[Group | bytes], token: bytes) -> None:
    """Add ``token`` to ``kids``, a space before it where text follows a character in Unicode.

    Pandoc takes one character too many for what stands for it, where no space ends the number.
    """
    last = kids[-1] if kids else b""
    if isinstance(last, bytes) and _UNICODE.fullmatch(last) and not token.startswith(b"\\"):
        kids[-1] = last + b" "
    kids.append(token)


def plain(group: Group, encoding: str) -> str:
    """Return the text of ``group``, with single spaces. ``encoding`` is that of its bytes."""
    text = "".join(_pieces(group, encoding, fallback=1))
    # Characters beyond the first plane come as two.
    whole = text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")
    return " ".join(whole.split())


def encoding_of(root: Group) -> str:
    """Return the encoding that ``root`` says its bytes are in."""
    pages = (control(kid)[1] for kid in root.kids if isinstance(kid, bytes) and b"ansicpg" in kid)
    name = f"cp{next(pages, None) or 1252}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _pieces(group: Group, encoding: str, *, fallback: int) -> Iterator[str]:
    """Yield the text of ``group``; ``fallback`` is how much stands for a character in Unicode."""
    held = bytearray()
    skip = 0
    for kid in group.kids:
        content = b"" if isinstance(kid, Group) else _content(kid)
        if content:
            held += content[skip:]
            skip = max(skip - len(content), 0)
            continue
        yield held.decode(encoding, errors="replace")
        held.clear()
        skip = 0
        if isinstance(kid, Group):
            if kid.word not in _UNSEEN and not _is_ignorable(kid):
                yield from _pieces(kid, encoding, fallback=fallback)
            continue
        name, number = control(kid)
        if name == "uc":
            fallback = number or 0
        elif name == "u" and number is not None:
            yield chr(number % 0x10000)
            skip = fallback
        else:
            yield " " if name in _SPACES else _SIGNS.get(name, "")
    yield held.decode(encoding, errors="replace")


def _is_ignorable(group: Group) -> bool:
    return bool(group.kids) and group.kids[0] == b"\\*"


def _content(token: bytes) -> bytes:
    """Return the bytes of text that ``token`` is, none for a control word."""
    if token.startswith(b"\\'"):
        return bytes([int(token[2:4], 16)])
    return b"" if token.startswith(b"\\") else token.replace(b"\r", b"").replace(b"\n", b"")
