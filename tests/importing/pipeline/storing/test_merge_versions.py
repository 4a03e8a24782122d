"""A version merged with the working copy: what is whose, and who wins where both changed the same."""

import pytest

from articles.importing.pipeline.storing.merge_versions import (
    collision_sentence,
    field_names,
    merge_version,
)
from articles.models import Article, Revision
from tests.factories import make_article, make_tag
from tests.models.rows import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    """A story of a source, as it came."""
    article = make_article(
        headline="Gale", dek="It blew.", ed_note="As sent.", stage="writing", tags=(make_tag(),)
    )
    return make_item(article, base_revision=1)


def merge(item, theirs: dict, **mine):
    Article.objects.filter(pk=item.article_id).update(**mine)
    sent = item.article.revisions.get(number=1).snapshot | theirs
    return merge_version(item.article, item, sent)


def test_what_only_the_source_changed_comes_in_and_what_only_we_changed_stays(item):
    merged = merge(item, {"headline": "Gale, 2"}, dek="It blew hard.")
    assert (merged.values["headline"], merged.values["dek"]) == ("Gale, 2", "It blew hard.")
    assert (merged.changed, merged.collisions) == (["headline"], [])
    assert (merged.is_whole, merged.has_base) == (False, True)
    assert merge(item, {"headline": "Gale, 2"}, dek="It blew.").is_whole


def test_where_both_changed_a_field_of_the_source_a_person_chooses(item):
    merged = merge(item, {"headline": "Gale, 2"}, headline="Storm")
    assert merged.collisions == ["headline"]
    assert collision_sentence(merged) == "The source changed what was changed here, too: headline."
    assert merged.chosen_values({"headline": "theirs"})["headline"] == "Gale, 2"
    assert merged.chosen_values({})["headline"] == "Storm"


@pytest.mark.parametrize(("side", "is_derived"), [("mine", False), ("theirs", True)])
def test_the_origin_of_a_headline_goes_with_the_headline_that_is_chosen(item, side, is_derived):
    theirs = {"headline": "Gale, 2", "is_headline_derived": True}
    merged = merge(item, theirs, headline="Storm", is_headline_derived=False)
    values = merged.chosen_values({"headline": side})
    assert values["is_headline_derived"] is is_derived


def test_where_both_changed_what_is_the_newsroom_s_own_the_newsroom_s_stands(item):
    merged = merge(item, {"slug": "gale-2"}, slug="storm")
    assert (merged.collisions, merged.values["slug"]) == ([], "storm")


def test_a_note_to_editors_takes_in_what_both_wrote(item):
    merged = merge(item, {"ed_note": "As sent again."}, ed_note="Ask Ann.")
    assert merged.collisions == []
    assert "Ask Ann." in merged.values["ed_note"]
    assert "As sent again." in merged.values["ed_note"]


def test_whether_a_story_may_be_used_is_the_source_s_word(item):
    merged = merge(item, {"pub_status": "usable"}, pub_status="withheld")
    assert (merged.values["pub_status"], merged.collisions) == ("usable", [])


def test_without_the_version_before_whatever_differs_is_a_collision(item):
    item.base_revision = None
    merged = merge(item, {"headline": "Gale, 2"})
    assert (merged.has_base, merged.collisions) == (False, ["headline"])
    assert merge_version(item.article, None, {"headline": "Gale"}).collisions == []
    item.base_values = {"headline": "Gale"}
    assert merge(item, {"headline": "Gale, 2"}).values["headline"] == "Gale, 2"
    assert Revision.objects.count() == 1


def test_fields_are_named_as_the_desk_calls_them():
    assert field_names(["headline", "body_html"]) == "headline, text"
    assert field_names([]) == ""
