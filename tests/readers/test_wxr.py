"""WordPress exports: what is published, with notes and comment trees, and nothing else."""

import pytest

from converter.errors import SourceError
from converter.model import Figure, Heading, LineBreak, List, Paragraph
from converter.readers.wxr import read, sniff
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text, walk

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Lights</title><language>en-GB</language>
<wp:base_blog_url>https://lights.example</wp:base_blog_url>
<wp:author><wp:author_login>ann</wp:author_login>
<wp:author_display_name><![CDATA[Ann Marrow]]></wp:author_display_name></wp:author>"""


def item(title="The Lamp", content="It shone.", more="", *, kind="post", status="publish"):
    return f"""<item><title>{title}</title><link>https://lights.example/lamp/</link>
    <dc:creator>ann</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>
    <wp:post_id>7</wp:post_id><wp:post_date>1931-03-03 10:00:00</wp:post_date>
    <wp:post_name>the-lamp</wp:post_name><wp:status>{status}</wp:status>
    <wp:post_type>{kind}</wp:post_type>{more}</item>"""


def comment(number, text="Fine.", *, parent=0, approved="1", kind=""):
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
    <wp:comment_author><![CDATA[Bo &amp; Co]]></wp:comment_author>
    <wp:comment_date>1931-03-04 11:00:00</wp:comment_date>
    <wp:comment_content><![CDATA[{text}]]></wp:comment_content>
    <wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>
    <wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""


def findings(*items):
    """Return the documents of an export of ``items``, each with its ledger and messages."""
    report = Report()
    source = Source("blog.xml", f"{HEAD}{''.join(items)}</channel></rss>".encode())
    found = []
    for document in read(source, report):
        cut = report.cut()
        assert cut.ledger.balanced
        assert not [message for message in cut.messages if message.level == "error"]
        found.append((document, cut))
    return found


def document(*items):
    return findings(*items)[0][0]


def codes(*items):
    return [message.code for message in findings(*items)[0][1].messages]


def test_an_export_is_known_by_its_namespace():
    assert sniff(HEAD.encode()) == 1.0
    assert sniff(HEAD.encode("utf-16")) == 1.0
    assert sniff(b"<rss><channel>") == 0.0
    assert sniff(b"A memo about wxr_version") == 0.0


def test_a_post_has_its_title_text_author_date_tags_and_address():
    terms = '<category domain="category"><![CDATA[Oil &amp; light]]></category>'
    terms += '<category domain="post_tag"><![CDATA[keeper]]></category>'
    terms += '<category domain="post_format"><![CDATA[Aside]]></category>'
    found = document(item("The &lt;em&gt;Lamp&lt;/em&gt;", more=terms))
    assert plain_text(found.title) == "The Lamp"
    assert plain_text(found.children) == "It shone."
    assert (found.authors, found.date, found.tags) == (
        ("Ann Marrow",),
        "1931-03-03T10:00:00",
        ("Oil & light", "keeper"),
    )
    assert (found.url, found.collection, found.language, found.source) == (
        "https://lights.example/lamp/",
        "Lights",
        "en-GB",
        "blog.xml#the-lamp",
    )


def test_drafts_and_menus_are_left_out_with_a_count():
    others = [item(status="draft"), item(kind="nav_menu_item"), item(kind="page", status="private")]
    ((found, cut),) = findings(item(), *others)
    assert found.id == "the-lamp"
    assert [(message.code, message.text) for message in cut.messages] == [
        ("unpublished", "left out: 1 page (private), 1 post (draft)")
    ]


def test_posts_behind_a_password_are_told_of():
    secret = item(title="The Oil", more="<wp:post_password>oil</wp:post_password>")
    (_, open_), (_, cut) = findings(item(), secret)
    assert not open_.messages
    assert [message.code for message in cut.messages] == ["behind-a-password"]


def test_posts_of_one_name_have_ids_of_their_own():
    assert [found.id for found, _ in findings(item(), item(kind="page"))] == [
        "the-lamp",
        "the-lamp-2",
    ]


def test_comments_stand_under_what_they_answer():
    thread = comment(3, "Three.", parent=1) + comment(1, "One.") + comment(2, "Two.", parent=3)
    found = document(item(more=thread)).comments
    assert [(each.id, each.parent, each.depth) for each in found] == [
        ("comment-1", None, 1),
        ("comment-3", "comment-1", 2),
        ("comment-2", "comment-3", 3),
    ]
    assert (found[0].author, found[0].date, found[0].url) == (
        "Bo & Co",
        "1931-03-04T11:00:00",
        "https://lights.example/lamp/#comment-1",
    )


def test_comments_held_back_and_spam_are_left_out_with_a_count():
    thread = comment(1, "Buy!", approved="spam") + comment(2, "Wait.", approved="0")
    ((found, cut),) = findings(item(more=thread + comment(3, "So?", parent=2)))
    assert [(each.id, each.orphan) for each in found.comments] == [("comment-3", True)]
    assert [message.text for message in cut.messages] == [
        "comments left out: 1 held for moderation, 1 spam"
    ]
    assert [(drop.reason, drop.text) for drop in cut.ledger.drops] == [
        ("spam", "Buy!"),
        ("held for moderation", "Wait."),
    ]


def test_pingbacks_and_trackbacks_say_what_they_are():
    thread = comment(1, kind="pingback") + comment(2, kind="trackback") + comment(3, kind="comment")
    kinds = [each.kind for each in document(item(more=thread)).comments]
    assert kinds == ["pingback", "trackback", "comment"]


def test_classic_posts_break_lines_and_paragraphs_where_the_author_did():
    first, second = document(item(content="One\ntwo\n\nthree")).children
    assert isinstance(first, Paragraph)
    assert any(isinstance(node, LineBreak) for node in first.children)
    assert plain_text([second]) == "three"


def test_block_posts_leave_no_trace_of_their_comments():
    content = (
        "<!-- wp:heading --><h2>Oil</h2><!-- /wp:heading -->\n\n<!-- wp:list -->\n<ul>"
        "<!-- wp:list-item --><li>One\nlamp</li><!-- /wp:list-item --></ul>\n<!-- /wp:list -->"
    )
    heading, items = document(item(content=content)).children
    assert isinstance(heading, Heading)
    assert isinstance(items, List)
    assert plain_text([items]) == "One lamp"


def test_the_footnotes_block_finds_its_notes_in_the_fields_of_the_post():
    call = '<sup data-fn="u1" class="fn"><a href="#u1" id="u1-link">1</a></sup>'
    content = (
        f"<!-- wp:paragraph --><p>It shone{call}.</p><!-- /wp:paragraph --><!-- wp:footnotes /-->"
    )
    meta = (
        "<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value>"
        '<![CDATA[[{"id":"u1","content":"By night."}]]]></wp:meta_value></wp:postmeta>'
    )
    ((found, cut),) = findings(item(content=content, more=meta))
    assert [(note.label, plain_text(note.children)) for note in found.notes] == [("1", "By night.")]
    assert cut.messages == ()


def test_notes_in_short_codes_are_numbered():
    content = "It shone.[ref]By night.[/ref] It went out.((Of its own accord.))"
    found = document(item(content=content))
    assert [(note.label, plain_text(note.children)) for note in found.notes] == [
        ("1", "By night."),
        ("2", "Of its own accord."),
    ]
    assert plain_text(found.children) == "It shone. It went out."


def test_captions_become_figures_and_galleries_lists_of_the_library():
    picture = '<img src="lamp.png" alt="A lamp" />'
    library = (
        "<item><title>Key</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>"
        "<wp:attachment_url>https://lights.example/key.png</wp:attachment_url></item>"
    )
    content = f'[caption id="a"]{picture} Lit[/caption]\n\n[gallery ids="9"]'
    figure, gallery = document(item(content=content), library).children
    assert isinstance(figure, Figure)
    assert plain_text([gallery]) == "Key"


@pytest.mark.parametrize("content", ["<p>It <b>shone", "It shone.</div></p>", "<a href=>It shone."])
def test_html_that_is_not_well_formed_loses_no_word(content):
    assert plain_text(document(item(content=content)).children).startswith("It shone")


def test_markup_that_is_not_escaped_in_xml_is_read_all_the_same():
    broken = item().replace("<![CDATA[", "<p>").replace("]]>", "</p>")
    assert plain_text(document(broken).children) == "It shone."


def test_numbers_of_no_character_in_xml_are_read_as_browsers_do():
    found = document(item("Oil &#xD800; wick", "It <b>&#x110000; shone&#0;.</b>"))
    assert plain_text(found.title) == "Oil \ufffd wick"
    assert plain_text(found.children) == "It \ufffd shone\ufffd."


def test_a_short_code_that_is_not_closed_ends_before_the_next():
    found = document(item(content="Oil[ref] and wick[ref]Of wool.[/ref] burn."))
    assert [plain_text(note.children) for note in found.notes] == ["Of wool."]
    assert plain_text(found.children) == "Oil[ref] and wick burn."


def test_nothing_of_the_html_of_others_is_run_or_fetched():
    bad = '<script>evil()</script><p onclick="evil()">Fine.</p><a href="javascript:evil()">x</a>'
    found = document(item(more=comment(1, bad), content='<iframe src="https://evil.example">'))
    assert plain_text(found.comments[0].children) == "Fine. x"
    assert "evil" not in repr(list(walk(found.comments)))


def test_an_export_without_anything_published_is_refused():
    with pytest.raises(SourceError, match="no published"):
        findings(item(status="draft"))


def test_an_export_cut_short_gives_what_it_holds_with_a_message():
    report = Report()
    data = f"{HEAD}{item()}<item><title>Lost".encode()
    documents = list(read(Source("blog.xml", data), report))
    assert [found.id for found in documents] == ["the-lamp"]
    assert "malformed-xml" in [message.code for message in report.messages]


def test_an_item_that_is_broken_costs_no_other():
    broken = item().replace("</title>", "<").replace("the-lamp", "broken")
    report = Report()
    data = f"{HEAD}{broken}{item()}</channel></rss>".encode()
    documents = read(Source("blog.xml", data), report)
    ids = [next(documents).id]
    assert [message.code for message in report.messages] == ["malformed-xml", "unpublished"]
    assert report.messages[1].text == "left out: 1 item that says not what it is (no status)"
    assert [*ids, *(found.id for found in documents)][-1] == "the-lamp"


def test_content_that_is_neither_escaped_nor_well_formed_costs_no_post():
    broken = item(content="It <b>shone").replace("<![CDATA[", "").replace("]]>", "")
    report = Report()
    data = f"{HEAD}{broken}</channel></rss>".encode()
    (found,) = read(Source("blog.xml", data), report)
    assert (found.id, plain_text(found.children)) == ("the-lamp", "It shone")
    assert [message.code for message in report.messages] == ["malformed-xml"]


def test_posts_of_other_kinds_are_left_out_with_a_count():
    cut = findings(item(), item(kind="portfolio"), item(kind="wp_block"))[0][1]
    assert [message.text for message in cut.messages] == ["left out: 1 portfolio (publish)"]


def test_a_bomb_of_entities_is_refused():
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(SourceError, match="entities"):
        list(read(Source("blog.xml", (bomb + HEAD + item()).encode()), Report()))
