"""Threads in pages of many themes: each comment under what it answers, with its fields."""

import pytest

from converter.readers.html import read
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text

POST = '<h1 class="entry-title">The Lamp</h1><div class="entry-content"><p>It shone.</p></div>'


def document(markup, report=None):
    report = report or Report()
    (found,) = read(Source("lamp.html", f"<body>{POST}{markup}".encode()), report)
    assert report.ledger.balanced
    assert not [message for message in report.messages if message.level == "error"]
    assert plain_text(found.children) == "It shone."
    return found


def outline(markup):
    """Return depth, author and text of each comment of a page."""
    comments = document(markup).comments
    return [(each.depth, each.author, plain_text(each.children)) for each in comments]


THREAD = [(1, "Ann", "Who lit it?"), (2, "Bo", "I did."), (1, "Cy", "Nobody.")]

THEMES = {
    "html5": """
      <h2 class="comments-title">3 thoughts on “The 7 Lamps”</h2><ol class="comment-list">
      <li id="comment-1" class="comment depth-1"><article id="div-comment-1" class="comment-body">
      <footer class="comment-meta"><div class="comment-author vcard"><img class="avatar" alt="">
      <b class="fn">Ann</b> <span class="says">says:</span></div><div class="comment-metadata">
      <a href="https://l.example/?p=1#comment-1"><time datetime="2011-03-03T10:00:00+00:00">March 3
      </time></a></div></footer><div class="comment-content"><p>Who lit it?</p></div>
      <div class="reply"><a class="comment-reply-link" href="#respond">Reply</a></div></article>
      <ol class="children"><li id="comment-2" class="comment depth-2"><article class="comment-body">
      <b class="fn">Bo</b><div class="comment-content"><p>I did.</p></div></article></li></ol></li>
      <li id="comment-3" class="comment depth-1"><article class="comment-body"><b class="fn">Cy</b>
      <div class="comment-content"><p>Nobody.</p></div></article></li></ol>""",
    "xhtml, text without an element of its own": """
      <h3 id="comments">3 Responses to “The Lamp”</h3><ol class="commentlist">
      <li class="comment depth-1" id="comment-1"><div id="div-comment-1" class="comment-body">
      <div class="comment-author vcard"><cite class="fn">Ann</cite> <span class="says">says:</span>
      </div><div class="comment-meta commentmetadata"><a href="https://l.example/?p=1#comment-1">
      March 3, 2011 at 10:00 am</a></div><p>Who lit it?</p><div class="reply">Reply</div></div>
      <ul class="children"><li class="comment depth-2" id="comment-2"><div class="comment-body">
      <cite class="fn">Bo</cite><p>I did.</p></div></li></ul></li>
      <li class="comment depth-1" id="comment-3"><div><cite class="fn">Cy</cite><p>Nobody.</p></div>
      </li></ol>""",
    "block theme": """
      <div class="wp-block-comments"><h2 class="wp-block-comments-title">3 Comments</h2>
      <ol class="wp-block-comment-template"><li id="comment-1" class="comment depth-1"><div>
      <div class="wp-block-comment-author-name">Ann</div><div class="wp-block-comment-date">
      <time datetime="2011-03-03T10:00:00+00:00"><a href="https://l.example/?p=1#comment-1">March 3
      </a></time></div><div class="wp-block-comment-content"><p>Who lit it?</p></div>
      <div class="wp-block-comment-reply-link">Reply</div></div>
      <ol><li id="comment-2" class="comment depth-2"><div class="wp-block-comment-author-name">Bo
      </div><div class="wp-block-comment-content"><p>I did.</p></div></li></ol></li>
      <li id="comment-3" class="comment depth-1"><div class="wp-block-comment-author-name">Cy</div>
      <div class="wp-block-comment-content"><p>Nobody.</p></div></li></ol></div>""",
    "section.comment in article.comment": """
      <h3 class="comments-title">3 Comments</h3><ol class="commentlist"><li class="comment"
      id="li-comment-1"><article id="comment-1" class="comment"><header class="comment-meta vcard">
      <cite><b class="fn">Ann</b></cite><a href="https://l.example/?p=1#comment-1">
      <time datetime="2011-03-03T10:00:00+00:00">March 3</time></a></header>
      <section class="comment-content comment"><p>Who lit it?</p></section></article>
      <ol class="children"><li class="comment" id="li-comment-2"><article id="comment-2"
      class="comment"><b class="fn">Bo</b><section class="comment-content comment"><p>I did.</p>
      </section></article></li></ol></li><li class="comment" id="li-comment-3"><article
      id="comment-3" class="comment"><b class="fn">Cy</b><section class="comment-content comment">
      <p>Nobody.</p></section></article></li></ol>""",
    "flat, with the depth as a class": """
      <h3 id="comments-title">3 Comments</h3><div class="commentlist"><div class="comment depth-1"
      id="comment-1"><cite class="fn">Ann</cite> <a href="https://l.example/?p=1#comment-1"
      class="comment-date">March 3, 2011 at 10:00</a><div class="comment-text">Who lit it?</div>
      </div><div class="comment depth-2" id="comment-2"><cite class="fn">Bo</cite><div
      class="comment-text">I did.</div></div><div class="comment depth-1" id="comment-3"><cite
      class="fn">Cy</cite><div class="comment-text">Nobody.</div></div></div>""",
    "flat, with the parent in an attribute": """
      <h3 id="comments">3 Comments</h3><section id="comment-section"><article class="comment"
      id="comment-1"><span class="author">Ann</span><a href="https://l.example/?p=1#comment-1"><time
      datetime="2011-03-03T10:00:00+00:00">3/3</time></a><div class="comment-content">Who lit it?
      </div></article><article class="comment" id="comment-3"><span class="author">Cy</span><div
      class="comment-content">Nobody.</div></article><article class="comment" id="comment-2"
      data-parent-id="1"><span class="author">Bo</span><div class="comment-content">I did.</div>
      </article></section>""",
    "replies set off in a block": """
      <section class="comments"><h2>3 comments</h2><article id="comment-1" class="comment"><footer>
      <span class="username">Ann</span> <a href="https://l.example/?p=1#comment-1"><time
      datetime="2011-03-03T10:00:00+00:00">Thu</time></a></footer><div class="content">Who lit it?
      </div><ul class="links"><li>reply</li></ul></article><div class="indented">
      <article id="comment-2" class="comment"><span class="username">Bo</span><div class="content">
      I did.</div></article></div><article id="comment-3" class="comment"><span class="username">Cy
      </span><div class="content">Nobody.</div></article></section>""",
}


@pytest.mark.parametrize("theme", THEMES)
def test_a_thread_is_read_whatever_the_theme(theme):
    assert outline(THEMES[theme]) == THREAD
    found = document(THEMES[theme])
    assert found.declared_comments == 3
    first = found.comments[0]
    assert (first.date or "").startswith("2011-03-03T10:00")
    assert first.url == "https://l.example/?p=1#comment-1"


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_of_a_theme_is_in_text_or_messages(theme):
    report = Report()
    found = document(THEMES[theme], report)
    assert "eply" not in plain_text([found])
    assert report.messages == []


SYSTEMS = {
    "wpDiscuz": """
      <div id="wpdcom"><div id="wpd-comm-1_0" class="comment wpd-comment wpd_comment_level-1"><div
      class="wpd-comment-wrap"><div id="comment-1" class="wpd-comment-right"><div
      class="wpd-comment-author">Ann</div><div class="wpd-comment-date" title="March 3, 2011 10:00
      am">long ago</div><div class="wpd-comment-text"><p>Who lit it?</p></div><div
      class="wpd-comment-footer"><span>Reply</span></div></div></div><div id="wpd-comm-2_1"
      class="comment wpd-comment wpd_comment_level-2"><div id="comment-2" class="wpd-comment-right">
      <div class="wpd-comment-author">Bo</div><div class="wpd-reply-to">Reply to <a
      href="#comment-1">Ann</a></div><div class="wpd-comment-text"><p>I did.</p></div></div></div>
      </div><div id="wpd-comm-3_0" class="comment wpd-comment wpd_comment_level-1"><div
      id="comment-3" class="wpd-comment-right"><div class="wpd-comment-author">Cy</div><div
      class="wpd-comment-text"><p>Nobody.</p></div></div></div></div>""",
    "a date behind the name, in its element": """
      <ol class="comment-list"><li class="comment depth-1" id="comment-1"><div class="the-comment">
      <div class="comment-author meta"><strong>Ann</strong>March 3, 2011 at 10:00 am<a
      class="comment-reply-link" href="#"> - Reply</a></div><div class="comment-text"><p>Who lit it?
      </p></div></div><ul class="children"><li class="comment depth-2" id="comment-2"><div
      class="comment-author meta"><strong>Bo</strong></div><div class="comment-text">I did.</div>
      </li></ul></li><li class="comment depth-1" id="comment-3"><div class="comment-author meta">
      <strong>Cy</strong></div><div class="comment-text">Nobody.</div></li></ol>""",
    "a link that says what is answered": """
      <div class="comments"><div class="comment" id="comment-1"><span class="vcard
      author">Ann</span>
      said: | <a href="#comment-1"><abbr title="2011-03-03T10:00:00Z">March 3</abbr></a><div
      class="comment-content">Who lit it?</div></div><div class="comment" id="comment-2"><div
      class="comment-header"><span class="vcard author">Bo</span> replied to <a href="#comment-1">
      comment from Ann</a></div><div class="comment-content">I did.</div></div><div class="comment"
      id="comment-3"><span class="vcard author">Cy</span><div class="comment-content">Nobody.</div>
      </div></div>""",
    "replies set in by a margin": """
      <div id="ljcmt71" class="comment" style="margin-left: 0px"><span class="comment-author">Ann
      </span> <span class="comment-date">2011-03-03 10:00</span><div class="comment-text">Who lit
      it?</div></div><div id="ljcmt72" class="comment" style="margin-left: 25px"><span
      class="comment-author">Bo</span><div class="comment-text">I did.</div></div><div id="ljcmt73"
      class="comment" style="margin-left: 0px"><span class="comment-author">Cy</span><div
      class="comment-text">Nobody.</div></div>""",
    "rows of a table, set in by a picture": """
      <table><tr class="comtr"><td><img height="1" width="0"></td><td><a class="hnuser">Ann</a>
      <span class="age" title="2011-03-03T10:00:00">ages ago</span><div class="commtext">Who lit it?
      </div></td></tr><tr class="comtr"><td><img height="1" width="40"></td><td><a class="hnuser">Bo
      </a><div class="commtext">I did.</div></td></tr><tr class="comtr"><td><img height="1"
      width="0"></td><td><a class="hnuser">Cy</a><div class="commtext">Nobody.</div></td></tr>
      </table>""",
    "replies in plain frames, each below a name": """
      <section><div itemprop="comment" itemtype="https://schema.org/Comment"><b
      itemprop="author">Ann
      </b><time datetime="2011-03-03T10:00">x</time><p itemprop="text">Who lit it?</p><div
      itemprop="comment" itemtype="https://schema.org/Comment"><b itemprop="author">Bo</b><p
      itemprop="text">I did.</p></div></div><div itemprop="comment"
      itemtype="https://schema.org/Comment"><b itemprop="author">Cy</b><p itemprop="text">Nobody.
      </p></div></section>""",
    "Disqus, saved": """
      <ul id="post-list"><li class="post" id="post-1"><header><span class="author">Ann</span> <a
      class="time-ago" href="#comment-1" title="2011-03-03T10:00:00">ages ago</a></header><div
      class="post-message"><p>Who lit it?</p></div><footer class="comment__footer">Reply</footer>
      <ul class="children"><li class="post" id="post-2"><header><span class="author">Bo</span>
      </header><div class="post-message"><p>I did.</p></div></li></ul></li><li class="post"
      id="post-3"><header><span class="author">Cy</span></header><div class="post-message"><p>
      Nobody.</p></div></li></ul>""",
    "a name below the text": """
      <div class="comments"><div id="comment-6a00d83a1" class="comment"><div
      class="comment-content">
      <p>Who lit it?</p></div><p class="comment-footer">Posted by: <a href="x">Ann</a> | <a
      class="permalink" href="#comment-6a00d83a1">March 3, 2011 at 10:00</a></p><div
      class="replies"><div id="comment-6a00d83a2" class="comment"><div class="comment-content">I
      did.
      </div><p class="comment-footer">Posted by: <a href="x">Bo</a></p></div></div></div><div
      id="comment-6a00d83a3" class="comment"><div class="comment-content">Nobody.</div><p
      class="comment-footer">Posted by: <a href="x">Cy</a></p></div></div>""",
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_thread_is_read_whatever_the_system(system):
    report = Report()
    found = document(SYSTEMS[system], report)
    assert outline(SYSTEMS[system]) == THREAD
    assert (found.comments[0].date or "").startswith("2011-03-03T10:00")
    assert report.messages == []


def comment(inside, *, number=1, kind="comment"):
    return (
        f'<ol class="comment-list"><li id="comment-{number}" class="{kind} depth-1">'
        f'<b class="fn">Ann</b><div class="comment-content">{inside}</div></li></ol>'
    )


@pytest.mark.parametrize(
    ("likes", "count"),
    [
        ('<p class="comment-likes"><span class="comment-like-feedback">Liked by <a href="#" '
         'data-like-count="4">4 people</a></span></p>', 4),
        ('<p class="comment-likes"><a class="comment-like-link">Like</a></p>', None),
        ('<span class="vote-count">1,204</span>', 1204),
    ],
)  # fmt: skip
def test_likes_are_a_number_and_no_text(likes, count):
    (found,) = document(comment(f"<p>Fine.</p>{likes}")).comments
    assert (found.likes, plain_text(found.children)) == (count, "Fine.")


def test_lists_quotations_and_headings_of_a_comment_are_its_own():
    inside = "<blockquote><p>Who?</p></blockquote><ol><li>I</li><li>You</li></ol><h3>So</h3>"
    assert outline(comment(inside)) == [(1, "Ann", "Who? I You So")]


def test_a_pingback_is_told_by_its_class_and_named_after_its_sender():
    markup = (
        '<ol class="comment-list"><li id="comment-9" class="pingback depth-1"><div '
        'class="comment-body">Pingback: <a href="https://x.example/">Lights</a></div></li></ol>'
    )
    (found,) = document(markup).comments
    assert (found.kind, found.author, plain_text(found.children)) == (
        "pingback",
        "Lights",
        "Lights",
    )


def test_the_form_and_the_ways_to_other_pages_are_dropped():
    markup = (
        f'<div id="comments">{comment("<p>Fine.</p>")}<nav class="comment-navigation"><h1>Comment '
        'navigation</h1>Older Comments</nav><p class="nocomments">Comments are closed.</p>'
        '<div id="respond"><h3 id="reply-title">Leave a Reply</h3><form><label>Name</label></form>'
        "</div></div>"
    )
    report = Report()
    document(markup, report)
    assert {drop.reason for drop in report.ledger.drops} == {
        "navigation",
        "comments closed",
        "comment form",
    }


def test_a_comment_that_awaits_moderation_says_so_outside_of_its_text():
    waits = '<em class="comment-awaiting-moderation">Your comment is awaiting moderation.</em>'
    assert outline(comment(f"{waits}<p>Fine.</p>")) == [(1, "Ann", "Fine.")]


def test_a_number_of_comments_that_differs_is_reported():
    report = Report()
    markup = f'<h2 class="comments-title">29 thoughts on “The 7 Lamps”</h2>{comment("<p>x</p>")}'
    assert document(markup, report).declared_comments == 29
    assert [message.code for message in report.messages] == ["comment-count-differs"]


def test_one_comment_may_be_declared_in_a_word():
    markup = f'<h2 class="comments-title">One thought on “Lamps”</h2>{comment("<p>x</p>")}'
    assert document(markup).declared_comments == 1


def test_a_reply_on_a_page_that_begins_below_its_parent_is_an_orphan():
    markup = (
        '<div class="commentlist"><div class="comment depth-2" id="comment-6"><cite class="fn">Bo'
        '</cite><div class="comment-text">I did.</div></div></div>'
    )
    (found,) = document(markup).comments
    assert (found.parent, found.orphan, found.depth) == (None, True, 2)


def test_two_comments_of_one_number_are_both_kept():
    found = document(comment("<p>a</p>") + comment("<p>b</p>")).comments
    assert [plain_text(each.children) for each in found] == ["a", "b"]
    assert len({each.id for each in found}) == 2
