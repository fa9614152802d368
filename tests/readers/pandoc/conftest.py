"""Sources made by pandoc or put together by hand, and a function that reads them."""

from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest

from converter import pandoc as program
from converter.access import Access, Limits
from converter.model import Document, NoteRef
from converter.readers import pandoc
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text, walk

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("w", _WORD),
        ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
        ("w15", "http://schemas.microsoft.com/office/word/2012/wordml"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    )
)
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_SPACES = " ".join(
    (
        f'xmlns:office="{_OFFICE}:office:1.0"',
        f'xmlns:text="{_OFFICE}:text:1.0"',
        f'xmlns:style="{_OFFICE}:style:1.0"',
        f'xmlns:fo="{_OFFICE}:xsl-fo-compatible:1.0"',
        f'xmlns:draw="{_OFFICE}:drawing:1.0"',
        f'xmlns:svg="{_OFFICE}:svg-compatible:1.0"',
        f'xmlns:meta="{_OFFICE}:meta:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    )
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Found(NamedTuple):
    """What was read of a source, and what was reported."""

    document: Document
    report: Report

    def nodes(self, kind: type) -> list[Any]:
        return [node for node in walk([self.document]) if isinstance(node, kind)]

    @property
    def text(self) -> str:
        return plain_text(self.document.children)

    @property
    def codes(self) -> list[str]:
        return [message.code for message in self.report.messages]

    @property
    def drops(self) -> dict[str, str]:
        return {drop.reason: drop.text for drop in self.report.ledger.drops}

    def before(self, kind: type = NoteRef) -> list[str]:
        """Return the running text of the body that ends where each node of a kind stands."""
        tail, found = "", []
        for node in walk(self.document.children):
            if isinstance(node, kind):
                found.append(" ".join(tail.split()))
            tail += getattr(node, "text", "")
        return found


@pytest.fixture
def read():
    """Return a function that reads bytes or text under a name, and holds it to its account."""

    def reading(name: str, data: bytes | str, **limits: float) -> Found:
        report = Report()
        access = Access(limits=Limits(**limits))
        content = data.encode() if isinstance(data, str) else data
        source = Source(name, content, access=access)
        (document,) = pandoc.read(source, report)
        assert report.ledger.balanced
        assert "words-differ" not in {message.code for message in report.messages}
        return Found(document, report)

    return reading


@pytest.fixture(scope="session")
def made():
    """Return a function that has pandoc make a file of some format from Markdown."""

    def making(text: str, form: str) -> bytes:
        (answer,) = program.convert([text.encode()], reader="markdown", writer=form)
        return answer

    return making


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a package with ``parts``, in their order."""
    target = BytesIO()
    with ZipFile(target, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def word(
    body: str, comments: str = "", threads: str = "", parts: dict[str, str | bytes] | None = None
) -> bytes:
    """Return a Word file with ``body`` in its body, and ``comments`` in theirs."""
    relations = f'<Relationships xmlns="{_RELATIONS}">'
    document = f'Type="{_TYPE}/officeDocument" Target="word/document.xml"'
    top = f'{relations}<Relationship Id="r" {document}/>'
    below = f'{relations}<Relationship Id="c" Type="{_TYPE}/comments" Target="comments.xml"/>'
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}">'
            '<Default Extension="rels" ContentType="application/x"/></Types>',
            "_rels/.rels": f"{top}</Relationships>",
            "word/_rels/document.xml.rels": f"{below}</Relationships>",
            "word/document.xml": f"<w:document {_WORD_SPACES}><w:body>{body}</w:body></w:document>",
            "word/comments.xml": f"<w:comments {_WORD_SPACES}>{comments}</w:comments>",
            "word/commentsExtended.xml": f"<w15:commentsEx {_WORD_SPACES}>{threads}"
            "</w15:commentsEx>",
            **{
                name: part.replace("{}", _WORD_SPACES) if isinstance(part, str) else part
                for name, part in (parts or {}).items()
            },
        }
    )


def note_parts(
    *, footnotes: int, endnotes: int = 0, settings: str = "", typed: str = "", styles: bool = False
) -> dict[str, str | bytes]:
    """Return the parts of a Word file with so many notes; ``typed`` begins the first footnote."""
    relations = f'<Relationships xmlns="{_RELATIONS}">'
    parts: dict[str, str | bytes] = {}
    for kind, count in (("footnote", footnotes), ("endnote", endnotes)):
        notes = "".join(
            f'<w:{kind} w:id="{number}"><w:p>{run(typed) if number == 1 and typed else ""}'
            f"{run(f' Note {number}.')}</w:p></w:{kind}>"
            for number in range(1, count + 1)
        )
        parts[f"word/{kind}s.xml"] = f"<w:{kind}s {_WORD_SPACES}>{notes}</w:{kind}s>"
        relations += f'<Relationship Id="{kind}" Type="{_TYPE}/{kind}s" Target="{kind}s.xml"/>'
    relations += f'<Relationship Id="s" Type="{_TYPE}/styles" Target="styles.xml"/>'
    parts["word/_rels/document.xml.rels"] = f"{relations}</Relationships>"
    parts["word/settings.xml"] = f"<w:settings {_WORD_SPACES}>{settings}</w:settings>"
    if styles:
        names = (("Title", "Title"), ("Heading1", "heading 1"))
        each = (
            f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
            for key, name in names
        )
        parts["word/styles.xml"] = f"<w:styles {_WORD_SPACES}>{''.join(each)}</w:styles>"
    return parts


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def anchor(number: int) -> str:
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def remark(number: int, author: str, *paragraphs: str) -> str:
    """Return a comment of Word; paragraph 2 of comment 7 has the id 72."""
    texts = "".join(
        f'<w:p w14:paraId="{number}{place}">{paragraph}</w:p>'
        for place, paragraph in enumerate(paragraphs, start=1)
    )
    date = f"2021-02-0{number + 1}T04:05:06Z"
    return f'<w:comment w:id="{number}" w:author="{author}" w:date="{date}">{texts}</w:comment>'


def opendocument(
    body: str, *, styles: str = "", meta: str = "", parts: dict[str, str | bytes] | None = None
) -> bytes:
    """Return an OpenDocument text with ``body`` in its body."""
    empty = "<office:font-face-decls/>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF_SPACES}>{empty}"
            f"<office:automatic-styles/><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF_SPACES}>{empty}"
            f"<office:styles>{styles}</office:styles><office:automatic-styles/>"
            "<office:master-styles/></office:document-styles>",
            "meta.xml": f"<office:document-meta {_ODF_SPACES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            **(parts or {}),
        }
    )


def annotation(name: str, author: str, *paragraphs: str, parent: str = "") -> str:
    """Return a comment of LibreOffice."""
    answers = f' loext:parent-name="{parent}"' if parent else ""
    texts = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    fields = f"<dc:creator>{author}</dc:creator><dc:date>2022-03-04T05:06:07.12</dc:date>"
    return f'<office:annotation office:name="{name}"{answers}>{fields}{texts}</office:annotation>'
