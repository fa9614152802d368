import pytest

from converter.model import Book
from tests import torture as made


@pytest.fixture(scope="session")
def torture() -> Book:
    """Return the book in which everything occurs that editions break on."""
    return made.torture()
