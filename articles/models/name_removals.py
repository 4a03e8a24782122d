"""That the name of a source was removed from a story: when, by whom, of which quote. Never the name."""

from datetime import datetime

from django.db import models

from articles import clock


class NameRemovalQuerySet(models.QuerySet["NameRemoval"]):
    def drafts_void_before(self, article_id: int) -> datetime | None:
        """Return since when (aware) a draft of the story that is older is thrown away; None where none is.

        A draft that a browser keeps by itself may hold the name: the server cannot look into it.
        """
        return self.filter(article=article_id).aggregate(newest=models.Max("at"))["newest"]


class NameRemoval(models.Model):
    """Somebody who may approve sources had the name of a quote's source removed everywhere in its story.

    ``at`` is aware. ``quote`` is None once the quote is off the record. Nothing here tells the name, not even a digest:
    to look for it again somebody has to write it again.
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="name_removals")
    quote = models.ForeignKey("Quote", on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = NameRemovalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.at:%Y-%m-%d %H:%M}"
