"""hNews, hAtom and h-entry: what a page says of its story by classes.

Sources: http://microformats.org/wiki/hnews, http://microformats.org/wiki/h-entry
"""

from typing import Any

from .tree import inner_text

_ROOTS = ("h-entry", "hnews", "hentry")
_MEANING = {
    "headline": ("p-name", "entry-title"),
    "dek": ("p-summary", "entry-summary"),
    "author": ("p-author", "author", "byline"),
    "dateline": ("dateline",),
    "credit": ("source-org",),
    "section": ("p-category",),
    "canonical": ("u-url", "p-canonical"),
}
_DATES = {"published": ("dt-published", "published"), "modified": ("dt-updated", "updated")}


def find_entry(root: Any) -> Any | None:
    """Return the element of the one entry of a page; None when there is none, or several that are no one's parts."""
    for name in _ROOTS:
        entries = find_by_class(root, name)
        outer = [
            element
            for element in entries
            if not any(ancestor in entries for ancestor in element.iterancestors())
        ]
        if len(outer) == 1:
            return outer[0]
        if outer:
            return None
    return None


def find_by_class(root: Any, name: str) -> list[Any]:
    """Return the elements below ``root`` that have the class ``name``."""
    test = "contains(concat(' ', normalize-space(@class), ' '), $name)"
    return list(root.xpath(f".//*[{test}]", name=f" {name} "))


def first_by_class(root: Any, *names: str) -> Any | None:
    """Return the first element below ``root`` with the first class of ``names`` that is there."""
    return next((element for name in names for element in find_by_class(root, name)[:1]), None)


def entry_fields(entry: Any) -> dict[str, str]:
    """Return what an entry says, in our words: headline, dek, author, dateline, credit, section, published, modified.

    What it does not say is empty. Dates are as written.
    """
    values = {}
    for field, names in _MEANING.items():
        element = first_by_class(entry, *names)
        if element is not None and field in ("author", "credit"):
            name = first_by_class(element, "fn", "p-name")
            element = element if name is None else name
        values[field] = inner_text(element)
        if field == "canonical" and element is not None:
            values[field] = str(element.get("href") or "")
    return values | {
        field: _date_text(first_by_class(entry, *names)) for field, names in _DATES.items()
    }


def _date_text(element: Any | None) -> str:
    if element is None:
        return ""
    inner = element if element.get("datetime") else next(element.iter("time", "abbr"), element)
    return str(inner.get("datetime") or inner.get("title") or inner_text(inner)).strip()
