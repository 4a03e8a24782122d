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
from articles.record.integrity import IntegrityIssue, in_chunks
from articles.text.html.plain import plain_text
from articles.text.quotes.statement_key import statement_key

LINKS = (
    ("people", "person_id", EditionPerson),
    ("organizations", "organization_id", EditionOrganization),
)
REPUBLISH = "Publish the story again; an older edition compare with a backup."
MODELS_BY_KIND: dict[str, type[Model]] = {"person": Person, "organization": Organization}


def orphaned_rows() -> Iterator[IntegrityIssue]:
    """Yield every row of the record that leads nowhere."""
    return chain(
        quotes_without_parts(),
        misplaced_mentions(),
        inconsistent_editions(),
        orphaned_statement_links(),
        decisions_without_rows(),
        broken_merges(),
    )


def quotes_without_parts() -> Iterator[IntegrityIssue]:
    """Yield quotes that stand nowhere in any text."""
    parts = QuotePart.objects.filter(quote=OuterRef("pk"))
    for chunk in in_chunks(Quote.objects.filter(~Exists(parts))):
        for quote in chunk:
            remedy = "Take it off the record, or say again which words it is of."
            yield IntegrityIssue(
                "dangling", "parts", "It has none.", remedy, quote.article_id, quote.quote_key
            )


def misplaced_mentions() -> Iterator[IntegrityIssue]:
    """Yield mentions whose places are no places of the text."""
    mentions = Mention.objects.filter(article=OuterRef("pk"))
    stories = Article.objects.filter(Exists(mentions)).only("body_html")
    for chunk in in_chunks(stories.prefetch_related("mentions")):
        for article in chunk:
            length = len(plain_text(article.body_html))
            for mention in article.mentions.all():
                if not all(_is_place(span, length) for span in mention.spans):
                    message = f"“{mention.name}” is marked outside a text of {length} letters."
                    remedy = "Save the story: its names are looked for again."
                    yield IntegrityIssue("dangling", "mention spans", message, remedy, article.pk)


def _is_place(span: Sequence[int], length: int) -> bool:
    """Tell whether ``span`` is a start and an end within ``length`` letters."""
    return len(span) == 2 and 0 <= span[0] < span[1] <= length


def inconsistent_editions() -> Iterator[IntegrityIssue]:
    """Yield editions whose links and rows of quotes are not those that their page prints."""
    for chunk in in_chunks(
        Edition.objects.filter(article__trashed_at=None).only(
            "article_id", "number", "people", "organizations", "quotes"
        )
    ):
        for name, column, model in LINKS:
            linked = _by_edition(
                model.objects.filter(edition__in=chunk).values("edition_id", column)
            )
            for edition in chunk:
                rows = {row[column] for row in linked[edition.pk]}
                if rows != {link["id"] for link in getattr(edition, name)}:
                    yield _edition_issue(edition, name, "Links and page name different ones.")
        quotes = EditionQuote.objects.filter(edition__in=chunk)
        quote_rows = _by_edition(quotes.values("edition_id", "quote_key", *_COLUMNS))
        for edition in chunk:
            yield from _quote_issues(edition, quote_rows[edition.pk])


_COLUMNS = (
    "kind text unnamed role person_id organization_id said_for_id said_on statement_key"
).split()


def _by_edition(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    by_edition: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_edition[row["edition_id"]].append(row)
    return by_edition


def _quote_issues(edition: Edition, rows: Sequence[dict[str, Any]]) -> Iterator[IntegrityIssue]:
    published = {quote["key"]: _as_row(quote) for quote in edition.quotes}
    stored = {row["quote_key"]: {name: row[name] for name in _COLUMNS} for row in rows}
    for key in sorted(published.keys() | stored.keys()):
        if key not in stored:
            yield _edition_issue(edition, "quotes", "Its page prints a quote that has no row.", key)
        elif key not in published:
            yield _edition_issue(
                edition, "quotes", "A quote has a row and is not on its page.", key
            )
        else:
            names = [name for name in _COLUMNS if published[key][name] != stored[key][name]]
            if names:
                message = f"Row and page differ in {', '.join(names)}."
                yield _edition_issue(edition, "quotes", message, key)


def _as_row(quote: dict[str, Any]) -> dict[str, Any]:
    """Return a quote as an edition prints it in the columns of its row."""
    row = {name: quote[name] for name in ("kind", "text", "unnamed", "role")}
    links = {f"{name}_id": quote[name] for name in ("person", "organization", "said_for")}
    row |= {name: link and link["id"] for name, link in links.items()}
    said_on = date.fromisoformat(quote["said_on"]) if quote["said_on"] else None
    return row | {"said_on": said_on, "statement_key": statement_key(quote["text"])}


def _edition_issue(edition: Edition, name: str, message: str, key: str = "") -> IntegrityIssue:
    field = f"edition {edition.number}, {name}"
    return IntegrityIssue("dangling", field, message, REPUBLISH, edition.article_id, key)


def orphaned_statement_links() -> Iterator[IntegrityIssue]:
    """Yield links between statements of which one is neither on record nor in any edition."""
    for chunk in in_chunks(StatementLink.objects.all()):
        keys = {key for link in chunk for key in (link.later, link.earlier)}
        existing = {
            key
            for rows in (Quote.all_objects, EditionQuote.objects)
            for key in rows.filter(quote_key__in=keys).values_list("quote_key", flat=True)
        }
        for link in chunk:
            for field in ("later", "earlier"):
                if (key := getattr(link, field)) not in existing:
                    message = f"“{link}” is about a quote that exists nowhere."
                    yield IntegrityIssue("dangling", field, message, "Take the link away.", key=key)


def decisions_without_rows() -> Iterator[IntegrityIssue]:
    """Yield accepted suggestions whose quote or mention is gone."""
    State = Suggestion.State
    accepted = Suggestion.objects.filter(state__in=[State.ACCEPTED, State.CHANGED])
    for chunk in in_chunks(accepted.filter(quote=None, mention=None)):
        for suggestion in chunk:
            kind = suggestion.get_kind_display().capitalize()
            message = f"{kind} no. {suggestion.pk} was accepted; what came of it is gone."
            remedy = "Open it again in the record of the story, and decide anew."
            yield IntegrityIssue("dangling", "suggestion", message, remedy, suggestion.article_id)


def broken_merges() -> Iterator[IntegrityIssue]:
    """Yield standing merges whose survivor is not there, or whose merged row still is."""
    for chunk in in_chunks(Merge.objects.active()):
        existing = {kind: _keys(kind, model, chunk) for kind, model in MODELS_BY_KIND.items()}
        merged = set(
            Merge.objects.active()
            .filter(Q(gone__in=[merge.survivor for merge in chunk]))
            .values_list("kind", "gone")
        )
        for merge in chunk:
            field = f"merge {merge.pk}, {merge.kind} {merge.gone}"
            if (
                merge.survivor not in existing[merge.kind]
                and (merge.kind, merge.survivor) not in merged
            ):
                message = (
                    f"“{merge.name}” was merged into no. {merge.survivor}, which does not exist."
                )
                yield IntegrityIssue(
                    "dangling", field, message, "Undo the merge, or restore the row."
                )
            if merge.gone in existing[merge.kind]:
                message = f"“{merge.name}” was merged into no. {merge.survivor} and is still there."
                yield IntegrityIssue(
                    "dangling", field, message, "Undo the merge, then merge again."
                )


def _keys(kind: str, model: type[Model], merges: Iterable[Merge]) -> set[int]:
    keys = {key for merge in merges if merge.kind == kind for key in (merge.gone, merge.survivor)}
    return set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
