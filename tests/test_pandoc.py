"""Many texts through one pandoc process, which can neither read files nor run for ever."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pypandoc
import pytest

from converter import pandoc
from converter.errors import ConverterError


def test_texts_come_back_converted_in_their_order():
    texts = [b"*one*", b"", "zwei — ½".encode(), b""]
    found = list(pandoc.convert(texts, reader="markdown", writer="html"))
    assert found == [b"<p><em>one</em></p>", b"", "<p>zwei — ½</p>".encode(), b""]


def test_no_texts_start_no_process(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    assert list(pandoc.convert([], reader="markdown", writer="html")) == []


def test_lines_are_not_wrapped():
    (found,) = pandoc.convert([b"word " * 100], reader="markdown", writer="markdown")
    assert found.count(b"\n") <= 1


def test_a_text_cannot_make_pandoc_read_a_file(tmp_path):
    secret = tmp_path / "secret.tex"
    secret.write_text("the secret", encoding="utf-8")
    text = f"\\include{{{secret}}} \\input{{{secret}}}".encode()
    (found,) = pandoc.convert([text], reader="latex", writer="plain")
    assert b"the secret" not in found


def test_a_pandoc_that_cannot_start_is_told_without_a_traceback(monkeypatch, capfd):
    monkeypatch.setenv("PYPANDOC_PANDOC", "/bin/false")
    monkeypatch.setattr(pypandoc, "__pandoc_path", None)
    with pytest.raises(ConverterError, match="cannot start: install pypandoc-binary"):
        pandoc.read(b"text", reader="markdown")
    assert capfd.readouterr() == ("", "")


def test_an_unknown_format_is_an_error_for_users():
    with pytest.raises(ConverterError, match="nonsense"):
        list(pandoc.convert([b"text"], reader="nonsense", writer="html"))


def test_a_text_that_pandoc_refuses_is_an_error_for_users():
    with pytest.raises(ConverterError, match="JSON"):
        list(pandoc.convert([b"{}"], reader="json", writer="html"))


def test_what_takes_too_long_is_stopped():
    long = b"*word* " * 500_000
    with pytest.raises(ConverterError, match=r"not done after 0\.1 seconds"):
        list(pandoc.convert([long], reader="markdown", writer="html", time_limit=0.1))


def test_a_missing_pandoc_says_what_to_install(monkeypatch):
    def missing() -> str:
        raise OSError

    monkeypatch.setattr("pypandoc.get_pandoc_path", missing)
    with pytest.raises(ConverterError, match="install pypandoc-binary"):
        list(pandoc.convert([b"text"], reader="markdown", writer="html"))


def test_one_text_that_pandoc_refuses_does_not_keep_others_from_being_read():
    found = list(pandoc.attempt([b"{}", b"[]", b"{"], reader="json", writer="html"))
    assert all(isinstance(each, pandoc.Refusal) for each in found)
    first, second = pandoc.attempt([b"\\begin{x}", b"text"], reader="latex", writer="plain")
    assert isinstance(first, pandoc.Refusal)
    assert second == b"text\n"


def test_what_pandoc_refuses_is_not_quoted_at_length():
    (refusal,) = pandoc.attempt([b"<" + b"[" * 100_000], reader="fb2", writer="plain")
    assert isinstance(refusal, pandoc.Refusal)
    assert len(refusal.reason) < 500


def test_texts_for_several_formats_may_be_asked_for_in_turn():
    pages = pandoc.convert([b"*a*", b"*b*"], reader="markdown", writer="html")
    plain = pandoc.convert([b"*a*", b"*b*"], reader="markdown", writer="plain")
    found = [text for pair in zip(pages, plain, strict=True) for text in pair]
    assert found == [b"<p><em>a</em></p>", b"a\n", b"<p><em>b</em></p>", b"b\n"]


def test_all_texts_go_through_one_process(monkeypatch):
    list(pandoc.convert([b"text"], reader="markdown", writer="html"))
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a second process"))
    assert list(pandoc.convert([b"text"], reader="markdown", writer="html")) == [b"<p>text</p>"]


def test_a_pandoc_that_was_killed_is_an_error_and_the_next_text_gets_a_new_one():
    list(pandoc.convert([b"text"], reader="markdown", writer="html"))
    pandoc._service(pandoc._program(), pandoc._MOST_MEMORY, os.getpid())._running._process.kill()
    with pytest.raises(ConverterError, match="pandoc failed"):
        list(pandoc.convert([b"text"], reader="markdown", writer="html"))
    assert list(pandoc.convert([b"text"], reader="markdown", writer="html")) == [b"<p>text</p>"]


BUSY = """
import os
from converter import pandoc
service = pandoc._service(pandoc._program(), pandoc._MOST_MEMORY, os.getpid())
list(pandoc.convert([b"text"], reader="markdown", writer="html"))
print(service._running._process.pid, flush=True)
list(pandoc.convert([b"*word* " * 2_000_000], reader="markdown", writer="html"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells of a parent's death")
def test_a_pandoc_at_work_does_not_outlive_a_killed_program():
    process = subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, text=True)
    pid = int(process.stdout.readline())
    time.sleep(1)  # it has its text now, and no reason to read on
    process.kill()
    process.communicate()
    for _ in range(500):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.02)
    os.kill(pid, 9)
    pytest.fail("pandoc is still at work")
