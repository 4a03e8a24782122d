"""Text that was meant to be a program stays text on every page of the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from articles import models as ours
from articles.publishing import publish, schedule
from tests.admin.forms import fields_of
from tests.factories import (
    make_article,
    make_image,
    make_organization,
    make_person,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
EVIL = "\"'><img src=x onerror=alert(1)></script><script>alert(2)</script>{{7*7}}"
LIVE = ("<img src=x", "<script>alert", "</script><script", "{{7*7}}</script>")


def make_evil(model: type[models.Model], **fields: Any) -> Any:
    """Write a row whose every text is evil, past all forms; ``fields`` as they are given."""
    values = {}
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        if is_text and not isinstance(field, models.FileField) and field.name not in fields:
            values[field.name] = EVIL[: field.max_length]
    return model(**values | fields)


@pytest.fixture
def pages(client) -> dict[str, str]:
    """Fill every model with evil text; return the addresses of all pages by a name."""
    user = make_user(
        username="root", is_superuser=True, first_name=EVIL[:100], last_name=EVIL[:100]
    )
    client.force_login(user)
    rows = entity_rows()
    rows |= {"user": user, "author": ours.Author.objects.create(name=EVIL)}
    rows |= story_rows(user, rows)
    return addresses(rows)


def entity_rows() -> dict[str, Any]:
    """Write a tag, a person, an organization and an image with all that hangs on them."""
    tag = make_tag(name=EVIL, slug="evil")
    tag.description = tag.qcode = EVIL[:60]
    tag.save()
    organization = make_organization(EVIL, slug="evil")
    person = make_person(EVIL, slug="evil")
    person.biography = EVIL
    person.save()
    for owner in ({"person": person}, {"organization": organization}):
        make_evil(ours.OtherName, **owner).save()
    make_evil(
        ours.Membership, person=person, organization=organization, start_date="2020", end_date=""
    ).save()
    ours.FormerTagName.objects.create(tag=tag, name=EVIL, slug="was-evil")
    image = make_image(name=EVIL, alt=EVIL, caption=EVIL, credit=EVIL)
    return {"tag": tag, "person": person, "organization": organization, "image": image}


def story_rows(user: Any, entities: dict[str, Any]) -> dict[str, Any]:
    """Write a story that is live, corrected, scheduled, imported, and has changes waiting."""
    article = make_article(
        by=user,
        published_at=timezone.now() - timedelta(days=1),
        body_html=f"<p>{EVIL}</p>".replace("<img", "&lt;img").replace("<script", "&lt;script"),
        bylines=(EVIL,),
        tags=(entities["tag"],),
        people=(entities["person"],),
        organizations=(entities["organization"],),
        lead_image=entities["image"],
        **dict.fromkeys(("headline", "dek", "dateline", "credit", "ed_note"), EVIL),
        **{"kicker": EVIL[:80], "source": EVIL[:80], "language": EVIL[:20]},
    )
    edition = publish(article, by=user)
    article.set_original(EVIL.encode())
    article.save()
    correction = ours.Correction.objects.create(edition=edition, wrong=EVIL, right=EVIL)
    article.apply_snapshot(
        article.snapshot() | {"headline": EVIL + "!", "bylines": [[EVIL, EVIL[:80]]]}
    )
    article.create_revision(user)
    schedule(article, by=user, at=timezone.now() + timedelta(hours=1))
    quote = quote_rows(article, entities)
    return {"article": article, "correction": correction, "quote": quote} | import_rows(article)


def quote_rows(article: ours.Article, entities: dict[str, Any]) -> ours.Quote:
    """Write finds and quotes of every kind and state; return one quote."""
    person, organization = entities["person"], entities["organization"]
    candidates = [{"kind": "person", "pk": person.pk, "name": EVIL, "score": 1.0}]
    quote_fields: dict[str, Any] = dict.fromkeys(
        ("text", "speaker", "mention", "cue", "role"), EVIL
    )
    quote_fields |= {
        "parts": [[0, 9]],
        "speaker_type": "person",
        "kind": "direct",
        "basis": "named",
    }
    unnamed = quote_fields | {"speaker": "", "speaker_type": "unnamed", "kind": "term"}
    name = {"name": EVIL, "type": "organization", "spans": [[2, 7]], "role": EVIL}
    rows = [("quote", quote_fields), ("quote", unnamed), ("mention", name), ("mention", name)]
    suggestions = [
        make_evil(
            ours.Suggestion,
            article=article,
            kind=kind,
            found=detected,
            candidates=candidates,
            start=0,
            end=9,
            confidence=0.5,
            fingerprint=str(number),
            is_folded=number == 1,
            state="rejected" if number == 3 else "open",
        )
        for number, (kind, detected) in enumerate(rows)
    ]
    ours.Suggestion.objects.bulk_create(suggestions)
    mention = ours.Mention.objects.create(
        article=article, organization=organization, name=EVIL, role=EVIL, spans=[[2, 7]]
    )
    ours.Suggestion.objects.filter(fingerprint="2").update(state="accepted", mention=mention)
    kinds = {"kind": "direct", "basis": "named", "article": article}
    for state in ("confirmed", "detached"):
        for speaker in ({"person": person, "unnamed": ""}, {}):
            quote = make_evil(ours.Quote, state=state, **kinds, **speaker)
            quote.quote_key = f"key{ours.Quote.objects.count()}"
            quote.source_url = "https://a.example/"
            quote.save()
            quote.parts.create(ordinal=0, start=0, end=9, text=EVIL, prefix=EVIL[:64])
    return quote


def import_rows(article: ours.Article) -> dict[str, Any]:
    """Write a run with a refusal, what it brought, a newer version that waits and a proposal."""
    refusal = dict.fromkeys(("file", "record", "field", "reason", "remedy"), EVIL)
    run = make_evil(ours.ImportRun, paths=[EVIL], refusals=[refusal], options={"x": EVIL})
    run.save()
    ours.ImportedItem.objects.create(
        source=EVIL[:80], ref=EVIL, hash="0", result="created", run=run, article=article
    )
    values = article.snapshot() | {"headline": EVIL + "?", "dek": EVIL + "?"}
    change = make_evil(ours.WaitingChange, article=article, run=run, values=values)
    change.save()
    base = article.snapshot()
    proposal = make_evil(ours.Proposal, article=article, base=base, values=values)
    proposal.save()
    return {"importrun": run, "waitingchange": change, "proposal": proposal}


def addresses(rows: dict[str, models.Model]) -> dict[str, str]:
    urls = {"index": reverse("admin:index"), "app": reverse("admin:app_list", args=["articles"])}
    for name, row in rows.items():
        for page in ("changelist", "add"):
            urls[f"{name} {page}"] = reverse(f"admin:articles_{name}_{page}")
        urls[f"{name} search"] = reverse(f"admin:articles_{name}_changelist") + "?q=alert"
        for page in ("change", "delete", "history"):
            urls[f"{name} {page}"] = reverse(f"admin:articles_{name}_{page}", args=[row.pk])
        urls[f"{name} popup"] = urls[f"{name} change"] + "?_popup=1"
    pk = rows["article"].pk
    for page in ("preview", "original", "correct", "withdraw", "record", "decide"):
        urls[page] = reverse(f"admin:articles_article_{page}", args=[pk])
    for page in ("revision", "edition"):
        for number in (1, 2):
            urls[f"{page} {number}"] = reverse(f"admin:articles_article_{page}", args=[pk, number])
    urls["tag filter"] = reverse("admin:articles_article_changelist") + "?tag=%22%3E%3Cimg+src=x"
    return urls


def test_no_page_of_the_admin_lets_text_run(client, pages):
    wrong = {}
    escaped_count = 0
    for name, address in pages.items():
        response = client.get(address)
        if response.status_code == 403 and name.partition(" ")[0] in (
            "importrun",
            "quote",
            "correction",
            "waitingchange",
            "proposal",
        ):
            continue  # rows that only the program writes
        text = response.content.decode()
        escaped_count += "&lt;img src=x" in text
        if response.status_code != 200 or any(bad in text for bad in LIVE):
            wrong[name] = response.status_code
    assert wrong == {}
    assert escaped_count > 40, "the evil text is not on the pages: this test looks at nothing"


@pytest.mark.parametrize("field", ["tags", "people", "organizations", "lead_image"])
def test_suggestions_are_json_and_nothing_else(client, pages, field):
    query = {"app_label": "articles", "model_name": "article", "field_name": field, "term": ""}
    response = client.get(reverse("admin:autocomplete"), query)
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert any("<img src=x" in row["text"] for row in response.json()["results"])


@pytest.mark.parametrize("button", ["_save", "_publish", "_schedule"])
def test_messages_do_not_let_text_run(client, pages, button):
    address = pages["article change"]
    data = fields_of(client.get(address), "article_form") | {"ed_note": "New.", button: "1"}
    response = client.post(address, data, follow=True)
    text = response.content.decode()
    assert "messagelist" in text
    assert not any(bad in text for bad in LIVE)


@pytest.mark.parametrize("headers", [{}, {"X-Requested-With": "fetch"}])
def test_an_answer_about_the_record_does_not_let_text_run(client, pages, headers):
    suggestion = ours.Suggestion.objects.open().first()
    typed = dict.fromkeys(
        (f"{name}-{suggestion.pk}" for name in ("name", "role", "reason")), EVIL * 3
    )
    typed |= {f"sent-{suggestion.pk}": "1", f"who-{suggestion.pk}": "unnamed", "sent-new": "1"}
    typed |= {"words-new": EVIL + "?", "start": EVIL, "end": EVIL, "place": EVIL}
    for button in (
        {"accept": suggestion.pk},
        {"reword": EVIL},
        {"add": EVIL},
        {"accept-shown": EVIL},
    ):
        response = client.post(pages["record"], typed | button, headers=headers, follow=True)
        text = response.content.decode()
        assert "&lt;img src=x" in text
        assert not any(bad in text for bad in LIVE)


def test_a_conflict_does_not_let_text_run(client, pages):
    address = pages["article change"]
    data = fields_of(client.get(address), "article_form") | {"headline": EVIL + " mine"}
    response = client.post(address, data | {"seen_revision": "1"})
    assert response.status_code == 409
    assert not any(bad in response.content.decode() for bad in LIVE)


def test_an_answer_to_a_popup_does_not_let_text_run(client, pages):
    response = client.post(
        pages["author add"] + "?_popup=1", {"name": EVIL + " two", "_popup": "1", "user": ""}
    )
    text = response.content.decode()
    assert response.status_code == 200
    assert "popup" in text
    assert not any(bad in text for bad in LIVE)


def test_a_link_with_a_program_in_it_cannot_be_clicked(client, pages):
    person = ours.Person.objects.get()
    person.memberships.update(source_url="javascript:alert(1)")
    text = client.get(pages["person change"]).content.decode()
    assert 'href="javascript:' not in text
