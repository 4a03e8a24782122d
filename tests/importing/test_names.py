"""Names as sources print them find the rows that they mean."""

import pytest

from articles.importing.pipeline import Options, run_import
from articles.models import (
    Article,
    Organization,
    OtherName,
    Person,
    Tag,
)
from tests.factories import make_image, make_organization, make_person, make_tag

pytestmark = pytest.mark.django_db


def test_tags_from_the_command_line_go_to_every_story(wire):
    make_tag("Archive")
    wire(tags=("archive", "series:Old Days"))
    names = set(Article.objects.get().tags.values_list("name", flat=True))
    assert {"Archive", "Old Days"} <= names
    assert Tag.objects.filter(name__iexact="archive").count() == 1


def test_a_former_tag_name_still_finds_its_tag(wire):
    tag = make_tag("gales")
    tag.former_names.create(name="weather", slug="weather")
    wire()
    assert Article.objects.get().tags.filter(pk=tag.pk).exists()


def test_a_place_and_a_topic_of_one_name_get_different_addresses(tmp_path):
    story = "Id: x\nHeadline: H\nTopics: Quay\nPlaces: Quay\n\nThe body of it has a sentence.\n"
    (tmp_path / "a.txt").write_text(story)
    run_import([str(tmp_path)], Options(source="files"))
    assert set(Tag.objects.values_list("slug", flat=True)) == {"quay", "quay-place"}


def test_known_people_are_linked_by_any_of_their_names(wire):
    person, body = make_person("Adelaide Quince"), make_organization("The Harbour Watch")
    OtherName.objects.create(person=person, name="Ada Quince")
    OtherName.objects.create(organization=body, name="Harbour Watch")
    wire()
    article = Article.objects.get()
    assert article.people.get() == person
    assert article.organizations.get() == body


def test_unknown_people_are_created_unconfirmed(wire):
    wire()
    assert Person.objects.get().is_confirmed is False
    assert Person.objects.get().sort_name == "Quince, Ada"
    assert Organization.objects.get().is_confirmed is False


def test_a_name_that_two_people_share_is_not_linked(wire):
    make_person("Ada Quince")
    make_person("Ada Quince")
    report = wire()
    assert not Article.objects.get().people.exists()
    assert report.notes == ["Ada Quince: several of that name, none linked."]


def test_a_picture_is_found_by_its_name_or_noted(wire):
    image = make_image(name="gale.jpg")
    wire(extra="Picture: gale.jpg\n")
    assert Article.objects.get().lead_image == image
    wire(version=2, extra="Picture: lost.jpg\n")
    assert "Not in the library: lost.jpg" in Article.objects.get().ed_note
