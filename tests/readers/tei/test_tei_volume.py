import pytest

from converter.model import Reference, Text

FIRST = """<div type="document" xml:id="d1"><p>{0}</p></div>"""
SECOND = """<div type="document" xml:id="d2"><pb n="7" xml:id="pg_7"/>
<p xml:id="p2">a<note n="1" xml:id="d2fn1">b</note></p></div>"""


def reference(reader, target, *, around="{0}"):
    first = FIRST.format(f'<ref target="{target}">see</ref>')
    documents = reader.volume(f"<body>{first}{around.format(SECOND)}</body>")
    return documents[0].children[0].children


def to(document, **place):
    return (Reference((Text("see"),), document, **place),)


def test_a_document_further_on_can_be_referred_to(reader):
    assert reference(reader, "#d2") == to("d2")


def test_the_name_of_the_volume_may_stand_before_the_id(reader):
    assert reference(reader, "harbour01#d2") == to("d2")


def test_a_reference_to_a_note_names_it(reader):
    assert reference(reader, "#d2fn1") == to("d2", note="d2fn1")


def test_a_reference_to_a_page_names_its_label(reader):
    assert reference(reader, "#pg_7") == to("d2", page="7")


def test_a_reference_to_any_element_leads_to_its_document(reader):
    assert reference(reader, "#p2") == to("d2")


def test_a_reference_to_a_chapter_leads_to_its_first_document(reader):
    chapter = "<div xml:id='ch1'><head>North</head>{0}</div>"
    assert reference(reader, "#ch1", around=chapter) == to("d2")


def test_a_reference_to_a_chapter_does_not_stop_at_the_introduction_of_its_part(reader):
    chapter = "<div xml:id='n'><head>N</head><p>On piers.</p><div xml:id='ch1'>{0}</div></div>"
    assert reference(reader, "#ch1", around=chapter) == to("d2")
    assert reference(reader, "#n", around=chapter) == to("n")


def test_a_reference_to_front_matter_leads_there(reader):
    preface = "<titlePage xml:id='t'><p>a</p></titlePage><div xml:id='p'><p>a</p></div>{0}"
    assert reference(reader, "#t", around=preface) == to("t")
    assert reference(reader, "#p", around=preface) == to("p")


def test_the_first_of_several_targets_counts(reader):
    assert reference(reader, "#pg_7 #d2") == to("d2", page="7")


@pytest.mark.parametrize(
    "pointer", ["range(p2, d2fn1)", "left(p2)", "string-range(p2,0,4)", "xpointer(id('p2'))"]
)
def test_a_pointer_to_more_than_an_element_leads_to_where_that_begins(reader, pointer):
    assert reference(reader, f"#{pointer}") == to("d2")


def test_the_volume_itself_is_its_first_document(reader):
    assert reference(reader, "harbour01") == to("d1")


def test_of_two_elements_of_one_id_the_first_is_meant(reader):
    twice = "{0}<div type='document' xml:id='d2'><p>again</p></div>"
    assert reference(reader, "#d2", around=twice) == to("d2")
