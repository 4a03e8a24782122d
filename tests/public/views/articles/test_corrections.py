"""/corrections/: what the paper got wrong."""

import pytest

from articles.models import Edition
from articles.public import site_context
from articles.publishing import correct, publish, withdraw
from tests.factories import make_live

pytestmark = pytest.mark.django_db


def corrected(**fields) -> Edition:
    story = make_live(**fields)
    return correct(
        story.article, by=None, wrong="It was not 18.", right="It was 8.", weight="correction"
    )


def test_a_correction_stands_on_the_page_and_in_the_story(client, django_assert_num_queries):
    story = corrected(headline="Eight boats")
    site_context.current()
    with django_assert_num_queries(1):
        html = client.get("/corrections/").content.decode()
    assert "It was not 18." in html
    assert story.get_absolute_url() in html
    assert "It was 8." in client.get(story.get_absolute_url()).content.decode()


def test_a_correction_names_its_story_as_it_is_called_now(client):
    story = corrected(headline="Eighteen boats")
    story.article.headline = "Eight boats"
    story.article.save()
    publish(story.article, by=None)
    html = client.get("/corrections/").content.decode()
    assert "Eight boats" in html
    assert "Eighteen boats" not in html


def test_the_correction_of_a_withdrawn_story_goes_with_it(client):
    story = corrected()
    withdraw(story.article, by=None, reason="It was all wrong.")
    html = client.get("/corrections/").content.decode()
    assert "It was 8." not in html
    assert "Nothing has been corrected" in html


def test_earlier_corrections_are_paged(client, monkeypatch):
    monkeypatch.setattr("articles.public.views.articles.corrections.SIZE", 1)
    first, second = corrected(headline="One"), corrected(headline="Two")
    response = client.get("/corrections/")
    html = response.content.decode()
    assert second.headline in html
    assert first.headline not in html
    earlier = html.split('rel="next" href="')[1].split('"')[0]
    assert first.headline in client.get(f"/corrections/{earlier}").content.decode()
