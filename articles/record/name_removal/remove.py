"""A source's name removed from a story: tried first, then done; what stays is listed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from articles.models import Article, ArticleSearch, NameRemoval, Quote, User
from articles.record.quotes.source_approval import APPROVE, update_approval
from articles.record.quotes.store import save_quote
from articles.record.quotes.unnamed_source import (
    NO_CAPACITY,
    SourceRow,
    is_quoted_by_name,
)
from articles.record.speaker_choice import DecisionError

from .clean import StoryCleaning
from .hits import NameHit, find_hits
from .names import MAX_NAMES, MIN_LETTERS, NamePattern, words_of
from .source_row import RowPlace, delete_row, places_of, subjects_of


@dataclass(frozen=True, slots=True)
class NameDecision:
    """What somebody has decided: the ``names`` that go, how readers see the source, and why it is not named.

    ``deleted_rows`` are tokens of rows (``RowPlace.token``) that are to go for good.
    """

    names: Sequence[str]
    unnamed: str
    unnamed_reason: str
    deleted_rows: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NameReport:
    """What was changed, rows by table; where the name still stands; the rows of people and organizations that stay."""

    counts: Counter[str]
    hits: list[NameHit]
    places: list[RowPlace]
    removal: NameRemoval


class _Tried(Exception):
    """Ends a transaction that was only to show what it would do."""


def preview_name_removal(quote: Quote, decision: NameDecision, *, by: User) -> NameReport:
    """Return what ``remove_source_name`` would do; nothing is changed. Raises DecisionError."""
    reports: list[NameReport] = []
    try:
        with transaction.atomic():
            reports.append(remove_source_name(quote, decision, by=by))
            raise _Tried
    except _Tried:
        return reports[0]


def remove_source_name(quote: Quote, decision: NameDecision, *, by: User) -> NameReport:
    """Let nobody be named as the source of ``quote``, and take the name out of all that is kept with the story.

    One transaction, under the lock of the article. What readers got, the text of the story and its past versions, and
    source files stay as they are: their hits are in the report. Raises DecisionError, with nothing changed, where
    ``by`` may not, no name is given, the description or reason has it, or the story quotes the same by name.
    """
    if not by.has_perm(APPROVE):
        raise DecisionError(
            gettext("Your role may not approve sources that are not named. Ask an editor.")
        )
    names = _valid_names(decision)
    with transaction.atomic():
        article = Article.objects.locked().get(pk=quote.article_id)
        stored = Quote.objects.filter(pk=quote.pk).first()
        if stored is None:
            raise DecisionError(gettext("It is no longer on record: somebody took the quote off."))
        rows = subjects_of(stored, names)
        _require_no_quote_by_name(stored, rows)
        pattern = NamePattern([*names, *(name for row in rows for name in row.names)])
        _require_clean_words(decision, pattern)
        was_filed = _filed(article)
        cleaning = StoryCleaning(article, rows, pattern)
        cleaning.run()
        stored.refresh_from_db()
        _save_unnamed(stored, decision, by)
        if _filed(article) != was_filed:
            article.create_revision(by, note=gettext("The name of a source was removed."))
        ArticleSearch.objects.index_anew([article.pk])  # whatever wrote the text that is stored
        removal = NameRemoval.objects.create(article=article, quote=stored, by=by)
        for place in places_of(rows):
            if place.token in decision.deleted_rows:
                delete_row(place, by=by)
        hits = find_hits(article.pk, rows, pattern)
        return NameReport(cleaning.counts, hits, places_of(rows), removal)


def _valid_names(decision: NameDecision) -> list[str]:
    names = list(dict.fromkeys(" ".join(name.split()) for name in decision.names))
    names = [name for name in names if name]
    if not names:
        raise DecisionError(gettext("Write the name that is to be removed."))
    if len(names) > MAX_NAMES or any(len(name) > 200 for name in names):
        sentence = gettext("At most %(count)s names at once, each of at most 200 letters.")
        raise DecisionError(sentence % {"count": MAX_NAMES})
    for name in names:
        if len("".join(words_of(name))) < MIN_LETTERS:
            raise DecisionError(
                gettext("“%(name)s” is too short to be looked for.") % {"name": name}
            )
    return names


def _require_no_quote_by_name(quote: Quote, rows: Sequence[SourceRow]) -> None:
    for row in rows:
        if is_quoted_by_name(quote, row):
            raise DecisionError(
                gettext(
                    "The story quotes the same source by name elsewhere. Decide about that quote first: "
                    "make it unnamed too, or take it off the record."
                )
            )


def _require_clean_words(decision: NameDecision, pattern: NamePattern) -> None:
    if not decision.unnamed.strip() or not decision.unnamed_reason.strip():
        raise DecisionError(
            gettext("Say first on the quote how readers see the source, and why it is not named.")
        )
    if pattern.is_in_value([decision.unnamed, decision.unnamed_reason]):
        raise DecisionError(gettext("The description and the reason must not have the name."))


def _save_unnamed(quote: Quote, decision: NameDecision, by: User) -> None:
    """Store ``quote`` as of a source not named, by the door of every quote; who approves it is ``by``."""
    unnamed, reason = decision.unnamed.strip(), decision.unnamed_reason.strip()
    is_changed = (quote.unnamed, quote.unnamed_reason) != (unnamed, reason)
    quote.person = quote.organization = None
    quote.unnamed, quote.unnamed_reason = unnamed, reason
    for name, empty in NO_CAPACITY.items():
        setattr(quote, name, empty)
    update_approval(quote, by=by, is_changed=is_changed or quote.approved_at is None)
    save_quote(quote)


def _filed(article: Article) -> dict[str, Any]:
    return {
        name: sorted(getattr(article, name).values_list("pk", flat=True))
        for name in ("people", "organizations")
    }
