"""Packages that are damaged, traps, or larger than anybody means are errors for users."""

from base64 import b64encode
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest

from converter.errors import SourceError
from converter.model import Image
from tests.readers.pandoc.conftest import opendocument, run, word

PARAGRAPH = f"<w:p>{run('The harbour lay still.')}</w:p>"


def repacked(data, *, changes=(), extra=()):
    """Return the package ``data``, members changed, and others added under whatever names."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, dict(changes).get(name, old.read(name)))
        for name, content in extra:
            new.writestr(ZipInfo(name), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("limit", "most"),
    [("package_files", 2), ("package_size", 100), ("package_text", 100)],
)
def test_a_package_above_a_limit_is_refused_and_the_limit_named(read, limit, most):
    setting = limit.replace("_", "-")
    with pytest.raises(SourceError, match=f"more than is safe to read.*--limit {setting}="):
        read("a.docx", word(PARAGRAPH), **{limit: most})


def test_what_packs_too_well_is_refused_before_it_is_unfolded(read):
    data = word(f"<w:p>{run(' ' * 20_000_000)}</w:p>")
    with pytest.raises(SourceError, match=r"unfolds from .* --limit package-ratio="):
        read("a.docx", repacked(data))


def test_a_member_that_is_larger_than_it_says_is_refused(read):
    data = bytearray(word(PARAGRAPH))
    place = data.rindex(b"word/document.xml") - 46
    size = int.from_bytes(data[place + 24 : place + 28], "little")
    data[place + 24 : place + 28] = (size - 10).to_bytes(4, "little")
    with pytest.raises(SourceError, match="damaged or locked package"):
        read("a.docx", bytes(data))


@pytest.mark.parametrize("damage", ["cut", "bent"])
def test_a_damaged_package_is_refused(read, damage):
    data = bytearray(repacked(word(PARAGRAPH)))
    if damage == "cut":
        del data[len(data) // 2 :]
    else:
        data[data.index(b"word/document.xml") + 40] ^= 0xFF
    with pytest.raises(SourceError, match="damaged or locked package"):
        read("a.docx", bytes(data))


@pytest.mark.parametrize("form", ["docx", "odt"])
@pytest.mark.parametrize(("field", "value"), [(6, 225), (10, 99), (42, 0xFE), (8, 1)])
def test_a_directory_that_says_what_no_zip_file_says_is_refused(read, form, field, value):
    whole = word(PARAGRAPH) if form == "docx" else opendocument("<text:p>Still.</text:p>")
    data = bytearray(whole)
    data[data.index(b"PK\x01\x02") + field] = value
    with pytest.raises(SourceError, match="damaged or locked package"):
        read(f"a.{form}", bytes(data))


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_members_that_do_not_unfold_are_refused(read, method):
    target = BytesIO()
    with ZipFile(target, "w", method) as package:
        package.writestr("word/document.xml", "<a/>" * 100)
    data = bytearray(target.getvalue())
    data[65:75] = bytes(10)
    with pytest.raises(SourceError, match="damaged or locked package"):
        read("a.docx", bytes(data))


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml", "word/x.rels"])
@pytest.mark.parametrize("entity", ['a "aaaa"', 'a SYSTEM "/etc/passwd"'])
def test_entities_in_any_part_are_refused(read, part, entity):
    trap = f"<!DOCTYPE d [<!ENTITY {entity}>]><d>&a;</d>"
    with pytest.raises(SourceError, match="declares entities"):
        read("a.docx", word(PARAGRAPH, parts={part: trap}))
    with pytest.raises(SourceError, match="declares entities"):
        read("a.odt", opendocument("<text:p>Still.</text:p>", parts={"x.xml": trap}))


@pytest.mark.parametrize(
    "data",
    [
        word("<w:sdt>" * 10_000 + PARAGRAPH + "</w:sdt>" * 10_000),
        opendocument("<text:section>" * 10_000 + "</text:section>" * 10_000),
    ],
)
def test_ten_thousand_levels_are_refused(read, data):
    with pytest.raises(SourceError, match="nests too deep"):
        read("a.zip", data)


def test_members_named_as_if_they_lay_elsewhere_change_nothing(read):
    extra = [("../../etc/passwd", "secret"), ("/word/document.xml", "secret")]
    assert read("a.docx", repacked(word(PARAGRAPH), extra=extra)).text == "The harbour lay still."


@pytest.mark.parametrize("form", ["docx", "odt", "epub", "ipynb", "fb2", "rtf"])
def test_pictures_inside_a_file_are_taken_along(read, made, pixel, form):
    if form == "odt":
        frame = '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
        data = opendocument(f"<text:p>Look {frame}</text:p>", parts={"Pictures/1.png": pixel})
    else:
        digits = b64encode(pixel).decode()
        data = made(f"# One\n\nLook ![A lamp](data:image/png;base64,{digits}) there.\n", form)
    found = read(f"made.{form}", data)
    (image,) = found.nodes(Image)
    (picture,) = found.document.pictures
    assert (picture.name, picture.data) == (image.src, pixel)
    assert "missing-image" not in found.codes


def test_a_picture_above_the_limit_is_left_out_with_a_message(read, made, pixel):
    text = f"Look ![A lamp](data:image/png;base64,{b64encode(pixel).decode()}) there."
    found = read("made.docx", made(text, "docx"), picture_size=10)
    assert found.codes == ["missing-image"]
    assert "--limit picture-size" in found.report.messages[0].text


@pytest.mark.parametrize("name", ["a.docx", "a.rtf", "a.fb2", "a.ipynb"])
def test_what_pandoc_cannot_read_is_refused_with_what_to_do(read, name):
    empty = repacked(word(""), changes={"word/document.xml": b"<w/>"}.items())
    data = empty if name == "a.docx" else b"\xbc\xbd of no kind\n"
    with pytest.raises(SourceError, match="cannot be read as .*; save it anew in the program"):
        read(name, data)
