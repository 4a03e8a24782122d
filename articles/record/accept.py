"""A decision about a find -> rows of the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.extraction.known import Known, clear
from articles.extraction.suggest import candidates_of, name_in
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

from .choice import Choice, Undecided, Who, resolve
from .keep import keep_quote

LONGEST_ROLE = 200
State = Suggestion.State


@dataclass(frozen=True, slots=True)
class Details:
    """What an editor may change of a find; None leaves it as it was found.

    ``role`` is the capacity as printed, empty for the role on record. ``kind`` is of ``Quote.Kind``. ``seat`` is
    the key of the organization in which the role is held: with a mention it makes a membership, with a quote it
    is on whose behalf.
    """

    role: str | None = None
    kind: str | None = None
    seat: int | None = None


def accept(
    suggestion: Suggestion,
    *,
    by: User,
    choice: Choice | None = None,
    details: Details | None = None,
) -> Quote | Mention:
    """Make a find part of the record, as ``choice`` or, without one, as the one clear candidate.

    Raises Undecided, with nothing stored, when it was decided already, nobody is clear, or the text has changed.
    """
    details = checked(details or Details())
    with _deciding(suggestion) as (article, fresh):
        chosen = choice or _clear_choice(fresh)
        is_as_named = choice is None or _is_as_found(fresh, choice)
        who = resolve(chosen, by=by)
        fresh.made = [*fresh.made, *who.made]
        if fresh.kind == Suggestion.Kind.QUOTE:
            made = _keep_said(article, fresh, who, details, by)
            fresh.quote = made
        else:
            made = _keep_mention(article, fresh, who, details)
            fresh.mention = made
        changed = not is_as_named or any(
            value is not None for value in (details.role, details.kind)
        )
        _close(fresh, State.CHANGED if changed else State.ACCEPTED, by)
    return made


def reject(suggestion: Suggestion, *, by: User) -> None:
    """Say that a find is no quote, or names nobody of the record; it is not asked again. Raises Undecided."""
    with _deciding(suggestion) as (_, fresh):
        _close(fresh, State.REJECTED, by)


def accept_clear(article: Article, *, by: User, least: float) -> int:
    """Accept every open find of at least ``least`` confidence that names one clear row, names first; return how many.

    The code behind an editor's single click, for an operator who says so.
    """
    count = 0
    waiting = article.suggestions.open().likely().filter(confidence__gte=least)
    for suggestion in sorted(
        waiting, key=lambda one: (one.kind != Suggestion.Kind.MENTION, one.start)
    ):
        try:
            accept(suggestion, by=by)
        except Undecided:
            continue
        count += 1
    return count


def checked(details: Details) -> Details:
    """Return ``details``. Raises Undecided for what no row could hold."""
    if details.kind is not None and details.kind not in Quote.Kind.values:
        raise Undecided("Choose whether it is a whole sentence, words within one, or a paraphrase.")
    if details.role is not None and len(details.role) > LONGEST_ROLE:
        raise Undecided(f"A role has at most {LONGEST_ROLE} letters.")
    if details.seat and not Organization.objects.filter(pk=details.seat).exists():
        raise Undecided("That organization is gone. Choose again.")
    return details


@contextmanager
def _deciding(suggestion: Suggestion) -> Iterator[tuple[Article, Suggestion]]:
    """Lock the article and read the suggestion anew; two editors never decide it twice."""
    with transaction.atomic():
        article = Article.objects.locked().get(pk=suggestion.article_id)
        fresh = Suggestion.objects.select_related("decided_by").filter(pk=suggestion.pk).first()
        if fresh is None:
            raise Undecided("It is gone: the text has changed since.")
        if fresh.state != State.OPEN:
            who = fresh.decided_by or "somebody"
            raise Undecided(f"{who} has decided about it already: {fresh.get_state_display()}.")
        yield article, fresh


def _close(suggestion: Suggestion, state: str, by: User) -> None:
    suggestion.state, suggestion.decided_by, suggestion.decided_at = state, by, timezone.now()
    suggestion.save()


def _clear_choice(suggestion: Suggestion) -> Choice:
    known = Known([name_in(suggestion.found)])
    found = named_here(suggestion) or clear(candidates_of(suggestion.found, known))
    if found is None:
        raise Undecided("Choose who it is.")
    return found if isinstance(found, Choice) else Choice.of(found)


def named_here(suggestion: Suggestion) -> Choice | None:
    """Return whom an editor has accepted under the same name in the same story, None for nobody."""
    name = name_in(suggestion.found)
    named = (
        Mention.objects.filter(article_id=suggestion.article_id, name=name).first()
        if name
        else None
    )
    if named is None:
        return None
    return (
        Choice("person", named.person_id)
        if named.person_id
        else Choice("organization", named.organization_id)
    )


def _is_as_found(suggestion: Suggestion, choice: Choice) -> bool:
    """Tell whether ``choice`` is what the find says: its one clear row, or a new one of its name and kind."""
    found = suggestion.found
    try:
        return _clear_choice(suggestion) == choice
    except Undecided:
        name = name_in(found)
        kind = found.get("speaker_type") or found.get("type")
        return (choice.kind, choice.name) == (f"new-{kind}", name)


def _keep_said(
    article: Article, suggestion: Suggestion, who: Who, details: Details, by: User
) -> Quote:
    found, day = suggestion.found, day_of(article)
    role = found["role"] if details.role is None else details.role
    on_record = who.person.role_on(day) if who.person and details.role is None else None
    quote = keep_quote(
        article,
        found["parts"],
        by=by,
        kind=details.kind or _kind(found["kind"]),
        role="" if on_record or who.unnamed else role,
        on_behalf_of_id=details.seat,
        mention=found["mention"],
        cue=found["cue"],
        basis=found["basis"],
        **who.speaker,
    )
    _accept_name(article, suggestion, who, by)
    return quote


def _kind(found: str) -> str:
    """Return the kind of a quote; what looked like a title or scare quotes is a partial one when it is one at all."""
    return found if found in Quote.Kind.values else Quote.Kind.PARTIAL


def _accept_name(article: Article, suggestion: Suggestion, who: Who, by: User) -> None:
    """Accept the name of the speaker along with the quote: the editor has just said who that is."""
    name = suggestion.found["speaker"]
    kind = "person" if who.person else "organization"
    if not name or who.unnamed:
        return
    open_names = article.suggestions.open().filter(kind=Suggestion.Kind.MENTION)
    named = next(
        (s for s in open_names if (s.found["name"], s.found["type"]) == (name, kind)), None
    )
    if named:
        named.mention = _keep_mention(article, named, who, Details())
        _close(named, State.ACCEPTED, by)


def _keep_mention(article: Article, suggestion: Suggestion, who: Who, details: Details) -> Mention:
    if who.unnamed:
        raise Undecided("A name names somebody: choose the person or the organization.")
    found = suggestion.found
    role = found["role"] if details.role is None else details.role
    mention, is_new = Mention.objects.get_or_create(
        article=article,
        person=who.person,
        organization=who.organization,
        defaults={"name": found["name"], "role": role, "spans": found["spans"]},
    )
    if not is_new:  # a second name of theirs in the same story
        mention.spans = sorted({tuple(span) for span in [*mention.spans, *found["spans"]]})
        mention.role = mention.role or role
        mention.save()
    if who.person and details.seat and role:
        suggestion.made += _seat(who.person, details.seat, role, day_of(article))
    return mention


def _seat(person: Person, organization_id: int, role: str, day: date) -> list[list[Any]]:
    """Keep that ``person`` holds ``role`` on ``day``, unless that is on record; nobody knows yet since when."""
    held = person.memberships.filter(organization_id=organization_id, role=role)
    if any(one.holds_on(day.isoformat()) for one in held):
        return []
    membership = Membership.objects.create(
        person=person,
        organization_id=organization_id,
        role=role[:160],
        start_date=day.isoformat(),
        is_confirmed=True,
    )
    return [["membership", membership.pk]]


def day_of(article: Article) -> date:
    """Return the day that the story carries, in the paper's zone; today for one without a date."""
    return timezone.localdate(article.published_at or timezone.now())
