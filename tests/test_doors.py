"""Nothing that is not published shows at any public door: no word, no name, no picture, no count, no difference."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Quote
from articles.public import site_context
from articles.publishing import publish, schedule
from tests.factories import make_live
from tests.public_addresses import BY_NAME, ENDPOINTS, every_endpoint, public_names
from tests.secret import (
    REASON,
    STATES,
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


def test_what_the_newsroom_notes_of_a_quote_is_nowhere_nor_is_a_hidden_name(client):
    secret = make_secret()
    secret.article.quotes.update(
        mention="Notemention", cue="Notecue", unnamed_reason="Notereason: she would lose her post."
    )
    secret.person.other_names.create(name="Deadname Hidden", visibility="hidden")
    publish(secret.article, by=None)
    for path in every_endpoint(secret):
        page = client.get(path, follow=True).getvalue().decode(errors="replace")
        for word in ("Notemention", "Notecue", "Notereason", "Deadname"):
            assert word not in page, path
