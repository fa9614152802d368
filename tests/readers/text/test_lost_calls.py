"""A note whose call the dump has lost must not take a number of the text for it."""

import pytest

from converter import pipeline
from converter.source import Source

MEMO = """9. Letter From the Keeper to the Board1

The paper mentions {} in passing, and then a few other things of no moment. The lamp was lit.3 Out.

  1. Source: tin box.
  2. This note has lost its call.
  3. It was so.
"""


@pytest.mark.parametrize(
    "number",
    ["cask 172", "page 82", "No. 1542", "$1,252", "Resolution 242", "42 casks", "the year 1932"],
)
def test_a_number_is_no_call_only_because_one_is_due(number):
    source = Source("memo.txt", MEMO.format(number).encode())
    (reading,) = pipeline.read(source)
    document, findings = reading.document, reading.findings
    assert [message.code for message in findings.messages] == ["note-not-linked"]
    assert number in document.children[0].children[0].text
