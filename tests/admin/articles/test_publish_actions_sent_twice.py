"""Publish, correct, withdraw, restore, decide, sent twice: one thing is done, and nobody is "somebody" to herself."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Correction, Edition, ImportRun, WaitingChange
from articles.publishing import publish, withdraw
from tests.admin.forms import decide, fields_of, form_of, messages_of
from tests.factories import make_article, make_live

pytestmark = pytest.mark.django_db
WORDS = {"wrong": "Two ferries.", "right": "Three ferries.", "weight": "correction"}


def page_of(article: Article, name: str, *args: Any) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *args])


def story_form(client: Client, article: Article, button: str, **changes: Any) -> dict[str, Any]:
    page = client.get(form_of(article))
    return fields_of(page, "article_form") | changes | {button: "1"}


def action_form(client: Client, article: Article, name: str, **words: str) -> dict[str, Any]:
    return fields_of(client.get(page_of(article, name)), "deed_form") | words


def test_publish_sent_twice_makes_one_edition_and_speaks_of_no_somebody(chief_client):
    article = make_article()
    data = story_form(chief_client, article, "_publish", headline="New words")
    first, again = (chief_client.post(form_of(article), data, follow=True) for _ in range(2))
    assert again.status_code == 200
    assert "Published: readers have it since" in messages_of(first)
    assert "That was done already, at" in messages_of(again)
    assert "Published: readers have it since" in messages_of(again)
    assert "omebody" not in messages_of(again)
    assert Edition.objects.count() == 1
    article.refresh_from_db()
    assert article.revision_number == 2


def test_publish_from_two_windows_with_equal_words_makes_one_edition(chief_client):
    article = make_article()
    windows = [
        story_form(chief_client, article, "_publish", headline="New words") for _ in range(2)
    ]
    assert windows[0]["form_token"] != windows[1]["form_token"]
    for data in windows:
        response = chief_client.post(form_of(article), data, follow=True)
    assert response.status_code == 200
    text = messages_of(response)
    assert "Nothing to publish: readers have exactly this already, since" in text
    assert "published by you." in text
    assert Edition.objects.count() == 1


def test_what_others_published_is_said_to_be_theirs(chief_client, other_client):
    article = make_article()
    data = story_form(chief_client, article, "_publish", headline="New words")
    other_client.post(form_of(article), story_form(other_client, article, "_publish") | data)
    data = story_form(chief_client, article, "_publish")
    assert "published by other." in messages_of(
        chief_client.post(form_of(article), data, follow=True)
    )


def test_a_save_over_one_s_own_of_another_window_is_told_as_such_and_loses_nothing(chief_client):
    article = make_article()
    first = story_form(chief_client, article, "_save", headline="In the first window")
    second = story_form(chief_client, article, "_save", headline="In the second window")
    chief_client.post(form_of(article), first)
    response = chief_client.post(form_of(article), second)
    html = response.content.decode()
    page = re.sub(r"<dialog.*?</dialog>", "", html, flags=re.DOTALL)  # it speaks of other browsers
    assert response.status_code == 409
    assert "You saved this story in another window" in page
    assert "You stored revision 2" in " ".join(page.split())
    assert "What you changed there" in page
    assert "omebody" not in page
    assert "In the second window" in fields_of(response, "article_form")["headline"]


def test_a_save_over_one_s_own_and_another_s_speaks_of_somebody(chief_client, other_client):
    article = make_article()
    stale = story_form(chief_client, article, "_save", headline="Stale")
    for client, headline in ((other_client, "Theirs"), (chief_client, "Mine")):
        client.post(form_of(article), story_form(client, article, "_save", headline=headline))
    page = chief_client.post(form_of(article), stale).content.decode()
    assert "Somebody saved this story while you had it open" in page


def test_back_change_and_save_again_is_a_conflict_that_holds_the_new_words(chief_client):
    article = make_article()
    data = story_form(chief_client, article, "_save", headline="First")
    chief_client.post(form_of(article), data)
    response = chief_client.post(form_of(article), data | {"headline": "Second thoughts"})
    assert response.status_code == 409
    assert fields_of(response, "article_form")["headline"] == "Second thoughts"


def test_back_and_publish_after_save_publishes_what_was_saved(chief_client):
    article = make_article()
    data = story_form(chief_client, article, "_save", headline="First")
    chief_client.post(form_of(article), data)
    del data["_save"]
    response = chief_client.post(form_of(article), data | {"_publish": "1"}, follow=True)
    assert "Published: readers have it since" in messages_of(response)
    assert Edition.objects.get().headline == "First"


def test_a_refused_publication_can_be_sent_again_once_nothing_stands_against_it(chief_client):
    article = make_article(source="wire")
    data = story_form(chief_client, article, "_publish", headline="New words")
    assert "Saved, not published" in messages_of(
        chief_client.post(form_of(article), data, follow=True)
    )
    Article.objects.update(published_at=timezone.now() - timedelta(days=1))
    data["published_at"] = fields_of(chief_client.get(form_of(article)), "article_form")[
        "published_at"
    ]
    response = chief_client.post(form_of(article), data, follow=True)
    assert "Published: readers have it since" in messages_of(response)


def test_the_back_button_after_adding_makes_no_second_story(chief_client):
    data = fields_of(chief_client.get(form_of(None)), "article_form")
    data |= {"headline": "Double submit", "_save": "1"}
    chief_client.post(form_of(None), data)
    again = chief_client.post(form_of(None), data, follow=True)
    assert "That was done already" in messages_of(again)
    changed = data | {"headline": "Changed after back"}
    response = chief_client.post(form_of(None), changed, follow=True)
    article = Article.objects.get()
    assert response.redirect_chain[-1][0] == form_of(article)
    assert (article.headline, article.revision_number) == ("Changed after back", 2)


def test_the_back_button_after_adding_and_saving_since_is_a_conflict_on_the_story(chief_client):
    data = fields_of(chief_client.get(form_of(None)), "article_form")
    data |= {"headline": "Double submit", "_save": "1"}
    chief_client.post(form_of(None), data)
    article = Article.objects.get()
    saved = story_form(chief_client, article, "_save", headline="Since", kicker="K")
    chief_client.post(form_of(article), saved)
    response = chief_client.post(form_of(None), data | {"headline": "Changed after back"})
    assert response.status_code == 409
    assert f'action="{form_of(article)}"' in response.content.decode()
    fields = fields_of(response, "article_form")
    assert (fields["headline"], fields["kicker"]) == ("Changed after back", "K")
    chief_client.post(form_of(article), fields | {"_save": "1"})
    assert Article.objects.get().headline == "Changed after back"


def test_the_form_of_a_story_that_was_deleted_makes_a_new_one(chief_client):
    data = fields_of(chief_client.get(form_of(None)), "article_form")
    data |= {"headline": "Double submit", "_save": "1"}
    chief_client.post(form_of(None), data)
    Article.objects.all().delete()
    chief_client.post(form_of(None), data | {"headline": "Again"})
    assert Article.objects.get().headline == "Again"


def test_correct_sent_twice_tells_readers_once(chief_client):
    article = make_live().article
    data = action_form(chief_client, article, "correct", **WORDS)
    for _ in range(2):
        response = chief_client.post(page_of(article, "correct"), data, follow=True)
    assert "That was done already, at" in messages_of(response)
    assert "Corrected: readers see the text and the correction since" in messages_of(response)
    assert Correction.objects.count() == 1
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("has_token", [True, False])
def test_correct_from_two_windows_in_the_same_words_tells_readers_once(chief_client, has_token):
    article = make_live().article
    for _ in range(2):
        data = action_form(chief_client, article, "correct", **WORDS)
        data |= {} if has_token else {"form_token": ""}
        response = chief_client.post(page_of(article, "correct"), data, follow=True)
    assert "It is corrected already, in these words, since" in messages_of(response)
    assert Correction.objects.count() == 1


def test_other_words_or_another_text_are_another_correction(chief_client):
    article = make_live().article
    data = action_form(chief_client, article, "correct", **WORDS)
    chief_client.post(page_of(article, "correct"), data)
    chief_client.post(page_of(article, "correct"), data | {"right": "Four ferries."})
    chief_client.post(form_of(article), story_form(chief_client, article, "_save", headline="New"))
    data = action_form(chief_client, article, "correct", **WORDS | {"right": "Four ferries."})
    chief_client.post(page_of(article, "correct"), data)
    assert Correction.objects.count() == 3


def test_withdraw_sent_twice_and_from_two_windows_is_done_once(chief_client, other_client):
    article = make_live().article
    data = action_form(chief_client, article, "withdraw", reason="It named the wrong man.")
    chief_client.post(page_of(article, "withdraw"), data)
    response = chief_client.post(page_of(article, "withdraw"), data, follow=True)
    assert "That was done already, at" in messages_of(response)
    assert "Withdrawn: its page says when and why." in messages_of(response)
    data = action_form(other_client, article, "withdraw", reason="Another reason.")
    response = other_client.post(page_of(article, "withdraw"), data, follow=True)
    text = response.content.decode()
    assert "Not withdrawn. It is withdrawn already, since" in text
    assert "by chief." in text
    assert fields_of(response, "deed_form")["reason"] == "Another reason."
    assert Edition.objects.filter(kind=Edition.Kind.WITHDRAWAL).count() == 1


def test_restoring_what_the_working_copy_is_keeps_no_second_equal_revision(chief_client):
    article = make_article(headline="As it was")
    chief_client.post(form_of(article), story_form(chief_client, article, "_save", headline="New"))
    restore = page_of(article, "restore", 1)
    data = {"form_token": "a-token-of-22-letters-"}
    first, again = (chief_client.post(restore, data, follow=True) for _ in range(2))
    assert "Revision 1 is the working copy again, as revision 3." in messages_of(first)
    assert "That was done already, at" in messages_of(again)
    response = chief_client.post(restore, follow=True)
    assert "It is as revision 1 has it already: nothing was stored." in messages_of(response)
    article.refresh_from_db()
    assert (article.headline, article.revision_number) == ("As it was", 3)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [("take", "It was taken over already, at"), ("leave", "It was left aside already, at")],
)
def test_a_waiting_version_is_decided_once(chief_client, other_client, decision, sentence):
    article = make_article()
    run = ImportRun.objects.create(source="wire")
    WaitingChange.objects.create(article=article, run=run, values={"headline": "Newer"})
    data = fields_of(other_client.get(page_of(article, "decide")), "decide")
    decide(chief_client, article, decision)
    for other_decision in ("take", "merge", "leave"):
        data |= {"decision": other_decision}
        text = messages_of(other_client.post(page_of(article, "decide"), data, follow=True))
        assert sentence in text
        assert "by chief." in text
    article.refresh_from_db()
    assert (article.headline == "Newer") == (decision == "take")


def test_hiding_an_edition_twice_leaves_the_first_reason(chief_client):
    article = make_live().article
    data = action_form(chief_client, article, "correct", **WORDS)
    chief_client.post(page_of(article, "correct"), data)
    for reason in ("A private address.", "Another reason."):
        response = chief_client.post(
            page_of(article, "edition", 1), {"reason": reason}, follow=True
        )
    assert "It is out of the public history already: A private address." in messages_of(response)
    assert "Yours was not stored: Another reason." in messages_of(response)
    assert Edition.objects.get(number=1).hidden_reason == "A private address."


def test_a_story_that_was_withdrawn_and_published_again_can_be_withdrawn_again(chief_client, chief):
    article = make_live().article
    withdraw(article, by=chief, reason="First.")
    publish(article, by=chief, reason="It holds.")
    data = action_form(chief_client, article, "withdraw", reason="Second.")
    assert "Withdrawn:" in messages_of(
        chief_client.post(page_of(article, "withdraw"), data, follow=True)
    )
