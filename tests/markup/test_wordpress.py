import pytest

from converter.markup.wordpress import Attachment, notes_list, read_content
from converter.report import Report


def html(content, **fields):
    return read_content(content, Report(), **fields).html


def codes(content):
    report = Report()
    read_content(content, report)
    return [message.code for message in report.messages]


def test_line_feeds_count_in_posts_without_blocks_only():
    assert read_content("one\ntwo", Report()).breaks
    assert not read_content(
        "<!-- wp:paragraph --><p>one</p><!-- /wp:paragraph -->", Report()
    ).breaks


@pytest.mark.parametrize(
    "content",
    [
        '[caption id="a" width="9"]<img src="a.png" alt="A"> By night[/caption]',
        '[caption caption="By night"]<img src="a.png" alt="A">[/caption]',
    ],
)
def test_a_caption_becomes_a_figure(content):
    figure = '<figure><img src="a.png" alt="A"><figcaption>By night</figcaption></figure>'
    assert html(content) == figure


def test_a_gallery_lists_its_pictures_or_those_of_its_post():
    library = {
        "1": Attachment("https://x.example/a.png", "Lamp & oil", "7"),
        "2": Attachment("https://x.example/b.png", "Key", "7"),
    }
    one = '<li><a href="https://x.example/a.png">Lamp &amp; oil</a></li>'
    two = '<li><a href="https://x.example/b.png">Key</a></li>'
    assert html('[gallery ids="2,1,9"]', library=library) == f"<ul>{two}{one}</ul>"
    assert html("[gallery columns=2]", library=library, post="7") == f"<ul>{one}{two}</ul>"
    assert html("[gallery]", library=library, post="8") == ""


@pytest.mark.parametrize("name", ["ref", "footnote", "fn", "mfn", "efn_note"])
def test_short_codes_for_notes_become_notes_in_the_text(name):
    note = '<span class="shortcode-note">By <i>night</i>.</span>'
    assert html(f"It shone [{name}]By <i>night</i>.[/{name}].[footnotes]") == f"It shone{note}."


def test_double_brackets_are_notes_only_where_they_hang_on_a_word_and_hold_a_sentence():
    assert "shortcode-note" in html("It shone.((By night, of course.))")
    assert html("echo $((1 + 2)) and ((nested))") == "echo $((1 + 2)) and ((nested))"


def test_media_and_made_blocks_are_left_out_with_a_message():
    assert codes('[video src="a.mp4"][/video]') == ["media-left-out"]
    assert codes("<!-- wp:latest-posts /-->") == ["dynamic-block"]
    assert codes("<!-- wp:separator --><hr/><!-- /wp:separator --><!-- wp:footnotes /-->") == []


def test_an_unknown_short_code_stays_and_is_reported():
    assert html('[tide port="Skarnholm"]') == '[tide port="Skarnholm"]'
    assert codes('[tide port="Skarnholm"]') == ["unknown-shortcode"]
    assert codes("He said [sic] and [the lamp].") == []


def test_an_escaped_short_code_is_text():
    assert html("Write [[gallery]] to show pictures.") == "Write [gallery] to show pictures."


def test_the_footnotes_block_keeps_its_notes_in_a_field():
    field = '[{"id": "u1", "content": "By <i>night</i>."}]'
    assert notes_list(field) == (
        '<ol class="wp-block-footnotes"><li id="u1">By <i>night</i>.</li></ol>'
    )
    assert notes_list("not json") == ""
