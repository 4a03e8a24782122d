"""Names as sources print them find the rows that they mean."""

import pytest

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import (
    Article,
    Author,
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


def test_a_place_and_a_topic_of_one_name_get_different_addresses(tmp_path):
    story = "Id: x\nHeadline: H\nTopics: Quay\nPlaces: Quay\n\nThe body of it has a sentence.\n"
    (tmp_path / "a.txt").write_text(story)
    run_import([str(tmp_path)], ImportOptions(source="files"))
    assert set(Tag.objects.values_list("slug", flat=True)) == {"quay", "quay-place"}


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
