"""What came in: runs, their batches, the stories of a source, the versions that wait for an editor."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import ImportBatch, ImportRun, SupersededContent, WaitingChange
from tests.factories import make_article
from tests.models.rows import make_change, make_item, make_run

pytestmark = pytest.mark.django_db


def test_runs_and_changes_stand_newest_first_and_batches_in_their_order():
    runs = [make_run(), make_run()]
    assert list(ImportRun.objects.all()) == runs[::-1]
    changes = [make_change(), make_change()]
    assert list(WaitingChange.objects.all()) == changes[::-1]
    batches = [ImportBatch.objects.create(run=runs[0], number=n, digest="0") for n in (2, 1)]
    assert list(runs[0].batches.all()) == batches[::-1]


def test_an_article_has_one_version_that_waits_at_most():
    article = make_article()
    make_change(article, state="taken")
    make_change(article)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_change(article)
    make_change(article, state="left")
    make_change(make_article())


def test_each_row_of_an_import_says_what_it_is():
    run = make_run()
    assert str(run) == f"wire, run {run.pk}"
    assert str(make_run(source="")).startswith("import, run ")
    assert str(ImportBatch(run=run, number=3)) == f"batch 3 of run {run.pk}"
    item = make_item(ref="a-7")
    assert str(item) == "wire a-7"
    assert str(SupersededContent(item=item, hash="0123456789")) == f"01234567 of {item.pk}"
    change = make_change(state="taken")
    assert str(change) == f"Change to {change.article_id}, taken over"
