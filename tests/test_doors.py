"""Nothing that is not published shows at any public door: no word, no name, no picture, no count, no difference."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from articles.models import Article, Quote
from articles.public import site_context
from articles.publishing import publish, schedule
from tests.factories import make_live
from tests.secret import (
    REASON,
    STATES,
    Secret,
    corrected_and_withdrawn,
    draft,
    embargoed,
    make_secret,
    on_hold,
    scheduled,
    spiked,
    withdrawn,
    withdrawn_and_spiked,
)

pytestmark = pytest.mark.django_db

WORKING_TABLES: tuple[str, ...] = ("articles_article", "articles_revision", "articles_byline")
WORKING_TABLES += ("articles_articlesearch", "articles_articlewords", "articles_desknameword")
WORKING_TABLES += ("articles_import", "articles_waitingchange", "articles_othername")
WORKING_TABLES += (
    "articles_quote",
    "articles_quotepart",
    "articles_mention",
    "articles_suggestion",
    "articles_mergestep",
    "articles_distinct",
    "articles_wavedoff",
    "articles_rightofreply",
    "articles_correctiondraft",
    "articles_nameremoval",
    "articles_proposal",
)


def days() -> list[date]:
    """Give the days around now, whatever the zone: of what is published in a test, and of what is scheduled."""
    return [timezone.localdate() + timedelta(days=number) for number in (-1, 0, 1)]


# Who looks for a name is led by every name that readers may know; these doors ask the table of other names for it.
BY_NAME = ("/search/", "/articles/names/", "/articles/?name=")
NAMES = ("leakta", "leaksec", "pau", "leakbo", "deadn")  # typed by who would find out

Paths = Callable[[Secret], list[str]]
ENDPOINTS: dict[str, Paths] = {
    "home": lambda s: ["/"],
    "articles": lambda s: [
        "/articles/",
        f"/articles/?tag={s.tag.slug}",
        f"/articles/?section={s.section.slug}",
        f"/articles/?person={s.person.pk}",
        f"/articles/?organization={s.organization.pk}",
        "/articles/?q=All+about",
        "/articles/?q=uixotical",
        f"/articles/?without={s.tag.slug}",
        f"/articles/?without_person={s.person.pk}&sort=oldest",
        "/articles/?q=story&sort=relevance",
        *(f"/articles/?name={word}" for word in NAMES),
    ],
    "articles_feed": lambda s: [
        "/articles/feed/",
        f"/articles/feed/?tag={s.tag.slug}",
        "/articles/feed/?q=uixotical",
    ],
    "article_names": lambda s: [f"/articles/names/?q={word}" for word in NAMES],
    "article": lambda s: [
        f"/articles/{s.article.pk}/zephyrine-plans-leaked/",
        f"/articles/{s.article.pk}/x/",
        f"/articles/{s.article.pk}/",
    ],
    "article_history": lambda s: [
        f"/articles/{s.article.pk}/zephyrine-plans-leaked/changes/",
        f"/articles/{s.article.pk}/x/changes/",
    ],
    "archive": lambda s: ["/archive/"],
    "archive_year": lambda s: [f"/archive/{day:%Y}/" for day in days()],
    "archive_month": lambda s: [f"/archive/{day:%Y/%m}/" for day in days()],
    "archive_day": lambda s: [f"/archive/{day:%Y/%m/%d}/" for day in days()],
    "tags": lambda s: ["/tags/"],
    "tag": lambda s: [f"/tags/{s.tag.slug}/", f"/tags/{s.section.slug}/"],
    "tag_feed": lambda s: [f"/tags/{s.tag.slug}/feed/"],
    "people": lambda s: ["/people/"],
    "person": lambda s: [
        f"/people/{s.person.pk}/{end}"
        for end in ("person-x/", "x/", "person-x/?tag=tag-x", "person-x/?year=2026")
    ],
    "compare": lambda s: [
        "/people/compare/",
        f"/people/compare/?tag={s.tag.slug}",
        f"/people/compare/?person={s.person.pk}",
        f"/people/compare/?person={s.person.pk}&person={s.person.pk + 1}&tag={s.tag.slug}",
    ],
    "person_feed": lambda s: [f"/people/{s.person.pk}/{s.person.slug}/feed/"],
    "organizations": lambda s: ["/organizations/"],
    "organization": lambda s: [
        f"/organizations/{s.organization.pk}/{s.organization.slug}/{query}"
        for query in ("", "?tag=tag-x", "?year=2026")
    ],
    "organization_feed": lambda s: [
        f"/organizations/{s.organization.pk}/{s.organization.slug}/feed/"
    ],
    "author": lambda s: [f"/authors/{s.author.pk}/authorella-penn/", f"/authors/{s.author.pk}/"],
    "author_feed": lambda s: [
        f"/authors/{s.author.pk}/authorella-penn/feed/",
        f"/authors/{s.author.pk}/x/feed/",
    ],
    "quotes": lambda s: [
        "/quotes/",
        f"/quotes/?tag={s.tag.slug}",
        f"/quotes/?person={s.person.pk}",
        f"/quotes/?organization={s.organization.pk}",
        "/quotes/?q=angerine",
    ],
    "search": lambda s: [  # each word of the secret: tests/public/views/search/test_page_leaks.py
        "/search/",
        "/search/?q=uixotical",
        "/search/?q=quixotical&sort=newest",
        "/search/?q=paula+promis",
    ],
    "quote": lambda s: [f"/quotes/{quote.quote_key}/" for quote in s.quotes],
    "quotes_feed": lambda s: ["/quotes/feed/"],
    "corrections": lambda s: ["/corrections/"],
    "feed": lambda s: ["/feed/"],
    "sitemap": lambda s: ["/sitemap.xml"],
    "sitemap_section": lambda s: [
        f"/sitemap-{kind}-{number}.xml"
        for kind in ("articles", "tags", "people", "organizations", "authors", "quotes")
        for number in (0, 1)
    ],
    "robots": lambda s: ["/robots.txt"],
    "stylesheet": lambda s: ["/paper.css"],
    "script": lambda s: ["/paper.js"],
    "favicon": lambda s: ["/favicon.svg"],
    "picture": lambda s: [f"/media/{s.image.token}/640.jpeg"],
}


def rss_of(paths: Paths) -> Paths:
    """Return the addresses of the same feeds as RSS."""
    return lambda secret: [f"{path}rss/" for path in paths(secret)]


ENDPOINTS |= {f"{name}_rss": rss_of(ENDPOINTS[name]) for name in list(ENDPOINTS) if "feed" in name}


def every_endpoint(secret: Secret) -> list[str]:
    paths = [path for paths in ENDPOINTS.values() for path in paths(secret)]
    return [*paths, "/nothing/here/"]


def public_names() -> set[str]:
    """Collect the names of all addresses but the admin's and the health checks'."""
    names: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for entry in patterns:
            path = prefix + str(entry.pattern)
            if path.startswith(("admin/", "healthz", "readyz")):
                continue
            if isinstance(entry, URLResolver):
                walk(entry.url_patterns, path)
            else:
                names.add(entry.name or path)

    walk(get_resolver().url_patterns, "")
    return names


def test_every_public_address_has_a_row():
    assert public_names() == ENDPOINTS.keys()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_endpoint_shows_what_is_not_live(client, state):
    secret = state()
    make_live(headline="An ordinary story")
    site_context.reset()
    for path in every_endpoint(secret):
        response = client.get(path)
        page = response.headers.get("Location", "") + str(response.headers)
        page += response.getvalue().decode(errors="replace")
        leaked = [word for word in secret.words if word in page.replace(path, "")]
        assert not leaked, f"{path} ({response.status_code}) shows {leaked}"


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_what_only_an_unseen_story_links_answers_404(client, state):
    secret = state()
    for name in ("tag", "person", "organization", "author"):
        for path in ENDPOINTS[name](secret) + ENDPOINTS[f"{name}_feed"](secret):
            assert client.get(path).status_code == 404, path
    assert client.get(ENDPOINTS["picture"](secret)[0]).status_code == 404


@pytest.mark.parametrize(
    "state", [draft, embargoed, scheduled, spiked], ids=lambda state: state.__name__
)
def test_an_unpublished_story_answers_as_one_that_never_was(client, state):
    secret = state()
    for path in (
        ENDPOINTS["article"](secret)
        + ENDPOINTS["article_history"](secret)
        + ENDPOINTS["quote"](secret)
    ):
        real = client.get(path)
        unknown_path = re.sub(r"/articles/\d+/", "/articles/99999999/", path)
        unknown_path = re.sub(r"/quotes/\w+/", "/quotes/aaaaaaaaaa/", unknown_path)
        unknown = client.get(unknown_path)
        assert real.status_code == unknown.status_code == 404
        assert real.content.decode().replace(path, "") == unknown.content.decode().replace(
            unknown_path, ""
        )


@pytest.mark.parametrize(
    "state", [withdrawn, corrected_and_withdrawn, on_hold, withdrawn_and_spiked]
)
def test_a_withdrawn_story_shows_its_reason_and_nothing_else(client, state):
    secret = state()
    reason = "on hold" if state is on_hold else REASON
    for path in ENDPOINTS["article"](secret) + ENDPOINTS["quote"](secret):
        response = client.get(path)
        assert response.status_code == 410
        assert reason in response.content.decode()
    for path in ENDPOINTS["article_history"](secret):
        assert client.get(path).status_code == 410


def test_superseded_words_stand_at_their_one_endpoint_only(client):
    secret = make_secret()
    publish(secret.article, by=None)
    Quote.objects.all().delete()
    changed = {"headline": "Calm news", "dek": "", "kicker": "", "body_html": "<p>Rewritten.</p>"}
    Article.objects.update(**changed)
    publish(secret.article, by=None)
    site_context.reset()
    for path in every_endpoint(secret):
        response = client.get(path, follow=True)
        if "/changes/" in path:
            assert "marmalade" in response.content.decode()
            continue
        page = response.getvalue().decode(errors="replace").replace(path, "")
        for word in ("Zephyrine", "marmalade", "Kickerword", "Tangerine", "Quince", "Leakrole"):
            assert word not in page, path
    assert {client.get(path).status_code for path in ENDPOINTS["quote"](secret)} == {404}


def test_a_hidden_edition_leaves_the_public_history(client):
    secret = make_secret()
    first = publish(secret.article, by=None)
    Quote.objects.all().delete()
    Article.objects.update(headline="Calm news", body_html="<p>Rewritten.</p>")
    publish(secret.article, by=None)
    type(first).objects.filter(pk=first.pk).hide("It endangered a witness.")
    page = client.get(f"/articles/{secret.article.pk}/calm-news/changes/").content.decode()
    for word in ("marmalade", "Zephyrine", "Tangerine", "Quince"):
        assert word not in page
    assert {client.get(path).status_code for path in ENDPOINTS["quote"](secret)} == {404}


def test_a_story_shows_from_the_instant_it_is_scheduled_for(client, monkeypatch):
    secret = make_secret()
    at = timezone.now() + timedelta(hours=1)
    schedule(secret.article, by=None, at=at)
    paths = ENDPOINTS["article"](secret)[0], ENDPOINTS["quote"](secret)[0]
    monkeypatch.setattr(timezone, "now", lambda: at - timedelta(microseconds=1))
    assert [client.get(path).status_code for path in paths] == [404, 404]
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert [client.get(path).status_code for path in paths] == [200, 200]


def test_no_endpoint_reads_a_working_table(client):
    secret = make_secret()
    publish(secret.article, by=None)
    for path in every_endpoint(secret):
        site_context.reset()
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        for query in queries:
            tables = set(re.findall(r'"(articles_\w+)"', query["sql"]))
            working_tables = {
                t for t in tables for w in WORKING_TABLES if t == w or t.startswith(w + "_")
            }
            if path.startswith(BY_NAME):
                working_tables.discard("articles_othername")
            assert not working_tables, f"{path} reads {working_tables}"


def test_what_the_newsroom_notes_of_a_quote_is_nowhere(client):
    secret = make_secret()
    secret.article.quotes.update(
        mention="Notemention", cue="Notecue", unnamed_reason="Notereason: she would lose her post."
    )
    publish(secret.article, by=None)
    for path in every_endpoint(secret):
        page = client.get(path, follow=True).getvalue().decode(errors="replace")
        for word in ("Notemention", "Notecue", "Notereason"):
            assert word not in page, path


def test_a_hidden_name_is_nowhere(client):
    secret = make_secret()
    secret.person.other_names.create(name="Deadname Hidden", visibility="hidden")
    publish(secret.article, by=None)
    for path in every_endpoint(secret):
        page = client.get(path, follow=True).getvalue().decode(errors="replace")
        assert "Deadname" not in page, path
