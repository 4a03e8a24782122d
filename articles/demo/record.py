"""What the sample newsroom's editor did with the finds of each import: confirm what is clear, then publish."""

from typing import Any

from articles.models import Article, Suggestion, User
from articles.publishing import publish_batch
from articles.record import (
    DecisionError,
    SpeakerChoice,
    accept_clear_suggestions,
    accept_suggestion,
    delete_quote,
)

MIN_CONFIDENCE = 0.85


def confirm_suggestions(run: int, sources: dict[str, dict[str, str]]) -> None:
    """Confirm the clear finds in the stories that ``run`` brought in or changed, by the code of an editor's click.

    Quotes that a newer version of a story has dropped are taken off the record. ``sources`` says of sources that
    are not named, by the words that are theirs, how they are described and why.
    """
    editor = User.objects.get(username="editor")
    for article in _stories(run):
        for quote in article.quotes.detached():
            delete_quote(quote, by=editor)
        for suggestion in article.suggestions.open().quotes():
            _confirm_unnamed(suggestion, sources, editor)
        accept_clear_suggestions(article, by=editor, least=MIN_CONFIDENCE)


def publish_all(run: int) -> None:
    """Publish what ``run`` brought in or changed, each new story from its own date on."""
    chief = User.objects.get(username="chief")
    keys = [article.pk for article in _stories(run)]
    publish_batch(list(Article.objects.with_everything().filter(pk__in=keys)), by=chief)


def _stories(run: int) -> list[Article]:
    articles = Article.objects.filter(
        imported_items__run=run, imported_items__result__in=("created", "updated")
    )
    return list(articles.order_by("pk"))


def _confirm_unnamed(suggestion: Suggestion, sources: dict[str, Any], editor: User) -> None:
    source = sources.get(suggestion.found["text"])
    if source is None:
        return
    choice = SpeakerChoice("unnamed", name=source["as"], reason=source["why"])
    try:
        accept_suggestion(suggestion, by=editor, choice=choice)
    except DecisionError:
        return
