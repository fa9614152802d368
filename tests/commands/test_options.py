"""What the command line makes of the options in a project file."""

import click
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from converter.commands.options import Title, look_options, with_looks
from converter.errors import UsageError
from converter.options import EpubOptions, MarkdownOptions, Options, PdfOptions

FROM_PROJECT = Options(None, PdfOptions(page="A5", cover=True), MarkdownOptions(flavour="gfm"))
FROM_PROJECT = replace(FROM_PROJECT, epub=EpubOptions(certified_by="Ann"))


def test_an_option_of_the_command_line_goes_before_the_project_file() -> None:
    pdf = {"page": None, "columns": 2, "pdf_variant": "pdf/a-2a", "pdf_engine": "typst"}
    epub = {"names_index": True, "notes_list": False}
    options = with_looks(
        FROM_PROJECT, templates=None, flavour=None, folder=True, site="hugo", **epub, **pdf
    )
    assert options.epub == EpubOptions(index=True, certified_by="Ann")
    assert options.pdf == PdfOptions(
        page="A5", cover=True, columns=2, variant="pdf/a-2a", engine="typst"
    )
    assert options.markdown == MarkdownOptions(flavour="gfm", folder=True, site="hugo")


def test_choices_may_be_typed_in_either_case() -> None:
    @click.command()
    @look_options
    def command(**given: object) -> None:
        click.echo(f"{given['page']} {given['pdf_variant']} {given['layout']}")

    typed = ["--page", "a5", "--pdf-variant", "PDF/UA-1", "--layout", "Handout"]
    assert CliRunner().invoke(command, typed).output == "A5 pdf/ua-1 handout\n"


def test_columns_without_room_for_words_are_refused_with_a_way_out() -> None:
    looks = {"templates": None, "flavour": None, "folder": False, "site": None}
    epub = {"names_index": False, "notes_list": False}
    narrow = {"layout": "booklet", "large_print": True, "columns": 2}
    with pytest.raises(UsageError, match="leave out two columns or large print, or fold larger"):
        with_looks(Options(), **looks, **epub, **narrow, page="A5")
    for change in ({"page": "A4"}, {"columns": 1}, {"large_print": None}, {"layout": "book"}):
        with_looks(Options(), **looks, **epub, **(narrow | {"page": "A5"} | change))


def test_a_title_that_is_no_text_is_refused_by_name() -> None:
    @click.command()
    @click.option("--title", type=Title())
    def command(title: str) -> None:
        click.echo(title)

    assert CliRunner().invoke(command, ["--title", "Lämp"]).output == "Lämp\n"
    refused = CliRunner().invoke(command, ["--title", "L\udcffmp"])
    assert refused.exit_code == 2
    assert "'--title': 'L\\udcffmp' is not in UTF-8" in refused.output
