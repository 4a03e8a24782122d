"""Whether readers have the record as the newsroom has it."""

from articles.models import Article, Edition

from .compose import compose


def record_is_behind(article: Article, live: Edition) -> bool:
    """Tell whether who is in ``article`` and who said what would read otherwise if it were published now.

    ``article`` as ``with_everything`` reads it; ``live`` is the edition that readers have, of the same revision
    of the text: of another one the places of words cannot be compared, and the next publication brings the record
    along.
    """
    if live.revision_number != article.revision_number:
        return False
    now, then = compose(article, published_at=live.published_at), live.composed
    return (now.quotes, now.people, now.organizations) != (
        then.quotes,
        then.people,
        then.organizations,
    )
