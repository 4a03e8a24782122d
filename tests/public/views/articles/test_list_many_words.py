"""A search of many words: eight are looked for, and the reader is told which were left out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from tests.factories import make_live, make_live_quote, make_person

pytestmark = pytest.mark.django_db
EIGHT = "we saw the old boat sink last night"
LISTS = ["/articles/", "/quotes/"]


@pytest.fixture(autouse=True)
def _story() -> None:
    make_live_quote("We saw the old boat sink last night.", person=make_person("Ada Lund"))
    make_live(headline="Elsewhere")


def search_page(client, address: str, query: str) -> str:
    response = client.get(f"{address}?{urlencode({'q': query})}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", LISTS)
def test_the_first_eight_words_are_looked_for_and_the_rest_is_told(client, address):
    page = search_page(client, address, f"{EIGHT} zebra <b>")
    assert "Ada Lund" in page or "Headline" in page
    assert "Only the first 8 words were looked for. Left out: zebra &lt;b&gt;" in page
    assert f"“{EIGHT}”" in page
    assert "Left out" not in search_page(client, address, EIGHT)


def test_no_search_of_quotes_asks_the_database_for_more(client):
    def count_words(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            search_page(client, "/quotes/", text)
        texts = (query["sql"] for query in queries)
        return sum(sql.count(f"{letter} ") for sql in texts for letter in ("zulu", "yankee"))

    words = "alpha bravo charlie delta echo foxtrot golf hotel".split()
    assert count_words(" ".join([*words, "yankee", "zulu"])) == count_words(" ".join(words)) == 0
