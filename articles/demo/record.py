"""What the sample newsroom's editor did with the finds of each import: confirm what is clear, then publish."""

from typing import Any

from articles.models import Article, Suggestion, User
from articles.publishing import publish_batch
from articles.record import Choice, Undecided, accept, accept_clear, remove

SURE = 0.85


def confirm(run: int, sources: dict[str, dict[str, str]]) -> None:
    """Confirm the clear finds in the stories that ``run`` brought in or changed, by the code of an editor's click.

    Quotes that a newer version of a story has dropped are taken off the record. ``sources`` says of sources that
    are not named, by the words that are theirs, how they are described and why.
    """
    editor = User.objects.get(username="editor")
    for article in _stories(run):
        for quote in article.quotes.detached():
            remove(quote, by=editor)
        for suggestion in article.suggestions.open().quotes():
            _confirm_unnamed(suggestion, sources, editor)
        accept_clear(article, by=editor, least=SURE)


def publish_all(run: int) -> None:
    """Publish what ``run`` brought in or changed, each new story from its own date on."""
    chief = User.objects.get(username="chief")
    keys = [article.pk for article in _stories(run)]
    publish_batch(list(Article.objects.with_everything().filter(pk__in=keys)), by=chief)


def _stories(run: int) -> list[Article]:
    found = Article.objects.filter(
        imported_items__run=run, imported_items__result__in=("created", "updated")
    )
    return list(found.order_by("pk"))


def _confirm_unnamed(suggestion: Suggestion, sources: dict[str, Any], editor: User) -> None:
    said = sources.get(suggestion.found["text"])
    if said is None:
        return
    choice = Choice("unnamed", name=said["as"], reason=said["why"])
    try:
        accept(suggestion, by=editor, choice=choice)
    except Undecided:
        return
