"""What was found in a text and waits for an editor: never a fact."""

from django.db import models

from articles import clock

from .trash import TrashHidingManager


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> "SuggestionQuerySet":
        """Suggestions that wait for a decision."""
        return self.filter(state=Suggestion.State.OPEN)

    def decided(self) -> "SuggestionQuerySet":
        """Suggestions that somebody has decided about."""
        return self.exclude(state=Suggestion.State.OPEN)

    def quotes(self) -> "SuggestionQuerySet":
        """Finds of something said."""
        return self.filter(kind=Suggestion.Kind.QUOTE)

    def likely(self) -> "SuggestionQuerySet":
        """Finds worth an editor's look each; the others are listed folded: titles, scare quotes, paraphrases."""
        return self.filter(is_folded=False)


_SuggestionManager = models.Manager.from_queryset(SuggestionQuerySet)


class SuggestionManager(TrashHidingManager, _SuggestionManager):
    """Suggestions for stories that are not spiked."""

    trash_paths = ("article__",)


class Suggestion(models.Model):
    """A find in the body of an article, and what became of it.

    ``found`` holds the find as plain values, as ``extraction.suggest`` writes it (``Found`` there).
    ``candidates`` are rows that it may mean, best first, as they were known when it was found. ``start`` and
    ``end`` are code points of the plain body. ``fingerprint`` (hex) names the find by its words, so that a
    decision outlives a new import and an edit elsewhere. ``made`` lists ``[model, key]`` of the rows that the
    decision created, for its undo.
    """

    class Kind(models.TextChoices):
        QUOTE = "quote", "quote"
        MENTION = "mention", "person or organization"

    class State(models.TextChoices):
        OPEN = "open", "open"
        ACCEPTED = "accepted", "accepted"
        CHANGED = "changed", "accepted with changes"
        REJECTED = "rejected", "rejected"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    fingerprint = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    found = models.JSONField()
    candidates = models.JSONField(default=list)
    confidence = models.FloatField()
    pattern = models.CharField(max_length=40, blank=True)
    is_folded = models.BooleanField(default=False)
    extractor = models.CharField(max_length=20, blank=True)
    quote = models.ForeignKey("Quote", on_delete=models.SET_NULL, null=True, related_name="+")
    mention = models.ForeignKey("Mention", on_delete=models.SET_NULL, null=True, related_name="+")
    made = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = SuggestionManager()
    all_objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["start", "end", "pk"]
        indexes = [models.Index(fields=["state", "-confidence"], name="suggestion_queue")]
        constraints = [
            models.UniqueConstraint(fields=["article", "fingerprint"], name="suggestion_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} in article {self.article_id}, {self.get_state_display()}"
