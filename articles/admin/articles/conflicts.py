"""A story was saved while somebody had it open: both merged in her form, and what collides is chosen part by part."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField
from django.http import QueryDict

from articles.admin.changes.merge_parts import (
    PART_PREFIX,
    chosen_sides,
    name_parts,
    show_parts,
    take_sides,
)
from articles.admin.changes.snapshot_diff import diff_snapshots, field_label
from articles.admin.local_time import format_input_datetime
from articles.models import Article, Revision, User
from articles.models.snapshot_merges import Snapshot, merge_snapshots
from articles.models.snapshots import (
    comparable_values,
    editable_fields,
    resolve_links,
    stored_value,
)
from articles.story_fields import FIELDS_BY_NAME, FieldKind
from articles.text.merge3 import apply_choices
from articles.text.numbers import parse_number

MERGE_BASE = (
    "merge_base"  # the revision that the parts on the page were compared with, as its form sends it
)


def prepare_conflict(form: Any) -> dict[str, Any]:
    """Merge into a stale ``form`` what was stored since it was opened; hers stays where both changed one place.

    Returns what ``_conflict.html`` wants of it. A form that has all that is stored is not written to: what collided
    when it was merged is shown again.
    """
    article = Article.objects.with_everything().get(pk=form.instance.pk)
    seen, stored = parse_number(form.data.get("seen_revision")), article.snapshot()
    is_newest = seen == form.stored_revision
    opened = parse_number(form.data.get(MERGE_BASE)) if is_newest else seen
    base, submitted = _read_revision(article, opened), submitted_snapshot(form)
    if is_newest and not opened:
        base = stored
    mine = _as_left(submitted, base)
    theirs = {name: _plain_lines(name, stored[name]) for name in mine}
    in_form = mine
    if not is_newest:
        in_form = apply_choices(merge_snapshots(base, mine, theirs), {})
    merged = merge_snapshots(base, in_form, theirs)  # as the next Save will find it
    form.data = form.data.copy()
    form.data["seen_revision"] = form.stored_revision
    changed = {name: value for name, value in in_form.items() if value != submitted[name]}
    write_to_form_data(form.data, changed)
    sides = [_invalid_fields(form, side) for side in (base, stored)]
    return {
        "is_own": saved_only_by(form.user, article, since=opened or 0),
        "last_revision": article.revisions.select_related("by").first(),
        "opened": opened or 0,
        "is_newest": is_newest,
        "parts": show_parts(merged, {}, name_parts(merged)),
        "incoming": diff_snapshots(mine, in_form),
        "invalid": diff_snapshots(*sides),
        "edited": [field_label(name) for name in form.edited_parts],
        "theirs": diff_snapshots(base, stored),
        "mine": diff_snapshots(stored, stored | in_form),
    }


def take_chosen_parts(form: Any) -> bool:
    """Write the other side of a conflict into the fields of ``form`` where it was chosen; tell whether any was.

    What was written by hand since the page was shown stays: ``form.edited_parts`` names the fields in which a choice
    met such words, or a field that is not valid, and was not done.
    """
    chosen = {name for name, side in chosen_sides(form.data).items() if side == "theirs"}
    if not chosen:
        return False
    article = form.instance
    base = _read_revision(article, parse_number(form.data.get(MERGE_BASE)))
    stored = _read_revision(article, parse_number(form.data.get("seen_revision")))
    mine = _as_left(submitted_snapshot(form), base)
    theirs = {name: stored[name] for name in mine if name in stored}
    values, missed = take_sides(base, mine, theirs, chosen)
    form.edited_parts = [name for name in FIELDS_BY_NAME if name in missed]
    form.data = form.data.copy()
    for name in [name for name in form.data if name.startswith(PART_PREFIX)]:
        del form.data[name]
    write_to_form_data(
        form.data, {name: value for name, value in values.items() if value != mine.get(name)}
    )
    return True


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


def _read_revision(article: Article, number: int | None) -> dict[str, Any]:
    """Return a revision as it compares with a form now; empty for one that there is not."""
    revision = Revision.objects.filter(article=article, number=number).first() if number else None
    if revision is None:
        return {}
    resolved, _ = resolve_links(Article, revision.snapshot)
    values = comparable_values(Article, resolved)
    return {name: _plain_lines(name, value) for name, value in values.items()}


def _as_left(submitted: Snapshot, base: Snapshot) -> dict[str, Any]:
    """Return what was sent, with the value of ``base`` where a form sends both alike: a time to the second."""
    fields = editable_fields(Article)
    values = {name: _plain_lines(name, value) for name, value in submitted.items()}
    for name, value in values.items():
        before = base.get(name)
        if isinstance(fields.get(name), DateTimeField) and value and before:
            texts = {format_input_datetime(datetime.fromisoformat(at)) for at in (value, before)}
            values[name] = value if len(texts) > 1 else before
    return values


def _plain_lines(name: str, value: Any) -> Any:
    """Return a text with the line ends of a file; a browser sends others."""
    is_text = FIELDS_BY_NAME[name].kind is FieldKind.TEXT if name in FIELDS_BY_NAME else False
    return value.replace("\r\n", "\n") if is_text else value


def _invalid_fields(form: Any, snapshot: Snapshot) -> dict[str, Any]:
    """Return what ``snapshot`` has in the fields that are not valid as they were sent, so that nothing was merged."""
    names = [name for name, field in FIELDS_BY_NAME.items() if field.form_name in form.errors]
    return {name: snapshot[name] for name in names if name in snapshot}
