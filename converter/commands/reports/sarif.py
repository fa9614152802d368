"""Messages and failures as SARIF 2.1.0, which forges show beside the lines of sources.

See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import quote

import msgspec

from converter.batch.outcome import Failure, Outcome, Told
from converter.commands.reports.spool import Spool
from converter.commands.verdict import FAILURE, Policy, as_message
from converter.model import Prov
from converter.report import CODES, Message
from converter.whole import appearing

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_MEANINGS: Final = {
    **CODES,
    FAILURE: "A source could not be read, or an edition could not be written.",
}
_LEVELS: Final = {"info": "note", "warning": "warning", "error": "error"}


class SarifReport:
    """A log of one run with a result for each message and failure."""

    def __init__(self, path: Path, policy: Policy) -> None:
        self._path = path
        self._policy = policy
        self._results = Spool()
        self._codes: dict[str, None] = {}

    def add(self, outcome: Outcome) -> None:
        """Add what came of a task. What was made without a word is no result."""
        for event in outcome.events:
            match event:
                case Told(message=message):
                    if self._policy.tells(message):
                        self._add(message, outcome.place)
                case Failure():
                    self._add(as_message(event), outcome.place)
                case _:
                    pass

    def _add(self, message: Message, place: str) -> None:
        self._codes[message.code] = None
        result = {
            "ruleId": message.code,
            "level": _LEVELS[message.level],
            "message": {"text": message.text},
            "locations": [_location(message.prov or Prov(place))],
        }
        self._results.add(msgspec.json.encode(result))

    def write(self) -> None:
        """Write the file. Raises WriteError."""
        rules = [_rule(code) for code in sorted(self._codes)]
        driver = {"name": "converter", "version": version("converter"), "rules": rules}
        opening = msgspec.json.encode({"$schema": _SCHEMA, "version": "2.1.0"})[:-1]
        tool = msgspec.json.encode({"driver": driver})
        with appearing(self._path) as partial, partial.open("wb") as file:
            file.write(opening + b',"runs":[{"tool":' + tool + b',"results":[\n')
            file.writelines(self._results.pieces(between=b","))
            file.write(b"]}]}\n")


def _rule(code: str) -> dict[str, Any]:
    """Return a code with what it means, if it is one of ours."""
    meaning = _MEANINGS.get(code)
    return {"id": code} | ({"shortDescription": {"text": meaning}} if meaning else {})


def _location(prov: Prov) -> dict[str, Any]:
    """Return the file, the lines in it, and the document of several in it.

    Forges refuse results without a line: what is said of a whole file stands at its first.
    """
    name, _, document = prov.source.partition("#")
    region = {"startLine": prov.line or 1, "endLine": prov.end_line, "startColumn": prov.column}
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": _uri(name)},
        "region": {key: value for key, value in region.items() if value},
    }
    logical = [{"name": each} for each in (document, prov.element) if each]
    found: dict[str, Any] = {"physicalLocation": physical}
    return {**found, "logicalLocations": logical} if logical else found


def _uri(name: str) -> str:
    """Return the path ``name`` as a reference relative to where the command was run, or whole."""
    path = PurePosixPath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
