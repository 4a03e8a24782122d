"""The report of an import: what it shows, to whom, how fast."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.importing.pipeline.runs.undo import undo
from articles.models import (
    Article,
    ImportedItem,
    ImportRun,
    Person,
    Suggestion,
    WaitingChange,
)
from articles.roles import make_roles
from tests.admin.test_stored_xss import EVIL, LIVE
from tests.factories import make_article, make_person, make_user

from .import_runs import (
    STORY,
    import_stories,
    original_address,
    page_text,
    report_address,
    undo_address,
)

pytestmark = pytest.mark.django_db


def headlines(client: Client, run: ImportRun, suffix: str) -> set[str]:
    address = reverse("admin:articles_article_changelist")
    response = client.get(address, {"run": f"{run.pk}{suffix}"})
    return {story.headline for story in response.context["cl"].result_list}


@pytest.fixture
def messy(tmp_path) -> ImportRun:
    """A run with a refused record, a story without a date, a waiting change and names to check."""
    make_person("Ada Quince", slug="ada")
    make_person("Ada Quince", slug="ada-2")
    import_stories(tmp_path)
    article = Article.objects.get()
    article.apply_snapshot({"headline": "Edited", "body_html": "<p>Edited.</p>"})
    article.create_revision(make_user())
    (tmp_path / "junk.json").write_text('{"headline": ')
    undated = STORY.format(number=7, date="", body="").replace("Date: \n", "")
    (tmp_path / "undated.txt").write_text(undated)
    return import_stories(tmp_path, 3, body="It blew harder.")


def test_the_report_says_what_came_in_and_from_where(chief_client, tmp_path):
    run = import_stories(tmp_path, 3)
    text = page_text(chief_client, report_address(run))
    for phrase in ("3 created", "0 refused", "wire", str(tmp_path), "keep as drafts", "done"):
        assert phrase in text, phrase
    assert "1 new person" in text
    assert f"?id__in={Person.objects.get().pk}" in text
    assert "Nothing was refused." in text


def test_the_report_names_the_formats_that_the_files_turned_out_to_be(chief_client, messy):
    text = page_text(chief_client, report_address(messy))
    assert "Read as" in text
    assert "text" in text.partition("Read as")[2][:40]


def test_each_count_leads_to_the_stories_that_it_counts(chief_client, messy):
    text = page_text(chief_client, report_address(messy))
    assert f"?run={messy.pk}-created" in text
    assert headlines(chief_client, messy, "-created") == {"Gale 1", "Gale 2", "Gale 7"}
    assert headlines(chief_client, messy, "-waiting") == {"Edited"}
    assert headlines(chief_client, messy, "-undated") == {"Gale 7"}
    assert headlines(chief_client, messy, "-quotes") == {"Gale 1", "Gale 2", "Gale 7", "Edited"}
    assert headlines(chief_client, messy, "") == {"Gale 1", "Gale 2", "Gale 7", "Edited"}


@pytest.mark.parametrize("value", ["x", "-1", "1-", "9" * 19, "0", "1-nonsense", "²", "1 or 1"])
def test_a_list_takes_any_run_that_somebody_writes_into_its_address(chief_client, value):
    make_article(headline="By hand")
    address = reverse("admin:articles_article_changelist")
    assert chief_client.get(address, {"run": value}).status_code == 200


def test_what_waits_for_a_decision_is_counted_and_linked(chief_client, messy):
    text = page_text(chief_client, report_address(messy))
    assert "1 story without a date" in text
    assert "1 story with a newer version that waits for a decision" in text
    assert f"run__id__exact={messy.pk}&amp;state__exact=open" in text
    address = reverse("admin:articles_waitingchange_changelist")
    query = {"run__id__exact": messy.pk, "state__exact": "open"}
    assert chief_client.get(address, query).context["cl"].result_count == 1
    assert "4 stories with quotes to check" in text
    assert "1 name that several bear" in text
    assert "<li>Ada Quince</li>" in text


def test_a_decision_that_is_made_waits_no_more(chief_client, messy):
    WaitingChange.objects.update(state=WaitingChange.State.LEFT)
    Suggestion.objects.update(state=Suggestion.State.REJECTED)
    Article.objects.update(published_at=timezone.now())
    text = page_text(chief_client, report_address(messy))
    assert "story without a date</a></li>" not in text.partition("What waits")[2]
    assert "newer version that waits" not in text
    assert "quotes to check" not in text


def test_refusals_are_grouped_by_their_reason(chief_client):
    row = {"file": "a.json", "field": "date", "remedy": "Write a date."}
    rows = [row | {"record": str(n), "reason": "No such day."} for n in range(7)]
    rows += [row | {"record": "99", "reason": "Not JSON."}]
    run = ImportRun.objects.create(source="wire", state="done", refused=1500, refusals=rows)
    text = page_text(chief_client, report_address(run))
    assert "7 × No such day." in text
    assert "1 × Not JSON." in text
    assert text.index("No such day") < text.index("Not JSON")
    assert "… and 2 more." in text
    assert "1492 more were refused than are kept here" in text


def test_no_list_of_the_report_is_endless(chief_client):
    rows = [
        {"file": "f", "record": f"r{n}.", "field": "x", "reason": f"Reason {n}.", "remedy": "Mend."}
        for n in range(1000)
    ]
    run = ImportRun.objects.create(
        source="wire",
        state="done",
        refused=1000,
        refusals=rows,
        notes=[f"Note {n}." for n in range(1000)],
        paths=[f"file-{n}.txt" for n in range(500)],
    )
    text = page_text(chief_client, report_address(run))
    assert text.count("<tr>") == 201
    assert "and 970 more reasons" in text
    assert "Note 199." in text
    assert "Note 200." not in text
    assert "file-20.txt" not in text
    assert "… and 480 more." in text
    assert len(text) < 150_000


def test_the_report_costs_the_same_for_3_and_for_300_stories(chief_client, tmp_path):
    costs = []
    for count in (3, 300):
        folder = tmp_path / str(count)
        folder.mkdir()
        run = import_stories(folder, count, source=f"wire{count}")
        query_counts = []
        for address in (report_address(run), undo_address(run)):
            page_text(chief_client, address)
            with CaptureQueriesContext(connection) as captured:
                page_text(chief_client, address)
            query_counts.append(len(captured))
        costs.append(query_counts)
        undo(run, by=make_user())  # so that the next brings new names too
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 30


def test_a_run_that_has_not_ended_shows_what_stands_so_far(chief_client, tmp_path):
    run = import_stories(tmp_path, 3)
    ImportRun.objects.update(state="running", created=0, finished_at=None, met={})
    text = page_text(chief_client, report_address(run))
    assert "3 created" in text
    assert "It has not ended" in text
    assert undo_address(run) not in text
    assert ImportRun.objects.get().created == 0


def test_somebody_gets_no_link_to_what_he_may_not_see(client, messy):
    make_roles()
    client.force_login(make_user(groups=("operator",)))
    text = page_text(client, report_address(messy))
    assert "new organization" in text or "new author" in text or "waits for a decision" in text
    for kind in ("person", "organization", "author", "tag"):
        assert reverse(f"admin:articles_{kind}_changelist") + "?" not in text


def test_no_text_of_an_import_runs(client):
    client.force_login(make_user(is_superuser=True, username="root"))
    refusal = dict.fromkeys(("file", "record", "field", "reason", "remedy"), EVIL)
    article = make_article(headline=EVIL, source=EVIL[:80])
    article.set_original(EVIL.encode())
    article.save()
    run = ImportRun.objects.create(
        source=EVIL[:80],
        format=EVIL[:40],
        paths=[EVIL],
        state="done",
        refused=1,
        refusals=[refusal],
        notes=[EVIL, f"{EVIL}: several of that name, none linked."],
        options={"tags": [EVIL]},
    )
    ImportedItem.objects.create(
        run=run, source=EVIL[:80], ref=EVIL, version=EVIL[:64], result="created", article=article
    )
    pages = [report_address(run), undo_address(run), reverse("admin:articles_importrun_changelist")]
    pages += [original_address(article)]
    pages += [reverse("admin:articles_article_changelist") + f"?run={run.pk}-created"]
    for address in pages:
        text = page_text(client, address)
        assert "&lt;img src=x" in text, address
        assert not any(bad in text for bad in LIVE), address
    text = client.post(undo_address(run), follow=True).content.decode()
    assert not any(bad in text for bad in LIVE)
