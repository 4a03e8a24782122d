"""Two posts of one form at the same moment: the second waits for the first, then says that it was done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Correction, Edition, FormSubmission, Quote
from articles.roles import make_roles
from tests.admin.forms import fields_of, form_of, messages_of
from tests.admin.review_stories import find_suggestion, make_story, review_of
from tests.factories import make_article, make_live, make_user

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


@pytest.fixture
def client(db: None) -> Client:
    make_roles()
    client = Client()
    client.force_login(make_user(username="chief", groups=("chief",)))
    return client


def post_at_once(client: Client, address: str, *forms: Any, **headers: str) -> list[Any]:
    """Send each of ``forms`` in a thread and window of its own, all at the same moment."""
    barrier = Barrier(len(forms))

    def press(data: Any) -> Any:
        window = Client(headers=headers)
        window.cookies.update(client.cookies)
        try:
            barrier.wait(20)
            return window.post(address, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(press, forms))


def said_by(client: Client, responses: list[Any], sentence: Callable[[str], bool]) -> int:
    """Count the answers whose messages, kept in a cookie until they are shown, satisfy ``sentence``."""
    count = 0
    for response in responses:
        window = Client()
        window.cookies.update(client.cookies)
        window.cookies.update(response.cookies)
        count += sentence(messages_of(window.get(response["Location"])))
    return count


def check_done_once(client: Client, responses: list[Any], done: str) -> None:
    assert {response.status_code for response in responses} == {302}
    assert len({response["Location"] for response in responses}) == 1
    assert said_by(client, responses, lambda text: done in text) == len(responses)
    again = said_by(client, responses, lambda text: "That was done already, at" in text)
    assert again == len(responses) - 1
    assert FormSubmission.objects.count() == 1


def test_a_double_click_on_publish_makes_one_edition(client):
    article = make_article()
    form = fields_of(client.get(form_of(article)), "article_form")
    form |= {"headline": "New words", "_publish": "1"}
    responses = post_at_once(client, form_of(article), *[form] * AT_ONCE)
    check_done_once(client, responses, "Published: readers have it since")
    article.refresh_from_db()
    assert (Edition.objects.count(), article.revision_number) == (1, 2)


def test_a_double_click_on_correct_tells_readers_once(client):
    address = reverse("admin:articles_article_correct", args=[make_live().article.pk])
    form = fields_of(client.get(address), "deed_form") | {"wrong": "Two.", "right": "Three."}
    responses = post_at_once(client, address, *[form] * AT_ONCE)
    check_done_once(client, responses, "Corrected: readers see the text and the correction")
    assert (Edition.objects.count(), Correction.objects.count()) == (2, 1)


def test_windows_of_their_own_at_the_same_moment_publish_and_correct_once(client):
    article = make_article()
    pages = [client.get(form_of(article)) for _ in range(AT_ONCE)]
    forms = [fields_of(page, "article_form") | {"_publish": "1"} for page in pages]
    responses = post_at_once(client, form_of(article), *forms)
    assert {response.status_code for response in responses} == {302}
    assert Edition.objects.count() == 1
    address = reverse("admin:articles_article_correct", args=[article.pk])
    words = {"wrong": "Two.", "right": "Three."}
    forms = [fields_of(client.get(address), "deed_form") | words for _ in range(AT_ONCE)]
    post_at_once(client, address, *forms)
    assert Correction.objects.count() == 1


def test_a_script_that_asks_twice_is_told_that_it_was_done(client):
    story = make_story()
    suggestion = find_suggestion(story, "We looked")
    form = fields_of(client.get(review_of(story)), "finds")
    form |= {"accept-shown": f"{suggestion.pk}=new-person=Ada Lund"}
    headers = {"X-Requested-With": "fetch"}
    responses = post_at_once(client, review_of(story), *[form] * 2, **headers)
    assert {response.status_code for response in responses} == {200}
    texts = [response.content.decode() for response in responses]
    assert sum("That was done already, at" in text for text in texts) == 1
    assert all('id="record-panel"' in text for text in texts)
    assert Quote.objects.count() == 1
