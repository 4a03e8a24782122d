"""A proposal is of one row and one account, waits until it is decided, and stays as history."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import Proposal
from tests.factories import make_article, make_person, make_user

pytestmark = pytest.mark.django_db


def test_it_is_of_exactly_one_row():
    for targets in ({}, {"article": make_article(), "person": make_person()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.create(values={}, **targets)


def test_an_account_has_one_open_proposal_for_a_row_and_any_number_of_decided_ones():
    person, by = make_person(), make_user()
    for _ in range(2):
        Proposal.objects.create(person=person, by=by, values={})
        assert Proposal.objects.open().close("left", by=by, reason="Not now.") == 1
    Proposal.objects.create(person=person, by=by, values={})
    Proposal.objects.create(person=person, by=make_user(), values={})
    Proposal.objects.create(person=make_person(), by=by, values={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(person=person, by=by, values={})


def test_what_is_decided_is_not_decided_again():
    article, by = make_article(), make_user()
    proposal = Proposal.objects.create(article=article, by=by, values={})
    mine = Proposal.objects.filter(pk=proposal.pk)
    assert mine.close("partly", by=by, revision_number=2, left_places=1) == 1
    assert mine.close("left", by=by) == 0
    proposal.refresh_from_db()
    assert (proposal.state, proposal.left_places, proposal.decided_by) == ("partly", 1, by)
    assert not proposal.is_open
    assert proposal.target == article
    assert list(Proposal.objects.of_target(article)) == [proposal]


def test_it_outlives_the_accounts_of_who_made_and_who_decided_it():
    reporters = make_user(), make_user()
    article = make_article()
    for by in reporters:
        Proposal.objects.create(article=article, by=by, values={}, decided_by=by)
    for by in reporters:
        by.delete()
    assert list(Proposal.objects.open().values_list("by", "decided_by")) == [(None, None)] * 2
