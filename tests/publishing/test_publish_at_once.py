"""Two people press Publish at once: one edition follows the other, without a gap, an overlap or an error."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from articles.models import Article, Edition
from articles.models.visibility import FOREVER
from articles.publishing import publish
from tests.factories import make_article

EACH = 10


@pytest.mark.django_db(transaction=True)
def test_simultaneous_publishers_leave_one_chain():
    key = make_article().pk

    def publish_often(_: int) -> None:
        try:
            for _ in range(EACH):
                publish(Article.objects.get(pk=key), by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(publish_often, range(4)))

    editions = list(Edition.objects.order_by("starts_at"))
    assert [edition.number for edition in editions] == list(range(1, 4 * EACH + 1))
    assert [e.ends_at for e in editions] == [e.starts_at for e in editions[1:]] + [FOREVER]
