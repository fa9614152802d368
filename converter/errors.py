"""The errors a user may meet. Each says what is wrong and what to do about it."""


class ConverterError(Exception):
    """Stops the document at hand. ``place`` is ``file`` or ``file:line``, or empty."""

    exit_code = 1

    def __init__(self, text: str, place: str = "") -> None:
        super().__init__(f"{place}: error: {text}" if place else f"error: {text}")
        self.text = text
        self.place = place


class SourceError(ConverterError):
    """A source that cannot be read: missing, no text, malformed, or larger than allowed."""


class WriteError(ConverterError):
    """An edition that cannot be written."""


class UsageError(ConverterError):
    """A command line, project file or option that asks for what does not exist."""

    exit_code = 2


class PluginError(ConverterError):
    """A reader, writer or transform that is missing, provided twice, or fails to import."""

    exit_code = 2
