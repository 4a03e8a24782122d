"""…/changes/: the public history of a story, the one door to superseded words."""

import re

import pytest

from articles.models import Edition
from articles.public import site_context
from articles.publishing import correct, publish, withdraw
from tests.factories import make_live, make_user
from tests.marks import marks

pytestmark = pytest.mark.django_db


def edit(edition: Edition, **fields: str) -> None:
    """Change the working copy of ``edition``."""
    for name, value in fields.items():
        setattr(edition.article, name, value)
    edition.article.save()


@pytest.fixture
def story() -> Edition:
    """Give a story of three editions: sofa, settee (a correction), bench."""
    edition = make_live(slug="sofa", body_html="<p>I bought a sofa yesterday.</p>")
    edit(edition, body_html="<p>I bought a settee yesterday.</p>")
    correct(
        edition.article,
        by=None,
        wrong="We called it a sofa.",
        right="It was a settee.",
        weight="correction",
    )
    edit(edition, body_html="<p>I bought a bench yesterday.</p>")
    return publish(edition.article, by=None)


def page(client, story: Edition) -> str:
    return client.get(f"{story.get_absolute_url()}changes/").content.decode()


def test_changes_show_what_came_and_went_the_newest_first(client, story):
    html = page(client, story)
    assert marks("settee", "bench") in html
    assert marks("sofa", "settee") in html
    assert html.index(marks(added="bench")) < html.index(marks(added="settee"))


def test_changes_say_what_was_corrected(client, story):
    html = page(client, story)
    assert "We called it a sofa." in html
    assert "It was a settee." in html


def test_changes_cost_two_queries(client, story, django_assert_num_queries):
    site_context.current()
    with django_assert_num_queries(2):
        page(client, story)


def test_the_words_of_a_hidden_edition_show_nowhere(client, story):
    Edition.objects.filter(number=2).hide("A court has ordered it.")
    html = page(client, story)
    assert "settee" not in html
    assert "It was a settee" not in html
    assert "A court has ordered it." in html
    assert marks("sofa", "bench") in html


def test_a_change_of_the_headline_is_a_change(client):
    edition = make_live(headline="Eleven for", slug="vote")
    edit(edition, headline="Twelve for")
    publish(edition.article, by=None)
    assert marks("Eleven", "Twelve") in page(client, edition)


def test_a_withdrawal_between_two_editions_is_said_with_its_reason(client, story):
    withdraw(story.article, by=None, reason="We are checking it.")
    again = publish(story.article, by=make_user(is_superuser=True), reason="All was right.")
    assert "We are checking it." in page(client, again)


def test_a_withdrawn_story_has_no_history(client, story):
    withdraw(story.article, by=None, reason="We are checking it.")
    response = client.get(f"/articles/{story.article_id}/sofa/changes/")
    assert response.status_code == 410
    assert "bench" not in response.content.decode()


def test_another_slug_leads_to_the_right_one(client, story):
    response = client.get(f"/articles/{story.article_id}/x/changes/")
    assert (response.status_code, response["Location"]) == (
        301,
        f"/articles/{story.article_id}/sofa/changes/",
    )


def test_a_long_history_is_paged(client, monkeypatch, story):
    monkeypatch.setattr("articles.public.views.articles.history.SIZE", 2)
    html = page(client, story)
    assert "Edition 3" in html
    assert "Edition 1" not in html
    assert marks("sofa", "settee") in html
    earlier = client.get(f"{story.get_absolute_url()}changes/?before=2").content.decode()
    assert "Edition 1" in earlier


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 30, "%00"])
def test_a_number_that_is_none_is_not_found(client, story, before):
    assert client.get(f"{story.get_absolute_url()}changes/?before={before}").status_code == 404


def test_a_number_before_all_editions_shows_none(client, story):
    assert client.get(f"{story.get_absolute_url()}changes/?before=1").status_code == 404


def test_a_figure_that_was_wrong_and_the_right_one_never_run_together(client):
    edition = make_live(slug="fees", body_html="<p>Harbour fees rise by 18 per cent.</p>")
    edit(edition, body_html="<p>Harbour fees rise by 8 per cent.</p>")
    publish(edition.article, by=None)
    words = re.sub(r"<[^>]+>", "", page(client, edition))
    assert "rise by [removed: 18] [added: 8] per cent" in words
