"""The organizations in the news."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.conditional import answer, moved
from articles.filters import SubjectFilter
from articles.models.edition_quotes import EditionQuote
from articles.models.organizations import Organization
from articles.models.people import Membership, Person

from .index import index
from .listing import end_of, key_of
from .subject import read_subject, shown_of

TEMPLATE = "articles/organization.html"


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """List the organizations that stories are about, A to Z."""
    found = Organization.objects.public()
    return index(request, found, order="name", template="articles/organizations.html")


@require_safe
def organization(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show what an organization is, its people as far as confirmed, and the stories about it."""
    body = Organization.objects.public().prefetch_related(_people()).standing_for(pk)
    if body is None:
        raise Http404("No such organization.")
    if (body.pk, body.slug) != (pk, slug):
        return moved(body.get_absolute_url())
    after = key_of(request)
    listed = EditionQuote.objects.listed()
    said = [listed.filter(organization=body), listed.filter(said_for=body)]
    filters = SubjectFilter(request.GET, queryset=listed, until=end_of(after))
    if not filters.is_valid():
        refused = {"organization": body, "errors": filters.reasons()}
        return render(request, TEMPLATE, refused, status=400)
    subject = read_subject(body, said, filters, after)
    context: dict[str, Any] = {
        "organization": body,
        "description": body.description if body.is_confirmed and body.is_description_public else "",
        "members": body.memberships.all(),
        "voices": subject.voices,
        "all_url": subject.all_url("organization", pk),
    }
    members = [(m.person.name, m.role, m.start_date, m.end_date) for m in context["members"]]
    return answer(
        request,
        lambda: render(request, TEMPLATE, context | shown_of(subject, after)),
        made_of=[
            after,
            body.name,
            body.abbreviation,
            body.kind,
            context["description"],
            members,
            *subject.made_of(),
        ],
        clock=subject.stories.clock,
        is_dated=False,
    )


def _people() -> Prefetch:
    """Prefetch the roles that readers may see of people who have a page."""
    has_page = Person.objects.public().filter(pk=OuterRef("person"))
    seen = Membership.objects.filter(Exists(has_page), is_confirmed=True, is_public=True)
    return Prefetch("memberships", seen.select_related("person"))
