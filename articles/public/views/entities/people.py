"""The people in the news."""

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import clock
from articles.models.edition_quotes import EditionQuote
from articles.models.organizations import Organization
from articles.models.people import Membership, Person
from articles.public.filters import ProfileFilter
from articles.public.http_cache import conditional_page, permanent_redirect
from articles.public.views.pagination import key_of

from .alphabetical_index import list_by_letter
from .profile import profile_context, read_profile

TEMPLATE = "articles/person.html"


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people whom stories are about, A to Z: three queries."""
    roles = Membership.objects.public().select_related("organization")
    last_quotes = EditionQuote.objects.listed().filter(person=OuterRef("pk")).newest()
    queryset = Person.objects.public().prefetch_related(Prefetch("memberships", roles))
    return list_by_letter(
        request,
        queryset.annotate(role_then=Subquery(last_quotes.values("role")[:1])),
        order="sort_name",
        template="articles/people.html",
        describe=partial(_describe, day=timezone.localdate(clock.now())),
    )


def _describe(person: Any, day: date) -> str:
    """Say what ``person`` is on ``day``; of whom no role is known, in what role they were quoted last."""
    if role := person.role_on(day):
        return f"{role.role}, {role.organization.name}"
    return "" if person.memberships.all() else person.role_then or ""


@require_safe
def person(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show who somebody is, what is confirmed of their roles, and the stories about them."""
    person = Person.objects.public().prefetch_related(_roles()).resolve(pk)
    if person is None:
        raise Http404("No such person.")
    if (person.pk, person.slug) != (pk, slug):
        return permanent_redirect(person.get_absolute_url())
    after, quotes = key_of(request), EditionQuote.objects.listed().filter(person=person)
    filters = ProfileFilter(request.GET, queryset=quotes)
    if not filters.is_valid():
        error_context = {"person": person, "errors": filters.reasons()}
        return render(request, TEMPLATE, error_context, status=400)
    profile = read_profile(person, [quotes], filters, after)
    context: dict[str, Any] = {
        "person": person,
        "biography": person.public_biography,
        "role": person.role_on(timezone.localdate(clock.now())),
        "roles": list(person.memberships.all()),
        "role_then": profile.quotes.newest_role(),
        "all_url": profile.all_url("person", pk),
        "profile": profile,
        "after": after,
        "addresses": profile.addresses(after, person.get_absolute_url()),
    }
    return conditional_page(
        request,
        TEMPLATE,
        context,
        complete=profile_context,
        window=profile.stories.window,
        is_dated=False,
    )


def _roles() -> Prefetch:
    """Prefetch the roles that readers may see, each with its organization and whether that has a page."""
    has_page = Organization.objects.public().filter(pk=OuterRef("organization"))
    memberships = Membership.objects.public()
    memberships = memberships.select_related("organization").annotate(has_page=Exists(has_page))
    return Prefetch("memberships", memberships)
