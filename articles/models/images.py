"""Pictures. Readers get renditions only, and only while a listed edition or an author's page shows them."""

import secrets
from datetime import datetime

from django.db import models

from articles import clock
from articles.composed import Picture

from .authors import Author
from .editions import Edition
from .trash import Trashable, TrashHidingManager

WIDTHS = (320, 640, 960, 1600)
FORMATS = ("avif", "webp", "jpeg")


def new_token() -> str:
    """Return the random name under which an image and its renditions are kept."""
    return secrets.token_urlsafe(16)


def original_path(image: "Image", filename: str) -> str:
    """Keep originals under their token: the name a file arrives with never becomes a path."""
    return f"originals/{image.token}"


class ImageQuerySet(models.QuerySet["Image"]):
    def public(self, at: datetime | None = None) -> "ImageQuerySet":
        """Images that a listed edition, or the page of an author, shows at ``at`` (aware, default now)."""
        at = at or clock.now()
        listed = Edition.objects.listed(at).filter(lead_image=models.OuterRef("pk"))
        authors = Author.objects.public(at).filter(portrait=models.OuterRef("pk"))
        is_portrait = models.Exists(authors) & ~models.Q(alt="", is_decorative=False)
        return self.filter(models.Exists(listed) | is_portrait)


_ImageManager = models.Manager.from_queryset(ImageQuerySet)


class ImageManager(TrashHidingManager, _ImageManager):
    """Pictures that are not in the trash."""


class Image(Trashable):
    """One picture: the original as uploaded, what it shows, who made it; ``image_files`` makes its renditions."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    original = models.FileField(upload_to=original_path, max_length=80)
    name = models.CharField(
        max_length=160,
        db_index=True,
        help_text="The file's name when it came; imports find it by this.",
    )
    source_url = models.CharField(
        "fetched from", max_length=500, blank=True, db_index=True, editable=False
    )
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        "alternative text",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for those who cannot see it.",
    )
    is_decorative = models.BooleanField(
        default=False, help_text="It says nothing that the text does not: screen readers skip it."
    )
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=160, blank=True)
    taken_on = models.CharField(
        max_length=10, blank=True, editable=False, help_text="YYYY-MM-DD, as its file tells."
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        "User", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = ImageManager()
    all_objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def widths(self) -> tuple[int, ...]:
        """The rendition widths in pixels: none wider than the original, at least the smallest."""
        return tuple(width for width in WIDTHS if width <= self.width) or (self.width,)

    @property
    def has_alt(self) -> bool:
        """Whether it may be shown to readers: described, or marked as decorative."""
        return bool(self.alt) or self.is_decorative

    def as_picture(self) -> Picture:
        """Return the picture as readers' templates take it."""
        return Picture(
            id=self.pk,
            token=self.token,
            width=self.width,
            height=self.height,
            widths=self.widths,
            alt="" if self.is_decorative else self.alt,
            caption=self.caption,
            credit=self.credit,
        )

    def rendition_path(self, width: int, format: str) -> str:
        """Return where in the storage the rendition of ``width`` pixels lies."""
        return f"renditions/{self.token}/{width}.{format}"
