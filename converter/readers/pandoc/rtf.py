"""RTF made ready for pandoc: its notes and comments at the end, marks in their places.

Pandoc passes over comments and the notes of LibreOffice, and loses its way in notes that stand
in tables. Here they become paragraphs behind the text, each led in by a mark.
See https://www.biblioscape.com/rtf15_spec.htm (footnotes, comments, headers).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from converter.markup.dates import iso
from converter.readers.pandoc.marks import Kind, mark, unmarked
from converter.readers.pandoc.numbering import numbered
from converter.readers.pandoc.review import LeftOut, Prepared, Remark
from converter.readers.pandoc.rtf_tokens import Group, control, encoding_of, parse, plain

_FURNITURE: Final = {
    f"{part}{pages}": reason
    for part, reason in (("header", "running head"), ("footer", "running foot"))
    for pages in ("", "l", "r", "f")
}
# The endings of \ftnnar, \aftnnrlc and so on.
_STYLES: Final = {
    "ar": "decimal",
    "alc": "lowerLetter",
    "auc": "upperLetter",
    "rlc": "lowerRoman",
    "ruc": "upperRoman",
    "chi": "chicago",
}
_TITLES: Final[dict[bytes, Kind]] = {b"Title;": "title", b"Subtitle;": "subtitle"}
_LONGEST_MARK: Final = 5


def prepare(data: bytes, name: str) -> Prepared:
    """Return ``data`` as pandoc should read it. Raises SourceError."""
    root = parse(data, name)
    reading = _Reading(encoding_of(root))
    reading.read(root)
    text = plain(root, reading.encoding)
    root.kids += reading.bodies
    return Prepared(
        root.write(),
        remarks=tuple(reading.remarks),
        left_out=tuple(reading.left_out),
        marks=tuple(reading.typed),
        text=" ".join((text, *reading.texts)),
    )


class _Numbering:
    """How notes of one kind are numbered, and how far."""

    def __init__(self, style: str) -> None:
        self._style = style
        self._start = 1
        self._by_section = False
        self._count = 0

    def configure(self, setting: str, number: int | None) -> None:
        """Read a control word without what it begins with: ``nar``, ``start``, ``restart``."""
        if setting == "start":
            self._start = number or 1
        elif setting.startswith("rst") or setting == "restart":
            self._by_section = setting == "restart"
        elif setting[:1] == "n" and setting[1:] in _STYLES:
            self._style = _STYLES[setting[1:]]

    def begin_section(self) -> None:
        self._count = 0 if self._by_section else self._count

    def take(self) -> str:
        """Return the next number, as it is printed."""
        self._count += 1
        return numbered(self._count + self._start - 1, self._style)


class _Reading:
    """One pass over the groups: what is to be put at the end, and what is left out."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.bodies: list[bytes | Group] = []
        self.remarks: list[Remark] = []
        self.left_out: list[LeftOut] = []
        self.typed: list[str] = []
        self.texts: list[str] = []
        self._footnotes = _Numbering("decimal")
        self._endnotes = _Numbering("lowerRoman")
        self._notes = 0
        self._author = ""
        self._titles: dict[int, Kind] = {}

    def read(self, group: Group) -> None:
        """Take notes and the like out of ``group``, and put marks in their places."""
        kids: list[bytes | Group] = []
        for kid in group.kids:
            if isinstance(kid, bytes):
                self._configure(kid)
                if control(kid)[0] not in ("chftn", "chatn"):
                    kids.append(kid)
            else:
                kids += self._group(kid, kids, automatic=_has(group, "chftn"))
        group.kids = list(self._paragraphs(kids))

    def _paragraphs(self, kids: list[bytes | Group]) -> Iterator[bytes | Group]:
        """Yield ``kids``, headings in them without what makes pandoc take them for lists.

        What is in the styles of title and subtitle is marked.
        """
        held: list[bytes | Group] = []
        for kid in (*kids, b"\\pard"):
            if isinstance(kid, bytes) and control(kid)[0] in ("pard", "par", "cell"):
                yield from self._paragraph(held)
                held = []
            held.append(kid)
        yield from held[1:] if held == [b"\\pard"] else held

    def _paragraph(self, kids: list[bytes | Group]) -> list[bytes | Group]:
        words = dict(control(kid) for kid in kids if isinstance(kid, bytes))
        if "outlinelevel" in words:
            return [kid for kid in kids if not _is_listing(kid)]
        kind = self._titles.get(words.get("s") or 0)
        place = next((n for n, kid in enumerate(kids) if isinstance(kid, Group)), None)
        if kind is not None and place is not None:
            return [*kids[:place], _marked(kind, ""), *kids[place:]]
        return kids

    def _group(
        self, group: Group, before: list[bytes | Group], *, automatic: bool
    ) -> list[bytes | Group]:
        """Return what stands for ``group``, behind what stands ``before`` it."""
        match group.word:
            case "footnote":
                return self._note(group, before, automatic=automatic or _has(group, "chftn"))
            case "annotation":
                return self._comment(group)
            case "atnauthor":
                self._author = self._plain(group)
                return []
            case "atnid" | "atrfstart" | "atrfend" | "atnicn":
                return []
            case "deleted":
                self._leave_out(group, "struck out")
                return []
            case word if word in _FURNITURE:
                self._leave_out(group, _FURNITURE[word])
                return []
            case "stylesheet":
                self._titles = _titles(group)
                # Pandoc takes the last style of characters for one of all paragraphs.
                group.kids = [kid for kid in group.kids if not _is_character_style(kid)]
                return [group]
            case _:
                self.read(group)
                return [group]

    def _configure(self, token: bytes) -> None:
        name, number = control(token)
        if name in ("sect", "sectd"):
            self._footnotes.begin_section()
            self._endnotes.begin_section()
        for prefix, numbering in (("saftn", 1), ("aftn", 1), ("sftn", 0), ("ftn", 0)):
            if name.startswith(prefix):
                which = self._endnotes if numbering else self._footnotes
                which.configure(name.removeprefix(prefix), number)
                return

    def _note(
        self, group: Group, before: list[bytes | Group], *, automatic: bool
    ) -> list[bytes | Group]:
        self._notes += 1
        typed = "" if automatic else self._take_typed(before)
        endnote = _has(group, "ftnalt")
        label = typed or (self._endnotes if endnote else self._footnotes).take()
        self.read(group)
        if typed:
            self._take_label(group, typed)
        self._put_behind("notebody", str(self._notes), group)
        return [_marked("noteref", str(self._notes), label)]

    def _take_typed(self, before: list[bytes | Group]) -> str:
        """Return the mark typed right before a note, and take it away."""
        place = len(before)
        while place and isinstance(before[place - 1], bytes) and _is_text(before[place - 1]):
            place -= 1
        held = Group()
        held.kids = before[place:]
        text = self._plain(held)
        if not 0 < len(text) <= _LONGEST_MARK or " " in text:
            return ""
        del before[place:]
        self.typed.append(text)
        return text

    def _take_label(self, group: Group, label: str) -> None:
        """Take the mark away that a note itself begins with."""
        texts: list[int] = []
        for place, kid in enumerate(group.kids):
            if isinstance(kid, Group) and not texts and self._plain(kid):
                texts = [place]
                break
            if _is_text(kid):
                texts.append(place)
            elif texts:
                break
        held = Group()
        held.kids = [group.kids[place] for place in texts]
        if self._plain(held) == label:
            group.kids = [kid for place, kid in enumerate(group.kids) if place not in texts]
            self.typed.append(label)

    def _comment(self, group: Group) -> list[bytes | Group]:
        name = str(len(self.remarks) + 1)
        facts = {kid.word: kid for kid in group.kids if isinstance(kid, Group)}
        moment = next((n for n in map(_number, facts.get("atndate", Group()).kids) if n), 0)
        group.kids = [
            kid
            for kid in group.kids
            if not (isinstance(kid, Group) and kid.word in ("atndate", "atnref", "atnparent"))
        ]
        self.read(group)
        self.remarks.append(Remark(name, self._author, _moment(moment), "", self._plain(group)))
        self._author = ""
        self._put_behind("body", name, group, counted=False)
        return [_marked("comment", name)]

    def _put_behind(self, kind: Kind, name: str, group: Group, *, counted: bool = True) -> None:
        """Put what is in ``group`` behind the text, in a paragraph led in by a mark."""
        group.kids = [
            kid
            for kid in group.kids
            if isinstance(kid, Group)
            or control(kid)[0] not in ("*", "footnote", "annotation", "ftnalt")
        ]
        if counted:
            self.texts.append(self._plain(group))
        lead = _marked(kind, name)
        _take_out_of_table(group)
        self.bodies += [b"\\par\\pard\\plain ", lead, b"\\par\\pard\\plain ", group, b"\\par "]

    def _leave_out(self, group: Group, reason: str) -> None:
        group.kids = [kid for kid in group.kids if kid != b"\\*"]
        if text := self._plain(group):
            self.left_out.append(LeftOut(text, reason))

    def _plain(self, group: Group) -> str:
        shown = Group()
        shown.kids = [kid for kid in group.kids if kid != b"\\*"]
        return unmarked(plain(shown, self.encoding))


def _take_out_of_table(group: Group) -> None:
    """Put nothing in the place of the words of ``group`` that say that it is in a table."""
    for place, kid in enumerate(group.kids):
        if isinstance(kid, Group):
            _take_out_of_table(kid)
        elif control(kid)[0] == "intbl":
            # Without anything, the word before would end in the text behind.
            group.kids[place] = Group()


def _has(group: Group, word: str) -> bool:
    return any(isinstance(kid, bytes) and control(kid)[0] == word for kid in group.kids)


def _is_text(token: bytes | Group) -> bool:
    if isinstance(token, Group):
        return False
    name = control(token)[0]
    return not name or name == "u"


def _is_listing(kid: bytes | Group) -> bool:
    if isinstance(kid, Group):
        return kid.word == "listtext"
    return control(kid)[0] in ("ls", "ilvl")


def _titles(styles: Group) -> dict[int, Kind]:
    """Return the numbers of the styles of title and subtitle."""
    found: dict[int, Kind] = {}
    for style in styles.kids:
        if isinstance(style, Group):
            words = dict(control(kid) for kid in style.kids if isinstance(kid, bytes))
            number = words.get("s")
            name = style.kids[-1] if style.kids else b""
            kind = _TITLES.get(name.strip() if isinstance(name, bytes) else b"")
            if number is not None and kind is not None:
                found[number] = kind
    return found


def _is_character_style(group: bytes | Group) -> bool:
    return isinstance(group, Group) and group.word == "cs"


def _marked(kind: Kind, name: str, text: str = "") -> Group:
    """Return a mark as a group in plain type."""
    made = Group()
    escaped = "".join(
        each if each.isascii() else f"\\u{ord(each) - 0x10000} ?" for each in mark(kind, name, text)
    )
    made.kids = [b"\\plain\\uc1 ", escaped.encode()]
    return made


def _number(kid: bytes | Group) -> int:
    """Return the number that ``kid`` is, 0 for what is none."""
    text = kid.strip() if isinstance(kid, bytes) else b""
    return int(text) if text.lstrip(b"-").isdigit() else 0


def _moment(packed: int) -> str:
    """Return a date of Word, its parts packed in the bits of a number, empty for none."""
    try:
        moment = datetime(
            1900 + (packed >> 20 & 0x1FF),
            packed >> 16 & 0xF,
            packed >> 11 & 0x1F,
            packed >> 6 & 0x1F,
            packed & 0x3F,
        )
    except ValueError:
        return ""
    return iso(moment.isoformat()) or ""
