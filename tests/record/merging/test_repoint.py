"""Rows that lead to one row are led to another in portions, each kept so that it can be led back."""

import pytest

from articles.models import (
    Article,
    Membership,
    Mention,
    Merge,
    MergeStep,
    OtherName,
    Proposal,
    Quote,
)
from articles.record.merging import repoint as module
from articles.record.merging.merge import merge_rows, preview_merge, undo_merge
from articles.record.merging.repoint import (
    Reference,
    change_row,
    column_values,
    delete_rows,
    repoint,
    revert_steps,
)
from tests.factories import (
    make_article,
    make_membership,
    make_organization,
    make_person,
    make_quote,
    make_user,
)

pytestmark = pytest.mark.django_db
BODY = "<p>“The quay holds,” said Lund. “It rained.”</p>"


@pytest.fixture
def pair():
    """Give two people, and a merge of the second into the first of which nothing is done yet."""
    target, source = make_person("Ada Lund"), make_person("A. Lund")
    merge = Merge.objects.create(
        kind="person", gone=source.pk, survivor=target.pk, name=source.name, slug=source.slug
    )
    return target, source, merge


@pytest.mark.parametrize("step", [1, 2, 1000])
def test_rows_move_in_portions_and_are_counted_and_led_back(pair, monkeypatch, step):
    monkeypatch.setattr(module, "STEP", step)
    target, source, merge = pair
    own = make_quote(make_article(body_html=BODY), "It rained.", person=target)
    quotes = [
        make_quote(make_article(body_html=BODY), "The quay holds,", person=source) for _ in range(3)
    ]
    assert repoint(Reference(Quote, "person"), merge) == 3
    assert Quote.objects.filter(person=target).count() == 4
    assert [row.was for row in merge.steps.all()] == [{"person_id": source.pk}] * 3
    assert repoint(Reference(Quote, "person"), merge) == 0
    revert_steps(merge)
    assert set(Quote.objects.filter(person=source)) == set(quotes)
    assert Quote.objects.get(pk=own.pk).person == target


def test_of_rows_that_only_one_may_have_the_target_s_stays(pair):
    target, source, merge = pair
    both, only = make_article(), make_article()
    for article, person in ((both, target), (both, source), (only, source)):
        Mention.objects.create(article=article, person=person, name=person.name, spans=[])
    reference = Reference(Mention, "person")
    assert [row.article for row in reference.conflicting_rows(source.pk, target.pk)] == [both]
    assert not Reference(Quote, "person").conflicting_rows(source.pk, target.pk).exists()
    assert repoint(reference, merge) == 1
    assert [row.name for row in both.mentions.all()] == ["Ada Lund"]
    assert only.mentions.get().person == target
    revert_steps(merge)
    assert sorted(row.name for row in both.mentions.all()) == ["A. Lund", "Ada Lund"]


def test_rows_of_spiked_stories_move_too(pair):
    target, source, merge = pair
    article = make_article(body_html=BODY, trashed_at="2026-01-01T00:00:00Z")
    quote = make_quote(article, "It rained.", person=source)
    assert repoint(Reference(Quote, "person"), merge) == 1
    assert Quote.all_objects.get(pk=quote.pk).person == target


def test_a_changed_row_is_changed_back_unless_somebody_has_changed_it_since(pair):
    target, _, merge = pair
    change_row(target, merge, biography="Born 1970.", honorific="Dr")
    target.honorific = "Dame"
    target.save()
    revert_steps(merge)
    target.refresh_from_db()
    assert (target.biography, target.honorific) == ("", "Dame")


def test_a_deleted_row_comes_back_with_all_that_it_said(pair):
    target, _, merge = pair
    name = OtherName.objects.create(person=target, name="Addie", kind="former")
    values = column_values(name)
    delete_rows([name], merge)
    delete_rows([], merge)
    assert not OtherName.objects.exists()
    assert MergeStep.objects.get().is_deleted is True
    revert_steps(merge)
    assert column_values(OtherName.objects.get()) == values


def test_a_deleted_row_of_what_is_gone_for_good_does_not_come_back(pair):
    _, _, merge = pair
    article = make_article()
    mention = Mention.objects.create(article=article, person=make_person(), name="x", spans=[])
    delete_rows([mention], merge)
    Article.objects.all().delete()
    revert_steps(merge)
    assert not Mention.objects.exists()


def test_what_both_say_in_the_same_words_is_said_once_and_comes_back():
    target, source, port = make_person("Ada Lund"), make_person("A. Lund"), make_organization()
    for person, role in ((target, "pilot"), (source, "pilot"), (source, "mayor")):
        make_membership(person, port, role, start_date="2020")
    for person, name in ((target, "Addie"), (source, "ADDIE"), (source, "Ada L.")):
        OtherName.objects.create(person=person, name=name)
    merge = merge_rows(target, source, by=None, is_sure=True)
    assert sorted(target.memberships.values_list("role", flat=True)) == ["mayor", "pilot"]
    assert sorted(target.other_names.values_list("name", flat=True)) == [
        "A. Lund",
        "Ada L.",
        "Addie",
    ]
    target.refresh_from_db()
    history = target.history.count()
    undo_merge(merge, by=None)
    assert Membership.objects.filter(person=source.pk).count() == 2
    assert OtherName.objects.filter(person=source.pk).count() == 2
    restored = type(target).objects.get(pk=merge.gone)
    assert target.history.count() == history + 1
    assert restored.history.first().name == "A. Lund"
    assert restored.history.filter(history_type="~").exists()


def test_of_two_of_one_size_neither_is_the_larger():
    target, source = make_person("Ada Lund"), make_person("A. Lund")
    preview = preview_merge(target, source)
    assert (preview.sizes, preview.is_source_larger) == ((0, 0), False)
    make_quote(make_article(body_html=BODY), "It rained.", person=source)
    assert preview_merge(target, source).is_source_larger is True


@pytest.mark.parametrize("is_both", [True, False])
def test_of_two_open_proposals_of_one_account_the_target_s_stays_and_decided_ones_all_move(
    pair, is_both
):
    target, source, _ = pair
    by = make_user()
    Proposal.objects.create(person=target, by=by if is_both else make_user(), values={"name": "T"})
    waiting = Proposal.objects.create(person=source, by=by, values={"name": "S"})
    decided = Proposal.objects.create(person=source, by=by, values={"name": "D"}, state="left")
    assert (1, "proposed change") in preview_merge(target, source).both or not is_both
    merge = merge_rows(target, source, by=None)
    names = set(Proposal.objects.filter(person=target).values_list("values__name", flat=True))
    assert names == ({"T", "D"} if is_both else {"T", "S", "D"})
    restored = undo_merge(merge, by=None)
    assert set(Proposal.objects.filter(person=restored)) == {waiting, decided}
