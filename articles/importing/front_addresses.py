"""What front matter and a file's name say of the addresses at which a story used to stand.

Source: https://jekyllrb.com/docs/permalinks/
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from unicodedata import category
from urllib.parse import unquote, urlsplit

NAMED = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)-(.+)"
)  # as Jekyll wants the files of posts to be called
_DEFAULT = "/:categories/:year/:month/:day/:title.html"
_STYLES = {
    "date": _DEFAULT,
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
_LONGEST = 500  # letters
_PLACE = re.compile(r":([a-z_]+)")
_MARKS = "_.~!$&'()+,;=@"  # what else than letters and digits stays in a title


def named_day(name: str) -> str:
    """Return the day that a file's name begins with (``2026-3-4-slug``) as ISO 8601 has it, else nothing."""
    found = NAMED.fullmatch(name.rpartition("/")[2])
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}" if found else ""


def parts_of(name: str, day: datetime | None, sections: list[str], slug: str) -> dict[str, str]:
    """Return what the words of a pattern stand for; empty for what is no post by its file's name, and for a draft.

    ``day`` is the story's, ``sections`` are its categories beside the folders that ``_posts`` stands in.
    """
    *folders, last = name.split("/")
    found = NAMED.fullmatch(last)
    title = _pretty(slug or (found[4] if found else ""))
    if not found or not day or not title or "_drafts" in folders:
        return {}
    above = folders[: folders.index("_posts")] if "_posts" in folders else []
    names = dict.fromkeys(one.lower() for one in [*above, *sections])
    return {
        "categories": "/".join(names),
        "year": f"{day.year:04}",
        "month": f"{day:%m}",
        "day": f"{day:%d}",
        "i_month": str(day.month),
        "i_day": str(day.day),
        "short_year": f"{day:%y}",
        "y_day": f"{day:%j}",
        "hour": f"{day:%H}",
        "minute": f"{day:%M}",
        "second": f"{day:%S}",
        "title": title,
        "slug": re.sub(r"[\W_]+", "-", title.lower()).strip("-"),
        "output_ext": ".html",
    }


def addresses_of(
    told: str, slug: str, others: Iterable[str], parts: Mapping[str, str]
) -> Iterator[str]:
    """Yield the paths at which a story used to stand; patterns without values and paths that climb are none.

    ``told`` is a path, an address, a pattern or the name of one; ``others`` are paths that led to it; with ``parts``,
    Jekyll's own pattern is one more.
    """
    found = [told] if "/" in told else []
    if slug and not found:
        found.append(f"/{slug}/")
    if parts:
        patterns = dict.fromkeys([_STYLES.get(told, told), _DEFAULT])
        filled = (_filled(one, parts) for one in patterns if one.startswith("/"))
        found += [one for one in filled if len(one) <= _LONGEST]
    paths = map(_path, [*found, *others])
    yield from dict.fromkeys(path for path in paths if path.strip("/"))


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Return ``pattern`` with its words filled in; one that is not known stays, and makes it no path."""
    filled = _PLACE.sub(lambda found: parts.get(found[1], found[0]), pattern)
    return re.sub("//+", "/", filled)


def _pretty(slug: str) -> str:
    """Return ``slug`` as Jekyll writes it into addresses: what is no letter, digit or mark becomes a hyphen."""
    kept = (
        letter if letter in _MARKS or category(letter)[0] in "LM" or letter.isdecimal() else "-"
        for letter in slug
    )
    return re.sub("-+", "-", "".join(kept)).strip("-")


def _path(address: str) -> str:
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    steps = unquote(path).split("/")
    if ":" in path or ".." in steps or "." in steps:
        return ""
    return f"/{path.removeprefix('/')}"
