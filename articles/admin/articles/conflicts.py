"""A story was saved while somebody had it open: what each changed, and a form in which neither's work is lost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField
from django.http import QueryDict

from articles.admin.changes.snapshot_diff import diff_snapshots, field_label
from articles.admin.local_time import format_input_datetime
from articles.models import Article, Revision, User
from articles.models.snapshots import editable_fields, fill_defaults, resolve_links, stored_value
from articles.text.numbers import parse_number


def prepare_conflict(form: Any) -> dict[str, Any]:
    """Prepare a stale ``form`` for its page: what only the other editor changed is brought in, the rest stays as sent.

    Returns the last revision, what they changed since this editor opened the story, and how hers differs from theirs.
    """
    article = Article.objects.with_everything().get(pk=form.instance.pk)
    stored, submitted = article.snapshot(), submitted_snapshot(form)
    seen = Revision.objects.filter(
        article=article, number=parse_number(form.data.get("seen_revision"))
    ).first()
    base = resolve_links(Article, fill_defaults(Article, seen.snapshot))[0] if seen else stored
    merged = {
        name: stored[name]
        for name in submitted
        if name in base and submitted[name] == base[name] and stored[name] != base[name]
    }
    form.data = form.data.copy()
    form.data["seen_revision"] = form.stored_revision
    write_to_form_data(form.data, merged)
    return {
        "is_own": saved_only_by(form.user, article, since=seen.number if seen else 0),
        "last_revision": article.revisions.select_related("by").first(),
        "merged_fields": [field_label(name) for name in merged],
        "theirs": diff_snapshots(base, stored),
        "mine": diff_snapshots(stored, stored | submitted | merged),
    }


def saved_only_by(user: User, article: Article, *, since: int) -> bool:
    """Tell whether all revisions of ``article`` after number ``since`` are by ``user``: nobody else interfered."""
    newer = article.revisions.filter(number__gt=since)
    return newer.exists() and not newer.exclude(by=user).exists()


def is_as_stored(form: Any) -> bool:
    """Tell whether the editor sent what the database holds by now: the same words, saved once more."""
    stored = Article.objects.with_everything().get(pk=form.instance.pk).snapshot()
    return not form.errors and stored == stored | submitted_snapshot(form)


def submitted_snapshot(form: Any) -> dict[str, Any]:
    """Return what the editor sent, in the shape of ``Article.snapshot()``, as far as it is valid."""
    cleaned, fields = form.cleaned_data, editable_fields(Article)
    values = {name: stored_value(fields[name], cleaned[name]) for name in fields if name in cleaned}
    if "byline" in cleaned:
        values["bylines"] = cleaned["byline"]
    return values


def write_to_form_data(data: QueryDict, values: Mapping[str, Any]) -> None:
    """Write ``values`` of a snapshot into ``data`` as the form's fields send them."""
    fields = editable_fields(Article)
    for name, value in values.items():
        if name == "bylines":
            data.setlist("byline_place", [str(place) for place in range(1, len(value) + 1)])
            data.setlist("byline_name", [author for author, _ in value])
            data.setlist("byline_role", [role for _, role in value])
        elif fields[name].many_to_many:
            data.setlist(name, [str(key) for key in value])
        elif isinstance(fields[name], DateTimeField) and value:
            data[name] = format_input_datetime(datetime.fromisoformat(value))
        elif value is True:
            data[name] = "on"
        elif value is None or value is False:
            data.pop(name, None)
        else:
            data[name] = str(value)
