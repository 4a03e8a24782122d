"""Finds of many articles that wait: each with its sentence, whom it may mean, and who else is in its story."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from articles.models import Mention, Suggestion
from articles.text.html.plain import plain_text

from .accept import story_day
from .items import Option, ReviewItem, SuggestionReader

_PER_STORY = 60  # names of one story that are offered


def waiting_items(suggestions: Sequence[Suggestion]) -> list[tuple[ReviewItem, list[Option]]]:
    """Return each of ``suggestions`` (with their articles), in order, with whom else its story names.

    The number of queries does not depend on how many suggestions, stories or people there are.
    """
    articles = {suggestion.article_id: suggestion.article for suggestion in suggestions}
    mentions = list(
        Mention.objects.filter(article__in=articles).select_related("person", "organization")
    )
    reader = SuggestionReader(suggestions, mentions, _texts(suggestions))
    body_texts = {pk: plain_text(article.body_html) for pk, article in articles.items()}
    options = _story_options(articles, mentions)
    return [
        (
            reader.item(
                suggestion, body_texts[suggestion.article_id], story_day(suggestion.article)
            ),
            options[suggestion.article_id],
        )
        for suggestion in suggestions
    ]


def _texts(suggestions: Iterable[Suggestion]) -> list[str]:
    """Return all in ``suggestions`` that may name somebody on record."""
    return [
        text
        for suggestion in suggestions
        for text in (
            suggestion.found.get("speaker") or suggestion.found.get("name") or "",
            suggestion.found["role"],
        )
    ]


def _story_options(
    articles: Iterable[int], mentions: Iterable[Mention]
) -> Mapping[int, list[Option]]:
    """Return for each of ``articles`` who is on record in it, then the names in it that wait, as new ones."""
    options: dict[int, list[Option]] = defaultdict(list)
    for mention in mentions:
        kind = "person" if mention.person_id else "organization"
        row = mention.person or mention.organization
        if row is None:
            continue
        role = f" — {mention.role}" if mention.role else ""
        options[mention.article_id].append(Option(f"{kind}:{row.pk}", f"{row}{role}"))
    waits = Suggestion.objects.open().filter(article__in=articles, kind=Suggestion.Kind.MENTION)
    for pk, data in waits.order_by("article", "start").values_list("article_id", "found"):
        if len(options[pk]) < _PER_STORY:
            options[pk].append(option_by_name(data["name"], data["type"]))
    return options


def option_by_name(name: str, kind: str) -> Option:
    """Return the answer "the one called ``name``", on record or new: ``named-person=Ada Lund``."""
    return Option(f"named-{kind}={name}", name)
