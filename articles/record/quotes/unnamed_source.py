"""A source who is not named: whoever it was is forgotten wherever the desk has kept it with the quote."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from articles.extraction.suggest import without_speaker
from articles.models import (
    Article,
    CorrectionDraft,
    Mention,
    Merge,
    MergeStep,
    Organization,
    Person,
    Quote,
    Suggestion,
)
from articles.text.html.plain import plain_text

NO_CAPACITY: dict[str, Any] = {"role": "", "on_behalf_of": None, "mention": ""}
NOBODY: dict[str, Any] = {"person": None, "organization": None, **NO_CAPACITY}
LINKS = {"person": ("people", Person), "organization": ("organizations", Organization)}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A person or an organization that was the source: ``keys`` are its own and those of rows merged with it."""

    kind: str
    keys: frozenset[int]
    names: frozenset[str]


def forget_source(quote: Quote, spans: Iterable[Sequence[int]]) -> None:
    """Forget who said ``quote``, which is about to be stored as of a source not named, with its words at ``spans``.

    Taken out: the speaker and role in the history of the quote and of quotes of the same words that were taken off, in
    the finds of these words and in steps of merges; drafts of corrections and notes of the log that name the source;
    what only ever linked the story to it: names no longer printed, past versions filed under it. The story's text, what
    it is filed under now and what readers got stay. The caller holds the lock of the article, and the transaction.
    """
    history = states_of(quote)
    keys = set(history.values_list("id", flat=True))
    rows = list(source_rows(quote, history))
    names = {name for row in rows for name in row.names}
    names |= _forget_suggestions(quote, list(spans))
    history.update(**NOBODY)
    MergeStep.objects.filter(model=Quote._meta.label_lower, row__in=keys).delete()
    _forget_notes(quote, keys, names)
    article = Article.objects.only("body_html").get(pk=quote.article_id)
    for row in rows:
        if not is_quoted_by_name(quote, row):
            _forget_mention(article, row)
            forget_versions(article, row)


def states_of(quote: Quote) -> Any:
    """Return the kept states of ``quote``, and of quotes of its words that were deleted from the same story."""
    history: Any = Quote.history
    states = history.filter(article_id=quote.article_id)
    existing = Quote.objects.filter(article=quote.article_id).values("pk")
    same = {
        key
        for key, text in states.exclude(id__in=existing).values_list("id", "text")
        if text in quote.text or quote.text in text
    }
    return history.filter(id__in=same | {quote.pk} - {None})


def source_rows(quote: Quote, history: Any) -> Iterator[SourceRow]:
    """Yield who the speaker of ``quote`` was in any state that it has had."""
    for kind, (_, model) in LINKS.items():
        column = f"{kind}_id"
        keys = set(history.values_list(column, flat=True))
        keys |= set(Quote.objects.filter(pk=quote.pk).values_list(column, flat=True))
        for key in keys - {None}:
            merged = merged_keys(kind, key)
            rows: Any = model._base_manager
            names = set(rows.filter(pk__in=merged).values_list("name", flat=True))
            names |= set(
                Merge.objects.filter(kind=kind, gone__in=merged).values_list("name", flat=True)
            )
            yield SourceRow(kind, frozenset(merged), frozenset(names))


def merged_keys(kind: str, key: int) -> set[int]:
    """Return ``key`` and the keys of all rows that were merged into that row, or into which it was."""
    keys, more = set(), {key}
    while more:
        keys |= more
        merges = Merge.objects.filter(Q(gone__in=more) | Q(survivor__in=more), kind=kind)
        more = {
            merged_key for pair in merges.values_list("gone", "survivor") for merged_key in pair
        } - keys
    return keys


def _forget_suggestions(quote: Quote, spans: list[Sequence[int]]) -> set[str]:
    """Take the speaker out of each find of these words; return the names that stood there."""
    names = set()
    for suggestion in Suggestion.objects.quotes().filter(article=quote.article_id):
        is_of_it = quote.pk and suggestion.quote_id == quote.pk
        if is_of_it or _overlap(suggestion.found.get("parts", ()), spans):
            names.add(suggestion.found.get("speaker", ""))
            suggestion.found, suggestion.candidates, suggestion.made = (
                without_speaker(suggestion.found),
                [],
                [],
            )
            suggestion.save(update_fields=["found", "candidates", "made"])
    return names - {""}


def _overlap(parts: Iterable[Sequence[int]], spans: Iterable[Sequence[int]]) -> bool:
    return any(a < end and start < b for start, end in parts for a, b in spans)


def _forget_notes(quote: Quote, keys: Iterable[int], names: Iterable[str]) -> None:
    """Drop drafts of corrections that name the source, and the words of log entries on the quotes ``keys`` that do."""
    for draft in CorrectionDraft.objects.filter(article=quote.article_id):
        text = " ".join([draft.wrong, draft.right, *draft.facts])
        if any(name in text for name in names):
            draft.delete()
    kind = ContentType.objects.get_for_model(Quote)
    for entry in LogEntry.objects.filter(content_type=kind, object_id__in=map(str, keys)):
        if any(name in entry.change_message for name in names):
            entry.change_message = ""
            entry.save(update_fields=["change_message"])


def is_quoted_by_name(quote: Quote, row: SourceRow) -> bool:
    """Tell whether the story quotes the same by name: then it has its place there."""
    others = Quote.objects.filter(article=quote.article_id).exclude(pk=quote.pk)
    return others.filter(**{f"{row.kind}__in": row.keys}).exists()


def _forget_mention(article: Article, row: SourceRow) -> None:
    """Drop the name from those that the story names, unless it is printed there."""
    body_text = plain_text(article.body_html)
    for mention in Mention.objects.filter(article=article, **{f"{row.kind}__in": row.keys}):
        if mention.name in body_text:
            continue
        suggestions = Suggestion.objects.filter(mention=mention)
        MergeStep.objects.filter(model=Mention._meta.label_lower, row=mention.pk).delete()
        suggestions.delete()
        mention.delete()


def forget_versions(article: Article, row: SourceRow) -> None:
    """Take the row out of past and waiting versions of a story that is not filed under it now."""
    name, _ = LINKS[row.kind]
    if getattr(article, name).filter(pk__in=row.keys).exists():
        return
    columns = (
        (article.revisions, "snapshot"),
        (article.waiting_changes, "values"),
        (article.proposals, "values"),
        (article.proposals, "base"),
        (article.imported_items, "base_values"),
    )
    for versions, column in columns:
        for version in versions.all():
            values = getattr(version, column) or {}
            links = values.get(name, [])
            if row.keys.isdisjoint(links):
                continue
            values[name] = [key for key in links if key not in row.keys]
            version.save(update_fields=[column])
