"""Doubts about quotes in the publish check: shown, waved off with a reason, taken up again, without scripts too."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Quote, WavedOff
from articles.record import Choice, accept
from articles.record.lint import lint
from articles.roles import make_roles
from tests.factories import make_article, make_person, make_quote, make_said, make_user

from .finds import find, make_story, review_of
from .forms import fields_of, form_of, messages_of, texts_of

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def story(db) -> Article:
    return make_story()


def mark_of(article: Article, words: str) -> str:
    stored = Article.objects.with_everything().get(pk=article.pk)
    return next(one.fingerprint for one in lint(stored).findings if one.words == words)


def wave(client, article: Article, mark: str, reason: str, **kwargs):
    data = fields_of(client.get(form_of(article)), f"wave-{mark}")
    assert data.pop(f"reason-{mark}") == ""
    data |= {f"reason-{mark}": reason, "wave-off": mark}
    return client.post(review_of(article), data, **{"follow": True} | kwargs)


def test_the_check_lists_the_doubts_and_an_editor_waves_one_off(desk, chief, story):
    mark = mark_of(story, "Tides of the North")
    assert "“Tides of the North” Say in the record" in " ".join(
        texts_of(desk.get(form_of(story)), "doubts")
    )
    response = wave(desk, story, mark, "The title of a book.")
    assert "Waved off, because: The title of a book." in messages_of(response)
    assert response.redirect_chain[-1][0] == f"{form_of(story)}#publish-check"
    row = WavedOff.objects.get()
    assert (row.by, row.check_name, row.reason) == (chief, "quoted", "The title of a book.")
    (waved,) = texts_of(response, "waved")
    for words in ("Waved off (1)", "Tides of the North", "chief", "“The title of a book.”"):
        assert words in waved
    data = fields_of(desk.get(form_of(story)), "finds") | {"take-up": mark}
    response = desk.post(review_of(story), data, follow=True)
    assert "The doubt stands again." in messages_of(response)
    assert not WavedOff.objects.exists()


def test_without_a_reason_nothing_is_waved_off_and_the_editor_is_told(desk, story):
    response = wave(desk, story, mark_of(story, "Tides of the North"), "  ")
    assert "Say why you wave it off" in messages_of(response)
    assert not WavedOff.objects.exists()


def test_what_was_never_a_doubt_is_not_waved_off(desk, story):
    data = {"place": "form", "wave-off": "f" * 64, f"reason-{'f' * 64}": "Fine."}
    response = desk.post(review_of(story), data, follow=True)
    assert "There is no such doubt any more" in messages_of(response)
    response = desk.post(review_of(story), {"take-up": "nonsense\0"}, follow=True)
    assert "It stands already" in messages_of(response)


def test_a_script_gets_the_check_anew(desk, story):
    mark = mark_of(story, "Tides of the North")
    response = wave(desk, story, mark, "A title.", follow=False, headers=FETCH)
    text = response.content.decode()
    assert response.status_code == 200
    assert 'id="publish-check"' in text
    assert 'data-focus="publish-check"' in text
    assert "Waved off (1)" in text
    assert f'id="wave-{mark}"' not in text


def test_the_difference_to_another_story_is_shown_with_the_way_there(desk):
    ada = make_person("Ada Lund")
    live = make_said("We looked at every pile of it and found one that holds.", person=ada)
    words = "We looked at every pile of it and found none that holds."
    article = make_article(body_html=f"<p>“{words}” she said.</p>")
    make_quote(article, words, person=ada)
    page = desk.get(form_of(article)).content.decode()
    assert "<del>one</del><ins>none</ins>" in page
    assert form_of(live.article) in page


def test_a_reporter_sees_the_doubts_and_waves_none_off(client, story):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    page = client.get(form_of(story)).content.decode()
    assert "Words in quotation marks that nobody is on record for" in page
    assert 'name="wave-off"' not in page
    for button in ("wave-off", "take-up", "approve"):
        assert client.post(review_of(story), {button: "1"}).status_code == 403


def test_who_may_not_see_doubts_sees_none(client, story):
    make_roles()
    client.force_login(make_user(groups=("operator",)))
    assert texts_of(client.get(form_of(story)), "doubts") == []


def test_words_of_the_text_are_escaped(desk):
    article = make_story("<p>She said “&lt;script&gt;alert(1)&lt;/script&gt; it holds” twice.</p>")
    page = desk.get(form_of(article)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_form_costs_the_same_however_many_doubts_there_are(desk, story):
    def cost(article: Article) -> int:
        desk.get(form_of(article))
        with CaptureQueriesContext(connection) as captured:
            desk.get(form_of(article))
        return len(captured)

    few = cost(make_story("<p>The “deal” is off.</p>"))
    many = cost(make_story("".join(f"<p>The “deal {number}” is off.</p>" for number in range(60))))
    assert many == few


def test_an_editor_approves_an_unnamed_source_in_the_review(desk, chief, story):
    choice = Choice("unnamed", name="a senior official", reason="Fears for the job.")
    quote = accept(find(story, "It was always"), by=make_user(), choice=choice)
    page = desk.get(review_of(story))
    assert "Nobody has approved yet that this source is not named." in page.content.decode()
    data = fields_of(page, "finds") | {"approve": quote.pk}
    response = desk.post(review_of(story), data, follow=True)
    assert "Approved: readers are told a senior official, no name." in messages_of(response)
    assert Quote.objects.get().approved_by == chief
    assert "Nobody has approved yet" not in response.content.decode()
    response = desk.post(review_of(story), data, follow=True)
    assert "It is approved already." in messages_of(response)


def test_the_check_says_that_a_source_waits_for_approval(desk, story):
    choice = Choice("unnamed", name="a senior official", reason="Fears for the job.")
    accept(find(story, "It was always"), by=make_user(), choice=choice)
    assert "Nobody has approved that a senior official is not named" in " ".join(
        texts_of(desk.get(form_of(story)), "reasons")
    )
    waiting = reverse("admin:articles_quote_changelist") + "?source=unapproved"
    assert waiting in desk.get(reverse("admin:index")).content.decode()
    assert len(desk.get(waiting).context["cl"].result_list) == 1
