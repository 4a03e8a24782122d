"""Warnings about quotes in the publish check: shown, dismissed with a reason, reinstated, without scripts too."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Quote, WavedOff
from articles.record import SpeakerChoice, accept_suggestion
from articles.record.checks.quote_checks import check_quotes
from articles.roles import make_roles
from tests.factories import make_article, make_live_quote, make_person, make_quote, make_user
from tests.marks import marks

from .forms import fields_of, form_of, messages_of, texts_of
from .review_stories import find_suggestion, make_story, review_of

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def story(db) -> Article:
    return make_story()


def fingerprint_of(article: Article, text: str) -> str:
    stored = Article.objects.with_everything().get(pk=article.pk)
    return next(
        warning.fingerprint
        for warning in check_quotes(stored).open_warnings
        if warning.words == text
    )


def dismiss(client, article: Article, fingerprint: str, reason: str, **kwargs):
    data = fields_of(client.get(form_of(article)), f"wave-{fingerprint}")
    assert data.pop(f"reason-{fingerprint}") == ""
    data |= {f"reason-{fingerprint}": reason, "wave-off": fingerprint}
    return client.post(review_of(article), data, **{"follow": True} | kwargs)


def test_the_check_lists_the_warnings_and_an_editor_dismisses_one(chief_client, chief, story):
    fingerprint = fingerprint_of(story, "Tides of the North")
    assert "“Tides of the North” Say in the record" in " ".join(
        texts_of(chief_client.get(form_of(story)), "doubts")
    )
    response = dismiss(chief_client, story, fingerprint, "The title of a book.")
    assert "Dismissed, because: The title of a book." in messages_of(response)
    assert response.redirect_chain[-1][0] == f"{form_of(story)}#publish-check"
    row = WavedOff.objects.get()
    assert (row.by, row.check_name, row.reason) == (chief, "quoted", "The title of a book.")
    (dismissed,) = texts_of(response, "waved")
    for phrase in ("Dismissed (1)", "Tides of the North", "chief", "“The title of a book.”"):
        assert phrase in dismissed
    data = fields_of(chief_client.get(form_of(story)), "finds") | {"take-up": fingerprint}
    response = chief_client.post(review_of(story), data, follow=True)
    assert "The warning is reinstated." in messages_of(response)
    assert not WavedOff.objects.exists()


def test_without_a_reason_nothing_is_dismissed_and_the_editor_is_told(chief_client, story):
    response = dismiss(chief_client, story, fingerprint_of(story, "Tides of the North"), "  ")
    assert "Say why you dismiss it" in messages_of(response)
    assert not WavedOff.objects.exists()


def test_what_was_never_a_warning_is_not_dismissed(chief_client, story):
    data = {"place": "form", "wave-off": "f" * 64, f"reason-{'f' * 64}": "Fine."}
    response = chief_client.post(review_of(story), data, follow=True)
    assert "There is no such warning any more" in messages_of(response)
    response = chief_client.post(review_of(story), {"take-up": "nonsense\0"}, follow=True)
    assert "It stands already" in messages_of(response)


def test_a_script_gets_the_check_anew(chief_client, story):
    fingerprint = fingerprint_of(story, "Tides of the North")
    response = dismiss(chief_client, story, fingerprint, "A title.", follow=False, headers=FETCH)
    text = response.content.decode()
    assert response.status_code == 200
    assert 'id="publish-check"' in text
    assert 'data-focus="publish-check"' in text
    assert "Dismissed (1)" in text
    assert f'id="wave-{fingerprint}"' not in text


def test_the_difference_to_another_story_is_shown_with_the_way_there(chief_client):
    ada = make_person("Ada Lund")
    live = make_live_quote("We looked at every pile of it and found one that holds.", person=ada)
    quoted = "We looked at every pile of it and found none that holds."
    article = make_article(body_html=f"<p>“{quoted}” she said.</p>")
    make_quote(article, quoted, person=ada)
    page = chief_client.get(form_of(article)).content.decode()
    assert marks("one", "none") in page
    assert form_of(live.article) in page


def test_a_reporter_sees_the_warnings_and_dismisses_none(client, story):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    page = client.get(form_of(story)).content.decode()
    assert "Words in quotation marks that nobody is on record for" in page
    assert 'name="wave-off"' not in page
    for button in ("wave-off", "take-up", "approve"):
        assert client.post(review_of(story), {button: "1"}).status_code == 403


def test_who_may_not_see_warnings_sees_none(client, story):
    make_roles()
    client.force_login(make_user(groups=("operator",)))
    assert texts_of(client.get(form_of(story)), "doubts") == []


def test_words_of_the_text_are_escaped(chief_client):
    article = make_story("<p>She said “&lt;script&gt;alert(1)&lt;/script&gt; it holds” twice.</p>")
    page = chief_client.get(form_of(article)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_form_costs_the_same_however_many_warnings_there_are(chief_client, story):
    def cost(article: Article) -> int:
        chief_client.get(form_of(article))
        with CaptureQueriesContext(connection) as captured:
            chief_client.get(form_of(article))
        return len(captured)

    few = cost(make_story("<p>The “deal” is off.</p>"))
    many = cost(make_story("".join(f"<p>The “deal {number}” is off.</p>" for number in range(60))))
    assert many == few


def test_an_editor_approves_an_unnamed_source_in_the_review(chief_client, chief, story):
    choice = SpeakerChoice("unnamed", name="a senior official", reason="Fears for the job.")
    quote = accept_suggestion(
        find_suggestion(story, "It was always"), by=make_user(), choice=choice
    )
    page = chief_client.get(review_of(story))
    assert "Nobody has approved yet that this source is not named." in page.content.decode()
    data = fields_of(page, "finds") | {"approve": quote.pk}
    response = chief_client.post(review_of(story), data, follow=True)
    assert "Approved: readers are told a senior official, no name." in messages_of(response)
    assert Quote.objects.get().approved_by == chief
    assert "Nobody has approved yet" not in response.content.decode()
    again = messages_of(chief_client.post(review_of(story), data, follow=True))
    assert "That was done already" in again
    assert "<a" not in again, "a link in what was said is a link again"
    data = fields_of(chief_client.get(review_of(story)), "finds") | {"approve": quote.pk}
    response = chief_client.post(review_of(story), data, follow=True)
    assert "It is approved already." in messages_of(response)


def test_the_check_says_that_a_source_waits_for_approval(chief_client, story):
    choice = SpeakerChoice("unnamed", name="a senior official", reason="Fears for the job.")
    accept_suggestion(find_suggestion(story, "It was always"), by=make_user(), choice=choice)
    assert "Nobody has approved that a senior official is not named" in " ".join(
        texts_of(chief_client.get(form_of(story)), "reasons")
    )
    waiting = reverse("admin:articles_quote_changelist") + "?source=unapproved"
    assert waiting in chief_client.get(reverse("admin:index")).content.decode()
    assert len(chief_client.get(waiting).context["cl"].result_list) == 1
