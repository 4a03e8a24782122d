"""A decision about a suggestion -> rows of the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles import clock
from articles.extraction.entity_lookup import EntityLookup, clear_candidate
from articles.extraction.suggest import entity_name, find_candidates
from articles.models import (
    Article,
    Membership,
    Mention,
    Organization,
    Person,
    Quote,
    Suggestion,
    User,
)
from articles.models.snapshots import resolve_keys
from articles.record.quotes.store import create_quote
from articles.record.speaker_choice import (
    DecisionError,
    ResolvedSpeaker,
    SpeakerChoice,
    resolve_speaker,
)

MAX_ROLE_LENGTH = 200
State = Suggestion.State


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an editor may change of a suggestion; None leaves it as it was found.

    ``role`` is the capacity as printed, empty for the role on record. ``kind`` is of ``Quote.Kind``.
    ``role_organization_id`` is the key of the organization in which the role is held: with a mention it makes a
    membership, with a quote it is on whose behalf.
    """

    role: str | None = None
    kind: str | None = None
    role_organization_id: int | None = None


def accept_suggestion(
    suggestion: Suggestion,
    *,
    by: User,
    choice: SpeakerChoice | None = None,
    overrides: Overrides | None = None,
) -> Quote | Mention:
    """Make a suggestion part of the record, as ``choice`` or, without one, as the one clear candidate.

    Raises DecisionError, with nothing stored, when it was decided already, nobody is clear, or the text has changed.
    """
    overrides = validate_overrides(overrides or Overrides())
    with _locked_suggestion(suggestion) as (article, fresh):
        chosen = choice or _clear_choice(fresh)
        is_as_named = choice is None or _is_as_suggested(fresh, choice)
        speaker = resolve_speaker(chosen, by=by)
        fresh.made = [*fresh.made, *speaker.created]
        decided: Quote | Mention
        if fresh.kind == Suggestion.Kind.QUOTE:
            decided = _create_quote(article, fresh, speaker, overrides, by)
            fresh.refresh_from_db(fields=["found", "candidates"])  # without a source not named
            fresh.quote = decided
        else:
            decided = _save_mention(article, fresh, speaker, overrides)
            fresh.mention = decided
        changed = not is_as_named or any(
            value is not None for value in (overrides.role, overrides.kind)
        )
        _close(fresh, State.CHANGED if changed else State.ACCEPTED, by)
    return decided


def reject_suggestion(suggestion: Suggestion, *, by: User) -> None:
    """Say that a suggestion is no quote, or names nobody of the record; it is not asked again. Raises DecisionError."""
    with _locked_suggestion(suggestion) as (_, fresh):
        _close(fresh, State.REJECTED, by)


def accept_clear_suggestions(article: Article, *, by: User, least: float) -> int:
    """Accept every open suggestion of at least ``least`` confidence that names one clear row, names first; count them.

    The code behind an editor's single click, for an operator who says so.
    """
    count = 0
    waiting = article.suggestions.open().likely().filter(confidence__gte=least)
    for suggestion in sorted(
        waiting, key=lambda row: (row.kind != Suggestion.Kind.MENTION, row.start)
    ):
        try:
            accept_suggestion(suggestion, by=by)
        except DecisionError:
            continue
        count += 1
    return count


def validate_overrides(overrides: Overrides) -> Overrides:
    """Return ``overrides``, a merged organization as its survivor. Raises DecisionError for what no row could hold."""
    if overrides.role is not None and len(overrides.role) > MAX_ROLE_LENGTH:
        raise DecisionError(f"A role has at most {MAX_ROLE_LENGTH} letters.")
    key = overrides.role_organization_id
    if not key:
        return overrides
    current_key = resolve_keys(Organization, [key]).get(key)
    if current_key is None:
        raise DecisionError(gettext("That organization no longer exists. Choose again."))
    return replace(overrides, role_organization_id=current_key)


@contextmanager
def _locked_suggestion(suggestion: Suggestion) -> Iterator[tuple[Article, Suggestion]]:
    """Lock the article and read the suggestion anew; two editors never decide it twice."""
    with transaction.atomic():
        article = Article.objects.locked().get(pk=suggestion.article_id)
        fresh = Suggestion.objects.select_related("decided_by").filter(pk=suggestion.pk).first()
        if fresh is None:
            raise DecisionError("It is no longer there: the text has changed since.")
        if fresh.state != State.OPEN:
            decided_by = fresh.decided_by or "somebody"
            raise DecisionError(
                f"{decided_by} has decided about it already: {fresh.get_state_display()}."
            )
        yield article, fresh


def _close(suggestion: Suggestion, state: str, by: User) -> None:
    suggestion.state, suggestion.decided_by, suggestion.decided_at = state, by, clock.now()
    suggestion.save()


def _clear_choice(suggestion: Suggestion) -> SpeakerChoice:
    lookup = EntityLookup([entity_name(suggestion.found)])
    choice = choice_by_mention(suggestion) or clear_candidate(
        find_candidates(suggestion.found, lookup)
    )
    if choice is None:
        raise DecisionError("Choose who it is.")
    return choice if isinstance(choice, SpeakerChoice) else SpeakerChoice.of_candidate(choice)


def choice_by_mention(suggestion: Suggestion) -> SpeakerChoice | None:
    """Return whom an editor has accepted under the same name in the same story, None for nobody."""
    name = entity_name(suggestion.found)
    mention = (
        Mention.objects.filter(article_id=suggestion.article_id, name=name).first()
        if name
        else None
    )
    if mention is None:
        return None
    return (
        SpeakerChoice("person", mention.person_id)
        if mention.person_id
        else SpeakerChoice("organization", mention.organization_id or 0)
    )


def _is_as_suggested(suggestion: Suggestion, choice: SpeakerChoice) -> bool:
    """Tell whether ``choice`` is what the suggestion says: its one clear row, or a new one of its name and kind."""
    data = suggestion.found
    try:
        return _clear_choice(suggestion) == choice
    except DecisionError:
        name = entity_name(data)
        kind = data.get("speaker_type") or data.get("type")
        return (choice.kind, choice.name) == (f"new-{kind}", name)


def _create_quote(
    article: Article,
    suggestion: Suggestion,
    speaker: ResolvedSpeaker,
    overrides: Overrides,
    by: User,
) -> Quote:
    data, day = suggestion.found, story_day(article)
    role = data["role"] if overrides.role is None else overrides.role
    role_on_record = (
        speaker.person.role_on(day) if speaker.person and overrides.role is None else None
    )
    quote = create_quote(
        article,
        data["parts"],
        by=by,
        kind=overrides.kind or _quote_kind(data["kind"]),
        role="" if role_on_record else role,
        on_behalf_of_id=overrides.role_organization_id,
        mention=data["mention"],
        cue=data["cue"],
        basis=data["basis"],
        **speaker.quote_fields,
    )
    _accept_name(article, suggestion, speaker, by)
    return quote


def _quote_kind(kind: str) -> str:
    """Return the kind of a quote; what looked like a title or scare quotes is a partial one when it is one at all."""
    return kind if kind in Quote.Kind.values else Quote.Kind.PARTIAL


def _accept_name(
    article: Article, suggestion: Suggestion, speaker: ResolvedSpeaker, by: User
) -> None:
    """Accept the name of the speaker along with the quote: the editor has just said who that is."""
    name = suggestion.found["speaker"]
    kind = "person" if speaker.person else "organization"
    if not name or speaker.unnamed:
        return
    open_names = article.suggestions.open().filter(kind=Suggestion.Kind.MENTION)
    waiting = next(
        (s for s in open_names if (s.found["name"], s.found["type"]) == (name, kind)), None
    )
    if waiting:
        waiting.mention = _save_mention(article, waiting, speaker, Overrides())
        _close(waiting, State.ACCEPTED, by)


def _save_mention(
    article: Article, suggestion: Suggestion, speaker: ResolvedSpeaker, overrides: Overrides
) -> Mention:
    if speaker.unnamed:
        raise DecisionError("A name names somebody: choose the person or the organization.")
    data = suggestion.found
    role = data["role"] if overrides.role is None else overrides.role
    mention, is_new = Mention.objects.get_or_create(
        article=article,
        person=speaker.person,
        organization=speaker.organization,
        defaults={"name": data["name"], "role": role, "spans": data["spans"]},
    )
    if not is_new:  # a second name of theirs in the same story
        mention.spans = sorted({tuple(span) for span in [*mention.spans, *data["spans"]]})
        mention.role = mention.role or role
        mention.save()
    if speaker.person and overrides.role_organization_id and role:
        suggestion.made += _create_membership(
            speaker.person, overrides.role_organization_id, role, story_day(article)
        )
    return mention


def _create_membership(
    person: Person, organization_id: int, role: str, day: date
) -> list[list[Any]]:
    """Keep that ``person`` holds ``role`` on ``day``, unless that is on record; nobody knows yet since when."""
    existing = person.memberships.filter(organization_id=organization_id, role=role)
    if any(row.holds_on(day.isoformat()) for row in existing):
        return []
    membership = Membership.objects.create(
        person=person,
        organization_id=organization_id,
        role=role[:160],
        start_date=day.isoformat(),
        is_confirmed=True,
    )
    return [["membership", membership.pk]]


def story_day(article: Article) -> date:
    """Return the day that the story carries, in the paper's zone; today for one without a date."""
    return timezone.localdate(article.published_at or clock.now())
