"""Composed -> ninjs 3.1. Source: https://iptc.org/std/ninjs/ninjs-schema_3.1.json"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from articles.composed import Composed, CorrectionNote, Link, Picture
from articles.story_fields import STORY_FIELDS

from .schema_org import picture_url

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def news_item(story: Composed, url: str) -> dict[str, Any]:
    """Return ``story`` as an item whose uri is ``url``, its canonical address. Nothing that is not on its page.

    ``by`` is "Name; Name (role)"; ``literal`` says of a subject what it is: section:slug, topic:slug, series:slug.
    Moments are UTC; ``firstCreated`` is when readers first got the story, midnight when only its day is known.
    """
    item = {
        "standard": _STANDARD,
        "uri": url,
        "type": "text",
        "representationType": "full",
        "firstCreated": story.published_at and story.published_at.isoformat(),
        "versionCreated": story.modified_at and story.modified_at.isoformat(),
        "pubStatus": "usable",
        "copyrightHolder": story.credit or settings.PAPER_NAME,
        "edNote": "\n".join(map(_correction, story.corrections)),
        "headlines": _texts(main=story.headline, kicker=story.kicker),
        "descriptions": _texts(summary=story.dek),
        "bodies": _body_fields(story),
        "by": _by(story),
        "people": [{"name": link.name} for link in story.people],
        "organisations": [{"name": link.name} for link in story.organizations],
        "places": [_tag(tag) for tag in story.tags if tag.kind == "place"],
        "subjects": [_tag(tag) for tag in story.tags if tag.kind != "place"],
        "infoSources": [{"name": story.credit}] if story.credit else [],
        "associations": _pictures(story, story.picture) if story.picture else [],
    }
    item |= {field.ninjs: getattr(story, field.name) for field in STORY_FIELDS if field.ninjs}
    return {name: value for name, value in item.items() if value not in ("", None, [])}


def _correction(note: CorrectionNote) -> str:
    text = gettext("Correction: %(wrong)s %(right)s")
    return text % {"wrong": note.wrong, "right": note.right}


def _body_fields(story: Composed) -> list[dict[str, Any]]:
    counts = {"charCount": len(story.body_text), "wordCount": len(story.body_text.split())}
    return [
        {"role": "main", "contentType": "text/html", **counts, "value": story.body_html},
        {"role": "text", "contentType": "text/plain", **counts, "value": story.body_text},
    ]


def _texts(**texts: str) -> list[dict[str, str]]:
    """Return the texts that say something under their roles."""
    return [
        {"role": role, "contentType": "text/plain", "value": value}
        for role, value in texts.items()
        if value
    ]


def _by(story: Composed) -> str:
    names = [
        f"{credit.name} ({credit.role})" if credit.role else credit.name for credit in story.bylines
    ]
    return "; ".join(names)


def _tag(tag: Link) -> dict[str, str]:
    return {"name": tag.name, "literal": f"{tag.kind}:{tag.slug}"}


def _pictures(story: Composed, picture: Picture) -> list[dict[str, Any]]:
    """Return the lead picture as the one associated item."""
    address, width = picture_url(story), max(picture.widths)
    main = {
        "name": "main",
        "href": address,
        "contentType": "image/jpeg",
        "width": width,
        "height": max(1, round(picture.height * width / picture.width)),
    }
    item = {
        "name": "lead picture",
        "uri": address,
        "type": "picture",
        "by": picture.credit,
        "descriptions": _texts(caption=picture.caption, alternative=picture.alt),
        "renditions": [main],
    }
    return [{name: value for name, value in item.items() if value not in ("", [])}]
