import pytest

from converter.model import Book, Document, Paragraph, Part, Text
from converter.report import Report
from converter.transforms.languages import apply

ENGLISH = (
    "The keeper went down to the landing every morning to see whether the boat had come, and "
    "every morning he climbed back up with nothing but the wind in his hands and in his hat. "
    "On the seventh day he wrote to the Board."
)
GERMAN = (
    "Der Wärter ging jeden Morgen zum Anleger hinunter, um zu sehen, ob das Boot gekommen war, und "
    "jeden Morgen stieg er wieder hinauf, mit nichts als dem Wind in den Händen und im Hut. "
    "Am siebten Tag schrieb er an die Behörde."
)


def book(*texts, language=""):
    documents = (Document(id="d", children=(Paragraph((Text(text),)),)) for text in texts)
    return Book("Letters", (Part(tuple(documents)),), language=language)


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (GERMAN, "de")])
def test_a_document_has_the_language_of_its_words(text, language):
    report = Report()
    found = apply(book(text), report)
    assert (found.language, found.documents[0].language) == (language, language)
    assert [message.code for message in report.messages] == ["language-guessed"]


def test_a_book_has_the_language_of_most_of_its_documents():
    assert apply(book(GERMAN, ENGLISH, GERMAN), Report()).language == "de"


def test_what_the_user_says_is_not_doubted():
    said = book(GERMAN, language="en")
    assert apply(said, Report()) == said


def test_too_few_words_say_nothing():
    report = Report()
    found = apply(book("Guten Tag."), report)
    assert (found.language, found.documents[0].language) == ("en", "")
    assert report.messages == []


def test_a_text_in_two_languages_has_that_of_its_greater_part():
    assert apply(book(f"{GERMAN} {ENGLISH[:90]}"), Report()).language == "de"


def test_languages_have_the_codes_of_today():
    hebrew = "השומר ירד בכל בוקר אל המזח לראות אם הסירה הגיעה, ובכל בוקר חזר למעלה בידיים ריקות. "
    assert apply(book(hebrew * 2), Report()).language == "he"


@pytest.mark.parametrize("stray", ["\ud800", "\x85", "\ufffe"])
def test_a_character_that_is_no_text_hides_no_language(stray):
    assert apply(book(f"{stray} {GERMAN}"), Report()).language == "de"
