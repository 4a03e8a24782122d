"""Editions that carry a role which readers may not be told, as they were frozen."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from articles import clock
from articles.models import Edition, Mention, Quote
from articles.record.integrity import IntegrityIssue, in_chunks

from .labels import Labels, labels_of

COLUMNS = ("article_id", "number", "starts_at", "ends_at", "published_at", "people", "quotes")
REMEDY = (
    "check_record --mend REASON publishes the story without it and hides the editions before; so does the "
    "page of the edition in the admin."
)


class RolePlace(NamedTuple):
    """Where a role stands in an edition: ``role`` of the quote ``key``, ``speaker`` of it, ``listed`` among its people.

    ``person`` is the key of whose role it is, 0 for a source who is not named.
    """

    field: str
    key: str
    person: int
    label: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """An edition with the places at which it carries a role not public.

    ``spoke_for`` are the keys of quotes whose organization an editor chose: it is no part of the role.
    """

    edition: Edition
    places: frozenset[RolePlace]
    spoke_for: frozenset[str]

    @property
    def labels(self) -> list[str]:
        return sorted({place.label for place in self.places})


def private_role_issues() -> Iterator[IntegrityIssue]:
    """Yield each edition, of whatever time and not hidden, that carries a role which readers may not be told."""
    now = clock.now()
    for chunk in in_chunks(shown_editions()):
        for carrier in find_carriers(chunk):
            edition = carrier.edition
            state = "superseded" if edition.ends_at <= now else "scheduled"
            state = "what readers have" if edition.starts_at <= now < edition.ends_at else state
            labels = ", ".join(f"“{label}”" for label in carrier.labels)
            message = f"It is {state} and carries a role that is not public: {labels}."
            yield IntegrityIssue(
                "roles", f"edition {edition.number}", message, REMEDY, edition.article_id
            )


def shown_editions() -> Any:
    """Return the editions that readers have, will have or can look up."""
    editions = Edition.objects.filter(is_hidden=False).exclude(kind=Edition.Kind.WITHDRAWAL)
    return editions.exclude(people=[], quotes=[]).only(*COLUMNS)


def find_carriers(editions: Sequence[Edition]) -> list[Carrier]:
    """Return those of ``editions`` that carry a role not public; the number of queries does not depend on them.

    A label is such a role when the person holds or held one by these words that is not public. What an editor wrote on
    the quote, then or by now, and what the story prints with the name, is a decision of its own and stays. A source who
    is not named has no role.
    """
    links = [link for edition in editions for link in _links(edition)]
    private = labels_of({link["id"] for link in links}) if links else {}
    suspects = {edition.pk: _suspected_places(edition, private) for edition in editions}
    suspected = [edition for edition in editions if suspects[edition.pk]]
    if not suspected:
        return []
    decided = _EditorDecisions(suspected)
    result = []
    for edition in suspected:
        places = frozenset(p for p in suspects[edition.pk] if not decided.is_decided(p, edition))
        if places:
            result.append(Carrier(edition, places, decided.spoke_for(edition)))
    return result


def _links(edition: Edition) -> Iterator[dict[str, Any]]:
    yield from edition.people
    yield from (quote["person"] for quote in edition.quotes if quote["person"])


def _suspected_places(edition: Edition, private: Labels) -> list[RolePlace]:
    """Return where the words of a private role stand in ``edition``, whoever put them there."""
    places = []
    for quote in edition.quotes:
        key, person = quote["key"], quote["person"]
        if person:
            places.append(RolePlace("role", key, person["id"], quote["role"]))
            places.append(RolePlace("speaker", key, person["id"], person["role"]))
        elif quote["unnamed"] and quote["role"]:
            places.append(RolePlace("role", key, 0, quote["role"]))
    places += [RolePlace("listed", "", link["id"], link["role"]) for link in edition.people]
    return [
        place
        for place in places
        if not place.person or place.label in private.get(place.person, ())
    ]


class _EditorDecisions:
    """What editors wrote themselves on the quotes of ``editions`` and accepted with names: three queries."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        keys = {quote["key"] for edition in editions for quote in edition.quotes}
        fields = ("quote_key", "role", "on_behalf_of_id")
        history: Any = Quote.history
        self.states: dict[str, list[dict[str, Any]]] = defaultdict(list)
        versions = history.filter(quote_key__in=keys).order_by("history_id")
        for row in versions.values(*fields, "history_date"):
            self.states[row["quote_key"]].append(row)
        current = Quote.objects.filter(quote_key__in=keys).values(*fields)
        self.current = {row["quote_key"]: row for row in current}
        articles = {edition.article_id for edition in editions}
        mentions = Mention.objects.filter(article__in=articles).exclude(person=None)
        self.printed_roles = set(mentions.values_list("article_id", "person_id", "role"))

    def is_decided(self, place: RolePlace, edition: Edition) -> bool:
        """Tell whether somebody decided that the words of ``place`` stand there."""
        if place.field == "role":
            return bool(place.person) and place.label in self._written(place.key, edition, "role")
        spoken = {
            role
            for quote in edition.quotes
            if quote["person"] and quote["person"]["id"] == place.person
            for role in self._written(quote["key"], edition, "role")
        }
        return (
            place.label in spoken
            or (edition.article_id, place.person, place.label) in self.printed_roles
        )

    def spoke_for(self, edition: Edition) -> frozenset[str]:
        """Return the keys of quotes whose ``said_for`` an editor chose."""
        return frozenset(
            quote["key"]
            for quote in edition.quotes
            if quote["said_for"]
            and quote["said_for"]["id"] in self._written(quote["key"], edition, "on_behalf_of_id")
        )

    def _written(self, key: str, edition: Edition, field: str) -> set[Any]:
        """Return what ``field`` of a quote was when ``edition`` began, and what it is now.

        An archive story begins before anybody put its quotes on record: then their first state counts.
        """
        states = self.states[key]
        earlier = [row for row in states if row["history_date"] <= edition.starts_at] or states[:1]
        rows = [*earlier[-1:], *([self.current[key]] if key in self.current else [])]
        return {row[field] for row in rows} - {"", None}
