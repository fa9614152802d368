"""Notes made findable: pandoc forgets what their labels are, and drops those that nothing calls."""

import re
from collections.abc import Iterator
from typing import Final

_FENCE: Final = re.compile(r"(`{3,}|~{3,})")
_DEFINITION: Final = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_QUOTED: Final = re.compile(r'[\\"&]')


def called(text: str) -> str:
    """Return ``text`` with each note called where it is defined, in a span ``definition``.

    Each note begins with a paragraph that holds nothing but a span with its ``label``.
    """
    return "\n".join(_lines(text.split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        found = None if fence else _DEFINITION.match(line)
        if found:
            label = _QUOTED.sub(r"\\\g<0>", found[1])
            yield f"[[^{found[1]}]]{{.definition}}\n"
            yield f'[^{found[1]}]: []{{.label label="{label}"}}\n'
            line = f"    {line[found.end() :]}"
        elif mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip(fence[0]).strip():
            fence = ""
        yield line
