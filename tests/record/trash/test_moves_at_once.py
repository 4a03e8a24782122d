"""P1, two hands at once: publishing and putting away wait for each other; no edition leads into the trash."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from articles.models import Article, EditionTag, Tag, TrashEntry
from articles.publishing import NotPublishable, publish
from articles.record.trash.moves import NotTrashable, move_to_trash
from tests.factories import make_article, make_tag

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run ``actions`` in threads that start together; return what each returned, or the refusal it raised."""
    barrier = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=20)
            return action()
        except (NotTrashable, NotPublishable) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_a_story_is_either_published_or_spiked():
    for _ in range(ROUNDS):
        article = make_article()
        outcomes = at_once(
            partial(publish, article, by=None),
            partial(move_to_trash, Article(pk=article.pk), by=None, reason="Overtaken."),
        )
        assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1
        is_spiked = not Article.objects.filter(pk=article.pk).exists()
        assert is_spiked != article.editions.exists()


def test_no_edition_leads_to_a_tag_in_the_trash():
    for _ in range(ROUNDS):
        tag = make_tag()
        article = make_article(tags=(tag,))
        at_once(
            partial(publish, article, by=None),
            partial(move_to_trash, tag, by=None),
        )
        is_trashed = not Tag.objects.filter(pk=tag.pk).exists()
        assert is_trashed != EditionTag.objects.filter(tag=tag.pk).exists()


def test_two_who_spike_it_at_once_do_it_once():
    article = make_article()
    entries = at_once(
        *[partial(move_to_trash, Article(pk=article.pk), by=None, reason="Overtaken.")] * 4
    )
    assert {entry.pk for entry in entries} == {TrashEntry.objects.get().pk}
    assert article.revisions.count() == 2
