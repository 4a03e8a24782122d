"""A fact is changed: the desk says which live stories disagree, drafts corrections, leads from one to the next."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Correction, CorrectionDraft, Edition, Person, Quote
from articles.publishing import publish
from articles.roles import make_roles
from tests.factories import make_article, make_organization, make_person, make_quote, make_user

from .forms import fields_of, messages_of, texts_of

pytestmark = pytest.mark.django_db
DAY = datetime(2025, 6, 1, 12, tzinfo=UTC)
WORDS = "The quay will not hold another winter."
LIST = "admin:articles_correctiondraft_changelist"


@pytest.fixture
def ada(db) -> Person:
    ada = make_person("Ada Lund")
    port = make_organization("Port of Sund")
    ada.memberships.create(organization=port, role="harbour master", is_confirmed=True)
    return ada


def make_story(ada: Person, headline: str = "Quay to close"):
    story = make_article(
        headline=headline, body_html=f"<p>“{WORDS}” said Ada Lund.</p>", published_at=DAY
    )
    make_quote(story, WORDS, person=ada)
    publish(story, by=None)
    return story


def stale(**asked: object) -> str:
    return reverse("admin:articles_article_stale", query=asked or None)


def correct_page(story) -> str:
    return reverse("admin:articles_article_correct", args=[story.pk])


def save(desk, row, **changes):
    """Open the form of a row of the record, change fields, save."""
    name = row._meta.model_name
    address = reverse(f"admin:articles_{name}_change", args=[row.pk])
    data = fields_of(desk.get(address), f"{name}_form") | changes | {"_save": "1"}
    return desk.post(address, data, follow=True)


def draft_all(desk, address: str):
    """Press the one button with all stories ticked, as the page comes."""
    data = fields_of(desk.get(address), "stale_form") | {"chosen": "1"}
    return desk.post(address, data, follow=True)


def test_a_changed_name_says_how_many_live_stories_disagree_and_leads_to_them(desk, ada):
    make_story(ada)
    make_story(ada, "Port asks for money")
    said = save(desk, ada, name="Ada Lundh")
    assert "2 live stories no longer agree with the record." in messages_of(said)
    assert stale(person=ada.pk) in said.content.decode()
    page = desk.get(stale(person=ada.pk))
    assert len(texts_of(page, "stale")) == 2
    text = " ".join(" ".join(texts_of(page, "facts")).split())
    assert "The story gave the name of Ada Lundh as “Ada Lund”." in text
    assert "The name is Ada Lundh." in text
    assert "Its text says “Ada Lund” too" in page.content.decode()


def test_a_changed_role_and_a_changed_quote_say_it_too(desk, ada):
    story = make_story(ada)
    said = save(desk, ada, **{"memberships-0-role": "pilot"})
    assert "1 live story no longer agrees with the record." in messages_of(said)
    publish(story, by=None)
    reve = make_person("Tomas Reve")
    quote = Quote.objects.get()
    said = save(desk, quote, person=str(reve.pk))
    assert "1 live story no longer agrees" in messages_of(said)
    assert "They are of Tomas Reve." in desk.get(stale(quote=quote.pk)).content.decode()


def test_a_changed_organization_says_it_too(desk, ada):
    make_story(ada)
    port = ada.memberships.get().organization
    said = save(desk, port, name="Port of Sundt")
    assert "1 live story no longer agrees" in messages_of(said)
    assert "as “Port of Sund”" in desk.get(stale(organization=port.pk)).content.decode()


def test_a_change_that_makes_nothing_wrong_says_nothing(desk, ada):
    story = make_story(ada)
    said = save(desk, ada, biography="She counts piles.")
    assert "no longer agree" not in messages_of(said)
    ada.refresh_from_db()
    story.mentions.create(person=make_person("Tomas Reve"), name="Tomas Reve", spans=[[1, 4]])
    said = save(desk, ada, biography="She counts gulls.")
    assert "no longer agree" not in messages_of(said)


def test_a_quote_taken_off_the_record_says_that_readers_have_it_still(desk, ada):
    story = make_story(ada)
    address = reverse("admin:articles_quote_delete", args=[story.quotes.get().pk])
    said = desk.post(address, {"post": "yes"}, follow=True)
    assert "1 live story no longer agrees" in messages_of(said)
    page = desk.get(stale(story=story.pk)).content.decode()
    assert "We no longer have these words on record as theirs." in page


def test_from_the_form_of_a_row_a_link_leads_to_its_stories(desk, ada):
    story = make_story(ada)
    for row in (ada, ada.memberships.get().organization, story.quotes.get()):
        name = row._meta.model_name
        page = desk.get(reverse(f"admin:articles_{name}_change", args=[row.pk]))
        assert stale(**{name: row.pk}) in page.content.decode(), name
        assert desk.get(stale(**{name: row.pk})).status_code == 200


def test_one_action_drafts_corrections_for_all_and_shows_them(desk, chief, ada):
    stories = [make_story(ada), make_story(ada, "Port asks for money")]
    Person.objects.update(name="Ada Lundh")
    page = draft_all(desk, stale(person=ada.pk))
    assert page.redirect_chain[-1][0] == reverse(LIST)
    assert "2 corrections drafted. Read each, then publish it." in messages_of(page)
    assert Edition.objects.count() == 2, "nothing is published by it"
    for story in stories:
        assert story.correction_draft.by == chief
        assert correct_page(story) in page.content.decode()
    assert "Corrections to publish" in page.content.decode()
    waits = " ".join(texts_of(desk.get(reverse("admin:index")), "waits"))
    assert "Corrections to publish (2)" in waits
    assert correct_page(stories[0]) in desk.get(stale()).content.decode()


def test_only_what_is_ticked_is_drafted_and_only_where_something_was_wrong(desk, ada):
    story, other = make_story(ada), make_story(ada, "Port asks for money")
    Person.objects.update(name="Ada Lundh")
    desk.post(stale(), {"story": [other.pk], "chosen": "1"})
    assert [one.article for one in CorrectionDraft.objects.all()] == [other]
    said = desk.post(stale(), {"chosen": "1"}, follow=True)
    assert "Nothing was drafted: choose stories" in messages_of(said)
    ada.other_names.create(name="Ada Lund", kind="former")
    said = desk.post(stale(), {"story": [story.pk], "chosen": "1"}, follow=True)
    assert "1 story needs no correction" in messages_of(said)
    page = desk.get(stale())
    assert "Another name now" in page.content.decode()
    assert 'type="checkbox" name="story"' not in page.content.decode()


def test_from_the_list_to_the_correction_to_the_next_draft(desk, ada):
    first, second = make_story(ada), make_story(ada, "Port asks for money")
    Person.objects.update(name="Ada Lundh")
    draft_all(desk, stale())
    newest, oldest = CorrectionDraft.objects.all()
    page = desk.get(correct_page(newest.article))
    data = fields_of(page, "deed_form")
    assert data["wrong"].startswith("The story gave the name of Ada Lundh as “Ada Lund”.")
    assert data["right"] == "The name is Ada Lundh."
    page = desk.post(correct_page(newest.article), data, follow=True)
    assert "Corrected: readers see the text and the correction" in messages_of(page)
    assert page.redirect_chain[-1][0] == correct_page(oldest.article)
    page = desk.post(correct_page(oldest.article), fields_of(page, "deed_form"), follow=True)
    assert "That was the last correction that waited." in messages_of(page)
    assert page.redirect_chain[-1][0] == reverse(LIST)
    assert {one.edition.article for one in Correction.objects.all()} == {first, second}
    assert "all agree with the record" in desk.get(stale()).content.decode()


def test_a_correction_without_a_draft_goes_back_to_its_story(desk, ada):
    story = make_story(ada)
    data = {"wrong": "Two.", "right": "Three.", "weight": "correction"}
    page = desk.post(correct_page(story), data, follow=True)
    assert page.redirect_chain[-1][0] == reverse("admin:articles_article_change", args=[story.pk])
    assert "Drafted from the record" not in desk.get(correct_page(story)).content.decode()


def test_a_draft_published_twice_tells_readers_once(desk, ada):
    story = make_story(ada)
    Person.objects.update(name="Ada Lundh")
    draft_all(desk, stale())
    data = fields_of(desk.get(correct_page(story)), "deed_form")
    desk.post(correct_page(story), data)
    said = desk.post(correct_page(story), data, follow=True)
    assert "Its draft is gone" in messages_of(said)
    assert Correction.objects.count() == 1


def test_unpublished_changes_are_said_before_they_go_out_with_a_correction(desk, ada):
    story = make_story(ada)
    story.keep_revision(None)
    Person.objects.update(name="Ada Lundh")
    page = desk.get(stale()).content.decode()
    assert "Its text has 1 unpublished change, which goes out with a correction." in page
    draft_all(desk, stale())
    page = desk.get(correct_page(story)).content.decode()
    assert "The text has 1 unpublished change" in page
    assert "The text still says “Ada Lund”." in page


def test_a_draft_of_which_nothing_holds_any_more_says_so_and_is_dropped(desk, ada):
    story = make_story(ada)
    Person.objects.update(name="Ada Lundh")
    draft_all(desk, stale())
    Person.objects.update(name="Ada Lund")
    assert "Nothing differs any more" in desk.get(correct_page(story)).content.decode()
    draft = CorrectionDraft.objects.get()
    data = {"action": "drop_chosen", "_selected_action": [draft.pk]}
    said = desk.post(reverse(LIST), data, follow=True)
    assert "1 draft dropped." in messages_of(said)
    assert not CorrectionDraft.objects.exists()


def test_who_may_only_write_looks_and_drafts_nothing(client, ada):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    story = make_story(ada)
    Person.objects.update(name="Ada Lundh")
    page = client.get(stale()).content.decode()
    assert "Your role may look, not correct." in page
    assert client.post(stale(), {"story": [story.pk], "chosen": "1"}).status_code == 403
    assert not CorrectionDraft.objects.exists()
    assert 'name="action"' not in client.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("asked", [{"person": "x"}, {"quote": "9" * 40}, {"organization": ""}])
def test_a_subject_that_does_not_exist_is_not_found(desk, asked):
    assert desk.get(stale(**asked)).status_code == 404


@pytest.mark.parametrize("after", ["x", "9" * 40, "-1", "999999999"])
def test_a_place_that_does_not_exist_is_the_beginning(desk, ada, after):
    make_story(ada)
    Person.objects.update(name="Ada Lundh")
    assert len(texts_of(desk.get(stale(after=after)), "stale")) == 1


def test_a_long_list_goes_on_where_the_page_before_ended(desk, ada, monkeypatch):
    monkeypatch.setattr("articles.admin.stale.SHOWN", 2)
    monkeypatch.setattr("articles.admin.stale.look.__kwdefaults__", {"after": 0, "shown": 2})
    monkeypatch.setattr("articles.admin.stale.CHUNK", 2)
    monkeypatch.setattr("articles.record.stale.chunks.__defaults__", (2,))
    for number in range(5):
        make_story(ada, f"Story {number}")
    Person.objects.update(name="Ada Lundh")
    address, seen = stale(person=ada.pk), 0
    while address:
        page = desk.get(address)
        seen += len(texts_of(page, "stale"))
        address = page.context["next_address"]
    assert seen == 5
    desk.post(stale(person=ada.pk), {"all": "1"})
    assert CorrectionDraft.objects.count() == 5


def test_the_pages_cost_the_same_however_many_stories_there_are(desk, ada):
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address).status_code == 200
        return len(captured)

    def costs() -> list[int]:
        Person.objects.filter(pk=ada.pk).update(name="Ada Lundh")
        draft_all(desk, stale())
        last = CorrectionDraft.objects.first().article
        return [
            cost(one) for one in (stale(), stale(person=ada.pk), reverse(LIST), correct_page(last))
        ]

    make_story(ada)
    few = costs()
    for number in range(8):
        make_story(ada, f"Story {number}")
        Person.objects.filter(pk=ada.pk).update(name="Ada Lund")
    assert CorrectionDraft.objects.count() == 1
    Person.objects.filter(pk=ada.pk).update(name="Ada Lunt")
    assert costs() == few


def test_what_an_editor_typed_is_escaped(desk, ada):
    story = make_story(ada)
    Person.objects.filter(pk=ada.pk).update(name="<b>Ada</b>")
    Edition.objects.filter(article=story).update(headline="<i>Quay</i>")
    page = desk.get(stale()).content.decode()
    assert "<b>Ada</b>" not in page
    assert "<i>Quay</i>" not in page
