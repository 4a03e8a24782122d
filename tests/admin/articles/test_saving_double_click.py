"""A form that is sent twice at the same moment makes one story."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article, Mention, Person, Quote
from articles.roles import make_roles
from tests.admin.forms import fields_of, form_of
from tests.admin.review_stories import find_suggestion, make_story, review_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_on_save_makes_one_story():
    make_roles()
    client = Client()
    client.force_login(make_user(groups=("editor",)))
    data = fields_of(client.get(form_of(None)), "article_form") | {"headline": "Once", "_save": "1"}

    def press(_: int) -> str:
        again = Client()
        again.cookies = client.cookies
        try:
            return again.post(form_of(None), data)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        addresses = set(pool.map(press, range(4)))
    assert addresses == {form_of(Article.objects.get())}


def test_a_double_click_on_accept_makes_one_quote_of_one_person():
    make_roles()
    client = Client()
    client.force_login(make_user(groups=("editor",)))
    story = make_story()
    suggestion = find_suggestion(story, "We looked")

    def press(_: int) -> int:
        again = Client()
        again.cookies = client.cookies
        try:
            sent = {"accept-shown": f"{suggestion.pk}=new-person=Ada Lund"}
            return again.post(review_of(story), sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press, range(4))) == {302}
    assert Quote.objects.count() == Person.objects.count() == Mention.objects.count() == 1
