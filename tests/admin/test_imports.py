"""The report of an import: what it shows, to whom, how fast."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.importing.undo import undo
from articles.models import (
    Article,
    ImportedItem,
    ImportRun,
    Person,
    Suggestion,
    WaitingChange,
)
from articles.roles import make_roles
from tests.factories import make_article, make_person, make_user

from .bringing import STORY, bring, original_at, report_at, shown, undo_at
from .test_stored_xss import EVIL, LIVE

pytestmark = pytest.mark.django_db


def headlines(client: Client, run: ImportRun, which: str) -> set[str]:
    address = reverse("admin:articles_article_changelist")
    response = client.get(address, {"run": f"{run.pk}{which}"})
    return {story.headline for story in response.context["cl"].result_list}


@pytest.fixture
def messy(tmp_path) -> ImportRun:
    """A run with a refused record, a story without a date, a waiting change and names to check."""
    make_person("Ada Quince", slug="ada")
    make_person("Ada Quince", slug="ada-2")
    bring(tmp_path)
    article = Article.objects.get()
    article.take_over({"headline": "Edited"})
    article.keep_revision(make_user())
    (tmp_path / "junk.json").write_text('{"headline": ')
    undated = STORY.format(number=7, date="", body="").replace("Date: \n", "")
    (tmp_path / "undated.txt").write_text(undated)
    return bring(tmp_path, 3, body="It blew harder.")


def test_the_report_says_what_came_in_and_from_where(desk, tmp_path):
    run = bring(tmp_path, 3)
    said = shown(desk, report_at(run))
    for words in ("3 created", "0 refused", "wire", str(tmp_path), "keep as drafts", "done"):
        assert words in said, words
    assert "1 new person" in said
    assert f"?id__in={Person.objects.get().pk}" in said
    assert "Nothing was refused." in said


def test_the_report_names_the_formats_that_the_files_turned_out_to_be(desk, messy):
    said = shown(desk, report_at(messy))
    assert "Read as" in said
    assert "text" in said.partition("Read as")[2][:40]


def test_each_count_leads_to_the_stories_that_it_counts(desk, messy):
    said = shown(desk, report_at(messy))
    assert f"?run={messy.pk}-created" in said
    assert headlines(desk, messy, "-created") == {"Gale 1", "Gale 2", "Gale 7"}
    assert headlines(desk, messy, "-waiting") == {"Edited"}
    assert headlines(desk, messy, "-undated") == {"Gale 7"}
    assert headlines(desk, messy, "-quotes") == {"Gale 1", "Gale 2", "Gale 7", "Edited"}
    assert headlines(desk, messy, "") == {"Gale 1", "Gale 2", "Gale 7", "Edited"}


@pytest.mark.parametrize("asked", ["x", "-1", "1-", "9" * 19, "0", "1-nonsense", "²", "1 or 1"])
def test_a_list_takes_any_run_that_somebody_writes_into_its_address(desk, asked):
    make_article(headline="By hand")
    address = reverse("admin:articles_article_changelist")
    assert desk.get(address, {"run": asked}).status_code == 200


def test_what_waits_for_a_decision_is_counted_and_linked(desk, messy):
    said = shown(desk, report_at(messy))
    assert "1 story without a date" in said
    assert "1 story with a newer version that waits for a decision" in said
    assert f"run__id__exact={messy.pk}&amp;state__exact=open" in said
    address = reverse("admin:articles_waitingchange_changelist")
    asked = {"run__id__exact": messy.pk, "state__exact": "open"}
    assert desk.get(address, asked).context["cl"].result_count == 1
    assert "4 stories with quotes to check" in said
    assert "1 name that several bear" in said
    assert "<li>Ada Quince</li>" in said


def test_a_decision_that_is_made_waits_no_more(desk, messy):
    WaitingChange.objects.update(state=WaitingChange.State.LEFT)
    Suggestion.objects.update(state=Suggestion.State.REJECTED)
    Article.objects.update(published_at=timezone.now())
    said = shown(desk, report_at(messy))
    assert "story without a date</a></li>" not in said.partition("What waits")[2]
    assert "newer version that waits" not in said
    assert "quotes to check" not in said


def test_refusals_are_grouped_by_their_reason(desk):
    row = {"file": "a.json", "field": "date", "remedy": "Write a date."}
    rows = [row | {"record": str(n), "reason": "No such day."} for n in range(7)]
    rows += [row | {"record": "99", "reason": "Not JSON."}]
    run = ImportRun.objects.create(source="wire", state="done", refused=1500, refusals=rows)
    said = shown(desk, report_at(run))
    assert "7 × No such day." in said
    assert "1 × Not JSON." in said
    assert said.index("No such day") < said.index("Not JSON")
    assert "… and 2 more." in said
    assert "1492 more were refused than are kept here" in said


def test_no_list_of_the_report_is_endless(desk):
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
    said = shown(desk, report_at(run))
    assert said.count("<tr>") == 201
    assert "and 970 more reasons" in said
    assert "Note 199." in said
    assert "Note 200." not in said
    assert "file-20.txt" not in said
    assert "… and 480 more." in said
    assert len(said) < 150_000


def test_the_report_costs_the_same_for_3_and_for_300_stories(desk, tmp_path):
    costs = []
    for count in (3, 300):
        folder = tmp_path / str(count)
        folder.mkdir()
        run = bring(folder, count, source=f"wire{count}")
        asked = []
        for address in (report_at(run), undo_at(run)):
            shown(desk, address)
            with CaptureQueriesContext(connection) as captured:
                shown(desk, address)
            asked.append(len(captured))
        costs.append(asked)
        undo(run, by=make_user())  # so that the next brings new names too
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 30


def test_a_run_that_has_not_ended_shows_what_stands_so_far(desk, tmp_path):
    run = bring(tmp_path, 3)
    ImportRun.objects.update(state="running", created=0, finished_at=None, met={})
    said = shown(desk, report_at(run))
    assert "3 created" in said
    assert "It has not ended" in said
    assert undo_at(run) not in said
    assert ImportRun.objects.get().created == 0


def test_somebody_gets_no_link_to_what_he_may_not_see(client, messy):
    make_roles()
    client.force_login(make_user(groups=("operator",)))
    said = shown(client, report_at(messy))
    assert "new organization" in said or "new author" in said or "waits for a decision" in said
    for kind in ("person", "organization", "author", "tag"):
        assert reverse(f"admin:articles_{kind}_changelist") + "?" not in said


def test_no_text_of_an_import_runs(client):
    client.force_login(make_user(is_superuser=True, username="root"))
    refusal = dict.fromkeys(("file", "record", "field", "reason", "remedy"), EVIL)
    article = make_article(headline=EVIL, source=EVIL[:80])
    article.keep_original(EVIL.encode())
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
    pages = [report_at(run), undo_at(run), reverse("admin:articles_importrun_changelist")]
    pages += [original_at(article)]
    pages += [reverse("admin:articles_article_changelist") + f"?run={run.pk}-created"]
    for address in pages:
        said = shown(client, address)
        assert "&lt;img src=x" in said, address
        assert not any(bad in said for bad in LIVE), address
    said = client.post(undo_at(run), follow=True).content.decode()
    assert not any(bad in said for bad in LIVE)
