import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from converter import plugins
from converter.commands.verdict import policy
from converter.errors import PluginError, UsageError


@pytest.fixture
def provided(monkeypatch):
    """Return a function that makes entry points out of (name, value) pairs."""

    def provide(*pairs):
        entries = [EntryPoint(name, value, plugins.WRITERS) for name, value in pairs]
        monkeypatch.setattr(plugins, "_entry_points", lambda: EntryPoints(entries))
        plugins._by_name.cache_clear()

    yield provide
    plugins._by_name.cache_clear()


def test_built_in_plugins_are_listed_by_name():
    assert "text" in plugins.names(plugins.READERS)
    assert {"epub", "json", "markdown", "pdf"} <= set(plugins.names(plugins.WRITERS))


def test_anybodys_writer_is_found_by_its_entry_point(provided):
    provided(("mine", "converter.writers.model_json"))
    assert plugins.writer("mine").suffix == ".json"


def test_other_packages_may_report_what_we_do_not_know(provided):
    provided(("mine", "converter.writers.model_json"))
    assert plugins.are_all_ours()
    with pytest.raises(UsageError, match="there are no such messages"):
        policy(False, (), ("words-shouted",))
    provided(("theirs", "loud.writer"))
    assert not plugins.are_all_ours()
    assert policy(False, (), ("words-shouted",)).ignore == ("words-shouted",)


def test_an_unknown_name_is_answered_with_the_known_ones(provided):
    provided(("mine", "converter.writers.model_json"))
    with pytest.raises(PluginError, match=r"no writer named 'yours'; known: mine"):
        plugins.writer("yours")


def test_two_providers_of_a_name_are_an_error(provided):
    provided(("mine", "one.module"), ("mine", "other.module"))
    with pytest.raises(PluginError, match="one.module and other.module: uninstall one"):
        plugins.writer("mine")


def test_a_plugin_that_fails_to_import_says_why(provided):
    provided(("mine", "no_such_module_anywhere"))
    with pytest.raises(PluginError, match="cannot be loaded: No module named"):
        plugins.writer("mine")


@pytest.mark.parametrize("start", ["import converter", "import converter.cli"])
def test_starting_up_loads_no_heavy_library(start):
    heavy = {"lxml", "ebooklib", "weasyprint", "pypandoc", "rich"}
    program = f"import sys; {start}; print(*(set(sys.modules) & {heavy!r}))"
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.split() == []
