"""A source who is not named is forgotten: in every table, and whatever would bring the name back."""

from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse

from articles.models import (
    CorrectionDraft,
    ImportRun,
    Mention,
    Merge,
    MergeStep,
    Person,
    Proposal,
    Quote,
    Revision,
    WaitingChange,
)
from articles.record import (
    SpeakerChoice,
    accept_suggestion,
    delete_quote,
    sync_record,
    undo_decision,
)
from articles.record.consistency.repair import repair_record
from articles.record.consistency.unnamed_sources import unnamed_source_issues
from articles.record.merging.merge import merge_rows
from articles.record.merging.merge import undo_merge as part
from articles.record.quotes.store import save_quote
from tests.factories import make_article, make_organization, make_person, make_quote, make_user
from tests.record.quotes.unnamed import (
    BODY,
    MORE,
    NAME,
    ROLE,
    SILENT,
    UNNAMED,
    by_hand,
    find_traces,
    form_data,
    make_unnamed,
    suggestion_of,
)
from tests.record.quotes.unnamed import chief as chief
from tests.record.quotes.unnamed import chief_client as chief_client
from tests.record.quotes.unnamed import story as story

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(story, chief) -> Quote:
    """A quote of somebody on record, who came on record with it and under another name since."""
    quote: Any = accept_suggestion(
        suggestion_of(story), by=chief, choice=SpeakerChoice("new-person", name="Harriet Ollerby")
    )
    quote.role = "engineer Ollerby knows"
    quote.save()
    target = make_person("Henrietta Ollerby")
    merge_rows(target, quote.person, by=chief, is_sure=True)
    quote.refresh_from_db()
    assert quote.person == target
    return quote


def test_naming_nobody_forgets_the_name_in_every_table(chief_client, chief, named, story):
    person = named.person
    story.people.add(person)
    story.create_revision(chief)
    story.people.clear()
    story.body_html = SILENT
    story.save()
    story.create_revision(chief)
    run = ImportRun.objects.create(source="wire")
    values = story.snapshot() | {"people": [person.pk]}
    WaitingChange.objects.create(article=story, run=run, values=values)
    wrong = "The story gave the role of Henrietta Ollerby as “x”."
    CorrectionDraft.objects.create(article=story, wrong=wrong, right="y", facts=[wrong])
    LogEntry.objects.create(
        user=chief,
        content_type=ContentType.objects.get_for_model(Quote),
        object_id=str(named.pk),
        object_repr="x",
        action_flag=CHANGE,
        change_message="Said by Harriet Ollerby.",
    )
    assert find_traces(NAME) != []
    before = Revision.objects.count()
    make_unnamed(chief_client, named)
    assert find_traces(NAME, ROLE, "engineer") == []
    assert [values["people"] for values in Revision.objects.values_list("snapshot", flat=True)] == [
        [] for _ in range(before)
    ]
    assert WaitingChange.objects.get().values["people"] == []
    assert not MergeStep.objects.filter(model="articles.quote").exists()
    assert not Mention.objects.exists(), "the name is printed nowhere any more"
    assert not Quote.history.exclude(person=None, organization=None, role="").exists()
    assert Person.objects.filter(pk=person.pk).exists(), "who else she is is not of this quote"
    page = chief_client.get(
        reverse("admin:articles_quote_history", args=[named.pk])
    ).content.decode()
    assert NAME not in page


def test_an_organization_that_is_not_named_any_more_is_forgotten_too(chief_client, story, chief):
    guild = make_organization("Guild of Ollerby")
    quote: Any = accept_suggestion(
        suggestion_of(story), by=chief, choice=SpeakerChoice("organization", guild.pk)
    )
    make_unnamed(chief_client, quote)
    assert find_traces(NAME) == []
    assert not Quote.history.exclude(organization=None).exists()


def test_nothing_is_forgotten_when_it_could_not_be_stored(named):
    named.person, named.unnamed = None, "x" * 20
    named.kind = None
    with pytest.raises(Exception, match="Kind"), transaction.atomic():
        save_quote(named)
    assert Quote.history.exclude(person=None).exists()


def test_a_name_that_the_story_prints_is_its_own_affair(chief_client, named, story):
    make_unnamed(chief_client, named)
    assert Mention.objects.get().name == "Harriet Ollerby"


def test_a_story_that_is_about_somebody_stays_filed_under_them(chief_client, named, story, chief):
    story.people.add(named.person)
    story.create_revision(chief)
    make_unnamed(chief_client, named)
    assert Revision.objects.latest("number").snapshot["people"] == [Person.objects.get().pk]


def test_who_is_quoted_by_name_in_the_same_story_keeps_the_place_there(chief_client, named, story):
    story.body_html = SILENT + f"<p>“{MORE}”</p>"
    story.save()
    make_quote(story, MORE, person=named.person)
    mention = Mention.objects.get()
    make_unnamed(chief_client, named)
    assert Mention.objects.get() == mention


def test_another_suggestion_of_the_story_keeps_its_speaker(chief_client, chief):
    article = make_article(body_html=f"{BODY}<p>Tomas Reve said: “{MORE}”</p>")
    sync_record(article, by=None)
    quote: Any = accept_suggestion(
        suggestion_of(article), by=chief, choice=SpeakerChoice("new-person", name="Harriet Ollerby")
    )
    make_unnamed(chief_client, quote)
    other = next(
        suggestion
        for suggestion in article.suggestions.quotes()
        if suggestion.found["text"] == MORE
    )
    assert other.found["speaker"] == "Tomas Reve"


def test_undoing_the_decision_does_not_bring_the_name_back(chief_client, named, story):
    make_unnamed(chief_client, named)
    undo_decision(suggestion_of(story))
    assert suggestion_of(story).state == "open"
    sync_record(story, by=None)
    assert not Quote.objects.exists()
    assert find_traces(NAME, ROLE) == [], "the text is read again, not who said these words"
    again = accept_suggestion(suggestion_of(story), by=make_user(), choice=UNNAMED)
    assert again.unnamed == UNNAMED.name


def take_back(quote, by) -> None:
    undo_decision(suggestion_of(quote.article))


def take_off(quote, by) -> None:
    delete_quote(quote, by=by)


@pytest.mark.parametrize("way", [take_back, take_off], ids=lambda way: way.__name__)
def test_what_was_on_record_before_as_of_somebody_named_is_forgotten_too(named, story, chief, way):
    way(named, chief)
    assert Quote.history.exclude(person=None).exists()
    by_hand(story, chief, None)
    assert not Quote.history.exclude(person=None).exists()
    assert find_traces(NAME, ROLE) == []


def test_a_quote_off_the_record_does_not_bring_the_name_back(chief_client, named, story, chief):
    make_unnamed(chief_client, named)
    delete_quote(named, by=chief)
    sync_record(story, by=None)
    assert find_traces(NAME, ROLE) == []


def test_parting_merged_rows_does_not_bring_the_name_back(chief_client, named, chief):
    make_unnamed(chief_client, named)
    part(Merge.objects.get(), by=chief)
    named.refresh_from_db()
    assert (named.person, named.unnamed) == (None, UNNAMED.name)
    assert find_traces(NAME) == []


def test_restoring_a_past_version_does_not_bring_the_name_back(chief_client, named, story, chief):
    story.people.add(named.person)
    story.create_revision(chief)
    story.people.clear()
    story.create_revision(chief)
    make_unnamed(chief_client, named)
    chief_client.post(reverse("admin:articles_article_restore", args=[story.pk, 2]))
    assert story.people.count() == 0
    assert find_traces(NAME, ROLE) == []


def test_what_is_proposed_for_the_story_leads_to_the_source_no_more(chief_client, named, story):
    base = story.snapshot()
    values = base | {"people": [named.person.pk]}
    Proposal.objects.create(article=story, base=values, values=values)
    make_unnamed(chief_client, named)
    proposal = Proposal.objects.get()
    assert (proposal.base["people"], proposal.values["people"]) == ([], [])
    assert find_traces(NAME, ROLE) == []


def test_a_source_can_be_named_again(chief_client, named):
    person = named.person
    make_unnamed(chief_client, named)
    address = reverse("admin:articles_quote_change", args=[named.pk])
    data = {"unnamed": "", "unnamed_reason": "", "person": person.pk, "role": "engineer"}
    chief_client.post(address, form_data(named) | data)
    named.refresh_from_db()
    assert (named.person, named.unnamed, named.role) == (person, "", "engineer")


def test_the_form_says_that_the_role_was_left_out(chief_client, named):
    address = reverse("admin:articles_quote_change", args=[named.pk])
    data = {"unnamed": "an official", "unnamed_reason": "Fears.", "person": "", "role": "deputy"}
    page = chief_client.post(address, form_data(named) | data, follow=True).content.decode()
    assert "A source who is not named has no role" in page


def test_what_was_kept_before_is_found_and_repaired(named):
    Quote.objects.filter(pk=named.pk).update(person=None, unnamed="an official", role="deputy")
    ((issue),) = list(unnamed_source_issues())
    assert (issue.check, issue.key) == ("sources", named.quote_key)
    for place in ("its role", "its history", "the find it came from", "a merge"):
        assert place in issue.message
    assert next(iter(repair_record("It said too much."))).startswith("Mended: sources forgotten 1,")
    assert list(unnamed_source_issues()) == []
    assert find_traces(NAME, ROLE, "deputy") == []
