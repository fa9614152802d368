"""What opening or unfolding a damaged zip file raises: zipfile documents one kind, and has more."""

import zlib
from lzma import LZMAError
from typing import Final
from zipfile import BadZipFile

# A directory that points before the file is a ValueError, as is a name in no encoding; a password
# is a RuntimeError, a version or compression that nobody uses a NotImplementedError; bytes that
# bz2 cannot unfold are an OSError.
DAMAGE: Final = (
    BadZipFile,
    EOFError,
    LZMAError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)
