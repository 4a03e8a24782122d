"""The people in the news."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.conditional import answer, moved
from articles.filters import SubjectFilter
from articles.models.edition_quotes import EditionQuote
from articles.models.organizations import Organization
from articles.models.people import Membership, Person

from .index import index
from .listing import end_of, key_of
from .subject import read_subject, shown_of

TEMPLATE = "articles/person.html"


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people whom stories are about, A to Z."""
    return index(
        request, Person.objects.public(), order="sort_name", template="articles/people.html"
    )


@require_safe
def person(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show who somebody is, what is confirmed of their roles, and the stories about them."""
    person = Person.objects.public().prefetch_related(_roles()).standing_for(pk)
    if person is None:
        raise Http404("No such person.")
    if (person.pk, person.slug) != (pk, slug):
        return moved(person.get_absolute_url())
    after, said = key_of(request), EditionQuote.objects.listed().filter(person=person)
    filters = SubjectFilter(request.GET, queryset=said, until=end_of(after))
    if not filters.is_valid():
        refused = {"person": person, "errors": filters.reasons()}
        return render(request, TEMPLATE, refused, status=400)
    subject = read_subject(person, [said], filters, after)
    context: dict[str, Any] = {
        "person": person,
        "biography": person.biography if person.is_confirmed and person.is_biography_public else "",
        "role": person.role_on(timezone.localdate()),
        "roles": person.memberships.all(),
        "role_then": subject.quotes.newest_role(),
        "all_url": subject.all_url("person", pk),
    }
    shown = [context["biography"], [(str(m), m.start_date, m.end_date) for m in context["roles"]]]
    return answer(
        request,
        lambda: render(request, TEMPLATE, context | shown_of(subject, after)),
        made_of=[after, person.name, *shown, *subject.made_of()],
        clock=subject.stories.clock,
        is_dated=False,
    )


def _roles() -> Prefetch:
    """Prefetch the roles that readers may see, each with its organization and whether that has a page."""
    has_page = Organization.objects.public().filter(pk=OuterRef("organization"))
    seen = Membership.objects.filter(is_confirmed=True, is_public=True)
    seen = seen.select_related("organization").annotate(has_page=Exists(has_page))
    return Prefetch("memberships", seen)
