"""The counting, in SQL: at most three queries a table, whatever the number of quotes."""

from collections import Counter
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import EditionQuote, EditionTag, Organization, Tag

from .asked import IS_OWN, OWN, WIRE, Asked
from .figures import Body, Month, Part, Totals, Voice, share_of
from .months import read_months
from .voices import IS_UNNAMED, VOICES, Heard, read_voices

TOP = 10  # voices whose share says how concentrated the quoting is
NOBODY, UNNAMED = "none", "unnamed"
ROLES = {
    **dict(Organization.Kind.choices),
    NOBODY: "no organization on record",
    UNNAMED: "unnamed source",
}
COUNTS = {
    "quotes": Count("pk"),
    "stories": Count("edition", distinct=True),
    "voices": VOICES,
    "unnamed": Count("pk", filter=IS_UNNAMED),
}


class Audit:
    """Reads one table at a time, of what is listed at ``at`` (aware, default now). Rows come the most quotes first."""

    def __init__(self, asked: Asked, at: datetime | None = None) -> None:
        self.asked = asked
        self.at = at or timezone.now()
        self.quotes = asked.quotes(self.at)
        self.listed = EditionQuote.objects.listed(self.at)

    @cached_property
    def totals(self) -> Totals:
        """All together: two queries. Of too few words to be told from others, each quote is a statement."""
        found = self.quotes.aggregate(
            quotes=Count("pk"),
            stories=Count("edition", distinct=True),
            unnamed=Count("pk", filter=IS_UNNAMED),
            own=Count("pk", filter=IS_OWN),
            alone=Count("pk", filter=Q(statement_key="")),
        )
        repeated = self.quotes.exclude(statement_key="")
        told_apart = repeated.values("statement_key", "person", "organization", "unnamed")
        voices = Counter(one.kind for one in self.heard)
        new = Counter(one.kind for one in self.heard if one.first_ever >= self.asked.since)
        return Totals(
            statements=found.pop("alone") + told_apart.distinct().count(),
            people=voices["person"],
            organizations=voices["organization"],
            first_people=new["person"],
            first_organizations=new["organization"],
            **found,
        )

    @cached_property
    def heard(self) -> list[Heard]:
        """Everybody quoted by name."""
        return list(read_voices(self.quotes, self.listed))

    @property
    def top_share(self) -> float:
        """The share of the ``TOP`` voices in all quotes."""
        return share_of(sum(one.quotes for one in self.heard[:TOP]), self.totals.quotes)

    def voices(self, most: int) -> list[Voice]:
        """Return who is quoted by name, at most ``most`` of them."""
        return [
            Voice(
                kind=one.kind,
                pk=one.pk,
                name=one.name,
                quotes=one.quotes,
                stories=one.stories,
                share=share_of(one.quotes, self.totals.quotes),
                first_on=timezone.localdate(one.first_ever),
            )
            for one in self.heard[:most]
        ]

    def bodies(self, most: int) -> list[Body]:
        """Return the organizations that speak or in whose name it was said, at most ``most`` of them."""
        body = {
            field: Coalesce(f"said_for__{field}", f"organization__{field}")
            for field in ("id", "name", "kind")
        }
        rows = (
            self.quotes.annotate(**{f"body_{field}": value for field, value in body.items()})
            .filter(body_id__isnull=False)
            .values("body_id", "body_name", "body_kind")
            .annotate(
                quotes=COUNTS["quotes"],
                stories=COUNTS["stories"],
                people=Count("person", distinct=True),
            )
            .order_by("-quotes", "body_name", "body_id")[:most]
        )
        return [
            Body(
                pk=row["body_id"],
                name=row["body_name"],
                kind=ROLES[row["body_kind"]],
                quotes=row["quotes"],
                stories=row["stories"],
                people=row["people"],
                share=share_of(row["quotes"], self.totals.quotes),
            )
            for row in rows
        ]

    def roles(self) -> list[Part]:
        """Return the kinds of organization in whose name it was said; an unnamed source is a kind of its own."""
        kind = Coalesce("said_for__kind", "organization__kind", Value(NOBODY))
        role = Case(When(IS_UNNAMED, then=Value(UNNAMED)), default=kind, output_field=CharField())
        rows = self.quotes.annotate(key=role).values("key").annotate(**COUNTS)
        return [self._part(row, ROLES[row["key"]]) for row in rows.order_by("-quotes", "key")]

    def origins(self, most: int) -> list[Part]:
        """Return own reporting, the wire, and at most ``most`` of the wire's sources."""
        origin = Case(When(IS_OWN, then=Value(OWN)), default=Value(WIRE))
        both = self.quotes.annotate(key=origin).values("key").annotate(**COUNTS).order_by("key")
        names = {OWN: "own reporting", WIRE: "wire and imports"}
        wire = self.quotes.filter(~IS_OWN).values("edition__article__source").annotate(**COUNTS)
        sources = wire.order_by("-quotes", "edition__article__source")[:most]
        return [
            *(self._part(row, names[row["key"]]) for row in both),
            *(
                self._part(row | {"key": ""}, f"of these, {row['edition__article__source']}")
                for row in sources
            ),
        ]

    def desks(self, most: int) -> list[Part]:
        """Return the desks (the paper's sections) and what is in none. A story of two desks counts for both."""
        sections = EditionTag.objects.filter(
            edition=OuterRef("edition"), tag__kind=Tag.Kind.SECTION
        )
        nowhere = self.quotes.filter(~Exists(sections)).aggregate(**COUNTS)
        found = self._by_tag(most, [Tag.Kind.SECTION])
        return found + ([self._part(nowhere | {"key": ""}, "no desk")] if nowhere["quotes"] else [])

    def tags(self, most: int) -> list[Part]:
        """Return at most ``most`` of the other tags. A story counts for each of its tags."""
        return self._by_tag(most, [kind for kind in Tag.Kind if kind != Tag.Kind.SECTION])

    @cached_property
    def months(self) -> list[Month]:
        """Every month of the period, the oldest first, also those without a quote."""
        return read_months(self.asked, self.quotes, self.heard)

    def _by_tag(self, most: int, kinds: list[Tag.Kind]) -> list[Part]:
        path = "edition__tag_links__tag__"
        rows = self.quotes.filter(**{f"{path}kind__in": kinds})
        rows = rows.values(f"{path}slug", f"{path}name").annotate(**COUNTS)
        return [
            self._part(row | {"key": row[f"{path}slug"]}, row[f"{path}name"])
            for row in rows.order_by("-quotes", f"{path}name", f"{path}slug")[:most]
        ]

    def _part(self, row: dict[str, Any], name: str) -> Part:
        counts = {field: row[field] for field in COUNTS}
        share = share_of(row["quotes"], self.totals.quotes)
        return Part(key=row["key"], name=name, share=share, **counts)
