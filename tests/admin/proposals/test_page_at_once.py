"""Two hands at once: a decision waits for a save of the same story and for another decision; nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article, Proposal
from tests.admin.forms import fields_of, form_of, send
from tests.admin.proposals.pages import page_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3
DEK = "The council decides on Monday."


def statuses_at_once(*actions: Callable[[], Any]) -> list[int]:
    """Send requests in threads that start together; return the status of each answer."""
    barrier = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> int:
        try:
            barrier.wait(timeout=20)
            return action().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def decision(client: Client, proposal: Proposal, button: str) -> Callable[[], Any]:
    data = fields_of(client.get(page_of(proposal)), "decide") | {"decision": button}
    return partial(client.post, page_of(proposal), data)


def saving(client: Client, story: Article, **changes: str) -> Callable[[], Any]:
    data = fields_of(client.get(form_of(story)), "article_form") | changes | {"_save": "1"}
    return partial(client.post, form_of(story), data)


@pytest.mark.parametrize("button", ["take", "leave"])
def test_of_two_decisions_one_counts(reporter_client, editor_client, editor, story, button):
    other_client = Client()
    other_client.force_login(editor)
    for number in range(ROUNDS):
        send(reporter_client, story, dek=f"{DEK} {number}")
        proposal = Proposal.objects.open().get()
        before = Article.objects.get().revision_number
        statuses = statuses_at_once(
            decision(editor_client, proposal, "take"), decision(other_client, proposal, button)
        )
        assert set(statuses) <= {302, 409}
        proposal.refresh_from_db()
        taken = proposal.state == "taken"
        assert Article.objects.get().revision_number == before + taken
        assert proposal.state in ("taken", "left")


def test_a_decision_is_never_about_what_the_reporter_saves_meanwhile(
    reporter_client, editor_client, story
):
    for number in range(ROUNDS):
        send(reporter_client, story, dek=f"{DEK} {number}")
        proposal = Proposal.objects.open().get()
        statuses = statuses_at_once(
            decision(editor_client, proposal, "take"),
            saving(reporter_client, story, dek=f"Other words {number}."),
        )
        assert sorted(statuses) == [302, 409]
        proposal.refresh_from_db()
        article = Article.objects.get()
        if proposal.state == "taken":
            assert article.dek == f"{DEK} {number}"
        else:
            assert proposal.values["dek"] == f"Other words {number}."
            assert not article.dek.startswith("Other")
        Proposal.objects.all().delete()


def test_an_editors_save_and_a_decision_are_two_revisions_or_one_is_asked_anew(
    reporter_client, editor_client, editor, story
):
    other_client = Client()
    other_client.force_login(editor)
    send(reporter_client, story, dek=DEK)
    proposal = Proposal.objects.open().get()
    statuses = statuses_at_once(
        decision(editor_client, proposal, "take"), saving(other_client, story, kicker="Harbour")
    )
    assert sorted(statuses) == [302, 409]
    article = Article.objects.get()
    assert article.revision_number == 2
    assert (article.dek, article.kicker) in ((DEK, ""), ("", "Harbour"))
