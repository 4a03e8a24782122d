"""The fields of one ninjs item, whichever version spells them: names in small letters, types checked."""

import re
from dataclasses import dataclass
from typing import Any

from articles.importing.formats.types import RecordError
from articles.text.characters import printable
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

_TEXTS = set(
    "uri guid type mimetype representationtype profile version firstcreated versioncreated contentcreated"
    " firstpublished embargoed embargoeduntil pubstatus copyrightholder copyrightnotice usageterms ednote"
    " language title by byline headline slugline located expires source".split()
)
_LISTS = set(
    "bodies headlines descriptions person people organisation organisations subject subjects place places"
    " genre genres infosource infosources authors service advices".split()
)
_OBJECTS = {"rightsinfo"}
_LABELLED = ("body_", "headline_", "description_")
_REMEDY = Message("Correct it at the source and export it again.")
_NOT_TEXT = Message("it is not text", code="ninjs.type")
_SUFFIXED = re.compile(r"[a-z0-9_]+")
_TAG = re.compile(r"</[a-zA-Z]|<(?:br|p)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One of several texts: ``role`` and ``label`` (role and media type) in small letters."""

    role: str
    label: str
    value: str

    @property
    def kind(self) -> str:
        """Say what the text is written in: "html", "text" or "nitf"; by its first tag where the label is silent."""
        if "nitf" in self.label or "/xml" in self.label:
            return "nitf"
        if "html" in self.label:
            return "html"
        if "plain" in self.label or self.role == "text":
            return "text"
        return "html" if _TAG.search(self.value) else "text"

    @property
    def line(self) -> str:
        """Return the text as one plain line."""
        value = self.value if self.kind == "text" else plain_text(sanitise(self.value))
        return " ".join(printable(value).split())


class NinjsFields:
    """Typed access to one item. Raises RecordError naming the field for a value of the wrong type."""

    def __init__(self, item: Any) -> None:
        if not isinstance(item, dict):
            raise RecordError("file", Message("the item is no object", code="ninjs.type"), _REMEDY)
        self.values = _folded(item)
        for name, value in self.values.items():
            _check(name, value)

    def text(self, *names: str) -> str:
        """Return the first of ``names`` that says something, stripped; else an empty text."""
        values = (str(self.values.get(name) or "").strip() for name in names)
        return next(filter(None, values), "")

    def entries(self, *names: str) -> list[dict[str, Any]]:
        """Return the objects in the lists ``names``."""
        return [
            _folded(entry)
            for name in names
            for entry in self.values.get(name) or []
            if isinstance(entry, dict)
        ]

    def names(self, *names: str) -> list[str]:
        """Return the name of each object in the lists ``names`` that has one."""
        return list(filter(None, (entry_text(entry, "name") for entry in self.entries(*names))))

    def labelled(self, field: str, plural: str) -> list[LabelledText]:
        """Return the texts of ``headline``, ``headline_*`` and ``headlines``, or of other words, in this order."""
        texts = [
            LabelledText(name[len(field) + 1 :], name[len(field) + 1 :], str(value))
            for name, value in self.values.items()
            if value and (name == field or name.startswith(f"{field}_"))
        ]
        for entry in self.entries(plural):
            role = entry_text(entry, "role").casefold()
            label = f"{role} {entry_text(entry, 'contenttype')}".casefold()
            texts.append(LabelledText(role, label, entry_text(entry, "value")))
        return [field for field in texts if field.value.strip()]

    def associations(self) -> list["NinjsFields"]:
        """Return the items that stand beside this one: an object of them in 1.x, a list later."""
        value = self.values.get("associations") or []
        if not isinstance(value, dict | list):
            raise RecordError(
                "associations",
                Message("it is neither an object nor a list", code="ninjs.type"),
                _REMEDY,
            )
        items = value.values() if isinstance(value, dict) else value
        return [NinjsFields(item) for item in items if item]


def entry_text(entry: dict[str, Any], name: str) -> str:
    """Return the text ``name`` of an inner object, empty for none. Raises RecordError for another type."""
    value = entry.get(name)
    if value is not None and not isinstance(value, str):
        raise RecordError(name, _NOT_TEXT, _REMEDY)
    return (value or "").strip()


def _folded(item: dict[str, Any]) -> dict[str, Any]:
    """Return ``item`` with its keys in small letters: versioncreated and versionCreated are one."""
    folded = {key.casefold(): value for key, value in item.items()}
    if len(folded) < len(item):
        reason = Message(
            "a field stands there twice, in small and in capital letters",
            code="ninjs.duplicate_field",
        )
        raise RecordError("file", reason, _REMEDY)
    return folded


def _check(name: str, value: Any) -> None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if value is None or (name == "version" and is_number):
        return
    if (name in _TEXTS or name.startswith(_LABELLED)) and not isinstance(value, str):
        raise RecordError(printable(name)[:40], _NOT_TEXT, _REMEDY)
    if name.startswith(_LABELLED) and not _SUFFIXED.fullmatch(name):
        reason = Message("its name has other letters than a to z and _", code="ninjs.field_name")
        raise RecordError(printable(name)[:40], reason, _REMEDY)
    if name in _LISTS and not isinstance(value, list):
        raise RecordError(name, Message("it is not a list", code="ninjs.type"), _REMEDY)
    if name in _OBJECTS and not isinstance(value, dict):
        raise RecordError(name, Message("it is not an object", code="ninjs.type"), _REMEDY)
