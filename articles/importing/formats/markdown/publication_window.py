"""When a site shows a story, as its front matter says: by every key that opens or closes, not by the first one.

Sources: https://gohugo.io/configuration/front-matter/#dates, https://jekyllrb.com/docs/front-matter/,
https://www.11ty.dev/docs/dates/, and what content systems beside them write.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from articles.text.dates import Precision, aware

DateParser = Callable[[str], tuple[datetime, Precision] | None]

_OPENS = set(  # without underscores
    "publishdate publishat publishon publishfrom publishtime published publishedat publishedon publisheddate "
    "publicationdate datepublished pubdate golivedate livefrom availablefrom visiblefrom showfrom".split()
)
_CLOSES = set(
    "expirydate expiry expires expiresat expireson expiredate expireat expirationdate expiration "
    "unpublishdate unpublishat unpublishon unpublish publishuntil availableuntil visibleuntil showuntil".split()
)
_NEVER = {"", "never", "none", "no", "false", "0", "~", "null"}
_FAR_FUTURE_DIGITS = "3456789"  # first digits of a year that stands for never


def read_publication_window(
    front: dict[str, Any], parse_date: DateParser, note: Callable[[str], object]
) -> dict[str, Any]:
    """Return ``opens_at`` (the latest) and ``expires_at`` (the earliest), as far as they are written.

    ``parse_date`` reads a date. What is written and is no date withholds the story: ``pub_status``, and a note.
    """
    opens: list[datetime] = []
    closes: list[datetime] = []
    is_clear = True
    for key, value in _window_entries(front):
        is_end = key.replace("_", "") in _CLOSES
        date = parse_date(value)
        if date:
            (closes if is_end else opens).append(date[0])
        elif (
            is_end and len(value) >= 10 and value[:4].isdecimal() and value[0] in _FAR_FUTURE_DIGITS
        ):
            continue
        elif key != "published":  # there stands a yes or a no as well, which the status is made of
            note(f"{key} as written: {value}")
            is_clear = False
    fields: dict[str, Any] = {} if is_clear else {"pub_status": "withheld"}
    if opens:
        fields["opens_at"] = max(opens, key=_sort_key)
    if closes:
        fields["expires_at"] = min(closes, key=_sort_key)
    return fields


def _window_entries(front: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a window that say something; what is no single value says nothing clear."""
    for key, value in front.items():
        name = key.replace("_", "")
        if name in _OPENS or name in _CLOSES:
            text = value.strip() if isinstance(value, str) else "several values" if value else ""
            if text and not (name in _CLOSES and text.casefold() in _NEVER):
                yield key, text


def _sort_key(value: datetime) -> datetime:
    return aware(value, UTC)
