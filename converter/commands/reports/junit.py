"""A run as JUnit XML: a test for each source and edition, which fails where the run does.

There is no one standard. What is written fits the schema of Ant, which is the strictest, and
that of Jenkins; neither has a place for warnings but the output of the suite.
"""

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from lxml import etree

from converter.batch.outcome import Edition, Failure, Outcome, Told
from converter.commands.reports.spool import Spool
from converter.commands.verdict import Policy
from converter.whole import appearing

# What XML cannot hold: https://www.w3.org/TR/xml/#charsets.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SUITE: Final = "converter"


class JUnitReport:
    """One suite of tests."""

    def __init__(self, path: Path, policy: Policy) -> None:
        self._path = path
        self._policy = policy
        self._tests = Spool()
        self._output = Spool()
        self._failed = 0
        self._begun = datetime.now(UTC)
        self._start = time.monotonic()

    def add(self, outcome: Outcome) -> None:
        """Add a test for ``outcome``, and what was said without failing to the output."""
        reasons = []
        for event in outcome.events:
            match event:
                case Failure():
                    reasons.append(str(event))
                case Told(message=message) if self._policy.fails(message):
                    if self._policy.tells(message):
                        reasons.append(str(message))
                case Told(message=message):
                    if self._policy.tells(message):
                        self._say(str(message))
                case Edition(path=path, state=state):
                    self._say(f"{path}: {state}")
        self._add_test(outcome, reasons)

    def _add_test(self, outcome: Outcome, reasons: list[str]) -> None:
        test = etree.Element("testcase", classname=_SUITE, name=_clean(outcome.place or _SUITE))
        test.set("time", f"{outcome.seconds:.3f}")
        if reasons:
            self._failed += 1
            failure = etree.SubElement(test, "failure", type="failure", message=_clean(reasons[0]))
            failure.text = _clean("\n".join(reasons))
        # On one line: line breaks in its text become references.
        self._tests.add(etree.tostring(test).replace(b"\n", b"&#10;"))

    def _say(self, text: str) -> None:
        self._output.add(_clean(" ".join(text.splitlines())).encode())

    def write(self) -> None:
        """Write the file. Raises WriteError."""
        suite = {
            "name": _SUITE,
            "package": _SUITE,
            "id": "0",
            "hostname": "localhost",
            "timestamp": self._begun.strftime("%Y-%m-%dT%H:%M:%S"),
            "time": f"{time.monotonic() - self._start:.3f}",
            "tests": str(self._tests.count),
            "failures": str(self._failed),
            "errors": "0",
        }
        with appearing(self._path) as partial, etree.xmlfile(partial, encoding="utf-8") as file:
            file.write_declaration()
            with file.element("testsuites"), file.element("testsuite", suite):
                file.write(etree.Element("properties"), "\n")
                for test in self._tests.pieces():
                    file.write(etree.fromstring(test), "\n")
                with file.element("system-out"):
                    for line in self._output.pieces():
                        file.write(line.decode())
                file.write(etree.Element("system-err"))


def _clean(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
