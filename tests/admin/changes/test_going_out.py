"""What goes out: the live edition beside the working copy, each change with its editors, above the buttons."""

import pytest
from django.urls import reverse

from articles.models import Article, Edition, User
from articles.publishing import correct
from articles.roles import make_roles
from tests.admin.forms import messages_of, send, texts_of
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_membership,
    make_organization,
    make_person,
    make_tag,
    make_user,
    make_withdrawn,
)

from .test_unseen import save_changes

pytestmark = pytest.mark.django_db
BODY = "<p>Ben Gale shut the pier on Monday.</p>"


@pytest.fixture
def ben(db) -> User:
    return make_user(username="ben", first_name="Ben", last_name="Reporter")


@pytest.fixture
def story(db) -> Article:
    return make_live(body_html=BODY).article


def form_page(client, article: Article):
    return client.get(reverse("admin:articles_article_change", args=[article.pk]))


def panel(response) -> str:
    """Return the text of the panel on one line."""
    return " ".join(" ".join(texts_of(response, "going-out")).split())


def test_each_change_stands_there_with_who_made_it(chief_client, story, ben, chief):
    save_changes(story, ben, dek="It stays shut.")
    save_changes(story, chief, headline="Pier shut", tags=[make_tag("Harbour").pk])
    response = form_page(chief_client, story)
    words = panel(response)
    assert "3 changes since readers got it" in words
    assert "Dek Ben Reporter [added: It stays shut.]" in words
    assert f"Tags {chief.get_full_name() or chief.username} [added: Harbour]" in words
    assert 'href="#going-out"' in response.content.decode()


def test_a_field_that_two_have_changed_names_both(chief_client, story, ben, chief):
    save_changes(story, ben, dek="It stays shut.")
    save_changes(story, chief, dek="It stays shut today.")
    names = f"Dek Ben Reporter, {chief.get_full_name() or chief.username}"
    assert names in panel(form_page(chief_client, story))


def test_what_went_back_to_what_readers_have_is_no_change(chief_client, story, ben):
    save_changes(story, ben, dek="It stays shut.")
    save_changes(story, ben, dek="")
    assert panel(form_page(chief_client, story)) == ""


def test_formatting_and_links_are_shown(chief_client, story, ben):
    linked = BODY.replace("the pier", '<a href="https://evil.example/">the pier</a>')
    save_changes(story, ben, body_html=linked)
    assert "the pier [link to https://evil.example/ added]" in panel(form_page(chief_client, story))


def test_what_the_record_has_changed_is_shown_without_an_editor(chief_client):
    person = make_person("Ben Gale")
    article = make_live(people=(person,)).article
    make_membership(person, make_organization("Port"), "harbour master")
    words = panel(form_page(chief_client, article))
    assert "People changed in the record" in words
    assert "harbour master" in words


def test_the_caption_of_a_picture_changed_in_its_folder_is_shown(chief_client):
    image = make_image(caption="A trawler")
    article = make_live(lead_image=image).article
    image.caption = "A ferry"
    image.save()
    assert "Caption changed in the record A [removed: trawler] [added: ferry]" in panel(
        form_page(chief_client, article)
    )


def test_a_correction_that_readers_have_is_no_change(chief_client, story, chief):
    save_changes(story, chief, dek="It stays shut.")
    correct(story, by=chief, wrong="Open.", right="Shut.", weight="correction")
    save_changes(story, chief, kicker="Pier")
    words = panel(form_page(chief_client, story))
    assert "1 change since readers got it" in words
    assert "Corrections" not in words


@pytest.mark.parametrize("make", [make_article, lambda: make_withdrawn().article])
def test_a_story_that_readers_do_not_have_has_no_panel(chief_client, make):
    article = make()
    article.headline = "Other words"
    article.save()
    article.create_revision(None)
    assert panel(form_page(chief_client, article)) == ""


def test_the_page_of_a_correction_shows_it_too(chief_client, story, chief):
    save_changes(story, chief, headline="Pier shut")
    address = reverse("admin:articles_article_correct", args=[story.pk])
    assert "Pier shut" in panel(chief_client.get(address))


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [
        ({"headline": "Pier shut"}, "the headline"),
        ({"body_html": BODY.replace("Monday", "8 March")}, "a number"),
        ({"dek": "Gale left."}, "a name"),
        ({"bylines": [["Tom Reed", ""]]}, "a name"),
        ({"headline": "Pier 8"}, "the headline and a number"),
    ],
)
def test_a_minor_fix_of_what_readers_should_know_is_said_beside_its_box(
    chief_client, chief, changes, phrase
):
    article = make_live(body_html=BODY, headline="Pier", people=(make_person("Ben Gale"),)).article
    save_changes(article, chief, **changes)
    html = form_page(chief_client, article).content.decode()
    assert f"It changes {phrase}: readers of a minor fix see no new time." in html


def test_a_minor_fix_of_a_comma_is_said_nothing_of(chief_client, story, chief):
    save_changes(story, chief, body_html=BODY.replace("pier on", "pier, on"))
    html = form_page(chief_client, story).content.decode()
    assert "going-out" in html
    assert "minor-warning" not in html


def test_read_changes_of_others_go_out_without_a_page_in_between(chief_client, story, ben):
    save_changes(story, ben, dek="It stays shut.")
    revision = Article.objects.get(pk=story.pk).revision_number
    page = send(chief_client, story, button="_publish", kicker="Pier", has_read=str(revision))
    assert "Published" in messages_of(page)
    edition = Edition.objects.get(number=2)
    assert (edition.dek, edition.kicker) == ("It stays shut.", "Pier")


@pytest.mark.parametrize("has_read", ["", "x", "1", "99"])
def test_a_tick_for_another_revision_confirms_nothing(chief_client, story, ben, has_read):
    save_changes(story, ben, dek="It stays shut.")
    page = send(chief_client, story, button="_publish", has_read=has_read)
    assert "Read them first" in messages_of(page)
    assert Edition.objects.count() == 1


def test_the_tick_is_offered_only_for_changes_of_others(chief_client, story, chief, ben):
    save_changes(story, chief, dek="Mine.")
    assert "has_read" not in form_page(chief_client, story).content.decode()
    save_changes(story, ben, kicker="His")
    assert "has_read" in form_page(chief_client, story).content.decode()


def test_who_may_not_publish_reads_the_panel_without_a_tick(client, story, ben):
    save_changes(story, ben, dek="It stays shut.")
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    response = form_page(client, story)
    assert "It stays shut." in panel(response)
    assert "has_read" not in response.content.decode()
