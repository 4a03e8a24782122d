"""What collides is shown part by part with both sides against the base, and what comes in without a question."""

import pytest

from articles.models import ImportRun, WaitingChange
from tests.admin.forms import decide, fields_of, lines_of, waiting_page
from tests.factories import make_article
from tests.wire import END, LEAD, QUAY, body, edit

pytestmark = pytest.mark.django_db


def test_the_page_shows_each_collision_with_both_sides_against_the_base(chief_client, story):
    headline, lead, end = lines_of(chief_client.get(waiting_page(story)), "merge-part")
    assert headline == (
        "Headline As it came beforeGale in Skerry Ours [removed: Gale in Skerry]"
        " [added: Roof off fish market] The agency’s Gale[removed: in Skerry] [added: , 2]"
    )
    assert lead.startswith("Text, place 1 of 2 As it came beforeA gale tore")
    assert "A [removed: gale] [added: storm] tore" in lead
    assert "A [removed: gale] [added: hurricane] tore" in lead
    legend = (
        "Text, place 2 of 2, after “Boats stayed at the quay. The ferry to Ostby was cancelled.”"
    )
    assert end.startswith(legend)


def test_the_page_shows_what_comes_in_without_a_question(chief_client, story):
    response = chief_client.get(waiting_page(story))
    incoming, whole = lines_of(response, "differences")
    assert "Dek [added: Two hurt.]" in incoming
    assert "[added: Two sailors were hurt, the lifeboat service says.]" in incoming
    assert "hurricane" not in incoming
    assert "Headline" not in incoming
    assert "hurricane" in whole


def test_ours_is_chosen_unless_somebody_chooses_else(chief_client, story):
    data = fields_of(chief_client.get(waiting_page(story)), "decide")
    chosen = {name: side for name, side in data.items() if name.startswith("part-")}
    keys = ("headline", "body_html.1", "body_html.2")
    assert chosen == {f"part-{key}": "mine" for key in keys}


def test_without_a_known_base_whatever_differs_is_asked(chief_client):
    article = make_article(headline="Ours", source="wire")
    run = ImportRun.objects.create(source="wire")
    values = article.snapshot() | {"headline": "From the wire"}
    WaitingChange.objects.create(article=article, run=run, values=values)
    response = chief_client.get(waiting_page(article))
    assert "What its source sent before is not known" in response.content.decode()
    (part,) = lines_of(response, "merge-part")
    assert "The version before is not known. Ours Ours The agency’s From the wire" in part
    decide(chief_client, article, "merge", headline="theirs")
    article.refresh_from_db()
    assert article.headline == "From the wire"


def test_links_and_emphasis_that_alone_differ_are_said_in_words(chief_client, send_in):
    send_in("1")
    article = edit(body_html=body(LEAD.replace("gale", "<em>gale</em>"), QUAY, END))
    send_in("2", LEAD.replace("gale", "<strong>gale</strong>"), QUAY, END)
    (part,) = lines_of(chief_client.get(waiting_page(article)), "merge-part")
    assert "Ours A gale [now italic] tore" in part
    assert "The agency’s A gale [now bold] tore" in part
