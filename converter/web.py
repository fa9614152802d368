"""The one way to the network: a resource of http or https, within a time and a size."""

from collections.abc import Callable
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

# Some servers turn away what calls itself a program of Python.
_HEADERS: Final = {"User-Agent": "Mozilla/5.0 (compatible; converter)", "Accept": "image/*"}
# What addresses may hold beside letters: https://www.rfc-editor.org/rfc/rfc3986#section-2.
_SAFE: Final = "%:/?#[]@!$&'()*+,;="
_HANDLERS: Final[tuple[Callable[[], object], ...]] = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPRedirectHandler,
    HTTPErrorProcessor,
    HTTPDefaultErrorHandler,
    # Without handlers of their own, redirections to ftp, file and data end here.
    UnknownHandler,
)


def fetch(url: str, *, most: int, seconds: float) -> bytes:
    """Return what is at ``url``, at most ``most`` bytes and one more.

    Raises OSError if there is no answer, or none within ``seconds``, however slowly it comes.
    """
    late = TimeoutError(f"no answer within {seconds:g} seconds")
    answers: SimpleQueue[bytes | OSError] = SimpleQueue()
    Thread(target=lambda: answers.put(_answer(url, most, seconds)), daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise late from None
    if isinstance(answer, OSError):
        raise late if isinstance(answer, TimeoutError) else answer
    return answer


def _answer(url: str, most: int, seconds: float) -> bytes | OSError:
    try:
        request = Request(quote(url, safe=_SAFE), headers=_HEADERS)  # noqa: S310 - see _HANDLERS
        with _opener().open(request, timeout=seconds) as response:
            content: bytes = response.read(most + 1)
            return content
    except HTTPError as error:
        error.close()
        return OSError(str(error))
    except URLError as error:
        return error.reason if isinstance(error.reason, OSError) else error
    except OSError as error:
        return error
    except (HTTPException, ValueError) as error:
        return OSError(str(error))


def _opener() -> OpenerDirector:
    opener = OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())  # type: ignore[arg-type] # all of them are handlers
    return opener
