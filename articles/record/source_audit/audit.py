"""The counting, in SQL: at most three queries a table, whatever the number of quotes."""

from collections import Counter
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import clock
from articles.models import EditionQuote, EditionTag, Organization, Tag

from .by_month import read_months
from .by_speaker import IS_UNNAMED, SOURCE_COUNT, SourceCount, read_source_counts
from .query import IS_OWN, OWN, WIRE, AuditQuery
from .rows import Month, QuotedOrganization, QuotedSource, QuoteShare, Totals, share_of

TOP = 10  # sources whose share says how concentrated the quoting is
NOBODY, UNNAMED = "none", "unnamed"
ROLES = {
    **dict(Organization.Kind.choices),
    NOBODY: "no organization on record",
    UNNAMED: "unnamed source",
}
COUNTS = {
    "quotes": Count("pk"),
    "stories": Count("edition", distinct=True),
    "sources": SOURCE_COUNT,
    "unnamed": Count("pk", filter=IS_UNNAMED),
}


class Audit:
    """Reads one table at a time, of what is listed at ``at`` (aware, default now). Rows come the most quotes first."""

    def __init__(self, query: AuditQuery, at: datetime | None = None) -> None:
        self.query = query
        self.at = at or clock.now()
        self.quotes = query.quotes(self.at)
        self.listed = EditionQuote.objects.listed(self.at)

    @cached_property
    def totals(self) -> Totals:
        """All together: two queries. Of too few words to be told from others, each quote is a statement."""
        counts = self.quotes.aggregate(
            quotes=Count("pk"),
            stories=Count("edition", distinct=True),
            unnamed=Count("pk", filter=IS_UNNAMED),
            own=Count("pk", filter=IS_OWN),
            alone=Count("pk", filter=Q(statement_key="")),
        )
        repeated = self.quotes.exclude(statement_key="")
        distinguishable = repeated.values("statement_key", "person", "organization", "unnamed")
        by_kind = Counter(source.kind for source in self.source_counts)
        new = Counter(
            source.kind for source in self.source_counts if source.first_ever >= self.query.since
        )
        return Totals(
            statements=counts.pop("alone") + distinguishable.distinct().count(),
            people=by_kind["person"],
            organizations=by_kind["organization"],
            first_people=new["person"],
            first_organizations=new["organization"],
            **counts,
        )

    @cached_property
    def source_counts(self) -> list[SourceCount]:
        """Everybody quoted by name."""
        return list(read_source_counts(self.quotes, self.listed))

    @property
    def top_share(self) -> float:
        """The share of the ``TOP`` sources in all quotes."""
        return share_of(
            sum(source.quotes for source in self.source_counts[:TOP]), self.totals.quotes
        )

    def sources(self, limit: int) -> list[QuotedSource]:
        """Return who is quoted by name, at most ``limit`` of them."""
        return [
            QuotedSource(
                kind=source.kind,
                pk=source.pk,
                name=source.name,
                quotes=source.quotes,
                stories=source.stories,
                share=share_of(source.quotes, self.totals.quotes),
                first_on=timezone.localdate(source.first_ever),
            )
            for source in self.source_counts[:limit]
        ]

    def organizations(self, limit: int) -> list[QuotedOrganization]:
        """Return the organizations that speak or in whose name it was said, at most ``limit`` of them."""
        represented = {
            field: Coalesce(f"said_for__{field}", f"organization__{field}")
            for field in ("id", "name", "kind")
        }
        rows = (
            self.quotes.annotate(
                **{f"represented_{field}": value for field, value in represented.items()}
            )
            .filter(represented_id__isnull=False)
            .values("represented_id", "represented_name", "represented_kind")
            .annotate(
                quotes=COUNTS["quotes"],
                stories=COUNTS["stories"],
                people=Count("person", distinct=True),
            )
            .order_by("-quotes", "represented_name", "represented_id")[:limit]
        )
        return [
            QuotedOrganization(
                pk=row["represented_id"],
                name=row["represented_name"],
                kind=str(ROLES[row["represented_kind"]]),
                quotes=row["quotes"],
                stories=row["stories"],
                people=row["people"],
                share=share_of(row["quotes"], self.totals.quotes),
            )
            for row in rows
        ]

    def roles(self) -> list[QuoteShare]:
        """Return the kinds of organization in whose name it was said; an unnamed source is a kind of its own."""
        kind = Coalesce("said_for__kind", "organization__kind", Value(NOBODY))
        role = Case(When(IS_UNNAMED, then=Value(UNNAMED)), default=kind, output_field=CharField())
        rows = self.quotes.annotate(key=role).values("key").annotate(**COUNTS)
        return [
            self._quote_share(row, str(ROLES[row["key"]]))
            for row in rows.order_by("-quotes", "key")
        ]

    def origins(self, limit: int) -> list[QuoteShare]:
        """Return own reporting, the wire, and at most ``limit`` of the wire's sources."""
        origin = Case(When(IS_OWN, then=Value(OWN)), default=Value(WIRE))
        both = self.quotes.annotate(key=origin).values("key").annotate(**COUNTS).order_by("key")
        names = {OWN: "own reporting", WIRE: "wire and imports"}
        wire = self.quotes.filter(~IS_OWN).values("edition__article__source").annotate(**COUNTS)
        agencies = wire.order_by("-quotes", "edition__article__source")[:limit]
        return [
            *(self._quote_share(row, names[row["key"]]) for row in both),
            *(
                self._quote_share(row | {"key": ""}, f"of these, {row['edition__article__source']}")
                for row in agencies
            ),
        ]

    def desks(self, limit: int) -> list[QuoteShare]:
        """Return the desks (the paper's sections) and what is in none. A story of two desks counts for both."""
        sections = EditionTag.objects.filter(
            edition=OuterRef("edition"), tag__kind=Tag.Kind.SECTION
        )
        nowhere = self.quotes.filter(~Exists(sections)).aggregate(**COUNTS)
        shares = self._by_tag(limit, [Tag.Kind.SECTION])
        return shares + (
            [self._quote_share(nowhere | {"key": ""}, "no desk")] if nowhere["quotes"] else []
        )

    def tags(self, limit: int) -> list[QuoteShare]:
        """Return at most ``limit`` of the other tags. A story counts for each of its tags."""
        return self._by_tag(limit, [kind for kind in Tag.Kind if kind != Tag.Kind.SECTION])

    @cached_property
    def months(self) -> list[Month]:
        """Every month of the period, the oldest first, also those without a quote."""
        return read_months(self.query, self.quotes, self.source_counts)

    def _by_tag(self, limit: int, kinds: list[Tag.Kind]) -> list[QuoteShare]:
        path = "edition__tag_links__tag__"
        rows = self.quotes.filter(**{f"{path}kind__in": kinds})
        rows = rows.values(f"{path}slug", f"{path}name").annotate(**COUNTS)
        return [
            self._quote_share(row | {"key": row[f"{path}slug"]}, row[f"{path}name"])
            for row in rows.order_by("-quotes", f"{path}name", f"{path}slug")[:limit]
        ]

    def _quote_share(self, row: dict[str, Any], name: str) -> QuoteShare:
        counts = {field: row[field] for field in COUNTS}
        share = share_of(row["quotes"], self.totals.quotes)
        return QuoteShare(key=row["key"], name=name, share=share, **counts)
