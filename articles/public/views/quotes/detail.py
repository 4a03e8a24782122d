"""One quote alone, as on a wall, with what one needs to trust and to cite it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import clock, dates
from articles.composed import Composed, QuoteSnapshot
from articles.models.edition_quotes import EditionQuote
from articles.models.editions import Edition
from articles.models.page_urls import keyed_address
from articles.public.http_cache import conditional_page, take_window
from articles.public.syndication import schema_org
from articles.public.views.withdrawn import withdrawn_response
from articles.text.excerpt import sentences_around, shorten
from articles.text.quotes.markup import add_quotation_marks

from .items import QuotePage, read_quotes
from .links import read_chain, read_reprints

MORE, TITLE = 3, 90
SHORT, LONG = 90, 260  # code points: how large the words are set


@require_safe
def quote(request: HttpRequest, key: str) -> HttpResponse:
    """Show one quote alone; 410 when its story is withdrawn, 404 for what no listed story says now."""
    editions = Edition.objects.listed().with_starts().filter(quote_links__quote_key=key)
    edition = editions.defer("card_html", "page_html").first()
    if edition is None:
        return _withdrawn_or_404(request, key)
    story = edition.composed
    snapshot = next(quote for quote in story.quotes if quote.key == key)
    more, chain = _read_more(snapshot), read_chain(key)
    reprints = read_reprints(snapshot, edition.article_id)
    context = {
        "edition": edition,
        "quote": snapshot,
        "more_quotes": more.items(),
        "chain": list(chain.statements()),
        "taken_back": chain.taken_back(),
        "other_printings": reprints.items(),
    }
    return conditional_page(
        request,
        "articles/quote.html",
        context,
        complete=_page,
        window=take_window([vars(edition)]),
        is_dated=False,
    )


def _withdrawn_or_404(request: HttpRequest, key: str) -> HttpResponse:
    """Answer 410 if readers could once read the quote in a story that is withdrawn now. Raises Http404."""
    past_quotes = EditionQuote.objects.filter(quote_key=key, edition__starts_at__lte=clock.now())
    stories = Edition.objects.live().filter(
        article_id__in=past_quotes.values("edition__article_id")
    )
    withdrawn = stories.filter(kind=Edition.Kind.WITHDRAWAL).first()
    if withdrawn is None:
        raise Http404("No such quote.")
    return withdrawn_response(request, withdrawn)


def _read_more(snapshot: QuoteSnapshot) -> QuotePage:
    """Read the newest other quotes of the same speaker; nobody knows what else a source who is not named said."""
    others = EditionQuote.objects.listed().exclude(quote_key=snapshot.key).newest()
    if snapshot.person:
        others = others.filter(person=snapshot.person.id)
    elif snapshot.organization:
        others = others.filter(organization=snapshot.organization.id)
    else:
        others = others.none()
    return read_quotes(others, size=MORE)


def _page(edition: Edition, quote: QuoteSnapshot, **_: object) -> dict[str, Any]:
    """Return what the page of ``quote``, of ``edition``, shows beside it."""
    story, snapshot = edition.composed, quote
    story_url = edition.get_absolute_url()
    url = settings.SITE_URL + keyed_address("quote", snapshot.key)
    quoted_text, day = (
        add_quotation_marks(snapshot.text, snapshot.kind),
        dates.format_datetime(edition.published_at, _date_precision(story)),
    )
    attribution = f"{snapshot.speaker}, {snapshot.role}" if snapshot.role else snapshot.speaker
    return {
        "story": story,
        "words": quoted_text,
        "size": "short"
        if len(quoted_text) < SHORT
        else "long"
        if len(quoted_text) > LONG
        else "middling",
        "runs": sentences_around(story.body_text, snapshot.parts),
        "story_url": story_url,
        "day": _date_precision(story),
        "anchor": "" if snapshot.kind == "indirect" else f"#quote-{snapshot.key}",
        "source_url": snapshot.source_url
        if snapshot.source_url.startswith(("https:", "http:"))
        else "",
        "more_url": f"{reverse('quotes')}?{_speaker_query(snapshot)}",
        "title": f"{snapshot.speaker}: {shorten(quoted_text, TITLE)}",
        "citation": _citation(quoted_text, attribution, story.headline, day, url),
        "url": url,
        "json_ld": schema_org.as_json(
            schema_org.quote_page(snapshot, story, url, settings.SITE_URL + story_url)
        ),
    }


def _citation(words: str, attribution: str, headline: str, day: str, url: str) -> str:
    """Return how to cite the quote, for whoever copies it."""
    text = gettext("%(words)s %(attribution)s, in “%(headline)s”, %(paper)s, %(day)s, %(url)s")
    where = {"headline": headline, "paper": settings.PAPER_NAME, "day": day, "url": url}
    return text % {"words": words, "attribution": attribution, **where}


def _speaker_query(snapshot: QuoteSnapshot) -> str:
    """Return the query string of all quotes of the same speaker, empty for who is not named."""
    if snapshot.person:
        return f"person={snapshot.person.id}"
    return f"organization={snapshot.organization.id}" if snapshot.organization else ""


def _date_precision(story: Composed) -> str:
    """Return how much of a story's date a citation says: never the hour."""
    return "day" if story.date_precision == "minute" else story.date_precision
