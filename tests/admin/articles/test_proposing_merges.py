"""What brings other text into a story leaves it as it is, too, where its sender may not publish."""

from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article, Proposal
from tests.admin.forms import fields_of, form_of, messages_of, send
from tests.factories import make_live

pytestmark = pytest.mark.django_db
QUAY = "<p>Boats stayed at the quay.</p>"
MORE = "<p>The lifeboat was out twice.</p>"


@pytest.fixture
def story() -> Article:
    return make_live(headline="Ferry stays", dek="", body_html=QUAY).article


def state_of(article: Article) -> tuple[Any, ...]:
    article.refresh_from_db()
    return article.snapshot(), article.revision_number


def test_parts_of_an_old_revision_that_are_brought_back_are_a_proposal(
    reporter_client, editor_client, story
):
    send(editor_client, story, headline="Ferry goes", dek="It was late.")
    before = state_of(story)
    address = reverse("admin:articles_article_revision", args=[story.pk, 1])
    data = fields_of(reporter_client.get(address), "parts")
    headline = next(name for name in data if name.startswith("part-headline"))
    response = reporter_client.post(address, data | {headline: "theirs"}, follow=True)
    assert "Saved as a proposal" in messages_of(response)
    assert state_of(story) == before
    values = Proposal.objects.get().values
    assert (values["headline"], values["dek"]) == ("Ferry stays", "It was late.")


def test_what_others_saved_is_brought_into_the_form_and_nothing_is_stored(
    reporter_client, editor_client, story
):
    form = fields_of(reporter_client.get(form_of(story)), "article_form")
    send(editor_client, story, headline="Ferry goes")
    before = state_of(story)
    sent = form | {"body_html": QUAY + MORE, "_bring_in": "1"}
    response = reporter_client.post(form_of(story), sent)
    assert response.status_code == 200
    merged = fields_of(response, "article_form")
    assert (merged["headline"], MORE in merged["body_html"]) == ("Ferry goes", True)
    assert state_of(story) == before
    assert not Proposal.objects.exists()
    reporter_client.post(form_of(story), merged | {"_save": "1"})
    assert state_of(story) == before
    proposal = Proposal.objects.get()
    assert proposal.base_number == story.revision_number
    assert proposal.values["headline"] == proposal.base["headline"] == "Ferry goes"
