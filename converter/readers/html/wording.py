"""Words that pages print around comments, where no class says what they are."""

import re
from typing import Final

# What a heading quotes is the title of the post, whose numbers count nothing.
QUOTED: Final = re.compile(r"[“„«「《〈‘\"].*[”“»」》〉’\"]", re.DOTALL)
COUNT_ONE: Final = re.compile(
    r"\b(?:one|un|une|ein|eine|uno|una|um|uma|een|один|одна|jeden|jedna|en|ett)\b", re.IGNORECASE
)
PING: Final = re.compile(
    r"\s*(?:ping-?\s?backs?|track-?\s?backs?|rétrolien|notification|пингбэк|пинг|пингбек|ピンバック"
    r"|トラックバック|引用通告|إشارات مرجعية|تنبيه|رابط إرتجاعي)\s*[:：]\s*",
    re.IGNORECASE,
)
