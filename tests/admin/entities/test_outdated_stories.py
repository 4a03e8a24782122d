"""A fact is changed: the admin says which live stories disagree, and drafts their corrections."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import CorrectionDraft, Edition, Person, Quote
from articles.publishing import publish
from articles.roles import make_roles
from tests.admin.forms import fields_of, messages_of, texts_of
from tests.admin.outdated_stories import (
    DRAFTS,
    correct_address,
    draft_all,
    make_harbour_master,
    make_story,
    outdated_address,
)
from tests.factories import (
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db) -> Person:
    return make_harbour_master()


def save(client, row, **changes):
    """Open the form of a row of the record, change fields, save."""
    name = row._meta.model_name
    address = reverse(f"admin:articles_{name}_change", args=[row.pk])
    data = fields_of(client.get(address), f"{name}_form") | changes | {"_save": "1"}
    return client.post(address, data, follow=True)


def test_a_changed_name_says_how_many_live_stories_disagree_and_leads_to_them(chief_client, ada):
    make_story(ada)
    make_story(ada, "Port asks for money")
    response = save(chief_client, ada, name="Ada Lundh")
    assert "2 live stories no longer agree with the record." in messages_of(response)
    assert outdated_address(person=ada.pk) in response.content.decode()
    page = chief_client.get(outdated_address(person=ada.pk))
    assert len(texts_of(page, "stale")) == 2
    text = " ".join(" ".join(texts_of(page, "facts")).split())
    assert "The story gave the name of Ada Lundh as “Ada Lund”." in text
    assert "The name is Ada Lundh." in text
    assert "Its text says “Ada Lund” too" in page.content.decode()


def test_a_changed_role_and_a_changed_quote_say_it_too(chief_client, ada):
    story = make_story(ada)
    response = save(chief_client, ada, **{"memberships-0-role": "pilot"})
    assert "1 live story no longer agrees with the record." in messages_of(response)
    publish(story, by=None)
    reve = make_person("Tomas Reve")
    quote = Quote.objects.get()
    response = save(chief_client, quote, person=str(reve.pk))
    assert "1 live story no longer agrees" in messages_of(response)
    assert (
        "They are of Tomas Reve."
        in chief_client.get(outdated_address(quote=quote.pk)).content.decode()
    )


def test_a_changed_organization_says_it_too(chief_client, ada):
    make_story(ada)
    port = ada.memberships.get().organization
    response = save(chief_client, port, name="Port of Sundt")
    assert "1 live story no longer agrees" in messages_of(response)
    assert (
        "as “Port of Sund”"
        in chief_client.get(outdated_address(organization=port.pk)).content.decode()
    )


def test_a_change_that_makes_nothing_wrong_says_nothing(chief_client, ada):
    story = make_story(ada)
    response = save(chief_client, ada, biography="She counts piles.")
    assert "no longer agree" not in messages_of(response)
    ada.refresh_from_db()
    story.mentions.create(person=make_person("Tomas Reve"), name="Tomas Reve", spans=[[1, 4]])
    response = save(chief_client, ada, biography="She counts gulls.")
    assert "no longer agree" not in messages_of(response)


def test_a_quote_taken_off_the_record_says_that_readers_have_it_still(chief_client, ada):
    story = make_story(ada)
    address = reverse("admin:articles_quote_delete", args=[story.quotes.get().pk])
    response = chief_client.post(address, {"post": "yes"}, follow=True)
    assert "1 live story no longer agrees" in messages_of(response)
    page = chief_client.get(outdated_address(story=story.pk)).content.decode()
    assert "We no longer have these words on record as theirs." in page


def test_from_the_form_of_a_row_a_link_leads_to_its_stories(chief_client, ada):
    story = make_story(ada)
    for row in (ada, ada.memberships.get().organization, story.quotes.get()):
        name = str(row._meta.model_name)
        page = chief_client.get(reverse(f"admin:articles_{name}_change", args=[row.pk]))
        assert outdated_address(**{name: row.pk}) in page.content.decode(), name
        assert chief_client.get(outdated_address(**{name: row.pk})).status_code == 200


def test_one_action_drafts_corrections_for_all_and_shows_them(chief_client, chief, ada):
    stories = [make_story(ada), make_story(ada, "Port asks for money")]
    Person.objects.update(name="Ada Lundh")
    page = draft_all(chief_client, outdated_address(person=ada.pk))
    assert page.redirect_chain[-1][0] == reverse(DRAFTS)
    assert "2 corrections drafted. Read each, then publish it." in messages_of(page)
    assert Edition.objects.count() == 2, "nothing is published by it"
    for story in stories:
        assert story.correction_draft.by == chief
        assert correct_address(story) in page.content.decode()
    assert "Corrections to publish" in page.content.decode()
    waits = " ".join(texts_of(chief_client.get(reverse("admin:index")), "waits"))
    assert "Corrections to publish (2)" in waits
    assert correct_address(stories[0]) in chief_client.get(outdated_address()).content.decode()


def test_only_what_is_ticked_is_drafted_and_only_where_something_was_wrong(chief_client, ada):
    story, other = make_story(ada), make_story(ada, "Port asks for money")
    Person.objects.update(name="Ada Lundh")
    chief_client.post(outdated_address(), {"story": [other.pk], "chosen": "1"})
    assert [draft.article for draft in CorrectionDraft.objects.all()] == [other]
    response = chief_client.post(outdated_address(), {"chosen": "1"}, follow=True)
    assert "Nothing was drafted: choose stories" in messages_of(response)
    ada.other_names.create(name="Ada Lund", kind="former")
    response = chief_client.post(
        outdated_address(), {"story": [story.pk], "chosen": "1"}, follow=True
    )
    assert "1 story needs no correction" in messages_of(response)
    page = chief_client.get(outdated_address())
    assert "Another name now" in page.content.decode()
    assert 'type="checkbox" name="story"' not in page.content.decode()


def test_who_may_only_write_looks_and_drafts_nothing(client, ada):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    story = make_story(ada)
    Person.objects.update(name="Ada Lundh")
    page = client.get(outdated_address()).content.decode()
    assert "Your role may look, not correct." in page
    assert client.post(outdated_address(), {"story": [story.pk], "chosen": "1"}).status_code == 403
    assert not CorrectionDraft.objects.exists()
    assert 'name="action"' not in client.get(reverse(DRAFTS)).content.decode()


@pytest.mark.parametrize("query", [{"person": "x"}, {"quote": "9" * 40}, {"organization": ""}])
def test_a_subject_that_does_not_exist_is_not_found(chief_client, query):
    assert chief_client.get(outdated_address(**query)).status_code == 404


@pytest.mark.parametrize("after", ["x", "9" * 40, "-1", "999999999"])
def test_a_place_that_does_not_exist_is_the_beginning(chief_client, ada, after):
    make_story(ada)
    Person.objects.update(name="Ada Lundh")
    assert len(texts_of(chief_client.get(outdated_address(after=after)), "stale")) == 1


def test_a_long_list_goes_on_where_the_page_before_ended(chief_client, ada, monkeypatch):
    monkeypatch.setattr("articles.admin.entities.outdated_stories.PAGE_SIZE", 2)
    monkeypatch.setattr(
        "articles.admin.entities.outdated_stories.find_outdated_stories.__kwdefaults__",
        {"after": 0, "limit": 2},
    )
    monkeypatch.setattr("articles.admin.entities.outdated_stories.CHUNK", 2)
    monkeypatch.setattr("articles.record.consistency.outdated.edition_chunks.__defaults__", (2,))
    for number in range(5):
        make_story(ada, f"Story {number}")
    Person.objects.update(name="Ada Lundh")
    address, seen = outdated_address(person=ada.pk), 0
    while address:
        page = chief_client.get(address)
        seen += len(texts_of(page, "stale"))
        address = page.context["next_address"]
    assert seen == 5
    chief_client.post(outdated_address(person=ada.pk), {"all": "1"})
    assert CorrectionDraft.objects.count() == 5


def test_the_pages_cost_the_same_however_many_stories_there_are(chief_client, ada):
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert chief_client.get(address).status_code == 200
        return len(captured)

    def costs() -> list[int]:
        Person.objects.filter(pk=ada.pk).update(name="Ada Lundh")
        draft_all(chief_client, outdated_address())
        last = CorrectionDraft.objects.first().article
        return [
            cost(address)
            for address in (
                outdated_address(),
                outdated_address(person=ada.pk),
                reverse(DRAFTS),
                correct_address(last),
            )
        ]

    make_story(ada)
    few = costs()
    for number in range(8):
        make_story(ada, f"Story {number}")
        Person.objects.filter(pk=ada.pk).update(name="Ada Lund")
    assert CorrectionDraft.objects.count() == 1
    Person.objects.filter(pk=ada.pk).update(name="Ada Lunt")
    assert costs() == few


def test_what_an_editor_typed_is_escaped(chief_client, ada):
    story = make_story(ada)
    Person.objects.filter(pk=ada.pk).update(name="<b>Ada</b>")
    Edition.objects.filter(article=story).update(headline="<i>Quay</i>")
    page = chief_client.get(outdated_address()).content.decode()
    assert "<b>Ada</b>" not in page
    assert "<i>Quay</i>" not in page
