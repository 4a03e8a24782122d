"""Which tag a name means: folded, of any kind, by former names too; several are never guessed at."""

import pytest
from django.utils import timezone

from articles.models import TagNames
from tests.factories import make_section, make_tag

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["Council", "council", "COUNCIL", "Cóuncil", "ｃｏｕｎｃｉｌ", " council "]
)
@pytest.mark.parametrize("kind", ["", "topic", "place", "series", "section"])
def test_a_name_means_the_one_tag_of_any_kind_that_folds_to_it(name, kind):
    section = make_section("Council")
    assert TagNames.load().find(name, kind).tag.key == section.pk


def test_a_name_that_no_tag_has_is_free():
    make_section("Council")
    match = TagNames.load().find("Councils")
    assert match.is_free
    assert match.tag is None


def test_of_several_the_kind_that_the_source_says_is_meant_else_nobody_knows():
    section, place = (
        make_section("Harbour"),
        make_tag("Harbour", kind="place", slug="harbour-place"),
    )
    names = TagNames.load()
    assert names.find("harbour", "place").tag.key == place.pk
    assert names.find("harbour", "section").tag.key == section.pk
    for kind in ("", "topic"):
        assert names.find("harbour", kind).is_unclear
        assert names.find("harbour", kind).tag is None


def test_a_former_name_is_a_name_and_a_present_one_comes_first():
    old, new = make_tag("Weather"), make_tag("Gales")
    new.former_names.create(name="Storms", slug="storms")
    new.former_names.create(name="weather", slug="weather-2")
    names = TagNames.load()
    assert names.find("STORMS").tag.key == new.pk
    assert names.find("weather").tag.key == old.pk


def test_the_very_letters_come_before_what_only_folds_alike():
    plain, marked = make_tag("Resume"), make_tag("Résumé", slug="resume-2")
    names = TagNames.load()
    assert names.find("Resume").tag.key == plain.pk
    assert names.find("Résumé").tag.key == marked.pk
    assert names.find("RESUME").is_unclear
    make_section("RESUME", slug="resume-section")
    assert TagNames.load().find("Resume").is_unclear, "another kind is told by no letters"
    assert TagNames.load().find("Resume", "topic").tag.key == plain.pk


def test_what_is_in_the_trash_is_meant_only_where_no_other_has_its_name():
    trashed = make_tag("Council", trashed_at=timezone.now())
    match = TagNames.load().find("council")
    assert match.tag.key == trashed.pk
    assert match.tag.is_in_trash
    section = make_section("council", slug="council-section")
    assert TagNames.load().find("Council", "topic").tag.key == section.pk


def test_names_that_fold_to_nothing_are_told_apart_by_their_letters():
    first = make_tag("\u0301", slug="a")
    assert TagNames.load().find("\u0301").tag.key == first.pk
    assert TagNames.load().find("\u0300").is_free


def test_all_names_are_read_by_two_queries(django_assert_num_queries):
    for _ in range(3):
        make_tag().former_names.create(name="x", slug=f"x{_}")
    with django_assert_num_queries(2):
        TagNames.load()
