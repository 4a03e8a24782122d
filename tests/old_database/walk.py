"""What an editor does with stories, quotes, merges and imports that were stored by the code of November 2026."""

import sys

from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

from articles.importing.pipeline.runs.undo import find_undo_blockers, undo
from articles.importing.pipeline.storing.pending_changes import accept_change
from articles.models import (
    Article,
    Edition,
    ImportRun,
    Merge,
    Person,
    Quote,
    Suggestion,
    User,
    WaitingChange,
)
from articles.record.decisions.accept import accept_suggestion
from articles.record.decisions.undo import undo_decision
from articles.record.merging.merge import undo_merge
from articles.record.quotes.reanchor import sync_record
from articles.record.speaker_choice import SpeakerChoice


def readers_get_the_story_as_before() -> None:
    edition = Edition.objects.get()
    assert edition.composed.kicker == "Harbour"
    assert [quote.speaker for quote in edition.composed.quotes] == ["Ada Lund"]
    assert edition.composed.usage_terms == ""
    response = Client().get(edition.get_absolute_url())
    assert response.status_code == 200
    assert "The lock leaks again" in response.content.decode()


def the_desk_opens_every_page(chief: User, article: Article) -> None:
    client = Client()
    client.force_login(chief)
    pages = [
        reverse(f"admin:articles_article_{name}", args=[article.pk])
        for name in ("change", "history")
    ]
    pages += [
        reverse("admin:articles_importrun_change", args=[run.pk]) for run in ImportRun.objects.all()
    ]
    pages += [
        reverse("admin:articles_person_change", args=[Person.objects.get(name="Ada Lund").pk])
    ]
    for page in pages:
        assert client.get(page).status_code == 200, page


def a_decision_is_undone_and_made_again(chief: User, article: Article) -> None:
    accepted = Suggestion.objects.get(article=article, state="accepted", kind="quote")
    rejected = Suggestion.objects.get(article=article, state="rejected")
    undo_decision(accepted)
    assert not Quote.objects.exists()
    accepted.refresh_from_db()
    person = Person.objects.get(name="Ada Lund")
    accept_suggestion(accepted, by=chief, choice=SpeakerChoice("person", person.pk))
    assert Quote.objects.get().text == "The lock leaks again,"
    sync_record(article, by=chief)
    rejected.refresh_from_db()
    assert rejected.state == "rejected"


def a_waiting_version_is_accepted(chief: User, article: Article) -> None:
    assert accept_change(WaitingChange.objects.get(), by=chief) == []
    article.refresh_from_db()
    assert "on Monday at noon" in article.body_html
    assert {tag.name for tag in article.tags.all()} == {"Ferries", "Harbour works"}


def an_old_revision_is_restored(article: Article) -> None:
    article.apply_snapshot(article.revisions.get(number=1).snapshot)
    article.refresh_from_db()
    assert (article.kicker, "at noon" in article.body_html) == ("", False)


def a_merge_is_undone(chief: User) -> None:
    source = undo_merge(Merge.objects.get(), by=chief)
    assert source.name == "A. Lund"
    assert Article.objects.get(headline="Story w2 of the harbour").people.get() == source


def a_run_is_undone(chief: User) -> None:
    run = ImportRun.objects.get(source="post")
    assert find_undo_blockers(run) == []
    undo(run, by=chief)
    assert not Article.objects.filter(source="post").exists()


def main() -> None:
    """Do it all, in the order of a day."""
    setup_test_environment()
    chief, article = User.objects.get(), Article.objects.get(headline="Story w1 of the harbour")
    readers_get_the_story_as_before()
    the_desk_opens_every_page(chief, article)
    a_decision_is_undone_and_made_again(chief, article)
    a_waiting_version_is_accepted(chief, article)
    an_old_revision_is_restored(article)
    a_merge_is_undone(chief)
    a_run_is_undone(chief)
    sys.stdout.write("all of it\n")
