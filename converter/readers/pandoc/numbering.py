"""Numbers as lists and notes print them."""

from typing import Final

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# The Chicago Manual of Style's, doubled and so on when they run out.
_SYMBOLS: Final = "*†‡§"


def numbered(number: int, style: str) -> str:
    """Return ``number`` in a style by the name that pandoc or Word has for it, else in digits."""
    match style[:1].lower() + style[1:]:
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "lowerAlpha" | "lowerLetter":
            return _letters(number)
        case "upperAlpha" | "upperLetter":
            return _letters(number).upper()
        case "chicago" if number > 0:
            return _SYMBOLS[(number - 1) % 4] * ((number + 3) // 4)
        case _:
            return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    digits = ""
    for value, sign in _ROMAN:
        digits += sign * (number // value)
        number %= value
    return digits


def _letters(number: int) -> str:
    """Return the letters that count: a to z, then aa, ab and so on."""
    if number < 1:
        return str(number)
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
