"""A source’s name goes from the whole database but for what is listed; what cannot be done is refused whole."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from articles.models import (
    NameRemoval,
    Quote,
    Suggestion,
    UnsavedForm,
)
from articles.publishing import publish
from articles.record import DecisionError, SpeakerChoice, accept_suggestion
from articles.record.name_removal.remove import (
    preview_name_removal,
)
from articles.roles import make_roles
from tests.factories import (
    make_article,
    make_person,
    make_quote,
    make_user,
)
from tests.record.quotes.unnamed import BODY, MORE, suggestion_of

from .named import DECISION, NAME, remove, silence, traces

pytestmark = pytest.mark.django_db


def test_not_a_letter_of_the_name_is_left_when_the_row_goes_too(named, story, chief):
    silence(story)
    token = f"person-{named.person_id}"
    report = remove(named, chief, deleted_rows=[token])
    assert report.hits == []
    assert report.places == []
    assert traces("Ollerby", "ollerby", "Hattie") == []
    named.refresh_from_db()
    assert named.speaker == "a senior official"
    assert named.approved_by == chief


def test_what_is_printed_is_listed_and_stays(named, story, chief):
    publish(story, by=None)
    report = remove(named, chief)
    tables = {hit.table: hit.columns for hit in report.hits}
    assert "body_html" in tables["articles.Article"]
    assert "snapshot" in tables["articles.Revision"]
    assert {"body_html", "people", "page_html"} <= set(tables["articles.Edition"])
    story.refresh_from_db()
    assert story.body_html == BODY
    again = remove(named, chief)
    assert again.hits == report.hits or {h.table for h in again.hits} == set(tables)


def test_a_try_shows_what_would_be_and_changes_nothing(named, story, chief):
    before = {model: list(model._base_manager.values()) for model in apps.get_models()}
    preview = preview_name_removal(named, DECISION, by=chief)
    assert before == {model: list(model._base_manager.values()) for model in apps.get_models()}
    report = remove(named, chief)
    assert preview.counts == report.counts
    assert preview.places == report.places
    assert [hit.table for hit in preview.hits] == [hit.table for hit in report.hits]


def test_the_note_says_when_and_by_whom_and_never_the_name(named, story, chief):
    silence(story)
    remove(named, chief, deleted_rows=[f"person-{named.person_id}"])
    removal = NameRemoval.objects.get()
    assert (removal.quote, removal.article, removal.by) == (named, story, chief)
    assert NameRemoval.objects.drafts_void_before(story.pk) == removal.at
    assert NameRemoval.objects.drafts_void_before(make_article().pk) is None
    assert traces("Ollerby") == []


def test_the_newest_removal_says_which_drafts_are_void(named, chief):
    remove(named, chief)
    NameRemoval.objects.update(at=timezone.now() - timedelta(days=2))
    remove(named, chief)
    newest = NameRemoval.objects.first()
    assert NameRemoval.objects.drafts_void_before(named.article_id) == newest.at


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"names": []}, "Write the name"),
        ({"names": ["  "]}, "Write the name"),
        ({"names": ["–"]}, "too short"),
        ({"names": ["O"]}, "too short"),
        ({"names": ["x" * 201]}, "At most"),
        ({"names": [f"Name {number}" for number in range(13)]}, "At most"),
        ({"unnamed": ""}, "Say first"),
        ({"unnamed_reason": " "}, "Say first"),
        ({"unnamed": "an aide of OLLERBY"}, "must not have the name"),
        ({"unnamed_reason": "Harriet Óllerby fears"}, "must not have the name"),
    ],
)
def test_what_cannot_be_done_is_refused_whole(named, chief, fields, sentence):
    with pytest.raises(DecisionError, match=sentence):
        remove(named, chief, **fields)
    assert Quote.objects.get().person.name == NAME
    assert not NameRemoval.objects.exists()


def test_who_may_not_approve_sources_removes_no_name(named):
    make_roles()
    with pytest.raises(DecisionError, match="may not approve"):
        remove(named, make_user(groups=("reporter",)))


def test_a_story_that_quotes_the_same_by_name_has_to_decide_that_first(named, story, chief):
    story.body_html = BODY + f"<p>“{MORE}”</p>"
    story.save()
    make_quote(story, MORE, person=named.person)
    with pytest.raises(DecisionError, match="by name elsewhere"):
        remove(named, chief)


def test_a_quote_that_was_unnamed_before_is_cleaned_by_the_name_that_is_written(story, chief):
    quote: Any = accept_suggestion(
        suggestion_of(story),
        by=chief,
        choice=SpeakerChoice("unnamed", name="a senior official", reason="Fears."),
    )
    story.ed_note = "Call Ollerby."
    story.save()
    person = make_person(NAME)
    story.people.add(person)
    report = remove(quote, chief)
    assert not story.people.exists()
    assert [place.key for place in report.places] == [person.pk]
    assert any("ed_note" in hit.columns for hit in report.hits)


def test_unsaved_forms_of_the_story_go_those_of_others_stay(named, story, chief):
    own = f"/admin/articles/article/{story.pk}/change/"
    other = "/admin/articles/article/999999/change/"
    rows = [
        (own, {"body_html": ["<p>Harriet <b>Ollerby</b></p>"]}),
        (own, {"people": [str(named.person_id)]}),
        (own, {"headline": ["Nobody"]}),
        (other, {"headline": ["Harriet Ollerby opens a shop"]}),
    ]
    for number, (path, values) in enumerate(rows):
        UnsavedForm.objects.create(user=chief, path=path, token=str(number), values=values)
    remove(named, chief)
    assert sorted(UnsavedForm.objects.values_list("token", flat=True)) == ["2", "3"]


def test_other_finds_of_the_story_keep_their_speakers(named, story, chief):
    other = Suggestion.objects.create(
        article=story,
        kind="quote",
        state="rejected",
        fingerprint="f",
        start=0,
        end=1,
        confidence=0.5,
        found={"speaker": "Tomas Reve", "text": MORE},
        candidates=[
            {"kind": "person", "pk": named.person_id, "name": NAME, "score": 0.2},
            {"kind": "person", "pk": 99, "name": "Tomas Reve", "score": 0.8},
        ],
    )
    remove(named, chief)
    other.refresh_from_db()
    assert other.found["speaker"] == "Tomas Reve"
    assert [candidate["name"] for candidate in other.candidates] == ["Tomas Reve"]
