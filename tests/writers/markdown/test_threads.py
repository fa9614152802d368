"""Threads: who answers whom can be read back at any depth."""

import json

import pytest

from converter.model import Comment, CommentRef, Document, Paragraph, Text


def comment(name, parent=None, **fields):
    return Comment(name, (Paragraph((Text(f"Text of {name}."),)),), parent=parent, **fields)


def chain(length):
    names = [f"c{n}" for n in range(length)]
    return tuple(
        comment(name, names[n - 1] if n else None, depth=n + 1) for n, name in enumerate(names)
    )


def parents(blocks, above=None):
    """Return the parent of each comment by their ids, from divs as pandoc reads them."""
    found = {}
    for block in blocks:
        if block["t"] != "Div":
            continue
        (name, classes, values), inner = block["c"]
        if "comment" in classes:
            found[name] = dict(values).get("parent", above)
        found |= parents(inner, name if "comment" in classes else None)
    return found


def test_replies_behind_other_comments_name_what_they_answer(desk):
    thread = (comment("a"), comment("b"), comment("c", "a"), comment("d", "a"))
    text = desk.write(Document("post", comments=thread))
    assert read_parents(desk, text) == {"a": None, "b": None, "c": "a", "d": "a"}
    assert text.count("in reply to [1](#a)") == 2
    listed = desk.write(Document("post", comments=thread), flavour="gfm")
    assert listed.count("*in reply to* **1**") == 2


def read_parents(desk, text):
    return parents(json.loads(desk.read(text))["blocks"])


def test_divs_nest_as_comments_do(desk):
    thread = (comment("a"), comment("b", "a"), comment("c", "b"), comment("d", "a"), comment("e"))
    text = desk.write(Document("post", comments=thread))
    assert read_parents(desk, text) == {"a": None, "b": "a", "c": "b", "d": "a", "e": None}


def test_below_twelve_levels_a_comment_names_its_parent_and_depth(desk):
    text = desk.write(Document("post", comments=chain(30)))
    found = read_parents(desk, text)
    assert found == {f"c{n}": f"c{n - 1}" if n else None for n in range(30)}
    assert 'parent="c28" depth="30"' in text
    assert "in reply to" in text


def test_fields_are_spans_above_the_text(desk):
    one = comment("c1", author='Ann "A" & <B> \\', likes=4, date="2011-03-03", kind="pingback")
    text = desk.write(Document("post", comments=(one,)))
    (div,) = desk.nodes(text, "Div")
    name, classes, values = div["c"][0]
    assert (name, classes, values) == ("c1", ["comment", "pingback"], [])
    plain = " ".join(desk.read(text, to="plain").split())
    assert 'Pingback · Ann "A" & <B> \\ · 2011-03-03 · Liked by 4 people' in plain
    shown = {tuple(each["c"][0][1]): each["c"][0][2] for each in desk.nodes(text, "Span")}
    assert shown[("likes", "generated")] == [["count", "4"]]


def test_an_orphan_keeps_its_depth_and_hangs_under_no_stranger(desk):
    thread = (comment("a"), comment("b", depth=3, orphan=True), comment("c", "b", depth=4))
    text = desk.write(Document("post", comments=thread))
    assert read_parents(desk, text) == {"a": None, "b": None, "c": "b"}
    assert text.count("::: missing-comment") == 1
    assert "missing from the source" in " ".join(text.split())


def test_on_a_forge_comments_are_items_of_nested_lists(desk):
    thread = (comment("a"), comment("b", "a"), comment("c", "b"), comment("d"))
    lines = desk.write(Document("post", comments=thread), flavour="gfm").splitlines()
    depth = {
        name: (len(line) - len(line.lstrip())) // 2
        for line in lines
        for name in "abcd"
        if f"Text of {name}." in line
    }
    assert depth == {"a": 1, "b": 2, "c": 3, "d": 1}


def test_lists_and_quotations_of_a_comment_stay_inside_it(desk):
    body = (Paragraph((Text("1) no list"),)), Paragraph((Text(">> no quotation"),)))
    text = desk.write(Document("post", comments=(Comment("c1", body),)), flavour="gfm")
    assert desk.nodes(text, "OrderedList", "gfm") == []
    assert desk.nodes(text, "BlockQuote", "gfm") == []


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_a_thread_5000_deep_is_written_without_recursion(desk, flavour):
    text = desk.write(Document("post", comments=chain(5000)), flavour=flavour)
    assert text.count("Text of c") == 5000
    assert max(map(len, text.splitlines())) < 200


def test_20000_comments_are_written(desk):
    thread = tuple(comment(f"c{n}", f"c{n - 1}" if n % 8 else None) for n in range(20_000))
    text = desk.write(Document("post", comments=thread), flavour="gfm")
    assert text.count("Text of c") == 20_000


def test_the_place_of_a_review_comment_is_a_link_to_it_and_its_number_on_a_forge(desk):
    text = Paragraph((Text("high"), CommentRef("c1"), CommentRef("missing")))
    reviewed = Document("draft", children=(text,), comments=(comment("c1", kind="review"),))
    (link,) = desk.nodes(desk.write(reviewed), "Link")
    assert link["c"][2] == ["#c1", ""]
    assert "high`{1}`" in desk.write(reviewed, flavour="gfm")
