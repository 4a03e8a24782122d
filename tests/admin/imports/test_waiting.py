"""The page of a version that waits: what is chosen, part by part or whole, is one revision."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Edition, ImportRun, WaitingChange
from articles.publishing import schedule, withdraw
from articles.roles import make_roles
from articles.templatetags.post_forms import ENTER_BUTTON
from tests.admin.forms import decide, fields_of, form_of, lines_of, messages_of, waiting_page
from tests.desk_rows import client_of
from tests.factories import make_article, make_image, make_tag, make_user
from tests.wire import END, LEAD, NEW, OUR_END, OURS, QUAY, THEIR_END, THEIRS, body, edit

pytestmark = pytest.mark.django_db


def test_the_form_says_why_it_waits_and_leads_to_its_page(chief_client, story):
    response = chief_client.get(form_of(story))
    notice = " ".join(lines_of(response, "notice"))
    assert "as version 2. Somebody has edited the story here." in notice
    assert "The source changed what was changed here, too: headline, text." in notice
    assert f'href="{waiting_page(story)}">Look at it and decide …</a>' in response.content.decode()


def test_what_is_chosen_is_one_revision_with_its_note(chief_client, chief, story):
    chosen = {"body_html.1": "theirs", "headline": "mine"}
    response = decide(chief_client, story, "merge", **chosen)
    assert "came in beside the changes made here: dek, text. Readers get it" in messages_of(
        response
    )
    story.refresh_from_db()
    assert (story.headline, story.dek) == ("Roof off fish market", "Two hurt.")
    assert story.body_html == body(THEIRS, NEW, QUAY, OUR_END)
    revision = story.revisions.first()
    assert (revision.number, revision.by) == (3, chief)
    assert revision.note == (
        "Version 2 of the source, beside the changes made here. It changed: dek, text. "
        "Ours stayed in: headline, text."
    )
    history = chief_client.get(reverse("admin:articles_article_history", args=[story.pk]))
    assert revision.note in history.content.decode()
    change = WaitingChange.objects.get()
    assert (change.state, change.decided_by, change.revision_number) == ("taken", chief, 3)
    assert Edition.objects.get().headline == "Gale in Skerry", "readers keep what they have"


def test_after_a_merge_later_versions_are_asked_about_what_is_new_only(
    chief_client, story, send_in
):
    decide(chief_client, story, "merge")
    send_in("3", THEIRS, NEW, QUAY, THEIR_END, "<p>More.</p>", headline="Gale, 2")
    story.refresh_from_db()
    assert not WaitingChange.objects.filter(state="open").exists()
    assert story.headline == "Roof off fish market"
    assert story.body_html == body(OURS, NEW, QUAY, OUR_END, "<p>More.</p>")


def test_the_whole_version_is_taken_with_its_note(chief_client, story):
    decide(chief_client, story, "take")
    story.refresh_from_db()
    assert story.headline == "Gale, 2"
    assert story.body_html == body(THEIRS, NEW, QUAY, THEIR_END)
    assert story.revisions.first().note == "Version 2 of the source, taken whole."


def test_ours_is_kept_without_a_revision(chief_client, story):
    decide(chief_client, story, "leave")
    assert WaitingChange.objects.get().state == "left"
    story.refresh_from_db()
    assert (story.revision_number, story.headline) == (2, "Roof off fish market")


def test_a_merge_of_which_nothing_is_chosen_and_nothing_else_comes_makes_no_revision(
    chief_client, send_in
):
    send_in("1")
    article = edit(headline="Roof off fish market")
    send_in("2", headline="Gale, 2")
    response = decide(chief_client, article, "merge")
    assert "nothing of the newer version was left to come in" in messages_of(response)
    article.refresh_from_db()
    assert (article.revision_number, WaitingChange.objects.get().state) == (2, "taken")
    send_in("3", LEAD, QUAY, END, NEW, headline="Gale, 2")
    article.refresh_from_db()
    assert article.headline == "Roof off fish market"
    assert article.body_html == body(LEAD, QUAY, END, NEW)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"part-slug": "theirs"}, "There is no part “slug” to choose in this version."),
        ({"part-body_html.9": "theirs"}, "There is no part “body_html.9” to choose"),
        ({"part-headline": "both"}, "“both” is no side of the part “headline”"),
        ({"decision": "burn"}, "Nothing was decided: take the version in"),
        ({"decision": ""}, "Nothing was decided: take the version in"),
    ],
)
def test_what_is_no_choice_is_named_and_nothing_is_stored(chief_client, story, sent, message):
    data = fields_of(chief_client.get(waiting_page(story)), "decide")
    data |= {"decision": "merge", "part-body_html.1": "theirs"} | sent
    response = chief_client.post(waiting_page(story), data)
    assert response.status_code == 400
    assert message in response.content.decode()
    assert fields_of(response, "decide")["part-body_html.1"] == "theirs", "what was chosen stays"
    assert WaitingChange.objects.get().state == "open"
    story.refresh_from_db()
    assert story.revision_number == 2


def test_a_version_that_waits_for_another_decision_asks_no_part(chief_client, send_in):
    send_in("1")
    article = edit(headline="Roof off fish market")
    withdraw(article, by=make_user(), reason="A court has ordered it.")
    send_in("2", LEAD, QUAY, END, NEW)
    response = chief_client.get(waiting_page(article))
    assert "It was withdrawn on" in response.content.decode()
    assert "Take it in beside our changes" in response.content.decode()
    assert lines_of(response, "merge-part") == []
    decide(chief_client, article, "merge")
    article.refresh_from_db()
    assert article.headline == "Roof off fish market"
    assert article.body_html == body(LEAD, QUAY, END, NEW)
    assert not Edition.objects.listed().exists()


def test_of_a_version_without_anything_of_ours_only_the_whole_is_offered(chief_client, send_in):
    send_in("1")
    article = Article.objects.get()
    withdraw(article, by=make_user(), reason="A court has ordered it.")
    send_in("2", LEAD, QUAY, END, NEW)
    text = chief_client.get(waiting_page(article)).content.decode()
    assert 'value="merge"' not in text
    assert "Nothing of ours is lost by it." in text


def test_a_merge_goes_without_what_was_deleted_and_says_so(chief_client):
    deleted_tag, remaining_tag, picture = make_tag("Shoals"), make_tag("Ferries"), make_image()
    article = make_article(headline="Ours", source="wire")
    run = ImportRun.objects.create(source="wire")
    values = {"headline": "Ferry 2", "lead_image": picture.pk}
    values |= {"tags": [deleted_tag.pk, remaining_tag.pk]}
    WaitingChange.objects.create(article=article, run=run, values=values)
    first = article.revisions.get().snapshot
    article.imported_items.create(
        source="wire", ref="a", hash="0", result="created", run=run, base_values=first
    )
    deleted_tag.delete()
    response = decide(chief_client, article, "merge")
    assert "The tag “Shoals” was deleted since" in messages_of(response)
    article.refresh_from_db()
    assert (article.headline, article.lead_image) == ("Ferry 2", picture)
    assert [*article.tags.all()] == [remaining_tag]


def test_a_headline_made_of_the_first_sentence_stays_known_as_such(chief_client, send_in):
    send_in("1")
    article = edit(headline="Roof off fish market")
    send_in("2", headline=None)
    chief_client.get(waiting_page(article))
    decide(chief_client, article, "merge", headline="mine")
    article.refresh_from_db()
    assert (article.headline, article.is_headline_derived) == ("Roof off fish market", False)
    send_in("3", THEIRS, headline=None)
    decide(chief_client, article, "merge", headline="theirs")
    article.refresh_from_db()
    assert article.headline.startswith("A hurricane tore")
    assert article.is_headline_derived


def test_who_may_not_decide_looks_and_chooses_nothing(story):
    make_roles()
    client = client_of("reporter")
    text = client.get(waiting_page(story)).content.decode()
    assert "Your role may not decide about it." in text
    main = text.partition('id="content-main"')[2].partition("<footer")[0]
    assert "<button" not in main.replace(ENTER_BUTTON, "")
    assert 'type="radio"' not in text
    assert client.post(waiting_page(story), {"decision": "take"}).status_code == 403
    assert "Look at it …" in client.get(form_of(story)).content.decode()


@pytest.mark.parametrize(("embargo", "is_dropped"), [("2199-01-01", True), ("2026-03-05", False)])
def test_an_embargo_that_drops_a_schedule_is_told_before(
    chief_client, send_in, embargo, is_dropped
):
    send_in("1")
    article = Article.objects.get()
    schedule(article, by=make_user(), at=timezone.now() + timedelta(days=1))
    send_in("2", LEAD, QUAY, NEW, embargoed=f"{embargo}T10:00:00Z")
    text = " ".join(chief_client.get(waiting_page(article)).content.decode().split())
    sentence = "It comes with an embargo: the publication scheduled for"
    assert (sentence in text) == is_dropped
    decide(chief_client, article, "take")
    assert Edition.objects.coming().exists() != is_dropped
