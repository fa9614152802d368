"""A volume in a few lines, and what is read from it."""

import pytest

from converter.access import Access, Limits
from converter.model import Prov
from converter.readers import tei
from converter.report import Report
from converter.source import Source

VOLUME = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"
 xml:id="harbour01"><teiHeader><fileDesc><titleStmt>
<title type="complete">Harbour Papers, Volume I</title><author>Ida Brandt</author>
</titleStmt></fileDesc></teiHeader><text>{text}</text></TEI>"""


class Reader:
    """Reads TEI, and keeps what was reported."""

    def __init__(self):
        self.messages = []
        self.ledgers = []

    def file(self, data, **limits):
        """Return the documents of a whole file, read within ``limits``."""
        source = Source("harbour.xml", data, access=Access(limits=Limits(**limits)))
        report = Report()
        documents = []
        for document in tei.read(source, report):
            findings = report.cut()
            assert findings.ledger.balanced
            self.messages += findings.messages
            self.ledgers.append(findings.ledger)
            documents.append(document)
        return documents

    def volume(self, text, **limits):
        """Return the documents of a volume whose text is ``text``."""
        return self.file(VOLUME.format(text=text).encode(), **limits)

    def document(self, text, attributes='xml:id="d1" n="1"'):
        """Return the document that holds ``text``."""
        return self.document_and_others(text, attributes)[0]

    def document_and_others(self, text, attributes='xml:id="d1" n="1"'):
        """Return the document that holds ``text``, and the documents within it."""
        return self.volume(f'<body><div type="document" {attributes}>{text}</div></body>')

    def blocks(self, text):
        """Return the blocks that ``text`` becomes in a document, without their places."""
        return bare(self.document(text).children)

    def inlines(self, text):
        """Return the inline nodes that ``text`` becomes in a paragraph, without their places."""
        (paragraph,) = self.blocks(f"<p>{text}</p>")
        return paragraph.children

    @property
    def codes(self):
        return [message.code for message in self.messages]


def bare(node):
    """Return ``node`` without places, to compare it with what is expected."""
    if isinstance(node, tuple):
        return tuple(map(bare, node))
    fields = getattr(node, "__struct_fields__", ())
    if not fields:
        return node
    values = {name: bare(getattr(node, name)) for name in fields}
    return type(node)(**{name: None if isinstance(v, Prov) else v for name, v in values.items()})


@pytest.fixture
def reader():
    return Reader()
