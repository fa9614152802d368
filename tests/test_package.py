"""The wheel holds all that converter needs, and works where the checkout is not."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
DATA = {".toml", ".lua", ".css", ".xhtml", ".svg", ".json", ".otf", ".woff2", ".typ"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with what the wheel unpacks to."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed, folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True
    )


def tracked(folder):
    listed = subprocess.run(
        ["git", "ls-files", folder], cwd=ROOT, check=False, capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("no git checkout: what belongs to the project is not known")
    return [Path(line) for line in listed.stdout.splitlines()]


def test_every_template_and_file_beside_the_modules_is_in_the_wheel(installed):
    templates = [Path("converter", path) for path in tracked("templates")]
    data = [path for path in tracked("converter") if path.suffix in DATA]
    assert templates
    assert data
    assert [path for path in (*templates, *data) if not (installed / path).is_file()] == []


def test_editions_are_made_from_the_wheel_alone(installed, tmp_path):
    source = tmp_path / "ferry.txt"
    source.write_text("The Ferry\n\nIt sails at dawn.1\n\n1 Not in winter.\n", encoding="utf-8")
    asked = run(installed, tmp_path, "-c", "import converter; print(converter.__file__)")
    assert asked.stdout.startswith(str(installed))
    to = ("--to", "epub,markdown", "-o", "out")
    made = run(installed, tmp_path, "-m", "converter", "convert", "ferry.txt", *to)
    assert made.returncode == 0, made.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["ferry.epub", "ferry.md"]


def test_a_new_project_comes_from_the_wheel(installed, tmp_path):
    assert run(installed, tmp_path, "-m", "converter", "new", "book").returncode == 0
    assert (tmp_path / "book" / "edition.toml").is_file()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete_commands(shell):
    environment = {**os.environ, "_CONVERTER_COMPLETE": f"{shell}_source"}
    asked = subprocess.run(
        [sys.executable, "-m", "converter"], env=environment, capture_output=True, check=False
    )
    assert b"_CONVERTER_COMPLETE" in asked.stdout
