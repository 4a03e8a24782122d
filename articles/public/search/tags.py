"""Tags by the words of their names: what a search may be about."""

from django.db.models import Q

from articles.models.tags import Tag, slug_beginning
from articles.text.fold import slugify
from articles.text.search import SearchQuery

MOST_TAGS = 6
MOST_LOOKED_AT = 50


def find_tags(query: SearchQuery) -> list[Tag]:
    """Return tags that readers have whose name is a word of ``query`` or begins with all of them: two queries at most.

    A tag of all the words comes first, then the shorter names.
    """
    words = [word for term in query.terms for word in term.words]
    slug = slugify(" ".join(words), default="")
    if not slug:
        return []
    slugs = [slug, *(slugify(word, default="") for word in words)]
    named = Tag.objects.filter(slug_beginning(slug) | Q(slug__in=slugs)).order_by("slug")
    keys = list(named.values_list("pk", flat=True)[:MOST_LOOKED_AT])
    if not keys:
        return []
    tags = Tag.objects.public().filter(pk__in=keys)
    return sorted(tags, key=lambda tag: _order(tag, slug))[:MOST_TAGS]


def _order(tag: Tag, slug: str) -> tuple[bool, bool, int, str]:
    return tag.slug != slug, not tag.slug.startswith(slug), len(tag.slug), tag.slug
