"""Names as sources print them find the rows that they mean."""

from dataclasses import replace

import pytest
from django.utils import timezone

from articles.importing.formats.types import ParsedArticle, ParsedName, RemotePicture
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.importing.pipeline.storing.entities import EntityResolver
from articles.models import (
    Article,
    Author,
    ImportBatch,
    ImportRun,
    Organization,
    OtherName,
    Person,
    Tag,
)
from tests.factories import make_image, make_organization, make_person, make_tag

pytestmark = pytest.mark.django_db


def test_tags_from_the_command_line_go_to_every_story(import_story):
    make_tag("Archive")
    import_story(tags=("archive", "series:Old Days"))
    names = set(Article.objects.get().tags.values_list("name", flat=True))
    assert {"Archive", "Old Days"} <= names
    assert Tag.objects.filter(name__iexact="archive").count() == 1


def test_a_former_tag_name_still_finds_its_tag(import_story):
    tag = make_tag("gales")
    tag.former_names.create(name="weather", slug="weather")
    import_story()
    assert Article.objects.get().tags.filter(pk=tag.pk).exists()


def test_a_place_and_a_topic_of_one_name_are_one_tag(tmp_path):
    story = "Id: x\nHeadline: H\nTopics: Quay\nPlaces: Quay\n\nThe body of it has a sentence.\n"
    (tmp_path / "a.txt").write_text(story)
    run_import([str(tmp_path)], ImportOptions(source="files"))
    assert Tag.objects.values_list("slug", "kind").get() == ("quay", "topic")


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["C", "C++", "C#", "C--"], ["c", "c-topic", "c-topic-2", "c-topic-3"]),
        (["日本", "東京", "政治", "経済"], ["topic", "topic-2", "topic-3", "topic-4"]),
    ],
)
@pytest.mark.parametrize("at_once", [1, 2, 3, 4])
def test_tags_whose_names_fold_alike_cost_no_story(tmp_path, figures, names, slugs, at_once):
    for start in range(0, 4, at_once):
        topics = "; ".join(names[start : start + at_once])
        story = (
            f"Id: x{start}\nHeadline: H\nTopics: {topics}\n\nThe body of it has {start} words.\n"
        )
        (tmp_path / "a.txt").write_text(story)
        assert figures(run_import([str(tmp_path)], ImportOptions(source="files"))) == (
            1,
            0,
            0,
            0,
            0,
        )
    assert sorted(Tag.objects.values_list("slug", flat=True)) == slugs


def test_names_without_a_latin_letter_get_the_address_of_their_kind(import_story):
    import_story(extra="People: 山田太郎\nOrganizations: 港湾局\nByline: 佐藤\n")
    addresses = [Person.objects.get(name="山田太郎").get_absolute_url()]
    addresses += [Organization.objects.get(name="港湾局").get_absolute_url()]
    addresses += [Author.objects.get(name="佐藤").get_absolute_url()]
    assert [address.split("/")[-2] for address in addresses] == ["person", "organization", "author"]


def test_known_people_are_linked_by_any_of_their_names(import_story):
    person, organization = make_person("Adelaide Quince"), make_organization("The Harbour Watch")
    OtherName.objects.create(person=person, name="Ada Quince")
    OtherName.objects.create(organization=organization, name="Harbour Watch")
    import_story()
    article = Article.objects.get()
    assert article.people.get() == person
    assert article.organizations.get() == organization


def test_unknown_people_are_created_unconfirmed(import_story):
    import_story()
    assert Person.objects.get().is_confirmed is False
    assert Person.objects.get().sort_name == "Quince, Ada"
    assert Organization.objects.get().is_confirmed is False


def test_a_name_that_two_people_share_is_not_linked(import_story):
    make_person("Ada Quince")
    make_person("Ada Quince")
    report = import_story()
    assert not Article.objects.get().people.exists()
    assert report.notes == ["Ada Quince: several of that name, none linked."]


def test_a_picture_is_found_by_its_name_or_noted(import_story):
    image = make_image(name="gale.jpg")
    import_story(extra="Picture: gale.jpg\n")
    assert Article.objects.get().lead_image == image
    import_story(version=2, extra="Picture: lost.jpg\n")
    assert "Not in the library: lost.jpg" in Article.objects.get().ed_note


def named(*, people: tuple[str, ...] = (), authors: tuple[str, ...] = ()) -> ParsedArticle:
    return ParsedArticle("1", b"x", people=people, bylines=tuple(map(ParsedName, authors)))


def test_what_is_in_the_trash_is_told_once_a_run():
    for name in ("Ann Marrow", "Bo Teal"):
        Author.objects.create(name=name, trashed_at=timezone.now())
    entities = EntityResolver()
    entities.resolve([named(authors=("Bo Teal", "Ann Marrow"))])
    assert entities.pop_in_trash() == ["Ann Marrow", "Bo Teal"]
    entities.resolve([named(authors=("Bo Teal", "Cy Dace"))])
    assert entities.pop_in_trash() == []
    assert set(entities.authors) == {"Cy Dace"}
    entities.reset()
    entities.resolve([named(authors=("Bo Teal",))])
    assert entities.pop_in_trash() == ["Bo Teal"]


def test_a_name_that_several_bear_is_told_once_and_linked_never():
    for _ in range(2):
        make_person("Ada Quince")
    entities = EntityResolver()
    for names in (["Ada Quince"], []):
        entities.resolve([named(people=("Ada Quince", "Nils Berg"))])
        assert entities.pop_ambiguous() == names
    assert set(entities.people) == {"Nils Berg"}


def test_a_person_in_the_trash_by_another_name_is_not_made_anew():
    person = make_person("Adelaide Quince", trashed_at=timezone.now())
    OtherName.objects.create(person=person, name="Ada Quince")
    organization = make_organization("Harbour Watch")
    OtherName.objects.create(organization=organization, name="Nils Berg")
    entities = EntityResolver()
    entities.resolve([named(people=("Ada Quince", "Nils Berg"))])
    assert entities.pop_in_trash() == ["Ada Quince"]
    assert [row.name for row in Person.objects.all()] == ["Nils Berg"]


def test_what_was_created_is_kept_in_the_run_before_its_batch_commits():
    run = ImportRun.objects.create(source="wire")
    entities = EntityResolver(run=run)
    make_person("Ada Quince")
    entities.resolve([named(people=("Ada Quince",))])
    assert not run.batches.exists(), "nothing is new"
    entities.resolve([named(people=("Nils Berg",), authors=("Ann Marrow",))])
    entities.resolve([named(people=("Eli Dace",))])
    batch = run.batches.get()
    keys = list(
        Person.objects.exclude(name="Ada Quince").order_by("pk").values_list("pk", flat=True)
    )
    assert (batch.number, batch.made["person"]) == (0, keys)
    assert batch.met == {"new_person": 2, "new_author": 1}
    EntityResolver().resolve([named(people=("Nobody Known",))])
    assert ImportBatch.objects.get() == batch, "without a run nothing is kept"


def test_a_picture_fetched_before_is_taken_where_it_is_described():
    url = "https://a.example/gale.jpg"
    parsed = replace(named(), remote_picture=RemotePicture(url))
    entities = EntityResolver()
    for fields, is_taken in (({"alt": ""}, False), ({"alt": "", "is_decorative": True}, True)):
        image = make_image(source_url=url, **fields)
        entities.resolve([parsed])
        assert entities.picture_of(parsed) == (image.pk if is_taken else None)
    described = make_image(source_url=url, alt="A gale")
    entities.resolve([parsed])
    assert entities.picture_of(parsed) == described.pk
    named_too = replace(parsed, picture=make_image(name="gale.jpg").name)
    entities.resolve([named_too])
    assert entities.picture_of(named_too) == entities.pictures["gale.jpg"]
    assert entities.picture_of(named()) is None
