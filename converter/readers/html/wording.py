"""Words that pages print around comments, where no class says what they are."""

import re
from typing import Final

_OPENING: Final = re.compile('[“„«「《〈‘"]')
_CLOSING: Final = '”“»」》〉’"'
COUNT_ONE: Final = re.compile(
    r"\b(?:one|un|une|ein|eine|uno|una|um|uma|een|один|одна|jeden|jedna|en|ett)\b", re.IGNORECASE
)
PING: Final = re.compile(
    r"\s*(?:ping-?\s?backs?|track-?\s?backs?|rétrolien|notification|пингбэк|пинг|пингбек|ピンバック"
    r"|トラックバック|引用通告|إشارات مرجعية|تنبيه|رابط إرتجاعي)\s*[:：]\s*",
    re.IGNORECASE,
)
# What leads up to a link to the comment that another answers.
ANSWERS: Final = re.compile(
    r"\b(?:in (?:reply|response) to|repl(?:y|ied|ying) to|parent|antwort auf|en réponse à"
    r"|en respuesta a|em resposta a|in risposta a|в ответ на|w odpowiedzi na)\b",
    re.IGNORECASE,
)
# What stands behind the name of who speaks, and before it.
SAYS: Final = re.compile(
    r"\s*(?:(?:says|said|wrote|writes|schreibt|schrieb|sagt|sagte|a (?:dit|écrit)|dit|dice|dijo"
    r"|disse|diz|ha detto|пишет|говорит|napisał|mówi|zegt|skriver)\s*(?:\.{3}|…|:)|:)(?=\s)",
    re.IGNORECASE,
)
BY: Final = re.compile(r"\s*(?:posted|written|submitted)?\s*by\s*:?\s*$", re.IGNORECASE)


def without_quotation(heading: str) -> str:
    """Return ``heading`` with spaces for what it quotes: a title, whose numbers count nothing."""
    opening = _OPENING.search(heading)
    end = 1 + max(heading.rfind(mark) for mark in _CLOSING)
    if opening is None or end <= opening.end():
        return heading
    start = opening.start()
    return f"{heading[:start]}{' ' * (end - start)}{heading[end:]}"
