"""…/changes/: the public history of a story, the one door to superseded words."""

import re

import pytest

from articles.models import Edition
from articles.public import site_context
from articles.publishing import correct, publish, withdraw
from tests.factories import (
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


def spoken(client, story: Edition) -> str:
    """Return the words of the page as a screen reader has them, spaces run together."""
    return " ".join(re.sub(r"<[^>]+>", "", page(client, story)).split())


def test_a_link_that_leads_elsewhere_is_a_change(client):
    edition = make_live(
        slug="l", body_html='<p>See <a href="https://example.org/a">it</a> now.</p>'
    )
    edit(edition, body_html='<p>See <a href="https://evil.example/b">it</a> today.</p>')
    publish(edition.article, by=None)
    words = spoken(client, edition)
    assert "it [link changed from https://example.org/a to https://evil.example/b]" in words
    assert "[removed: now] [added: today]" in words


def test_lines_tags_and_the_picture_are_compared(client):
    image = make_image(caption="A trawler", credit="Frost")
    edition = make_live(slug="l", dateline="OSTBY", credit="Coast Wire", lead_image=image)
    image.caption = "A ferry"
    image.save()
    edit(edition, dateline="SUND", credit="Harbour Press")
    edition.article.tags.add(make_tag("Dredging"))
    publish(edition.article, by=None)
    words = spoken(client, edition)
    for change in (
        "Dateline [removed: OSTBY] [added: SUND]",
        "Credit [removed: Coast Wire] [added: Harbour Press]",
        "Tags [added: Dredging]",
        "Caption A [removed: trawler] [added: ferry]",
    ):
        assert change in words


def test_another_file_of_a_picture_is_no_change_that_readers_are_told(client):
    image = make_image(token="first-token")
    edition = make_live(slug="l", lead_image=image)
    image.token, image.width = "second-token", 500
    image.save()
    publish(edition.article, by=None)
    assert "first-token" not in page(client, edition)


def test_whom_a_story_names_no_more_is_counted_and_not_named(client):
    source, other, port = (
        make_person("Jane Doe"),
        make_person("Ben Gale"),
        make_organization("Port"),
    )
    make_membership(source, port, "harbour master")
    edition = make_live(slug="l", people=(source,), organizations=(port,))
    edition.article.people.set([other])
    edition.article.organizations.clear()
    publish(edition.article, by=None)
    words = spoken(client, edition)
    assert "Jane Doe" not in words
    assert "harbour master" not in words
    assert "People [added: Ben Gale]" in words
    assert "2 names are no longer among those that the story is filed under." in words


def test_a_role_that_has_become_private_is_not_told_by_what_changed(client):
    person = make_person("Ben Gale")
    membership = make_membership(person, make_organization("Port"), "harbour master")
    edition = make_live(slug="l", people=(person,))
    membership.is_public = False
    membership.save()
    edit(edition, dek="New.")
    publish(edition.article, by=None)
    assert "harbour master" not in page(client, edition)
