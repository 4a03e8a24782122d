"""What speaks against publishing, all of it at once, in words that an editor can act on."""

from datetime import datetime

from articles import dates
from articles.models import Article, Quote
from articles.text.excerpt import shorten
from articles.text.html.plain import plain_text

from .quote_checks import quote_blockers
from .right_of_reply import pending_replies


class NotPublishable(Exception):
    """Raised instead of publishing. ``reasons`` are sentences for the editor, at least one."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def publish_blockers(article: Article, starts_at: datetime) -> list[str]:
    """Return every reason why ``article`` cannot go out at ``starts_at`` (aware); empty when it can."""
    image = article.lead_image
    body_text = plain_text(article.body_html)
    rules = [
        (article.is_on_hold, "It is on hold. Release the hold first."),
        (
            article.pub_status != Article.PubStatus.USABLE,
            f"The wire says that it is {article.get_pub_status_display()}.",
        ),
        (
            article.embargoed_until and article.embargoed_until > starts_at,
            article.embargoed_until
            and f"It is under embargo until {dates.format_datetime(article.embargoed_until)}. Schedule it for then.",
        ),
        (not article.headline.strip(), "It has no headline."),
        (not body_text.strip(), "It has no text."),
        (
            article.source and not article.published_at,
            "Its source gave no date. Fill in the date of the story.",
        ),
        (
            article.published_at and article.published_at > starts_at,
            article.published_at
            and f"Its date, {dates.format_datetime(article.published_at)}, is later than its publication.",
        ),
        (
            image is not None and not image.has_alt,
            "Its picture has no alternative text. Describe it, or mark it as decorative.",
        ),
    ]
    reasons = [str(reason) for applies, reason in rules if applies]
    reasons += [_detached_reason(quote) for quote in detached_quotes(article, body_text)]
    return reasons + quote_blockers(article.quotes.all(), starts_at)


def detached_quotes(article: Article, body_text: str) -> list[Quote]:
    """Return the quotes on record whose words do not stand in ``body_text``, whatever their state says."""
    return [
        quote
        for quote in article.quotes.all()
        if quote.state == Quote.State.DETACHED or not quote.stands_in(body_text)
    ]


def _detached_reason(quote: Quote) -> str:
    return (
        f"A quote of {quote.speaker} is on record whose words are no longer in the text: “{shorten(quote.text)}” "
        "Put the words back, or decide about the quote in the record."
    )


def publish_warnings(article: Article) -> list[str]:
    """Return what an editor should look at before publishing, though it does not block."""
    image = article.lead_image
    checks = [
        (
            article.is_headline_derived,
            "The headline was made from the first sentence. Write a better one.",
        ),
        (not article.tags.exists(), "It has no tags: readers find it only by date."),
        (image is not None and not image.credit, "Its picture has no credit."),
        (
            waiting := article.suggestions.open().quotes().likely().count(),
            f"{waiting} of its quotes {'waits' if waiting == 1 else 'wait'} for a decision: "
            "readers get the story without them on record.",
        ),
    ]
    return [warning for applies, warning in checks if applies] + pending_replies(article)
