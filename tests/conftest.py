"""What all tests share: the ``--accept`` option, and where measuring data may lie."""

from pathlib import Path

import pytest
from hypothesis import settings

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
