"""The organizations in the news."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.conditional import answer, moved
from articles.models.edition_quotes import EditionQuote
from articles.models.organizations import Organization
from articles.models.people import Membership, Person

from .index import index
from .listing import count_in_words, key_of, read_linked
from .sayings import read_newest_of


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """List the organizations that stories are about, A to Z."""
    found = Organization.objects.public()
    return index(request, found, order="name", template="articles/organizations.html")


@require_safe
def organization(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show what an organization is, its people as far as confirmed, and the stories about it."""
    body = get_object_or_404(Organization.objects.public().prefetch_related(_people()), pk=pk)
    if body.slug != slug:
        return moved(body.get_absolute_url())
    after = key_of(request)
    page = read_linked(body, after)
    said = read_newest_of(
        EditionQuote.objects.listed().filter(Q(organization=body) | Q(said_for=body)), after
    )
    context: dict[str, Any] = {
        "organization": body,
        "description": body.description if body.is_confirmed and body.is_description_public else "",
        "members": body.memberships.all(),
        "page": page,
        "after": after,
        "count": count_in_words(page, after),
        "quotes": said.by_year(),
        "all_quotes": said.all_in_words(),
        "all_url": f"{reverse('quotes')}?organization={pk}",
    }
    members = [(m.person.name, m.role, m.start_date, m.end_date) for m in context["members"]]
    return answer(
        request,
        lambda: render(request, "articles/organization.html", context),
        made_of=[
            after,
            body.name,
            body.abbreviation,
            body.kind,
            context["description"],
            members,
            *page.made_of(),
            *said.made_of(),
        ],
        clock=page.clock,
        is_dated=False,
    )


def _people() -> Prefetch:
    """Prefetch the roles that readers may see of people who have a page."""
    has_page = Person.objects.public().filter(pk=OuterRef("person"))
    seen = Membership.objects.filter(Exists(has_page), is_confirmed=True, is_public=True)
    return Prefetch("memberships", seen.select_related("person"))
