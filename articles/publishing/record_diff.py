"""Whether readers have the record as the newsroom has it."""

from django.utils import timezone

from articles.models import Article, Edition
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise

from . import compose_quotes
from .compose_quotes import StoryRecord


def record_is_outdated(article: Article, live: Edition) -> bool:
    """Tell whether who is in ``article`` and who said what would read otherwise if it were published now.

    ``article`` as ``with_record`` reads it; ``live`` is the edition that readers have, of the same revision
    of the text: of another one the places of words cannot be compared, and the next publication brings the record
    along.
    """
    return has_same_text(article, live) and current_record(article, live) != published_record(live)


def has_same_text(article: Article, live: Edition) -> bool:
    """Tell whether ``live`` was made from the text that ``article`` has now."""
    return live.revision_number == article.revision_number


def current_record(article: Article, live: Edition) -> StoryRecord:
    """Return what ``compose`` would say now of who is in ``article`` and who said what, on the day of ``live``.

    ``article`` as ``with_record`` reads it. The text of ``live`` is taken when it is the same one: cleaning a
    body costs more than all the rest.
    """
    same = has_same_text(article, live)
    body_text = live.body_text if same else plain_text(sanitise(article.body_html))
    return compose_quotes.compose_record(article, body_text, timezone.localdate(live.published_at))


def published_record(live: Edition) -> StoryRecord:
    """Return what ``live`` tells readers of who is in it and who said what."""
    story = live.composed
    return StoryRecord(story.quotes, story.people, story.organizations)
