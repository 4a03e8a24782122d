"""Actions on the record of a story: each does what its button says and tells it in a sentence."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from articles.admin.changes.unseen import publish_if_seen
from articles.admin.status import PUBLISH, describe_live_since, get_article_with_state
from articles.models import Article, Edition, Mention, Organization, Quote, Suggestion, User
from articles.publishing import publish, record_is_outdated
from articles.record import (
    DecisionError,
    Overrides,
    SpeakerChoice,
    accept_suggestion,
    add_quote_by_hand,
    approve_unnamed_source,
    delete_quote,
    find_quote_spans,
    reattach_quote,
    reject_suggestion,
    undo_decision,
)
from articles.record.checks.dismiss import dismiss_warning, reinstate_warning
from articles.text.characters import printable
from articles.text.html.plain import plain_text
from articles.text.numbers import parse_number

from .cards import BY_HAND_KEY
from .field_values import suggested_kind
from .permissions import ADD, APPROVE, DECIDE, DISMISS, REINSTATE, REMOVE, REWORD, UNDO

PostData = Mapping[str, str]
RecordRow = TypeVar("RecordRow", Suggestion, Quote)
RecordAction = Callable[[Article, str, PostData, User], str]
MISSING_MESSAGE = "It is no longer there: the text has changed since."
_MARKS = "“”‘’„‚«»\"'"


def clean_post(data: PostData) -> dict[str, str]:
    """Return what was sent without characters that no database keeps, line breaks as newlines."""
    return {name: printable(value) for name, value in data.items()}


def accept_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Accept the find ``value`` with the answers in its fields."""
    suggestion = _suggestion(article, value)
    key, detected = str(suggestion.pk), suggestion.found
    role, kind = _role(data.get(f"role-{key}", detected["role"])), data.get(f"kind-{key}", "")
    overrides = Overrides(
        role=role if role != detected["role"] else None,
        kind=kind if kind and kind != suggested_kind(detected) else None,
        role_organization_id=_role_organization(data.get(f"seat-{key}", "")),
    )
    row = accept_suggestion(suggestion, by=by, choice=_choice(key, data), overrides=overrides)
    return _accepted_message(row)


def accept_shown_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Accept a find as its button said: ``17=person:4=Ada Lund``."""
    suggestion, choice = _shown_choice(article, value)
    return _accepted_message(accept_suggestion(suggestion, by=by, choice=choice))


def accept_names_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Accept the names that were shown as clear, a line each; one that somebody has decided meanwhile is left out."""
    count = 0
    for line in value.split("\n"):
        try:
            suggestion, choice = _shown_choice(article, line)
            accept_suggestion(suggestion, by=by, choice=choice)
        except DecisionError:
            continue
        count += 1
    if not count:
        raise DecisionError("None of these names waits any more.")
    return f"{count} name{'s' if count > 1 else ''} accepted."


def reject_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Reject the find ``value``."""
    suggestion = _suggestion(article, value)
    reject_suggestion(suggestion, by=by)
    return f"Rejected: {_short(suggestion.found.get('text') or suggestion.found['name'])}"


def undo_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Open the decided find ``value`` again."""
    suggestion = _suggestion(article, value)
    undo_decision(suggestion)
    return f"It waits again: {_short(suggestion.found.get('text') or suggestion.found['name'])}"


def add_quote_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Keep a quote by hand: words copied letter by letter, or selected in the text."""
    spans = selected_spans(plain_text(article.body_html), data)
    choice = _choice(BY_HAND_KEY, data)
    kind, role = (
        data.get(f"kind-{BY_HAND_KEY}", ""),
        _role(data.get(f"role-{BY_HAND_KEY}", "")),
    )
    return _accepted_message(add_quote_by_hand(article, spans, choice, kind=kind, role=role, by=by))


def reword_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Let a detached quote be of the words that stand in the text now."""
    quote, key = _quote(article, value), f"q{value}"
    reattach_quote(
        quote,
        data.get(f"words-{key}", ""),
        by=by,
        number=parse_number(data.get(f"number-{key}", "")),
    )
    return f"The quote is of these words now: {_short(quote.text)}"


def remove_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Take a quote off the record."""
    quote = _quote(article, value)
    delete_quote(quote, by=by)
    return f"Off the record: {_short(quote.text)}"


def approve_source_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Let the source of a quote go unnamed."""
    quote = _quote(article, value)
    approve_unnamed_source(quote, by=by)
    return f"Approved: readers are told {quote.unnamed}, no name. {_short(quote.text)}"


def dismiss_warning_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Dismiss the warning with the fingerprint ``value``, for the reason beside its button."""
    row = dismiss_warning(article, value, reason=data.get(f"reason-{value}", ""), by=by)
    return f"Dismissed, because: {row.reason} It comes back when the words change."


def reinstate_warning_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Let a warning that was dismissed stand again."""
    reinstate_warning(article, value)
    return "The warning is reinstated."


def publish_record_action(article: Article, value: str, data: PostData, by: User) -> str:
    """Give readers the record with the words that they have; raises NotPublishable with every reason."""
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        live = Edition.objects.listed().filter(article=article).first()
        if live is None or live.revision_number != article.revision_number:
            raise DecisionError(
                "The text has changes of its own: publish the story, with its record."
            )
        if Edition.objects.filter(article=article).coming().exists():
            raise DecisionError("A publication is scheduled: schedule again to take the record in.")
        if not record_is_outdated(get_article_with_state(article.pk), live):
            raise DecisionError("Readers have this record already.")
        action = partial(publish, article, by=by, kind=Edition.Kind.MINOR)
        edition = publish_if_seen(article, action, by=by)
    return f"The record is published: {describe_live_since(edition)}."


ACTIONS: Mapping[str, tuple[RecordAction, tuple[str, ...]]] = {
    "accept": (accept_action, DECIDE),
    "accept-shown": (accept_shown_action, DECIDE),
    "accept-names": (accept_names_action, DECIDE),
    "reject": (reject_action, DECIDE),
    "undo": (undo_action, UNDO),
    "add": (add_quote_action, ADD),
    "reword": (reword_action, REWORD),
    "remove": (remove_action, REMOVE),
    "approve": (approve_source_action, APPROVE),
    "wave-off": (dismiss_warning_action, DISMISS),
    "take-up": (reinstate_warning_action, REINSTATE),
    "publish": (publish_record_action, (PUBLISH,)),
}


def selected_spans(body_text: str, data: PostData) -> list[tuple[int, int]]:
    """Return where the words of a quote by hand stand: as selected when the offsets hold them, else as found again.

    Offsets are code points of the plain body. White space and quotation marks at the ends are left out.
    """
    text = data.get(f"words-{BY_HAND_KEY}", "")
    start, end = parse_number(data.get("start", "")), parse_number(data.get("end", ""))
    if start < end and body_text[start:end].split() == text.split():
        while start < end and (body_text[start].isspace() or body_text[start] in _MARKS):
            start += 1
        while start < end and (body_text[end - 1].isspace() or body_text[end - 1] in _MARKS):
            end -= 1
        return [(start, end)]
    return find_quote_spans(body_text, text, parse_number(data.get(f"number-{BY_HAND_KEY}", "")))


def _suggestion(article: Article, value: str) -> Suggestion:
    return _row(article.suggestions.all(), value)


def _quote(article: Article, value: str) -> Quote:
    return _row(article.quotes.all(), value)


def _row(rows: QuerySet[RecordRow], value: str) -> RecordRow:
    row = rows.filter(pk=parse_number(value)).first()
    if row is None:
        raise DecisionError(MISSING_MESSAGE)
    return row


def _shown_choice(article: Article, value: str) -> tuple[Suggestion, SpeakerChoice]:
    key, _, rest = value.partition("=")
    option_value, _, name = rest.partition("=")
    return _suggestion(article, key), _read_choice(option_value, {"name": name})


def _choice(key: str, data: PostData) -> SpeakerChoice:
    answers = {name: data.get(f"{name}-{key}", "") for name in ("name", "reason", "namesake")}
    return _read_choice(data.get(f"who-{key}", ""), answers)


def _read_choice(option_value: str, answers: PostData) -> SpeakerChoice:
    """Read whom an editor chose; beside a row the other fields say nothing."""
    return SpeakerChoice.read(option_value, {} if ":" in option_value else answers)


def _role(text: str) -> str:
    return " ".join(text.split())


def _role_organization(text: str) -> int | None:
    key = parse_number(text)
    if key and not Organization.objects.filter(pk=key).exists():
        raise DecisionError("That organization no longer exists. Choose again.")
    return key or None


def _accepted_message(row: Quote | Mention) -> str:
    if isinstance(row, Mention):
        return f"Accepted: {row.person or row.organization}."
    return f"On record: {_short(row.text)} {row.speaker}."


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 80 else line[:79].rstrip() + '…'}”"
