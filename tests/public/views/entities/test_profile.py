"""/people/<id>/ and /organizations/<id>/: narrowed by subject and year, the chart, the company."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Person
from articles.public import site_context
from articles.public.views.quotes.chart import chart_of, count_months
from articles.publishing import withdraw
from tests.factories import (
    make_article,
    make_live,
    make_live_quote,
    make_organization,
    make_person,
    make_tag,
    make_withdrawn,
)
from tests.public.views.quotes.test_list import words

pytestmark = pytest.mark.django_db


def publish_quote(person: Person, text: str, year: int, **fields):
    return make_live_quote(
        text, person=person, fields={"published_at": datetime(year, 5, 4, 12, tzinfo=UTC)} | fields
    )


@pytest.fixture
def person() -> Person:
    """Somebody who spoke in three years, on two subjects."""
    person, mud, tax = make_person("Nerys Callow"), make_tag("Mud"), make_tag("Tax")
    publish_quote(person, "Mud first.", 2019, tags=(mud,), headline="Mud story")
    publish_quote(person, "Tax next.", 2021, tags=(tax,), headline="Tax story")
    publish_quote(person, "Mud again.", 2024, tags=(mud, tax), headline="Last story")
    return person


@pytest.mark.parametrize(
    ("query", "quotes", "stories"),
    [
        ("", ["“Mud again.”", "“Tax next.”", "“Mud first.”"], 3),
        ("?tag=mud", ["“Mud again.”", "“Mud first.”"], 2),
        ("?tag=mud&tag=tax", ["“Mud again.”"], 1),
        ("?year=2021", ["“Tax next.”"], 1),
        ("?tag=mud&year=2019", ["“Mud first.”"], 1),
        ("?tag=tax&year=2019", [], 0),
        ("?tag=&year=", ["“Mud again.”", "“Tax next.”", "“Mud first.”"], 3),
    ],
)
def test_subject_and_year_narrow_quotes_and_stories(client, person, query, quotes, stories):
    response = client.get(person.get_absolute_url() + query)
    assert words(response) == quotes
    assert response.content.decode().count("<article") == stories


def test_what_narrows_is_chosen_in_the_form_and_taken_away_by_its_chip(client, person):
    html = client.get(person.get_absolute_url() + "?tag=mud&year=2019").content.decode()
    assert '<option value="mud" selected>Mud</option>' in html
    assert '<option value="2019" selected>2019</option>' in html
    assert '<a class="chip" href="?year=2019">Mud' in html
    assert '<a class="chip" href="?tag=mud">2019' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "noindex" not in client.get(person.get_absolute_url()).content.decode()


def test_more_than_a_page_of_narrowed_quotes_leads_to_the_same_of_all_quotes(client, person):
    for number in range(11):
        publish_quote(person, f"Number {number}.", 2022, tags=(make_tag(f"T{number}"),))
    html = client.get(person.get_absolute_url() + "?year=2022").content.decode()
    address = re.search(r'href="(/quotes/\?[^"]+)">All 11 quotes<', html)[1].replace("&amp;", "&")
    assert address == f"/quotes/?person={person.pk}&after=2022-01-01&before=2022-12-31"
    assert len(words(client.get(address))) == 11


def test_older_stories_stay_narrowed(client, person):
    for number in range(25):
        make_live(people=(person,), tags=(make_tag(f"N{number}"),))
    tag = make_tag("Many")
    for hour in range(22):
        at = datetime(2023, 5, 4, hour, tzinfo=UTC)
        make_live(people=(person,), tags=(tag,), published_at=at)
    html = client.get(person.get_absolute_url() + "?tag=many&year=2023").content.decode()
    older = re.search(r'rel="next" href="([^"]+)"', html)[1].replace("&amp;", "&")
    assert older.startswith("?tag=many&year=2023&from=")
    response = client.get(person.get_absolute_url() + older)
    assert response.content.decode().count("<article") == 2


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("tag=no-such-tag", "This paper has no such tag."),
        ("year=soon", "Write a year as 2026."),
        ("year=99999", "Write a year as 2026."),
        ("year=-1", "Write a year as 2026."),
        ("year=999", "Write a year as 2026."),
        ("year=3000", "Write a year as 2026."),
        ("tag=a&tag=b&tag=c&tag=d&tag=e&tag=f", "Choose at most 5 tags at once."),
        ("tag=%00", "A tag in this address cannot be read."),
    ],
)
@pytest.mark.parametrize("kind", ["person", "organization"])
def test_a_filter_that_cannot_be_read_is_refused_with_the_reason(client, kind, query, reason):
    row = make_person() if kind == "person" else make_organization()
    speaker: dict[str, Any] = {kind: row}
    make_live_quote("We pay.", **speaker)
    response = client.get(f"{row.get_absolute_url()}?{query}")
    assert response.status_code == 400
    assert reason in response.content.decode()


def test_the_page_costs_the_same_however_much_somebody_said(client, person):
    def cost(query: str = "") -> int:
        site_context.current()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(person.get_absolute_url() + query).status_code == 200
        return len(queries)

    unfiltered, filtered = cost(), cost("?tag=mud&year=2019")
    for number in range(30):
        other = make_person()
        publish_quote(person, f"Number {number}.", 1990 + number, people=(other,))
    assert cost() == unfiltered == 6
    assert cost("?tag=mud&year=2019") == filtered == 7  # and who the tag is


def test_the_chart_counts_quotes_by_year_and_says_so_in_a_table(client, person):
    publish_quote(person, "More mud.", 2024)
    html = client.get(person.get_absolute_url() + "?year=2024").content.decode()
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td>(\d+)</td></tr>', html)
    assert rows == [
        *[("2019", "1"), ("2020", "0"), ("2021", "1")],
        *[("2022", "0"), ("2023", "0"), ("2024", "2")],
    ]
    assert "4 quotes from 2019 to 2024, most of them in 2024: 2." in html
    assert html.count("<rect") == 3
    assert html.count('<rect class="is-chosen"') == 1
    assert "style=" not in html


def test_a_short_time_is_drawn_by_month_where_the_paper_is(settings):
    settings.TIME_ZONE = "Europe/London"
    times = [datetime(2024, 6, 30, 23, 30, tzinfo=UTC), datetime(2024, 9, 1, tzinfo=UTC)]
    chart = chart_of(count_months(times))
    assert [(bar.label, bar.count) for bar in chart.bars] == [
        ("July 2024", 1),
        ("August 2024", 0),
        ("September 2024", 1),
    ]
    assert [bar.height for bar in chart.bars] == [100, 0, 100]


@pytest.mark.parametrize("times", [[], [datetime(2024, 6, 3, tzinfo=UTC)] * 5])
def test_one_bar_is_no_chart(times):
    assert chart_of(count_months(times)) is None


def test_co_mentions_are_counted_in_listed_stories_only(client, person):
    often, once, hidden = make_person("Ann Often"), make_person("Bo Once"), make_person("Cy Hidden")
    organization = make_organization("Salt Board")
    make_live(people=(person, often, once), organizations=(organization,))
    make_live(people=(person, often))
    make_withdrawn(people=(person, hidden))
    make_article(people=(person, hidden))
    html = client.get(person.get_absolute_url()).content.decode()
    section = html[html.index("In the same stories") :]
    assert re.search(r'Ann Often</a> <span class="role">2 stories</span>', section)
    assert re.search(r'Bo Once</a> <span class="role">1 story</span>', section)
    assert f'<a href="{organization.get_absolute_url()}">Salt Board</a>' in section
    assert "Cy Hidden" not in html
    assert person.get_absolute_url() not in section


def test_somebody_co_mentioned_can_be_put_side_by_side(client, person):
    other = make_person("Ann Often")
    make_live(people=(person, other))
    html = client.get(person.get_absolute_url()).content.decode()
    form = html[html.index('action="/people/compare/"') :]
    assert f'<input type="hidden" name="person" value="{person.pk}">' in form
    assert f'<option value="{other.pk}">Ann Often</option>' in form
    assert '<option value="mud">Mud</option>' in form


def test_the_same_words_in_two_stories_are_one_entry_that_names_both(client, person):
    text = "The harbour will not be sold to anybody."
    publish_quote(person, text, 2022, headline="Wire story")
    publish_quote(person, text, 2022, headline="Own story")
    response = client.get(person.get_absolute_url())
    html = response.content.decode()
    assert words(response).count(f"“{text}”") == 1
    assert "<summary>In 2 stories</summary>" in html
    assert html.index("Own story") < html.index("Wire story")


def test_who_speaks_for_an_organization_is_counted(client):
    organization, other = make_organization("Salt Board"), make_organization()
    ann = make_person("Ann Webb")
    for number in range(2):
        make_live_quote(f"Number {number}.", person=ann, on_behalf_of=organization)
    make_live_quote("Elsewhere.", person=make_person("Bo Other"), on_behalf_of=other)
    make_live_quote("It regrets.", organization=organization)
    html = client.get(organization.get_absolute_url()).content.decode()
    section = html[html.index("Who speaks for it") :]
    assert f'<a href="{ann.get_absolute_url()}">Ann Webb</a> <span class="role">2 quotes' in section
    assert "Bo Other" not in html


def test_an_organization_s_page_is_narrowed_too(client):
    organization, tag = make_organization("Salt Board"), make_tag("Mud")
    make_live_quote("On mud.", organization=organization, fields={"tags": (tag,)})
    make_live_quote("On tax.", person=make_person(), on_behalf_of=organization)
    response = client.get(f"{organization.get_absolute_url()}?tag=mud")
    assert words(response) == ["“On mud.”"]


def test_a_withdrawn_story_leaves_list_chart_co_mentions_and_form(client, person):
    story = publish_quote(
        person, "Leaky words.", 2010, tags=(make_tag("Leaktag"),), headline="Leakhead"
    )
    other = make_person("Paula Leak")
    withdrawn = make_live(people=(person, other))
    for edition in (story, withdrawn):
        withdraw(edition.article, by=None, reason="Wrong.")
    html = client.get(person.get_absolute_url()).content.decode()
    for leak in ("Leak", "2010"):
        assert leak not in html
