from datetime import UTC, datetime

import pytest

from articles.composed import Composed
from articles.models import Article, Byline, Edition
from articles.publishing import compose
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_membership,
    make_organization,
    make_person,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def test_composing_reads_a_fixed_number_of_queries(django_assert_num_queries):
    for count in (1, 5):
        people = tuple(make_person() for _ in range(count))
        article = make_article(
            people=people,
            tags=tuple(make_tag() for _ in range(count)),
            bylines=tuple(f"Author {i}" for i in range(count)),
            lead_image=make_image(),
        )
        loaded = Article.objects.with_everything().get(pk=article.pk)
        with django_assert_num_queries(0):
            compose(loaded)


def test_a_person_carries_the_role_of_the_storys_day():
    person, organization = make_person(), make_organization("Harbour Trust")
    for role, start, end in (("deputy", "2019", "2025-03"), ("harbour master", "2025-04", "")):
        make_membership(person, organization, role, start_date=start, end_date=end)
    roles = []
    for day in (datetime(2024, 5, 1, tzinfo=UTC), datetime(2025, 4, 2, tzinfo=UTC)):
        article = make_article(people=(person,), published_at=day)
        roles.append(compose(article).people[0].role)
    assert roles == ["deputy, Harbour Trust", "harbour master, Harbour Trust"]


def test_a_role_that_nobody_confirmed_is_not_printed():
    person = make_person()
    person.memberships.create(organization=make_organization(), role="mayor")
    assert compose(make_article(people=(person,))).people[0].role == ""


def test_sections_come_first():
    tags = (make_tag("Aardvarks"), make_section("Sport"), make_section("Harbour", position=1))
    assert [tag.name for tag in compose(make_article(tags=tags)).tags] == [
        "Harbour",
        "Sport",
        "Aardvarks",
    ]


def test_an_edition_gives_back_what_was_composed():
    live = make_live(
        tags=(make_tag(),),
        people=(make_person(),),
        organizations=(make_organization(),),
        lead_image=make_image(),
        bylines=("Ann Author",),
    )
    Byline.objects.update(role="photographs")
    stored = Edition.objects.get().composed
    assert isinstance(stored, Composed)
    assert stored.body_text.startswith("First paragraph")
    again = compose(
        Article.objects.with_everything().get(),
        published_at=live.published_at,
        modified_at=live.modified_at,
    )
    assert stored.bylines[0].role == ""
    assert again.bylines[0].role == "photographs"
    assert {**_values(stored), "bylines": 0} == {**_values(again), "bylines": 0}


def _values(story: Composed) -> dict[str, object]:
    return {name: getattr(story, name) for name in Composed.__dataclass_fields__}


def test_a_body_that_took_another_way_into_the_row_is_sanitised_still():
    html = "<p onclick=x()>Hm <a href='java\tscript:x()'>a</a><script>x()</script></p>"
    story = compose(make_article(body_html=html))
    assert story.body_html == "<p>Hm a</p>"
    assert story.body_text == "Hm a"
