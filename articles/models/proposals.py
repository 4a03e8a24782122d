"""Changes to what readers have by people who may not publish: each waits beside its row for an editor's decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from articles import clock

from .constraints import exactly_one
from .trash import TrashHidingManager
from .users import User

TARGETS = ("article", "person", "organization", "tag", "author")
# What of a row somebody may propose who may not publish it: plain words, nothing that says who sees them.
PROPOSED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "person": ("name", "honorific", "given_name", "family_name", "biography"),
    "organization": ("name", "abbreviation", "description"),
    "tag": ("name", "description"),
    "author": ("name", "beat", "biography"),
}


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> "ProposalQuerySet":
        """Proposals that nobody has decided about, the oldest first."""
        return self.filter(state=Proposal.State.OPEN).order_by("at", "pk")

    def of_target(self, target: Model) -> "ProposalQuerySet":
        """Proposals to change this story, person, organization, tag or author; for any other row there are none."""
        name = str(target._meta.model_name)
        return self.filter(**{name: target.pk}) if name in TARGETS else self.none()

    def close(
        self,
        state: str,
        *,
        by: User,
        reason: str = "",
        revision_number: int | None = None,
        left_places: int = 0,
    ) -> int:
        """Note what ``by`` decided about these; the caller holds the locks of what they would change."""
        return self.filter(state=Proposal.State.OPEN).update(
            state=state,
            decided_by=by,
            decided_at=clock.now(),
            reason=reason,
            revision_number=revision_number,
            left_places=left_places,
        )


_ProposalManager = models.Manager.from_queryset(ProposalQuerySet)


class ProposalManager(TrashHidingManager, _ProposalManager):
    """Proposals beside rows that are not in the trash."""

    trash_paths = tuple(f"{name}__" for name in TARGETS)


class Proposal(models.Model):
    """How ``by`` would change one story or row, whose ``target`` stays as it is until an editor takes the change.

    Of a story ``values`` is the whole snapshot as proposed, ``base`` the one that its author had in view, that of
    revision ``base_number``. Of another row ``values`` are the proposed fields only, and ``base`` what was seen in
    them. ``at`` is when it was first proposed, ``changed_at`` when last (aware). ``reason`` is a sentence to its
    author, ``revision_number`` the revision that took it into a story, ``left_places`` how many of its places were not
    taken. Its rows stay after the decision.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        TAKEN = "taken", _("taken")
        PARTLY_TAKEN = "partly", _("taken in part")
        LEFT = "left", _("left aside")
        WITHDRAWN = "withdrawn", _("withdrawn")

    article = models.ForeignKey(
        "Article", on_delete=models.CASCADE, null=True, related_name="proposals"
    )
    person = models.ForeignKey("Person", on_delete=models.CASCADE, null=True, related_name="+")
    organization = models.ForeignKey(
        "Organization", on_delete=models.CASCADE, null=True, related_name="+"
    )
    tag = models.ForeignKey("Tag", on_delete=models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey("Author", on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    base_number = models.PositiveIntegerField(null=True)
    base = models.JSONField(default=dict)
    values = models.JSONField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    revision_number = models.PositiveIntegerField(null=True)
    left_places = models.PositiveIntegerField(default=0)

    objects = ProposalManager()
    all_objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["state", "at"], name="proposal_oldest")]
        constraints = [
            models.CheckConstraint(condition=exactly_one(*TARGETS), name="proposal_of_one_target"),
            *(
                models.UniqueConstraint(
                    fields=[name, "by"],
                    condition=Q(state="open"),
                    name=f"proposal_one_open_{name}",
                )
                for name in TARGETS
            ),
        ]

    def __str__(self) -> str:
        return str(self.target)

    @property
    def target(self) -> Any:
        """The story or row that would change."""
        return next(row for name in TARGETS if (row := getattr(self, name)) is not None)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def version(self) -> str:
        """Name this proposal as it was last changed: ``12-2026-11-30T14:05:00+00:00``."""
        return f"{self.pk}-{_stamp(self.changed_at)}"


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
