"""What a page's head and its plain markup say of its story, beside JSON-LD.

Sources: https://ogp.me/, https://schema.org/docs/gs.html (microdata), https://www.dublincore.org/specifications/
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from articles.importing.formats.web_page.tree import inner_text
from articles.text.dates import YEARS, Precision, parse_printed

PageDate = tuple[datetime, Precision]

_TRACKING = re.compile(
    r"(?:utm_|mtm_|pk_|wt_|at_|ns_)\w+|[a-z]*clid|fbc?lid|cmp(?:id)?|ocid|ito|ref|ref_src|referrer|source|smid|amp",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s+(?:[|›»*·•–—:-]+|\|\|)\s+")
_JAVA = re.compile(  # Date.toString() of Java
    r"(\w{3}) (\w{3}) (\d\d?) (\d\d:\d\d:\d\d) (UTC|GMT|CET|CEST|EET|EEST|WET|WEST|MSK) (\d{4})"
)
_ZONES = {"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "WEST": 1, "MSK": 3}


class PageMeta:
    """The facts of one page's tree: ``metas`` by their lower-case key, first come first, empty ones left out."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.metas: dict[str, list[str]] = {}
        for element in root.iter("meta"):
            keys = {element.get(name) for name in ("property", "name", "itemprop", "http-equiv")}
            content = " ".join(str(element.get("content") or "").split())
            for key in filter(None, keys) if content else ():
                self.metas.setdefault(key.strip().lower(), []).append(content)

    def first(self, *keys: str) -> str:
        """Return the first value of the first key that is there; empty when none is."""
        return next((self.metas[key][0] for key in keys if key in self.metas), "")

    def values(self, *keys: str) -> list[str]:
        """Return the values of the first key that is there."""
        return next((self.metas[key] for key in keys if key in self.metas), [])

    def canonical(self) -> str:
        """Return the address that the page calls its own, as written."""
        links = self.root.xpath("//link[@rel='canonical' or @rel='Canonical']/@href")
        og = self.first("og:url", "twitter:url", "parsely-link")
        canonical = str(links[0]).strip() if links else ""
        return urljoin(og, canonical) if canonical else og

    def scripts(self) -> list[str]:
        """Return the texts of the page's JSON-LD."""
        scripts = self.root.xpath("//script[contains(@type, 'ld+json')]")
        return ["".join(script.itertext()) for script in scripts]

    def headings(self) -> list[str]:
        """Return the first-level headings in reading order."""
        return list(filter(None, (inner_text(heading) for heading in self.root.iter("h1"))))

    def title(self) -> str:
        """Return the title of the document."""
        return inner_text(next(self.root.iter("title"), None))

    def language(self) -> str:
        """Return the language of the document as written."""
        html = self.root if self.root.tag == "html" else next(self.root.iter("html"), self.root)
        spoken = html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang")
        return str(spoken or html.get("xml:lang") or "") or self.first(
            "content-language", "dc.language", "og:locale"
        )

    def properties(self, name: str) -> Iterator[Any]:
        """Yield the elements of microdata's property ``name`` that are no meta elements."""
        for element in self.root.xpath("//*[@itemprop=$name]", name=name):
            if element.tag != "meta":
                yield element


def clean_url(address: str) -> str:
    """Return an absolute ``http`` or ``https`` address without fragment and tracking parameters; empty for others."""
    try:
        parts = urlsplit(address.strip())
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username:
            return ""
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return ""
    query = urlencode([(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)])
    place = parts.netloc.lower()
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", query, ""))


def strip_site_name(title: str, sites: list[str], headings: list[str]) -> str:
    """Return ``title`` without the name of the site behind it: one of ``sites``, or what a heading leaves out."""
    site_letters = {_letters(site) for site in sites if _letters(site)}
    heading_letters = {_letters(heading) for heading in headings if _letters(heading)}
    for mark in reversed(list(_SITE.finditer(title))):
        front, end = title[: mark.start()].strip(), title[mark.end() :].strip()
        if _letters(front) in heading_letters or (front and _letters(end) in site_letters):
            return front
    return title


def parse_page_date(written: str) -> PageDate | None:
    """Return the moment that ``written`` prints (naive without an offset) and how much was said; None when unclear.

    Beyond ``parse_printed``: milliseconds or seconds since 1970, and Java's own form.
    """
    written = written.strip().strip("'\"")
    if re.fullmatch(r"1\d{9}(?:\d{3})?", written, re.ASCII):
        return datetime.fromtimestamp(int(written[:10]), UTC), "minute"
    if match := _JAVA.fullmatch(written):
        day, month, number, clock, zone, year = match.groups()
        written = f"{day}, {number} {month} {year} {clock} +{_ZONES.get(zone, 0):02}00"
    date = parse_printed(re.sub(r"\[[\w/]+\]\Z", "", written))
    return date if date and date[0].year in YEARS else None


def best_page_date(written: list[str]) -> PageDate | None:
    """Return the first clear moment of ``written``, more exact when a later one tells the same day with its clock."""
    dates = [date for date in map(parse_page_date, written) if date]
    if not dates:
        return None
    first, precision = dates[0]
    if precision == "minute" and first.tzinfo:
        return dates[0]
    for later, later_precision in dates[1:]:
        if later_precision != "minute" or not later.tzinfo:
            continue
        if precision != "minute" and later.date() == first.date():
            return later, later_precision
        if precision == "minute" and abs(later.replace(tzinfo=None) - first) < timedelta(hours=15):
            return later, later_precision
    return dates[0]


def is_same_text(line: str, other: str) -> bool:
    """Tell whether two lines differ in nothing but marks, spaces and capitals; empty ones do."""
    return bool(_letters(line)) and _letters(line) == _letters(other)


def _letters(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()
