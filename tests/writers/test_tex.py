"""Formulas that would do more than set a formula are shown, and not obeyed."""

import pytest

from converter.model import Document, Math, Paragraph
from converter.options import MarkdownOptions, Options
from converter.pipeline import book_of
from converter.report import Report
from converter.writers import markdown
from converter.writers.pandoc import latex
from converter.writers.tex import is_harmless

HARMLESS = [
    r"\frac{1}{2} \mathopen{(} a \mathclose{)} \left( \deg f \right) \leftarrow \let\a=b",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    r"\begin {align*} x &= y \end{align*}",
    r"\newcommand{\oil}{\mathrm{oil}} \oil \textstyle \operatorname{class} \unicode{x263a} a^2",
]
REACHING = [
    r"\input{/etc/passwd}",
    r"\INPUT /etc/passwd",
    r"\begin{input}{/etc/passwd}\end{input}",
    r"\begin { filecontents* }",
    r"\def\x{in}\begin{\x put}",
    r"\csname input\endcsname /etc/passwd",
    r"^^5cinput{/etc/passwd}",
    r"\catcode`\|=0 |input",
    r"\immediate\write18{reboot}",
    r"\newread\r \openin\r=key \read\r to\k \k",
    r"\href{javascript:alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"\style{background:url(//host/x)}{x}",
    r"\htmlStyle{color:red}{x}\class{a}{x}\cssId{a}{x}\require{html}",
    r"\includegraphics{//host/x.png}",
    r"\directlua{os.exit()}\PushButton[onclick={f()}]{x}\pdfcatalog{}\special{x}",
]


@pytest.mark.parametrize("tex", HARMLESS)
def test_what_is_a_formula_is_harmless(tex):
    assert is_harmless(tex)


@pytest.mark.parametrize("tex", REACHING)
def test_what_reaches_out_is_not(tex):
    assert not is_harmless(tex)


@pytest.mark.parametrize(("tex", "obeyed"), [(HARMLESS[1], True), (REACHING[0], False)])
def test_editions_that_are_set_in_tex_hold_formulas_only(tmp_path, tex, obeyed):
    book = book_of([Document("memo", children=(Paragraph((Math(tex),)),))])
    latex.write(book, tmp_path / "memo.tex", Report(), options=Options())
    markdown.write(book, tmp_path / "memo.md", Report(), options=Options())
    forge = Options(markdown=MarkdownOptions(flavour="gfm"))
    markdown.write(book, tmp_path / "forge.md", Report(), options=forge)
    held = [
        rf"\({tex}\)" in (tmp_path / "memo.tex").read_text(encoding="utf-8"),
        f"${tex}$" in (tmp_path / "memo.md").read_text(encoding="utf-8"),
        f"$`{tex}`$" in (tmp_path / "forge.md").read_text(encoding="utf-8"),
    ]
    assert held == [obeyed] * 3
