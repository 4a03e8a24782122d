"""Where things used to stand before they came here."""

from django.db import models
from django.db.models import Q

from .constraints import exactly_one

TARGETS = ("article", "tag", "person", "organization", "author")
NOWHERE = {f"{name}__isnull": True for name in TARGETS}


class FormerAddress(models.Model):
    """An address from another system (``/2014/05/slug/``, ``/?p=123``) that answers 301 to one row of ours.

    ``path`` is absolute, with its query string when that names the page. ``is_feed``: it leads to the feed of the row,
    with no row to that of all stories.
    """

    path = models.CharField(max_length=500, unique=True)
    article = models.ForeignKey("Article", on_delete=models.CASCADE, null=True, related_name="+")
    tag = models.ForeignKey("Tag", on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey("Person", on_delete=models.CASCADE, null=True, related_name="+")
    organization = models.ForeignKey(
        "Organization", on_delete=models.CASCADE, null=True, related_name="+"
    )
    author = models.ForeignKey("Author", on_delete=models.CASCADE, null=True, related_name="+")
    is_feed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(*TARGETS) | Q(is_feed=True, **NOWHERE),
                name="former_address_leads_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.path
