"""Corrections by hand: a small file beside the source that says what the reader got wrong.

Beside ``memo.txt`` stands ``memo.txt.fix.toml``; the source itself stays as it is. Every entry
quotes the text it speaks of, and the line as ``inspect`` and the messages give it::

    [[call]]                          # this mark, in text, note or comment, calls that note
    line = 12
    text = "No. 1543"                 # ends in the mark, and stands once in the line
    note = 3                          # its place in the list
    mark = "3"                        # where it is not all the digits at the end

    [[no-call]]                       # this mark calls nothing
    line = 14
    text = "wave2"

    [[drop]]                          # these lines are no part of the document
    line = 40
    last = 43                         # where it is more than one line
    text = "Share this"               # the beginning of the first
    reason = "buttons of the page"

A quotation that no longer stands in its line is looked for in the whole source: an entry whose
text has moved is applied where it stands now, one whose text is gone or no longer unique is not.
Either way a message ``fix-outdated`` says so.
"""

import os
import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Final, NamedTuple, TypeAlias

import msgspec
from msgspec.structs import replace

from converter import toml
from converter.errors import SourceError
from converter.model import Document, NoteRef, Prov
from converter.readers.text.dump import Dump, Line
from converter.report import Report
from converter.source import Source, name_of
from converter.walk import walk

SUFFIX: Final = ".fix.toml"
_PLAIN_MARK: Final = r"(?:\^?[0-9]{1,7}[a-d]?|\*{1,3}|††?|‡‡?|§§?|\|\||¶|\b[a-h])"
_MARK: Final = re.compile(
    rf"(?:\[{_PLAIN_MARK}\]|\({_PLAIN_MARK}\)|[⁰¹²³⁴-⁹]{{1,4}}|[ᵃᵇᶜᵈᵉᶠᵍʰ]|{_PLAIN_MARK})$"
)
# Page breaks, numbers, names, headings of comments, lines of code.
_NO_TEXT: Final = "no note can be called from what is no text"
_AFTER_BAD_VALUE: Final = "correct the entry or remove it"


class CallFix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The mark at the end of ``text`` calls the note that is ``note`` in the list."""

    line: int
    text: str
    note: Annotated[int, msgspec.Meta(ge=1)]
    mark: str = ""


class NoCallFix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The mark at the end of ``text`` calls nothing."""

    line: int
    text: str


class DropFix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines from ``line`` to ``last`` are left out."""

    line: int
    text: str
    last: int = 0
    reason: str = "dropped by hand"


class FixFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What the file may hold."""

    call: tuple[CallFix, ...] = ()
    no_call: tuple[NoCallFix, ...] = ()
    drop: tuple[DropFix, ...] = ()


Fix: TypeAlias = CallFix | NoCallFix | DropFix


class FixedCall(NamedTuple):
    """The mark from ``start`` to ``end`` calls ``note``, counted from 0; nothing, if None."""

    start: int
    end: int
    note: int | None


def read_fixes(source: Source, report: Report) -> FixFile:
    """Return the corrections beside ``source``. Raises SourceError for what they cannot mean."""
    data = source.beside(SUFFIX)
    if data is None:
        _warn_of_misnamed(source, report)
        return FixFile()
    place = source.name + SUFFIX
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"is not UTF-8: {error.reason}; save it as UTF-8", place) from error
    try:
        return msgspec.convert(tomllib.loads(text), FixFile)
    except tomllib.TOMLDecodeError as error:
        place = toml.at(place, toml.line_of_error(error))
        raise SourceError(f"is not TOML: {error}", place) from error
    except RecursionError as error:
        raise SourceError(f"is not TOML: {error}", place) from error
    except msgspec.ValidationError as error:
        place = toml.at(place, toml.line_of(text, toml.path_of_error(error)))
        raise SourceError(f"{toml.in_words(error)}; {_AFTER_BAD_VALUE}", place) from error


def _warn_of_misnamed(source: Source, report: Report) -> None:
    """Warn of a file that has the name of the source without its ending."""
    path = source.path
    misnamed = path.with_suffix(SUFFIX) if path and path.suffix else None
    if path and misnamed and os.path.isfile(misnamed):  # noqa: PTH113 - pathlib fails on long names
        text = f"{name_of(misnamed)} is not read: corrections of this source are to be called "
        report.warn(
            "fix-not-read", text + name_of(Path(path.name + SUFFIX)), prov=Prov(source.name)
        )


def drop_lines(dump: Dump, fixes: FixFile, report: Report) -> Sequence[Line]:
    """Return the lines of ``dump``, those emptied that ``fixes`` drop, and claim these as dropped.

    Empty lines in their place keep apart what is around them.
    """
    dropped: dict[int, str] = {}
    for fix in fixes.drop:
        line = _find_line(dump, fix, report)
        if line is not None:
            length = max(fix.last - fix.line, 0)
            last = min(line.number + length, len(dump.lines))
            dropped |= dict.fromkeys(range(line.number, last + 1), fix.reason)
    for number, reason in dropped.items():
        dump.drop_lines(dump.lines[number - 1 : number], reason)
    return [
        replace(line, end=line.start, indent=0, text="") if line.number in dropped else line
        for line in dump.lines
    ]


def fixed_calls(dump: Dump, fixes: FixFile, report: Report) -> tuple[FixedCall, ...]:
    """Return where ``fixes`` place calls, and where they forbid them, in their order."""
    calls: list[FixedCall] = []
    entries: tuple[CallFix | NoCallFix, ...] = (*fixes.call, *fixes.no_call)
    for fix in entries:
        line = _find_line(dump, fix, report)
        if line is not None:
            end = line.start + line.text.index(fix.text) + len(fix.text)
            if dump.text[end - 1 : end + 1].isdecimal() and end < line.end:
                text = f"{fix.text!r} ends within a number: quote all of it, and give its mark"
                raise SourceError(text, f"{dump.name}{SUFFIX}")
            note = fix.note - 1 if isinstance(fix, CallFix) else None
            calls.append(FixedCall(end - len(_mark(dump, fix)), end, note))
    return tuple(sorted(calls, key=attrgetter("start")))


def applicable(
    dump: Dump,
    calls: Sequence[FixedCall],
    is_text: Callable[[int], bool],
    report: Report,
    *,
    notes: int,
) -> tuple[FixedCall, ...]:
    """Return ``calls`` without those that cannot be, with a message for each.

    They are in order; ``is_text`` says of an offset whether text stands there, of the body, of
    one of its ``notes`` notes, or of a comment.
    """
    kept: list[FixedCall] = []
    for call in calls:
        if kept and call.start < kept[-1].end:
            _refuse(dump, call, "another correction speaks of this mark", report)
        elif call.note is not None and call.note >= notes:
            _refuse(dump, call, f"there is no note {call.note + 1}", report)
        elif call.note is not None and not is_text(call.start):
            _refuse(dump, call, _NO_TEXT, report)
        else:
            kept.append(call)
    return tuple(kept)


def report_lost(dump: Dump, calls: Iterable[FixedCall], document: Document, report: Report) -> None:
    """Report which of ``calls`` are not in ``document``: their marks are no text in it."""
    joined = [call for call in calls if call.note is not None]
    if not joined:
        return
    called = {node.prov for node in walk([document]) if isinstance(node, NoteRef)}
    for call in joined:
        if dump.prov(call.start) not in called:
            _refuse(dump, call, _NO_TEXT, report)


def _refuse(dump: Dump, call: FixedCall, why: str, report: Report) -> None:
    text = f"{why}: not applied; see {dump.name}{SUFFIX}"
    report.warn("fix-outdated", text, prov=dump.prov(call.start))


def stands_in(lines: Sequence[Line], offset: int) -> bool:
    """Whether one of ``lines``, which are in order, holds ``offset``."""
    at = bisect_right(lines, offset, key=attrgetter("start"))
    return at > 0 and offset < lines[at - 1].end


def _mark(dump: Dump, fix: CallFix | NoCallFix) -> str:
    """Return the mark at the end of the quotation. Raises SourceError if it has none."""
    given = fix.mark if isinstance(fix, CallFix) and fix.mark else fix.text
    found = _MARK.search(given)
    text = found[0] if found else ""
    if not text or not fix.text.endswith(given):
        raise SourceError(
            f"{fix.text!r} does not end in the mark of a note; {_AFTER_BAD_VALUE}",
            f"{dump.name}{SUFFIX}",
        )
    return text


def _find_line(dump: Dump, fix: Fix, report: Report) -> Line | None:
    """Return the line that ``fix`` speaks of, None with a message if there is none such."""
    lines = dump.lines
    if 1 <= fix.line <= len(lines) and _quotes(fix, lines[fix.line - 1]):
        return lines[fix.line - 1]
    found = [line for line in lines if _quotes(fix, line)]
    if len(found) == 1:
        _outdated(dump, f"{fix.text!r} now stands in line {found[0].number}", fix, report)
        return found[0]
    many = f"stands in {len(found)} lines" if found else "is no longer in the source"
    _outdated(dump, f"{fix.text!r} {many}: not applied", fix, report)
    return None


def _quotes(fix: Fix, line: Line) -> bool:
    if not fix.text:
        return False
    return (
        line.text.startswith(fix.text)
        if isinstance(fix, DropFix)
        else (line.text.count(fix.text) == 1)
    )


def _outdated(dump: Dump, text: str, fix: Fix, report: Report) -> None:
    report.warn("fix-outdated", f"{text}; see {dump.name}{SUFFIX}", prov=Prov(dump.name, fix.line))
