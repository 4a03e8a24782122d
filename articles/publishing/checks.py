"""What speaks against publishing, all of it at once, in words that an editor can act on."""

from datetime import datetime

from articles import printed
from articles.models import Article
from articles.text.html import plain_text


class NotPublishable(Exception):
    """Raised instead of publishing. ``reasons`` are sentences for the editor, at least one."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def reasons_against(article: Article, starts_at: datetime) -> list[str]:
    """Return every reason why ``article`` cannot go out at ``starts_at`` (aware); empty when it can."""
    image = article.lead_image
    checks = [
        (article.is_on_hold, "It is on hold. Release the hold first."),
        (
            article.pub_status != Article.PubStatus.USABLE,
            f"The wire says that it is {article.get_pub_status_display()}.",
        ),
        (
            article.embargoed_until and article.embargoed_until > starts_at,
            article.embargoed_until
            and f"It is under embargo until {printed.moment(article.embargoed_until)}. Schedule it for then.",
        ),
        (not article.headline.strip(), "It has no headline."),
        (not plain_text(article.body_html).strip(), "It has no text."),
        (
            article.source and not article.published_at,
            "Its source gave no date. Fill in the date of the story.",
        ),
        (
            article.published_at and article.published_at > starts_at,
            article.published_at
            and f"Its date, {printed.moment(article.published_at)}, is later than its publication.",
        ),
        (
            image is not None and not image.has_alt,
            "Its picture has no alternative text. Describe it, or mark it as decorative.",
        ),
    ]
    return [str(reason) for applies, reason in checks if applies]


def warnings_about(article: Article) -> list[str]:
    """Return what an editor should look at before publishing, though it does not block."""
    image = article.lead_image
    checks = [
        (
            article.is_headline_derived,
            "The headline was made from the first sentence. Write a better one.",
        ),
        (not article.tags.exists(), "It has no tags: readers find it only by date."),
        (image is not None and not image.credit, "Its picture has no credit."),
    ]
    return [warning for applies, warning in checks if applies]
