"""Each table that is listed is described, with an address that leads somewhere."""

import pytest
from django.test import Client

from articles.admin.quotes.name_removal.places import DESCRIBED, group_hits
from articles.models import RightOfReply
from articles.record.name_removal.hits import NameHit
from articles.record.name_removal.tables import TABLES
from tests.factories import make_user
from tests.record.name_removal.crowded import make_crowded

pytestmark = pytest.mark.django_db


def test_each_listed_table_has_a_description():
    listed = {rule.model._meta.label for rule in TABLES if rule.listed}
    assert DESCRIBED.keys() == listed | {RightOfReply._meta.label}


def test_each_address_opens():
    chief = make_user(is_superuser=True)
    quote = make_crowded(chief)
    hits = [
        NameHit(rule.model._meta.label, row.pk, tuple(rule.listed))
        for rule in TABLES
        if rule.listed
        for row in rule.rows(quote.article_id)
    ]
    hits.append(NameHit(RightOfReply._meta.label, RightOfReply.objects.get().pk, ("person",)))
    groups = group_hits(hits)
    lines = [line for group in groups for line in group.lines]
    assert len(lines) == len(set(lines))
    client = Client()
    client.force_login(chief)
    answers = {text: client.get(address).status_code for text, address in lines if address}
    assert set(answers.values()) == {200}, answers


def test_a_row_that_is_gone_meanwhile_is_left_out():
    assert group_hits([NameHit("articles.Revision", 999, ("snapshot",))]) == []
