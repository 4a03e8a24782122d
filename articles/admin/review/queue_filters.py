"""How the queue of finds is narrowed, ordered and paged."""

import math
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from articles.admin.choices import source_choices, tag_choices
from articles.extraction.entity_lookup import Candidate, EntityLookup
from articles.models import Article, OtherName, Suggestion
from articles.text.characters import printable

from .cards import LIKELY, SURE

CONFIDENCE_BANDS = {
    "sure": Q(confidence__gte=SURE),
    "likely": Q(confidence__lt=SURE, confidence__gte=LIKELY),
    "close": Q(confidence__lt=LIKELY),
}
ANY_CHOICE = [("", "any")]
MAX_ROWS = 10  # rows of one name that are looked for at once


class QueueForm(forms.Form):
    """What an editor wants to see of what waits."""

    kind = forms.ChoiceField(
        label="What",
        required=False,
        choices=[("", "quotes and names"), ("quote", "quotes"), ("mention", "names")],
    )
    band = forms.ChoiceField(
        label="How sure",
        required=False,
        choices=[*ANY_CHOICE, ("sure", "sure"), ("likely", "likely"), ("close", "look closely")],
    )
    source = forms.ChoiceField(required=False)
    tag = forms.ChoiceField(required=False)
    who = forms.CharField(
        label="Who it may be",
        required=False,
        max_length=200,
        widget=forms.TextInput({"placeholder": "a name on record", "type": "search"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["source"].choices = [*ANY_CHOICE, *source_choices()]
        fields["tag"].choices = [
            *ANY_CHOICE,
            *tag_choices(printable(self.data.get("tag", ""))),
        ]

    def clean_who(self) -> list[Candidate]:
        """Return the rows on record that the name may mean."""
        name = " ".join(self.cleaned_data["who"].split())
        rows = EntityLookup([name]).candidates(name)[:MAX_ROWS] if name else []
        if name and not rows:
            raise forms.ValidationError(
                f"Nobody called {name} is on record. Leave it empty, or write another name."
            )
        return rows


def filter_queue(filters: dict[str, Any]) -> QuerySet[Suggestion]:
    """Return the likely finds that wait, most certain first; ``filters`` is the cleaned data of ``QueueForm``."""
    suggestions = Suggestion.objects.open().likely().order_by("-confidence", "pk")
    if filters.get("kind"):
        suggestions = suggestions.filter(kind=filters["kind"])
    if filters.get("band"):
        suggestions = suggestions.filter(CONFIDENCE_BANDS[filters["band"]])
    if filters.get("source"):
        source = "" if filters["source"] == "-" else filters["source"]
        suggestions = suggestions.filter(article__source=source)
    if filters.get("tag"):
        tagged = Article.objects.filter(pk=OuterRef("article"), tags__slug=filters["tag"])
        suggestions = suggestions.filter(Exists(tagged))
    return _filter_by_candidate(suggestions, filters["who"]) if filters.get("who") else suggestions


def _filter_by_candidate(
    suggestions: QuerySet[Suggestion], rows: list[Candidate]
) -> QuerySet[Suggestion]:
    """Keep ``suggestions`` whose stored candidates hold one of ``rows``, or that give one of their names.

    JSON is looked at as text: PostgreSQL keeps the keys of an object in another order than SQLite, which keeps ours.
    """
    conditions = Q()
    for row in rows:
        conditions |= Q(listed__contains=f'"kind": "{row.kind}", "pk": {row.pk}, ')
        conditions |= Q(listed__contains=f'"pk": {row.pk}, "kind": "{row.kind}", ')
    keys = {
        kind: [row.pk for row in rows if row.kind == kind] for kind in ("person", "organization")
    }
    others = OtherName.objects.filter(
        Q(person__in=keys["person"]) | Q(organization__in=keys["organization"])
    )
    names = {row.name for row in rows} | set(others.values_list("name", flat=True))
    conditions |= Q(found__speaker__in=names) | Q(found__name__in=names)
    return suggestions.annotate(listed=Cast("candidates", TextField())).filter(conditions)


def after_position(suggestions: QuerySet[Suggestion], position: str) -> QuerySet[Suggestion]:
    """Return those of ``suggestions`` behind the one that ``position`` names: ``0.95-17``, its confidence and key."""
    confidence_text, _, key = position.rpartition("-")
    try:
        confidence, pk = float(confidence_text), int(key)
    except ValueError:
        return suggestions
    if not math.isfinite(confidence) or not 0 <= pk < 2**63:
        return suggestions
    return suggestions.filter(
        Q(confidence__lte=confidence), Q(confidence__lt=confidence) | Q(pk__gt=pk)
    )


def queue_position(suggestion: Suggestion) -> str:
    """Return the place of ``suggestion`` in the queue, as ``after_position`` takes it."""
    return f"{suggestion.confidence!r}-{suggestion.pk}"
