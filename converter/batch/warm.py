"""What workers need, loaded once in the process that they are forked from.

Importing readers and writers and loading models takes a second, and memory that workers share
from here. Whatever cannot be loaded is left to the task that needs it, which can say so.
"""

import gc
import os
from contextlib import suppress

import msgspec

from converter import pipeline, plugins
from converter.batch import tasks  # noqa: F401 - what workers do
from converter.batch.workers import WANTED
from converter.errors import ConverterError
from converter.garbage import collect_seldom
from converter.lifeline import die_with_parent
from converter.model import Book, Document, Paragraph, Part, Text
from converter.options import Options
from converter.plugins import LoadsLate
from converter.report import Report

_SAMPLE = "The keeper of the light has asked the board for oil, and nobody has answered him. " * 2


def _load() -> None:
    pipeline.readers()
    # Most of what is loaded late is loaded by the first text.
    document = Document("warm", children=(Paragraph((Text(_SAMPLE),)),))
    pipeline.bind(Book("Warm", (Part((document,)),)), Report())
    wanted = os.environ.get(WANTED, "[]")
    for name, options in msgspec.json.decode(wanted, type=list[tuple[str, Options]]):
        with suppress(ConverterError):
            writer = plugins.writer(name)
            if isinstance(writer, LoadsLate):
                writer.load(options)
    from converter import verify  # noqa: F401


die_with_parent()
collect_seldom()
# Nobody would see an error here, and every worker would miss the process it is forked from.
with suppress(Exception):
    _load()
gc.freeze()
