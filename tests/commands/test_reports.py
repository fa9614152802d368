"""The file of --report in its forms, and what the policy of a run makes of messages."""

import json
from pathlib import Path

import pytest
from lxml import etree

from converter.batch.outcome import Edition, Failure, Outcome, Told
from converter.commands.reports import report_file, spool
from converter.commands.verdict import Policy, annotation, policy
from converter.errors import UsageError, WriteError
from converter.model import Prov
from converter.report import Message

LOST = Message("note-not-linked", "note 3 has no call", "warning", Prov("letters/1 ä.txt", 7, 9, 4))
GUESS = Message("language-guessed", "taken for 'en'", "info", Prov("volume.xml#d19"))
EDITION = Edition("epub", "out/1.epub", 900, 1, 3, 0, 0, 20, 18, 1, 1)
OUTCOMES = (
    Outcome("letters/1 ä.txt", (Told(LOST), EDITION), (b'{"title":"One"}',), 1),
    Outcome("volume.xml", (Told(GUESS), Failure("is no XML\nat all", "volume.xml:3"))),
)


@pytest.fixture
def written(tmp_path):
    """Return the report of the outcomes in the form of a suffix."""

    def write(suffix, **chosen):
        path = tmp_path / f"report{suffix}"
        report = report_file(path, Policy(**chosen))
        for outcome in OUTCOMES:
            report.add(outcome)
        report.write()
        return path.read_bytes()

    return write


def test_our_own_report_lists_documents_editions_messages_and_failures(written):
    found = json.loads(written(".json"))
    assert found["documents"] == [{"title": "One"}]
    assert [edition["path"] for edition in found["editions"]] == ["out/1.epub"]
    assert [message["code"] for message in found["messages"]] == [LOST.code, GUESS.code]
    assert found["failures"] == ["volume.xml:3: error: is no XML\nat all"]


def test_a_report_of_nothing_is_whole(tmp_path):
    for suffix in (".json", ".sarif", ".xml"):
        report_file(tmp_path / f"empty{suffix}", Policy()).write()
    assert json.loads((tmp_path / "empty.json").read_bytes())["editions"] == []
    assert json.loads((tmp_path / "empty.sarif").read_bytes())["runs"][0]["results"] == []
    assert etree.parse(tmp_path / "empty.xml").find("testsuite").get("tests") == "0"


@pytest.mark.parametrize("suffix", [".json", ".xml", ".sarif"])
def test_a_full_disk_for_temporary_files_costs_the_report_and_shows_at_its_end(
    written, suffix, monkeypatch
):
    with Path("/dev/full").open("r+b", buffering=0) as full:
        monkeypatch.setattr(spool, "TemporaryFile", lambda: full)
        with pytest.raises(WriteError, match=f"report{suffix}: error: cannot be written: No space"):
            written(suffix)


def test_sarif_names_file_and_lines_of_each_message(written):
    (run,) = json.loads(written(".sarif"))["runs"]
    lost, guess, failure = run["results"]
    place = lost["locations"][0]["physicalLocation"]
    assert (lost["ruleId"], lost["level"]) == ("note-not-linked", "warning")
    assert place["artifactLocation"]["uri"] == "letters/1%20%C3%A4.txt"
    assert place["region"] == {"startLine": 7, "endLine": 9, "startColumn": 4}
    assert guess["level"] == "note"
    assert guess["locations"][0]["logicalLocations"] == [{"name": "d19"}]
    place = guess["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == ("volume.xml", {"startLine": 1})
    assert (failure["ruleId"], failure["level"]) == ("failure", "error")
    place = failure["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("volume.xml", 3)


def test_sarif_places_what_is_said_of_no_file_at_what_was_made(tmp_path):
    report = report_file(tmp_path / "r.sarif", Policy())
    report.add(Outcome("out/book.epub", (Told(Message("page-order", "odd", "warning")),)))
    report.write()
    (run,) = json.loads((tmp_path / "r.sarif").read_bytes())["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "out/book.epub"}, "region": {"startLine": 1}}


def test_sarif_describes_every_rule_that_it_uses(written):
    (run,) = json.loads(written(".sarif"))["runs"]
    rules = {
        rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]
    }
    assert list(rules) == sorted({result["ruleId"] for result in run["results"]})
    assert rules["note-not-linked"] == "No place is likely enough to call a note."


def test_junit_has_a_test_for_each_source_that_fails_where_the_run_does(written):
    suite = etree.fromstring(written(".xml")).find("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [test.get("name") for test in suite.iter("testcase")] == [
        "letters/1 ä.txt",
        "volume.xml",
    ]
    assert [failure.text for failure in suite.iter("failure")] == [
        "volume.xml:3: error: is no XML\nat all"
    ]
    assert "[note-not-linked]" in suite.findtext("system-out")


def test_junit_fails_a_source_for_a_message_that_fails_the_run(written):
    suite = etree.fromstring(written(".xml", fail_on=("warning",))).find("testsuite")
    assert suite.get("failures") == "2"


def test_junit_holds_what_xml_cannot_as_the_character_for_that(tmp_path):
    report = report_file(tmp_path / "r.xml", Policy())
    report.add(Outcome("a\x01.txt", (Failure("\ud800 & <b>", "a\x01.txt"),)))
    report.write()
    test = etree.parse(tmp_path / "r.xml").find(".//testcase")
    assert test.get("name") == "a\ufffd.txt"
    assert "\ufffd & <b>" in test.findtext("failure")


@pytest.mark.parametrize("suffix", [".json", ".sarif", ".xml"])
def test_what_is_ignored_is_in_no_report(written, suffix):
    assert b"note-not-linked" not in written(suffix, ignore=("note-not-linked",))


def test_a_report_of_unknown_form_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"\.sarif"):
        report_file(tmp_path / "report.txt", Policy())


def test_a_run_fails_on_levels_above_the_one_given_and_on_codes():
    assert Policy(("info",)).fails(LOST)
    assert Policy(("warning",)).fails(LOST)
    assert not Policy(("error",)).fails(LOST)
    assert Policy(("error", "note-not-linked")).fails(LOST)
    assert not Policy(("error", "note-not-linked")).fails(GUESS)


def test_strict_is_to_fail_on_warnings():
    chosen = policy(True, (), ())
    assert (chosen.code(LOST), chosen.code(GUESS)) == (3, 0)
    assert policy(False, (), ()).code(LOST) == 0


def test_an_error_fails_whatever_was_asked():
    broken = Message("links-broken", "no", "error")
    assert policy(False, ("note-not-linked",), ()).code(broken) == 1


def test_levels_cannot_be_ignored():
    with pytest.raises(UsageError, match="level"):
        policy(False, (), ("warning",))


def test_annotations_escape_what_ends_them():
    odd = Message("code", "100%\nlost", "warning", Prov("a,b:c.txt", 7))
    assert annotation(odd) == "::warning file=a%2Cb%3Ac.txt,line=7,title=code::100%25%0Alost"
    assert annotation(GUESS).startswith("::notice file=volume.xml,title=language-guessed::")
