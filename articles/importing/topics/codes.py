"""Codes of vocabularies -> the tags that they mean."""

from collections.abc import Iterable

from django.db.models import F

from articles.models import Tag, TagCode


def tags_by_code(qcodes: Iterable[str]) -> dict[str, int]:
    """Return the tags' keys by those of ``qcodes`` that are known, a tag's own code before one that leads to it.

    Tags in the trash are among them, but for a code that another tag has.
    """
    codes = {code for code in qcodes if code}
    if not codes:
        return {}
    tags = dict(TagCode.all_objects.filter(qcode__in=codes).values_list("qcode", "tag_id"))
    rows = Tag.all_objects.filter(qcode__in=codes).order_by(
        F("trashed_at").desc(nulls_last=True), "-pk"
    )
    return tags | dict(rows.values_list("qcode", "pk"))
