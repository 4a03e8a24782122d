"""How an editor links statements: found by words or address, set, removed, forgotten with the quote."""

from datetime import date

import pytest
from django.urls import reverse

from articles.models import Quote, StatementLink
from articles.publishing import publish
from articles.record import delete_quote
from articles.roles import make_roles
from tests.admin.forms import messages_of
from tests.factories import make_article, make_live_quote, make_person, make_quote, make_user

pytestmark = pytest.mark.django_db
SAME = "The harbour will not be sold to anybody."


def quote_of(text: str, **fields) -> Quote:
    edition = make_live_quote(text, **{"person": make_person("Ann Webb")} | fields)
    return Quote.objects.get(article=edition.article)


@pytest.fixture
def earlier(db) -> Quote:
    return quote_of("We shall sell the quay.", said_on=date(2019, 5, 4))


@pytest.fixture
def later(db) -> Quote:
    return quote_of("We shall not sell it.", said_on=date(2024, 5, 4))


def address_of(quote: Quote) -> str:
    return reverse("admin:articles_quote_statements", args=[quote.pk])


def page_of(client, quote: Quote, **query) -> str:
    response = client.get(address_of(quote), query)
    assert response.status_code == 200
    return response.content.decode()


def link_quotes(client, later: Quote, kind: str, earlier: Quote | str):
    key = earlier if isinstance(earlier, str) else earlier.quote_key
    return client.post(address_of(later), {"earlier": key, "kind": kind}, follow=True)


def links() -> list[tuple[str, str, str]]:
    return list(StatementLink.objects.values_list("later", "kind", "earlier"))


def test_the_form_of_a_quote_leads_to_its_statements(chief_client, later):
    page = chief_client.get(
        reverse("admin:articles_quote_change", args=[later.pk])
    ).content.decode()
    assert address_of(later) in page
    assert "No links" in page


@pytest.mark.parametrize(
    "query",
    [
        "sell quay",
        "ann webb quay",
        "{key}",
        "https://paper.example/quotes/{key}/",
        "/quotes/{key}",
        "http://testserver/quotes/{key}/?from=1#x",
    ],
)
def test_the_earlier_quote_is_found_by_words_speaker_or_address(
    chief_client, later, earlier, query
):
    other = quote_of("Nothing of the kind.")
    page = page_of(chief_client, later, q=query.format(key=earlier.quote_key))
    assert f'name="earlier" value="{earlier.quote_key}"' in page
    assert other.quote_key not in page


@pytest.mark.parametrize("query", ["zebra", "%", "\0", "a" * 5000, "' OR 1=1 --", "/quotes/zzzz/"])
def test_a_search_that_finds_nothing_says_so(chief_client, later, query):
    page = page_of(chief_client, later, q=query)
    assert 'name="earlier"' not in page
    assert query.strip("\0") == "" or "No other quote on record fits" in page


def test_a_link_is_set_with_who_set_it_and_shown_at_both_ends(chief_client, chief, later, earlier):
    response = link_quotes(chief_client, later, "withdraws", earlier)
    assert "Linked: this takes back “We shall sell the quay.”" in messages_of(response)
    assert links() == [(later.quote_key, "withdraws", earlier.quote_key)]
    assert StatementLink.objects.get().by == chief
    assert "This takes back:" in page_of(chief_client, later)
    assert "This is what the following takes back:" in page_of(chief_client, earlier)
    assert (
        "1 link to other quotes"
        in chief_client.get(
            reverse("admin:articles_quote_change", args=[later.pk])
        ).content.decode()
    )


def test_readers_have_a_link_at_once(chief_client, client, later, earlier):
    link_quotes(chief_client, later, "withdraws", earlier)
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
def test_what_cannot_be_linked_is_refused_with_the_reason(
    chief_client, later, earlier, kind, key, reason
):
    key = {"earlier": earlier.quote_key, "itself": later.quote_key}.get(key, key)
    assert reason in messages_of(link_quotes(chief_client, later, kind, key))
    assert links() == []


def test_an_earlier_statement_cannot_bear_on_a_later_one(chief_client, later, earlier):
    assert "said after this one" in messages_of(
        link_quotes(chief_client, earlier, "withdraws", later)
    )
    page = page_of(chief_client, earlier, q=later.quote_key)
    assert "It came later" in page
    assert f'name="earlier" value="{later.quote_key}"' not in page
    assert links() == []


def test_two_statements_are_linked_once(chief_client, earlier):
    other = quote_of("We shall see.", said_on=date(2019, 5, 4))
    link_quotes(chief_client, other, "withdraws", earlier)
    assert "linked already" in messages_of(link_quotes(chief_client, other, "repeats", earlier))
    assert "the other way round" in messages_of(
        link_quotes(chief_client, earlier, "repeats", other)
    )
    assert links() == [(other.quote_key, "withdraws", earlier.quote_key)]


def test_a_link_is_removed_from_either_end_and_only_from_there(chief_client, later, earlier):
    link_quotes(chief_client, later, "withdraws", earlier)
    number = StatementLink.objects.get().pk
    unrelated = quote_of("Nothing of the kind.")
    for value in (number, "x", "9" * 30):
        quote = unrelated if value == number else earlier
        assert "removed already" in messages_of(
            chief_client.post(address_of(quote), {"remove": value}, follow=True)
        )
    assert len(links()) == 1
    chief_client.post(address_of(earlier), {"remove": number})
    assert links() == []


def test_the_same_words_of_the_same_speaker_are_offered(chief_client):
    person = make_person("Ann Webb")
    first = quote_of(SAME, person=person, said_on=date(2019, 5, 4))
    other = quote_of(SAME, person=make_person("Bo Sorrel"), said_on=date(2019, 5, 4))
    again = quote_of(SAME, person=person, said_on=date(2024, 5, 4))
    page = page_of(chief_client, again)
    assert "Likely the same statement" in page
    assert f'name="earlier" value="{first.quote_key}"' in page
    assert other.quote_key not in page


@pytest.mark.parametrize(("role", "may"), [("reporter", False), ("editor", True)])
def test_a_reporter_reads_and_an_editor_sets(client, later, earlier, role, may):
    make_roles()
    client.force_login(make_user(groups=(role,)))
    assert ('role="search"' in page_of(client, later)) is may
    response = client.post(address_of(later), {"earlier": earlier.quote_key, "kind": "withdraws"})
    assert (response.status_code == 302) is may
    assert bool(links()) is may


def test_links_leave_with_a_quote_that_no_reader_has(chief):
    article = make_article(body_html="<p>“We shall not.”</p>")
    unpublished = make_quote(article, "We shall not.", person=make_person())
    published = quote_of("We shall sell the quay.")
    for later, earlier in ((unpublished, published), (published, quote_of("Before all."))):
        StatementLink.objects.create(later=later.quote_key, earlier=earlier.quote_key)
    delete_quote(unpublished, by=chief)
    assert [later for later, _, _ in links()] == [published.quote_key]
    delete_quote(published, by=chief)
    assert len(links()) == 1, "readers have it until the record is published again"
    quote = quote_of("Before all.")
    StatementLink.objects.create(later=quote.quote_key, earlier=published.quote_key)
    publish(published.article, by=None)
    assert len(links()) == 2
