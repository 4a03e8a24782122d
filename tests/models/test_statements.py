"""How statements hang together: two of them, joined once."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import StatementLink

pytestmark = pytest.mark.django_db


def test_a_statement_bears_on_another_once_and_never_on_itself():
    StatementLink.objects.create(kind="repeats", later="b", earlier="a")
    StatementLink.objects.create(kind="repeats", later="a", earlier="b")
    for later, earlier in (("b", "a"), ("c", "c")):
        with pytest.raises(IntegrityError), transaction.atomic():
            StatementLink.objects.create(kind="contradicts", later=later, earlier=earlier)


def test_a_link_reads_as_a_sentence():
    assert str(StatementLink(kind="contradicts", later="b", earlier="a")) == "b contradicts a"
