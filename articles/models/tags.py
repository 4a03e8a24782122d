"""What stories are filed under."""

from datetime import datetime

from django.db import connection, models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles import clock

from .edition_links import EditionTag, each_has
from .page_urls import keyed_address
from .trash import AllRowsManager, Trashable, TrashHidingManager

MOST_LEVELS = 6  # of tags below each other, as the deepest vocabularies have


class TagQuerySet(models.QuerySet["Tag"]):
    def public(self, at: datetime | None = None) -> "TagQuerySet":
        """Tags that a listed edition links at ``at`` (aware, default now)."""
        links = EditionTag.objects.listed(at or clock.now())
        return self.filter(each_has(links.filter(tag=models.OuterRef("pk"))))

    def sections(self) -> "TagQuerySet":
        """The sections of the paper, in the order in which the editors put them."""
        return self.filter(kind=Tag.Kind.SECTION).order_by("position", "name")

    def beginning_with(self, slug: str) -> "TagQuerySet":
        """Tags of which the slug begins with ``slug``, in its order: a range of the index on both databases."""
        return self.filter(slug_beginning(slug)).order_by("slug")


def slug_beginning(slug: str, path: str = "slug") -> models.Q:
    """Say which slugs begin with ``slug``, which is not empty, so that either database takes its index for it."""
    if connection.vendor == "postgresql":
        return models.Q(**{f"{path}__startswith": slug})
    return models.Q(
        **{f"{path}__gte": slug, f"{path}__lt": f"{slug}~"}
    )  # no slug has a letter behind "z"


_TagManager = models.Manager.from_queryset(TagQuerySet)


class TagManager(TrashHidingManager, _TagManager):
    """Tags that are not in the trash."""


class Tag(Trashable):
    """A section, topic, place or series. Its slug is its address; a former name still leads here."""

    class Kind(models.TextChoices):
        SECTION = "section", _("section")
        TOPIC = "topic", _("topic")
        PLACE = "place", _("place")
        SERIES = "series", _("series")

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TOPIC)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    qcode = models.CharField(
        max_length=60, blank=True, db_index=True, help_text="IPTC Media Topic, as medtop:20000002"
    )
    description = models.TextField(
        blank=True,
        help_text=_(
            "What it is about: readers get it above its stories. An empty line begins a paragraph."
        ),
    )
    position = models.PositiveSmallIntegerField(
        default=100,
        help_text=_(
            "Order among the sections, and among the subtopics of one tag; the smallest comes first."
        ),
    )
    # At least as many as are listed. It plans how a page is read and never decides what stands on it.
    link_count = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Editions ever linked. Orders tags by rarity, never shown.",
    )

    objects = TagManager()
    all_objects = TagQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["link_count"])

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="tag_unique_name_in_kind"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="tag_not_below_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return keyed_address("tag", self.slug)

    def levels_above(self) -> "list[Tag]":
        """Return this tag and those above it, the nearest first, trash included; a ring ends where it began.

        A query a level, ``MOST_LEVELS`` levels at most.
        """
        chain = [self]
        while (key := chain[-1].parent_id) and len(chain) <= MOST_LEVELS:
            if key in {tag.pk for tag in chain}:
                break
            chain.append(Tag.all_objects.get(pk=key))
        return chain

    def count_levels_below(self) -> int:
        """Return how many levels of subtopics are below this tag, trash included, ``MOST_LEVELS`` at most."""
        keys, levels = {self.pk}, 0
        while levels < MOST_LEVELS:
            keys = set(Tag.all_objects.filter(parent__in=keys).values_list("pk", flat=True))
            if not keys:
                break
            levels += 1
        return levels


class FormerTagNameManager(TrashHidingManager):
    """Former names of tags that are not in the trash."""

    trash_paths = ("tag__",)


class FormerTagName(models.Model):
    """A name that a tag used to have: its old address redirects, a search and an import still find it."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)

    objects = FormerTagNameManager()
    all_objects = AllRowsManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TagCodeManager(TrashHidingManager):
    """Codes of tags that are not in the trash."""

    trash_paths = ("tag__",)


class TagCode(models.Model):
    """A code of a vocabulary that means a tag though it is not the tag's own: retired, or of an older vocabulary.

    ``qcode`` is as in ``medtop:20000999`` or ``subj:11001000``, ``label`` what the vocabulary called it.
    """

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="codes")
    qcode = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=200, blank=True)

    objects = TagCodeManager()
    all_objects = AllRowsManager()

    class Meta:
        ordering = ["qcode"]

    def __str__(self) -> str:
        return self.qcode
