"""What is not listed changes no page of readers: whole pages, feeds and maps before and after it are the same."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Edition, Tag, editions
from articles.public import site_context
from articles.public.filters import link_walk
from articles.publishing import cancel_schedule, enforce_hold, publish, schedule
from articles.record import sync_record
from articles.record.decisions.accept import accept_suggestion
from tests.factories import (
    make_article,
    make_live,
    make_person,
    make_section,
    make_tag,
    make_user,
    make_withdrawn,
)
from tests.public_addresses import every_endpoint
from tests.rollback import rolled_back
from tests.secret import Secret, make_secret

pytestmark = pytest.mark.django_db

MANY = 5  # more than the tags of the scene are apart
Pages = dict[str, tuple[int, bytes, str]]


def make_scene() -> Secret:
    """Publish a paper whose pages choose by how many stories a tag has: related ones, several tags at once."""
    secret = make_secret()
    common, rare = make_section("Council"), make_tag("Dredging")
    for number in range(4):
        make_live(published_at=datetime(2024, 2, number + 1, tzinfo=UTC), tags=(common, rare))
    for number in range(4):
        make_live(published_at=datetime(2024, 3, number + 1, tzinfo=UTC), tags=(common,))
    make_live(published_at=datetime(2024, 4, 1, tzinfo=UTC), tags=(rare, secret.tag))
    secret.article.tags.add(common, rare)
    publish(secret.article, by=None)
    return secret


def paths_of(secret: Secret) -> list[str]:
    """Return the address of every public page of the scene."""
    paths = [edition.get_absolute_url() for edition in Edition.objects.listed()]
    tags = [secret.tag.slug, "council", "dredging"]
    paths += [f"/tags/{slug}/{end}" for slug in tags for end in ("", "feed/")]
    paths += [f"/articles/?tag={first}&tag={other}" for first, other in permutations(tags, 2)]
    paths += [f"/articles/?tag={slug}&person={secret.person.pk}" for slug in tags]
    paths += [f"{secret.person.get_absolute_url()}?tag={slug}" for slug in tags]
    return list(dict.fromkeys([*paths, *every_endpoint(secret)]))


def read_pages(client: Client, paths: Iterable[str]) -> Pages:
    """Return status, bytes and what caches are told of the pages at ``paths``."""
    site_context.reset()
    pages: Pages = {}
    for path in paths:
        response = client.get(path)
        headers = [response.headers.get(name, "") for name in ("ETag", "Location", "Link")]
        pages[path] = response.status_code, response.getvalue(), " ".join(headers)
    return pages


def hidden_story(secret: Secret, **fields: Any) -> Article:
    tags = (secret.tag, Tag.objects.get(slug="dredging"))
    values: dict[str, Any] = {
        "people": (secret.person,),
        "organizations": (secret.organization,),
    } | fields
    return make_article(headline="Hidden", bylines=("Authorella Penn",), tags=tags, **values)


def in_an_hour() -> datetime:
    return timezone.now() + timedelta(hours=1)


def save_drafts(secret: Secret) -> None:
    for _ in range(MANY):
        hidden_story(secret)


def schedule_stories(secret: Secret) -> None:
    """Some of them bear the date of an old story, as what comes from an archive does."""
    for _ in range(MANY):
        schedule(hidden_story(secret), by=None, at=in_an_hour())
        dated = hidden_story(secret, published_at=datetime(2025, 1, 1, tzinfo=UTC))
        schedule(dated, by=None, at=in_an_hour())


def schedule_and_cancel(secret: Secret) -> None:
    for _ in range(MANY):
        article = hidden_story(secret)
        schedule(article, by=None, at=in_an_hour())
        cancel_schedule(article, by=None)


def schedule_an_update(secret: Secret) -> None:
    secret.article.headline = "Hidden"
    secret.article.save()
    secret.article.tags.set([make_tag("Hidden")])
    schedule(secret.article, by=None, at=in_an_hour())


def hold_before_publication(secret: Secret) -> None:
    for _ in range(MANY):
        article = hidden_story(secret)
        schedule(article, by=None, at=in_an_hour())
        article.is_on_hold = True
        article.save()
        enforce_hold(article, by=None)


def retag_working_copy(secret: Secret) -> None:
    secret.article.tags.set([make_tag("Hidden")])
    secret.article.people.set([make_person("Hidden Person")])
    secret.article.create_revision(None)


def accept_a_suggestion(secret: Secret) -> None:
    article = hidden_story(
        secret, body_html=f"<p>{secret.person.name} met the council. She left at noon.</p>"
    )
    sync_record(article, by=None)
    for suggestion in article.suggestions.open():
        accept_suggestion(suggestion, by=make_user())
    assert article.mentions.exists()


HIDDEN_CHANGES: tuple[Callable[[Secret], None], ...] = (
    save_drafts,
    schedule_stories,
    schedule_and_cancel,
    schedule_an_update,
    hold_before_publication,
    retag_working_copy,
    accept_a_suggestion,
)


def publish_the_same_words(secret: Secret) -> None:
    for _ in range(MANY):
        publish(oldest_story(), by=None, kind=Edition.Kind.MINOR)


def publish_and_withdraw(secret: Secret) -> None:
    for _ in range(MANY):
        make_withdrawn(tags=(secret.tag, Tag.objects.get(slug="dredging")))


def oldest_story() -> Article:
    return Edition.objects.listed().order_by("published_at")[0].article


@pytest.fixture(params=[2000, 3], ids=lambda depth: f"depth-{depth}")
def depth(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Let lists of several tags look at so many links: all, and fewer than there are."""
    for module in (link_walk, editions):
        monkeypatch.setattr(module, "DEEPEST_LINKS", request.param)
    return int(request.param)


def test_no_page_shows_a_difference_after_a_change_that_lists_no_other_story(
    client, depth, subtests
):
    secret = make_scene()
    before = read_pages(client, paths_of(secret))
    for change in HIDDEN_CHANGES:
        with subtests.test(change.__name__), rolled_back():
            change(secret)
            after = read_pages(client, before)
            assert [path for path in before if before[path] != after[path]] == []
        secret.article.refresh_from_db()
    own = f"/articles/{oldest_story().pk}/"  # a story's page tells of its editions
    for change in (publish_the_same_words, publish_and_withdraw):
        others = [p for p in before if change is publish_and_withdraw or not p.startswith(own)]
        with subtests.test(change.__name__), rolled_back():
            change(secret)
            after = read_pages(client, others)
            assert [path for path in others if before[path][:2] != after[path][:2]] == []


def test_a_page_that_is_compared_would_show_one_story_more(client):
    secret = make_scene()
    paths = ("/", "/tags/dredging/", "/articles/?tag=tag-x&tag=dredging", "/feed/")
    assert set(paths) <= set(paths_of(secret))
    before = read_pages(client, paths)
    publish(hidden_story(secret), by=None)
    after = read_pages(client, paths)
    for path in paths:
        assert before[path] != after[path]


def test_only_plans_read_the_kept_counter():
    """It says in which order links are looked at, of stories (``link_walk``) and of quotes (``profile``)."""
    room = Path(link_walk.__file__).parents[1]
    counter = re.compile(r"\blink_count\b")
    readers = {path.name for path in room.rglob("*.py") if counter.search(path.read_text())}
    assert readers == {"link_walk.py", "profile.py"}
    templates = room.parents[1] / "templates" / "articles"
    assert not [path for path in templates.rglob("*.html") if "link_count" in path.read_text()]
