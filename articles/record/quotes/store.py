"""Quotes as rows: kept with their places, by hand too, found again, taken out. ``save_quote`` stores each of them."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction

from articles import clock
from articles.models import Article, Quote, QuotePart, Suggestion, User
from articles.models.quotes import JOINT, joined
from articles.record.speaker_choice import DecisionError, SpeakerChoice, resolve_speaker
from articles.text.html.plain import plain_text

from .links import delete_statement_links
from .source_approval import approval_fields
from .text_quote import Anchor, anchor, clash, find_all
from .unnamed_source import NO_CAPACITY, forget_source

_MARKS = "“”‘’„‚«»\"'"


def create_quote(
    article: Article, spans: Sequence[Sequence[int]], *, by: User | None, **fields: Any
) -> Quote:
    """Store what stands at ``spans`` (start, end; code points of the plain body) as a quote, under the article's lock.

    That a source is not named is approved at once where ``by`` may do that. Raises DecisionError when a span is no
    range of the body or clashes with words that are on record already.
    """
    body_text = plain_text(article.body_html)
    try:
        anchors = [anchor(body_text, start, end) for start, end in spans]
    except ValueError as error:
        raise DecisionError("The text has changed since. Look at it again.") from error
    if not anchors or any(not part.text.strip() for part in anchors):
        raise DecisionError("Choose the words that were said.")
    text = joined([part.text for part in anchors])
    fields |= approval_fields(by) if fields.get("unnamed") else {}
    quote = Quote(article=article, text=text, confirmed_by=by, **fields)
    save_quote(quote, anchors, body_text)
    return quote


def save_quote(quote: Quote, anchors: Sequence[Anchor] | None = None, body_text: str = "") -> None:
    """Store who said ``quote`` and how, under the lock of its article; with ``anchors`` also where in ``body_text``.

    Every door stores a quote here. A source who is not named has a description and no capacity: no role, nobody in
    whose name, no words that name them; and who it was is forgotten in the same transaction. Raises DecisionError, with
    nothing written, where something is wrong with it (``Quote.problems``), or another quote on record has the same
    words of the text.
    """
    with transaction.atomic():
        forget_unnamed_source(quote, anchors)
        if problems := quote.problems():
            raise DecisionError(" ".join(_as_sentence(name, text) for name, text in problems))
        quote.save()
        if anchors is not None:
            replace_parts(quote, anchors, body_text)


def forget_unnamed_source(quote: Quote, anchors: Sequence[Anchor] | None = None) -> None:
    """Take the capacity of a source who is not named out of ``quote``, about to be saved, and forget who it is."""
    if quote.unnamed:
        for name, empty in NO_CAPACITY.items():
            setattr(quote, name, empty)
        forget_source(quote, _spans_of(quote, anchors))


def _as_sentence(field_name: str, problem: str) -> str:
    """Return ``problem``, after the label of its field where there is one."""
    if field_name == NON_FIELD_ERRORS:
        return problem
    labels = {field.name: str(field.verbose_name) for field in Quote._meta.fields}
    return f"{labels[field_name].capitalize()}: {problem}"


def _spans_of(quote: Quote, anchors: Sequence[Anchor] | None) -> list[tuple[int, int]]:
    """Return where the words of ``quote`` stand, nowhere for one that is detached."""
    if anchors is not None:
        return [(part.start, part.end) for part in anchors]
    if quote.pk is None or quote.state != Quote.State.CONFIRMED:
        return []
    return list(quote.parts.values_list("start", "end"))


def replace_parts(quote: Quote, anchors: Sequence[Anchor], body_text: str) -> None:
    """Write where the words of ``quote``, a confirmed one, stand in ``body_text``, in place of what was written before.

    Raises DecisionError, with nothing written, where another quote on record has the same words of the text.
    """
    _require_unquoted(quote, anchors, body_text)
    _write_parts(quote, anchors)


def _write_parts(quote: Quote, anchors: Sequence[Anchor]) -> None:
    quote.parts.all().delete()
    QuotePart.objects.bulk_create(
        QuotePart(
            quote=quote,
            ordinal=ordinal,
            start=part.start,
            end=part.end,
            text=part.text,
            prefix=part.prefix,
            suffix=part.suffix,
        )
        for ordinal, part in enumerate(anchors)
    )


def update_anchors(
    anchored: Sequence[tuple[Quote, list[Anchor], list[Anchor] | None]], body_text: str
) -> list[Quote]:
    """Write for each quote of an article where it stood and stands now, None for nowhere; return those detached by it.

    Those that move let go of their places first, so that they may change them with each other. One that would have
    words of another is detached. The caller holds the article's lock.
    """
    confirmed = [quote for quote, _, _ in anchored if quote.state == Quote.State.CONFIRMED]
    moved = [quote for quote, was, now in anchored if now and now != was]
    QuotePart.objects.filter(quote__in=moved).delete()
    for quote, _, now in anchored:
        if now is None:
            _set_state(quote, Quote.State.DETACHED)
    for quote, was, now in anchored:
        if now and (now != was or quote.state == Quote.State.DETACHED):
            try:
                replace_parts(quote, now, body_text)
            except DecisionError:
                _write_parts(quote, was)
                _set_state(quote, Quote.State.DETACHED)
            else:
                _set_state(quote, Quote.State.CONFIRMED)
    return [quote for quote in confirmed if quote.state == Quote.State.DETACHED]


def _set_state(quote: Quote, state: Quote.State) -> None:
    if quote.state != state:
        quote.state = state
        quote.save(update_fields=["state"])


def add_quote_by_hand(
    article: Article,
    spans: Sequence[Sequence[int]],
    choice: SpeakerChoice,
    *,
    kind: str,
    role: str,
    by: User,
) -> Quote:
    """Keep a quote that an editor selected in the stored text. Raises DecisionError."""
    with transaction.atomic():
        locked = Article.objects.locked().get(pk=article.pk)
        speaker = resolve_speaker(choice, by=by)
        return create_quote(
            locked,
            spans,
            by=by,
            kind=kind,
            role=role,
            basis=Quote.Basis.BY_HAND,
            **speaker.quote_fields,
        )


def reattach_quote(quote: Quote, words: str, *, by: User, number: int = 0) -> None:
    """Let a detached quote be of the ``words`` that stand there now; its public id stays. Raises DecisionError."""
    with transaction.atomic():
        article = Article.objects.locked().get(pk=quote.article_id)
        body_text = plain_text(article.body_html)
        anchors = [anchor(body_text, *span) for span in find_quote_spans(body_text, words, number)]
        quote.text = joined([part.text for part in anchors])
        quote.state, quote.confirmed_by = Quote.State.CONFIRMED, by
        save_quote(quote, anchors, body_text)


def find_quote_spans(body_text: str, words: str, number: int = 0) -> list[tuple[int, int]]:
    """Return where ``words`` as an editor copied them stand in ``body_text``.

    It is one span, or one a part where they hold " … ". Quotation marks around them are left out. ``number``
    (from 1) says which place is meant where there are several; 0 that there is but one. Raises DecisionError.
    """
    spans: list[tuple[int, int]] = []
    for part in words.replace("\r\n", "\n").split(JOINT):
        bare = part.strip().strip(_MARKS).strip()
        starts = [at for at in find_all(bare, body_text) if not spans or at >= spans[-1][1]]
        if not starts:
            raise DecisionError(
                f"These words do not stand in the saved text: “{bare[:80]}”. Copy them letter by letter."
            )
        if len(starts) > 1 and not number and not spans:
            raise DecisionError(
                f"These words stand {len(starts)} times in the text. Say which: 1 to {len(starts)}."
            )
        if not spans and number > len(starts):
            raise DecisionError(f"These words stand only {len(starts)} times in the text.")
        at = starts[max(number, 1) - 1] if not spans else starts[0]
        spans.append((at, at + len(bare)))
    return spans


def _require_unquoted(quote: Quote, anchors: Sequence[Anchor], body_text: str) -> None:
    """Raise DecisionError when words are on record already: nobody says the same words twice.

    A quote within a quote is another one, but not within the reporter's words for what was said.
    """
    quoted = QuotePart.objects.filter(
        quote__article=quote.article_id, quote__state=Quote.State.CONFIRMED
    )
    others = quoted.exclude(quote=quote).values_list("start", "end", "text", "quote__kind")
    for start, end, text, kind in others:
        is_reported = Quote.Kind.INDIRECT in (kind, quote.kind)
        for part in anchors:
            is_shared = start < part.end and part.start < end
            if is_shared and (is_reported or clash(part.span, (start, end), body_text)):
                raise DecisionError(f"Some of these words are on record already: “{text[:80]}”.")


def delete_quote(quote: Quote, *, by: User) -> None:
    """Delete ``quote``, under the lock of its article; the find that it came from counts as rejected by ``by``.

    Readers keep it until the record is published again, and so long its links to other statements stay.
    """
    with transaction.atomic():
        Article.objects.locked().get(pk=quote.article_id)
        Suggestion.objects.filter(quote=quote.pk).update(
            state=Suggestion.State.REJECTED, decided_by=by, decided_at=clock.now(), quote=None
        )
        quote.delete()
        delete_statement_links(quote.quote_key)
