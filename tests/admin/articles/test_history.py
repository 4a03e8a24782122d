"""The history of a story: what the newsroom wrote, what readers got."""

import pytest
from django.urls import reverse

from articles.models import Edition
from articles.publishing import publish
from articles.roles import make_roles
from tests.admin.forms import texts_of
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_membership,
    make_organization,
    make_person,
    make_tag,
    make_user,
)
from tests.marks import marks

pytestmark = pytest.mark.django_db


def page_address(name: str, article, *args) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *args])


def save_revision(article, by=None, **values):
    article.apply_snapshot(article.snapshot() | values)
    article.create_revision(by)


def test_the_history_lists_revisions_and_editions(chief_client):
    article = make_live(headline="First").article
    save_revision(article, headline="Second")
    publish(article, by=None)
    text = chief_client.get(page_address("history", article)).content.decode()
    for phrase in ("First", "Second", "further notice", "1: what it changed", "2: what it changed"):
        assert phrase in text


def test_a_revision_is_shown_against_the_one_before_it(chief_client):
    article = make_article(headline="Boats ground", body_html="<p>The sea is calm today.</p>")
    tag, person = make_tag("Dredging"), make_person("Ada Pell")
    save_revision(
        article,
        headline="Boats float",
        body_html="<p>The sea is rough today.</p>",
        tags=[tag.pk],
        people=[person.pk],
        bylines=[["Tom Reed", ""]],
    )
    response = chief_client.get(page_address("revision", article, 2))
    text = response.content.decode()
    assert marks("calm") in text
    assert marks(added="rough") in text
    differs = " ".join(texts_of(response, "differences"))
    assert all(word in differs for word in ("Dredging", "Ada Pell", "Tom Reed", "float"))


def test_a_link_that_changed_under_the_same_words_is_seen(chief_client):
    article = make_article(body_html='<p><a href="https://a.example/">Here</a></p>')
    save_revision(article, body_html='<p><a href="https://b.example/">Here</a></p>')
    text = " ".join(texts_of(chief_client.get(page_address("revision", article, 2)), "differences"))
    assert "link changed from https://a.example/ to https://b.example/" in text


def test_a_link_that_changed_is_seen_beside_a_word_that_changed(chief_client):
    article = make_article(body_html='<p>See <a href="https://a.example/">here</a>, all five.</p>')
    save_revision(
        article, body_html='<p>See <a href="https://b.example/">here</a>, all <em>six</em>.</p>'
    )
    response = chief_client.get(page_address("revision", article, 2))
    assert "link changed from https://a.example/" in " ".join(texts_of(response, "differences"))
    assert marks("five", "<em>six</em>") in response.content.decode()


def test_an_old_revision_becomes_the_working_copy_again_as_a_new_one(chief_client):
    deleted_tag = make_tag()
    article = make_article(headline="First", tags=(deleted_tag,), lead_image=make_image())
    save_revision(article, headline="Second", is_on_hold=True, tags=[])
    deleted_tag.delete()
    chief_client.post(page_address("restore", article, 1))
    article.refresh_from_db()
    assert (article.headline, article.revision_number) == ("First", 3)
    assert article.is_on_hold, "an old version lifts no hold of today"
    assert not Edition.objects.exists()


def test_only_a_superseded_edition_can_be_hidden_and_only_with_a_reason(chief_client):
    article = make_live(headline="First").article
    save_revision(article, headline="Second")
    publish(article, by=None)
    first, second = page_address("edition", article, 1), page_address("edition", article, 2)
    assert "First" in chief_client.get(first).content.decode()
    chief_client.post(second, {"reason": "Because."})
    chief_client.post(first, {"reason": " "})
    assert not Edition.objects.filter(is_hidden=True).exists()
    chief_client.post(first, {"reason": "It named a minor."})
    hidden = Edition.objects.get(is_hidden=True)
    assert (hidden.number, hidden.hidden_reason) == (1, "It named a minor.")
    assert Edition.objects.live().get().number == 2


@pytest.fixture
def private():
    """A live story whose edition carries a role that was public when it was published."""
    ada = make_person("Ada Pell")
    organization = make_organization("Police of Sund")
    role = make_membership(ada, organization, "protected witness")
    article = make_live(headline="First", people=(ada,)).article
    role.is_public = False
    role.save()
    return article


def test_a_role_that_is_not_public_is_taken_from_readers_at_the_edition_that_carries_it(
    chief_client, private
):
    listed = chief_client.get(page_address("history", private)).content.decode()
    assert "carries a role that is not public" in listed
    address = page_address("edition", private, 1)
    assert "“protected witness, Police of Sund”" in chief_client.get(address).content.decode()
    chief_client.post(address, {"withhold": "1", "reason": " "})
    assert Edition.objects.count() == 1
    chief_client.post(address, {"withhold": "1", "reason": "It said more than we may."})
    first, second = Edition.objects.order_by("number")
    assert (first.is_hidden, first.hidden_reason) == (True, "It said more than we may.")
    assert (second.by.username, second.people[0]["role"]) == ("chief", "")
    assert "carries" not in chief_client.get(page_address("history", private)).content.decode()


def test_only_who_may_publish_and_hide_takes_a_role_from_readers(client, private):
    make_roles()
    client.force_login(make_user(groups=("editor",)))
    address = page_address("edition", private, 1)
    assert "Ask somebody who may publish" in client.get(address).content.decode()
    sent = {"withhold": "1", "reason": "It said more than we may."}
    assert client.post(address, sent).status_code == 403
    assert Edition.objects.count() == 1


def test_the_list_of_stories_that_disagree_leads_to_the_edition(chief_client, private):
    listed = chief_client.get(reverse("admin:articles_article_outdated_stories")).content.decode()
    assert page_address("edition", private, 1) in listed
    assert "Draft corrections" not in listed


@pytest.mark.parametrize("number", [0, 99, 10**17])
def test_a_revision_or_edition_that_is_not_there_is_not_found(chief_client, number):
    article = make_live().article
    for name in ("revision", "edition"):
        assert chief_client.get(page_address(name, article, number)).status_code == 404


def test_the_original_is_shown_as_escaped_text(chief_client):
    article = make_article(source="wire")
    article.set_original(b"\x93Quoted\x94 <script>alert(1)</script>")
    article.save()
    response = chief_client.get(page_address("original", article))
    text = response.content.decode()
    assert "“Quoted”" in text
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;" in text
