"""Comment threads in text dumps: finding them, and reading them as a tree of comments."""

from converter.readers.text.comments.region import Thread, find_thread
from converter.readers.text.comments.thread import read_thread

__all__ = ["Thread", "find_thread", "read_thread"]
