"""The record follows the text: after each save of a working copy quotes are found again, new ones are looked for."""

import re
from collections.abc import Sequence

from django.db import transaction

from articles.extraction.entity_lookup import EntityLookup
from articles.extraction.suggest import Detection, detect, sync_suggestions
from articles.models import Article, Quote, User
from articles.publishing import enforce_hold
from articles.text.html.plain import plain_text

from .other_speakers import Speakers, is_of_another
from .store import update_anchors
from .text_anchor import find_all_anchors
from .text_quote import Anchor


def sync_record(article: Article, *, by: User | None, with_suggestions: bool = True) -> list[str]:
    """Bring record, suggestions and what readers have in step with ``article`` as it was just saved, under its lock.

    Quotes whose words are gone are detached, those whose words are back are confirmed again. Without
    ``with_suggestions`` nothing new is suggested. Returns sentences for the editor: what came loose, what a hold did.
    """
    body_text = plain_text(article.body_html)
    notes = reanchor_quotes(article, body_text)
    detections: list[Detection] = []
    if with_suggestions:
        lookup = EntityLookup([body_text])
        detections = detect(body_text, lookup)
        sync_suggestions(article, detections, lookup)
    reanchor_mentions(article, body_text, detections)
    return notes + enforce_hold(article, by=by)


def refresh_suggestions(article_id: int) -> int:
    """Look for people and quotes in a stored article, under its lock; return how many suggestions wait then."""
    with transaction.atomic():
        article = Article.objects.locked().filter(pk=article_id).first()
        if article is None:
            return 0
        body_text = plain_text(article.body_html)
        lookup = EntityLookup([body_text])
        sync_suggestions(article, detect(body_text, lookup), lookup)
        return article.suggestions.open().likely().count()


def reanchor_quotes(article: Article, body_text: str) -> list[str]:
    """Find the quotes of ``article`` in ``body_text`` again; return a sentence on each that came loose.

    A quote stays with its own sentence: where that is gone it is detached, though somebody else says the same.
    """
    rows = article.quotes.order_by("confirmed_at", "pk").prefetch_related(
        "parts", "person__other_names", "organization__other_names"
    )
    quotes = list(rows)
    previous = [_anchors(quote) for quote in quotes]
    new_anchors = _find_new_anchors(article, quotes, previous, body_text)
    newly_detached = update_anchors(
        list(zip(quotes, previous, new_anchors, strict=True)), body_text
    )
    return [_detached_note(quote, body_text) for quote in newly_detached]


def _anchors(quote: Quote) -> list[Anchor]:
    return [Anchor(p.start, p.end, p.text, p.prefix, p.suffix) for p in quote.parts.all()]


def _find_new_anchors(
    article: Article, quotes: Sequence[Quote], previous: Sequence[list[Anchor]], body_text: str
) -> list[list[Anchor] | None]:
    """Return where each of ``quotes``, which stood at ``previous``, stands now, None for one that does not any more."""
    detached = {n for n, quote in enumerate(quotes) if quote.state == Quote.State.DETACHED}
    attached = [part for n, anchors in enumerate(previous) if n not in detached for part in anchors]
    before = _text_before(article, attached, body_text) if quotes else ""
    new_anchors = find_all_anchors(previous, body_text, before=before, detached=detached)
    if body_text == before:
        return new_anchors
    known_people = [str(quote.person) for quote in quotes if quote.person]
    speakers_before, speakers_after = (
        Speakers(before, known_people),
        Speakers(body_text, known_people),
    )
    return [
        None
        if now
        and is_of_another(
            quote, was, now, before=None if n in detached else speakers_before, after=speakers_after
        )
        else now
        for n, (quote, was, now) in enumerate(zip(quotes, previous, new_anchors, strict=True))
    ]


def _text_before(article: Article, attached: Sequence[Anchor], body_text: str) -> str:
    """Return the plain body before this save, in which ``attached`` stand; empty where no revision has it.

    The newest revision is that of this save already, unless nothing was kept.
    """
    html_versions = article.revisions.order_by("-number").values_list(
        "snapshot__body_html", flat=True
    )
    texts = [plain_text(html or "") for html in html_versions[:2]]
    is_saved = bool(texts) and texts[0] == body_text
    if is_saved and len(texts) == 1:
        return ""
    candidates = texts[::-1] if is_saved else texts[:1]
    return next((text for text in candidates if all(part.stands_in(text) for part in attached)), "")


def _detached_note(quote: Quote, body_text: str) -> str:
    ending = f"“{quote.text[:80]}”. It cannot be published until you decide about the quote."
    if all(part.text in body_text for part in quote.parts.all()):
        return (
            f"The words of a quote of {quote.speaker} are no longer in the text as said by them, though the same words "
            f"stand there: {ending}"
        )
    return f"The words of a quote of {quote.speaker} are no longer in the text: {ending}"


def reanchor_mentions(article: Article, body_text: str, detections: list[Detection]) -> None:
    """Note where accepted names stand now: where they were found again, else wherever the full name is printed."""
    spans_by_name = {
        detection.found["name"]: detection.found["spans"]
        for detection in detections
        if "name" in detection.found
    }
    for mention in article.mentions.all():
        spans = spans_by_name.get(mention.name) or [
            list(place.span())
            for place in re.finditer(rf"(?<!\w){re.escape(mention.name)}(?!\w)", body_text)
        ]
        if spans != mention.spans:
            mention.spans = spans
            mention.save(update_fields=["spans"])
