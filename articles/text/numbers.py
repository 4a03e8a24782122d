"""Whole numbers as forms and addresses send them."""

MAX_DIGITS = 17  # fewer than the keys of a database have room for


def parse_number(text: object, default: int = 0) -> int:
    """Return the number that ``text`` writes in ASCII digits; ``default`` for anything else, or for one too long."""
    if (
        not isinstance(text, str)
        or not text.isascii()
        or not text.isdecimal()
        or len(text) > MAX_DIGITS
    ):
        return default
    return int(text)
