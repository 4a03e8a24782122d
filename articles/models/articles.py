"""The newsroom's working copy of a story. No reader ever sees one: they get editions."""

import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, gettext_noop

from articles import clock
from articles.story_fields import FIELDS_BY_NAME, OWNED_BY_SOURCE

from .article_search import LINKS, ArticleSearch
from .authors import Author
from .desk_names import DeskNameWord
from .editions import Edition
from .imports import ImportRun
from .revisions import Revision
from .snapshots import comparable_values, editable_fields, resolve_links, stored_value
from .story_columns import StoryColumns
from .trash import Trashable, TrashHidingManager
from .users import User

if TYPE_CHECKING:
    from articles.text.dates import Precision as DatePrecision

    from .organizations import Organization
    from .people import Person
    from .tags import Tag


def paper_language() -> str:
    """Return the language that a story is in unless it says otherwise (BCP 47)."""
    return settings.LANGUAGE_CODE


class ArticleQuerySet(models.QuerySet["Article"]):
    def locked(self) -> "ArticleQuerySet":
        """Lock the rows for this transaction; SQLite's IMMEDIATE transaction has locked all already."""
        return self.select_for_update(of=("self",))

    def with_everything(self) -> "ArticleQuerySet":
        """Prefetch all that composing needs, at a fixed number of queries however many articles."""
        return (
            self.select_related("lead_image")
            .prefetch_related("bylines__author", "tags")
            .with_record()
        )

    def with_words(self) -> "ArticleQuerySet":
        """Read and prefetch what the index of the desk's search takes: a fixed number of queries."""
        return self.defer("original", "original_map").prefetch_related(*LINKS)

    def with_record(self) -> "ArticleQuerySet":
        """Prefetch who is in the articles and who said what, with the roles on record."""
        return self.prefetch_related(
            "organizations",
            "people__memberships__organization",
            "quotes__parts",
            "quotes__person__memberships__organization",
            "quotes__organization",
            "quotes__on_behalf_of",
            "mentions__person__memberships__organization",
            "mentions__organization",
        )

    def edited(self) -> "ArticleQuerySet":
        """Articles in which a person has changed what their source owns, or that a person wrote."""
        edits = Revision.objects.filter(article=models.OuterRef("pk"), is_edit=True)
        return self.filter(models.Exists(edits))

    def with_state(self, at: datetime | None = None) -> "ArticleQuerySet":
        """Annotate ``live_kind``, ``live_since``, ``live_revision`` and ``scheduled_for`` as the clock has it ``at``.

        ``unreached_start`` is that of the last edition that began by a clock which has gone back since. All are None
        where there is no such edition; times are aware.
        """
        at = at or clock.now()
        live = Edition.objects.live(at).filter(article=models.OuterRef("pk"))
        coming = Edition.objects.coming(at).filter(article=models.OuterRef("pk"))
        unreached = Edition.objects.unreached(at).filter(article=models.OuterRef("pk"))
        return self.annotate(
            live_kind=models.Subquery(live.values("kind")[:1]),
            live_since=models.Subquery(live.values("starts_at")[:1]),
            live_revision=models.Subquery(live.values("revision_number")[:1]),
            scheduled_for=models.Subquery(coming.values("starts_at")[:1]),
            unreached_start=models.Subquery(
                unreached.order_by("-starts_at").values("starts_at")[:1]
            ),
        )


_ArticleManager = models.Manager.from_queryset(ArticleQuerySet)


class ArticleManager(TrashHidingManager, _ArticleManager):
    """Stories that are not spiked."""


class Article(Trashable, StoryColumns):
    """The working copy. Editors change it freely; publishing freezes it as an ``Edition``.

    ``published_at`` (aware) is the date the story carries, as far as ``date_precision`` says; None for a story written
    here, which gets the time of its publication, and for an import whose source gave none, which waits for one.
    ``source`` is empty for a story written here. ``original`` are the bytes that came in, compressed; ``original_map``
    leads from the plain body as imported back into them, as ``[start, source, length]`` runs in code points.
    """

    class Stage(models.TextChoices):
        WRITING = "writing", "being written"
        EDITING = "editing", "being edited"
        READY = "ready", "ready"

    class PubStatus(models.TextChoices):
        USABLE = "usable", "usable"
        WITHHELD = "withheld", "withheld"
        CANCELED = "canceled", "canceled"

    class Precision(models.TextChoices):
        MINUTE = "minute", "to the minute"
        DAY = "day", "the day"
        MONTH = "month", "the month"
        YEAR = "year", "the year"

    is_headline_derived = models.BooleanField(
        "headline is derived",
        default=False,
        help_text="Made from the first sentence because the source had none.",
    )
    slug = models.SlugField(max_length=FIELDS_BY_NAME["slug"].limit, blank=True)
    body_html = models.TextField("body", blank=True)
    language = models.CharField(max_length=FIELDS_BY_NAME["language"].limit, default=paper_language)
    published_at = models.DateTimeField(
        "date of the story",
        null=True,
        blank=True,
        help_text="Empty: the time of its first publication.",
    )
    date_precision: "models.CharField[str, DatePrecision]" = models.CharField(
        max_length=6, choices=Precision.choices, default=Precision.MINUTE
    )

    authors = models.ManyToManyField(Author, through="Byline", related_name="+")
    tags: "models.ManyToManyField[Tag, Any]" = models.ManyToManyField(
        "Tag", blank=True, related_name="+"
    )
    people: "models.ManyToManyField[Person, Any]" = models.ManyToManyField(
        "Person", blank=True, related_name="+"
    )
    organizations: "models.ManyToManyField[Organization, Any]" = models.ManyToManyField(
        "Organization", blank=True, related_name="+"
    )
    lead_image = models.ForeignKey(
        "Image", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WRITING)
    embargoed_until = models.DateTimeField(null=True, blank=True)
    is_on_hold = models.BooleanField("on hold", default=False)
    pub_status = models.CharField(
        "the wire says",
        max_length=10,
        choices=PubStatus.choices,
        default=PubStatus.USABLE,
    )
    ed_note = models.TextField("note to editors", blank=True, help_text="Never public.")

    source = models.CharField(max_length=80, blank=True, db_index=True, editable=False)
    original = models.BinaryField(null=True, editable=False)
    original_map = models.JSONField(default=list, blank=True, editable=False)
    revision_number = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False, db_index=True)

    # What ``with_state`` annotates; no row has them else.
    live_kind: str | None
    live_since: datetime | None
    live_revision: int | None
    scheduled_for: datetime | None
    unreached_start: datetime | None

    objects = ArticleManager()
    all_objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        permissions = [
            ("publish_article", "Can publish, schedule and correct"),
            ("withdraw_article", "Can withdraw"),
            ("bring_back_article", gettext_noop("Can bring back a withdrawn story")),
        ]

    def __str__(self) -> str:
        return self.headline or "(no headline)"

    def snapshot(self) -> dict[str, Any]:
        """Return all that an editor can change as plain JSON values; links by primary key, in order."""
        fields = editable_fields(Article).items()
        values = {
            name: stored_value(field, field.value_from_object(self)) for name, field in fields
        }
        return values | {"bylines": [[line.author.name, line.role] for line in self.bylines.all()]}

    def apply_snapshot(self, values: dict[str, Any]) -> list[str]:
        """Write ``values`` (a ``snapshot()``, or the part of one that is to change) into this row and its links.

        Keys of what was merged since lead to what stands for it now. Authors unknown so far are created by their
        name. The caller holds the lock and keeps the revision. Returns a sentence on each row that was
        deleted since, or is in the trash.
        """
        values, notes = resolve_links(Article, values)
        fields = editable_fields(Article)
        for name in fields.keys() & values.keys():
            if not fields[name].many_to_many:
                setattr(self, fields[name].attname, fields[name].to_python(values[name]))
        self.save()
        for name in fields.keys() & values.keys():
            if fields[name].many_to_many:
                getattr(self, name).set(values[name])
        if "bylines" in values:
            self.bylines.all().delete()
            trash = Author.objects.in_trash(name for name, _ in values["bylines"])
            notes += [_author_in_trash_note(name) for name in sorted(trash)]
            bylines = [line for line in values["bylines"] if line[0] not in trash]
            for order, (name, role) in enumerate(bylines):
                author, is_new = Author.objects.get_or_create(name=name)
                if is_new:
                    DeskNameWord.objects.index([author])
                Byline.objects.create(article=self, author=author, role=role, order=order)
        return notes

    def create_revision(
        self,
        by: User | None,
        *,
        restored_from: int | None = None,
        run: ImportRun | None = None,
        note: str = "",
    ) -> None:
        """Keep what is stored now as the next revision; ``by`` is None for an import. The caller holds the lock.

        ``restored_from`` is the number of the revision that a person restored; ``run`` and ``note`` are an import's.
        """
        stored = (
            Article.all_objects.with_words().prefetch_related("bylines__author").get(pk=self.pk)
        )
        self.revision_number = stored.revision_number + 1
        self.updated_at = clock.now()
        self.save(update_fields=["revision_number", "updated_at"])
        at, number = self.updated_at, self.revision_number
        snapshot = stored.snapshot()
        origin: dict[str, Any] = {"is_edit": by is not None and self._is_edit(snapshot), "run": run}
        origin |= {"restored_from": restored_from, "note": note}
        self.revisions.create(number=number, by=by, at=at, snapshot=snapshot, **origin)
        stored.updated_at = at
        ArticleSearch.objects.index([stored])

    def _is_edit(self, snapshot: dict[str, Any]) -> bool:
        """Tell whether ``snapshot`` differs from the last revision in what the source owns; a first one is written."""
        last = self.revisions.first()
        if last is None:
            return True
        before, now = (comparable_values(Article, each) for each in (last.snapshot, snapshot))
        return any(before.get(name, []) != now.get(name, []) for name in OWNED_BY_SOURCE)

    def set_original(self, content: bytes) -> None:
        """Keep the bytes that came in, compressed."""
        self.original = zlib.compress(content)

    def original_bytes(self) -> bytes:
        """Return the bytes that came in, empty for a story written here."""
        return zlib.decompress(self.original) if self.original else b""


def _author_in_trash_note(name: str) -> str:
    sentence = gettext("The author “%(name)s” is in the trash: the byline goes without that name.")
    return sentence % {"name": name}


class Byline(models.Model):
    """An author's place in the byline of an article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        max_length=80, blank=True, help_text="photographs, additional reporting …"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role"], name="byline_once_in_a_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.author} ({self.role})" if self.role else str(self.author)
