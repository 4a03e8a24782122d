"""No text of any table is forgotten when the name of a source goes: cleaned, listed, or exempt for a stated reason."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from articles.models import Quote, User
from articles.record.name_removal.hits import NameHit
from articles.record.name_removal.remove import remove_source_name
from articles.record.name_removal.tables import TABLES
from tests.factories import make_user
from tests.rollback import rolled_back

from .crowded import DECISION, is_clean, make_crowded, planted

pytestmark = pytest.mark.django_db
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
SENT_FORMS = {  # deleted, or made to say less
    "articles.FormSubmission": "message location popup",
    "articles.UnsavedForm": "values",
}
OF_THE_ROW = {  # of the person or organization: deleted with its row, which else stays, as the screen says
    "articles.Person": "name slug given_name family_name sort_name honorific biography",
    "articles.HistoricalPerson": "name slug given_name family_name sort_name honorific biography "
    "history_change_reason",
    "articles.Organization": "name slug abbreviation description",
    "articles.HistoricalOrganization": "name slug abbreviation description history_change_reason",
    "articles.OtherName": "name",
    "articles.Membership": "role start_date end_date source_url",
    "articles.HistoricalMembership": "role start_date end_date source_url history_change_reason",
    "articles.Identifier": "scheme identifier",
    "articles.Merge": "name slug",
}
EXEMPT: dict[
    str, str
] = {  # a table, or one column of it: why no name of a source is looked for there
    "admin.LogEntry.object_id": "the key of a row",
    "articles.Article.language": "a tag of a language",
    "articles.Article.original_map": "numbers",
    "articles.Article.source": "the name of a source of imports",
    "articles.Author.name": "who writes the paper, by open name",
    "articles.Author.email": "an address of who writes the paper",
    "articles.HistoricalAuthor": "who writes the paper, by open name",
    "articles.HistoricalAuthorLink": "who writes the paper, by open name",
    "articles.ArticleSearch": "stems of the story as it is now, made anew with each revision; names by their keys",
    "articles.DeskNameWord": "words of the names of rows, made anew with them, gone with them",
    "articles.Edition.date_precision": "a word of ours",
    "articles.PeriodCount.precision": "a word of ours",
    "articles.Edition.language": "a tag of a language",
    "articles.Edition.rendered_with": "a digest of templates",
    "articles.EditionQuote.kind": "a word of ours",
    "articles.EditionQuote.quote_key": "a random key",
    "articles.EditionQuote.statement_key": "a digest of words that readers have",
    "articles.SavedForm.token": "random",
    "articles.EditionSearch": "stems of what readers have, made anew with the edition",
    "articles.NameWord": "words of the names of rows, made anew with them",
    "articles.EmptiedItem": "of stories that are deleted whole",
    "articles.FormSubmission.path": "an address of the desk",
    "articles.FormSubmission.content": "a keyed digest",
    "articles.FormSubmission.token": "random",
    "articles.FormerTagName": "the vocabulary of the paper",
    "articles.HistoricalQuote.original_language": "a tag of a language",
    "articles.HistoricalQuote.quote_key": "a random key",
    "articles.HistoricalTag": "the vocabulary of the paper",
    "articles.Image.original": "a random name of a file",
    "articles.Image.sha256": "a digest of a file",
    "articles.Image.taken_on": "a day",
    "articles.Image.token": "random",
    "articles.ImportBatch.digest": "a digest of many records",
    "articles.ImportBatch.met": "counts",
    "articles.ImportBatch.made": "keys of rows",
    "articles.ImportRun.format": "the name of a format",
    "articles.ImportRun.met": "counts",
    "articles.ImportRun.source": "the name of a source of imports",
    "articles.ImportedItem.hash": "a digest of a whole record",
    "articles.ImportedItem.source": "the name of a source of imports",
    "articles.ImportedItem.version": "the number of a version",
    "articles.Mention.spans": "numbers",
    "articles.MergeStep.model": "the name of a table",
    "articles.Quote.original_language": "a tag of a language",
    "articles.Quote.quote_key": "a random key",
    "articles.StatementLink": "keys of quotes",
    "articles.Subscription": "feeds of other papers",
    "articles.Suggestion.extractor": "the version of a program",
    "articles.Suggestion.fingerprint": "a digest of words of the text; goes with the row of a name",
    "articles.Suggestion.pattern": "the name of a rule",
    "articles.SupersededContent": "a digest of a whole record",
    "articles.Tag.qcode": "the code of a register of topics",
    "articles.TagCode": "the codes and labels of a register of topics",
    "articles.TrashEntry.kind": "the name of a table",
    "articles.UnsavedForm.path": "an address of the desk",
    "articles.UnsavedForm.token": "random",
    "articles.User": "the accounts of the newsroom",
    "articles.WaitingChange.version": "the number of a version",
    "articles.WavedOff.check_name": "the name of a check",
    "articles.WavedOff.fingerprint": "a digest of a warning",
    "auth.Group": "the roles of the newsroom",
    "auth.Permission": "Django's own",
    "contenttypes.ContentType": "Django's own",
    "sessions.Session": "who is signed in; ends with the session",
}


REDACTED = [(rule.model, column) for rule in TABLES for column in rule.redacted]
REDACTED += [
    (apps.get_model(label), c) for label, names in SENT_FORMS.items() for c in names.split()
]
LISTED = [(rule.model, column) for rule in TABLES for column in rule.listed]


def text_columns() -> Iterator[str]:
    """Give each column of each table that holds free text, as ``app.Model.column``."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, TEXTS) and not field.choices and not field.primary_key:
                yield f"{model._meta.label}.{field.name}"


def labels(pairs: list[tuple[Any, str]]) -> list[str]:
    return [f"{model._meta.label}.{column}" for model, column in pairs]


def test_each_text_of_each_table_has_one_rule():
    rules = [*labels(REDACTED), *labels(LISTED), *EXEMPT]
    rules += [f"{label}.{name}" for label, names in OF_THE_ROW.items() for name in names.split()]
    assert len(rules) == len(set(rules))
    columns = set(text_columns())
    whole_tables = {label for label in EXEMPT if label.count(".") == 1}
    missing = {c for c in columns - set(rules) if c.rpartition(".")[0] not in whole_tables}
    assert missing == set(), "what becomes of the name of a source there?"
    assert set(rules) - whole_tables - columns == set(), "no such text"
    assert all(EXEMPT.values())


def plant(model: Any, column: str) -> None:
    """Write the name into ``column`` of all rows of ``model``, of which there is at least one."""
    rows = model._base_manager.all()
    if column == "unnamed":  # there only where nobody is named
        rows = rows.filter(person=None)
    assert rows.update(**{column: planted(model, column)}), "no row"


def test_the_name_goes_from_each_note(subtests):
    chief = make_user(is_superuser=True)
    quote = make_crowded(chief)
    for label, (model, column) in zip(labels(REDACTED), REDACTED, strict=True):
        with subtests.test(label), rolled_back():
            check_redacted(quote, model, column, chief)


def check_redacted(quote: Quote, model: Any, column: str, chief: User) -> None:
    """Write the name into ``column``: its removal leaves nothing of it there, and counts the table."""
    plant(model, column)
    report = remove_source_name(quote, DECISION, by=chief)
    assert [v for v in model._base_manager.values_list(column, flat=True) if not is_clean(v)] == []
    assert report.counts[model._meta.label] or column in ("prefix", "suffix")


def test_what_may_not_change_is_listed_and_does_not_change(subtests):
    chief = make_user(is_superuser=True)
    quote = make_crowded(chief)
    for label, (model, column) in zip(labels(LISTED), LISTED, strict=True):
        with subtests.test(label), rolled_back():
            check_listed(quote, model, column, chief)


def check_listed(quote: Quote, model: Any, column: str, chief: User) -> None:
    """Write the name into ``column``: its removal changes nothing there, and names each row."""
    plant(model, column)
    rows = (
        model._base_manager.exclude(**{column: ""}) if column == "unnamed" else model._base_manager
    )
    before = dict(rows.values_list("pk", column))
    report = remove_source_name(quote, DECISION, by=chief)
    hits = [hit for hit in report.hits if hit.table == model._meta.label]
    assert {hit.key for hit in hits if column in hit.columns} >= before.keys()
    after = dict(model._base_manager.filter(pk__in=before).values_list("pk", column))
    assert after == before
    assert all(isinstance(hit, NameHit) for hit in report.hits)


def test_a_story_without_the_name_has_no_hit():
    chief = make_user(is_superuser=True)
    assert remove_source_name(make_crowded(chief), DECISION, by=chief).hits == []
