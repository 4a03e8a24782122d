"""What stories are filed under: sections in the editors' order, names and codes that lead to a tag."""

import pytest

from articles.models import FormerTagName, Tag, TagCode
from tests.factories import make_section, make_tag

pytestmark = pytest.mark.django_db


def test_sections_stand_as_the_editors_put_them_then_by_name():
    make_tag("Boats")
    make_section("Arts")
    make_section("Sport", position=3)
    make_section("News", position=1)
    make_section("Letters")
    names = [tag.name for tag in Tag.objects.sections()]
    assert names == ["News", "Sport", "Arts", "Letters"]


def test_a_tag_is_a_topic_that_no_edition_has_linked_unless_it_is_said():
    tag = make_tag("Boats")
    assert (tag.kind, tag.link_count, tag.position) == ("topic", 0, 100)
    assert str(tag) == "Boats"


def test_former_names_and_codes_of_a_tag_stand_in_order():
    tag = make_tag("Boats")
    for name, qcode in (("Ships", "subj:11001000"), ("Craft", "medtop:20000999")):
        FormerTagName.objects.create(tag=tag, name=name, slug=name.lower())
        TagCode.objects.create(tag=tag, qcode=qcode)
    assert [str(row) for row in tag.former_names.all()] == ["Craft", "Ships"]
    assert [str(row) for row in tag.codes.all()] == ["medtop:20000999", "subj:11001000"]
