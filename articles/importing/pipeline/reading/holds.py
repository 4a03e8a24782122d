"""What keeps a story from readers whatever format it came in: its window of publication, and tags of a template."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any

from articles import dates
from articles.importing.formats.types import TEMPLATE_TAGS, Hold, ParsedArticle
from articles.story_fields import LINES
from articles.text.excerpt import shorten

_TAG = re.compile(r"\{[{%].{0,80}|%7B%(?:7B|25)", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>?")


def apply_holds(parsed: ParsedArticle, now: datetime) -> ParsedArticle:
    """Return a clean story with what holds it back at ``now`` (aware), each for the editors to read in its note.

    Not yet open at its source: under embargo until then. Taken down there: withheld. Text that shows a raw template
    tag (``{{``, ``{%``) of the site it comes from: on hold; code is no exception, since an editor can tell and a
    machine cannot.
    """
    fields: dict[str, Any] = {}
    holds, notes = [], [parsed.ed_note]
    if parsed.opens_at and parsed.opens_at > now:
        fields["embargoed_until"] = max(parsed.opens_at, parsed.embargoed_until or now)
        at = dates.format_datetime(parsed.opens_at)
        holds.append(Hold("not_yet", f"Its source does not publish it before {at}."))
    if parsed.expires_at and parsed.expires_at > now:
        notes.append(f"Its source takes it down on {dates.format_datetime(parsed.expires_at)}.")
    elif parsed.expires_at:
        if parsed.pub_status == "usable":
            fields["pub_status"] = "withheld"
        at = dates.format_datetime(parsed.expires_at)
        holds.append(Hold("expired", f"Its source took it down on {at}."))
    if tag := next(_template_tags(parsed), ""):
        sentence = (
            f"It shows a template tag of the site that it comes from: “{tag}”. "
            "Write what the tag stood for, then release the hold."
        )
        holds.append(Hold(TEMPLATE_TAGS, sentence))
    if not holds and len(notes) == 1:
        return parsed
    notes += [hold.sentence for hold in holds]
    return replace(parsed, **fields, holds=tuple(holds), ed_note="\n".join(filter(None, notes)))


def _template_tags(parsed: ParsedArticle) -> Iterator[str]:
    """Yield the beginning of a tag on one line, for each text of the story that shows one."""
    texts = [getattr(parsed, line.name) for line in LINES]
    texts += [line.name for line in parsed.bylines]
    for text in (*texts, *parsed.tags, parsed.body_html):
        if match := _TAG.search(text):
            tag = unescape(_MARKUP.sub(" ", match[0]))
            yield shorten(tag, 60)
