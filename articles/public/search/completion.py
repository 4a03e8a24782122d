"""What a list can be narrowed by, completed from a few letters: people, organizations, and tags by their names."""

from dataclasses import dataclass

from articles.models.tags import FormerTagName, Tag, slug_beginning
from articles.text.fold import fold, slugify

from .names import find_names

MOST_COMPLETIONS = 8
SHORTEST = 2  # letters: one alone is the beginning of too much


@dataclass(frozen=True, slots=True)
class Completion:
    """A row that a list can be narrowed by: the ``filter`` and its ``value`` in an address, and the row's name.

    ``kind`` is "person", "organization" or a kind of tag; ``other_name`` the name it was found by, if it is not that.
    """

    filter: str
    value: str
    name: str
    kind: str
    other_name: str = ""


def complete_names(text: str, most: int = MOST_COMPLETIONS) -> list[Completion]:
    """Return ``most`` public rows of each kind at most whose names ``text`` begins, the likeliest first.

    People and organizations are found by any words of their names, tags by the beginning of their present or former
    name. Names of exactly these letters come first. A few queries, each a range of an index.
    """
    folded = fold(text)
    if len(folded.replace(" ", "")) < SHORTEST:
        return []
    completions = [*_complete_entities(text, most), *_complete_tags(folded, most)]
    return sorted(completions, key=lambda row: folded not in (fold(row.name), fold(row.other_name)))


def _complete_entities(text: str, most: int) -> list[Completion]:
    completions = []
    for name in find_names(text, most):
        kind = str(name.entity._meta.model_name)
        other = name.name if name.is_other and name.is_shown else ""
        completions.append(Completion(kind, str(name.entity.pk), name.entity.name, kind, other))
    return completions


def _complete_tags(folded: str, most: int) -> list[Completion]:
    slug = slugify(folded, limit=120, default="")
    if not slug:
        return []
    public = Tag.objects.public()
    tags = {tag.pk: (tag, "") for tag in public.beginning_with(slug)[:most]}
    former = FormerTagName.objects.filter(slug_beginning(slug), tag__in=public)
    for name in former.select_related("tag").order_by("slug")[:most]:
        tags.setdefault(name.tag_id, (name.tag, name.name))
    return [
        Completion(
            "section" if tag.kind == Tag.Kind.SECTION else "tag",
            tag.slug,
            tag.name,
            tag.kind,
            other,
        )
        for tag, other in list(tags.values())[:most]
    ]
