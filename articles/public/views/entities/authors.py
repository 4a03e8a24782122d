"""Those who write for the paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models.authors import Author
from articles.models.editions import Edition
from articles.public.http_cache import conditional_page, permanent_redirect
from articles.public.views.pagination import count_in_words, key_of, read_linked


@require_safe
def author(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """List what somebody wrote, newest first; 301 from any other slug, 404 while no listed story names them."""
    author = get_object_or_404(Author.objects.public(), pk=pk)
    if author.slug != slug:
        return permanent_redirect(author.get_absolute_url())
    after = key_of(request)
    page = read_linked(author, after)
    count = count_in_words(page, after, Edition.objects.listed().linked_to(author))
    context = {"author": author, "page": page, "after": after, "count": count}
    return conditional_page(
        request, "articles/author.html", context, window=page.window, is_dated=False
    )
