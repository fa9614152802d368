import pytest

from converter.readers.text.dump import Dump
from converter.readers.text.notes.sites import find_sites
from converter.readers.text.pages import find_pages


def sites(text):
    dump = Dump("memo.txt", text)
    pages = tuple(find_pages(dump, dump.lines))
    return [site for group in find_sites(dump, dump.lines, pages) for site in group]


def leads(text):
    return {site.mark: site.lead for site in sites(text)}


@pytest.mark.parametrize(
    ("text", "mark", "lead"),
    [
        ("at the meeting3 he said", "3", "after a word"),
        ("at the meeting.3 He said", "3", "after a sentence"),
        ("the memorandum (Tab A)2 says", "2", "after a bracket"),
        ("called “urgent”12 by all", "12", "after a quotation"),
        ("the Minister,17a who left", "17a", "after a comma"),
        ("as follows:4", "4", "after a colon"),
        ("of May 4, 1931,19 he", "19", "after a comma"),
        ("the Act of 19247 says", "7", "after a year"),
        ("of January 315 last", "5", "after a day"),
        ("of January 15 last", "5", "after what may be a day"),
        ("my No. 1543 of May", "3", "after a paper's number"),
        ("some 1543 tons", "3", "after a number"),
        ("sunset.* It", "*", "a sign after a stop"),
        ("the rolls†", "†", "a sign after a word"),
        ("the board.a The", "a", "a letter after a stop"),
        ("years.* *", "*", "after its like"),
        ("No. 27,1 of", "1", "after a number and comma"),
        ("see 27.1 He", "1", "after a number and point"),
    ],
)
def test_a_site_knows_what_it_is_glued_to(text, mark, lead):
    assert leads(text)[mark] == lead


@pytest.mark.parametrize(
    "text",
    [
        "in the 1970s we",
        "he paid $1.25 a ton",
        "some 25,000 men",
        "at 4:28 p.m. on",
        "500.A15/827 came",
        "Article 12",
        "in May 1931 and",
        "No. 5",
        "word [Page 31] word",
        "B2B and H2O",
        "* * * *",
    ],
)
def test_ordinary_numbers_and_omissions_are_no_likely_calls(text):
    assert all(site.weight < 0 for site in sites(text))


def test_digits_glued_to_digits_give_a_site_for_each_way_to_split_them():
    assert [site.mark for site in sites("my No. 1543 of May")] == ["543", "43", "3"]


def test_a_call_may_stand_in_a_line_of_its_own():
    assert leads("[Translation]\n\n83\nOslo")["83"] == "on its own line"


def test_what_follows_speaks_for_or_against():
    by_text = {text: sites(text)[0].follow for text in ("end.3", "end.3 A", "end3.5", "end.3]")}
    assert by_text == {
        "end.3": "before a line end",
        "end.3 A": "before a space",
        "end3.5": "before a stop",
        "end.3]": "before a bracket",
    }


def test_sites_know_how_many_pages_have_begun():
    assert [site.page for site in sites("one.1 [Page 8] two.2 [Page 9] [Page 10]three.3")] == [
        0,
        1,
        3,
    ]


def test_labels_of_pages_are_no_sites():
    assert sites("text [Page 12] text") == []
