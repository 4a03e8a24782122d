"""Right of reply: who was asked for their side of a story and has not answered."""

from django.utils import timezone

from articles import printed
from articles.models import Article, RightOfReply


def answers_awaited(article: Article) -> list[str]:
    """Return a sentence for the editor on each request that waits, what was asked first first. One query."""
    waiting = article.replies.waiting().select_related("person", "organization")
    return [_said(one) for one in waiting]


def _said(one: RightOfReply) -> str:
    if one.deadline_at is None:
        return (
            f"{one.asked} was asked on {printed.moment(one.asked_at)}, and no answer is noted yet."
        )
    until = printed.moment(one.deadline_at)
    if one.deadline_at > timezone.now():
        return f"{one.asked} was asked for an answer until {until}. Wait for it, or say in the story that you asked."
    return f"{one.asked} was asked for an answer until {until}; nothing is noted. Note what came of it."
