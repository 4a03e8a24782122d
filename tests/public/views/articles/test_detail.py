"""/articles/<id>/<slug>/: one story, its redirects, its tombstone."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Edition
from articles.public import site_context
from articles.publishing import publish, schedule
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_live_many,
    make_live_quote,
    make_person,
    make_section,
    make_tag,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def json_ld(html: str) -> dict:
    """Give the JSON-LD of a page, read as a browser finds it: up to the first end of a script."""
    return json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script', html, re.S)[1]
    )


def test_a_story_costs_two_queries_the_second_for_what_is_related(
    client, django_assert_num_queries
):
    story = make_live_many(5, tags=(make_tag("Harbour"), make_section("Council")))[0]
    site_context.current()
    with django_assert_num_queries(2):
        response = client.get(story.get_absolute_url())
    assert response.status_code == 200


def test_a_story_is_the_stored_fragment_joined_into_the_page(client):
    story = make_live()
    Edition.objects.all().replace_fragments("card", "<p>as stored</p>", story.rendered_with)
    assert "<p>as stored</p>" in client.get(story.get_absolute_url()).content.decode()


def test_a_stale_fragment_is_rendered_anew(client):
    story = make_live(headline="Seal on slipway")
    Edition.objects.all().replace_fragments("old", "<p>as stored</p>", "another version")
    html = client.get(story.get_absolute_url()).content.decode()
    assert "as stored" not in html
    assert "<h1>Seal on slipway</h1>" in html


@pytest.mark.parametrize("end", ["", "wrong/", "wrong%2F/", "x.css/", "%E2%80%AE/"])
def test_another_slug_or_none_leads_to_the_right_one(client, end):
    story = make_live()
    response = client.get(f"/articles/{story.article_id}/{end}")
    assert response.status_code in {301, 404}  # a slash within a slug is another address
    if response.status_code == 301:
        assert response["Location"] == story.get_absolute_url()
        assert response["Cache-Control"] == "public, max-age=60"
    else:
        assert "%2F" in end


def test_an_old_slug_leads_to_the_new_one(client):
    old = make_live(slug="old-words")
    old.article.slug = "new-words"
    old.article.save()
    publish(old.article, by=None)
    response = client.get(old.get_absolute_url())
    assert (response.status_code, response["Location"]) == (
        301,
        f"/articles/{old.article_id}/new-words/",
    )


def test_a_story_with_a_wrong_number_is_not_found(client):
    for number in ("0", "01", "-1", "²", "9" * 18, "9" * 40, "1e3", "%00"):
        assert client.get(f"/articles/{number}/x/").status_code == 404


def test_draft_scheduled_and_unknown_stories_have_the_same_answer(client):
    make_live()
    draft = make_article(slug="secret")
    scheduled = make_article(slug="secret")
    schedule(scheduled, by=None, at=timezone.now() + timedelta(hours=1))
    answers = [client.get(f"/articles/{pk}/secret/") for pk in (draft.pk, scheduled.pk, 10**9)]
    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1
    assert {response["Cache-Control"] for response in answers} == {"no-store"}


@pytest.mark.parametrize("end", ["", "x/", "the-slug/", "the-slug/changes/", "x/changes/"])
def test_a_withdrawn_story_says_when_and_why_and_nothing_else(client, end):
    withdrawn = make_withdrawn(
        headline="Mayor named wrongly", slug="the-slug", reason="It named the wrong man."
    )
    response = client.get(f"/articles/{withdrawn.article_id}/{end}")
    html = response.content.decode()
    assert response.status_code == 410
    assert "It named the wrong man." in html
    assert f"{timezone.localtime(withdrawn.starts_at):%-d %B %Y}" in html
    assert "Mayor" not in html
    assert "the-slug" not in html


def test_a_story_says_when_it_was_published_and_updated_with_the_zone(client, settings):
    settings.TIME_ZONE = "Europe/London"
    story = make_live(published_at=datetime(2026, 6, 30, 22, 59, tzinfo=UTC))
    story.article.headline = "Changed"
    story.article.save()
    publish(story.article, by=None)
    html = client.get(f"/articles/{story.article_id}/", follow=True).content.decode()
    assert '<time datetime="2026-06-30T23:59+01:00">30 June 2026, 23:59 BST</time>' in html
    assert "Updated" in html


@pytest.mark.parametrize(
    ("precision", "html"),
    [
        ("day", '<time datetime="1998-01-04">4 January 1998</time>'),
        ("month", '<time datetime="1998-01">January 1998</time>'),
        ("year", '<time datetime="1998">1998</time>'),
    ],
)
def test_a_date_is_printed_as_far_as_it_is_known(client, precision, html):
    story = make_live(published_at=datetime(1998, 1, 4, tzinfo=UTC), date_precision=precision)
    assert html in client.get(story.get_absolute_url()).content.decode()


def test_a_story_links_the_people_it_is_about(client):
    person = make_person("Nerys Callow")
    html = client.get(make_live(people=(person,)).get_absolute_url()).content.decode()
    assert f'<a href="/people/{person.pk}/nerys-callow/">Nerys Callow</a>' in html


def test_what_changed_is_offered_once_there_is_more_than_one_edition(client):
    story = make_live()
    assert "What changed" not in client.get(story.get_absolute_url()).content.decode()
    publish(story.article, by=None)
    html = client.get(story.get_absolute_url()).content.decode()
    assert f'href="{story.get_absolute_url()}changes/"' in html


def test_three_stories_of_its_rarest_shared_tag_are_related(client):
    common, rare = make_section("Council"), make_tag("Dredging")
    stories = make_live_many(4, tags=(common, rare))
    make_live_many(3, tags=(common,))
    html = client.get(stories[-1].get_absolute_url()).content.decode()
    related = html[html.index("More on this") :]
    assert all(story.headline in related for story in stories[:3])
    assert related.count("card-headline") == 3


def test_canonical_and_json_ld_name_the_paper_s_own_address(client, settings):
    settings.SITE_URL = "https://courier.example"
    settings.ALLOWED_HOSTS = ["*"]
    story = make_live()
    html = client.get(story.get_absolute_url(), HTTP_HOST="evil.example").content.decode()
    assert (
        f'<link rel="canonical" href="https://courier.example{story.get_absolute_url()}">' in html
    )
    assert json_ld(html)["mainEntityOfPage"].startswith("https://courier.example/")
    assert "evil.example" not in html


def test_a_headline_cannot_break_out_of_any_place_it_stands_in(client):
    nasty = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>\u2028'
    story = make_live(headline=nasty, kicker=nasty[:80], dek=nasty)
    html = client.get(story.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert json_ld(html)["headline"] == nasty


def test_a_picture_has_its_renditions_its_size_and_its_words(client):
    image = make_image(alt="A trawler", caption="Home at last.", credit="Drawing: T. Orrell")
    html = client.get(make_live(lead_image=image).get_absolute_url()).content.decode()
    assert f"/media/{image.token}/320.avif 320w" in html
    assert f"/media/{image.token}/1600.jpeg 1600w" in html
    assert 'width="1600" height="1067" alt="A trawler" loading="eager"' in html
    assert "Home at last." in html
    assert f'og:image" content="http://testserver/media/{image.token}/1600.jpeg"' in html


def test_a_story_marks_its_quotes_and_its_stored_body_stays_clean(client):
    person = make_person("Nerys Callow")
    story = make_live_quote("We pay.", person=person, role="deputy leader")
    html = client.get(story.get_absolute_url()).content.decode()
    key = story.quotes[0]["key"]
    start_tag = f'<q class="said" id="quote-{key}" cite="/quotes/{key}/" data-who="Nerys Callow, deputy leader">'
    assert f"“{start_tag}We pay.</q>”" in html
    assert "<q" not in story.body_html
