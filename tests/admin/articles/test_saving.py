"""The form of a story: saving, and all that can go wrong between two editors."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Author, Edition
from tests.admin.forms import fields_of, form_of, messages_of, send, texts_of
from tests.factories import (
    make_article,
    make_image,
    make_organization,
    make_person,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def test_a_new_story_is_saved_as_revision_one_by_its_editor(chief_client, chief):
    section = make_section("Town")
    person, organization = make_person("Ada Pell"), make_organization("Town council")
    response = send(
        chief_client,
        None,
        headline="Council votes",
        body_html="<p>It voted.</p>",
        byline_name=["Tom Reed", ""],
        byline_role=["", ""],
        byline_place=["1", "2"],
        tags=[section.pk],
        people=[person.pk],
        organizations=[organization.pk],
    )
    article = Article.objects.get()
    assert response.redirect_chain[-1][0] == form_of(article)
    assert [(r.number, r.by) for r in article.revisions.all()] == [(1, chief)]
    snapshot = article.revisions.get().snapshot
    assert snapshot["bylines"] == [["Tom Reed", ""]]
    assert snapshot["tags"] == [section.pk]
    assert snapshot["people"] == [person.pk]
    assert snapshot["organizations"] == [organization.pk]
    assert "Saved as revision 1" in messages_of(response)
    assert not Edition.objects.exists()


def test_a_save_that_changes_nothing_makes_no_revision(chief_client):
    published = timezone.now() - timedelta(days=3, microseconds=12345)
    article = make_article(
        bylines=("Ada Pell", "Tom Reed"),
        tags=(make_tag(),),
        people=(make_person(),),
        lead_image=make_image(),
        published_at=published,
        embargoed_until=published,
        dek="A dek",
        body_html="<p>One &amp; two.</p>\n<ul>\n<li>Three</li>\n</ul>",
    )
    before = article.snapshot()
    response = send(chief_client, article)
    article = Article.objects.get()
    assert article.snapshot() == before
    assert article.revision_number == 1
    assert "Nothing had changed" in messages_of(response)


def test_the_body_is_sanitised_at_the_form(chief_client):
    article = make_article()
    body = (
        '<p onclick="x()">Good</p><script>alert(1)</script><a href="java\tscript:alert(1)">link</a>'
    )
    send(chief_client, article, body_html=body)
    article.refresh_from_db()
    assert "Good" in article.body_html
    assert not {"script", "onclick", "javascript"} & set(
        article.body_html.replace("<", " ").replace("=", " ").replace(":", " ").split()
    )
    assert "<script" not in article.body_html


def test_a_better_headline_is_no_longer_a_derived_one(chief_client):
    article = make_article(is_headline_derived=True)
    assert "Write a better headline" in chief_client.get(form_of(article)).content.decode()
    send(chief_client, article, dek="Something else")
    article.refresh_from_db()
    assert article.is_headline_derived
    send(chief_client, article, headline="A better one")
    article.refresh_from_db()
    assert not article.is_headline_derived
    assert "Write a better headline" not in chief_client.get(form_of(article)).content.decode()


def test_bylines_follow_their_places_and_a_new_name_makes_an_author(chief_client):
    article = make_article(bylines=("Ada Pell", "Tom Reed"))
    send(
        chief_client,
        article,
        byline_place=["2", "1", "3", ""],
        byline_name=["Ada Pell", "Tom Reed", "Nia Vale", ""],
        byline_role=["", "", "photographs", ""],
    )
    assert article.revisions.first().snapshot["bylines"] == [
        ["Tom Reed", ""],
        ["Ada Pell", ""],
        ["Nia Vale", "photographs"],
    ]
    assert Author.objects.filter(name="Nia Vale").count() == 1


def test_the_same_name_twice_in_one_role_is_refused_in_words(chief_client):
    article = make_article()
    response = send(
        chief_client,
        article,
        byline_place=["1", "2"],
        byline_name=["Ada Pell", "Ada Pell"],
        byline_role=["", ""],
    )
    assert response.status_code == 200
    assert "stands twice" in response.content.decode()


def test_a_stale_save_is_refused_with_both_texts_and_loses_nothing(chief_client, other_client):
    article = make_article(headline="As it was", body_html="<p>Old.</p>", bylines=("Ada Pell",))
    page = chief_client.get(form_of(article))
    mine = fields_of(page, "article_form") | {"headline": "Mine", "_save": "1"}
    mine |= {"byline_name": ["Nia Vale"], "byline_place": ["1"], "byline_role": [""]}
    send(other_client, article, headline="Theirs", body_html="<p>New.</p>")

    response = chief_client.post(form_of(article), mine)
    assert response.status_code == 409
    article.refresh_from_db()
    assert (article.headline, article.revision_number) == ("Theirs", 2)
    page = response.content.decode()
    assert "Somebody saved this story" in page
    fields = fields_of(response, "article_form")
    assert fields["headline"] == "Mine"
    assert fields["byline_name"][0] == "Nia Vale"
    differs = " ".join(texts_of(response, "differences"))
    assert all(word in differs for word in ("Theirs", "Mine", "Old", "New"))

    response = chief_client.post(form_of(article), fields | {"_save": "1"}, follow=True)
    article.refresh_from_db()
    assert (article.headline, article.revision_number) == ("Mine", 3)
    numbers = [r.snapshot["headline"] for r in article.revisions.all()]
    assert numbers == ["Mine", "Theirs", "As it was"]


@pytest.mark.parametrize("seen", ["", "0", "99", "-1", "x", "9" * 30, "²"])
def test_a_tampered_revision_number_is_stale_or_wrong_but_never_saved(chief_client, seen):
    article = make_article()
    response = send(chief_client, article, headline="Forged", seen_revision=seen)
    assert response.status_code in (200, 409)
    article.refresh_from_db()
    assert article.headline != "Forged"


def test_pressing_save_twice_on_a_new_story_makes_one(chief_client):
    page = chief_client.get(form_of(None))
    data = fields_of(page, "article_form") | {"headline": "Only once", "_save": "1"}
    first = chief_client.post(form_of(None), data)
    again = chief_client.post(form_of(None), data, follow=True)
    article = Article.objects.get()
    assert first["Location"] == again.redirect_chain[-1][0] == form_of(article)
    assert "That was done already, at" in messages_of(again)


def test_what_only_the_other_editor_changed_is_brought_into_the_stale_form(chief_client):
    tag, image = make_tag(), make_image()
    at = timezone.now().replace(microsecond=0) - timedelta(days=9)
    article = make_article(headline="As it was", bylines=("Ada Pell",), dek="Old dek")
    mine = fields_of(chief_client.get(form_of(article)), "article_form") | {
        "headline": "Mine",
        "_save": "1",
    }
    theirs = {
        "dek": "Their dek",
        "tags": [tag.pk],
        "lead_image": image.pk,
        "bylines": [["Nia Vale", "x"]],
    }
    article.apply_snapshot(
        theirs | {"published_at": at.isoformat(), "ed_note": "Check.", "kicker": "K"}
    )
    article.create_revision(None)
    article.apply_snapshot({"headline": "Theirs"})
    article.create_revision(None)

    response = chief_client.post(form_of(article), mine)
    assert response.status_code == 409
    assert "What only they changed is already in it" in response.content.decode()
    chief_client.post(form_of(article), fields_of(response, "article_form") | {"_save": "1"})
    snapshot = article.revisions.first().snapshot
    assert snapshot["headline"] == "Mine"
    assert {name: snapshot[name] for name in theirs} == theirs
    assert snapshot["published_at"] == at.isoformat()
    assert (snapshot["ed_note"], snapshot["kicker"]) == ("Check.", "K")
