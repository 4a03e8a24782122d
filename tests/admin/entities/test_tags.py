"""The form of a tag: no ring, no tree that nobody could overlook."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.models import Tag
from articles.models.tags import MOST_LEVELS
from tests.factories import make_tag, make_user

pytestmark = pytest.mark.django_db


def save(client, tag: Tag, **values) -> str:
    """Send the form of ``tag`` with ``values``; return its page where it is refused, else nothing."""
    client.force_login(make_user(is_superuser=True))
    inlines = {
        f"{prefix}-{name}": "0"
        for prefix in ("former_names", "codes")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    fields = {"name": tag.name, "kind": tag.kind, "slug": tag.slug, "position": tag.position}
    fields |= {"parent": tag.parent_id or "", "qcode": "", "description": ""}
    address = reverse("admin:articles_tag_change", args=[tag.pk])
    response = client.post(address, {**fields, **inlines, **values})
    return "" if response.status_code == 302 else response.content.decode()


def make_chain(length: int) -> list[Tag]:
    tags = [make_tag("level 1")]
    for number in range(2, length + 1):
        tags.append(make_tag(f"level {number}", parent=tags[-1]))
    return tags


def test_a_tag_gets_one_above_it_and_the_history_says_so(client):
    section, topic = make_tag("Harbour", kind="section"), make_tag("dredging")
    assert save(client, topic, parent=section.pk) == ""
    topic.refresh_from_db()
    assert topic.parent == section
    assert [row.parent_id for row in topic.history.all()[:2]] == [section.pk, None]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_no_tag_is_put_below_itself_however_far(client, place):
    chain = make_chain(3)
    html = save(client, chain[0], parent=chain[place].pk)
    assert f"“{chain[place].name}” is this tag, or stands below it." in html
    chain[0].refresh_from_db()
    assert chain[0].parent is None


@pytest.mark.parametrize(("extra", "is_saved"), [(0, True), (1, False)])
def test_a_tree_has_a_depth(client, extra, is_saved):
    """Of six levels two hang together below four others, or more."""
    above = make_chain(MOST_LEVELS - 2 + extra)
    top = make_tag("top")
    make_tag("bottom", parent=top)
    html = save(client, top, parent=above[-1].pk)
    assert (html == "") is is_saved
    assert ("at most 6 levels" in html) is not is_saved


def test_a_tree_that_is_deeper_already_can_still_be_edited(client):
    chain = make_chain(MOST_LEVELS + 2)
    assert save(client, chain[-1], description="New.") == ""


def test_a_ring_that_is_there_already_ends(client):
    first, second = make_chain(2)
    Tag.objects.filter(pk=first.pk).update(parent=second)
    assert "is this tag" in save(client, first, parent=make_tag("x", parent=first).pk)
    assert [tag.pk for tag in second.levels_above()] == [second.pk, first.pk]
    assert second.count_levels_below() == MOST_LEVELS


def test_the_database_refuses_a_tag_below_itself():
    tag = make_tag()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.filter(pk=tag.pk).update(parent=tag)
