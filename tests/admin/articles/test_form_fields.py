"""Whatever field a story has: it is kept, compared, merged and restored, or a test names it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.urls import reverse

from articles.admin.articles.admin import ArticleAdmin
from articles.admin.articles.form import ArticleForm
from articles.admin.changes.snapshot_diff import diff_snapshots
from articles.models import Article
from articles.models.snapshots import default_value, editable_fields
from tests.admin.forms import fields_of, form_of, texts_of
from tests.factories import make_article, make_image, make_organization, make_person, make_tag

pytestmark = pytest.mark.django_db
FIELDS = editable_fields(Article)
HOLD_FIELDS = {
    "is_on_hold",
    "pub_status",
    "embargoed_until",
}  # an old version lifts no hold of today
NOT_BY_HAND = {"is_headline_derived", "pub_status"}  # follow from the headline, or from the wire
ROWS = {"tag": make_tag, "person": make_person, "organization": make_organization}
BY_NAME = {"body_html": "<p>Another text.</p>", "language": "fr", "slug": "another"}


def other_value(field: Any) -> Any:
    """Return a value of ``field`` as a snapshot has it, which is not its default."""
    if field.is_relation:
        row = ROWS.get(field.related_model._meta.model_name, make_image)()
        return [row.pk] if field.many_to_many else row.pk
    if field.choices:
        default = default_value(field)
        return next(value for value, _ in field.choices if value not in (default, "", None))
    kinds = (
        (models.BooleanField, not field.get_default()),
        (models.DateTimeField, datetime(2024, 5, 1, 12, tzinfo=UTC).isoformat()),
        (models.DateField, "2024-05-01"),
        (models.DecimalField, "7"),
        (models.IntegerField, 7),
        (models.URLField, "https://a.example/"),
    )
    plain = BY_NAME.get(field.name, "Another")
    return next((value for kind, value in kinds if isinstance(field, kind)), plain)


def other_values() -> dict[str, Any]:
    values = {name: other_value(field) for name, field in FIELDS.items()}
    return values | {"bylines": [["Nia Vale", "pictures"]]}


def save_revision(article: Article, values: dict[str, Any]) -> None:
    article.apply_snapshot(values)
    article.create_revision(None)


def stored(article: Article) -> dict[str, Any]:
    return Article.objects.with_everything().get(pk=article.pk).snapshot()


def test_what_may_be_edited_is_in_the_form_and_on_its_page():
    assert set(ArticleForm.Meta.fields) == FIELDS.keys() - NOT_BY_HAND
    assert not set(ArticleForm.Meta.fields) - set(flatten_fieldsets(ArticleAdmin.fieldsets))


@pytest.mark.parametrize("name", [*FIELDS, "bylines"])
def test_each_field_is_kept_and_compared(name):
    article, value = make_article(), other_values()[name]
    before = article.snapshot()
    save_revision(article, {name: value})
    assert stored(article)[name] == value
    assert [difference.name for difference in diff_snapshots(before, stored(article))] == [name]


def test_no_field_of_a_colleague_is_lost_when_two_save_at_once(chief_client):
    article = make_article(headline="As it was")
    mine = fields_of(chief_client.get(form_of(article)), "article_form")
    mine |= {"headline": "Mine", "_save": "1"}
    theirs = {name: value for name, value in other_values().items() if name not in NOT_BY_HAND}
    save_revision(article, theirs | {"headline": "As it was"})
    response = chief_client.post(form_of(article), mine)
    assert response.status_code == 409
    chief_client.post(form_of(article), fields_of(response, "article_form") | {"_save": "1"})
    assert {name: stored(article)[name] for name in theirs} == theirs | {"headline": "Mine"}


def test_each_field_is_brought_back_with_its_revision(chief_client):
    article = make_article()
    values = other_values()
    save_revision(article, values)
    save_revision(
        article, {name: default_value(field) for name, field in FIELDS.items()} | {"bylines": []}
    )
    chief_client.post(reverse("admin:articles_article_restore", args=[article.pk, 2]))
    current = stored(article)
    lost = {name for name in values if name not in HOLD_FIELDS and current[name] != values[name]}
    assert lost == set()


@pytest.mark.parametrize("name", [name for name in FIELDS if name not in HOLD_FIELDS])
def test_a_revision_from_before_a_field_has_its_default(chief_client, name):
    article = make_article()
    revision = article.revisions.get()
    del revision.snapshot[name]
    revision.save()
    save_revision(article, {name: other_value(FIELDS[name])})
    page = chief_client.get(reverse("admin:articles_article_revision", args=[article.pk, 2]))
    assert texts_of(page, "differences"), "the page of the revision shows what changed"
    chief_client.post(reverse("admin:articles_article_restore", args=[article.pk, 1]))
    assert stored(article)[name] == default_value(FIELDS[name])


def test_a_form_opened_before_a_field_was_added_takes_nothing_back(chief_client):
    article = make_article()
    mine = fields_of(chief_client.get(form_of(article)), "article_form")
    revision = article.revisions.get()
    for name in ("kicker", "tags", "published_at"):
        del revision.snapshot[name]
    revision.save()
    theirs = {"kicker": "Theirs", "tags": [make_tag().pk]}
    save_revision(article, theirs)
    response = chief_client.post(form_of(article), mine | {"headline": "Mine", "_save": "1"})
    chief_client.post(form_of(article), fields_of(response, "article_form") | {"_save": "1"})
    current = stored(article)
    assert {name: current[name] for name in theirs} == theirs
    assert current["headline"] == "Mine"


def test_a_version_that_waits_changes_only_what_it_knows():
    article = make_article(kicker="Ours")
    save_revision(article, {"headline": "From the wire"})
    assert stored(article)["kicker"] == "Ours"


@pytest.mark.parametrize(
    "phrase",
    [
        "The line above the headline",
        "also called standfirst",
        "the lede",
        "is a crosshead",
        "“OSTBY, 3 March –”",
        "Nothing of it may go out before this time",
        "It must not be out now",
        "From editor to editor",
        "What others may do with the story",
        "withheld (not now) or canceled (never)",
    ],
)
def test_the_form_explains_the_words_of_newsrooms(chief_client, phrase):
    article = make_article(source="agency")
    assert phrase in " ".join(texts_of(chief_client.get(form_of(article)), "help"))


def test_the_history_explains_editions_and_the_working_copy(chief_client):
    address = reverse("admin:articles_article_history", args=[make_article().pk])
    text = " ".join(texts_of(chief_client.get(address), "help"))
    assert "An edition is the story as readers got it" in text
    assert "the working copy: the story as editors have it" in text
