"""Sentences for people that the rooms without Django say: written in English here, translated where they are shown.

    Message("The file %(name)s is empty.", {"name": name}, code="file.empty")
    PluralMessage("%(count)s record", "%(count)s records", count)

``makemessages`` takes the words from these two calls, so they are literal strings with named places.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Params = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence: ``id`` is its English text, ``params`` fill its places (``%(name)s``) and may be messages too.

    ``code`` names what it says to programs, empty for what none asks about; it stays when the words change.
    """

    id: str
    params: Params = field(default_factory=dict)
    code: str = ""

    def __str__(self) -> str:
        """Return it in English, for logs and for who has no language."""
        return fill(self.id, self.params)


@dataclass(frozen=True, slots=True)
class PluralMessage:
    """A sentence that counts: ``id`` for one, ``plural`` for any other ``count``, which both may print."""

    id: str
    plural: str
    count: int
    params: Params = field(default_factory=dict)
    code: str = ""

    def __str__(self) -> str:
        """Return it in English, for logs and for who has no language."""
        return fill(self.id if self.count == 1 else self.plural, self.all_params)

    @property
    def all_params(self) -> Params:
        """What fills the places, the count among them."""
        return {"count": self.count, **self.params}


AnyMessage = Message | PluralMessage
_TEXT_ALONE = "%(text)s"  # in no catalog


def untranslated(text: str, code: str) -> Message:
    """Return what a library or the system said, as it said it, under a ``code`` of ours."""
    return Message(_TEXT_ALONE, {"text": text}, code)


def fill(text: str, params: Params) -> str:
    """Return ``text`` with ``params`` in its places; without any it is taken as it stands, per cent signs and all."""
    return text % params if params else text
