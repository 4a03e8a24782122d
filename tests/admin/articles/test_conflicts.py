"""Two editors save one story: what merges does, what collides is chosen, and nothing goes without being seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, TrashEntry, UnsavedForm
from articles.record.trash.moves import move_to_trash, restore_from_trash
from tests.admin.forms import fields_of, form_of, lines_of, messages_of, send, texts_of
from tests.factories import make_article, make_tag, make_user

pytestmark = pytest.mark.django_db

LEDE = "<p>A gale tore the roof off the fish market in Skerry on Monday.</p>"
QUAY = "<p>Boats stayed at the quay.</p>"
END = "<p>The ferry to Ostby sails again on Tuesday.</p>"
MY_LEDE = "<p>A storm tore the roof off the fish market in Skerry on Monday.</p>"
THEIR_LEDE = "<p>A hurricane tore the roof off the fish market in Skerry on Monday.</p>"
MY_END = "<p>The ferry to Ostby sails again on Wednesday.</p>"
THEIR_END = "<p>The ferry to Ostby sails again on Thursday.</p>"
NEW = "<p>Two sailors were hurt.</p>"


def body(*paragraphs: str) -> str:
    return "\n".join(paragraphs)


def stored_body(article: Article) -> str:
    article.refresh_from_db()
    return article.body_html


def collide(client: Client, other: Client, mine: Any, theirs: Any) -> tuple[Article, Any]:
    """Let both open a story; the other saves first. Return what the first Save is answered."""
    article = make_article(headline="Gale in Skerry", body_html=body(LEDE, QUAY, END))
    data = fields_of(client.get(form_of(article)), "article_form") | mine
    send(other, article, **theirs, follow=False)
    return article, client.post(form_of(article), data | {"_save": "1"})


def save(client: Client, article: Article, page: Any, **changes: Any) -> Any:
    """Press Save on a page of a conflict, with ``changes`` typed or chosen."""
    data = fields_of(page, "article_form") | changes | {"_save": "1"}
    return client.post(form_of(article), data, follow=True)


def choose(page: Any, *places: int) -> dict[str, str]:
    """Choose the other side at these of the parts that the page shows, from 0."""
    names = [name for name in fields_of(page, "article_form") if name.startswith("part-")]
    return {names[place]: "theirs" for place in places}


def test_different_paragraphs_merge_by_themselves(chief_client, other_client):
    mine, theirs = (
        {"body_html": body(LEDE, QUAY, MY_END)},
        {"body_html": body(THEIR_LEDE, QUAY, NEW, END)},
    )
    article, page = collide(chief_client, other_client, mine, theirs)
    assert page.status_code == 409
    assert stored_body(article) == theirs["body_html"], "nothing is stored before it was looked at"
    text = page.content.decode()
    assert "Both are in it: look, and save again." in text
    assert "merge-part" not in text
    incoming = lines_of(page, "differences")[0]
    assert "[added: hurricane]" in incoming
    assert "[added: Two sailors were hurt.]" in incoming
    save(chief_client, article, page)
    assert stored_body(article) == body(THEIR_LEDE, QUAY, NEW, MY_END)


def test_a_second_save_drops_no_paragraph_of_a_colleague_and_keeps_mine(chief_client, other_client):
    mine = {"headline": "Mine", "body_html": body(MY_LEDE, QUAY, END)}
    theirs = {"headline": "Theirs", "body_html": body(THEIR_LEDE, QUAY, NEW, END)}
    article, page = collide(chief_client, other_client, mine, theirs)
    headline, lede = lines_of(page, "merge-part")
    assert "Yours [removed: Gale in Skerry] [added: Mine] Stored now, by other" in headline
    assert "A [removed: gale] [added: storm] tore" in lede
    assert "A [removed: gale] [added: hurricane] tore" in lede
    assert reverse("admin:articles_article_revision", args=[article.pk, 2]) in page.content.decode()
    save(chief_client, article, page)
    assert stored_body(article) == body(MY_LEDE, QUAY, NEW, END)
    assert article.headline == "Mine"


def test_the_other_side_is_chosen_part_by_part(chief_client, other_client):
    mine = {"headline": "Mine", "body_html": body(MY_LEDE, QUAY, MY_END)}
    theirs = {"headline": "Theirs", "body_html": body(THEIR_LEDE, QUAY, THEIR_END)}
    article, page = collide(chief_client, other_client, mine, theirs)
    assert len(lines_of(page, "merge-part")) == 3
    save(chief_client, article, page, **choose(page, 0, 2))
    assert stored_body(article) == body(MY_LEDE, QUAY, THEIR_END)
    assert (article.headline, article.revision_number) == ("Theirs", 3)


def test_what_is_written_by_hand_beside_a_choice_stays(chief_client, other_client):
    mine, theirs = (
        {"body_html": body(MY_LEDE, QUAY, END)},
        {"body_html": body(THEIR_LEDE, QUAY, NEW, END)},
    )
    article, page = collide(chief_client, other_client, mine, theirs)
    by_hand = body(MY_LEDE, "<p>Boats stayed in port.</p>", END)  # hers reworded, theirs taken out
    save(chief_client, article, page, body_html=by_hand, **choose(page, 0))
    assert stored_body(article) == by_hand.replace(MY_LEDE, THEIR_LEDE)


def test_a_choice_that_meets_words_written_since_is_not_done_and_said(chief_client, other_client):
    mine, theirs = (
        {"body_html": body(MY_LEDE, QUAY, END)},
        {"body_html": body(THEIR_LEDE, QUAY, END)},
    )
    article, page = collide(chief_client, other_client, mine, theirs)
    by_hand = body("<p>A storm took the roof.</p>", QUAY, END)
    page = save(chief_client, article, page, body_html=by_hand, **choose(page, 0))
    assert page.status_code == 409
    assert stored_body(article) == theirs["body_html"]
    assert (
        "you also changed it by hand in the form, or it is not valid there: text"
        in page.content.decode()
    )
    assert fields_of(page, "article_form")["body_html"].replace("\r", "") == by_hand
    (part,) = lines_of(page, "merge-part")
    assert "hurricane" in part
    save(chief_client, article, page, **choose(page, 0))
    assert stored_body(article) == theirs["body_html"]


def test_a_choice_is_not_lost_by_another_error_in_the_form(chief_client, other_client):
    mine = {"headline": "Mine", "body_html": body(MY_LEDE, QUAY, END)}
    theirs = {"headline": "Theirs", "body_html": body(THEIR_LEDE, QUAY, END)}
    article, page = collide(chief_client, other_client, mine, theirs)
    page = save(chief_client, article, page, published_at="nonsense", **choose(page, 1))
    assert page.status_code == 200
    fields = fields_of(page, "article_form")
    assert fields["body_html"].replace("\r", "") == theirs["body_html"]
    (part,) = lines_of(page, "merge-part")
    assert "Theirs" in part
    save(chief_client, article, page, published_at="", **choose(page, 0))
    assert (stored_body(article), article.headline) == (theirs["body_html"], "Theirs")


def test_a_third_save_between_is_a_conflict_about_what_is_new(chief_client, other_client):
    mine, theirs = (
        {"body_html": body(MY_LEDE, QUAY, END)},
        {"body_html": body(THEIR_LEDE, QUAY, END)},
    )
    article, page = collide(chief_client, other_client, mine, theirs)
    send(
        other_client,
        article,
        body_html=body(THEIR_LEDE, QUAY, NEW, END),
        kicker="Weather",
        follow=False,
    )
    page = save(chief_client, article, page, **choose(page, 0))
    assert page.status_code == 409
    save(chief_client, article, page)
    assert stored_body(article) == body(THEIR_LEDE, QUAY, NEW, END)
    assert article.kicker == "Weather"


def test_what_they_changed_in_a_field_that_is_not_valid_is_shown(chief_client, other_client):
    article, page = collide(
        chief_client, other_client, {"headline": "x" * 301}, {"headline": "Theirs"}
    )
    assert page.status_code == 409
    assert fields_of(page, "article_form")["headline"] == "x" * 301
    assert "yours is not valid yet and stays as you wrote it" in page.content.decode()
    assert "Theirs" in lines_of(page, "differences")[0]
    save(chief_client, article, page, headline="Mine")
    article.refresh_from_db()
    assert article.headline == "Mine"


def test_notes_to_editors_merge_by_lines_and_tags_as_a_set(chief_client, other_client):
    mine_tag, their_tag = make_tag("Storm"), make_tag("Skerry")
    article = make_article(ed_note="Call the harbour.\nAsk for a picture.\nCheck the ages.")
    data = fields_of(chief_client.get(form_of(article)), "article_form")
    data |= {"ed_note": data["ed_note"].replace("ages", "names"), "tags": [str(mine_tag.pk)]}
    send(
        other_client,
        article,
        ed_note="Call the harbour again.\nAsk for a picture.\nCheck the ages.",
        tags=[their_tag.pk],
    )
    page = chief_client.post(form_of(article), data | {"_save": "1"})
    assert not texts_of(page, "merge-part")
    save(chief_client, article, page)
    article.refresh_from_db()
    lines = ["Call the harbour again.", "Ask for a picture.", "Check the names."]
    assert article.ed_note.splitlines() == lines
    assert set(article.tags.all()) == {mine_tag, their_tag}


def test_a_time_that_was_not_touched_is_no_change_though_it_is_stored_finer(
    chief_client, other_client
):
    at = timezone.now().replace(microsecond=12345) - timedelta(days=3)
    article = make_article(published_at=at)
    data = fields_of(chief_client.get(form_of(article)), "article_form") | {"headline": "Mine"}
    send(other_client, article, published_at="2026-01-02T09:14", follow=False)
    page = chief_client.post(form_of(article), data | {"_save": "1"})
    assert not texts_of(page, "merge-part")
    assert fields_of(page, "article_form")["published_at"] == "2026-01-02T09:14"


@pytest.mark.parametrize("name", ["part-headline.123", "part-", "part-x.y", "part-body_html.1"])
def test_a_choice_of_no_part_saves_nothing_or_changes_nothing(chief_client, name):
    article = make_article(headline="As it was")
    changes: dict[str, Any] = {name: "theirs", "merge_base": "²", "dek": "A dek"}
    response = send(chief_client, article, **changes)
    article.refresh_from_db()
    assert response.status_code in (200, 409)
    assert article.headline == "As it was"
    assert article.dek == ("A dek" if response.status_code == 200 else "")


def test_bring_in_merges_into_the_form_and_stores_nothing(chief_client, other_client):
    article = make_article(headline="Gale in Skerry", body_html=body(LEDE, QUAY, END))
    data = fields_of(chief_client.get(form_of(article)), "article_form")
    send(
        other_client,
        article,
        headline="Theirs",
        body_html=body(THEIR_LEDE, QUAY, END),
        follow=False,
    )
    typed = {"body_html": body(LEDE, QUAY, MY_END), "headline": "Mine", "published_at": "nonsense"}
    page = chief_client.post(form_of(article), data | typed | {"_bring_in": "1"})
    assert page.status_code == 200
    article.refresh_from_db()
    assert article.revision_number == 2
    assert "errornote" not in page.content.decode()
    fields = fields_of(page, "article_form")
    assert fields["body_html"].replace("\r", "") == body(THEIR_LEDE, QUAY, MY_END)
    assert (fields["headline"], fields["published_at"]) == ("Mine", "nonsense")
    assert (fields["seen_revision"], fields["merge_base"]) == ("2", "1")
    save(chief_client, article, page, published_at="", **choose(page, 0))
    assert stored_body(article) == body(THEIR_LEDE, QUAY, MY_END)
    assert (article.headline, article.revision_number) == ("Theirs", 3)


def test_bring_in_says_when_there_is_nothing_newer(chief_client):
    article = make_article(headline="As it was")
    page = send(chief_client, article, button="_bring_in", headline="Mine")
    assert page.status_code == 200
    assert "You have the newest" in page.content.decode()
    fields = fields_of(page, "article_form")
    assert (fields["headline"], fields["seen_revision"]) == ("Mine", "1")
    assert "merge_base" not in fields
    assert article.revisions.count() == 1
    assert "Saved as revision 2" in messages_of(save(chief_client, article, page))


def test_bring_in_twice_asks_about_what_came_between(chief_client, other_client):
    article = make_article(headline="As it was", dek="Old")
    page = chief_client.get(form_of(article))
    for number, values in enumerate(({"headline": "Theirs"}, {"dek": "Their dek"}), start=2):
        changes: dict[str, Any] = values
        send(other_client, article, **changes, follow=False)
        data = fields_of(page, "article_form") | {"headline": "Mine", "_bring_in": "1"}
        page = chief_client.post(form_of(article), data)
        assert fields_of(page, "article_form")["seen_revision"] == str(number)
    save(chief_client, article, page)
    article.refresh_from_db()
    assert (article.headline, article.dek) == ("Mine", "Their dek")


@pytest.mark.parametrize("button", ["_save", "_bring_in"])
def test_words_written_into_a_story_that_was_spiked_are_offered_when_it_is_back(
    chief_client, chief, button
):
    article = make_article(headline="As it was")
    data = fields_of(chief_client.get(form_of(article)), "article_form")
    move_to_trash(article, by=chief, reason="Written twice.")
    data |= {"headline": "Written for an hour", button: "1"}
    response = chief_client.post(form_of(article), data, follow=True)
    assert "What you wrote is offered in its form" in messages_of(response)
    assert "Written twice." in messages_of(response)
    restore_from_trash(TrashEntry.objects.get(), by=chief)
    assert "Written for an hour" in chief_client.get(form_of(article)).content.decode()
    opened = chief_client.get(UnsavedForm.objects.get().address)
    assert fields_of(opened, "article_form")["headline"] == "Written for an hour"


def test_who_may_not_change_stories_brings_nothing_in(client, chief):
    article = make_article()
    client.force_login(make_user(username="runner", groups=("operator",)))
    assert client.post(form_of(article), {"_bring_in": "1", "headline": "X"}).status_code == 403
