"""The people in the news."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.conditional import answer, moved
from articles.models.edition_quotes import EditionQuote
from articles.models.organizations import Organization
from articles.models.people import Membership, Person

from .index import index
from .listing import count_in_words, key_of, read_linked
from .sayings import read_newest_of


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people whom stories are about, A to Z."""
    return index(
        request, Person.objects.public(), order="sort_name", template="articles/people.html"
    )


@require_safe
def person(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show who somebody is, what is confirmed of their roles, and the stories about them."""
    person = get_object_or_404(Person.objects.public().prefetch_related(_roles()), pk=pk)
    if person.slug != slug:
        return moved(person.get_absolute_url())
    after = key_of(request)
    page = read_linked(person, after)
    said = read_newest_of(EditionQuote.objects.listed().filter(person=person), after)
    context: dict[str, Any] = {
        "person": person,
        "biography": person.biography if person.is_confirmed and person.is_biography_public else "",
        "role": person.role_on(timezone.localdate()),
        "roles": person.memberships.all(),
        "role_then": said.newest_role(),
        "page": page,
        "after": after,
        "count": count_in_words(page, after),
        "quotes": said.by_year(),
        "all_quotes": said.all_in_words(),
        "all_url": f"{reverse('quotes')}?person={pk}",
    }
    shown = [context["biography"], [(str(m), m.start_date, m.end_date) for m in context["roles"]]]
    return answer(
        request,
        lambda: render(request, "articles/person.html", context),
        made_of=[after, person.name, *shown, *page.made_of(), *said.made_of()],
        clock=page.clock,
        is_dated=False,
    )


def _roles() -> Prefetch:
    """Prefetch the roles that readers may see, each with its organization and whether that has a page."""
    has_page = Organization.objects.public().filter(pk=OuterRef("organization"))
    seen = Membership.objects.filter(is_confirmed=True, is_public=True)
    seen = seen.select_related("organization").annotate(has_page=Exists(has_page))
    return Prefetch("memberships", seen)
