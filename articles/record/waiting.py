"""Finds of many articles that wait: each with its sentence, whom it may mean, and who else is in its story."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from articles.models import Mention, Suggestion
from articles.text.html import plain_text

from .accept import day_of
from .items import Item, Option, Reader

_PER_STORY = 60  # names of one story that are offered


def waiting_items(finds: Sequence[Suggestion]) -> list[tuple[Item, list[Option]]]:
    """Return each of ``finds`` (with their articles), in order, with whom else its story names.

    The number of queries does not depend on how many finds, stories or people there are.
    """
    articles = {one.article_id: one.article for one in finds}
    mentions = list(
        Mention.objects.filter(article__in=articles).select_related("person", "organization")
    )
    reader = Reader(finds, mentions, _texts(finds))
    bodies = {pk: plain_text(article.body_html) for pk, article in articles.items()}
    named = _named(articles, mentions)
    return [
        (
            reader.item(one, bodies[one.article_id], day_of(one.article)),
            named[one.article_id],
        )
        for one in finds
    ]


def _texts(finds: Iterable[Suggestion]) -> list[str]:
    """Return all in ``finds`` that may name somebody on record."""
    return [
        text
        for one in finds
        for text in (one.found.get("speaker") or one.found.get("name") or "", one.found["role"])
    ]


def _named(articles: Iterable[int], mentions: Iterable[Mention]) -> Mapping[int, list[Option]]:
    """Return for each of ``articles`` who is on record in it, then the names in it that wait, as new ones."""
    named: dict[int, list[Option]] = defaultdict(list)
    for one in mentions:
        kind = "person" if one.person_id else "organization"
        row = one.person or one.organization
        role = f" — {one.role}" if one.role else ""
        named[one.article_id].append(Option(f"{kind}:{row.pk}", f"{row}{role}"))
    waits = Suggestion.objects.open().filter(article__in=articles, kind=Suggestion.Kind.MENTION)
    for pk, found in waits.order_by("article", "start").values_list("article_id", "found"):
        if len(named[pk]) < _PER_STORY:
            named[pk].append(by_name(found["name"], found["type"]))
    return named


def by_name(name: str, kind: str) -> Option:
    """Return the answer "the one called ``name``", on record or new: ``named-person=Ada Lund``."""
    return Option(f"named-{kind}={name}", name)
