"""The quotes that readers got, one row for each quote of an edition."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from .constraints import exactly_one_speaker
from .edition_links import EditionLink, LinkQuerySet, is_before, is_following
from .statements import StatementLink
from .visibility import filter_first


class EditionQuoteQuerySet(LinkQuerySet):
    def newest(self) -> Self:
        """Newest story first, the quotes of one story in reading order."""
        return self.order_by("-published_at", "-pk")

    def before(self, published_at: datetime, pk: int) -> Self:
        """The page after the quote with this key (aware; row): an index range."""
        rows: Self = filter_first(self, is_before(published_at, pk))
        return rows

    def oldest(self) -> Self:
        """Oldest story first, the last quote of each story first: the order of ``newest``, backwards."""
        return self.order_by("published_at", "pk")

    def following(self, published_at: datetime, pk: int) -> Self:
        """What comes after the quote with this key (aware; row), oldest first."""
        rows: Self = filter_first(self, is_following(published_at, pk))
        return rows

    def with_taking_back(self) -> Self:
        """Annotate the listed quote that takes each one back, None for most: its key, its story's date, its own day.

        A key stands in one listed edition at most, so nothing is ordered: an order would lure a database into
        walking all quotes by date.
        """
        listed = EditionQuote.objects.listed()
        links = StatementLink.objects.filter(
            Exists(listed.filter(quote_key=OuterRef("later"))),
            kind=StatementLink.Kind.WITHDRAWS,
            earlier=OuterRef("quote_key"),
        )
        later_quotes = listed.filter(quote_key=OuterRef("taken_back"))
        return self.annotate(
            taken_back=Subquery(links.order_by("pk").values("later")[:1])
        ).annotate(
            taken_back_at=Subquery(later_quotes.values("published_at")[:1]),
            taken_back_on=Subquery(later_quotes.values("said_on")[:1]),
        )


class EditionQuote(EditionLink):
    """A quote as an edition prints it, with the speaker's role as it was then. Its words never change.

    ``published_at`` is the story's, the sort key; the rows of one edition are inserted from its last quote to its
    first, so that newest first means reading order within a story. ``said_for`` is the organization in whose name
    it was said or in which the role was held. ``said_on`` is a date in the paper's zone, None when it is the
    story's own day. ``statement_key`` is the same wherever the same words stand (``text.statement``).
    """

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="quote_links")
    quote_key = models.CharField(max_length=20, db_index=True)
    kind = models.CharField(max_length=8)
    text = models.TextField()
    person = models.ForeignKey(
        "Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    organization = models.ForeignKey(
        "Organization", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    unnamed = models.CharField(max_length=200, blank=True)
    said_for = models.ForeignKey(
        "Organization", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    role = models.CharField(max_length=400, blank=True)
    said_on = models.DateField(null=True)
    statement_key = models.CharField(max_length=32, blank=True)

    objects = EditionQuoteQuerySet.as_manager()  # type: ignore[misc]  # the plugin takes the base's for a ClassVar

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="edition_quote_newest"),
            models.Index(fields=["person", "-published_at", "-id"], name="edition_quote_person"),
            models.Index(fields=["organization", "-published_at", "-id"], name="edition_quote_org"),
            models.Index(fields=["said_for", "-published_at", "-id"], name="edition_quote_for"),
            models.Index(
                fields=["statement_key", "-published_at", "-id"], name="edition_quote_statement"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "quote_key"], name="edition_quote_once"),
            models.CheckConstraint(
                condition=exactly_one_speaker(), name="edition_quote_one_speaker"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="edition_quote_has_words"),
        ]
