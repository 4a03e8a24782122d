"""Rows of the record that lead nowhere, or that say something else than the row beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from articles.models import (
    Article,
    Edition,
    EditionOrganization,
    EditionPerson,
    EditionQuote,
    Mention,
    Merge,
    Organization,
    Person,
    Quote,
    QuotePart,
    StatementLink,
    Suggestion,
)
from articles.text.html import plain_text
from articles.text.statement import statement_key

from .found import Found, in_chunks

LINKS = (
    ("people", "person_id", EditionPerson),
    ("organizations", "organization_id", EditionOrganization),
)
AGAIN = "Publish the story again; an older edition compare with a backup."
ROWS: dict[str, type[Model]] = {"person": Person, "organization": Organization}


def dangling() -> Iterator[Found]:
    """Yield every row of the record that leads nowhere."""
    return chain(
        quotes_without_parts(),
        mentions_outside(),
        editions_at_odds(),
        statements_of_nothing(),
        decisions_without_rows(),
        merges_into_nothing(),
    )


def quotes_without_parts() -> Iterator[Found]:
    """Yield quotes that stand nowhere in any text."""
    parts = QuotePart.objects.filter(quote=OuterRef("pk"))
    for chunk in in_chunks(Quote.objects.filter(~Exists(parts))):
        for quote in chunk:
            remedy = "Take it off the record, or say again which words it is of."
            yield Found(
                "dangling", "parts", "It has none.", remedy, quote.article_id, quote.quote_key
            )


def mentions_outside() -> Iterator[Found]:
    """Yield mentions whose places are no places of the text."""
    mentions = Mention.objects.filter(article=OuterRef("pk"))
    stories = Article.objects.filter(Exists(mentions)).only("body_html")
    for chunk in in_chunks(stories.prefetch_related("mentions")):
        for article in chunk:
            length = len(plain_text(article.body_html))
            for mention in article.mentions.all():
                if not all(_is_place(span, length) for span in mention.spans):
                    words = f"“{mention.name}” is marked outside a text of {length} letters."
                    remedy = "Save the story: its names are looked for again."
                    yield Found("dangling", "mention spans", words, remedy, article.pk)


def _is_place(span: Sequence[int], length: int) -> bool:
    """Tell whether ``span`` is a start and an end within ``length`` letters."""
    return len(span) == 2 and 0 <= span[0] < span[1] <= length


def editions_at_odds() -> Iterator[Found]:
    """Yield editions whose links and rows of quotes are not those that their page prints."""
    for chunk in in_chunks(
        Edition.objects.only("article_id", "number", "people", "organizations", "quotes")
    ):
        for name, column, model in LINKS:
            linked = _by_edition(
                model.objects.filter(edition__in=chunk).values("edition_id", column)
            )
            for edition in chunk:
                rows = {row[column] for row in linked[edition.pk]}
                if rows != {link["id"] for link in getattr(edition, name)}:
                    yield _at_odds(edition, name, "Links and page name different ones.")
        quotes = EditionQuote.objects.filter(edition__in=chunk)
        said = _by_edition(quotes.values("edition_id", "quote_key", *_COLUMNS))
        for edition in chunk:
            yield from _quotes_at_odds(edition, said[edition.pk])


_COLUMNS = (
    "kind text unnamed role person_id organization_id said_for_id said_on statement_key"
).split()


def _by_edition(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["edition_id"]].append(row)
    return found


def _quotes_at_odds(edition: Edition, rows: Sequence[dict[str, Any]]) -> Iterator[Found]:
    printed = {quote["key"]: _as_row(quote) for quote in edition.quotes}
    stored = {row["quote_key"]: {name: row[name] for name in _COLUMNS} for row in rows}
    for key in sorted(printed.keys() | stored.keys()):
        if key not in stored:
            yield _at_odds(edition, "quotes", "Its page prints a quote that has no row.", key)
        elif key not in printed:
            yield _at_odds(edition, "quotes", "A quote has a row and is not on its page.", key)
        else:
            names = [name for name in _COLUMNS if printed[key][name] != stored[key][name]]
            if names:
                words = f"Row and page differ in {', '.join(names)}."
                yield _at_odds(edition, "quotes", words, key)


def _as_row(quote: dict[str, Any]) -> dict[str, Any]:
    """Return a quote as an edition prints it in the columns of its row."""
    row = {name: quote[name] for name in ("kind", "text", "unnamed", "role")}
    links = {f"{name}_id": quote[name] for name in ("person", "organization", "said_for")}
    row |= {name: link and link["id"] for name, link in links.items()}
    said_on = date.fromisoformat(quote["said_on"]) if quote["said_on"] else None
    return row | {"said_on": said_on, "statement_key": statement_key(quote["text"])}


def _at_odds(edition: Edition, name: str, words: str, key: str = "") -> Found:
    field = f"edition {edition.number}, {name}"
    return Found("dangling", field, words, AGAIN, edition.article_id, key)


def statements_of_nothing() -> Iterator[Found]:
    """Yield links between statements of which one is neither on record nor in any edition."""
    for chunk in in_chunks(StatementLink.objects.all()):
        keys = {key for link in chunk for key in (link.later, link.earlier)}
        there = {
            key
            for model in (Quote, EditionQuote)
            for key in model.objects.filter(quote_key__in=keys).values_list("quote_key", flat=True)
        }
        for link in chunk:
            for field in ("later", "earlier"):
                if (key := getattr(link, field)) not in there:
                    words = f"“{link}” is about a quote that exists nowhere."
                    yield Found("dangling", field, words, "Take the link away.", key=key)


def decisions_without_rows() -> Iterator[Found]:
    """Yield accepted finds whose quote or mention is gone."""
    State = Suggestion.State
    taken = Suggestion.objects.filter(state__in=[State.ACCEPTED, State.CHANGED])
    for chunk in in_chunks(taken.filter(quote=None, mention=None)):
        for one in chunk:
            words = f"{one.get_kind_display().capitalize()} no. {one.pk} was accepted; what came of it is gone."
            remedy = "Open it again in the record of the story, and decide anew."
            yield Found("dangling", "suggestion", words, remedy, one.article_id)


def merges_into_nothing() -> Iterator[Found]:
    """Yield standing merges whose survivor is not there, or whose merged row still is."""
    for chunk in in_chunks(Merge.objects.standing()):
        there = {kind: _keys(kind, model, chunk) for kind, model in ROWS.items()}
        merged = set(
            Merge.objects.standing()
            .filter(Q(gone__in=[one.survivor for one in chunk]))
            .values_list("kind", "gone")
        )
        for one in chunk:
            field = f"merge {one.pk}, {one.kind} {one.gone}"
            if one.survivor not in there[one.kind] and (one.kind, one.survivor) not in merged:
                words = f"“{one.name}” was merged into no. {one.survivor}, which does not exist."
                yield Found("dangling", field, words, "Undo the merge, or restore the row.")
            if one.gone in there[one.kind]:
                words = f"“{one.name}” was merged into no. {one.survivor} and is still there."
                yield Found("dangling", field, words, "Undo the merge, then merge again.")


def _keys(kind: str, model: type[Model], merges: Iterable[Merge]) -> set[int]:
    keys = {key for one in merges if one.kind == kind for key in (one.gone, one.survivor)}
    return set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
