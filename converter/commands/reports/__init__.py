"""The file of ``--report``: all that was found and made in a run, in the form of its suffix.

``.json`` is our own, ``.xml`` that of JUnit, which CI servers show as tests, ``.sarif`` that of
checkers of sources, which forges show beside the lines.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Protocol

from converter.batch.outcome import Outcome
from converter.commands.reports.junit import JUnitReport
from converter.commands.reports.own import OwnReport
from converter.commands.reports.sarif import SarifReport
from converter.commands.verdict import Policy
from converter.errors import UsageError
from converter.source import split_fragment

_FORMS: Final[dict[str, Callable[[Path, Policy], "ReportFile"]]] = {
    ".json": OwnReport,
    ".xml": JUnitReport,
    ".sarif": SarifReport,
}


class ReportFile(Protocol):
    """Takes what comes of each task, and writes it down when all are done."""

    def add(self, outcome: Outcome) -> None: ...

    def write(self) -> None:
        """Write the file, which appears when it is complete. Raises WriteError."""


def protect(sources: Iterable[Path], reports: Iterable[Path]) -> None:
    """Raise UsageError if one of ``reports`` would go where one of ``sources`` is."""
    taken = {os.path.realpath(split_fragment(path)[0]) for path in sources}
    for path in reports:
        if os.path.realpath(path) in taken:
            raise UsageError("--report would overwrite a source", str(path))


def report_file(path: Path, policy: Policy) -> ReportFile:
    """Return the report that ``path`` asks for by its suffix. Raises UsageError."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        known = ", ".join(_FORMS)
        raise UsageError(f"--report knows files that end in {known}", path.as_posix())
    return form(path, policy)
