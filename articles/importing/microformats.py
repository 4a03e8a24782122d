"""hNews, hAtom and h-entry: what a page says of its story by classes.

Sources: http://microformats.org/wiki/hnews, http://microformats.org/wiki/h-entry
"""

from typing import Any

from .page_tree import words

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


def entry(root: Any) -> Any | None:
    """Return the element of the one entry of a page; None when there is none, or several that are no one's parts."""
    for name in _ROOTS:
        found = with_class(root, name)
        outer = [one for one in found if not any(up in found for up in one.iterancestors())]
        if len(outer) == 1:
            return outer[0]
        if outer:
            return None
    return None


def with_class(root: Any, name: str) -> list[Any]:
    """Return the elements below ``root`` that have the class ``name``."""
    test = "contains(concat(' ', normalize-space(@class), ' '), $name)"
    return list(root.xpath(f".//*[{test}]", name=f" {name} "))


def first(root: Any, *names: str) -> Any | None:
    """Return the first element below ``root`` with the first class of ``names`` that is there."""
    return next((one for name in names for one in with_class(root, name)[:1]), None)


def fields(found: Any) -> dict[str, str]:
    """Return what an entry says, in our words: headline, dek, author, dateline, credit, section, published, modified.

    What it does not say is empty. Dates are as written.
    """
    said = {}
    for field, names in _MEANING.items():
        element = first(found, *names)
        if element is not None and field in ("author", "credit"):
            name = first(element, "fn", "p-name")
            element = element if name is None else name
        said[field] = words(element)
        if field == "canonical" and element is not None:
            said[field] = str(element.get("href") or "")
    return said | {field: _moment(first(found, *names)) for field, names in _DATES.items()}


def _moment(element: Any | None) -> str:
    if element is None:
        return ""
    inner = element if element.get("datetime") else next(element.iter("time", "abbr"), element)
    return str(inner.get("datetime") or inner.get("title") or words(inner)).strip()
