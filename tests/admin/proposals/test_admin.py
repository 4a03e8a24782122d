"""The list of proposals: what waits, the oldest first; it is counted on the desk."""

import pytest
from django.urls import reverse

from articles.models import Author, Proposal
from tests.admin.forms import lines_of
from tests.factories import make_article, make_organization, make_person, make_tag, make_user

pytestmark = pytest.mark.django_db
LIST = "admin:articles_proposal_changelist"


@pytest.fixture
def proposals(reporter) -> list[Proposal]:
    """Propose to change one of everything; the last is decided."""
    targets = {
        "article": make_article(headline="Ferry stays"),
        "person": make_person("Ada Lund"),
        "organization": make_organization("Port of Sund"),
        "tag": make_tag("Harbour"),
        "author": Author.objects.create(name="Tom Reed"),
    }
    rows = [
        Proposal.objects.create(**{name: row}, by=reporter, values={"name": "New"})
        for name, row in targets.items()
    ]
    Proposal.objects.filter(pk=rows[-1].pk).close("left", by=make_user(first_name="Ann"))
    return rows


def test_the_list_has_what_waits_the_oldest_first(editor_client, proposals):
    response = editor_client.get(reverse(LIST))
    assert lines_of(response, "field-subject") == [
        "Ferry stays",
        "Ada Lund",
        "Port of Sund",
        "Harbour",
    ]
    assert set(lines_of(response, "field-proposer")) == {"Dana Okafor"}
    assert lines_of(response, "field-kind") == ["article", "person", "organization", "tag"]


def test_the_list_has_the_own_and_the_decided_ones_too(reporter_client, editor_client, proposals):
    own = lines_of(reporter_client.get(reverse(LIST) + "?which=own"), "field-subject")
    assert len(own) == 5
    assert not lines_of(editor_client.get(reverse(LIST) + "?which=own"), "field-subject")
    decided = editor_client.get(reverse(LIST) + "?which=decided")
    assert lines_of(decided, "field-subject") == ["Tom Reed"]
    assert lines_of(decided, "field-outcome") == ["left aside, Ann"]


def test_the_list_is_searched_by_what_would_change(editor_client, proposals):
    for word, name in (("ferry", "Ferry stays"), ("lund", "Ada Lund"), ("sund", "Port of Sund")):
        response = editor_client.get(reverse(LIST), {"q": word})
        assert lines_of(response, "field-subject") == [name]


def test_the_list_costs_the_same_however_many_wait(
    editor_client, proposals, reporter, django_assert_max_num_queries
):
    for _ in range(20):
        Proposal.objects.create(person=make_person(), by=reporter, values={"name": "New"})
    with django_assert_max_num_queries(14):
        assert len(lines_of(editor_client.get(reverse(LIST)), "field-subject")) == 24


def test_the_desk_counts_what_waits(editor_client, reporter_client, proposals):
    for client in (editor_client, reporter_client):
        page = " ".join(client.get(reverse("admin:index")).content.decode().split())
        assert "Proposals</a> (4)" in page


def test_no_form_of_a_proposal_adds_changes_or_deletes(editor_client, proposals):
    for page in ("add", "delete"):
        args = [proposals[0].pk] if page == "delete" else []
        address = reverse(f"admin:articles_proposal_{page}", args=args)
        assert editor_client.post(address, {"post": "yes"}).status_code == 403
    assert Proposal.objects.count() == 5
