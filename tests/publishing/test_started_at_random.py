"""Whatever is done while the clock runs to and fro: nothing that readers had disappears."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest

from articles.models import Article, Edition
from articles.publishing import (
    NotPublishable,
    ScheduleDecision,
    cancel_schedule,
    correct,
    publish,
    schedule,
    withdraw,
)
from tests.factories import make_article
from tests.server_clock import ServerClock
from tests.server_clock import clock as clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _save_and_act(article: Article, rng: random.Random, clock: ServerClock) -> None:
    """Save a story and do one thing with it, as somebody at the desk would."""
    article.create_revision(None)
    at = clock.at + HOUR * rng.uniform(0.1, 6)
    scheduled = Edition.objects.coming().filter(article=article).first()
    decision = ScheduleDecision(scheduled.pk, rng.random() < 0.5) if scheduled else None
    actions = [
        lambda: publish(article, by=None, decision=decision),
        lambda: publish(article, by=None, kind=Edition.Kind.MINOR, decision=decision),
        lambda: schedule(article, by=None, at=at, decision=decision),
        lambda: schedule(article, by=None, at=at, decision=decision),
        lambda: cancel_schedule(article, by=None),
        lambda: cancel_schedule(article, by=None),
        lambda: correct(
            article, by=None, wrong="a", right="b", weight="correction", decision=decision
        ),
        lambda: withdraw(article, by=None, reason="Checking."),
    ]
    with suppress(NotPublishable):
        rng.choice(actions)()


@pytest.mark.parametrize("seed", range(12))
def test_nothing_that_was_ever_live_disappears(clock, seed):
    rng = random.Random(seed)  # noqa: S311 (a test's dice)
    articles = [make_article() for _ in range(3)]
    seen: dict[int, str] = {}
    for _ in range(30):
        _save_and_act(rng.choice(articles), rng, clock)
        seen |= dict(Edition.objects.live().values_list("pk", "body_html"))
        clock.at += HOUR * rng.choice([0, 0.5, 2, 5, -0.2, -1, -4, -30])
        make_article()  # whatever the clock shows, something is stored
        seen |= dict(Edition.objects.live().values_list("pk", "body_html"))
    assert seen
    assert seen == dict(Edition.objects.filter(pk__in=seen).values_list("pk", "body_html"))
    for article in articles:
        editions = list(article.editions.order_by("starts_at"))
        assert [edition.number for edition in editions] == list(range(1, len(editions) + 1))
        for edition, following in zip(editions, editions[1:], strict=False):
            assert edition.ends_at <= following.starts_at
