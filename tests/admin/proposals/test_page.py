"""The page of a proposal: each place as it was, as it is now and as proposed; taken, left or withdrawn."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Edition, Proposal, Quote, User
from articles.record.trash.moves import move_to_trash
from tests.admin.forms import fields_of, form_of, lines_of, messages_of, send
from tests.admin.proposals.pages import decide_on, page_of
from tests.desk_rows import client_of
from tests.factories import make_live, make_quote, make_tag, make_user

pytestmark = pytest.mark.django_db
DEK = "The council decides on Monday."
RAIN = "<p>It rained all day.</p>"


@pytest.fixture
def proposal(reporter_client: Client, story: Article) -> Proposal:
    """Propose a dek and another last paragraph."""
    body = story.body_html.replace("<p>It rained.</p>", RAIN)
    send(reporter_client, story, dek=DEK, body_html=body, follow=False)
    return Proposal.objects.get()


def test_each_place_stands_there_as_it_was_as_it_is_and_as_proposed(editor_client, story, proposal):
    send(editor_client, story, dek="By our staff.", follow=False)
    response = editor_client.get(page_of(proposal))
    assert "Dana Okafor proposes to change this article" in response.content.decode()
    dek, rain = lines_of(response, "merge-part")
    assert dek == (
        f"Dek As it wasNothing. As it is now [added: By our staff.] As proposed [added: {DEK}]"
    )
    assert rain.startswith("Text, after “Nobody was hurt.” As it wasIt rained.")
    assert rain.endswith("It rained[added: all day].")


def test_what_only_the_reporter_changed_is_chosen_and_what_both_changed_is_not(
    editor_client, story, proposal
):
    send(editor_client, story, dek="By our staff.", follow=False)
    fields = fields_of(editor_client.get(page_of(proposal)), "decide")
    chosen = {name: side for name, side in fields.items() if name.startswith("part-")}
    assert chosen == {"part-dek": "mine", "part-body_html.1": "theirs"}


def test_an_editor_takes_a_paragraph_and_leaves_the_dek(
    editor_client, reporter_client, editor, story, proposal
):
    response = decide_on(editor_client, proposal, "take", dek="mine")
    assert response.redirect_chain[-1][0] == form_of(story)
    assert "Taken as revision 2. Readers get it when you publish." in messages_of(response)
    story.refresh_from_db()
    assert (story.dek, RAIN in story.body_html) == ("", True)
    revision = story.revisions.first()
    assert (revision.by, revision.is_edit) == (editor, True)
    assert revision.note == "From the proposal of Dana Okafor."
    assert "all day" not in Edition.objects.live().get().body_html
    proposal.refresh_from_db()
    assert (proposal.state, proposal.left_places, proposal.revision_number) == ("partly", 1, 2)
    page = reporter_client.get(form_of(story))
    assert "taken, but for 1 place, by Ann Marrow" in page.content.decode()
    assert fields_of(page, "article_form")["dek"] == ""


def test_a_proposal_taken_whole_is_told_so(editor_client, reporter_client, story, proposal):
    decide_on(editor_client, proposal, "take", follow=False)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.left_places) == ("taken", 0)
    assert ": taken by Ann Marrow" in reporter_client.get(form_of(story)).content.decode()
    page = editor_client.get(page_of(proposal)).content.decode()
    assert "All that it proposed stands there now." in page


def test_what_goes_out_names_both(editor_client, story, proposal):
    decide_on(editor_client, proposal, "take", follow=False)
    page = " ".join(editor_client.get(form_of(story)).content.decode().split())
    assert "Ann Marrow, from the proposal of Dana Okafor" in page


def test_an_editor_leaves_it_all_with_a_sentence(editor_client, reporter_client, story, proposal):
    before = story.snapshot()
    response = decide_on(editor_client, proposal, "leave", reason="We wait for\nthe council.")
    assert "left aside" in messages_of(response)
    assert Article.objects.get().snapshot() == before
    assert Article.objects.get().revision_number == 1
    page = reporter_client.get(form_of(story)).content.decode()
    assert "left aside by Ann Marrow" in page
    assert "“We wait for the council.”" in page


def test_a_reporter_withdraws_only_the_own_proposal(reporter_client, story, proposal):
    other = Client()
    other.force_login(make_user(groups=("reporter",)))
    assert "Withdraw my proposal" not in other.get(page_of(proposal)).content.decode()
    for decision in ("withdraw", "take", "leave"):
        assert other.post(page_of(proposal), {"decision": decision}).status_code == 403
    for decision in ("take", "leave", ""):
        assert reporter_client.post(page_of(proposal), {"decision": decision}).status_code == 403
    response = decide_on(reporter_client, proposal, "withdraw")
    assert "Your proposal is withdrawn." in messages_of(response)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert "proposal" not in texts_below_the_state(reporter_client, story)


def texts_below_the_state(client: Client, story: Article) -> str:
    return " ".join(lines_of(client.get(form_of(story)), "proposals"))


def test_the_editors_form_leads_to_what_waits(editor_client, story, proposal):
    assert "A proposal by Dana Okafor" in texts_below_the_state(editor_client, story)
    assert page_of(proposal) in editor_client.get(form_of(story)).content.decode()


def test_nothing_chosen_is_no_taking(editor_client, proposal):
    response = decide_on(
        editor_client, proposal, "take", follow=True, **{"dek": "mine", "body_html.1": "mine"}
    )
    assert response.status_code == 400
    assert "choose at least one place" in response.content.decode()
    assert Proposal.objects.open().exists()


@pytest.mark.parametrize(
    "forged", [{"dek": "yours"}, {"slug": "theirs"}, {"body_html.7": "theirs"}]
)
def test_a_forged_choice_is_refused_in_words(editor_client, story, proposal, forged):
    response = decide_on(editor_client, proposal, "take", **forged)
    assert response.status_code == 400
    assert Article.objects.get().revision_number == 1
    assert Proposal.objects.open().exists()


def test_no_button_is_no_decision(editor_client, proposal):
    response = decide_on(editor_client, proposal, "")
    assert response.status_code == 400
    assert "Nothing was decided" in response.content.decode()


@pytest.mark.parametrize("change", ["story", "proposal"])
def test_a_form_decides_only_about_what_it_showed(
    editor_client, reporter_client, story, proposal, change
):
    data = fields_of(editor_client.get(page_of(proposal)), "decide") | {"decision": "take"}
    if change == "story":
        send(editor_client, story, kicker="Harbour", follow=False)
    else:
        send(reporter_client, story, kicker="Harbour", follow=False)
    response = editor_client.post(page_of(proposal), data)
    assert response.status_code == 409
    assert "Nothing was decided" in response.content.decode()
    assert Proposal.objects.open().exists()
    again = fields_of(response, "decide") | {"decision": "take"}
    assert editor_client.post(page_of(proposal), again).status_code == 302
    assert Article.objects.get().dek == DEK
    assert Article.objects.get().kicker == "Harbour"


def test_what_is_decided_is_not_decided_again(editor_client, story, proposal):
    data = fields_of(editor_client.get(page_of(proposal)), "decide")
    decide_on(editor_client, proposal, "leave", follow=False)
    response = editor_client.post(page_of(proposal), data | {"decision": "take"}, follow=True)
    assert "left aside by you" in messages_of(response)
    assert Article.objects.get().revision_number == 1


def test_what_stands_there_already_is_only_closed(editor_client, story, proposal):
    send(editor_client, story, dek=DEK, body_html=proposal.values["body_html"], follow=False)
    response = editor_client.get(page_of(proposal))
    assert "All that it proposes stands there already" in response.content.decode()
    decide_on(editor_client, proposal, "leave", follow=False)
    assert not Proposal.objects.open().exists()


def test_the_record_follows_what_is_taken(editor_client, reporter_client):
    words = "The quay holds."
    article = make_live(body_html=f"<p>“{words}” said Ada Lund.</p>").article
    quote = make_quote(article, words)
    send(
        reporter_client,
        article,
        body_html="<p>“The quay gave way.” said Ada Lund.</p>",
        follow=False,
    )
    assert Quote.objects.get().state == quote.state
    response = decide_on(editor_client, Proposal.objects.get(), "take")
    assert "no longer in the text" in messages_of(response)
    assert Quote.objects.get().state == "detached"


def test_a_hold_of_meanwhile_is_not_lifted_by_a_proposal(editor_client, story, proposal):
    send(editor_client, story, is_on_hold="on", ed_note="Lawyers look at it.", follow=False)
    decide_on(editor_client, proposal, "take", follow=False)
    story.refresh_from_db()
    assert (story.is_on_hold, story.ed_note, story.dek) == (True, "Lawyers look at it.", DEK)


def test_what_was_merged_or_deleted_since_is_no_stumbling_block(
    editor_client, reporter_client, story
):
    deleted, away = make_tag(), make_tag()
    send(reporter_client, story, dek=DEK, tags=[deleted.pk, away.pk], follow=False)
    deleted.delete()
    move_to_trash(away, by=None)
    response = decide_on(editor_client, Proposal.objects.get(), "take")
    assert response.status_code == 200
    story.refresh_from_db()
    assert (story.dek, list(story.tags.all())) == (DEK, [])


def test_a_proposal_whose_account_is_deleted_is_decided_as_any(editor_client, reporter, proposal):
    User.objects.filter(pk=reporter.pk).delete()
    assert "An account deleted since" in editor_client.get(page_of(proposal)).content.decode()
    assert decide_on(editor_client, proposal, "take").status_code == 200
    assert Article.objects.get().dek == DEK


def test_a_proposal_for_a_spiked_story_is_nowhere(editor_client, story, proposal):
    Article.objects.update(trashed_at=proposal.at)
    assert editor_client.get(page_of(proposal)).status_code == 404


def test_own_proposals_are_seen_without_the_permission_to_see_all(proposal, reporter):
    reporter.groups.clear()
    client = Client()
    client.force_login(reporter)
    assert client.get(page_of(proposal)).status_code == 200
    assert client_of("operator").get(page_of(proposal)).status_code == 403


def test_evil_words_stay_words(editor_client, reporter_client, story):
    evil: dict[str, Any] = {"dek": "<script>alert(1)</script>", "headline": "<img src=x>"}
    send(reporter_client, story, **evil, follow=False)
    page = editor_client.get(page_of(Proposal.objects.get())).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
