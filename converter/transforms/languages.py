"""Languages: of documents that do not say theirs, where the user does not say it either.

Hyphenation, quotation by screen readers and the direction of the text depend on it.
"""

from collections import Counter
from functools import cache
from itertools import islice
from typing import Any, Final

import pycld2
from msgspec.structs import replace

from converter.model import Book, Document, Part, Prov
from converter.report import Report
from converter.walk import text_of, walk

# Shorter texts, and less certain guesses, say too little.
_LETTERS: Final = 100
_CERTAIN: Final = 0.9
# Beyond this much text a guess does not change.
_READ: Final = 2_000
_UNKNOWN: Final = "en"
# Of a text in one language, so much is in it, in per cent of its bytes.
_NEARLY_ALL: Final = 90
# Languages that CLD2 takes for one another: Bosnian and Croatian, Indonesian and Malay.
_ALIKE: Final = frozenset({"bs", "hr", "id", "ms"})
# ISO 639 has changed these codes since it was made.
_RENAMED: Final = {"iw": "he", "jw": "jv"}


def apply(book: Book, report: Report) -> Book:
    """Return ``book`` with languages filled in, unless the user gave the book's.

    A document that does not say its language is guessed from its text; the book has the language
    that most of its documents have, and so have those whose text says too little.
    """
    if book.language:
        return book
    parts = tuple(_in_part(part, report) for part in book.parts)
    spoken = Counter(each.language for part in parts for each in part.documents if each.language)
    language = spoken.most_common(1)[0][0] if spoken else _UNKNOWN
    return replace(book, parts=parts, language=language)


def _in_part(part: Part, report: Report) -> Part:
    return replace(part, documents=tuple(_with_language(each, report) for each in part.documents))


def _with_language(document: Document, report: Report) -> Document:
    language = document.language or _guess(_beginning(document))
    if language and not document.language:
        report.info(
            "language-guessed",
            f"taken for {language!r}, going by its words; --language says otherwise",
            prov=Prov(document.source),
        )
    return replace(document, language=language)


def _beginning(document: Document) -> str:
    """Return as much of the text of ``document`` as a guess looks at."""
    texts: list[str] = []
    left = _READ
    for text in map(text_of, walk([document])):
        texts.append(text)
        left -= len(text)
        if left <= 0:
            break
    return " ".join("".join(texts).split())[:_READ]


def _guess(text: str) -> str:
    """Return the ISO 639 code of the language of ``text``, empty if it is not certain."""
    letters = filter(str.isalpha, text)
    if sum(1 for _ in islice(letters, _LETTERS)) < _LETTERS:
        return ""
    return _evident(text) or _likely(text)


def _evident(text: str) -> str:
    """Return the code of the language that nearly all of ``text`` is in, empty if there is doubt.

    CLD2 sees at once what most texts are in, and needs no model of its own to be loaded.
    """
    try:
        reliable, _, found = pycld2.detect(text, isPlainText=True)
    except (pycld2.error, UnicodeEncodeError):  # characters that it takes for no text
        return ""
    _, code, share, _ = found[0]
    # Longer codes are those of writings, of pastimes, and of languages that it knows less well.
    if not reliable or share < _NEARLY_ALL or code in _ALIKE or len(code) > 2:
        return ""
    return str(_RENAMED.get(code, code))


def _likely(text: str) -> str:
    """Return the code of the language of ``text``, which may be a rare one, or but part of it."""
    language, probability = _identifier().classify(text)
    return str(language) if probability > _CERTAIN else ""


@cache
def _identifier() -> Any:
    # Loading the model takes half a second, which most runs can spare.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
