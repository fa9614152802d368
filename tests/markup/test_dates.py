import pytest

from converter.markup.dates import iso, order_of, read_date, rfc_2822


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("March 3, 2011 at 10:05 pm", "en", "2011-03-03T22:05"),
        ("March 3, 2011 at 12:05 am", "en-US", "2011-03-03T00:05"),
        ("6 août 2010 à 11 h 06 min", "fr", "2010-08-06T11:06"),
        ("12. Mai 2011 um 10:03", "de", "2011-05-12T10:03"),
        ("28 мая 2018 в 12:01", "ru", "2018-05-28T12:01"),
        ("10 marzo 2012 alle 14:20", "it", "2012-03-10T14:20"),
        ("3 مارس، 2011 الساعة 5:22 م", "ar", "2011-03-03T17:22"),
        ("2010年3月5日 10:11", "ja", "2010-03-05T10:11"),
        ("24/10/2018 o 01:36", "pl", "2018-10-24T01:36"),
        ("12.05.2011", "de", "2011-05-12"),
        ("2011-05-12 10:03:04", "", "2011-05-12T10:03:04"),
        ("2019-07-01T15:50:00Z", "", "2019-07-01T15:50:00+00:00"),
    ],
)
def test_dates_are_read_as_themes_print_them(text, language, date):
    assert read_date(text, language) == date


@pytest.mark.parametrize("text", ["3 days ago", "yesterday", "July", "99/99/2011", "Ann", ""])
def test_what_is_no_whole_date_is_none(text):
    assert read_date(text, "en") is None


def test_day_and_month_in_figures_are_read_as_the_rest_of_the_page_orders_them():
    assert read_date("03/04/2011", "en") is None
    assert read_date("03/04/2011", "en", order_of(["no date", "05/06/2011", "28/02/2011"])) == (
        "2011-04-03"
    )
    assert read_date("03/04/2011", "en", order_of(["02/28/2011"])) == "2011-03-04"
    assert order_of(["01/02/2011"]) == ""


def test_iso_and_rss_dates():
    assert iso("2008-07-07 23:03:31") == "2008-07-07T23:03:31"
    assert iso("soon") is None
    assert rfc_2822("Tue, 27 Jan 2015 14:56:57 +0000") == "2015-01-27T14:56:57+00:00"
    assert rfc_2822("soon") is None
