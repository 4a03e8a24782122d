"""One item of a Superdesk archive -> the ninjs item that it means. Its desks, users and workflow stay outside.

Source: the items that Superdesk's interfaces answer and that its database exports (dates as ``$date`` too).
"""

from datetime import UTC, datetime
from typing import Any

from articles.importing.formats.common.xml_fields import dateline_place
from articles.importing.formats.types import RecordError, RemotePicture
from articles.text.characters import printable
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

_COPIED_FIELDS = set(
    "type version headline slugline language pubstatus ednote source copyrightholder copyrightnotice"
    " service embargoed body_text description_text description_html infosource".split()
)
_LIVE = {"published", "corrected", "being_corrected", "unpublished", "killed", "recalled"}
_UNPUBLISHED_REASONS = {
    "draft": Message("it is a draft", code="superdesk.draft"),
    "ingested": Message("it came in from a wire and no desk took it", code="superdesk.ingested"),
    "routed": Message("it came in from a wire and no desk took it", code="superdesk.ingested"),
    "fetched": Message("a desk took it and has not published it", code="superdesk.in_progress"),
    "submitted": Message("a desk has it and has not published it", code="superdesk.in_progress"),
    "in_progress": Message("a desk has it in work", code="superdesk.in_progress"),
    "correction": Message("its correction is in work", code="superdesk.in_correction"),
    "spiked": Message("it was spiked", code="superdesk.spiked"),
}
_CANCELED_STATES = {"killed", "recalled", "unpublished"}
_NO_SUBJECTS = {"distribution", "genre", "label", "priority", "source", "sources", "products"}
_PLANS = {"dates", "coverages", "planning_items", "definition_short", "calendars"}
_PUBLISH = "Publish it there, or leave it out."
_REMEDY = "Correct it at the source and export it again."


def as_ninjs(item: dict[str, Any]) -> dict[str, Any]:
    """Return ``item`` as ninjs 1.x has it. Raises RecordError for what was not published and for values of wrong types.

    What no desk published is refused; killed, recalled and unpublished is ``canceled``; scheduled is embargoed.
    """
    fields = {
        name: value for name, value in item.items() if name in _COPIED_FIELDS and value is not None
    }
    if _PLANS & item.keys() and not item.get("body_html"):
        raise RecordError(
            "type",
            Message("a plan of coverage is no story", code="superdesk.planning"),
            "Leave it out of the import.",
        )
    fields["uri"] = _id(item)
    fields["version"] = _text(item, "_current_version", "version")
    fields |= _status(item)
    for name in ("firstpublished", "firstcreated", "versioncreated"):
        fields[name] = _date_text(item, name)
    fields["body_html"] = "\n".join(
        filter(None, (_text(item, "body_html"), _text(item, "body_footer")))
    )
    if abstract := _text(item, "abstract"):
        fields["description_html"] = abstract
    if located := _located(item):
        fields["located"] = located
    if byline := _plain(_text(item, "byline")):
        fields["byline"] = byline
    fields["authors"] = _authors(item)
    fields["subject"] = _subjects(item)
    fields["place"] = _name_entries(item, "place")
    fields["service"] = _name_entries(item, "service") + _name_entries(item, "anpa_category")
    fields["associations"] = [_association_fields(media) for media in _associated(item).values()]
    return {name: value for name, value in fields.items() if value}


def is_corrected(item: dict[str, Any]) -> bool:
    """Tell whether this version corrects one that was published."""
    return item.get("state") == "corrected"


def featured_picture(item: dict[str, Any]) -> RemotePicture | None:
    """Return the lead picture (``featuremedia``) where it can be had by http."""
    media = _associated(item).get("featuremedia") or {}
    renditions = media.get("renditions")
    for name in ("original", "baseImage", "viewImage"):
        rendition = renditions.get(name) if isinstance(renditions, dict) else None
        href = rendition.get("href") if isinstance(rendition, dict) else None
        if isinstance(href, str) and href.startswith(("https://", "http://")):
            texts = (_plain(_text(media, *names)) for names in _PICTURE)
            return RemotePicture(printable(href).strip(), *texts)
    return None


_PICTURE = (("alt_text",), ("description_text",), ("byline", "source"))


def _status(item: dict[str, Any]) -> dict[str, str]:
    """Return the status and the embargo of what was published, or is to be at a time that is set."""
    state, fields = _text(item, "state").casefold(), _embargo(item)
    flags = item.get("flags")
    flags = flags if isinstance(flags, dict) else {}
    if flags.get("marked_for_not_publication"):
        raise RecordError(
            "flags",
            Message("it is marked as not for publication", code="superdesk.not_for_publication"),
            "Leave it out of the import.",
        )
    if state in _UNPUBLISHED_REASONS:
        raise RecordError("state", _UNPUBLISHED_REASONS[state], _PUBLISH)
    if state == "scheduled":
        due = _date_text(item, "publish_schedule") or _scheduled(item, "utc_publish_schedule")
        fields = fields or {"embargoed": due or "scheduled without a time"}
    elif state and state not in _LIVE:
        raise RecordError(
            "state",
            Message(
                "%(state)s is not published",
                {"state": repr(printable(state)[:20])},
                "superdesk.unpublished",
            ),
            _PUBLISH,
        )
    if state in _CANCELED_STATES:
        fields["pubstatus"] = "canceled"
    elif flags.get("marked_for_legal"):
        fields["pubstatus"] = "withheld"
    return fields


def _embargo(item: dict[str, Any]) -> dict[str, str]:
    until = _scheduled(item, "utc_embargo") or _date_text(item, "embargo")
    return {"embargoed": until} if until else {}


def _scheduled(item: dict[str, Any], name: str) -> str:
    """Return a moment of the schedule, which is in UTC, whatever zone the desk is in."""
    settings = item.get("schedule_settings")
    sent = _date_text(settings, name) if isinstance(settings, dict) else ""
    is_naive = sent and "T" in sent and not any(mark in sent[10:] for mark in "Z+-")
    return f"{sent}Z" if is_naive else sent


def _id(item: dict[str, Any]) -> str:
    for name in ("guid", "uri", "item_id", "_id"):
        value = item.get(name)
        if isinstance(value, dict):
            value = value.get("$oid")
        if value and not isinstance(value, str):
            raise RecordError(name, Message("it is not text", code="superdesk.type"), _REMEDY)
        if value and str(value).strip():
            return str(value)
    return ""


def _text(item: dict[str, Any], *names: str) -> str:
    """Return the first of ``names`` that says something; a number is its digits."""
    for name in names:
        value = item.get(name)
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if value is not None and not isinstance(value, str) and not is_number:
            raise RecordError(name, Message("it is not text", code="superdesk.type"), _REMEDY)
        if value not in (None, "") and str(value).strip():
            return str(value).strip()
    return ""


def _date_text(item: dict[str, Any], name: str) -> str:
    """Return a date as sent; one of the database is milliseconds since 1970, or a text."""
    value = item.get(name)
    if isinstance(value, dict):
        value = value.get("$date", "")
        value = value.get("$numberLong", "") if isinstance(value, dict) else value
        digits = str(value).removeprefix("-")
        if digits.isascii() and digits.isdigit() and len(digits) < 16:
            return _since_1970(int(value)) or str(value)
    if value is not None and not isinstance(value, str):
        raise RecordError(name, Message("it is not a date", code="superdesk.date"), _REMEDY)
    return (value or "").strip()


def _since_1970(milliseconds: int) -> str:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _plain(text: str) -> str:
    return " ".join(plain_text(sanitise(text)).split()) if "<" in text or "&" in text else text


def _located(item: dict[str, Any]) -> str:
    dateline = item.get("dateline")
    if not isinstance(dateline, dict):
        return ""
    located = dateline.get("located")
    city = _text(located, "city") if isinstance(located, dict) else ""
    return city or dateline_place(_text(dateline, "text"))


def _authors(item: dict[str, Any]) -> list[dict[str, str]]:
    """Return the authors with a name of two words: some entries hold a role and a login instead."""
    authors = []
    for author in _entries(item, "authors"):
        role, name = _text(author, "role"), _text(author, "name")
        name = _text(author, "sub_label") if name in ("", role) else name
        if len(name.split()) > 1 and "@" not in name:
            authors.append({"name": name, "role": role.lower()})
    return authors


def _subjects(item: dict[str, Any]) -> list[dict[str, str]]:
    subjects = []
    for subject in _entries(item, "subject"):
        scheme = _text(subject, "scheme")
        if scheme.casefold() not in _NO_SUBJECTS:
            code = _text(subject, "qcode", "code")
            subjects.append({"name": _text(subject, "name"), "code": code, "scheme": scheme})
    keywords = item.get("keywords")
    for word in keywords if isinstance(keywords, list) else []:
        if isinstance(word, str):
            subjects.append({"name": word.strip()})
    return subjects


def _name_entries(item: dict[str, Any], name: str) -> list[dict[str, str]]:
    return [{"name": words} for entry in _entries(item, name) if (words := _text(entry, "name"))]


def _entries(item: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = item.get(name) or []
    if not isinstance(value, list):
        raise RecordError(name, Message("it is not a list", code="superdesk.type"), _REMEDY)
    return [entry for entry in value if isinstance(entry, dict)]


def _associated(item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    value = item.get("associations") or {}
    if not isinstance(value, dict):
        raise RecordError(
            "associations", Message("it is not an object", code="superdesk.type"), _REMEDY
        )
    return {name: media for name, media in value.items() if isinstance(media, dict)}


def _association_fields(item: dict[str, Any]) -> dict[str, str]:
    names = ("type", "headline", "description_text", "byline", "source")
    return {name: words for name in names if (words := _plain(_text(item, name)))}
