"""Two snapshots of a story side by side, in words: names for keys, a marked text for the body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles import printed
from articles.models import Article, Image, Organization, Person, Tag
from articles.text.diff import Passage, diff
from articles.text.html import plain_text

LINKS = {"tags": Tag, "people": Person, "organizations": Organization}
ORDER = (
    "headline kicker dek bylines dateline body_html tags people organizations lead_image published_at date_precision "
    "embargoed_until is_on_hold pub_status stage credit language slug ed_note is_headline_derived"
).split()
LABELS = {"body_html": "text", "bylines": "byline", "lead_image": "picture"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: both values as text, and ``html`` with what went and what came marked."""

    name: str
    label: str
    before: str
    after: str
    html: SafeString


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what differs between two values of ``Article.snapshot()``, in the order of the form.

    A field that one of them lacks counts as alike: a waiting change holds only what its source knows.
    """
    names = [
        name for name in ORDER if name in before and name in after and before[name] != after[name]
    ]
    found = []
    for name in names:
        old, new = in_text(name, before[name]), in_text(name, after[name])
        if old != new:
            found.append(Difference(name, label_of(name), old, new, marked(old, new)))
        elif name == "body_html":
            found.append(_of_markup(name, before[name], after[name]))
    return found


def marked(before: str, after: str) -> SafeString:
    """Return both texts as one, as escaped HTML: what went in del, what came in ins, unchanged paragraphs counted."""
    return format_html_join(
        "", "<p>{}</p>", ([_passage(passage)] for passage in diff(before, after))
    )


def _passage(passage: Passage) -> SafeString | str:
    if passage.skipped:
        count = passage.skipped
        return format_html("<em>… {} paragraph{} unchanged …</em>", count, "s" if count > 1 else "")
    forms = {"equal": "{}", "insert": "<ins>{}</ins>", "delete": "<del>{}</del>"}
    pieces = (format_html(forms[piece.op], piece.text) for piece in passage.pieces)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def in_text(name: str, value: Any) -> str:
    """Return a value of a snapshot as an editor reads it."""
    if name in LINKS:
        rows = LINKS[name].objects.in_bulk(value)
        return ", ".join(str(rows.get(key, f"no. {key}, deleted")) for key in value)
    if value is None or value == "":
        return ""
    if name == "lead_image":
        return str(Image.objects.filter(pk=value).first() or f"no. {value}, deleted")
    if name == "body_html":
        return plain_text(value)
    if name == "bylines":
        return "\n".join(f"{who} ({role})" if role else who for who, role in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in ("published_at", "embargoed_until"):
        return printed.moment(datetime.fromisoformat(value))
    return str(value)


def label_of(name: str) -> str:
    """Return what the form calls the field."""
    if name in LABELS:
        return LABELS[name]
    return str(Article._meta.get_field(name).verbose_name)


def _of_markup(name: str, before: str, after: str) -> Difference:
    """The words are the same: show the markup, or a link that changed would go unseen."""
    return Difference(name, "text (links and emphasis only)", before, after, marked(before, after))
