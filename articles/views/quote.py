"""One quote alone, as on a wall, with what one needs to trust and to cite it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import printed
from articles.composed import Composed, Quoted
from articles.conditional import answer, clock_of
from articles.models.edition_quotes import EditionQuote
from articles.models.editions import Edition
from articles.syndication import schema_org
from articles.text.around import around
from articles.text.quoted import clipped, in_marks

from .article import gone
from .sayings import QuotePage, read_quotes
from .statements import read_chain, read_elsewhere

MORE, TITLE = 3, 90
SHORT, LONG = 90, 260  # code points: how large the words are set


@require_safe
def quote(request: HttpRequest, key: str) -> HttpResponse:
    """Show one quote alone; 410 when its story is withdrawn, 404 for what no listed story says now."""
    found = Edition.objects.listed().with_starts().filter(quote_links__quote_key=key)
    edition = found.defer("card_html", "page_html").first()
    if edition is None:
        return _missing(request, key)
    story = edition.composed
    said = next(quote for quote in story.quotes if quote.key == key)
    more, chain = _more(said), read_chain(key)
    elsewhere = read_elsewhere(said, edition.article_id)
    about = {
        "more": more.sayings(),
        "chain": list(chain.statements()),
        "taken_back": chain.taken_back(),
        "elsewhere": elsewhere.sayings(),
    }
    return answer(
        request,
        lambda: render(request, "articles/quote.html", _page(edition, story, said) | about),
        made_of=[edition.pk, key, *more.made_of(), *chain.made_of(), *elsewhere.made_of()],
        clock=clock_of([vars(edition)]),
        is_dated=False,
    )


def _missing(request: HttpRequest, key: str) -> HttpResponse:
    """Answer 410 if readers could once read the quote in a story that is withdrawn now. Raises Http404."""
    once = EditionQuote.objects.filter(quote_key=key, edition__starts_at__lte=timezone.now())
    stories = Edition.objects.live().filter(article_id__in=once.values("edition__article_id"))
    withdrawn = stories.filter(kind=Edition.Kind.WITHDRAWAL).first()
    if withdrawn is None:
        raise Http404("No such quote.")
    return gone(request, withdrawn)


def _more(said: Quoted) -> QuotePage:
    """Read the newest other quotes of the same speaker; nobody knows what else a source who is not named said."""
    others = EditionQuote.objects.listed().exclude(quote_key=said.key).newest()
    if said.person:
        others = others.filter(person=said.person.id)
    elif said.organization:
        others = others.filter(organization=said.organization.id)
    else:
        others = others.none()
    return read_quotes(others, size=MORE)


def _page(edition: Edition, story: Composed, said: Quoted) -> dict[str, Any]:
    """Return what the page of the quote ``said`` of ``story`` shows."""
    story_url = edition.get_absolute_url()
    url = settings.SITE_URL + reverse("quote", args=[said.key])
    words, day = in_marks(said.text, said.kind), printed.moment(edition.published_at, _day(story))
    who = f"{said.speaker}, {said.role}" if said.role else said.speaker
    return {
        "said": said,
        "story": story,
        "words": words,
        "size": "short" if len(words) < SHORT else "long" if len(words) > LONG else "middling",
        "runs": around(story.body_text, said.parts),
        "story_url": story_url,
        "day": _day(story),
        "anchor": "" if said.kind == "indirect" else f"#quote-{said.key}",
        "source_url": said.source_url if said.source_url.startswith(("https:", "http:")) else "",
        "more_url": f"{reverse('quotes')}?{_narrowed(said)}",
        "title": f"{said.speaker}: {clipped(words, TITLE)}",
        "citation": f"{words} {who}, in “{story.headline}”, {settings.PAPER_NAME}, {day}, {url}",
        "url": url,
        "json_ld": schema_org.as_json(
            schema_org.quote_page(said, story, url, settings.SITE_URL + story_url)
        ),
    }


def _narrowed(said: Quoted) -> str:
    """Return the query string of all quotes of the same speaker, empty for who is not named."""
    if said.person:
        return f"person={said.person.id}"
    return f"organization={said.organization.id}" if said.organization else ""


def _day(story: Composed) -> str:
    """Return how much of a story's date a citation says: never the hour."""
    return "day" if story.date_precision == "minute" else story.date_precision
