"""Two editors saved one story: what each changed, and a form in which neither's work is lost."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from articles.models import Article, Revision

from .compare import differences, label_of

LINKS = ("tags", "people", "organizations")
TIMES = ("published_at", "embargoed_until")


def conflict(form: Any) -> dict[str, Any]:
    """Prepare a stale ``form`` for its page: what only the other editor changed is brought in, the rest stays as sent.

    Returns the last revision, what they changed since this editor opened the story, and how hers differs from theirs.
    """
    article = Article.objects.with_everything().get(pk=form.instance.pk)
    now, mine = article.snapshot(), submitted(form)
    seen = Revision.objects.filter(article=article, number=_seen(form)).first()
    base = seen.snapshot if seen else now
    brought = {
        name: now[name]
        for name in mine
        if name in base and mine[name] == base[name] and now[name] != base[name]
    }
    form.data = form.data.copy()
    form.data["seen_revision"] = form.stored_number
    bring_in(form.data, brought)
    return {
        "last": article.revisions.select_related("by").first(),
        "brought": [label_of(name) for name in brought],
        "theirs": differences(base, now),
        "mine": differences(now, now | mine | brought),
    }


def submitted(form: Any) -> dict[str, Any]:
    """Return what the editor sent, in the shape of ``Article.snapshot()``, as far as it is valid."""
    sent = form.cleaned_data
    values = {name: sent[name] for name in form.Meta.fields if name in sent}
    for name in LINKS:
        if name in values:
            values[name] = sorted(row.pk for row in values[name])
    for name in TIMES:
        if values.get(name):
            values[name] = values[name].astimezone(UTC).isoformat()
    if "lead_image" in values:
        values["lead_image"] = values["lead_image"] and values["lead_image"].pk
    if "byline" in sent:
        values["bylines"] = sent["byline"]
    return values


def bring_in(data: QueryDict, values: Mapping[str, Any]) -> None:
    """Write ``values`` of a snapshot into ``data`` as the form's fields send them."""
    for name, value in values.items():
        if name == "bylines":
            data.setlist("byline_place", [str(place) for place in range(1, len(value) + 1)])
            data.setlist("byline_name", [who for who, _ in value])
            data.setlist("byline_role", [role for _, role in value])
        elif name in LINKS:
            data.setlist(name, [str(key) for key in value])
        elif name in TIMES and value:
            data[name] = timezone.localtime(datetime.fromisoformat(value)).strftime(
                "%Y-%m-%dT%H:%M:%S"
            )
        elif value is True:
            data[name] = "on"
        elif value is None or value is False:
            data.pop(name, None)
        else:
            data[name] = value


def _seen(form: Any) -> int:
    text = str(form.data.get("seen_revision", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else 0
