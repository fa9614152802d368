"""The words that editions add are there in every language, with the same things to fill in."""

import tomllib
from pathlib import Path
from string import Formatter

import pytest

import converter.words
from converter.words import words

TABLES = tomllib.loads(Path(converter.words.__file__).with_suffix(".toml").read_text("utf-8"))


def slots(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize("language", TABLES)
def test_every_language_says_all_that_english_says(language):
    said = {key: slots(text) for key, text in TABLES[language].items()}
    assert said == {key: slots(text) for key, text in TABLES["en"].items()}


def test_a_region_or_script_that_is_not_known_is_left_out():
    assert words("de-AT") == words("de")
    assert words("zh-Hant-HK") == words("zh-TW") != words("zh")


def test_english_serves_for_languages_that_are_not_known():
    assert words("tlh") == words("") == words("en")


def test_likes_are_told_in_words():
    assert (words("en").likes(1), words("en").likes(2)) == (
        "Liked by 1 person",
        "Liked by 2 people",
    )


def test_kinds_of_comments_have_names():
    kinds = ("comment", "pingback", "trackback", "review")
    assert [words("en").kind(kind) for kind in kinds] == [kind.capitalize() for kind in kinds]
