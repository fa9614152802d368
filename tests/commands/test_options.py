"""What the command line makes of the options in a project file."""

from converter.commands.options import with_looks
from converter.options import MarkdownOptions, Options, PdfOptions

FROM_PROJECT = Options(None, PdfOptions(page="A5", cover=True), MarkdownOptions(flavour="gfm"))


def test_an_option_of_the_command_line_goes_before_the_project_file() -> None:
    pdf = {"page": None, "columns": 2, "pdf_variant": "pdf/a-2a", "pdf_engine": "typst"}
    options = with_looks(FROM_PROJECT, templates=None, flavour=None, folder=True, **pdf)
    assert options.pdf == PdfOptions(
        page="A5", cover=True, columns=2, variant="pdf/a-2a", engine="typst"
    )
    assert options.markdown == MarkdownOptions(flavour="gfm", folder=True)
