"""/people/compare/: two people side by side."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Person
from articles.public import site_context
from articles.publishing import withdraw
from tests.factories import make_live, make_live_quote, make_person, make_tag
from tests.public.views.articles.test_list import HOSTILE
from tests.public.views.quotes.test_list import words

pytestmark = pytest.mark.django_db
OLDER = re.compile(r'rel="next" href="([^"]+)"')
CELL = re.compile(r'<h3><a href="[^"]+">([^<]+)</a></h3>(.*?)</div>', re.DOTALL)


@pytest.fixture
def pair() -> tuple[Person, Person]:
    """Two people who spoke on mud; one of them on something else as well."""
    ann, bo, mud = make_person("Ann Webb"), make_person("Bo Sorrel"), make_tag("Mud")
    for person, text, year, tags in (
        (ann, "Ann on mud.", 2024, (mud,)),
        (bo, "Bo on mud.", 2024, (mud,)),
        (bo, "Bo on mud before.", 2021, (mud,)),
        (ann, "Ann on tax.", 2024, ()),
    ):
        at = datetime(year, 5, 4, tzinfo=UTC)
        make_live_quote(text, person=person, fields={"published_at": at, "tags": tags})
    return ann, bo


def address(pair: tuple[Person, Person], more: str = "") -> str:
    return f"/people/compare/?person={pair[0].pk}&person={pair[1].pk}{more}"


def test_each_year_shows_what_the_one_said_beside_the_other(client, pair):
    html = client.get(address(pair, "&tag=mud")).content.decode()
    years = html.split('<section class="year pair"')[1:]
    assert [re.search(r">(\d{4})</h2>", year)[1] for year in years] == ["2024", "2021"]
    cells = [dict(CELL.findall(year)) for year in years]
    assert [list(cell) for cell in cells] == [["Ann Webb", "Bo Sorrel"]] * 2
    assert "“Ann on mud.”" in cells[0]["Ann Webb"]
    assert "“Bo on mud.”" in cells[0]["Bo Sorrel"]
    assert "Nothing on record." in cells[1]["Ann Webb"]
    assert "“Bo on mud before.”" in cells[1]["Bo Sorrel"]
    assert "Ann on tax" not in html


def test_without_a_subject_everything_is_compared(client, pair):
    assert "“Ann on tax.”" in words(client.get(address(pair)))


def test_the_form_offers_names_and_the_subjects_on_which_both_spoke(client, pair):
    make_live_quote("Only Ann.", person=pair[0], fields={"tags": (make_tag("Hers"),)})
    html = client.get(address(pair)).content.decode()
    assert f'<option value="{pair[0].pk}" selected>Ann Webb</option>' in html
    assert f'<option value="{pair[1].pk}" selected>Bo Sorrel</option>' in html
    assert '<option value="mud">Mud</option>' in html
    assert "Hers" not in html


def test_a_subject_leads_to_the_form_with_who_spoke_on_it(client, pair):
    make_live_quote("Elsewhere.", person=make_person("Cy Other"))
    link = '<a href="/people/compare/?tag=mud">'
    assert link in client.get("/tags/mud/").content.decode()
    html = client.get("/people/compare/?tag=mud").content.decode()
    assert ">Ann Webb</option>" in html
    assert '<option value="mud" selected>Mud</option>' in html
    assert "Cy Other" not in html


def test_one_person_asks_for_the_second(client, pair):
    response = client.get(f"/people/compare/?person={pair[0].pk}&person=")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<option value="{pair[0].pk}" selected>Ann Webb</option>' in html
    assert words(response) == []


def test_both_columns_end_at_the_same_time_and_show_every_quote_once(client):
    now = timezone.now().replace(microsecond=0)
    ann, bo = make_person("Ann Webb"), make_person("Bo Sorrel")
    for number in range(45):
        at = now - timedelta(hours=number + 1)
        make_live_quote(f"Ann {number}.", person=ann, fields={"published_at": at})
    for number in range(3):
        at = now - timedelta(hours=20 * number + 1)
        make_live_quote(f"Bo {number}.", person=bo, fields={"published_at": at})
    path, pages = address((ann, bo)), []
    while path:
        response = client.get(path)
        pages.append(set(words(response)))
        older = OLDER.search(response.content.decode())
        path = "/people/compare/" + older[1].replace("&amp;", "&") if older else ""
    assert [len(page) for page in pages] == [21, 21, 6]
    assert pages[0] & {"“Bo 0.”", "“Bo 1.”", "“Bo 2.”"} == {"“Bo 0.”"}
    assert len(set.union(*pages)) == 48


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("person=x&person=1", "A number in this address cannot be read."),
        ("person=1&person=1", "Choose two different people."),
        ("person=1&person=2&person=3", "Two can stand side by side, not more."),
        ("person=777777&person=888888", "This paper has no such person."),
        ("tag=no-such-tag", "This paper has no such tag."),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(client, query, reason):
    make_live()
    response = client.get(f"/people/compare/?{query}")
    assert response.status_code == 400
    assert reason in response.content.decode()


@pytest.mark.parametrize("query", [*HOSTILE, f"person={10**30}", "person=%00&tag=%00"])
def test_no_query_string_is_a_fault_of_ours(client, query):
    make_live_quote("We pay.", person=make_person())
    response = client.get(f"/people/compare/?{query}")
    assert response.status_code in {200, 400, 404}
    assert "<img src=x" not in response.content.decode()


def test_the_page_costs_seven_queries(client, pair, django_assert_num_queries):
    site_context.current()
    with django_assert_num_queries(7):  # the tag, each person, a column each, names, subjects
        client.get(address(pair, "&tag=mud"))


def test_who_has_no_quote_there_is_said_in_words(client, pair):
    other = make_person("Cy Other")
    make_live(people=(other,), tags=(make_tag("Tax"),))
    html = client.get(address((pair[0], other), "&tag=tax")).content.decode()
    assert "Neither of them has been quoted on this." in html
    assert f'href="?person={pair[0].pk}&amp;person={other.pk}"' in html


def test_a_withdrawn_story_s_words_and_speaker_leave_the_page(client, pair):
    leak = make_person("Paula Leak")
    story = make_live_quote("Leaky words.", person=pair[0], fields={"people": (leak,)})
    withdraw(story.article, by=None, reason="Wrong.")
    assert "Leak" not in client.get(address(pair)).content.decode()
    assert client.get(address((pair[0], leak))).status_code == 400
