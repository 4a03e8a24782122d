"""No two tags share an address, whatever their names fold to, and none takes one that led to another."""

import pytest

from articles.models import Tag, TagSlugs
from tests.factories import make_tag

pytestmark = pytest.mark.django_db


def assign_slugs(*tags: Tag) -> list[str]:
    slugs = TagSlugs.for_tags(tags)
    return [slugs.give(tag) for tag in tags]


def test_a_name_alone_gets_its_address():
    make_tag("Quay walls", slug="quay-walls")
    assert assign_slugs(Tag(name="Quay"), Tag(name="Tide")) == ["quay", "tide"]


def test_the_next_is_told_apart_by_its_kind_then_by_number():
    make_tag("Quay")
    make_tag("Quay!", slug="quay-topic-2")
    tags = [Tag(name=f"Quay{mark}") for mark in ("", "?", ".")] + [Tag(name="Quay", kind="place")]
    assert assign_slugs(*tags) == ["quay-topic", "quay-topic-3", "quay-topic-4", "quay-place"]


def test_an_address_that_led_to_another_tag_is_taken_and_the_own_one_is_not():
    tag = make_tag("Tide")
    tag.former_names.create(name="Quay", slug="quay")
    assert assign_slugs(Tag(name="Quay")) == ["quay-topic"]
    tag.name = "Quay"
    assert assign_slugs(tag) == ["quay"]


def test_all_tags_are_asked_at_once(django_assert_num_queries):
    for number in range(30):
        make_tag(f"n{number}")
    with django_assert_num_queries(4):
        slugs = assign_slugs(*(Tag(name=f"N{number}.") for number in range(40)))
    assert slugs == [f"n{n}-topic" for n in range(30)] + [f"n{n}" for n in range(30, 40)]
    assert TagSlugs.all().give(Tag(name="n1")) == "n1-topic"
