"""How statements hang together: what can be linked, what is found, what stays while readers have it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.models import StatementLink
from articles.publishing import publish, schedule, withdraw
from articles.record import delete_quote
from articles.record.quotes.links import (
    NotLinkable,
    delete_statement_links,
    likely_repeats,
    link_statements,
    search_quotes,
    statement_day,
    statement_links,
)
from tests.factories import (
    make_article,
    make_live_quote,
    make_organization,
    make_person,
    make_quote,
    make_user,
)

pytestmark = pytest.mark.django_db
WORDS = "The quay will hold another winter."


def make_statement(words: str = WORDS, **fields):
    speaker = {name: fields.pop(name) for name in ("person", "organization") if name in fields}
    article = make_article(body_html=f"<p>“{words}” it was said.</p>")
    return make_quote(article, words, **speaker or {"person": make_person()}, **fields)


def test_a_link_says_who_set_what():
    later, earlier, user = make_statement(), make_statement(), make_user()
    link = link_statements(later, earlier, "repeats", by=user)
    assert (link.later, link.earlier) == (later.quote_key, earlier.quote_key)
    assert (link.kind, link.by) == ("repeats", user)
    assert list(statement_links(later)) == list(statement_links(earlier)) == [link]


def test_what_bears_on_nothing_is_refused():
    later, earlier = make_statement(), make_statement()
    for pair, kind, words in (
        ((later, earlier), "likes", "Choose what the statement does"),
        ((later, later), "repeats", "cannot bear on itself"),
    ):
        with pytest.raises(NotLinkable, match=words):
            link_statements(*pair, kind, by=None)
    link_statements(later, earlier, "repeats", by=None)
    with pytest.raises(NotLinkable, match="linked already"):
        link_statements(later, earlier, "clarifies", by=None)
    with pytest.raises(NotLinkable, match="the other way round"):
        link_statements(earlier, later, "clarifies", by=None)
    assert StatementLink.objects.get().kind == "repeats"


def test_the_later_statement_bears_on_the_earlier_of_one_day_either_on_the_other():
    first = make_statement(said_on=date(2026, 1, 1))
    same_day = make_statement(said_on=date(2026, 1, 1))
    next_day = make_statement(said_on=date(2026, 1, 2))
    undated = make_statement()
    with pytest.raises(NotLinkable, match="was said after this one"):
        link_statements(first, next_day, "repeats", by=None)
    link_statements(next_day, first, "repeats", by=None)
    link_statements(same_day, first, "repeats", by=None)
    link_statements(undated, next_day, "repeats", by=None)
    link_statements(first, undated, "repeats", by=None)


def test_a_statement_is_of_its_own_day_else_of_that_of_its_story():
    quote = make_statement()
    assert statement_day(quote) is None
    quote.article.published_at = timezone.now().replace(year=2026, month=3, day=4, hour=12)
    assert statement_day(quote) == date(2026, 3, 4)
    quote.said_on = date(2026, 1, 2)
    assert statement_day(quote) == date(2026, 1, 2)


def test_a_quote_is_found_by_its_key_by_its_address_and_by_words_and_speaker():
    ada, port = make_person("Ada Lund"), make_organization("Port of Sund")
    quote = make_statement(person=ada)
    other = make_statement("It will fall.", organization=port)
    key = quote.quote_key
    for query in (
        key,
        f"https://a.example/quotes/{key}/",
        f"/quotes/{key}?x=1#y",
        f"/quotes/{key}",
    ):
        assert search_quotes(query) == [quote], query
    assert search_quotes("lund WINTER") == [quote]
    assert search_quotes("lund fall") == []
    assert search_quotes("sund") == [other]
    assert search_quotes("will") == [other, quote]
    assert search_quotes("  ") == []
    assert search_quotes("2222222222") == []
    other.unnamed, other.organization = "a diver", None
    other.save()
    assert search_quotes("diver") == [other]


def test_words_that_look_like_a_key_are_still_words():
    quote = make_statement("Unbelievab indeed.")
    assert search_quotes("unbelievab") == [quote]


def test_twenty_quotes_are_found_at_most():
    article = make_article(body_html=f"<p>{WORDS}</p>")
    quotes = [make_quote(article, WORDS, person=make_person()) for _ in range(21)]
    assert search_quotes("winter") == quotes[:0:-1]


def make_live_statement(day: int, **speaker):
    edition = make_live_quote(
        WORDS, fields={"published_at": timezone.now() - timedelta(days=day)}, **speaker
    )
    return edition.article.quotes.get()


def test_the_same_words_of_the_same_speaker_in_other_live_stories_may_be_repeats():
    ada, port = make_person("Ada Lund"), make_organization("Port of Sund")
    newer, older, oldest = (make_live_statement(day, person=ada) for day in (1, 2, 3))
    theirs = [make_live_statement(day, organization=port) for day in (1, 2)]
    make_live_quote("It will fall.", person=ada)
    make_statement(person=ada)
    assert likely_repeats(newer) == [oldest, older]
    assert likely_repeats(theirs[0]) == [theirs[1]]
    withdraw(older.article, by=None, reason="Checking.")
    assert likely_repeats(newer) == [oldest]


def test_a_source_who_is_not_named_repeats_nothing():
    quotes = [make_live_statement(day, unnamed="a diver") for day in (1, 2)]
    assert likely_repeats(quotes[0]) == []


def link_is_kept(quote) -> bool:
    other = make_statement()
    link = link_statements(other, quote, "repeats", by=None)
    delete_statement_links(quote.quote_key)
    is_kept = StatementLink.objects.filter(pk=link.pk).exists()
    link.delete()
    return is_kept


def test_links_of_a_quote_that_left_the_record_stay_while_readers_have_it_or_will():
    assert not link_is_kept(make_statement())
    quote = make_live_statement(1, person=make_person())
    assert link_is_kept(quote)
    withdraw(quote.article, by=None, reason="Checking.")
    assert not link_is_kept(quote)
    coming = make_statement()
    schedule(coming.article, by=None, at=timezone.now() + timedelta(hours=1))
    assert link_is_kept(coming)


def test_only_the_links_of_that_quote_are_deleted():
    first, second, third = make_statement(), make_statement(), make_statement()
    link_statements(second, first, "repeats", by=None)
    other = link_statements(third, second, "repeats", by=None)
    link_statements(first, third, "repeats", by=None)
    delete_statement_links(first.quote_key)
    assert StatementLink.objects.get() == other


def test_a_quote_deleted_from_the_record_takes_its_links_along():
    quote = make_statement()
    link_statements(make_statement(), quote, "repeats", by=None)
    delete_quote(quote, by=make_user())
    assert not StatementLink.objects.exists()
    live = make_live_statement(1, person=make_person())
    link_statements(make_statement(), live, "repeats", by=None)
    delete_quote(live, by=make_user())
    assert StatementLink.objects.exists()
    publish(live.article, by=None)
