"""What a source may make this machine do: reach the network, and how much of it to take in."""

import msgspec

_MEGABYTE = 1024 * 1024


class Limits(msgspec.Struct, frozen=True):
    """The most that one source may ask for: a few bytes of it can stand for gigabytes.

    ``picture`` is the size of one picture in bytes, ``seconds`` how long the web has to answer.
    """

    picture: int = 64 * _MEGABYTE
    seconds: float = 20.0


class Access(msgspec.Struct, frozen=True):
    """What a user allows sources beyond the files in their own folders."""

    network: bool = False
    limits: Limits = Limits()
