"""manage.py check_record --mend: what it takes from readers and from the desk, for a stated reason."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from articles.models import Edition
from articles.publishing import publish
from tests.factories import (
    make_article,
    make_membership,
    make_organization,
    make_person,
    make_quote,
)
from tests.management.commands.test_check_record import check

pytestmark = pytest.mark.django_db


@pytest.fixture
def private():
    """A live quote whose role was public when it was published."""
    ada = make_person("Ada Lund")
    story = make_article(body_html="<p>“It holds,” said Ada Lund.</p>")
    quote = make_quote(story, "It holds,", person=ada)
    organization = make_organization("Police of Sund")
    role = make_membership(ada, organization, "protected witness")
    publish(story, by=None)
    role.is_public = False
    role.save()
    return quote


def test_a_role_that_is_not_public_is_found_and_repair_takes_it_from_readers(capsys, private):
    status, output = check(capsys, "--only", "roles")
    assert status == 1
    assert f"roles: article {private.article_id}, edition 1: It is what readers have" in output
    assert "check_record --mend REASON" in output
    status, output = check(capsys, "--mend", "It said more than we may.")
    assert (status, output.splitlines()[0]) == (
        0,
        "Mended: sources forgotten 0, editions published anew 1, editions hidden 1.",
    )
    hidden = Edition.objects.get(is_hidden=True)
    assert (hidden.number, hidden.hidden_reason) == (1, "It said more than we may.")
    assert check(capsys, "--mend", "It said more than we may.")[1].startswith(
        "Mended: sources forgotten 0, editions published anew 0,"
    )


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_repair_needs_a_reason_that_readers_can_be_told(capsys, private, reason):
    with pytest.raises(CommandError, match="why editions are hidden"):
        call_command("check_record", "--mend", reason)
    assert Edition.objects.count() == 1


def test_a_repair_that_the_database_refuses_ends_with_2(capsys, private, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("the disk is gone")

    monkeypatch.setattr("articles.record.consistency.repair.withhold_everywhere", refuse)
    assert check(capsys, "--mend", "It said more.")[0] == 2
