"""What is so already: an action that would do it once more says since when, and by whom, and does nothing.

This is for two windows, each with a form of its own; one form that is sent twice is ``admin_site.submissions``.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext

from articles import dates
from articles.models import Article, Correction, Edition, Merge, User, WaitingChange
from articles.publishing import record_is_outdated

from .status import get_article_with_state


def describe_author(by: User | None, user: User) -> str:
    """Say who did something to ``user``, who may be it; None is an import, or an account that is deleted."""
    if by is None:
        return gettext("an import, or an account deleted since")
    return gettext("you") if by == user else by.display_name


def published_already(article: Article, user: User) -> str:
    """Say that readers have ``article``, text and record, as it is stored; empty when they do not.

    The caller holds the lock of the article.
    """
    edition = Edition.objects.listed().filter(article=article).select_related("by").first()
    article = get_article_with_state(article.pk)
    if edition is None or edition.revision_number != article.revision_number:
        return ""
    if record_is_outdated(article, edition):
        return ""
    return _since(
        gettext(
            "Nothing to publish: readers have exactly this already, since {at}, published by {who}."
        ),
        edition.starts_at,
        edition.by,
        user,
    )


def corrected_already(article: Article, words: Mapping[str, str], user: User) -> str:
    """Say that readers have been told these ``words`` about the text as it is stored; empty when they were not.

    ``words`` are wrong, right and weight. The caller holds the lock of the article.
    """
    edition = Edition.objects.listed().filter(article=article).select_related("by").first()
    if edition is None or edition.revision_number != article.revision_number:
        return ""
    if not Correction.objects.filter(edition=edition, **words).exists():
        return ""
    return _since(
        gettext("It is corrected already, in these words, since {at}, by {who}."),
        edition.starts_at,
        edition.by,
        user,
    )


def withdrawn_already(article: Article, user: User) -> str:
    """Say that the story is withdrawn; empty when it is not. The caller holds the lock of the article."""
    live = Edition.objects.live().filter(article=article, kind=Edition.Kind.WITHDRAWAL)
    edition = live.select_related("by").first()
    if edition is None:
        return ""
    return _since(
        gettext("It is withdrawn already, since {at}, by {who}."),
        edition.starts_at,
        edition.by,
        user,
    )


def decided_already(change: WaitingChange, user: User) -> str:
    """Say what was decided about a waiting version; empty while it waits. The caller holds the lock of its article."""
    if change.state == WaitingChange.State.OPEN:
        return ""
    sentences = {
        WaitingChange.State.TAKEN: gettext("It was taken over already, at {at}, by {who}."),
        WaitingChange.State.LEFT: gettext("It was left aside already, at {at}, by {who}."),
        WaitingChange.State.MERGED: gettext(
            "It does not wait any more: a later version came in with it, at {at}, by {who}."
        ),
    }
    sentence = sentences[WaitingChange.State(change.state)]
    return _since(sentence, change.decided_at or change.arrived_at, change.decided_by, user)


def merged_already(merge: Merge, target: object, user: User) -> str:
    """Say into what a row was merged, when and by whom."""
    sentence = gettext("{name} was merged into {target} already, at {at}, by {who}.")
    sentence = sentence.replace("{name}", merge.name).replace("{target}", str(target))
    return _since(sentence, merge.at, merge.by, user)


def undone_already(merge: Merge, user: User) -> str:
    """Say that a merge is undone; empty when it is not."""
    if merge.undone_at is None:
        return ""
    sentence = gettext("It is undone already, since {at}, by {who}.")
    return _since(sentence, merge.undone_at, merge.undone_by, user)


def _since(sentence: str, at: datetime, by: User | None, user: User) -> str:
    return sentence.replace("{at}", dates.format_compact(at)).replace(
        "{who}", describe_author(by, user)
    )
