"""Whether readers have the record of a story as the newsroom has it."""

from dataclasses import dataclass

from articles.admin.status import compact_datetime, disabled_reasons
from articles.models import Article, Edition, User
from articles.publishing import record_is_outdated


@dataclass(frozen=True, slots=True)
class OutdatedRecord:
    """Why readers do not have the record as it is here, and whether it can be published by itself."""

    message: str
    can_be_published: bool = False


def describe_outdated_record(article: Article, user: User) -> OutdatedRecord | None:
    """Say that readers have another record of ``article`` than the desk, None where they have this one or none."""
    live = Edition.objects.listed().filter(article=article).first()
    if live is None:
        return None
    if live.revision_number != article.revision_number:
        if not article.quotes.all() and not article.mentions.all():
            return None
        return OutdatedRecord(
            "The text has changes that readers do not have; the record goes out with it."
        )
    if not record_is_outdated(article, live):
        return None
    missing = "Readers do not have this record yet."
    if article.scheduled_for:
        at = compact_datetime(article.scheduled_for)
        return OutdatedRecord(
            f"{missing} What is scheduled for {at} was made before: schedule again to take it in."
        )
    reason = disabled_reasons(article, user)["publish"]
    return OutdatedRecord(f"{missing} {reason}".strip(), not reason)
