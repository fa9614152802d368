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


def told(error: Exception) -> str:
    """Return what to say of ``error``, which nobody has foreseen."""
    if isinstance(error, UnicodeEncodeError) and error.encoding.lower() not in ("utf-8", "utf8"):
        name, encoding = ascii(error.object), error.encoding
        return f"{name} cannot be a name of a file in {encoding}: set PYTHONUTF8=1 and try again"
    return f"a fault in converter, please report it: {type(error).__name__}: {error}"


class PluginError(ConverterError):
    """A reader, writer or transform that is missing, provided twice, or fails to import."""

    exit_code = 2
