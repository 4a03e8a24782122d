"""Deeds on the record of a story: each does what its button says and tells it in a sentence."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.db.models import QuerySet

from articles.models import Article, Edition, Mention, Organization, Quote, Suggestion, User
from articles.publishing import publish, record_is_behind
from articles.record import (
    Choice,
    Details,
    Undecided,
    accept,
    add_by_hand,
    approve,
    find_words,
    reject,
    remove,
    reword,
    undo,
)
from articles.record.wave import take_up, wave_off
from articles.text.chars import printable
from articles.text.html import plain_text

from .record_cards import NEW, kind_as_found
from .record_panel import ADD, APPROVE, DECIDE, REMOVE, REWORD, TAKE_UP, UNDO, WAVE
from .states import PUBLISH, moment, with_state

Data = Mapping[str, str]
Deed = Callable[[Article, str, Data, User], str]
GONE = "It is gone: the text has changed since."
LONGEST_ROLE = 200
_MARKS = "“”‘’„‚«»\"'"


def cleaned(data: Data) -> dict[str, str]:
    """Return what was sent without characters that no database keeps, line breaks as newlines."""
    return {name: printable(value) for name, value in data.items()}


def accept_as(article: Article, value: str, data: Data, by: User) -> str:
    """Accept the find ``value`` with the answers in its fields."""
    suggestion = _find(article, value)
    key, found = str(suggestion.pk), suggestion.found
    role, kind = _role(data.get(f"role-{key}", found["role"])), data.get(f"kind-{key}", "")
    details = Details(
        role=role if role != found["role"] else None,
        kind=_kind(kind) if kind and kind != kind_as_found(found) else None,
        seat=_seat(data.get(f"seat-{key}", "")),
    )
    made = accept(suggestion, by=by, choice=_choice(key, data), details=details)
    return _on_record(made)


def accept_shown(article: Article, value: str, data: Data, by: User) -> str:
    """Accept a find as its button said: ``17=person:4=Ada Lund``."""
    suggestion, choice = _pinned(article, value)
    return _on_record(accept(suggestion, by=by, choice=choice))


def accept_names(article: Article, value: str, data: Data, by: User) -> str:
    """Accept the names that were shown as clear, a line each; one that somebody has decided meanwhile is left out."""
    count = 0
    for line in value.split("\n"):
        try:
            suggestion, choice = _pinned(article, line)
            accept(suggestion, by=by, choice=choice)
        except Undecided:
            continue
        count += 1
    if not count:
        raise Undecided("None of these names waits any more.")
    return f"{count} name{'s' if count > 1 else ''} accepted."


def reject_find(article: Article, value: str, data: Data, by: User) -> str:
    """Reject the find ``value``."""
    suggestion = _find(article, value)
    reject(suggestion, by=by)
    return f"Rejected: {_short(suggestion.found.get('text') or suggestion.found['name'])}"


def undo_find(article: Article, value: str, data: Data, by: User) -> str:
    """Open the decided find ``value`` again."""
    suggestion = _find(article, value)
    undo(suggestion)
    return f"It waits again: {_short(suggestion.found.get('text') or suggestion.found['name'])}"


def add(article: Article, value: str, data: Data, by: User) -> str:
    """Keep a quote by hand: words copied letter by letter, or selected in the text."""
    spans = selected(plain_text(article.body_html), data)
    choice = _choice(NEW, data)
    kind, role = _kind(data.get(f"kind-{NEW}", "")), _role(data.get(f"role-{NEW}", ""))
    return _on_record(add_by_hand(article, spans, choice, kind=kind, role=role, by=by))


def reword_quote(article: Article, value: str, data: Data, by: User) -> str:
    """Let a loose quote be of the words that stand in the text now."""
    quote, key = _quote(article, value), f"q{value}"
    reword(quote, data.get(f"words-{key}", ""), by=by, number=number(data.get(f"number-{key}", "")))
    return f"The quote is of these words now: {_short(quote.text)}"


def remove_quote(article: Article, value: str, data: Data, by: User) -> str:
    """Take a quote off the record."""
    quote = _quote(article, value)
    remove(quote, by=by)
    return f"Off the record: {_short(quote.text)}"


def approve_source(article: Article, value: str, data: Data, by: User) -> str:
    """Let the source of a quote go unnamed."""
    quote = _quote(article, value)
    approve(quote, by=by)
    return f"Approved: readers are told {quote.unnamed}, no name. {_short(quote.text)}"


def wave_doubt_off(article: Article, value: str, data: Data, by: User) -> str:
    """Wave off the doubt with the fingerprint ``value``, for the reason beside its button."""
    row = wave_off(article, value, reason=data.get(f"reason-{value}", ""), by=by)
    return f"Waved off, because: {row.reason} It comes back when the words change."


def take_doubt_up(article: Article, value: str, data: Data, by: User) -> str:
    """Let a doubt that was waved off stand again."""
    take_up(article, value)
    return "The doubt stands again."


def publish_record(article: Article, value: str, data: Data, by: User) -> str:
    """Give readers the record with the words that they have; raises NotPublishable with every reason."""
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        live = Edition.objects.listed().filter(article=article).first()
        if live is None or live.revision_number != article.revision_number:
            raise Undecided("The text has changes of its own: publish the story, with its record.")
        if Edition.objects.filter(article=article).coming().exists():
            raise Undecided("A publication is scheduled: schedule again to take the record in.")
        if not record_is_behind(with_state(article.pk), live):
            raise Undecided("Readers have this record already.")
        edition = publish(article, by=by, kind=Edition.Kind.MINOR)
    return f"The record is published: readers have it since {moment(edition.starts_at)}."


DEEDS: Mapping[str, tuple[Deed, tuple[str, ...]]] = {
    "accept": (accept_as, DECIDE),
    "accept-shown": (accept_shown, DECIDE),
    "accept-names": (accept_names, DECIDE),
    "reject": (reject_find, DECIDE),
    "undo": (undo_find, UNDO),
    "add": (add, ADD),
    "reword": (reword_quote, REWORD),
    "remove": (remove_quote, REMOVE),
    "approve": (approve_source, APPROVE),
    "wave-off": (wave_doubt_off, WAVE),
    "take-up": (take_doubt_up, TAKE_UP),
    "publish": (publish_record, (PUBLISH,)),
}


def selected(body_text: str, data: Data) -> list[tuple[int, int]]:
    """Return where the words of a quote by hand stand: as selected when the offsets hold them, else as found again.

    Offsets are code points of the plain body. White space and quotation marks at the ends are left out.
    """
    words = data.get(f"words-{NEW}", "")
    start, end = number(data.get("start", "")), number(data.get("end", ""))
    if start < end and body_text[start:end].split() == words.split():
        while start < end and (body_text[start].isspace() or body_text[start] in _MARKS):
            start += 1
        while start < end and (body_text[end - 1].isspace() or body_text[end - 1] in _MARKS):
            end -= 1
        return [(start, end)]
    return find_words(body_text, words, number(data.get(f"number-{NEW}", "")))


def _find(article: Article, value: str) -> Suggestion:
    return _one(article.suggestions.all(), value)


def _quote(article: Article, value: str) -> Quote:
    return _one(article.quotes.all(), value)


def _one(rows: QuerySet, value: str) -> "Suggestion | Quote":
    row = rows.filter(pk=number(value)).first()
    if row is None:
        raise Undecided(GONE)
    return row


def _pinned(article: Article, value: str) -> tuple[Suggestion, Choice]:
    key, _, rest = value.partition("=")
    who, _, name = rest.partition("=")
    return _find(article, key), _read(who, {"name": name})


def _choice(key: str, data: Data) -> Choice:
    answers = {name: data.get(f"{name}-{key}", "") for name in ("name", "reason", "namesake")}
    return _read(data.get(f"who-{key}", ""), answers)


def _read(who: str, answers: Data) -> Choice:
    """Read whom an editor chose; beside a row the other fields say nothing."""
    return Choice.read(who, {} if ":" in who else answers)


def _role(text: str) -> str:
    role = " ".join(text.split())
    if len(role) > LONGEST_ROLE:
        raise Undecided(f"A role has at most {LONGEST_ROLE} letters.")
    return role


def _kind(text: str) -> str:
    if text not in Quote.Kind.values:
        raise Undecided("Choose what kind of quote it is.")
    return text


def _seat(text: str) -> int | None:
    key = number(text)
    if key and not Organization.objects.filter(pk=key).exists():
        raise Undecided("That organization is gone. Choose again.")
    return key or None


def _on_record(made: Quote | Mention) -> str:
    if isinstance(made, Mention):
        return f"Accepted: {made.person or made.organization}."
    return f"On record: {_short(made.text)} {made.speaker}."


def _short(words: str) -> str:
    line = " ".join(words.split())
    return f"“{line if len(line) <= 80 else line[:79].rstrip() + '…'}”"


def number(text: str) -> int:
    """Return a whole number that was sent, 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
