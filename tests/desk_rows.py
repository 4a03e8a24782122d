"""A desk with one row of everything, who sits at it, and where its pages are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import (
    Author,
    Correction,
    CorrectionDraft,
    ImportRun,
    Proposal,
    Quote,
    WaitingChange,
)
from articles.models import Subscription as Feed
from articles.publishing import correct, schedule
from articles.record.merging.merge import merge_rows
from articles.record.trash.moves import move_to_trash
from articles.roles import ROLES, make_roles
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_organization,
    make_person,
    make_section,
    make_user,
)


@pytest.fixture
def rows() -> dict[str, Any]:
    """One row of everything; the article is corrected once, and scheduled."""
    make_roles()
    image = make_image()
    article = make_live(tags=(make_section("Town"),), lead_image=image).article
    correct(article, by=None, wrong="Two.", right="Three.", weight="correction")
    schedule(article, by=None, at=timezone.now() + timedelta(hours=1))
    article.refresh_from_db()
    article.set_original(b"as it came in")
    article.save()
    run = ImportRun.objects.create(source="wire")
    change = WaitingChange.objects.create(article=article, run=run, values={"headline": "Newer"})
    person, organization = make_person(), make_organization()
    spoken = {"text": "First", "kind": "direct", "basis": "by_hand", "person": person}
    quote = Quote.objects.create(article=article, **spoken)
    quote.parts.create(ordinal=0, start=0, end=5, text="First")
    return {
        "article": article,
        "image": image,
        "author": Author.objects.create(name="Ada Pell"),
        "person": person,
        "rightofreply": article.replies.create(person=person),
        "quote": quote,
        "organization": organization,
        "merges": {
            "person": _merged(person, make_person),
            "organization": _merged(organization, make_organization),
        },
        "tag": article.tags.get(),
        "importrun": run,
        "waitingchange": change,
        "correction": Correction.objects.get(),
        "correctiondraft": CorrectionDraft.objects.create(article=article, wrong="a", right="b"),
        "proposal": Proposal.objects.create(
            article=article, base=article.snapshot(), values=article.snapshot() | {"dek": "A dek"}
        ),
        "subscription": Feed.objects.create(name="P", url="https://p.example/", source="p"),
        "trashentry": move_to_trash(make_article(), by=None, reason="Overtaken."),
        "user": make_user(),
        "group": Group.objects.get(name="reporter"),
    }


def _merged(row: Any, make_row: Callable[[], Any]) -> list[Any]:
    """Return a merge into ``row``, and another row that could be merged with it."""
    return [merge_rows(row, make_row(), by=None), make_row()]


def client_of(visitor: str, **options: Any) -> Client:
    client = Client(**options)
    if visitor == "anonymous":
        return client
    groups = (visitor,) if visitor in ROLES else ()
    user = make_user(
        groups=groups, is_staff=visitor != "reader", is_superuser=visitor == "superuser"
    )
    client.force_login(user)
    return client


def address_of(name: str, rows: dict[str, Any]) -> str:
    article, image = rows["article"], rows["image"]
    special: dict[str, list[Any]] = {
        "app_list": ["articles"],
        "discard_unsaved": [1],
        "articles_article_add_draft": [],
        "articles_image_rendition": [image.token, 320, "jpeg"],
        "articles_article_revision": [article.pk, 1],
        "articles_article_restore": [article.pk, 1],
        "articles_article_edition": [article.pk, 1],
    }
    if name in special:
        return reverse(f"admin:{name}", args=special[name])
    if name == "autocomplete":
        return (
            reverse("admin:autocomplete")
            + "?app_label=articles&model_name=article&field_name=people&term="
        )
    _, _, rest = name.partition("_")
    model, _, page = rest.partition("_")
    if page in ("merge", "unmerge"):
        merge_row, mergeable = rows["merges"][model]
        args = [merge_row.pk] if page == "unmerge" else [rows[model].pk, mergeable.pk]
        return reverse(f"admin:{name}", args=args)
    if model in rows and page not in (
        "changelist",
        "add",
        "language",
        "queue",
        "outdated_stories",
        "audit",
        "merges",
        "duplicates",
    ):
        return reverse(f"admin:{name}", args=[rows[model].pk])
    return reverse(f"admin:{name}")
