"""What several lists of the desk offer to narrow them by."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import Article, ImportedItem, ImportRun, Suggestion, Tag

MAX_CHOICES = 40


def tag_choices(chosen: str) -> list[tuple[str, str]]:
    """Return the sections, the tags most used and the one ``chosen`` by its slug, as slugs and names."""
    sections = Tag.objects.sections()[:MAX_CHOICES]
    others = Tag.objects.exclude(kind=Tag.Kind.SECTION).order_by("-link_count", "name")
    tags = [*sections, *others[:MAX_CHOICES], *Tag.objects.filter(slug=chosen[:120])]
    return list({tag.slug: tag.name for tag in tags}.items())


def source_choices() -> list[tuple[str, str]]:
    """Return where stories come from; ``-`` is the newsroom itself."""
    sources = (
        ImportRun.objects.exclude(source="").order_by("source").values_list("source", flat=True)
    )
    return [("-", "written here"), *((s, s) for s in sources.distinct()[:MAX_CHOICES])]


def stories_of_run(stories: QuerySet[Article], run: int, subset: str = "") -> QuerySet[Article]:
    """Narrow ``stories`` to those that ``run`` brought or changed last; ``subset`` is a key of ``RUN_SUBSETS``."""
    items = ImportedItem.objects.filter(run=run)
    if subset in ImportedItem.Result.values:
        items = items.filter(result=subset)
    matches = stories.filter(pk__in=items.values("article"))
    suggestions = Suggestion.objects.open().likely().filter(article=OuterRef("pk"))
    conditions = {
        "undated": Q(published_at=None),
        "pictures": Q(ed_note__contains="Not in the library: "),
        "quotes": Q(Exists(suggestions.quotes())),
        "names": Q(Exists(suggestions.filter(kind=Suggestion.Kind.MENTION))),
    }
    return matches.filter(conditions[subset]) if subset in conditions else matches
