"""Names, biographies, descriptions, introductions: proposed by who may not publish, taken by an editor."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from articles.models import FormerTagName, Membership, OtherName, Person, Proposal
from articles.publishing import publish
from articles.record.merging.merge import merge_rows
from tests.admin.forms import fields_of, lines_of, messages_of
from tests.admin.proposals.pages import decide_on, page_of
from tests.factories import make_article, make_organization, make_person, make_tag
from tests.rollback import rolled_back

pytestmark = pytest.mark.django_db
PROPOSED: dict[str, dict[str, str]] = {
    "person": {"name": "Ada Lundh", "biography": "Harbour master.\r\n\r\nBorn in Ostby."},
    "organization": {"name": "Port of Ostby", "abbreviation": "PO", "description": "A port."},
    "tag": {"name": "Quays", "description": "All about quays."},
    "author": {"name": "Tom Reede"},
}


def plain(texts: dict[str, str]) -> dict[str, str]:
    return {name: text.replace("\r\n", "\n") for name, text in texts.items()}


@pytest.fixture
def rows(reporter) -> dict[str, Any]:
    """Publish one story that names a person, an organization, a tag and an author."""
    seen = {"is_confirmed": True}
    person = make_person("Ada Lund", is_biography_public=True, biography="Harbour master.", **seen)
    rows: dict[str, Any] = {
        "person": person,
        "organization": make_organization("Port of Sund", is_description_public=True, **seen),
        "tag": make_tag("Harbour"),
    }
    links: dict[str, Any] = {
        "people": (person,),
        "organizations": (rows["organization"],),
        "tags": (rows["tag"],),
    }
    article = make_article(bylines=("Tom Reed",), **links)
    publish(article, by=None)
    return rows | {"author": article.bylines.get().author}


@pytest.fixture
def writer_client(reporter) -> Client:
    """Sign in somebody who may change every row and publish nothing: a reporter may change no tag."""
    group = Group.objects.create(name="desk")
    ours = Permission.objects.filter(content_type__app_label="articles")
    group.permissions.set(ours.exclude(codename="publish_article"))
    reporter.groups.set([group])
    client = Client()
    client.force_login(reporter)
    return client


def form_address(row: Any) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def save(client: Client, row: Any, *, follow: bool = False, **changes: str) -> Any:
    """Open the form of ``row``, change it, save it: what a browser would send."""
    fields = fields_of(client.get(form_address(row)), f"{row._meta.model_name}_form")
    return client.post(form_address(row), fields | changes | {"_save": "Save"}, follow=follow)


def stored(row: Any) -> dict[str, Any]:
    return type(row).objects.values().get(pk=row.pk)


@pytest.mark.parametrize("kind", PROPOSED)
def test_a_save_is_a_proposal_beside_the_row(writer_client, reporter, rows, kind):
    row, before = rows[kind], stored(rows[kind])
    response = save(writer_client, row, **PROPOSED[kind], follow=True)
    assert "Saved as a proposal" in messages_of(response)
    assert stored(row) == before
    assert Client().get(row.get_absolute_url()).status_code == 200
    proposal = Proposal.objects.get()
    assert (proposal.target, proposal.by) == (row, reporter)
    assert proposal.values == plain(PROPOSED[kind])
    assert proposal.base == {name: before[name] for name in PROPOSED[kind]}


@pytest.mark.parametrize("kind", PROPOSED)
def test_an_editor_takes_it_and_readers_have_it_at_once(
    writer_client, editor_client, editor, rows, kind
):
    row = rows[kind]
    save(writer_client, row, **PROPOSED[kind], follow=False)
    proposal = Proposal.objects.get()
    assert page_of(proposal) in editor_client.get(form_address(row)).content.decode()
    response = decide_on(editor_client, proposal, "take")
    assert "Taken, and saved" in messages_of(response)
    row = type(row).objects.get(pk=row.pk)
    assert {name: getattr(row, name) for name in PROPOSED[kind]} == plain(PROPOSED[kind])
    page = Client().get(row.get_absolute_url()).content.decode()
    assert row.name in page
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("taken", editor)
    if kind != "author":
        assert row.history.first().history_user == editor


@pytest.mark.parametrize("kind", PROPOSED)
def test_who_may_publish_releases_it_by_the_save_without_a_second_button(editor_client, rows, kind):
    row = rows[kind]
    response = save(editor_client, row, **PROPOSED[kind], follow=True)
    assert "proposal" not in messages_of(response)
    assert not Proposal.objects.exists()
    row = type(row).objects.get(pk=row.pk)
    page = Client().get(row.get_absolute_url()).content.decode()
    assert row.name in page
    for text in (getattr(row, "biography", ""), getattr(row, "description", "")):
        assert text.splitlines()[-1:] == [] or text.splitlines()[-1] in page


def test_address_and_sort_name_follow_a_name_that_is_taken(writer_client, editor_client, rows):
    save(writer_client, rows["person"], name="Ada Lundh")
    save(writer_client, rows["tag"], name="Quays")
    for proposal in Proposal.objects.all():
        decide_on(editor_client, proposal, "take")
    person = Person.objects.get(pk=rows["person"].pk)
    assert (person.slug, person.sort_name) == ("ada-lundh", "Lundh, Ada")
    rows["tag"].refresh_from_db()
    assert rows["tag"].slug == "quays"
    assert FormerTagName.objects.get().name == "Harbour"
    assert Client().get("/tags/harbour/").status_code in (301, 302)


def test_a_biography_is_taken_by_line_beside_what_an_editor_changed(
    writer_client, editor_client, rows
):
    person = rows["person"]
    Person.objects.update(biography="Harbour master.\r\nLives in Sund.\r\nSails.")
    save(writer_client, person, biography="Harbour master.\r\nLives in Ostby.\r\nSails a lot.")
    save(editor_client, person, biography="Deputy harbour master.\r\nLives in Sund.\r\nSails.")
    proposal = Proposal.objects.get()
    parts = lines_of(editor_client.get(page_of(proposal)), "merge-part")
    assert len(parts) in (1, 2)
    decide_on(editor_client, proposal, "take")
    person.refresh_from_db()
    assert person.biography == "Deputy harbour master.\nLives in Ostby.\nSails a lot."


def test_the_proposer_sees_it_in_the_form_beside_what_readers_have(writer_client, rows):
    person = rows["person"]
    save(writer_client, person, biography="Pilot.", name="Ada Lundh")
    page = writer_client.get(form_address(person))
    fields = fields_of(page, "person_form")
    assert (fields["biography"], fields["name"]) == ("Pilot.", "Ada Lundh")
    (readers_have,) = lines_of(page, "readers-have")
    assert "Name: readers have Ada Lund" in readers_have
    assert "Biography: readers have Harbour master." in readers_have
    assert "You see your proposal of" in page.content.decode()
    response = save(writer_client, person, follow=True)
    assert "your proposal waits as it is" in messages_of(response)
    save(writer_client, person, biography="Harbour master.")
    assert Proposal.objects.get().values == {"name": "Ada Lundh"}
    save(writer_client, person, name="Ada Lund")
    assert Proposal.objects.get().state == "withdrawn"


def test_what_an_editor_changed_since_the_form_was_opened_is_not_proposed_back(
    writer_client, editor_client, rows
):
    person = rows["person"]
    fields = fields_of(writer_client.get(form_address(person)), "person_form")
    save(editor_client, person, honorific="Dr", biography="Pilot.")
    data = fields | {"biography": "Captain.", "_save": "Save"}
    writer_client.post(form_address(person), data)
    proposal = Proposal.objects.get()
    assert proposal.values == {"biography": "Captain."}
    assert proposal.base == {"biography": "Harbour master."}
    fields = fields_of(editor_client.get(page_of(proposal)), "decide")
    assert fields["part-biography.1"] == "mine"


def test_a_forged_view_of_the_row_counts_as_none(writer_client, rows, subtests):
    for forged in ("", "nonsense", "eyJ:1abc:xyz"):
        with subtests.test(forged), rolled_back():
            save(writer_client, rows["person"], biography="Pilot.", seen_values=forged)
            assert Proposal.objects.get().base == {"biography": "Harbour master."}


def test_the_view_of_another_row_counts_as_none(writer_client, rows):
    page = writer_client.get(form_address(rows["organization"]))
    other = fields_of(page, "organization_form")["seen_values"]
    save(writer_client, rows["person"], biography="Pilot.", seen_values=other)
    assert Proposal.objects.get().base == {"biography": "Harbour master."}


def test_only_plain_words_are_proposed_whatever_is_sent(writer_client, rows):
    person = rows["person"]
    make_organization("Port")
    before = stored(person)
    response = save(
        writer_client,
        person,
        follow=True,
        biography="Pilot.",
        slug="defaced",
        is_confirmed="",
        is_biography_public="",
        **{"other_names-TOTAL_FORMS": "1", "other_names-0-name": "Defaced"},
        **{"memberships-TOTAL_FORMS": "1", "memberships-0-role": "clerk"},
    )
    assert response.status_code == 200
    assert stored(person) == before
    assert not OtherName.objects.exists()
    assert not Membership.objects.exists()
    assert all(set(p.values) == {"biography"} for p in Proposal.objects.all())


def test_the_form_offers_only_what_is_proposed(writer_client, rows):
    for kind, names in (("person", {"name", "biography", "honorific"}), ("tag", {"description"})):
        page = writer_client.get(form_address(rows[kind]))
        fields = fields_of(page, f"{kind}_form")
        assert names <= fields.keys()
        assert not {"slug", "is_confirmed", "is_biography_public", "kind", "parent"} & fields.keys()
        html = page.content.decode()
        assert "Save as a proposal" in html
        assert 'name="_continue"' not in html
        assert 'name="_addanother"' not in html


def test_two_windows_of_one_account_lose_nothing_unsaid(writer_client, rows):
    person = rows["person"]
    fields = fields_of(writer_client.get(form_address(person)), "person_form")
    save(writer_client, person, biography="Pilot.")
    data = fields | {"honorific": "Dr", "_save": "Save"}
    response = writer_client.post(form_address(person), data)
    assert response.status_code == 409
    assert "in another window" in response.content.decode()
    assert Proposal.objects.get().values == {"biography": "Pilot."}
    again = fields_of(response, "person_form") | {"_save": "Save"}
    assert writer_client.post(form_address(person), again).status_code == 302
    assert Proposal.objects.get().values == {"honorific": "Dr"}


def test_a_faulty_form_proposes_nothing(writer_client, rows):
    response = save(writer_client, rows["person"], name="", follow=True)
    assert response.status_code == 200
    assert "This field is required" in response.content.decode()
    assert not Proposal.objects.exists()


def test_what_the_form_of_the_row_refuses_is_not_taken(writer_client, editor_client, rows):
    save(writer_client, rows["tag"], name="Quays")
    make_tag("Quays")
    proposal = Proposal.objects.get()
    response = decide_on(editor_client, proposal, "take")
    assert response.status_code == 400
    assert "already exists" in response.content.decode()
    assert Proposal.objects.open().exists()
    rows["tag"].refresh_from_db()
    assert rows["tag"].name == "Harbour"


def test_a_decision_about_a_row_holds_only_for_what_was_shown(writer_client, editor_client, rows):
    save(writer_client, rows["person"], biography="Pilot.")
    proposal = Proposal.objects.get()
    data = fields_of(editor_client.get(page_of(proposal)), "decide") | {"decision": "take"}
    save(editor_client, rows["person"], biography="Captain.")
    response = editor_client.post(page_of(proposal), data)
    assert response.status_code == 409
    assert Person.objects.get().biography == "Captain."


def test_a_row_that_no_reader_has_is_saved_at_once(writer_client, reporter):
    person = make_person("Nobody Yet")
    save(writer_client, person, biography="Pilot.", is_confirmed="on")
    person.refresh_from_db()
    assert (person.biography, person.is_confirmed) == ("Pilot.", True)
    assert not Proposal.objects.exists()


def test_a_proposal_follows_a_merge(writer_client, editor_client, rows):
    save(writer_client, rows["person"], biography="Pilot.")
    target = make_person("Ada M. Lund", biography="Skipper.")
    merge_rows(target, rows["person"], by=None, is_sure=True)
    proposal = Proposal.objects.get()
    assert proposal.target == target
    response = decide_on(editor_client, proposal, "take", **{"biography.1": "theirs"}, follow=True)
    assert response.status_code == 200
    target.refresh_from_db()
    assert target.biography == "Pilot."


def test_a_reporter_sees_what_became_of_it(writer_client, editor_client, rows):
    save(writer_client, rows["person"], biography="Pilot.")
    decide_on(editor_client, Proposal.objects.get(), "leave", reason="Ask her first.")
    page = writer_client.get(form_address(rows["person"])).content.decode()
    assert "left aside by Ann Marrow" in page
    assert "“Ask her first.”" in page
