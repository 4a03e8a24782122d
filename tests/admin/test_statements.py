"""How an editor links statements: found by words or address, set, removed, forgotten with the quote."""

from datetime import date

import pytest
from django.urls import reverse

from articles.models import Quote, StatementLink
from articles.publishing import publish
from articles.record import remove
from articles.roles import make_roles
from tests.factories import make_article, make_person, make_quote, make_said, make_user

from .forms import messages_of

pytestmark = pytest.mark.django_db
SAME = "The harbour will not be sold to anybody."


def quote_of(text: str, **fields) -> Quote:
    edition = make_said(text, **{"person": make_person("Ann Webb")} | fields)
    return Quote.objects.get(article=edition.article)


@pytest.fixture
def earlier(db) -> Quote:
    return quote_of("We shall sell the quay.", said_on=date(2019, 5, 4))


@pytest.fixture
def later(db) -> Quote:
    return quote_of("We shall not sell it.", said_on=date(2024, 5, 4))


def address_of(quote: Quote) -> str:
    return reverse("admin:articles_quote_statements", args=[quote.pk])


def page_of(desk, quote: Quote, **query) -> str:
    response = desk.get(address_of(quote), query)
    assert response.status_code == 200
    return response.content.decode()


def bind(desk, later: Quote, kind: str, earlier: Quote | str):
    key = earlier if isinstance(earlier, str) else earlier.quote_key
    return desk.post(address_of(later), {"earlier": key, "kind": kind}, follow=True)


def links() -> list[tuple[str, str, str]]:
    return list(StatementLink.objects.values_list("later", "kind", "earlier"))


def test_the_form_of_a_quote_leads_to_its_statements(desk, later):
    page = desk.get(reverse("admin:articles_quote_change", args=[later.pk])).content.decode()
    assert address_of(later) in page
    assert "No links" in page


@pytest.mark.parametrize(
    "asked",
    [
        "sell quay",
        "ann webb quay",
        "{key}",
        "https://paper.example/quotes/{key}/",
        "/quotes/{key}",
        "http://testserver/quotes/{key}/?from=1#x",
    ],
)
def test_the_earlier_quote_is_found_by_words_speaker_or_address(desk, later, earlier, asked):
    other = quote_of("Nothing of the kind.")
    page = page_of(desk, later, q=asked.format(key=earlier.quote_key))
    assert f'name="earlier" value="{earlier.quote_key}"' in page
    assert other.quote_key not in page


@pytest.mark.parametrize("asked", ["zebra", "%", "\0", "a" * 5000, "' OR 1=1 --", "/quotes/zzzz/"])
def test_a_search_that_finds_nothing_says_so(desk, later, asked):
    page = page_of(desk, later, q=asked)
    assert 'name="earlier"' not in page
    assert asked.strip("\0") == "" or "No other quote on record fits" in page


def test_a_link_is_set_with_who_set_it_and_shown_at_both_ends(desk, chief, later, earlier):
    response = bind(desk, later, "withdraws", earlier)
    assert "Linked: this takes back “We shall sell the quay.”" in messages_of(response)
    assert links() == [(later.quote_key, "withdraws", earlier.quote_key)]
    assert StatementLink.objects.get().by == chief
    assert "This takes back:" in page_of(desk, later)
    assert "This is what the following takes back:" in page_of(desk, earlier)
    assert (
        "1 link to other quotes"
        in desk.get(reverse("admin:articles_quote_change", args=[later.pk])).content.decode()
    )


def test_readers_have_a_link_at_once(desk, client, later, earlier):
    bind(desk, later, "withdraws", earlier)
    page = client.get(f"/quotes/{earlier.quote_key}/").content.decode()
    assert "Taken back on 4 May 2024" in page


@pytest.mark.parametrize(
    ("kind", "key", "reason"),
    [
        ("withdraws", "", "Choose the earlier quote"),
        ("withdraws", "zzzzzzzzzz", "Choose the earlier quote"),
        ("withdraws", "\0", "Choose the earlier quote"),
        ("loves", "earlier", "Choose what the statement does"),
        ("", "earlier", "Choose what the statement does"),
        ("withdraws", "itself", "cannot bear on itself"),
    ],
)
def test_what_cannot_be_linked_is_refused_with_the_reason(desk, later, earlier, kind, key, reason):
    key = {"earlier": earlier.quote_key, "itself": later.quote_key}.get(key, key)
    assert reason in messages_of(bind(desk, later, kind, key))
    assert links() == []


def test_an_earlier_statement_cannot_bear_on_a_later_one(desk, later, earlier):
    assert "said after this one" in messages_of(bind(desk, earlier, "withdraws", later))
    page = page_of(desk, earlier, q=later.quote_key)
    assert "It came later" in page
    assert f'name="earlier" value="{later.quote_key}"' not in page
    assert links() == []


def test_two_statements_are_linked_once(desk, earlier):
    other = quote_of("We shall see.", said_on=date(2019, 5, 4))
    bind(desk, other, "withdraws", earlier)
    assert "linked already" in messages_of(bind(desk, other, "repeats", earlier))
    assert "the other way round" in messages_of(bind(desk, earlier, "repeats", other))
    assert links() == [(other.quote_key, "withdraws", earlier.quote_key)]


def test_a_link_is_removed_from_either_end_and_only_from_there(desk, later, earlier):
    bind(desk, later, "withdraws", earlier)
    number = StatementLink.objects.get().pk
    stranger = quote_of("Nothing of the kind.")
    for value in (number, "x", "9" * 30):
        quote = stranger if value == number else earlier
        assert "gone already" in messages_of(
            desk.post(address_of(quote), {"remove": value}, follow=True)
        )
    assert len(links()) == 1
    desk.post(address_of(earlier), {"remove": number})
    assert links() == []


def test_the_same_words_of_the_same_speaker_are_offered(desk):
    person = make_person("Ann Webb")
    first = quote_of(SAME, person=person, said_on=date(2019, 5, 4))
    other = quote_of(SAME, person=make_person("Bo Sorrel"), said_on=date(2019, 5, 4))
    again = quote_of(SAME, person=person, said_on=date(2024, 5, 4))
    page = page_of(desk, again)
    assert "Likely the same statement" in page
    assert f'name="earlier" value="{first.quote_key}"' in page
    assert other.quote_key not in page


@pytest.mark.parametrize(("who", "may"), [("reporter", False), ("editor", True)])
def test_a_reporter_reads_and_an_editor_sets(client, later, earlier, who, may):
    make_roles()
    client.force_login(make_user(groups=(who,)))
    assert ('role="search"' in page_of(client, later)) is may
    response = client.post(address_of(later), {"earlier": earlier.quote_key, "kind": "withdraws"})
    assert (response.status_code == 302) is may
    assert bool(links()) is may


def test_links_leave_with_a_quote_that_no_reader_has(chief):
    article = make_article(body_html="<p>“We shall not.”</p>")
    unread = make_quote(article, "We shall not.", person=make_person())
    read = quote_of("We shall sell the quay.")
    for later, earlier in ((unread, read), (read, quote_of("Before all."))):
        StatementLink.objects.create(later=later.quote_key, earlier=earlier.quote_key)
    remove(unread, by=chief)
    assert [later for later, _, _ in links()] == [read.quote_key]
    remove(read, by=chief)
    assert len(links()) == 1, "readers have it until the record is published again"
    kept = quote_of("Before all.")
    StatementLink.objects.create(later=kept.quote_key, earlier=read.quote_key)
    publish(read.article, by=None)
    assert len(links()) == 2
