"""Who a story is about, where it names them, and what it calls them."""

from django.db import models

from .constraints import exactly_one
from .trash import AllRowsManager, TrashHidingManager


class MentionManager(TrashHidingManager):
    """Mentions in stories that are not spiked."""

    trash_paths = ("article__",)


class Mention(models.Model):
    """A person or an organization that the body of an article names; exists once an editor has accepted it.

    ``name`` is as printed in full; ``spans`` are ``[start, end]`` in code points of the plain body, in reading
    order, empty when an edit took the name out of the text. ``role`` is as printed there.
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        "Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organization = models.ForeignKey(
        "Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    spans = models.JSONField(default=list)

    objects = MentionManager()
    all_objects = AllRowsManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("person", "organization"),
                name="mention_of_person_or_organization",
            ),
            models.UniqueConstraint(fields=["article", "person"], name="mention_person_once"),
            models.UniqueConstraint(
                fields=["article", "organization"], name="mention_organization_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
