"""Quotes as rows: kept with their places, by hand too, found again, taken out."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from articles.models import Article, Quote, QuotePart, User
from articles.models.quotes import JOINT, joined
from articles.text.html import plain_text

from .anchor import Anchor, anchor, places
from .approve import approval
from .choice import Choice, Undecided, resolve

_MARKS = "“”‘’„‚«»\"'"


def keep_quote(
    article: Article, spans: Sequence[Sequence[int]], *, by: User | None, **fields: Any
) -> Quote:
    """Store what stands at ``spans`` (start, end; code points of the plain body) as a quote, under the article's lock.

    That a source is not named is approved at once where ``by`` may do that. Raises Undecided when a span is no range of
    the body or overlaps words that are on record already.
    """
    body_text = plain_text(article.body_html)
    try:
        anchors = [anchor(body_text, start, end) for start, end in spans]
    except ValueError as error:
        raise Undecided("The text has changed since. Look at it again.") from error
    if not anchors or any(not one.text.strip() for one in anchors):
        raise Undecided("Choose the words that were said.")
    _demand_free(article, anchors)
    text = joined([one.text for one in anchors])
    fields |= approval(by) if fields.get("unnamed") else {}
    quote = Quote.objects.create(article=article, text=text, confirmed_by=by, **fields)
    put_parts(quote, anchors)
    return quote


def put_parts(quote: Quote, anchors: Sequence[Anchor]) -> None:
    """Write where the words of ``quote`` stand, in place of what was written before."""
    quote.parts.all().delete()
    QuotePart.objects.bulk_create(
        QuotePart(
            quote=quote,
            ordinal=ordinal,
            start=one.start,
            end=one.end,
            text=one.text,
            prefix=one.prefix,
            suffix=one.suffix,
        )
        for ordinal, one in enumerate(anchors)
    )


def add_by_hand(
    article: Article,
    spans: Sequence[Sequence[int]],
    choice: Choice,
    *,
    kind: str,
    role: str,
    by: User,
) -> Quote:
    """Keep a quote that an editor selected in the stored text. Raises Undecided."""
    with transaction.atomic():
        locked = Article.objects.locked().get(pk=article.pk)
        who = resolve(choice, by=by)
        return keep_quote(
            locked,
            spans,
            by=by,
            kind=kind,
            role=role,
            basis=Quote.Basis.BY_HAND,
            **who.speaker,
        )


def reword(quote: Quote, words: str, *, by: User, number: int = 0) -> None:
    """Let a detached quote be of the ``words`` that stand in the text now; its public id stays. Raises Undecided."""
    with transaction.atomic():
        article = Article.objects.locked().get(pk=quote.article_id)
        body_text = plain_text(article.body_html)
        anchors = [anchor(body_text, *span) for span in find_words(body_text, words, number)]
        _demand_free(article, anchors, but=quote)
        put_parts(quote, anchors)
        quote.text = joined([one.text for one in anchors])
        quote.state, quote.confirmed_by = Quote.State.CONFIRMED, by
        quote.save()


def find_words(body_text: str, words: str, number: int = 0) -> list[tuple[int, int]]:
    """Return where ``words`` as an editor copied them stand in ``body_text``.

    It is one span, or one a part where they hold " … ". Quotation marks around them are left out. ``number``
    (from 1) says which place is meant where there are several; 0 that there is but one. Raises Undecided.
    """
    spans: list[tuple[int, int]] = []
    for part in words.replace("\r\n", "\n").split(JOINT):
        bare = part.strip().strip(_MARKS).strip()
        found = [at for at in places(bare, body_text) if not spans or at >= spans[-1][1]]
        if not found:
            raise Undecided(
                f"These words do not stand in the saved text: “{bare[:80]}”. Copy them letter by letter."
            )
        if len(found) > 1 and not number and not spans:
            raise Undecided(
                f"These words stand {len(found)} times in the text. Say which: 1 to {len(found)}."
            )
        if not spans and number > len(found):
            raise Undecided(f"These words stand only {len(found)} times in the text.")
        at = found[max(number, 1) - 1] if not spans else found[0]
        spans.append((at, at + len(bare)))
    return spans


def _demand_free(article: Article, anchors: Sequence[Anchor], but: Quote | None = None) -> None:
    """Raise Undecided when words are on record already: nobody says the same words twice."""
    taken = QuotePart.objects.filter(quote__article=article, quote__state=Quote.State.CONFIRMED)
    if but:
        taken = taken.exclude(quote=but)
    for start, end, text in taken.values_list("start", "end", "text"):
        if any(one.start < end and start < one.end for one in anchors):
            raise Undecided(f"Some of these words are on record already: “{text[:80]}”.")
