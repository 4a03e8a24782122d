"""The lines of a story as columns, the same in the working copy and in every edition."""

from typing import Any

from django.db import models

from articles.story_fields import FIELDS_BY_NAME


def line_column(name: str, *, blank: bool = True, **options: Any) -> "models.CharField[str, str]":
    """Return the column of a line of the story, as ``story_fields`` declares it."""
    field = FIELDS_BY_NAME[name]
    return models.CharField(max_length=field.limit, blank=blank, **options)


class StoryColumns(models.Model):
    """What a story says in lines of text. Columns bear the names of ``StoryLines``."""

    headline = line_column("headline", blank=False)
    kicker = line_column("kicker")
    dek = line_column("dek")
    dateline = line_column("dateline")
    credit = line_column("credit")
    usage_terms = line_column("usage_terms", default="")

    class Meta:
        abstract = True
