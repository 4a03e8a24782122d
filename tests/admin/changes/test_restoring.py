"""An old revision beside the working copy of now: fields and paragraphs come back one by one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.publishing.editor_decisions import decisions_by_hand
from tests.admin.articles.test_history import save_revision
from tests.admin.forms import fields_of, lines_of, messages_of
from tests.factories import make_article, make_live, make_tag, make_user

pytestmark = pytest.mark.django_db

LEDE, QUAY, END = "<p>A gale came.</p>", "<p>Boats stayed in.</p>", "<p>It is over.</p>"
NEW_LEDE, MORE = "<p>A hurricane came.</p>", "<p>Two were hurt.</p>"


@pytest.fixture
def article(db) -> Article:
    """A story whose second revision has another headline, another lede, another end, and a paragraph more."""
    article = make_article(headline="Gale", dek="Boats in", body_html=f"{LEDE}\n{QUAY}\n{END}")
    save_revision(article, headline="Hurricane", body_html=f"{NEW_LEDE}\n{QUAY}\n{MORE}")
    return article


def address_of(article: Article, number: int = 1) -> str:
    return reverse("admin:articles_article_revision", args=[article.pk, number])


def bring_back(client: Client, article: Article, *places: int, **changes: Any) -> Any:
    """Open revision 1, choose what it had at ``places`` of the parts, press the button."""
    data = fields_of(client.get(address_of(article)), "parts")
    names = [name for name in data if name.startswith("part-")]
    data |= {names[place]: "theirs" for place in places} | changes
    return client.post(address_of(article), data, follow=True)


def test_the_page_of_a_revision_shows_each_difference_from_the_working_copy(chief_client, article):
    headline, lede, *_ = lines_of(chief_client.get(address_of(article)), "merge-part")
    assert (
        headline == "Headline As now Hurricane As in revision 1 [removed: Hurricane] [added: Gale]"
    )
    assert "As now A hurricane came." in lede
    assert "A [removed: hurricane] [added: gale] came." in lede
    assert "merge-part" not in chief_client.get(address_of(article, 2)).content.decode()


def test_one_paragraph_comes_back_and_all_else_stays(chief_client, chief, article):
    response = bring_back(chief_client, article, 1)
    article.refresh_from_db()
    assert article.body_html == f"{LEDE}\n{QUAY}\n{MORE}"
    assert (article.headline, article.revision_number) == ("Hurricane", 3)
    revision = article.revisions.first()
    assert (revision.note, revision.by) == ("From revision 1: text", chief)
    assert revision.restored_from is None
    assert "Back from revision 1: text. It is revision 3" in messages_of(response)
    history = chief_client.get(reverse("admin:articles_article_history", args=[article.pk]))
    assert "From revision 1: text" in history.content.decode()


def test_fields_and_paragraphs_come_back_together_as_one_revision(chief_client, article):
    bring_back(chief_client, article, 0, 1)
    article.refresh_from_db()
    assert (article.headline, article.revision_number) == ("Gale", 3)
    assert article.body_html == f"{LEDE}\n{QUAY}\n{MORE}"
    assert article.revisions.first().note == "From revision 1: headline, text"


def test_all_parts_are_the_whole_revision_again(chief_client, article):
    count = len(lines_of(chief_client.get(address_of(article)), "merge-part"))
    bring_back(chief_client, article, *range(count))
    first, *_, last = article.revisions.order_by("number")
    assert last.snapshot == first.snapshot
    assert last.restored_from == 1


def test_the_wire_is_merged_beside_a_part_and_waits_beside_a_whole(chief_client, article):
    bring_back(chief_client, article, 1)
    assert decisions_by_hand([article.pk])[article.pk].kind == "edited"
    count = len(lines_of(chief_client.get(address_of(article)), "merge-part"))
    bring_back(chief_client, article, *range(count))
    assert decisions_by_hand([article.pk])[article.pk].kind == "restored"


def test_a_story_saved_since_is_shown_anew_and_choices_that_still_hold_stay(chief_client, article):
    data = fields_of(chief_client.get(address_of(article)), "parts")
    headline, lede = [name for name in data if name.startswith("part-")][:2]
    save_revision(article, headline="Cyclone")
    response = chief_client.post(address_of(article), data | {headline: "theirs", lede: "theirs"})
    assert response.status_code == 409
    assert "the story was saved after you opened this page" in response.content.decode()
    assert article.revisions.count() == 3
    fields = fields_of(response, "parts")
    assert fields[lede] == "theirs"
    assert headline not in fields
    chief_client.post(address_of(article), fields)
    article.refresh_from_db()
    assert (article.headline, article.body_html) == ("Cyclone", f"{LEDE}\n{QUAY}\n{MORE}")


def test_nothing_chosen_stores_nothing_and_says_so(chief_client, article):
    response = bring_back(chief_client, article)
    assert response.status_code == 400
    assert "Nothing is chosen" in response.content.decode()
    assert article.revisions.count() == 2


@pytest.mark.parametrize(
    "changes", [{"part-headline.0": "theirs"}, {"part-": "theirs"}, {"part-<b>": "theirs"}]
)
def test_what_is_no_part_is_refused_in_words(chief_client, article, changes):
    response = bring_back(chief_client, article, 0, **changes)
    assert response.status_code == 400
    assert "There is no part" in response.content.decode()
    assert article.revisions.count() == 2


def test_a_hold_of_today_and_the_address_of_a_live_story_are_not_offered(chief_client):
    article = make_live(headline="Gale").article
    save_revision(article, is_on_hold=True, slug="another", headline="Hurricane")
    legends = [
        line.split(" As now")[0]
        for line in lines_of(chief_client.get(address_of(article)), "merge-part")
    ]
    assert legends == ["Headline"]
    bring_back(chief_client, article, 0)
    article.refresh_from_db()
    assert (article.headline, article.slug, article.is_on_hold) == ("Gale", "another", True)


def test_a_row_deleted_since_is_told_of_where_its_field_comes_back(chief_client):
    deleted_tag, other_tag = make_tag("Gale"), make_tag("Harbour")
    article = make_article(tags=(deleted_tag, other_tag))
    save_revision(article, tags=[])
    deleted_tag.delete()
    response = bring_back(chief_client, article, 0)
    assert [tag.name for tag in article.tags.all()] == ["Harbour"]
    assert "was deleted since" in messages_of(response)


def test_who_may_only_look_sees_the_differences_without_buttons(client, chief, article):
    client.force_login(make_user(username="runner", groups=("operator",)))
    page = client.get(address_of(article))
    assert len(lines_of(page, "merge-part")) >= 2
    assert 'type="radio"' not in page.content.decode()
    assert client.post(address_of(article), {"seen": "2"}).status_code == 403
