"""The rows of the audit, as plain values. Shares are of all quotes that were asked for, from 0 to 1."""

from dataclasses import dataclass
from datetime import date


def share_of(count: int, total: int) -> float:
    """Return which part ``count`` is, 0 of nothing."""
    return count / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Totals:
    """All that was asked for. A statement is the same words by the same speaker, counted once.

    ``first_people`` and ``first_organizations`` were in no listed quote of the paper before the period.
    """

    quotes: int
    statements: int
    stories: int
    people: int
    organizations: int
    unnamed: int
    own: int
    first_people: int
    first_organizations: int

    @property
    def sources(self) -> int:
        """How many people and organizations are quoted by name."""
        return self.people + self.organizations

    @property
    def first_time(self) -> int:
        return self.first_people + self.first_organizations

    @property
    def unnamed_share(self) -> float:
        return share_of(self.unnamed, self.quotes)

    @property
    def own_share(self) -> float:
        return share_of(self.own, self.quotes)


@dataclass(frozen=True, slots=True)
class QuotedSource:
    """Who is quoted by name. ``first_on`` is the day, where the paper is, of the first listed quote ever."""

    kind: str  # person, organization
    pk: int
    name: str
    quotes: int
    stories: int
    share: float
    first_on: date


@dataclass(frozen=True, slots=True)
class QuotedOrganization:
    """An organization that speaks, or in whose name people do; ``people`` are those quoted by name."""

    pk: int
    name: str
    kind: str
    quotes: int
    stories: int
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class QuoteShare:
    """A part of all quotes: of a kind of role, a source, a desk, a tag. ``key`` names it in an address, or nothing."""

    key: str
    name: str
    quotes: int
    stories: int
    sources: int
    unnamed: int
    share: float


@dataclass(frozen=True, slots=True)
class Month:
    """A month where the paper is, ``start`` its first day within the period.

    Of its ``sources``, ``first_time`` are in no listed quote of the paper before ``start``.
    """

    start: date
    quotes: int = 0
    stories: int = 0
    sources: int = 0
    first_time: int = 0
    own: int = 0
    unnamed: int = 0

    @property
    def repeat(self) -> int:
        return self.sources - self.first_time

    @property
    def wire(self) -> int:
        return self.quotes - self.own
