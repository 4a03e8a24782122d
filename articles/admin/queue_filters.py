"""How the queue of finds is narrowed, ordered and paged."""

import math
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from articles.extraction.known import Candidate, Known
from articles.models import Article, OtherName, Suggestion
from articles.text.chars import printable

from .article_filters import source_choices, tag_choices
from .record_cards import LIKELY, SURE

BANDS = {
    "sure": Q(confidence__gte=SURE),
    "likely": Q(confidence__lt=SURE, confidence__gte=LIKELY),
    "close": Q(confidence__lt=LIKELY),
}
ANY = [("", "any")]
MOST_ROWS = 10  # rows of one name that are looked for at once


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
        choices=[*ANY, ("sure", "sure"), ("likely", "likely"), ("close", "look closely")],
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
        self.fields["source"].choices = [*ANY, *source_choices()]
        self.fields["tag"].choices = [*ANY, *tag_choices(printable(self.data.get("tag", "")))]

    def clean_who(self) -> list[Candidate]:
        """Return the rows on record that the name may mean."""
        name = " ".join(self.cleaned_data["who"].split())
        rows = Known([name]).candidates(name)[:MOST_ROWS] if name else []
        if name and not rows:
            raise forms.ValidationError(
                f"Nobody called {name} is on record. Leave it empty, or write another name."
            )
        return rows


def narrowed(wanted: dict[str, Any]) -> QuerySet[Suggestion]:
    """Return the likely finds that wait, most certain first; ``wanted`` is the cleaned data of ``QueueForm``."""
    found = Suggestion.objects.open().likely().order_by("-confidence", "pk")
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("band"):
        found = found.filter(BANDS[wanted["band"]])
    if wanted.get("source"):
        source = "" if wanted["source"] == "-" else wanted["source"]
        found = found.filter(article__source=source)
    if wanted.get("tag"):
        tagged = Article.objects.filter(pk=OuterRef("article"), tags__slug=wanted["tag"])
        found = found.filter(Exists(tagged))
    return _may_be(found, wanted["who"]) if wanted.get("who") else found


def _may_be(found: QuerySet[Suggestion], rows: list[Candidate]) -> QuerySet[Suggestion]:
    """Keep finds whose kept candidates hold one of ``rows``, or that give one of their names.

    JSON is looked at as text: PostgreSQL keeps the keys of an object in another order than SQLite, which keeps ours.
    """
    kept = Q()
    for one in rows:
        kept |= Q(listed__contains=f'"kind": "{one.kind}", "pk": {one.pk}, ')
        kept |= Q(listed__contains=f'"pk": {one.pk}, "kind": "{one.kind}", ')
    keys = {
        kind: [one.pk for one in rows if one.kind == kind] for kind in ("person", "organization")
    }
    others = OtherName.objects.filter(
        Q(person__in=keys["person"]) | Q(organization__in=keys["organization"])
    )
    names = {one.name for one in rows} | set(others.values_list("name", flat=True))
    kept |= Q(found__speaker__in=names) | Q(found__name__in=names)
    return found.annotate(listed=Cast("candidates", TextField())).filter(kept)


def after(found: QuerySet[Suggestion], mark: str) -> QuerySet[Suggestion]:
    """Return what of ``found`` comes after the find that ``mark`` names: ``0.95-17``, its confidence and key."""
    share, _, key = mark.rpartition("-")
    try:
        confidence, pk = float(share), int(key)
    except ValueError:
        return found
    if not math.isfinite(confidence) or not 0 <= pk < 2**63:
        return found
    return found.filter(Q(confidence__lte=confidence), Q(confidence__lt=confidence) | Q(pk__gt=pk))


def mark_of(find: Suggestion) -> str:
    """Return the place of ``find`` in the queue, as ``after`` takes it."""
    return f"{find.confidence!r}-{find.pk}"
