"""What single lines of a thread say."""

import pytest

from converter.readers.text.comments.phrases import (
    date_of,
    heading_of,
    is_closed,
    is_form,
    is_form_line,
    is_paging,
    is_trace,
    likes_of,
    may_sign,
    ping_of,
    signature_of,
)


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("29 thoughts on “The Cat in the Lamp Room”", 29),
        ("One thought on “The Cat in the Lamp Room”", 1),
        ("12 Responses to", 12),
        ("1,204 Comments", 1204),
        ("Comments (5)", 5),
        ("7 réflexions sur « Le chat »", 7),
        ("1.204 Kommentare zu „Die Katze“", 1204),
        ("2 pensieri su “Il gatto”", 2),
        ("Комментариев: 5", 5),
        ("5 آراء على “القط”", 5),
        ("3 komentarze do “Kot”", 3),
        ("“Kedi” üzerine 4 yorum", 4),
        ("「猫」への6件のフィードバック", 6),
        ("《猫》有8个想法", 8),
    ],
)
def test_a_heading_declares_how_many_comments_there_are(text, declared):
    heading = heading_of(text)
    assert heading is not None
    assert heading.declared == declared


@pytest.mark.parametrize("text", ["Comments", "Trackbacks/Pingbacks", "Kommentare", "Commenti"])
def test_a_heading_may_declare_nothing(text):
    heading = heading_of(text)
    assert heading is not None
    assert heading.declared is None


@pytest.mark.parametrize(
    "text",
    ["2021 was a good year for cats", "5 replies came back unopened", "The comments of the keeper"],
)
def test_a_sentence_is_no_heading(text):
    assert heading_of(text) is None


def test_form_notice_and_page_links_are_known_in_many_languages():
    assert is_form("Leave a Reply")
    assert is_form("Laisser un commentaire")
    assert is_form("اترك تعليقاً")
    assert is_form_line("Votre adresse e-mail ne sera pas publiée.")
    assert is_closed("Comments are closed.")
    assert is_closed("I commenti sono chiusi.")
    assert is_paging("← Older Comments")
    assert is_paging("Предыдущие комментарии")
    assert not is_form("Leave a reply to the committee by Friday and not a day later, it wrote.")


def test_links_behind_a_comment_are_traces_and_sentences_are_not():
    assert is_trace("Reply")
    assert is_trace("Répondre ↓")
    assert is_trace("Войдите, чтобы ответить")
    assert is_trace("Liked by 3 people")
    assert not is_trace("Reply came there none")


def test_likes_are_counted_where_the_number_stands():
    assert likes_of("Liked by 4 people") == (4, (9, 10))
    assert likes_of("Aimé par 12 personnes") == (12, (9, 11))
    assert likes_of("I liked it by and large") is None


def test_a_ping_says_so_at_its_beginning():
    assert ping_of("Pingback: A blog about lamps") == ("pingback", 10)
    assert ping_of("Trackback: A blog about lamps") == ("trackback", 11)
    assert ping_of("The pingback: what it is") is None


def test_a_signature_names_author_and_date():
    text = "Ann Keeper on March 3, 2011 at 10:00 said:"
    signature = signature_of(text)
    assert signature is not None
    assert signature.sure
    assert text[slice(*signature.name)] == "Ann Keeper"
    assert date_of(text[slice(*signature.date)]) == "2011-03-03T10:00"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann says:", "Ann"),
        ("Marc dit :", "Marc"),
        ("Anna hat gesagt:", "Anna"),
        ("She who said and says:", "She who said and"),
        ("Ann Keeper (12 May 2009) wrote:", "Ann Keeper"),
        ("아나 님의 말:", "아나"),
        ("Иван говорит:", "Иван"),
        ("قال أحمد:", "أحمد"),
    ],
)
def test_who_speaks_is_known_in_many_languages(text, name):
    signature = signature_of(text)
    assert signature is not None
    assert text[slice(*signature.name)] == name


def test_a_name_is_one_word_or_begins_and_ends_with_a_capital():
    assert all(map(may_sign, ["Ann", "lampkeeper42", "Ann van Lamp", "Анна Лампа", "猫 灯"]))
    assert not any(map(may_sign, ["As Ann once", "the lamp", "One. Two", "A B C D E", ""]))


def test_a_name_alone_is_no_sure_signature_and_a_sentence_none():
    name = signature_of("Ann Keeper")
    assert name is not None
    assert not name.sure
    assert signature_of("Thank you, Ann, for the lamp.") is None
    assert signature_of("So I tried a few things and:") is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("July 31, 2019 at 9:51 pm", "2019-07-31T21:51"),
        ("17 août 2009 à 14 h 02 min", "2009-08-17T14:02"),
        ("17. August 2009 um 14:02", "2009-08-17T14:02"),
        ("17 августа 2009 в 14:02", "2009-08-17T14:02"),
        ("3 de marzo de 2011 a las 10:00", "2011-03-03T10:00"),
        ("2019年7月31日", "2019-07-31"),
        ("2009-08-17 14:02", "2009-08-17T14:02"),
    ],
)
def test_dates_become_iso_dates(text, date):
    assert date_of(text) == date


def test_a_date_whose_order_is_unknown_stays_as_it_is():
    assert date_of("03/04/2011 10:00") == "03/04/2011 10:00"
    assert date_of("February 31, 2011") is None
    assert date_of("in the year 2011 or so") is None
