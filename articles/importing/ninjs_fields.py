"""The fields of one ninjs item, whichever version spells them: names in small letters, types checked."""

import re
from dataclasses import dataclass
from typing import Any

from articles.text.chars import printable
from articles.text.html import plain_text, sanitise

from .unfit import Unfit

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
_REMEDY = "Correct it at the source and export it again."
_SUFFIXED = re.compile(r"[a-z0-9_]+")
_TAG = re.compile(r"</[a-zA-Z]|<(?:br|p)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labelled:
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


class Fields:
    """Typed access to one item. Raises Unfit naming the field for a value of the wrong type."""

    def __init__(self, item: Any) -> None:
        if not isinstance(item, dict):
            raise Unfit("file", "the item is no object", _REMEDY)
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
        return list(filter(None, (string(entry, "name") for entry in self.entries(*names))))

    def labelled(self, one: str, many: str) -> list[Labelled]:
        """Return the texts of ``headline``, ``headline_*`` and ``headlines``, or of other words, in this order."""
        found = [
            Labelled(name[len(one) + 1 :], name[len(one) + 1 :], str(value))
            for name, value in self.values.items()
            if value and (name == one or name.startswith(f"{one}_"))
        ]
        for entry in self.entries(many):
            role = string(entry, "role").casefold()
            label = f"{role} {string(entry, 'contenttype')}".casefold()
            found.append(Labelled(role, label, string(entry, "value")))
        return [one for one in found if one.value.strip()]

    def associations(self) -> list["Fields"]:
        """Return the items that stand beside this one: an object of them in 1.x, a list later."""
        found = self.values.get("associations") or []
        if not isinstance(found, dict | list):
            raise Unfit("associations", "it is neither an object nor a list", _REMEDY)
        items = found.values() if isinstance(found, dict) else found
        return [Fields(item) for item in items if item]


def string(entry: dict[str, Any], name: str) -> str:
    """Return the text ``name`` of an inner object, empty for none. Raises Unfit for another type."""
    value = entry.get(name)
    if value is not None and not isinstance(value, str):
        raise Unfit(name, "it is not text", _REMEDY)
    return (value or "").strip()


def _folded(item: dict[str, Any]) -> dict[str, Any]:
    """Return ``item`` with its keys in small letters: versioncreated and versionCreated are one."""
    folded = {key.casefold(): value for key, value in item.items()}
    if len(folded) < len(item):
        raise Unfit("file", "a field stands there twice, in small and in capital letters", _REMEDY)
    return folded


def _check(name: str, value: Any) -> None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if value is None or (name == "version" and is_number):
        return
    if (name in _TEXTS or name.startswith(_LABELLED)) and not isinstance(value, str):
        raise Unfit(printable(name)[:40], "it is not text", _REMEDY)
    if name.startswith(_LABELLED) and not _SUFFIXED.fullmatch(name):
        raise Unfit(printable(name)[:40], "its name has other letters than a to z and _", _REMEDY)
    if name in _LISTS and not isinstance(value, list):
        raise Unfit(name, "it is not a list", _REMEDY)
    if name in _OBJECTS and not isinstance(value, dict):
        raise Unfit(name, "it is not an object", _REMEDY)
