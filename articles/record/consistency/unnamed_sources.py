"""Sources not named whom the desk has kept all the same: stored before they were forgotten everywhere."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q

from articles.models import MergeStep, Quote, Suggestion
from articles.record.integrity import IntegrityIssue, in_chunks

REMEDY = "check_record --mend REASON forgets it; so does saving the quote in the admin."


def unnamed_source_issues() -> Iterator[IntegrityIssue]:
    """Yield each quote of a source not named of whom it, its history, its finds or merges keep more."""
    for chunk in in_chunks(Quote.objects.exclude(unnamed="")):
        traces = list(_traces(chunk))
        for quote in chunk:
            trace_names = [name for name, keys in traces if quote.pk in keys]
            if trace_names:
                message = f"The source is not named, and is kept in {', '.join(trace_names)}."
                yield IntegrityIssue(
                    "sources", "speaker", message, REMEDY, quote.article_id, quote.quote_key
                )


def _traces(quotes: Sequence[Quote]) -> Iterator[tuple[str, set[Any]]]:
    """Yield where more is kept of whom, and of which of ``quotes`` (keys)."""
    yield "its role", {quote.pk for quote in quotes if quote.role or quote.on_behalf_of_id}
    keys = [quote.pk for quote in quotes]
    history: Any = Quote.history
    named = Q(person__isnull=False) | Q(organization__isnull=False) | ~Q(role="")
    yield "its history", set(history.filter(named, id__in=keys).values_list("id", flat=True))
    suggestions = Suggestion.objects.filter(quote__in=keys).values_list("quote_id", "found")
    yield "the find it came from", {key for key, data in suggestions if data.get("speaker")}
    steps = MergeStep.objects.filter(model=Quote._meta.label_lower, row__in=keys)
    yield "a merge", set(steps.values_list("row", flat=True))
