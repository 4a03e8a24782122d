"""The lists of the desk: found, filtered, told apart, at a fixed number of queries."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import (
    DeskNameWord,
    FormerTagName,
    ImportRun,
    Membership,
    OtherName,
    Tag,
    WaitingChange,
)
from articles.publishing import schedule
from tests.admin.forms import fields_of, texts_of
from tests.factories import (
    make_article,
    make_live,
    make_organization,
    make_person,
    make_section,
    make_tag,
    make_withdrawn,
)
from tests.marks import marks

pytestmark = pytest.mark.django_db
LIST = "admin:articles_article_changelist"


def listed_headlines(client, **query) -> set[str]:
    response = client.get(reverse(LIST), query)
    assert response.status_code == 200
    return {article.headline for article in response.context["cl"].result_list}


@pytest.fixture
def stories(db):
    """One story in each state, its headline naming it."""
    soon = timezone.now() + timedelta(hours=2)
    make_article(headline="draft")
    make_live(headline="live")
    changed = make_live(headline="changed").article
    changed.create_revision(None)
    schedule(make_article(headline="scheduled"), by=None, at=soon)
    make_article(headline="hold", is_on_hold=True)
    make_article(headline="embargoed", embargoed_until=soon)
    make_withdrawn(headline="withdrawn")
    waiting = make_article(headline="waiting")
    run = ImportRun.objects.create(source="wire")
    WaitingChange.objects.create(article=waiting, run=run, values={})


@pytest.mark.parametrize(
    ("state", "headlines"),
    [
        ("draft", {"draft", "hold", "embargoed", "waiting"}),
        ("live", {"live", "changed"}),
        ("changed", {"changed"}),
        ("scheduled", {"scheduled"}),
        ("hold", {"hold"}),
        ("embargoed", {"embargoed"}),
        ("withdrawn", {"withdrawn"}),
        ("waiting", {"waiting"}),
    ],
)
def test_the_list_is_filtered_by_state(chief_client, stories, state, headlines):
    assert listed_headlines(chief_client, state=state) == headlines


def test_the_list_tells_each_state_in_words(chief_client, stories):
    response = chief_client.get(reverse(LIST))
    states = " | ".join(texts_of(response, "state"))
    for phrase in (
        "Draft, never published",
        "Live since",
        "1 unpublished change",
        "scheduled for",
        "on hold",
        "under embargo until",
        "Withdrawn on",
    ):
        assert phrase in states
    assert "GMT" in states or "UTC" in states


def test_the_list_is_filtered_by_tag_source_and_stage(chief_client):
    tag = make_tag("Dredging")
    make_article(headline="a", tags=(tag,), source="wire", stage="ready")
    make_article(headline="b")
    ImportRun.objects.create(source="wire")
    assert listed_headlines(chief_client, tag="dredging") == {"a"}
    assert listed_headlines(chief_client, source="wire") == {"a"}
    assert listed_headlines(chief_client, source="-") == {"b"}
    assert listed_headlines(chief_client, stage__exact="ready") == {"a"}
    assert listed_headlines(chief_client, tag="dredging", source="-") == set()


@pytest.mark.parametrize("query", [{"state": "x"}, {"tag": "x'\""}, {"stage__exact": "\0"}])
def test_a_filter_that_nobody_offers_breaks_nothing(chief_client, query):
    make_article()
    assert chief_client.get(reverse(LIST), query).status_code in (200, 302, 400)


def test_the_list_finds_words_of_headline_and_text(chief_client):
    make_article(headline="Harbour dredged")
    make_article(headline="Other", body_html="<p>A lifeboat sailed.</p>")
    assert listed_headlines(chief_client, q="harbour") == {"Harbour dredged"}
    assert listed_headlines(chief_client, q="lifeboat") == {"Other"}


@pytest.mark.parametrize(
    "q", ["a " * 1100, "x" * 60_000, "\0", "'\"%_\\", "\ud800", "\u202e\u200b", '"unclosed', "☃"]
)
@pytest.mark.parametrize("model", ["article", "person", "tag", "image", "user", "correction"])
def test_no_search_breaks_a_list(chief_client, model, q):
    address = reverse(f"admin:articles_{model}_changelist")
    q = q.encode("utf-8", "replace").decode()
    assert chief_client.get(address, {"q": q}).status_code == 200


def test_the_list_costs_the_same_however_long_it_is(chief_client, django_assert_max_num_queries):
    def fill(count):
        for number in range(count):
            make_live(
                tags=(make_section(), make_tag()),
                bylines=(f"A {number}", f"B {number}"),
            )

    def cost():
        with django_assert_max_num_queries(20) as captured:
            chief_client.get(reverse(LIST))
        return len(captured)

    fill(2)
    few = cost()
    fill(10)
    assert cost() == few


def suggestions(client, field: str, term: str) -> list[str]:
    query = {"app_label": "articles", "model_name": "article", "field_name": field, "term": term}
    response = client.get(reverse("admin:autocomplete"), query)
    assert response["Content-Type"] == "application/json"
    return [row["text"] for row in response.json()["results"]]


def test_people_are_found_by_all_their_names_and_told_apart(chief_client):
    council = make_organization("Town council")
    first, second = make_person("John Smith"), make_person("John Smith")
    Membership.objects.create(person=first, organization=council, role="mayor")
    OtherName.objects.create(person=second, name="Jack Smythe", kind="former")
    DeskNameWord.objects.index([second])
    labels = suggestions(chief_client, "people", "John")
    assert len(set(labels)) == 2
    assert any("mayor, Town council" in label for label in labels)
    (label,) = suggestions(chief_client, "people", "smythe")
    assert "John Smith (also Jack Smythe)" in label


def test_a_tag_is_found_by_its_former_name(chief_client):
    tag = make_tag("Channel works")
    FormerTagName.objects.create(tag=tag, name="Dredging", slug="dredging")
    DeskNameWord.objects.index([tag])
    assert suggestions(chief_client, "tags", "dredg") == ["Channel works (topic)"]


def rename(client, tag: Tag, name: str, **changes):
    address = reverse("admin:articles_tag_change", args=[tag.pk])
    data = fields_of(client.get(address), "tag_form") | {"name": name} | changes
    return client.post(address, data)


def test_renaming_a_tag_keeps_its_former_name_and_address(chief_client):
    tag = make_tag("Dredging")
    assert rename(chief_client, tag, "Channel works").status_code == 302
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Channel works", "channel-works")
    assert [(f.name, f.slug) for f in tag.former_names.all()] == [("Dredging", "dredging")]
    rename(chief_client, tag, "Dredging")
    tag.refresh_from_db()
    assert tag.slug == "dredging"
    assert [f.slug for f in tag.former_names.all()] == ["channel-works"]


def test_a_tag_takes_no_address_that_still_leads_to_another(chief_client):
    other = make_tag("Channel works")
    FormerTagName.objects.create(tag=other, name="Dredging", slug="dredging")
    tag = make_tag("Mud", slug="mud")
    response = rename(chief_client, tag, "Dredging")
    assert response.status_code == 200
    assert "still leads to “Channel works”" in response.content.decode()


@pytest.mark.parametrize(
    ("names", "slugs"),
    [(["選挙", "経済"], ["topic", "topic-2"]), (["C", "C++", "C#"], ["c", "c-topic", "c-topic-2"])],
)
def test_tags_whose_names_fold_alike_need_no_typed_address(chief_client, names, slugs):
    address = reverse("admin:articles_tag_add")
    for name in names:
        data = fields_of(chief_client.get(address), "tag_form") | {"name": name}
        assert chief_client.post(address, data).status_code == 302
    tags = dict(Tag.objects.values_list("name", "slug"))
    assert [tags[name] for name in names] == slugs


def test_a_tag_renamed_to_what_folds_like_another_gets_an_address_of_its_own(chief_client):
    make_tag("C")
    tag = make_tag("D")
    assert rename(chief_client, tag, "C++").status_code == 302
    tag.refresh_from_db()
    assert tag.slug == "c-topic"
    rename(chief_client, tag, "C#")
    tag.refresh_from_db()
    assert tag.slug == "c-topic"


def test_an_address_that_an_editor_types_is_never_changed(chief_client):
    make_tag("C")
    address = reverse("admin:articles_tag_add")
    data = fields_of(chief_client.get(address), "tag_form") | {"name": "C++", "slug": "c"}
    assert "Tag with this Slug already exists" in chief_client.post(address, data).content.decode()


def test_a_new_person_gets_address_and_sorting_from_the_name(chief_client):
    address = reverse("admin:articles_person_add")
    data = fields_of(chief_client.get(address), "person_form") | {"name": "Ana de la Cruz"}
    assert chief_client.post(address, data).status_code == 302
    from articles.models import Person

    person = Person.objects.get()
    assert (person.slug, person.sort_name) == ("ana-de-la-cruz", "de la Cruz, Ana")


def test_an_import_run_tells_what_was_refused_and_why(chief_client):
    refusal = {
        "file": "x.txt",
        "record": 3,
        "field": "body",
        "reason": "No text.",
        "remedy": "Resend.",
    }
    run = ImportRun.objects.create(source="wire", refusals=[refusal], refused=1)
    page = chief_client.get(
        reverse("admin:articles_importrun_change", args=[run.pk])
    ).content.decode()
    assert all(str(value) in page for value in refusal.values())


def test_the_history_of_a_person_tells_who_changed_what_and_the_roles_with_it(chief_client):
    person = make_person("Ada Pell")
    role = Membership.objects.create(
        person=person, organization=make_organization("Town council"), role="clerk"
    )
    address = reverse("admin:articles_person_change", args=[person.pk])
    data = fields_of(chief_client.get(address), "person_form") | {"name": "Ada Vale"}
    assert chief_client.post(address, data).status_code == 302
    role.delete()
    page = chief_client.get(
        reverse("admin:articles_person_history", args=[person.pk])
    ).content.decode()
    assert marks("Ada Pell", "Ada Vale") in page
    assert "clerk, Town council” deleted" in page
    assert "user" in page
