"""A search at the desk looks for eight words, and says which it left out."""

import pytest
from django.urls import reverse

from tests.factories import make_article, make_person, make_quote

pytestmark = pytest.mark.django_db
EIGHT = "aa bb cc dd ee ff gg hh"


def test_a_list_looks_for_eight_words_and_tells_the_rest(chief_client):
    make_article(headline=EIGHT.upper())
    address = reverse("admin:articles_article_changelist")
    page = chief_client.get(address, {"q": f"{EIGHT} zebra <b>"}).content.decode()
    assert EIGHT.upper() in page
    assert "Only the first 8 words were looked for. Left out: zebra &lt;b&gt;" in page
    assert "Left out" not in chief_client.get(address, {"q": EIGHT}).content.decode()


def test_the_search_for_another_statement_does_so_too(chief_client):
    article = make_article(body_html=f"<p>“{EIGHT}.” “Other words.”</p>")
    make_quote(article, f"{EIGHT}.", person=make_person("Ada Lund"))
    quote = make_quote(article, "Other words.", person=make_person("Tom Reed"))
    address = reverse("admin:articles_quote_statements", args=[quote.pk])
    page = chief_client.get(address, {"q": f"{EIGHT} zebra"}).content.decode()
    assert "Ada Lund" in page
    assert "Left out: zebra" in page
