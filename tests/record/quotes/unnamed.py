"""A story with a quote whose source goes unnamed, by each door; where the desk remembers who it was."""

import json
import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import reverse

from articles.models import (
    Article,
    CorrectionDraft,
    MergeStep,
    Quote,
    Revision,
    Suggestion,
    WaitingChange,
)
from articles.record import (
    Overrides,
    SpeakerChoice,
    accept_suggestion,
    add_quote_by_hand,
    reattach_quote,
    sync_record,
)
from articles.roles import make_roles
from tests.factories import make_article, make_organization, make_quote, make_user

WORDS, MORE = "The quay will not hold another winter.", "We counted every pile of it."
BODY = f"<p>Harbour engineer Harriet Ollerby said: “{WORDS}”</p><p>It was a cold day.</p>"
SILENT = f"<p>Somebody said: “{WORDS}”</p><p>It was a cold day.</p>"
UNNAMED = SpeakerChoice("unnamed", name="a senior official", reason="Fears for the job.")
NAME, ROLE = "Ollerby", "Harbour engineer"
BODY_TEXT = f"Harbour engineer Harriet Ollerby said: “{WORDS}”"


@pytest.fixture
def chief(db):
    make_roles()
    return make_user(username="chief", groups=("chief",))


@pytest.fixture
def chief_client(client, chief) -> Client:
    client.force_login(chief)
    return client


@pytest.fixture
def story(db) -> Article:
    article = make_article(body_html=BODY)
    sync_record(article, by=None)
    return article


def suggestion_of(article: Article) -> Suggestion:
    return next(
        suggestion
        for suggestion in article.suggestions.quotes()
        if suggestion.found["text"] == WORDS
    )


def form_data(quote: Quote, **fields) -> dict[str, str]:
    """Return what the quote's form sends."""
    data: dict[str, Any] = {
        "person": quote.person_id,
        "organization": quote.organization_id,
        "kind": quote.kind,
    }
    data |= {"unnamed": quote.unnamed, "unnamed_reason": quote.unnamed_reason, "role": quote.role}
    data |= {"on_behalf_of": quote.on_behalf_of_id} | fields
    return {name: value or "" for name, value in data.items()}


def make_unnamed(chief_client: Client, quote: Quote, **fields) -> None:
    """Let an editor say on the quote's form that its source is not named."""
    data = {"unnamed": UNNAMED.name, "unnamed_reason": UNNAMED.reason, "person": ""}
    address = reverse("admin:articles_quote_change", args=[quote.pk])
    response = chief_client.post(address, form_data(quote, organization="") | data | fields)
    assert response.status_code == 302, response.content.decode()
    quote.refresh_from_db()
    assert quote.unnamed == UNNAMED.name


TABLES = (Quote, Quote.history.model, Suggestion, MergeStep, CorrectionDraft, LogEntry)


def find_traces(*words: object) -> list[str]:
    """Return where any of ``words`` is kept beside the texts themselves, mentions that are printed and the people."""
    rows: list[tuple[str, Any]] = [
        (model.__name__, row) for model in TABLES for row in model.objects.values()
    ]
    for model, column in ((Revision, "snapshot"), (WaitingChange, "values")):
        for values in model.objects.values_list(column, flat=True):
            rows.append((model.__name__, {name: values.get(name) for name in ("people",)}))
    return [
        f"{name}: {word}"
        for name, row in rows
        for word in words
        if re.search(
            rf"\b{word}\b", json.dumps(_identifying_values(name, row), cls=DjangoJSONEncoder)
        )
    ]


def _identifying_values(name: str, row: dict) -> dict:
    """Return of ``row`` what may tell who spoke: nothing of a name that is printed, nothing of people merged."""
    if name == "Suggestion" and row["kind"] == "mention":
        return {}
    if name == "MergeStep" and row["model"] != "articles.quote":
        return {}
    if name in ("Quote", "HistoricalQuote"):
        of_history = ("id", "article_id", "history_id", "confirmed_by_id", "approved_by_id")
        return {k: v for k, v in row.items() if k not in (*of_history, "history_user_id")}
    keys = ("id", "article_id", "quote_id", "mention_id", "decided_by_id", "start", "end")
    row = {key: value for key, value in row.items() if key not in keys}
    if name == "Suggestion":
        row["found"] = {k: v for k, v in row["found"].items() if k != "parts"}
    return row


def by_hand(story, chief, chief_client) -> Quote:
    start = BODY_TEXT.index(WORDS)
    span = [(start, start + len(WORDS))]
    return add_quote_by_hand(
        story, span, UNNAMED, kind="direct", role="deputy head of the port", by=chief
    )


def accepted(story, chief, chief_client) -> Quote:
    quote: Any = accept_suggestion(suggestion_of(story), by=chief, choice=UNNAMED)
    return quote


def accepted_with_changes(story, chief, chief_client) -> Quote:
    port = make_organization("Port of Sund")
    details = Overrides(role="deputy head of the port", role_organization_id=port.pk)
    suggestion = suggestion_of(story)
    quote: Any = accept_suggestion(suggestion, by=chief, choice=UNNAMED, overrides=details)
    return quote


def by_the_panel(story, chief, chief_client) -> Quote:
    address = reverse("admin:articles_article_record", args=[story.pk])
    data = {"add": "new", "who-new": "unnamed", "name-new": UNNAMED.name, "words-new": WORDS}
    data |= {"reason-new": UNNAMED.reason, "kind-new": "direct", "role-new": "deputy head"}
    chief_client.post(address, data)
    return Quote.objects.get()


def by_the_form(story, chief, chief_client) -> Quote:
    port = make_organization("Port of Sund")
    quote: Any = accept_suggestion(
        suggestion_of(story), by=chief, choice=SpeakerChoice("new-person", name="Harriet Ollerby")
    )
    make_unnamed(chief_client, quote, role="deputy head of the port", on_behalf_of=port.pk)
    return quote


def reworded(story, chief, chief_client) -> Quote:
    quote = make_quote(story, WORDS, unnamed=UNNAMED.name, role="deputy head", state="detached")
    reattach_quote(quote, WORDS, by=chief)
    return quote


STORING_FUNCTIONS = (by_hand, accepted, accepted_with_changes, by_the_panel, by_the_form, reworded)
