"""The organizations in the news."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models.edition_quotes import EditionQuote
from articles.models.organizations import Organization
from articles.models.people import Membership, Person
from articles.public.filters import ProfileFilter
from articles.public.http_cache import conditional_page, permanent_redirect
from articles.public.views.pagination import key_of

from .alphabetical_index import list_by_letter
from .profile import profile_context, read_profile

TEMPLATE = "articles/organization.html"


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """List the organizations that stories are about, A to Z: two queries."""
    return list_by_letter(
        request,
        Organization.objects.public(),
        order="name",
        template="articles/organizations.html",
        describe=_describe,
    )


def _describe(organization: Organization) -> str:
    """Say what ``organization`` is, as far as that is known."""
    is_known = organization.kind != Organization.Kind.OTHER
    return str(organization.get_kind_display()) if is_known else ""


@require_safe
def organization(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show what an organization is, its people as far as confirmed, and the stories about it."""
    organization = Organization.objects.public().prefetch_related(_people()).resolve(pk)
    if organization is None:
        raise Http404("No such organization.")
    if (organization.pk, organization.slug) != (pk, slug):
        return permanent_redirect(organization.get_absolute_url())
    after = key_of(request)
    listed = EditionQuote.objects.listed()
    querysets = [listed.filter(organization=organization), listed.filter(said_for=organization)]
    filters = ProfileFilter(request.GET, queryset=listed)
    if not filters.is_valid():
        error_context = {"organization": organization, "errors": filters.reasons()}
        return render(request, TEMPLATE, error_context, status=400)
    profile = read_profile(organization, querysets, filters, after)
    context: dict[str, Any] = {
        "organization": organization,
        "description": organization.public_description,
        "members": list(organization.memberships.all()),
        "speakers": profile.top_speakers,
        "all_url": profile.all_url("organization", pk),
        "profile": profile,
        "after": after,
        "addresses": profile.addresses(after, organization.get_absolute_url()),
    }
    return conditional_page(
        request,
        TEMPLATE,
        context,
        complete=profile_context,
        window=profile.stories.window,
        is_dated=False,
    )


def _people() -> Prefetch:
    """Prefetch the roles that readers may see of people who have a page."""
    has_page = Person.objects.public().filter(pk=OuterRef("person"))
    memberships = Membership.objects.public().filter(Exists(has_page))
    return Prefetch("memberships", memberships.select_related("person"))
