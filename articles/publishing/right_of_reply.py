"""Right of reply: who was asked for their side of a story and has not answered."""

from articles import clock, dates
from articles.models import Article, RightOfReply


def pending_replies(article: Article) -> list[str]:
    """Return a sentence for the editor on each request that waits, what was asked first first. One query."""
    waiting = article.replies.waiting().select_related("person", "organization")
    return [_reminder(reply) for reply in waiting]


def _reminder(reply: RightOfReply) -> str:
    if reply.deadline_at is None:
        return f"{reply.addressee} was asked on {dates.format_datetime(reply.asked_at)}, and no answer is noted yet."
    until = dates.format_datetime(reply.deadline_at)
    if reply.deadline_at > clock.now():
        return (
            f"{reply.addressee} was asked for an answer until {until}. "
            "Wait for it, or say in the story that you asked."
        )
    return f"{reply.addressee} was asked for an answer until {until}; nothing is noted. Note what came of it."
