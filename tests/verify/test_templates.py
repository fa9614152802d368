"""What a user's templates say is no word that was added, and everything else still is."""

import pytest

from converter import pipeline
from converter.assets import template
from converter.options import Options, PdfOptions
from converter.report import Report
from converter.verify import verify
from converter.verify.templates import Templates

SAYS = "Reading copy of the Harbour Archive"
IN_TEXT = f'<p class="generated">{SAYS}</p>'
AT_FOOT = f'@page {{ @bottom-left {{ content: "{SAYS}" }} }}'


@pytest.fixture
def looks(tmp_path):
    """Return a function that puts a template, changed, in a user's folder, and returns that."""

    def looks(name, old, new):
        path = tmp_path / "looks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = template(name).read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else f"{text}\n{new}\n", "utf-8")
        return tmp_path / "looks"

    return looks


CASES = [
    ("epub", "epub/page.xhtml", "<body/>", f"<body>{IN_TEXT}</body>"),
    ("epub", "epub/style.css", "", f'aside::before {{ content: "{SAYS}" }}'),
    ("html", "html/page.xhtml", "<body/>", f"<body>{IN_TEXT}</body>"),
    ("html", "html/style.css", "", f'aside::before {{ content: "{SAYS}" }}'),
    ("pdf", "pdf/style.css", "", AT_FOOT),
    ("pdf", "pdf/style.css", "", f'h2::before {{ content: "{SAYS} " }}'),
]


@pytest.mark.parametrize(("writer", "name", "old", "new"), CASES)
def test_what_templates_say_belongs_to_editions(book, write, looks, writer, name, old, new):
    folder = looks(name, old, new)
    options = Options(folder, PdfOptions(engine="weasyprint"))
    edition = write(book, writer, options)
    assert verify(edition, book, folder) == ()
    if "generated" not in new:
        assert {each.code for each in verify(edition, book)} == {"word-added"}


def test_builds_know_their_templates(book, looks, tmp_path):
    folder = looks("pdf/style.css", "", AT_FOOT)
    options = Options(folder, PdfOptions(engine="weasyprint"))
    target = tmp_path / "out.pdf"
    pipeline.write(book, target, "pdf", Report(), options)
    assert target.exists()


def test_what_templates_do_not_say_is_added_all_the_same(book, write, looks):
    edition = write(
        book, "epub", Options(looks("epub/style.css", "", 'p::after { content: "Lie" }'))
    )
    folder = looks("epub/style.css", "", f'p::after {{ content: "{SAYS}" }}')
    assert [each.code for each in verify(edition, book, folder)] == ["word-added"]


def test_texts_are_found_in_skeletons_sheets_and_functions(tmp_path):
    (tmp_path / "page.xhtml").write_text("<p>By <b>hand</b>, <i title='Seal'>kept</i></p>")
    (tmp_path / "broken.xhtml").write_text("<p>Never")
    (tmp_path / "style.css").write_text('p::before { content: "Copy " counter(page) }')
    (tmp_path / "book.typ").write_text('#let foot() = [Harbour] + smallcaps("Archive")')
    templates = Templates(tmp_path)
    for said in ("By hand, kept", "hand", "Seal", "Copy", "Harbour Archive"):
        assert templates.rest(said) == ""
    assert templates.rest("Copy 7") == "7"
    assert templates.rest("Never") == "Never"
    assert Templates().rest("By hand") == "Byhand"
