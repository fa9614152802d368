"""The commands as a user types them, each in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest
from lxml import etree

MEMO = """7. Letter From the Keeper to the Board1

The lamp burns.2 Send oil [Page 31] soon. See Document 8.

  1. Source: tin box.
  2. It did.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "memos").mkdir()
    (tmp_path / "memos" / "7.txt").write_text(MEMO, encoding="utf-8")
    return tmp_path


def converter(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "converter", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_version_is_told(tmp_path):
    assert converter(tmp_path, "--version").stdout.startswith("converter, version ")


def test_help_names_every_exit_code(tmp_path):
    told = " ".join(converter(tmp_path, "--help").stdout.split())
    assert "3 warnings under --strict, or what --fail-on names; 70 a fault" in told


def test_inspect_prints_a_line_of_json_per_document(folder):
    done = converter(folder, "inspect", "--json", "memos")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["source"] == "memos/7.txt"
    assert found["number"] == "7"
    assert found["title"] == "Letter From the Keeper to the Board"
    assert [(note["label"], note["text"]) for note in found["notes"]] == [
        ("1", "Source: tin box."),
        ("2", "It did."),
    ]
    assert found["notes"][1]["calls"][0]["before"].endswith("The lamp burns.")
    assert found["pages"] == [
        {"label": "31", "before": "Letter From the Keeper to the Board The lamp burns. Send oil"}
    ]
    ledger = found["ledger"]
    assert ledger["words"] == len(MEMO.split())
    assert ledger["words"] == ledger["kept"] + ledger["structure"] + ledger["dropped"]


def test_formats_may_be_named_one_by_one(folder):
    done = converter(folder, "convert", "memos", "--to", "markdown", "--to", "json,epub")
    assert done.returncode == 0
    assert {path.suffix for path in folder.glob("7.*")} == {".md", ".json", ".epub"}


def test_the_only_edition_may_be_named(folder):
    for _ in range(2):  # where it stands already, too
        done = converter(folder, *["convert", "memos/7.txt", "--to", "epub", "-o", "out/Lamp.epub"])
        assert done.returncode == 0
    book = "convert memos --book --title Lamps --to markdown --model -o out/v1.md"
    assert converter(folder, *book.split()).returncode == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        *("Lamp.epub", "v1.md", "v1.model.json")
    ]
    assert (
        converter(folder, *["convert", "memos", "--to", "epub", "-o", "out/v1.2"]).returncode == 0
    )
    assert (folder / "out" / "v1.2" / "7.epub").is_file()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("memos --to epub -o x.epub", "there are 2 sources: name a folder, or --book"),
        ("memos/7.txt --to pdf -o x.epub", "--to pdf makes others: name a folder"),
        ("memos/7.txt --to epub,pdf -o x.epub", "--to epub,pdf makes others: name a folder"),
        ("memos/7.txt --to markdown --folder -o x.md", "--to markdown makes others: name a folder"),
    ],
)
def test_a_name_of_one_edition_for_others_is_refused(folder, command, told):
    (folder / "memos" / "8.txt").write_text(MEMO, encoding="utf-8")
    done = converter(folder, "convert", *command.split())
    name = command.split()[-1]
    assert done.stderr.splitlines()[-1].startswith(f"{name}: error: -o names a file, and ")
    assert done.stderr.rstrip().endswith(told)
    assert (done.returncode, list(folder.glob("x*"))) == (2, [])


def test_a_source_is_not_overwritten_by_the_edition_that_is_named_like_it(folder):
    page = "<h1>Lamp</h1><p>The keeper wrote.</p>"
    (folder / "lamp.html").write_text(page, encoding="utf-8")
    done = converter(folder, *["convert", "lamp.html", "--to", "html", "-o", "lamp.html"])
    assert "would overwrite a source" in done.stderr
    assert (folder / "lamp.html").read_text(encoding="utf-8") == page


def test_inspect_shows_one_document_at_length(folder):
    shown = converter(folder, "inspect", "memos/7.txt").stdout
    assert "7. Letter From the Keeper to the Board" in shown
    assert "Source: tin box." in shown
    assert "Pages: 31" in shown


def test_inspect_shows_several_documents_as_lines_with_totals(folder):
    (folder / "memos" / "8.txt").write_text(MEMO.replace("7.", "8."), encoding="utf-8")
    shown = converter(folder, "inspect", "memos").stdout
    assert "memos" in shown
    assert "7.txt" in shown
    assert "2 documents" in shown


def test_explain_shows_where_a_note_could_be_called(folder):
    shown = converter(folder, "inspect", "--explain", "2", "memos/7.txt").stdout
    assert "It did." in shown
    assert "burns.2" in shown
    assert "after a sentence" in shown


def test_explain_answers_an_unknown_note_with_the_known_ones(folder):
    done = converter(folder, "inspect", "--explain", "9", "memos/7.txt")
    assert done.returncode == 2
    assert "there are: 1, 2" in done.stderr


def test_convert_makes_an_edition_of_each_source(folder):
    done = converter(folder, "convert", "memos", "--to", "json", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert (folder / "out" / "7.json").is_file()
    assert "1 document, 2 notes, 1 page, 0 comments" in done.stdout


def test_no_edition_tells_where_its_source_lay(folder):
    source = str(folder / "memos" / "7.txt")
    converter(folder, "convert", source, "--to", "json,markdown", "-o", "out")
    for edition in (folder / "out").iterdir():
        assert str(folder) not in edition.read_text(encoding="utf-8")
    book = json.loads((folder / "out" / "7.json").read_bytes())["book"]
    assert book["parts"][0]["documents"][0]["source"] == "7.txt"


def test_a_second_run_takes_no_edition_of_the_first_for_a_source(folder):
    first = converter(folder, "convert", ".", "--to", "epub,markdown,json")
    second = converter(folder, "convert", ".", "--to", "epub,markdown,json")
    assert (first.returncode, second.returncode) == (0, 0)
    assert second.stdout.splitlines() == [
        "nothing to do: 3 editions up to date",
        "3 editions among the sources left out (-v names them)",
    ]
    told = converter(folder, "convert", ".", "--to", "json", "-v").stderr
    assert "memos/7.epub: info: is an edition of a source" in told.replace("\\", "/")


def test_convert_book_makes_one_edition_of_all_sources(folder):
    (folder / "8.txt").write_text(MEMO.replace("7.", "8."), encoding="utf-8")
    arguments = ("convert", "memos", "8.txt", "--book", "--title", "Letters", "--to", "json")
    assert converter(folder, *arguments, "-o", "out").returncode == 0
    book = json.loads((folder / "out" / "letters.json").read_bytes())["book"]
    assert [document["number"] for document in book["parts"][0]["documents"]] == ["7", "8"]


def test_sources_of_one_name_do_not_overwrite_each_other(folder):
    (folder / "7.txt").write_text(MEMO, encoding="utf-8")
    converter(folder, "convert", "memos/7.txt", "7.txt", "--to", "json", "-o", "out")
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["7-2.json", "7.json"]


# Root may look at everything, unless it gives up what lets it.
_RIGHTS = "-dac_override,-dac_read_search"
WITHOUT_PRIVILEGES = (
    [] if os.geteuid() else ["setpriv", f"--bounding-set={_RIGHTS}", f"--inh-caps={_RIGHTS}"]
)


@pytest.mark.skipif(not (os.geteuid() or shutil.which("setpriv")), reason="root without setpriv")
def test_what_may_not_be_looked_at_costs_only_itself(folder):
    (folder / "memos" / "closed").mkdir()
    (folder / "memos" / "listed").mkdir()
    (folder / "memos" / "listed" / "9.txt").touch()
    (folder / "memos" / "closed").chmod(0)
    (folder / "memos" / "listed").chmod(0o444)
    arguments = ("convert", "memos", "memos/listed/9.txt", "--to", "json", "-o", "out")
    done = subprocess.run(
        [*WITHOUT_PRIVILEGES, sys.executable, "-m", "converter", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    (folder / "memos" / "closed").chmod(0o700)
    (folder / "memos" / "listed").chmod(0o700)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "memos/closed: error: cannot be read, nor what is in it: Permission denied"
        " [unreadable-folder]",
        "memos/listed/9.txt: error: cannot be read: Permission denied",
    ]
    assert (folder / "out" / "7.json").is_file()


def test_a_folder_for_editions_has_a_name_in_utf_8(folder):
    done = converter(folder, "convert", "memos", "--to", "json", "-o", "out-\udcff")
    assert done.returncode == 2
    assert "'out-\ufffd' is no name in UTF-8: choose another folder" in done.stderr


def test_no_edition_stands_where_the_folder_of_others_must(folder):
    (folder / "memos" / "8.txt").write_text(MEMO, encoding="utf-8")
    for below in ("7.json", "9.md", "8"):
        (folder / "memos" / below).mkdir()
        (folder / "memos" / below / "1.txt").write_text(MEMO, encoding="utf-8")
    done = converter(folder, "convert", "memos", "--to", "json,markdown", "--folder", "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    found = (path for path in folder.glob("out/**/*.json") if path.is_file())
    made = {path.relative_to(folder / "out").as_posix() for path in found}
    assert made == {"7-2.json", "8-2.json", "7.json/1.json", "9.md/1.json", "8/1.json"}
    assert (folder / "out" / "8-2" / "index.md").is_file()


def test_a_source_that_fails_costs_only_itself(folder):
    (folder / "memos" / "8.txt").write_bytes(b"%PDF-1.7 not text")
    done = converter(folder, "convert", "memos", "--to", "json", "-o", "out")
    assert done.returncode == 1
    assert "memos/8.txt: error: is a PDF, not text" in done.stderr
    assert (folder / "out" / "7.json").is_file()


def test_a_source_that_is_not_there_costs_only_itself(folder):
    done = converter(folder, "convert", "nowhere.txt", "memos", "--to", "json", "-o", "out")
    assert done.returncode == 1
    assert "nowhere.txt: error: cannot be read: No such file or directory" in done.stderr
    assert (folder / "out" / "7.json").is_file()


def test_a_fault_in_one_document_costs_only_itself(folder, hostile):
    (folder / "memos" / "8.hostile").write_text("hostile: fault", encoding="utf-8")
    done = converter(folder, "convert", "memos", "--to", "json", "-o", "out")
    assert done.returncode == 1
    assert "memos/8.hostile: error: a fault in converter, please report it" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "out" / "7.json").is_file()


def test_a_fault_is_shown_with_its_place_in_the_program_to_those_who_debug(folder, hostile):
    (folder / "8.hostile").write_text("hostile: fault", encoding="utf-8")
    done = converter(folder, "--debug", "convert", "8.hostile", "--to", "json", "-o", "out")
    assert "ValueError: a planted fault" in done.stderr


def test_an_edition_never_overwrites_a_source(folder):
    dump = folder / "memos" / "7.md"
    dump.write_text(MEMO, encoding="utf-8")
    arguments = ("convert", "memos/7.md", "--from", "text", "--to", "markdown", "-o", "memos")
    done = converter(folder, *arguments)
    assert done.returncode == 1
    assert "would overwrite a source" in done.stderr
    assert dump.read_text(encoding="utf-8") == MEMO


def test_a_report_never_overwrites_a_source(folder):
    arguments = ("convert", "memos", "--to", "json", "-o", "out", "--report", "memos/7.txt")
    assert converter(folder, *arguments).returncode == 2
    assert (folder / "memos" / "7.txt").read_text(encoding="utf-8") == MEMO


def test_a_report_of_an_inspection_never_overwrites_its_source(folder):
    (folder / "site.json").write_text("[]", encoding="utf-8")
    assert converter(folder, "inspect", "site.json", "--report", "site.json").returncode == 2
    assert (folder / "site.json").read_text(encoding="utf-8") == "[]"


def test_reports_of_several_forms_tell_of_the_same_run(folder):
    arguments = ("convert", "memos", "--to", "json", "-o", "out")
    converter(folder, *arguments, "--report", "r.json", "--report", "r.xml")
    assert len(json.loads((folder / "r.json").read_bytes())["editions"]) == 1
    tests = etree.parse(folder / "r.xml").iter("testcase")
    assert [test.get("name") for test in tests] == ["memos/7.txt"]


def test_a_folder_that_is_no_edition_is_never_replaced(folder):
    (folder / "out" / "7").mkdir(parents=True)
    (folder / "out" / "7" / "diary.doc").touch()
    arguments = ("convert", "memos", "--to", "markdown", "--folder", "-o", "out")
    done = converter(folder, *arguments)
    assert done.returncode == 1
    assert "exists and is no edition" in done.stderr
    assert (folder / "out" / "7" / "diary.doc").is_file()


def test_a_folder_that_is_an_edition_is_replaced(folder):
    arguments = ("convert", "memos", "--to", "markdown", "--folder", "-o", "out")
    for _ in range(2):
        assert converter(folder, *arguments).returncode == 0


def test_a_folder_as_source_leaves_out_what_no_reader_knows_and_what_is_hidden(folder):
    (folder / "memos" / "truth.json").write_text("{}", encoding="utf-8")
    (folder / "memos" / ".draft.txt").write_text(MEMO, encoding="utf-8")
    (folder / "memos" / "picture.png").write_bytes(b"\x89PNG")
    done = converter(folder, "inspect", "--json", "memos")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["memos/7.txt"]


@pytest.mark.parametrize("epoch", [None, "86400"])
def test_the_same_sources_make_the_same_bytes(folder, epoch):
    formats = ("epub", "markdown", "pdf")
    editions = []
    for output in ("one", "two"):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch or ""}
        subprocess.run(
            [
                sys.executable,
                "-m",
                "converter",
                "convert",
                "memos",
                "--quiet",
                "--to",
                ",".join(formats),
                "-o",
                output,
            ],
            cwd=folder,
            env=environment,
            check=True,
        )
        editions.append([path.read_bytes() for path in sorted((folder / output).iterdir())])
    assert len(editions[0]) == len(formats)
    assert editions[0] == editions[1]


def test_strict_makes_warnings_an_exit_code(folder):
    (folder / "memos" / "7.txt").write_text(MEMO + "  3. Nobody calls me.\n", encoding="utf-8")
    arguments = ("convert", "memos", "--to", "json", "-o", "out")
    assert converter(folder, *arguments).returncode == 0
    done = converter(folder, *arguments, "--strict")
    assert done.returncode == 3
    assert "warning" in done.stderr


def test_messages_can_be_ignored_or_fail_a_run_by_their_code(folder):
    (folder / "memos" / "7.txt").write_text(MEMO + "  3. Nobody calls me.\n", encoding="utf-8")
    arguments = ("convert", "memos", "--to", "json", "-o", "out")
    ignored = converter(folder, *arguments, "--strict", "--ignore", "note-not-linked")
    assert (ignored.returncode, ignored.stderr) == (0, "")
    assert "1 message ignored" in ignored.stdout
    failed = converter(folder, *arguments, "--fail-on", "reference-unresolved")
    assert failed.returncode == 3
    assert "[reference-unresolved]" in failed.stderr
    assert converter(folder, *arguments, "--fail-on", "warnign").returncode == 2


def test_inspect_fails_and_reports_as_asked(folder):
    (folder / "memos" / "7.txt").write_text(MEMO + "  3. Nobody calls me.\n", encoding="utf-8")
    arguments = ("inspect", "--json", "memos", "--report", "found.sarif")
    assert converter(folder, *arguments, "--fail-on", "note-not-linked").returncode == 3
    (run,) = json.loads((folder / "found.sarif").read_bytes())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["note-not-linked"]
    done = converter(folder, *arguments, "--strict", "--ignore", "note-not-linked")
    assert (done.returncode, json.loads(done.stdout)["messages"]) == (0, [])


def test_github_actions_show_messages_beside_the_lines(folder, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (folder / "memos" / "7.txt").write_text(MEMO + "  3. Nobody calls me.\n", encoding="utf-8")
    told = converter(folder, "convert", "memos", "missing.txt", "--to", "json", "-o", "out").stderr
    assert "::warning file=memos/7.txt,line=7,col=3,title=note-not-linked::" in told
    assert "::error file=missing.txt,title=failure::cannot be read" in told


def test_info_messages_are_for_those_who_ask(folder):
    arguments = ("convert", "memos", "--to", "json", "-o", "out")
    assert "Document 8" not in converter(folder, *arguments).stderr
    told = converter(folder, *arguments, "--verbose").stderr
    assert "memos/7.txt:3: info: document 8 is not in this book [reference-unresolved]" in told


def test_a_source_without_a_word_is_worth_a_warning(folder):
    (folder / "blank.txt").write_text(" \n", encoding="utf-8")
    done = converter(folder, "convert", "blank.txt", "--to", "json", "-o", "out", "--strict")
    assert done.returncode == 3
    assert "blank.txt: warning: holds no text [no-text]" in done.stderr


def test_a_template_that_overrides_none_is_worth_a_warning(folder):
    (folder / "looks").mkdir()
    (folder / "looks" / "stlye.css").touch()
    arguments = ("convert", "memos", "--to", "json", "-o", "out", "--templates", "looks")
    assert "looks/stlye.css: warning" in (told := converter(folder, *arguments).stderr), told
    assert "[template-unused]" in told


def test_the_report_holds_documents_editions_and_messages(folder):
    converter(
        folder, "convert", "memos", "--to", "json", "-o", "out", "--report", "out/report.json"
    )
    report = json.loads((folder / "out" / "report.json").read_bytes())
    assert report["documents"][0]["title"] == "Letter From the Keeper to the Board"
    assert report["editions"][0]["notes"] == 2
    assert report["messages"][0]["code"] == "reference-unresolved"
    assert report["failures"] == []


def test_build_makes_the_book_of_the_project_file(folder):
    (folder / "edition.toml").write_text(
        '[edition]\ntitle = "Old Letters"\nformats = ["json"]\nlanguage = "de"\n'
        '[[part]]\ntitle = "First"\nsources = ["memos/*.txt"]\n',
        encoding="utf-8",
    )
    done = converter(folder, "build", "-o", "result")
    assert done.returncode == 0, done.stderr
    book = json.loads((folder / "result" / "old-letters.json").read_bytes())["book"]
    assert (book["title"], book["language"]) == ("Old Letters", "de")
    assert book["parts"][0]["title"] == "First"


def test_a_second_build_takes_no_edition_of_the_first_for_a_source(folder):
    (folder / "edition.toml").write_text(
        '[edition]\ntitle = "The Lamp"\nformats = ["html", "markdown"]\n'
        '[[part]]\nsources = ["**/*.txt", "**/*.html"]\n',
    )
    (folder / "other.html").write_text("<html><body><p>Another lamp.</p></body></html>")
    converter(folder, "build")
    second = converter(folder, "build")
    assert second.stdout.splitlines()[:2] == [
        "nothing to do: 2 editions up to date",
        "1 edition among the sources left out (-v names them)",
    ]
    done = converter(folder, "verify", "out/the-lamp.html", "--against", "edition.toml")
    assert done.returncode == 0


def test_a_new_project_builds(tmp_path):
    assert converter(tmp_path, "new", "mine").returncode == 0
    done = converter(tmp_path, "build", "mine", "--to", "json", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert "1 document, 2 notes, 1 page" in done.stdout


def test_a_new_project_overwrites_nothing(folder):
    done = converter(folder, "new", "memos")
    assert done.returncode == 2
    assert "not empty" in done.stderr


def test_formats_names_readers_and_writers(tmp_path):
    shown = converter(tmp_path, "formats").stdout
    for name in ("text", "epub", "pdf", "markdown", "json"):
        assert name in shown


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("convert", "memos", "--to", "scroll"), "no format 'scroll'; known: "),
        (("convert", "memos", "--to", "ebup"), "did you mean 'epub'?"),
        (("convert", "memos", "--to", "epub", "--language", "not a tag"), "no language tag"),
        (("build", "nowhere.toml"), "converter new"),
        (("inspect", "--from", "tarot", "memos"), "no reader named 'tarot'"),
        (("build", "wrong.toml"), "wrong.toml:3: error: there is no format 'ebup'"),
        (("convert", "memos"), "Name one or several with commas between: docx, epub, html"),
        (("convert", "memos", "--to", "epub", "-o", "memos/7.txt"), "others: name a folder"),
        (("convert", "memos", "--to", "epub", "-o", "wrong.toml"), "is a file: name a folder"),
        (("frobnicate",), "no command 'frobnicate'; known: convert, build"),
        (("convrt", "memos"), "no command 'convrt'; did you mean 'convert'?"),
        (("inspect", "memos", "--ignore", "note-not-linkd"), "did you mean note-not-linked?"),
        (("inspect", "memos", "--ignore", "moonshine"), "--ignore moonshine: there are no such"),
        (("inspect", "memos", "--fail-on", "moonshine"), "--fail-on moonshine: there are no such"),
    ],
)
def test_wrong_usage_is_answered_in_a_sentence_with_exit_code_2(folder, arguments, complaint):
    (folder / "wrong.toml").write_text(
        '[edition]\ntitle = "Lamps"\nformats = ["ebup"]\n[[part]]\nsources = ["memos/*"]\n'
    )
    done = converter(folder, *arguments)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_the_folder_for_editions_is_explained_with_its_default(folder):
    for command, usual in (("convert", "the current folder"), ("build", "out")):
        told = " ".join(converter(folder, command, "--help").stdout.split())
        assert f"Where to write to; by default {usual}." in told


def test_the_shell_completes_formats_behind_a_comma(folder, monkeypatch):
    monkeypatch.setenv("_CONVERTER_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "converter convert --to epub,mark")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert converter(folder).stdout == "plain,epub,markdown\n"


def test_debug_shows_the_traceback(folder):
    assert "Traceback" in converter(folder, "build", "nowhere.toml", "--debug").stderr


def test_a_volume_keeps_its_own_parts_within_a_part_of_the_project(folder):
    division = '<div type="chapter" xml:id="ch1"><head>Oil</head>{}</div>'
    memo = '<div type="document" xml:id="d1" n="1"><head>1. A Memo</head><p>Oil is dear.</p></div>'
    body = f"<text><body>{division.format(memo)}</body></text>"
    header = "<teiHeader><fileDesc><titleStmt><title>V</title></titleStmt></fileDesc></teiHeader>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}{body}</TEI>'
    (folder / "volume.xml").write_text(tei, encoding="utf-8")
    (folder / "edition.toml").write_text(
        '[edition]\ntitle = "All"\nformats = ["json"]\n'
        '[[part]]\ntitle = "Volumes"\nsources = ["volume.xml"]\n',
        encoding="utf-8",
    )
    assert converter(folder, "build", "-o", "out").returncode == 0
    parts = json.loads((folder / "out" / "all.json").read_bytes())["book"]["parts"]
    assert [(part["title"], part.get("level", 1)) for part in parts] == [("Volumes", 1), ("Oil", 2)]


def test_pictures_come_from_the_web_only_where_the_user_allows_it(folder, site, pixel):
    address = site.put("/lamp.png", pixel)
    page = f"<html><body><h1>A lamp</h1><p>It shone. <img src='{address}' alt='Lit'></p></body>"
    (folder / "lamp.html").write_text(page, encoding="utf-8")
    convert = ("convert", "lamp.html", "--to", "json", "-o", "out", "--verbose")
    assert "[remote-image]" in converter(folder, *convert).stderr
    assert site.asked == []
    assert b'"pictures"' not in (folder / "out" / "lamp.json").read_bytes()
    assert "[remote-image]" not in converter(folder, *convert, "--allow-network").stderr
    assert site.asked == ["/lamp.png"]
    assert b'"pictures"' in (folder / "out" / "lamp.json").read_bytes()
    inspected = converter(folder, "inspect", "--json", "--allow-network", "lamp.html")
    assert json.loads(inspected.stdout)["messages"] == []


def test_watching_without_watchfiles_says_what_to_install(folder, tmp_path, monkeypatch):
    (tmp_path / "without" / "watchfiles").mkdir(parents=True)
    missing = tmp_path / "without" / "watchfiles" / "__init__.py"
    missing.write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "without"))
    done = converter(folder, "convert", "memos", "--to", "json", "-o", "out", "--watch")
    assert done.returncode == 2
    assert "pip install 'converter[watch]'" in done.stderr


def test_watching_outlasts_a_broken_project_and_sees_sources_outside_its_folder(folder):
    pytest.importorskip("watchfiles")
    (folder / "book").mkdir()
    project = folder / "book" / "edition.toml"
    project.write_text("broken [", encoding="utf-8")
    arguments = ("build", "book", "--to", "json", "--watch")
    process = subprocess.Popen(
        [sys.executable, "-m", "converter", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    guard = Timer(100, process.kill)  # what is never told would be waited for
    guard.start()
    told = iter(process.stdout.readline, "")
    assert any("is no valid TOML" in line for line in told)
    assert any("watching for changes" in line for line in told)
    text = '[edition]\ntitle = "Lamps"\n[[part]]\nsources = ["../memos/*.txt"]\n'
    project.write_text(text, encoding="utf-8")
    assert any("out/lamps.json: " in line for line in told)
    for text in ("Oil.", "Send oil."):
        (folder / "saved").write_text(text, encoding="utf-8")
        (folder / "saved").replace(folder / "memos" / "7.txt")
        assert any("out/lamps.json: " in line for line in told)
    guard.cancel()
    process.kill()
    process.communicate()


def test_a_model_is_left_beside_for_those_who_verify(folder):
    converter(folder, "convert", "memos/7.txt", "--to", "markdown", "-o", "out", "--model")
    done = converter(folder, "verify", "out/7.md", "--against", "out/7.model.json")
    assert done.returncode == 0, done.stderr + done.stdout


def test_a_size_that_is_none_is_a_mistake(folder):
    done = converter(folder, "convert", "memos", "--to", "json", "--max-memory", "much")
    assert done.returncode == 2
    assert "800M or 2G" in done.stderr


@pytest.mark.parametrize("command", ["inspect --json", "convert --to json -o out --no-cache"])
def test_a_link_out_of_the_folder_that_was_named_is_not_followed(folder, command):
    (folder / "secret.txt").write_text(MEMO)
    (folder / "memos" / "link.txt").symlink_to(folder / "secret.txt")
    done = converter(folder, *command.split(), "memos", "--ignore", "reference-unresolved")
    assert (done.returncode, "[link-out-of-folder]" in done.stderr) == (0, True)
    assert "memos/link.txt: warning: leads out of the folder" in done.stderr
    assert done.stdout.count("link.txt") == 0


def test_links_to_nothing_and_to_folders_elsewhere_are_told(folder):
    (folder / "elsewhere").mkdir()
    (folder / "memos" / "volume").symlink_to(folder / "elsewhere")
    (folder / "memos" / "same").symlink_to(".")
    (folder / "memos" / "loop.txt").symlink_to("loop.txt")
    (folder / "memos" / "not-fetched.txt").symlink_to("gone/7.txt")
    (folder / "memos" / "no-source").symlink_to("gone")
    done = converter(folder, "inspect", "memos", "--ignore", "reference-unresolved")
    assert [line.partition(": warning: ")[::2] for line in done.stderr.splitlines()] == [
        (
            "memos/volume",
            "leads out of the folder that was named: name it itself to have it read"
            " [link-out-of-folder]",
        ),
        *(
            (name, "is a link to what is not there, or to itself: mend or remove it [broken-link]")
            for name in ("memos/loop.txt", "memos/not-fetched.txt")
        ),
    ]


def test_what_cannot_be_made_is_named_though_the_cause_lies_elsewhere(folder, monkeypatch):
    monkeypatch.setenv("PYPANDOC_PANDOC", "/bin/false")
    done = converter(folder, *["convert", "memos/7.txt", "--to", "docx", "-o", "out", "--no-cache"])
    assert done.returncode == 1
    assert done.stderr.startswith("out/7.docx: error: pandoc is missing or cannot start: install")


COMMANDS = ["inspect memos", "convert memos --to epub -o out --no-cache", "formats", "--help"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_nothing_but_what_is_seen(folder, command, closed):
    line = [sys.executable, "-m", "converter", *command.split()]
    shell = ["sh", "-c", f'"$@" {closed}', "sh", *line]
    done = subprocess.run(shell, cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("fault")) == (0, 0)
    assert (folder / "out" / "7.epub").is_file() == command.startswith("convert")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_disk_that_is_full_where_output_goes_is_no_fault_of_ours(folder, command):
    with Path("/dev/full").open("r+b", buffering=0) as full:
        line = [sys.executable, "-m", "converter", *command.split()]
        done = subprocess.run(line, cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True)
    last = done.stderr.splitlines()[-1]
    assert last == "standard output: error: cannot be written: No space left on device"
    assert done.returncode == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_a_terminal_cannot_print_is_no_fault(folder, monkeypatch, encoding):
    (folder / "memos" / "7.txt").write_text(MEMO.replace("tin box", "tin bo\xf6—x"), "utf-8")
    monkeypatch.setenv("PYTHONIOENCODING", f"{encoding}:strict")
    line = [sys.executable, "-m", "converter", "inspect", "memos/7.txt"]
    done = subprocess.run(line, cwd=folder, capture_output=True)
    seen = {"ascii": b"tin bo??x", "latin-1": b"tin bo\xf6?x"}
    assert (done.returncode, done.stderr.count(b"fault")) == (0, 0)
    assert seen[encoding] in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_a_name_that_the_encoding_of_the_system_lacks_is_no_fault(folder, monkeypatch):
    (folder / "memos" / "7.txt").rename(folder / "memos" / "Häfen.txt")
    settings = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    done = converter(folder, *["convert", "memos", "--to", "epub", "-o", "out", "--no-cache"])
    assert done.returncode == 1
    assert "cannot be a name of a file in ascii: set PYTHONUTF8=1 and try again" in done.stderr


@pytest.mark.parametrize("command", ["inspect", "convert --to json,epub -o out --no-cache -q"])
def test_no_name_of_a_file_stops_the_others(folder, command):
    for name in (b"\xff.txt", b"a\nb.txt", b"[x].txt", b"x" * 251 + b".txt"):
        (folder / "memos" / os.fsdecode(name)).write_text("Oil\n\nIt is dear.\n")
    done = converter(folder, *command.split(), "memos", "--ignore", "reference-unresolved")
    assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in (folder / "out").glob("*.epub"))
    assert names == (
        ["7.epub", "[x].epub", "a\ufffdb.epub", "x" * 200 + ".epub", "\ufffd.epub"] if names else []
    )


def test_what_a_source_says_does_not_control_the_terminal(folder):
    (folder / "memos" / "7.txt").write_text(MEMO.replace("Document 8", "Document 8\x1b[31m"))
    assert "\x1b" not in converter(folder, "inspect", "memos/7.txt", "memos").stderr


def test_what_several_writers_say_alike_is_told_once(tmp_path):
    page = "<h1>Lamp</h1><p>The <a href='http://a b/'>keeper</a> wrote.</p>"
    (tmp_path / "lamp.html").write_text(page, encoding="utf-8")
    told = converter(tmp_path, "convert", "lamp.html", "--to", "epub,html,markdown").stderr
    assert told.count("bad-address") == 1
