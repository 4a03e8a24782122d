"""What somebody decided of a tag at the desk: no vocabulary overwrites it."""

from typing import Any

from articles.models import Tag


def fields_by_hand() -> dict[int, set[str]]:
    """Return the fields of each tag that somebody changed at the desk; whoever made a tag decided all of it."""
    edited_fields: dict[int, set[str]] = {}
    before: dict[int, Any] = {}
    columns = ("id", "history_user_id", "history_type", "name", "description", "parent_id")
    touched = Tag.history.filter(history_user__isnull=False).values("id")
    rows = Tag.history.filter(id__in=touched).order_by("history_id")
    for row in rows.values(*columns):
        previous = before.get(row["id"])
        if row["history_user_id"]:
            fields = {"name", "description", "parent_id"}
            if previous:
                fields = {name for name in fields if previous[name] != row[name]}
            fields = {name for name in fields if previous or row[name]}
            edited_fields.setdefault(row["id"], set()).update(
                name.removesuffix("_id") for name in fields
            )
        before[row["id"]] = row
    return edited_fields
