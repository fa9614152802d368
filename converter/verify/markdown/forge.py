"""One Markdown file for a forge, which has neither classes nor ids to say what is what.

What the source does not say is known by how it looks: the badge of a page is code in brackets,
that of a comment code in braces; words of the edition are in italics; the head of a comment
begins with its number in bold. Pandoc forgets the labels of footnotes and drops calls among
them. So calls within footnotes, and which footnote is which, are marked before it reads the file.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from converter.verify.markdown.file import File, Item
from converter.verify.markdown.nodes import Json, folded, text_of
from converter.verify.reading import Call, CommentDraft
from converter.words import words

# No file holds these characters: https://www.unicode.org/faq/private_use.html#noncharacters.
_LABEL, _CALL, _END, _ALL = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_FENCE: Final = re.compile(r"(`{3,}|~{3,})")
_DEFINITION: Final = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_CALLED: Final = re.compile(r"(?<!\\)((?:\\\\)*)\[\^([^\]\s]+)\]")
_MARKED: Final = re.compile(f"{_CALL}([0-9]+){_END}")
_LABELLED: Final = re.compile(f"{_LABEL}([0-9]+){_END}")
_BADGE: Final = re.compile(r"\[(.*)\]|\{[\d.+]+\}")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*(?:\+\d+)?")
_DIGITS: Final = re.compile(r"\d+")
_TARGET: Final = re.compile(r'^\[\^([^\]\s]+)\]: <a id="([^"]+)">', re.MULTILINE)
_LISTED: Final = re.compile(r'^- (?:<a id="([^"]+)"></a>)?\*\*\*', re.MULTILINE)
_SITE: Final = re.compile(r"---\nedition: \"?(hugo|jekyll)\"?\n")
_RELREF: Final = re.compile(r'\(\{\{< relref "([^"]+)" >\}\}\)')
_GUARDED: Final = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", re.DOTALL)
_RAW: Final = re.compile(r"\{% (?:end)?raw %\}")
_PAGE: Final = re.compile(r"\]\(([^():/]+)\.html(#[^()]*)?\)")
_MISSING: Final = "…"


def uncommanded(text: str) -> str:
    """Return ``text`` without what is for a generator of sites: links and guards around code."""
    style = _SITE.match(text)
    if style is None:
        return text
    head, mark, body = text.partition("\n---\n")
    if style[1] == "hugo":
        body = _GUARDED.sub(r"{{\1\2\3}}", _RELREF.sub(r"(\1)", body))
    else:
        body = _RAW.sub("", _PAGE.sub(r"](\1.md\2)", body))
    return f"{head}{mark}{body}"


class Footnotes:
    """The footnotes of a file by their labels, as they are defined, and as they are called."""

    def __init__(self, text: str) -> None:
        defined = [found[1] for line in _outside_code(text) if (found := _DEFINITION.match(line))]
        self.labels = list(dict.fromkeys(defined))
        self._places = {label: place for place, label in enumerate(self.labels)}
        plain = "\n".join(_DEFINITION.sub("", line) for line in _outside_code(text))
        calls = (found[2] for found in _CALLED.finditer(plain) if found[2] in self._places)
        # Renderers count them in the order of their first calls.
        self.numbers = {label: n for n, label in enumerate(dict.fromkeys(calls), start=1)}

    def prepared(self, text: str) -> str:
        """Return ``text`` with marks, and with every footnote called at the end."""
        called = (f"{_ALL}[^{label}]" for label in self.labels)
        return "\n\n".join(("\n".join(self._lines(text)), *called, ""))

    def _lines(self, text: str) -> Iterator[str]:
        inside = False
        for line, code in _with_code(text):
            found = None if code else _DEFINITION.match(line)
            inside = bool(found) or (inside and (not line or line.startswith("    ")))
            if found:
                yield f"[^{found[1]}]: {_LABEL}{self._places[found[1]]}{_END}\n"
                line = f"    {line[found.end() :]}"
            yield _CALLED.sub(self._mark, line) if inside else line

    def _mark(self, call: re.Match[str]) -> str:
        place = self._places.get(call[2])
        return call[0] if place is None else f"{call[1]}{_CALL}{place}{_END}"

    def unmarked(self, text: str) -> str:
        """Return ``text`` as it was before calls were marked in it."""
        return _MARKED.sub(lambda found: f"[^{self.labels[int(found[1])]}]", text)


def _outside_code(text: str) -> Iterator[str]:
    return (line for line, code in _with_code(text) if not code)


def _with_code(text: str) -> Iterator[tuple[str, bool]]:
    """Yield lines, and whether they are between fences of code that are not set in."""
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        yield line, bool(fence or mark)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip(fence[0]).strip():
            fence = ""


class ForgeFile(File):
    """What a file for a forge holds."""

    def __init__(self, name: str, text: str, tree: Json, footnotes: Footnotes) -> None:
        super().__init__(name, text, tree)
        self.dialect = "site" if _SITE.match(text) else "gfm"
        self._head = text.partition("\n---\n")[0]
        self._footnoted = footnotes
        self._blocks = list(_arranged(self._blocks))
        said = words(self._said_of("words") or self._said_of("lang"))
        kinds = ("pingback", "trackback", "review")
        self._kinds = {said.kind(kind): kind for kind in kinds}
        self._added = {said.comments, said.other_notes}
        self._threads = 0
        self._listed_so_far = 0
        self._targets = self._note_targets()

    @property
    def is_alone(self) -> bool:
        return "documents" not in self._meta

    def front_matter(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the values of these names; the title may be the first heading."""
        headings = [block for block in self._blocks[:1] if block["t"] == "Header"]
        title = [
            text_of([node for node in block["c"][2] if not _is_badge(node)])
            for block in headings
            if "title" in names
        ]
        return (*title, *filter(None, map(self._said_of, names)))

    def _said_of(self, name: str) -> str:
        found = re.search(rf"^{name}: (.*)$", self._head, re.MULTILINE)
        return _value(found[1]) if found else ""

    def _without_title(self) -> list[Json]:
        if self.is_alone and _SITE.match(self._text):
            return self._with_title()
        if self.is_alone:
            return self._blocks
        return self._blocks[[block["t"] for block in self._blocks].index("BulletList") + 1 :]

    def _with_title(self) -> list[Json]:
        """Return the blocks behind the title that a generator prints, if they do not have it."""
        if self._said_of("heading"):
            return self._blocks
        title = [{"t": "Str", "c": self._said_of("title")}]
        return [{"t": "Header", "c": [2, ["", [], []], title]}, *self._blocks]

    def _visit(self, node: Json) -> Iterable[Item]:
        content: Any = node.get("c")
        match node["t"]:
            case "Str" if _CALL in content:
                self._take_marked(content)
            case "Code":
                self._take_code(self._footnoted.unmarked(content[1]))
            case "Math" | "CodeBlock":
                text = self._footnoted.unmarked(content[1])
                return super()._visit({**node, "c": [content[0], text]})
            case "Link" if self._is_call(content):
                self._writing.call(
                    Call(self._targets[content[2][0]], mark=text_of(content[1]).strip("–"))
                )
            case "Para" if content and content[0] == {"t": "Str", "c": _ALL}:
                return self._called_by_notes(content[1]["c"])
            case "Header" if _is_italic(content[2]) and text_of(content[2]) in self._added:
                pass
            case "Thread":
                self._threads += 1
                return self._replies("", content)
            case "Replies":
                return self._replies(*content)
            case "Listed":
                return self._listed_notes(content)
            case _:
                return super()._visit(node)
        return ()

    def _take_marked(self, text: str) -> None:
        """Take down text with calls of footnotes in it."""
        for place, piece in enumerate(_MARKED.split(text)):
            if place % 2:
                self._writing.call(Call(self._key_of(self._footnoted.labels[int(piece)])))
            else:
                self._writing.text(piece)

    def _take_code(self, text: str) -> None:
        badge = _BADGE.fullmatch(text)
        if badge is None:
            self._writing.text(text)
        elif badge[1] is None:
            self._writing.stand()
        else:
            self._writing.page(badge[1])

    # ------------------------------------------------------------------------- notes

    def _key_of(self, label: str) -> str:
        return f"{self.name} footnote {label}"

    def _note(self, blocks: list[Json]) -> Iterable[Item]:
        key = self._key_of(self._label(blocks))
        self._writing.call(Call(key))
        return self._defined_note(blocks)

    def _label(self, blocks: list[Json]) -> str:
        """Return the label that was put before a note, empty where fences of code hide it."""
        found = _LABELLED.fullmatch(text_of(blocks[:1]))
        return self._footnoted.labels[int(found[1])] if found else ""

    def _called_by_notes(self, blocks: list[Json]) -> Iterable[Item]:
        """Return a note that only others may have called; nobody sees one that nothing calls."""
        called = self._label(blocks) in self._footnoted.numbers
        return self._defined_note(blocks) if called else ()

    def _defined_note(self, blocks: list[Json]) -> Iterable[Item]:
        label = self._label(blocks)
        key = self._key_of(label)
        if key in self.notes:
            return ()
        number = str(self._footnoted.numbers.get(label, ""))
        return self._begin_marked(key, self._defined(label), number, blocks[1:])

    def _listed_notes(self, items: list[list[Json]]) -> Iterator[Item]:
        for blocks in items:
            if call := _only_call(blocks):
                yield from self._defined_note(call["c"])
                continue
            place = self._find("***")
            self._listed_so_far += 1
            yield from self._begin_marked(
                self._key_of_listed(self._listed_so_far), place, "", blocks
            )

    def _key_of_listed(self, number: int) -> str:
        return f"{self.name} note {number}"

    def _find(self, text: str) -> str:
        """Return where ``text`` is found next."""
        found = self._text.find(text, self._cursor)
        self._cursor = max(self._cursor, found)
        return self._place(self._line(self._cursor))

    def _begin_marked(self, key: str, place: str, mark: str, blocks: list[Json]) -> Iterable[Item]:
        """Begin a note; what stands bold and in italics before its text is its mark."""
        shown = _mark(blocks)
        if shown:
            first, *rest = blocks
            mark = text_of([shown]).strip("–")
            inlines = folded(first["c"])
            blocks = [{**first, "c": inlines[inlines.index(shown) + 1 :]}, *rest]
        return self._begin_at(key, place, mark, blocks)

    def _note_targets(self) -> dict[str, str]:
        """Return the notes by what links lead to them: their ids stand where they are defined."""
        defined = _TARGET.finditer(self._text)
        listed = enumerate(_LISTED.finditer(self._text), start=1)
        found = {f"#{each[2]}": self._key_of(each[1]) for each in defined}
        return found | {f"#{each[1]}": self._key_of_listed(n) for n, each in listed if each[1]}

    def _is_call(self, link: list[Any]) -> bool:
        """Return whether a link is the call of a note: its text looks like the mark of one."""
        shown = _mark([{"t": "Para", "c": link[1]}])
        return bool(shown) and len(link[1]) == 1 and link[2][0] in self._targets

    # ---------------------------------------------------------------------- comments

    def _replies(self, around: str, items: list[list[Json]]) -> Iterator[Item]:
        """Yield what is in the items of a list, of which those at the end may be replies."""
        replies = [_is_missing(blocks) or bool(_number(blocks, around)) for blocks in items]
        own = replies.index(True) if True in replies else len(items)
        if own:
            yield from self._bullets(items[:own])
        for blocks in items[own:]:
            yield from self._reply(blocks, around)

    def _reply(self, blocks: list[Json], around: str) -> Iterable[Item]:
        """Return what is in an item of a list: a comment if its number says so."""
        if _is_missing(blocks):
            return self._level([self._nested(each, _MISSING) for each in blocks[1:]])
        number = _number(blocks, around)
        if not number:
            return [self._end, *blocks, self._end]
        key = self._key_of_comment(number)
        opened = self._levels[-1] if self._levels else ""
        comment = CommentDraft(key, opened, len(self._levels) + 1, self._find(f"- **{number}**"))
        comment.fields, comment.answers = self._said(_first(blocks))
        return self._begin_comment(comment, [self._nested(each, number) for each in blocks[1:]])

    def _nested(self, block: Json, around: str) -> Json:
        """Return a list below the comment ``around`` as one that may hold replies."""
        if block["t"] != "BulletList":
            return block
        return {"t": "Replies", "c": [around, block["c"]]}

    def _key_of_comment(self, number: str) -> str:
        return f"{self.name} thread {self._threads} comment {number}"

    def _said(self, head: list[Json]) -> tuple[tuple[str, ...], str | None]:
        """Return kind, author, date and likes, and which comment it says that it answers."""
        values = dict.fromkeys(("kind", "author", "date", "likes"), "")
        answers = None
        for field in _fields(head[1:]):
            text = text_of(field)
            kinds = {node["t"] for node in field}
            if {"Emph", "Strong"} <= kinds or (kinds == {"Strong"} and values["author"]):
                answers = self._key_of_comment(_NUMBER.findall(text)[-1])
            elif kinds == {"Strong"}:
                values["author"] = text
            elif "Emph" not in kinds:
                values["date"] = text
            elif text in self._kinds:
                values["kind"] = self._kinds[text]
            elif _DIGITS.search(text):
                values["likes"] = "".join(_DIGITS.findall(text))
        return tuple(values.values()), answers


def _first(blocks: list[Json]) -> list[Json]:
    """Return what the first of ``blocks`` says if it is a line."""
    return folded(blocks[0]["c"]) if blocks and blocks[0]["t"] in ("Para", "Plain") else []


def _is_missing(blocks: list[Json]) -> bool:
    """Return whether the item of a list stands for a comment that is not there."""
    head = _first(blocks)
    return len(head) == 1 and head[0]["t"] == "Emph" and text_of(head) == _MISSING


def _number(blocks: list[Json], around: str) -> str:
    """Return the number of the comment below ``around`` that an item is, empty if it is none."""
    head = _first(blocks)
    number = text_of(head[:1]) if head and head[0]["t"] == "Strong" else ""
    return number if _NUMBER.fullmatch(number) and _is_below(number, around) else ""


def _arranged(blocks: list[Json]) -> Iterator[Json]:
    """Yield ``blocks``, lists under headings in italics as what they are: threads, or notes."""
    waiting = iter([*blocks, {"t": "Null"}])
    block = next(waiting)
    while block["t"] != "Null":
        below = next(waiting)
        kind = _kind(block, below)
        if kind:
            yield {"t": kind, "c": below["c"]}
            below = next(waiting)
        else:
            yield block
        block = below


def _kind(block: Json, below: Json) -> str:
    """Return what the list ``below`` a heading is, empty if it is none of ours."""
    if block["t"] != "Header" or below["t"] != "BulletList":
        return ""
    if not _is_italic(block["c"][2]):
        return ""
    if _mark(below["c"][0]) or _only_call(below["c"][0]):
        return "Listed"
    head = below["c"][0][0]["c"] if below["c"][0] else []
    number = head and head[0]["t"] == "Strong" and _NUMBER.fullmatch(text_of(head[:1]))
    return "Thread" if number or text_of(head) == _MISSING else ""


def _value(written: str) -> str:
    """Return a value of the front matter, of which pandoc would make Markdown."""
    try:
        value = msgspec.json.decode(written)
    except msgspec.DecodeError:
        return written
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _is_badge(node: Json) -> bool:
    return node["t"] == "Code" and _BADGE.fullmatch(node["c"][1]) is not None


def _only_call(blocks: list[Json]) -> Json | None:
    """Return the call of a footnote that is all there is in the item of a list."""
    inlines = blocks[0]["c"] if blocks and blocks[0]["t"] in ("Para", "Plain") else []
    return inlines[0] if len(inlines) == 1 and inlines[0]["t"] == "Note" else None


def _is_italic(nodes: list[Json]) -> bool:
    return [node["t"] for node in nodes] == ["Emph"]


def _mark(blocks: list[Json]) -> Json | None:
    """Return what is bold and in italics before the text of a note."""
    inlines = folded(blocks[0]["c"]) if blocks and blocks[0]["t"] in ("Para", "Plain") else []
    if not inlines or inlines[0]["t"] not in ("Emph", "Strong"):
        return None
    both = {inlines[0]["t"], *(node["t"] for node in inlines[0]["c"])}
    return inlines[0] if both == {"Emph", "Strong"} else None


def _is_below(number: str, around: str) -> bool:
    """Return whether a comment with ``number`` can stand within the one with that of ``around``."""
    if around == _MISSING:
        return True
    stem = around.partition("+")[0]
    return not around or number.startswith((f"{stem}.", f"{stem}+"))


def _fields(nodes: list[Json]) -> Iterator[list[Json]]:
    """Yield what stands between dots, without the spaces around."""
    field: list[Json] = []
    for node in [*nodes, {"t": "Str", "c": "·"}]:
        if node == {"t": "Str", "c": "·"}:
            shown = [each for each in field if each["t"] not in ("Space", "SoftBreak")]
            if shown:
                yield field if len(shown) > 1 and not _is_marked(shown) else shown
            field = []
        else:
            field.append(node)


def _is_marked(nodes: list[Json]) -> bool:
    return all(node["t"] in ("Emph", "Strong") for node in nodes)
