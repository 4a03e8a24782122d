"""The row of somebody who was a source: it stays, and it is said why, or it goes for good on a word of its own."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from articles.admin.articles.story_search import match_stories
from articles.models import (
    ArticleSearch,
    DeskNameWord,
    EditionPerson,
    NameWord,
    Organization,
    Person,
    Quote,
)
from articles.models.desk_names import DESK_KINDS
from articles.record import DecisionError, SpeakerChoice, accept_suggestion
from articles.record.consistency.search_words import search_issues
from articles.record.merging.merge import merge_rows
from articles.record.name_removal.remove import NameDecision, remove_source_name
from articles.record.name_removal.source_row import RowPlace, delete_row
from articles.roles import make_roles
from tests.factories import make_live_quote, make_organization, make_person, make_user
from tests.record.quotes.unnamed import suggestion_of

from .named import NAME, remove, silence, traces

pytestmark = pytest.mark.django_db


def test_the_row_stays_unless_it_is_chosen(named, story, chief):
    silence(story)
    report = remove(named, chief)
    assert [(place.name, place.reasons) for place in report.places] == [(NAME, ())]
    assert Person.objects.filter(name=NAME).exists()
    assert not story.people.exists()
    assert not story.mentions.exists()
    labels = {line.partition(":")[0] for line in traces("Ollerby")}
    assert labels == {"articles.Person", "articles.HistoricalPerson"}


def test_somebody_who_is_in_the_paper_elsewhere_stays_and_it_is_said_why(named, story, chief):
    edition = make_live_quote("The ferry stays.", person=named.person)
    report = remove(named, chief)
    (place,) = report.places
    assert any("It is quoted in 1 story" in reason for reason in place.reasons)
    assert EditionPerson.objects.filter(edition=edition).exists()
    assert edition.article.quotes.get().person.name == NAME
    with pytest.raises(DecisionError, match="stays"):
        delete_row(place, by=chief)


def test_who_may_not_delete_people_deletes_none(named, story):
    make_roles()
    editor = make_user(groups=("editor",))
    with pytest.raises(DecisionError, match="may not delete"):
        remove(named, editor, deleted_rows=[f"person-{named.person_id}"])
    assert Quote.objects.get().person, "nothing is done by half"
    remove(named, editor)
    assert Person.objects.filter(name=NAME).exists()


def test_a_source_who_was_merged_goes_by_every_name(named, story, chief):
    silence(story)
    target = make_person("Henrietta Doe")
    merge = merge_rows(target, named.person, by=chief, is_sure=True)
    named.refresh_from_db()
    report = remove(named, chief, names=["Henrietta Doe"])
    assert not merge.steps.filter(model="articles.quote").exists()
    (place,) = report.places
    assert any("merged into it" in reason for reason in place.reasons), "undo the merge first"
    remaining = {line.partition(":")[0] for line in traces("Ollerby")}
    assert remaining == {
        "articles.Person",
        "articles.HistoricalPerson",
        "articles.Merge",
        "articles.MergeStep",
        "articles.OtherName",
    } - {"articles.Person"}


def test_an_organization_can_be_a_source(story, chief):
    guild = make_organization("Guild of Ollerby")
    quote: Any = accept_suggestion(
        suggestion_of(story), by=chief, choice=SpeakerChoice("organization", guild.pk)
    )
    silence(story)
    decision = NameDecision(["Guild of Ollerby"], "a guild", "Fears.", [f"organization-{guild.pk}"])
    report = remove_source_name(quote, decision, by=chief)
    assert report.places == []
    assert not Organization.objects.filter(pk=guild.pk).exists()


def test_the_log_of_a_row_that_goes_keeps_that_something_was_done(named, story, chief):
    silence(story)
    LogEntry.objects.create(
        user=chief,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(named.person_id),
        object_repr=NAME,
        action_flag=2,
        change_message="x",
    )
    remove(named, chief, deleted_rows=[f"person-{named.person_id}"])
    assert LogEntry.objects.get().object_repr == "[name removed]"


def test_a_place_is_chosen_by_its_kind_and_key():
    assert RowPlace("person", 7, NAME, ()).token == "person-7"


def test_the_words_of_a_name_go_with_its_row_and_from_the_search(named, story, chief):
    silence(story)
    key = named.person_id
    labels = ArticleSearch.objects.filter(article=story)
    remove(named, chief, deleted_rows=[f"person-{key}"])
    assert not DeskNameWord.objects.filter(kind="person", key=key).exists()
    assert not NameWord.objects.filter(kind="person", key=key).exists()
    assert match_stories("ollerby", DESK_KINDS).keys == []
    assert f"p{key}" not in labels.values_list("labels", flat=True)[0]
    assert list(search_issues()) == []
