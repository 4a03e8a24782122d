"""P1: nothing is deleted at the desk: stories are spiked, other rows go to the trash, and all comes back whole."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Identifier,
    Membership,
    OtherName,
    Person,
    Quote,
    Suggestion,
    Tag,
    TagSlugs,
    TrashEntry,
)
from articles.publishing import NotPublishable, publish, schedule
from articles.record import sync_record
from articles.record.merging.merge import merge_rows, undo_merge
from articles.record.trash.moves import (
    NotTrashable,
    describe_move,
    move_to_trash,
    restore_from_trash,
)
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_live_quote,
    make_membership,
    make_organization,
    make_person,
    make_quote,
    make_tag,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
WHY = "Overtaken by events."


def story_with_everything() -> Article:
    """Make a draft with eight revisions, links, a quote on record and suggestions."""
    person = make_person("Ada Lund")
    article = make_article(
        headline="Ferry stays",
        body_html="<p>“The ferry stays,” said Ada Lund.</p><p>“We go,” said Bo Teal.</p>",
        bylines=("Ann Marrow",),
        tags=(make_tag("Ferries"),),
        people=(person,),
        organizations=(make_organization(),),
        lead_image=make_image(),
    )
    sync_record(article, by=None)
    make_quote(article, "The ferry stays,", person=person)
    for _ in range(7):
        article.create_revision(make_user())
    return article


def test_a_spiked_story_comes_back_whole():
    article, chief = story_with_everything(), make_user()
    before = Article.objects.with_everything().get().snapshot()
    quote, suggestions = Quote.objects.get(), Suggestion.objects.count()
    entry = move_to_trash(article, by=chief, reason=WHY)
    assert not Article.objects.exists()
    assert (entry.kind, entry.row, entry.name) == ("article", article.pk, "Ferry stays")
    assert (entry.by, entry.reason) == (chief, WHY)
    restore_from_trash(entry, by=chief)
    restored = Article.objects.with_everything().get()
    assert restored.snapshot() == before
    assert Quote.objects.get() == quote
    assert suggestions == Suggestion.objects.count() > 0
    notes = list(restored.revisions.values_list("number", "by", "note")[:2])
    assert notes == [
        (10, chief.pk, "Restored: it is no longer spiked."),
        (9, chief.pk, f"Spiked: {WHY}"),
    ]
    assert not restored.revisions.filter(is_edit=True, number__gt=8).exists()


def test_what_is_of_a_spiked_story_is_hidden_with_it():
    article = story_with_everything()
    article.replies.create(name="Bo Teal")
    move_to_trash(article, by=None, reason=WHY)
    for model in (Quote, Suggestion):
        assert not model.objects.exists()
        assert model.all_objects.exists()
    assert not article.quotes.exists()
    assert not article.replies.exists()


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_spike_wants_a_reason(reason):
    article = make_article()
    with pytest.raises(NotTrashable, match="Say why"):
        move_to_trash(article, by=None, reason=reason)
    assert Article.objects.filter(pk=article.pk).exists()


def test_what_readers_have_is_not_spiked():
    article = make_live().article
    with pytest.raises(NotTrashable, match="It is live.*Withdraw it"):
        move_to_trash(article, by=None, reason=WHY)


def test_what_readers_will_have_is_not_spiked():
    article = make_article()
    schedule(article, by=None, at=timezone.now() + timedelta(hours=1))
    with pytest.raises(NotTrashable, match="scheduled for"):
        move_to_trash(article, by=None, reason=WHY)


def test_a_withdrawn_story_is_spiked_and_still_says_why_it_went(client):
    edition = make_withdrawn()
    move_to_trash(edition.article, by=None, reason=WHY)
    response = client.get(edition.get_absolute_url())
    assert response.status_code == 410
    assert "It named the wrong man." in response.content.decode()


def test_twice_is_once():
    article = make_article()
    first = move_to_trash(article, by=None, reason=WHY)
    assert move_to_trash(article, by=None, reason="Again") == first
    restore_from_trash(first, by=None)
    restore_from_trash(first, by=None)
    assert TrashEntry.objects.count() == 1
    assert article.revisions.count() == 3


def test_a_story_can_be_spiked_again_after_it_was_restored():
    article = make_article()
    restore_from_trash(move_to_trash(article, by=None, reason=WHY), by=None)
    move_to_trash(article, by=None, reason="For good.")
    assert list(TrashEntry.objects.values_list("reason", flat=True)) == ["For good.", WHY]
    assert list(TrashEntry.objects.open().values_list("reason", flat=True)) == ["For good."]


def test_a_person_who_is_quoted_stays():
    person = make_person()
    make_live_quote("The ferry stays.", person=person)
    with pytest.raises(NotTrashable, match="It is quoted in 1 story"):
        move_to_trash(person, by=None)
    assert Person.objects.filter(pk=person.pk).exists()
    assert not TrashEntry.objects.exists()


def test_the_trash_changes_no_working_copy_outside_its_history():
    """The draft goes without the person as a revision, and has them again as one."""
    person, chief = make_person("Ada Lund"), make_user()
    article = make_article(people=(person,))
    entry = move_to_trash(person, by=chief)
    without, with_person = article.revisions.all()
    assert (without.snapshot["people"], with_person.snapshot["people"]) == ([], [person.pk])
    assert (without.by, without.note) == (chief, "“Ada Lund” was moved to the trash.")
    assert not article.people.exists()
    restore_from_trash(entry, by=chief)
    assert list(article.people.all()) == [person]
    back = article.revisions.first()
    assert (back.snapshot["people"], back.note) == (
        [person.pk],
        "“Ada Lund” came back from the trash.",
    )


def test_a_story_saved_meanwhile_has_its_tag_again():
    tag, other = make_tag("Ferries"), make_tag("Harbour")
    article = make_article(tags=(tag,))
    entry = move_to_trash(tag, by=None)
    article.tags.set([other])
    restore_from_trash(entry, by=None)
    assert set(article.tags.all()) == {tag, other}


def test_a_spiked_story_loses_no_tag_to_the_trash():
    tag = make_tag("Ferries")
    article = make_article(tags=(tag,))
    spike = move_to_trash(article, by=None, reason=WHY)
    entry = move_to_trash(tag, by=None)
    restore_from_trash(spike, by=None)
    assert not article.tags.exists()
    restore_from_trash(entry, by=None)
    assert list(article.tags.all()) == [tag]


def test_what_is_of_a_person_goes_and_comes_along():
    person = make_person("Ada Lund")
    person.other_names.create(name="A. Lund")
    person.identifiers.create(scheme="council", identifier="7")
    make_membership(person, make_organization(), "clerk")
    entry = move_to_trash(person, by=None)
    models = (OtherName, Identifier, Membership)
    assert [model.objects.count() for model in models] == [0, 0, 0]
    restore_from_trash(entry, by=None)
    assert [model.objects.count() for model in models] == [1, 1, 1]


def test_both_acts_stand_in_the_history_of_the_row():
    tag = make_tag()
    restore_from_trash(move_to_trash(tag, by=None), by=None)
    reasons = tag.history.values_list("history_change_reason", flat=True)
    assert list(reasons) == ["Restored from the trash", "Moved to the trash", None]


def test_a_name_that_is_in_the_trash_is_refused_in_words():
    tag = make_tag("Ferries")
    move_to_trash(tag, by=None)
    with pytest.raises(ValidationError, match="“Ferries” in the trash has this already"):
        Tag(name="Ferries", slug="ferries").full_clean()
    move_to_trash(Author.objects.create(name="Ann Marrow"), by=None)
    with pytest.raises(ValidationError, match="“Ann Marrow” in the trash"):
        Author(name="Ann Marrow").full_clean()


def test_an_address_of_a_tag_in_the_trash_is_given_to_no_other():
    move_to_trash(make_tag("Ferries"), by=None)
    tag = Tag(name="Ferries!", kind="topic")
    assert TagSlugs.for_tags([tag]).give(tag) == "ferries-topic"


def test_an_edition_is_made_without_what_is_in_the_trash():
    tag, other = make_tag("Ferries"), make_tag("Harbour")
    article = make_article(tags=(tag, other))
    move_to_trash(tag, by=None)
    edition = publish(article, by=None)
    assert [link["name"] for link in edition.tags] == ["Harbour"]


def test_a_restored_revision_goes_without_what_is_in_the_trash():
    tag, author = make_tag("Ferries"), "Ann Marrow"
    article = make_article(tags=(tag,), bylines=(author,))
    article.bylines.all().delete()
    move_to_trash(tag, by=None)
    move_to_trash(Author.objects.get(), by=None)
    notes = article.apply_snapshot(article.revisions.last().snapshot)
    assert notes == [
        "The tag “Ferries” is in the trash: the story goes without it.",
        "The author “Ann Marrow” is in the trash: the byline goes without that name.",
    ]
    assert not article.bylines.exists()


def test_a_spiked_story_is_not_published():
    article = make_article()
    move_to_trash(article, by=None, reason=WHY)
    with pytest.raises(NotPublishable, match="spiked"):
        publish(article, by=None)


def test_a_merge_and_its_undo_reach_what_is_of_a_spiked_story():
    source, target = make_person("A. Lund"), make_person("Ada Lund")
    article = make_article(body_html="<p>“The ferry stays.”</p>", people=(source,))
    quote = make_quote(article, "The ferry stays.", person=source)
    article.mentions.create(person=source, name="A. Lund")
    article.mentions.create(person=target, name="Ada Lund")
    entry = move_to_trash(article, by=None, reason=WHY)
    merge = merge_rows(target, source, by=None, is_sure=True)
    restore_from_trash(entry, by=None)
    quote.refresh_from_db()
    assert quote.person == target
    assert list(article.people.all()) == [target]
    assert article.mentions.get().person == target
    entry = move_to_trash(article, by=None, reason=WHY)
    undo_merge(merge, by=None)
    restore_from_trash(entry, by=None)
    quote.refresh_from_db()
    assert quote.person == source
    assert list(article.people.all()) == [source]
    assert article.mentions.count() == 2


def test_what_a_spike_takes_along_is_counted_in_words():
    consequences = describe_move(story_with_everything()).consequences
    assert consequences == [
        "It takes along, and brings back: 8 revisions, 1 quote on record, 4 suggestions that wait."
    ]
    assert describe_move(make_article(source="wire")).consequences == [
        "It takes along, and brings back: 1 revision.",
        "Newer versions from its source wait in the trash with it.",
    ]


def test_what_is_restored_is_returned_also_the_second_time():
    tag = make_tag()
    entry = move_to_trash(tag, by=None)
    assert restore_from_trash(entry, by=None) == tag
    assert restore_from_trash(entry, by=None) == tag
