"""What front matter and a file's name say of the addresses at which a story used to stand.

Source: https://jekyllrb.com/docs/permalinks/
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from unicodedata import category
from urllib.parse import unquote, urlsplit

POST_FILE_NAME = re.compile(
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


def file_name_day(name: str) -> str:
    """Return the day that a file's name begins with (``2026-3-4-slug``) as ISO 8601 has it, else nothing."""
    match = POST_FILE_NAME.fullmatch(name.rpartition("/")[2])
    return f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}" if match else ""


def permalink_values(
    name: str, day: datetime | None, sections: list[str], slug: str
) -> dict[str, str]:
    """Return what the words of a pattern stand for; empty for what is no post by its file's name, and for a draft.

    ``day`` is the story's, ``sections`` are its categories beside the folders that ``_posts`` stands in.
    """
    *folders, last = name.split("/")
    match = POST_FILE_NAME.fullmatch(last)
    title = _pretty(slug or (match[4] if match else ""))
    if not match or not day or not title or "_drafts" in folders:
        return {}
    above = folders[: folders.index("_posts")] if "_posts" in folders else []
    names = dict.fromkeys(section.lower() for section in [*above, *sections])
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


def former_paths(
    permalink: str, slug: str, others: Iterable[str], values: Mapping[str, str]
) -> Iterator[str]:
    """Yield the paths at which a story used to stand; patterns without values and paths that climb are none.

    ``permalink`` is a path, an address, a pattern or the name of one; ``others`` are paths that led to it; with
    ``values``,
    Jekyll's own pattern is one more.
    """
    candidates = [permalink] if "/" in permalink else []
    if slug and not candidates:
        candidates.append(f"/{slug}/")
    if values:
        patterns = dict.fromkeys([_STYLES.get(permalink, permalink), _DEFAULT])
        filled = (_fill_pattern(pattern, values) for pattern in patterns if pattern.startswith("/"))
        candidates += [pattern for pattern in filled if len(pattern) <= _LONGEST]
    paths = map(_path, [*candidates, *others])
    yield from dict.fromkeys(path for path in paths if path.strip("/"))


def _fill_pattern(pattern: str, values: Mapping[str, str]) -> str:
    """Return ``pattern`` with its words filled in; one that is not known stays, and makes it no path."""
    filled = _PLACE.sub(lambda match: values.get(match[1], match[0]), pattern)
    return re.sub("//+", "/", filled)


def _pretty(slug: str) -> str:
    """Return ``slug`` as Jekyll writes it into addresses: what is no letter, digit or mark becomes a hyphen."""
    letters = (
        letter if letter in _MARKS or category(letter)[0] in "LM" or letter.isdecimal() else "-"
        for letter in slug
    )
    return re.sub("-+", "-", "".join(letters)).strip("-")


def _path(address: str) -> str:
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    steps = unquote(path).split("/")
    if ":" in path or ".." in steps or "." in steps:
        return ""
    return f"/{path.removeprefix('/')}"
