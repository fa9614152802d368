"""What all tests share: the ``--accept`` option, measuring data, a picture, a web site."""

from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import unquote

import pytest
from hypothesis import settings

from converter.model import Picture

# The same examples on every machine: what is red here is red everywhere. To search on, run
# pytest with --hypothesis-profile=default.
settings.register_profile("same-everywhere", derandomize=True, deadline=None)
settings.load_profile("same-everywhere")

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="rewrite what tests/cases expect; read the diff"
    )


@pytest.fixture
def shared() -> Path:
    """Return the folder of real sources used for measuring, which is no part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"no measuring data at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def pixel() -> bytes:
    """Return a picture of one pixel."""
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
        "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
    )


@pytest.fixture(scope="session")
def picture(pixel: bytes) -> Picture:
    """Return that picture as documents hold it."""
    return Picture("image-0123456789abcdef.png", "image/png", pixel)


class Site:
    """A web site on this machine, which answers as it was told."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._answers: dict[str, tuple[int, bytes]] = {}
        self._released = Event()
        handler = type("Handler", (_Handler,), {"site": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, path: str, content: bytes) -> str:
        return self._answer(path, 200, content)

    def redirect(self, path: str, target: str) -> str:
        return self._answer(path, 302, target.encode())

    def hang(self, path: str) -> str:
        return self._answer(path, 0, b"")

    def answer(self, path: str) -> tuple[int, bytes]:
        self.asked.append(path)
        status, content = self._answers.get(unquote(path), (404, b""))
        if not status:
            self._released.wait()
        return status or 404, content

    def close(self) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, path: str, status: int, content: bytes) -> str:
        self._answers[path] = (status, content)
        return self.address + path


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        status, content = self.site.answer(self.path)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", content.decode())
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a web site that is there while the test runs."""
    running = Site()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests from the user's cache, and from each other's."""
    monkeypatch.setenv("CONVERTER_CACHE", str(tmp_path_factory.mktemp("cache")))


# A reader as other people may write them: what becomes of it stands in the source.
HOSTILE = """
import ctypes, os, time
from converter.model import Document, Paragraph, Text

suffixes = (".hostile",)
grown = []

def sniff(head):
    return float(head.startswith(b"hostile: "))

def read(source, report):
    match source.data.decode().split()[1:]:
        case ["fault"]:
            raise ValueError("a planted fault")
        case ["exit"]:
            os._exit(3)
        case ["crash"]:
            ctypes.string_at(0)
        case ["hang"]:
            time.sleep(600)
        case ["grow"]:
            while True:
                grown.append(bytearray(10_000_000))
        case ["sleep", seconds]:
            time.sleep(float(seconds))
    text = Paragraph((Text("All is well."),))
    yield Document(id=source.path.stem, children=(text,), source=source.name)
"""


@pytest.fixture
def hostile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a reader of sources that do harm, for all processes that the test starts."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "hostile.py").write_text(HOSTILE, encoding="utf-8")
    about = folder / "hostile-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[converter.readers]\nhostile = hostile\n")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return folder
