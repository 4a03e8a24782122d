"""Kinds W1 and W2, by the real commands: a newer version comes in beside what was changed here, or waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.importing.pipeline.storing import newer_versions
from articles.importing.pipeline.storing.pending_changes import accept_change, dismiss_change
from articles.models import Article, Edition, ImportedItem, Revision, Tag, WaitingChange
from articles.publishing import correct, publish, schedule, withdraw
from tests.factories import make_tag, make_user
from tests.wire import END, LEAD, NEW, QUAY, body, edit
from tests.wire import send_in as send_in

pytestmark = pytest.mark.django_db


def test_w1_a_running_story_of_twelve_versions_keeps_our_headline_without_a_question(
    send_in, capsys
):
    send_in("1")
    edit(headline="Roof off fish market")
    added = [f"<p>At {hour} o’clock it blew at force {hour}.</p>" for hour in range(2, 13)]
    for version in range(2, 13):
        send_in(str(version), NEW, LEAD, *added[: version - 1], QUAY, END)
    article = Article.objects.get()
    assert article.headline == "Roof off fish market"
    assert article.body_html == body(NEW, LEAD, *added, QUAY, END)
    assert not WaitingChange.objects.exists()
    assert article.revision_number == 13
    assert Edition.objects.get().headline == "Gale in Skerry"  # readers keep what they have
    revision = article.revisions.first()
    assert (revision.by, revision.note) == (
        None,
        "From the source, beside the changes made here: text.",
    )
    out, err = capsys.readouterr()
    assert "0 created, 1 updated, 0 unchanged, 0 waiting, 0 refused" in out
    assert (
        "Roof off fish market: version 12 came in beside the changes made here: text. "
        "Readers do not have this yet."
    ) in err
    publish(article, by=make_user())
    send_in("13", NEW, LEAD, QUAY, END)
    assert Edition.objects.listed().get().body_html.count("force") == 11


def test_w1_other_paragraphs_and_fields_come_in_beside_ours(send_in):
    send_in("1", byline="Ann Marrow")
    edit(body_html=body(LEAD.replace("gale", "storm"), QUAY, END), dek="Boats stay in.")
    send_in("2", LEAD, QUAY.replace("Ostby", "Hale"), END, NEW, byline="Bo Teal")
    article = Article.objects.get()
    assert article.body_html == body(
        LEAD.replace("gale", "storm"), QUAY.replace("Ostby", "Hale"), END, NEW
    )
    assert article.dek == "Boats stay in."
    assert [line.author.name for line in article.bylines.all()] == ["Bo Teal"]


def test_w1_what_collides_waits_says_why_and_is_always_the_newest(send_in, capsys):
    send_in("1")
    edit(headline="Roof off fish market")
    for version in "23":
        send_in(version, headline=f"Gale, {version}")
    change = WaitingChange.objects.get()
    assert (change.state, change.version, change.values["headline"]) == ("open", "3", "Gale, 3")
    reason = "Somebody has edited the story here. The source changed what was changed here, too: headline."
    assert change.reason == reason
    assert reason in capsys.readouterr().err
    assert Article.objects.get().headline == "Roof off fish market"


def test_w1_a_version_that_can_be_merged_ends_the_waiting_of_the_one_before(send_in):
    send_in("1")
    edit(headline="Roof off fish market")
    send_in("2", headline="Gale, 2")
    send_in("3", LEAD, QUAY, END, NEW)
    change = WaitingChange.objects.get()
    assert (change.state, change.version, change.revision_number) == ("merged", "3", 3)
    article = Article.objects.get()
    assert (article.headline, article.body_html) == (
        "Roof off fish market",
        body(LEAD, QUAY, END, NEW),
    )


def test_w1_a_version_without_anything_new_changes_nothing(send_in, capsys):
    send_in("1")
    edit(headline="Gale, with a roof")
    send_in("2", headline="Gale, with a roof")
    assert "0 created, 0 updated, 1 unchanged" in capsys.readouterr().out
    assert Revision.objects.count() == 2
    send_in("3", LEAD, QUAY, headline="Gale, with a roof")
    assert Article.objects.get().body_html == body(LEAD, QUAY)


def decide(name: str) -> None:
    """Decide about the live story as a person does."""
    article, by = Article.objects.get(), make_user()
    if name == "withdrawn":
        withdraw(article, by=by, reason="A court has ordered it.")
    elif name == "held":
        edit(is_on_hold=True)
    elif name == "scheduled":
        schedule(article, by=by, at=timezone.now() + timedelta(hours=1))
    elif name == "corrected":
        correct(article, by=by, wrong="One.", right="Two.", weight="correction")
    elif name == "restored":
        article.apply_snapshot(article.revisions.get(number=1).snapshot)
        article.create_revision(by, restored_from=1)


@pytest.mark.parametrize("name", ["withdrawn", "held", "scheduled", "corrected", "restored"])
@pytest.mark.parametrize("version", ["3", "2", None])
def test_w1_a_decision_of_a_person_stops_every_later_version(send_in, name, version, capsys):
    send_in("1")
    send_in("2", LEAD, QUAY)
    decide(name)
    before = [*Edition.objects.order_by("pk").values_list("kind", "starts_at", "ends_at")]
    text = Article.objects.get().body_html
    send_in(version, LEAD, QUAY, NEW)
    assert [*Edition.objects.order_by("pk").values_list("kind", "starts_at", "ends_at")] == before
    assert Article.objects.get().body_html == text
    assert NEW in WaitingChange.objects.get(state="open").values["body_html"]
    assert "0 created, 0 updated, 0 unchanged, 1 waiting, 0 refused" in capsys.readouterr().out


def test_w1_what_was_left_aside_stays_so_until_a_version_is_taken_over(send_in):
    send_in("1")
    edit(headline="Roof off fish market")
    send_in("2", headline="Gale, 2")
    dismiss_change(WaitingChange.objects.get(), by=make_user())
    send_in("3", LEAD, QUAY, END, NEW)
    change = WaitingChange.objects.get(state="open")
    assert change.reason == "An earlier version of its source was left aside here."
    accept_change(change, by=make_user())
    send_in("4", LEAD, QUAY, END)
    article = Article.objects.get()
    assert (article.headline, article.body_html) == ("Gale in Skerry", body(LEAD, QUAY, END))
    assert not WaitingChange.objects.filter(state="open").exists()
    assert Edition.objects.count() == 1  # the text has been in a person's hands


def test_w1_a_version_taken_over_lifts_a_restore(send_in):
    send_in("1")
    send_in("2", LEAD, QUAY)
    decide("restored")
    send_in("3", LEAD, QUAY, NEW)
    accept_change(WaitingChange.objects.get(), by=make_user())
    send_in("4", LEAD, NEW)
    assert Article.objects.get().body_html == body(LEAD, NEW)


def test_w1_tags_section_stage_and_notes_stop_nothing_and_stay(send_in):
    send_in("1", ednote="From the wire.", subject=[{"name": "weather"}])
    ours, weather = make_tag("Ours"), Tag.objects.get(name="weather")
    article = edit(stage="ready", ed_note="From the wire.\nAsk Ann.", slug="roof")
    article.tags.add(ours)
    article.create_revision(make_user())
    assert not Article.objects.edited().exists()
    subjects = [{"name": "weather"}, {"name": "boats"}]
    for version, text in (("2", QUAY), ("3", NEW)):
        send_in(version, LEAD, text, ednote=f"Version {version}.", subject=subjects)
    live = Edition.objects.listed().get()
    assert (live.number, live.body_html) == (3, body(LEAD, NEW))
    article.refresh_from_db()
    assert {*article.tags.all()} == {ours, weather, Tag.objects.get(name="boats")}
    assert (article.stage, article.slug) == ("ready", "roof")
    assert "Ask Ann." in article.ed_note
    send_in("4", LEAD, subject=[])
    assert [*article.tags.all()] == [ours]


def test_w1_an_edit_counts_when_the_account_is_gone(send_in):
    send_in("1")
    edit(headline="Roof off fish market").revisions.get(number=2).by.delete()
    send_in("2", LEAD, QUAY)
    assert Article.objects.get().headline == "Roof off fish market"
    assert Edition.objects.count() == 1


def test_w1_other_bytes_of_the_same_version_are_merged_too(send_in):
    send_in("1")
    edit(headline="Roof off fish market")
    send_in("1", LEAD, QUAY)
    article = Article.objects.get()
    assert (article.headline, article.body_html) == ("Roof off fish market", body(LEAD, QUAY))


def test_w1_a_kill_reaches_a_merged_story_at_once_and_its_words_wait(send_in):
    send_in("1")
    edit(headline="Roof off fish market")
    send_in("2", LEAD, QUAY)
    send_in("3", headline="KILL", body_html="", pubstatus="canceled")
    assert not Edition.objects.listed().exists()
    assert Article.objects.get().headline == "Roof off fish market"
    assert WaitingChange.objects.get(state="open").values["headline"] == "KILL"


def test_w1_an_edited_draft_is_not_published_by_a_later_version(send_in):
    send_in("1", pubstatus="withheld")
    edit(headline="Roof off fish market")
    send_in("2", LEAD, QUAY)
    article = Article.objects.get()
    assert (article.pub_status, article.body_html) == ("usable", body(LEAD, QUAY))
    assert not Edition.objects.exists()


def test_w1_where_the_version_before_is_not_known_it_waits(send_in):
    send_in("1")
    edit(headline="Roof off fish market")
    ImportedItem.objects.update(base_revision=None)
    send_in("2", LEAD, QUAY)
    assert "headline, text" in WaitingChange.objects.get().reason


def test_w1_an_unread_version_is_shown_before_it_goes_out(send_in):
    """What the wire brought into an edited story counts as somebody's unpublished change."""
    from articles.admin.changes.unseen import steps_of_others

    send_in("1")
    article = edit(headline="Roof off fish market")
    by = article.revisions.get(number=2).by
    assert by
    send_in("2", LEAD, QUAY)
    (step,) = steps_of_others(Article.objects.get(), by)
    assert step.who == "the wire, wire"


@pytest.mark.parametrize("is_edited", [False, True])
@pytest.mark.parametrize("times", [1, 2])
def test_w2_unknown_never_beats_a_kill(send_in, is_edited, times):
    send_in(None)
    if is_edited:
        edit(headline="Roof off fish market")
    for _ in range(times):
        send_in(None, headline="KILL", body_html="", pubstatus="canceled", ednote=f"No. {times}")
    for headline in ("Gale again", "Gale once more"):
        send_in(None, headline=headline)
    assert Article.objects.get().pub_status == "canceled"
    assert not Edition.objects.listed().exists()
    assert WaitingChange.objects.get(state="open").values["headline"] == "Gale once more"


def test_a_note_on_what_came_in_is_cut_to_what_the_history_can_keep(send_in, monkeypatch):
    send_in("1")
    edit(headline="Roof off fish market")
    monkeypatch.setattr(newer_versions, "field_names", lambda names: "f" * 600)
    send_in("2", LEAD, NEW, QUAY, END)
    assert len(Article.objects.get().revisions.first().note) == 500
