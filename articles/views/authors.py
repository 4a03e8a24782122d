"""Those who write for the paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.conditional import answer, moved
from articles.models.authors import Author
from articles.models.editions import Edition

from .listing import count_in_words, key_of, read_linked


@require_safe
def author(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """List what somebody wrote, newest first; 301 from any other slug, 404 while no listed story names them."""
    author = get_object_or_404(Author.objects.public(), pk=pk)
    if author.slug != slug:
        return moved(author.get_absolute_url())
    after = key_of(request)
    page = read_linked(author, after)
    count = count_in_words(page, after, Edition.objects.listed().linked_to(author))
    context = {"author": author, "page": page, "after": after, "count": count}
    return answer(
        request,
        lambda: render(request, "articles/author.html", context),
        made_of=[after, author.name, count, *page.made_of()],
        clock=page.clock,
        is_dated=False,
    )
