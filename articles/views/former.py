"""Addresses from the system that the paper came from."""

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.conditional import moved
from articles.models.addresses import FormerAddress
from articles.models.editions import Edition
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import Tag
from articles.text.chars import UNPRINTABLE

LONGEST = 500


def redirect(request: HttpRequest) -> HttpResponse | None:
    """Answer 301 to where the address leads now, None if it leads nowhere that readers may go.

    Asked on the way to a 404 only, so that it costs no other page anything.
    """
    asked = request.get_full_path()
    ways = [asked, unquote(asked), request.path, asked.partition("?")[0]]
    ways = [way for way in ways if len(way) <= LONGEST and not UNPRINTABLE.search(way)]
    found = {row.path: row for row in FormerAddress.objects.filter(path__in=ways)}
    row = next((found[way] for way in ways if way in found), None)
    url = row and _now(row)
    return moved(url) if url else None


def _now(row: FormerAddress) -> str | None:
    """Return the address that ``row`` leads to if that is public; a withdrawn story's has no slug in it."""
    if row.article_id:
        edition = Edition.objects.live().filter(article_id=row.article_id).first()
        if edition and edition.is_withdrawal:
            return reverse("article", args=[row.article_id])
        return edition.get_absolute_url() if edition else None
    for model, pk in (
        (Tag, row.tag_id),
        (Person, row.person_id),
        (Organization, row.organization_id),
    ):
        if pk:
            target = model.objects.public().filter(pk=pk).first()
            return target.get_absolute_url() if target else None
    return None
