"""Threads that stand at the left edge: comments that bylines part."""

from converter.model import Comment, Document
from converter.readers.text import read
from converter.report import Report
from converter.source import open_source
from converter.walk import plain_text

POST = "The Lamp Room\n\nThe lamp was lit at dusk and put out at dawn.\n\n"


def document(tmp_path, text: str) -> tuple[Document, Report]:
    path = tmp_path / "post.txt"
    path.write_text(text, encoding="utf-8")
    report = Report()
    found = next(iter(read(open_source(path), report)))
    assert report.ledger.balanced
    assert not any(message.code == "words-differ" for message in report.messages)
    return found, report


def comments(tmp_path, text: str) -> tuple[Comment, ...]:
    return document(tmp_path, text)[0].comments


def fields(found: tuple[Comment, ...]) -> list[tuple[str | None, str | None, str]]:
    return [(each.author, each.date, plain_text([each])) for each in found]


def parents(found: tuple[Comment, ...]) -> list[str | None]:
    return [each.parent for each in found]


def test_a_name_that_says_something_begins_a_comment_with_the_date_below_it(tmp_path):
    found = comments(
        tmp_path,
        POST + "2 comentarios en «La sala»\n\n"
        "Pilar dice:\n8 marzo, 2017 a las 10:22 am\n\nEn mi pueblo no hay faro.\n\nResponder\n\n"
        "Ramón dice:\n9 marzo, 2017 a las 9:05 am\n\nEn el mío hay dos.\n\nResponder\n\n"
        "Deja una respuesta Cancelar la respuesta\n",
    )
    assert fields(found) == [
        ("Pilar", "2017-03-08T10:22", "En mi pueblo no hay faro."),
        ("Ramón", "2017-03-09T09:05", "En el mío hay dos."),
    ]


def test_a_date_may_close_a_comment(tmp_path):
    found = comments(
        tmp_path,
        POST + "2 comments:\n\nAnonymous said...\n\nIt was dark.\n\nMarch 1, 2008 at 7:41 AM\n\n"
        "Moira said...\n\nIt was not.\n\nMarch 1, 2008 at 9:30 AM\n\nPost a Comment\n",
    )
    assert fields(found) == [
        ("Anonymous", "2008-03-01T07:41", "It was dark."),
        ("Moira", "2008-03-01T09:30", "It was not."),
    ]


def test_a_name_and_an_age_in_a_line_begin_a_comment_and_an_arrow_says_whom_it_answers(tmp_path):
    found = comments(
        tmp_path,
        POST
        + "2 Comments\n\nLogin\n\nAnn Holt • 6 years ago\n\nIs it lit?\n\n5 • Reply • Share ›\n\n"
        "bosun > Ann Holt • 6 years ago\n\nIt is.\n\n • Reply • Share ›\n",
    )
    assert fields(found) == [
        ("Ann Holt", "6 years ago", "Is it lit?"),
        ("bosun", "6 years ago", "It is."),
    ]
    assert [each.likes for each in found] == [5, None]
    assert parents(found) == [None, "c1"]


def test_names_of_several_words_are_whole_before_a_date_in_their_line(tmp_path):
    found = comments(
        tmp_path,
        POST + "Responses\n\nElke Brandt on May 3, 2012 at 10:12 am\n\nIs it lit?\n\nReply\n\n"
        "Tom on Monday, 4 May 2012 at 11:45\n\nIt is.\n\nReply\n\nLeave a Reply\n",
    )
    assert [(each.author, each.date) for each in found] == [
        ("Elke Brandt", "2012-05-03T10:12"),
        ("Tom", "2012-05-04T11:45"),
    ]


def test_days_may_be_told_from_today(tmp_path):
    found = comments(
        tmp_path,
        POST + "Комментарии (2)\n\nПётр Иванов\n2 дня назад\n\nТемно.\n\nОтветить\n\n"
        "Марина\nвчера в 14:05\n\nУже нет.\n\nОтветить\n",
    )
    assert [each.date for each in found] == ["2 дня назад", "вчера в 14:05"]


def test_numbers_of_an_outline_say_whom_a_comment_answers(tmp_path):
    found = comments(
        tmp_path,
        POST + "2 Kommentare\n\nNordlicht\n#1 — 14. März 2021, 9:12 Uhr\n\nEs brennt.\n\nMelden\n"
        "Empfehlen\n\nDeichgraf\n#1.1 — 14. März 2021, 10:40 Uhr\n\nNein.\n\nMelden\nEmpfehlen\n",
    )
    assert [(each.author, each.date, each.parent) for each in found] == [
        ("Nordlicht", "2021-03-14T09:12", None),
        ("Deichgraf", "2021-03-14T10:40", "c1"),
    ]


def test_counts_of_likes_and_replies_stand_around_the_link_to_reply(tmp_path):
    found = comments(
        tmp_path,
        POST
        + "214 Comments\n\nSort by\n\nAdd a comment...\n\n@ann\n2 years ago\nIt is lit.\n\n1.2K\n"
        "Reply\n\n2 replies\n\n@bosun\n1 year ago (edited)\nIt was.\n\n87\nReply\n",
    )
    assert fields(found) == [
        ("@ann", "2 years ago", "It is lit."),
        ("@bosun", "1 year ago", "It was."),
    ]
    assert [each.likes for each in found] == [None, 87]


def test_a_line_below_the_date_says_whom_a_comment_answers(tmp_path):
    found = comments(
        tmp_path,
        POST + "Réactions (3)\n\nGérard\nle 03/06/2021 à 18h10\n\nPas de feu.\n\nRépondre\n\n"
        "Lison\nle 03/06/2021 à 19h31\n\nEn réponse à Gérard\n\nIl y en a un.\n\nRépondre\n\n"
        "Luc\nle 04/06/2021 à 08h00\n\nEn réponse à Anselme\n\nEt la corne ?\n\nRépondre\n",
    )
    assert [each.author for each in found] == ["Gérard", "Lison", "Luc"]
    assert parents(found) == [None, "c1", None]
    assert [each.orphan for each in found] == [False, False, True]


def test_links_to_the_comments_around_it_say_where_a_comment_stands(tmp_path):
    found = comments(
        tmp_path,
        "Show: a lamp that forgets\n3 points by ann 5 hours ago | hide | past | 6 comments\n\n"
        "bosun 4 hours ago | next [–]\n\nHow does it forget?\n\nreply\n\n"
        "ann 4 hours ago | parent | next [–]\n\nSlowly.\n\nreply\n\n"
        "tull 3 hours ago | root | parent | next [–]\n\nHow slowly?\n\nreply\n\n"
        "bosun 2 hours ago | root | parent | prev | next [–]\n\nThank you.\n\nreply\n\n"
        "holt 2 hours ago | parent | prev | next [–]\n\nIt has a wick.\n\nreply\n\n"
        "wray 1 hour ago | prev [–]\n\nWe had this before.\n\nreply\n\nGuide | FAQ | Lists | API\n",
    )
    assert parents(found) == [None, "c1", "c2", "c2", "c1", None]
    assert plain_text([found[-1]]) == "We had this before."


def test_an_answer_whose_place_the_page_does_not_tell_is_one_to_the_comment_above_all(tmp_path):
    found, report = document(
        tmp_path,
        POST + "all 3 comments\nsorted by: best\n\n"
        "[–]bosun 41 points 2 days ago\n\nTrim it.\n\npermalinkembedsavereportreply\n\n"
        "[–]ann[S] 17 points 2 days ago\n\nHow?\n\npermalinkembedsaveparentreportreply\n\n"
        "[–]bosun 63 points 1 day ago\n\nShorter.\n\npermalinkembedsaveparentreportreply\n",
    )
    assert [each.author for each in found.comments] == ["bosun", "ann", "bosun"]
    assert [each.likes for each in found.comments] == [41, 17, 63]
    assert parents(found.comments) == [None, "c1", "c1"]
    places = [each for each in report.messages if each.code == "comment-place-unknown"]
    assert [each.prov and each.prov.line for each in places] == [20]


def test_a_name_may_stand_above_its_date_with_a_badge_between(tmp_path):
    found = comments(
        tmp_path,
        POST + "Add a comment\nlevain\n•\n3d ago\nPour it off.\n\nUpvote\n31\nDownvote\n\nReply\n\n"
        "reply\ncrumb\nOP\n•\n2d ago\nThank you.\n\nUpvote\n8\nDownvote\n\nReply\n",
    )
    assert fields(found) == [
        ("levain", "3d ago", "Pour it off."),
        ("crumb", "2d ago", "Thank you."),
    ]
    assert [each.likes for each in found] == [31, 8]


def test_one_announced_reply_is_below_the_comment_that_announces_it(tmp_path):
    found = comments(
        tmp_path,
        POST + "Discussion about this post\n\nComments\n\n"
        "Morris Tull\nOct 2, 2023\n\nA half door.\n\nLike (14)\nReply\nShare\n\n1 reply by Ann\n\n"
        "Ann\nOct 3, 2023\nAuthor\n\nIt is.\n\nLike (6)\nReply\nShare\n",
    )
    assert [(each.author, each.parent, each.likes) for each in found] == [
        ("Morris Tull", None, 14),
        ("Ann", "c1", 6),
    ]


def test_the_first_post_of_a_forum_is_what_the_others_answer(tmp_path):
    found, _ = document(
        tmp_path,
        "The lamp is out\n\nbosun (Bo Sun)\nMarch 4, 2022, 9:12am\n1\n\nIs yours?\n\n3 Likes\n\n"
        "ann (Ann Holt)\nMarch 4, 2022, 9:40am\n2\n\nMine too.\n\n1 Like\n\n"
        "holt (Holt)\nMarch 5, 2022, 8:30am\n3\n\nOil it.\n\n5 Likes\n",
    )
    assert [each.author for each in found.comments] == ["ann (Ann Holt)", "holt (Holt)"]
    assert "Is yours?" in plain_text(found.children)


def test_letters_with_names_and_dates_are_no_thread(tmp_path):
    letter = "Ann Holt\nMarch 4, 1922\n\nSir: The lamp is out, and the oil with it.\n\n"
    assert comments(tmp_path, "Letters of the Board\n\n" + 3 * letter) == ()


def test_what_is_said_in_minutes_is_no_thread(tmp_path):
    said = "Mr. Holt said:\n\nThe lamp is out.\n\nMr. Wray said:\n\nIt is lit.\n\n"
    assert comments(tmp_path, "Minutes of the Board\n\nDISCUSSION\n\n" + said) == ()


def test_an_item_with_a_date_below_its_name_is_a_comment_of_a_thread_set_in_by_four(tmp_path):
    found = comments(
        tmp_path,
        POST + "Comments\n\n  • Torvald\n    November 3, 2010 at 8:15 pm\n\n    It is lit.\n\n"
        "      • Ingrid\n        November 3, 2010 at 9:02 pm\n\n        It was.\n\n"
        "          • Olaf\n            November 4, 2010 at 7:30 am\n\n            It will be.\n",
    )
    assert [(each.author, each.parent) for each in found] == [
        ("Torvald", None),
        ("Ingrid", "c1"),
        ("Olaf", "c2"),
    ]


def test_appeals_to_subscribe_are_dropped_and_named(tmp_path):
    found, report = document(
        tmp_path,
        POST + "Subscribe now\n\nThe keeper slept.\n\n"
        "Thanks for reading The Lamp! Subscribe for free to receive new posts.\n",
    )
    assert "ubscribe" not in plain_text(found.children)
    assert {drop.reason for drop in report.ledger.drops} == {"appeal to subscribe"}
