"""A language that nobody speaks: English with accents and a third longer, to see what is not marked or does not fit.

CLDR calls it en-XA (pseudo-accents). What it says can be read by whoever reads English.
"""

import re
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from django.utils.translation import to_locale

from .catalogs import extract_messages, read_catalog

LANGUAGE = "en-xa"
# What a translation keeps as it is: places to be filled, tags, characters by name.
_PLACEHOLDERS = re.compile(
    r"(%(?:\(\w+\))?[sdr%]|\{[^{}]*\}|</?[a-zA-Z][^>]*>|&#?\w+;|https?://\S+|\\[A-Za-z])"
)
_VOWELS = str.maketrans(
    {
        letter: accented + accented.lower()
        for letter, accented in zip("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ", strict=True)
    }
)
_CONSONANTS = str.maketrans(
    "bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ", "ƀçđƒĝĥĵķļɱñþɋŕšţṽŵẋžƁÇĐƑĜĤĴĶĻṀÑÞɊŔŠŢṼŴẊŽ"
)


def accent(text: str) -> str:
    """Return ``text`` with an accent on each letter and each vowel twice; places, tags and addresses are kept."""
    parts = _PLACEHOLDERS.split(text)
    parts[::2] = [part.translate(_VOWELS).translate(_CONSONANTS) for part in parts[::2]]
    return "".join(parts)


def pseudo_catalog() -> Catalog:
    """Return the catalog of all marked sentences, ours and Django's own, with each one accented."""
    pseudo = Catalog(locale=to_locale(LANGUAGE), project="Newsroom")
    for catalog in (extract_messages(), *_catalogs_of_django()):
        for message in catalog:
            if message.id:
                pseudo.add(
                    message.id, _accented(message), flags=message.flags, context=message.context
                )
    return pseudo


def _accented(message: Message) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return accent(message.id)
    return tuple(map(accent, message.id))


def _catalogs_of_django() -> list[Catalog]:
    """Read what Django says: months, errors of forms, the admin."""
    folder = Path(django.__file__).parent
    files = [*folder.glob("conf/locale/en/LC_MESSAGES/django.po")]
    files += sorted(folder.glob("contrib/*/locale/en/LC_MESSAGES/django.po"))
    return [read_catalog(file) for file in files]
