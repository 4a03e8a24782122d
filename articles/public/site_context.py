"""What every page has around its own content: sections, today's date, style sheet, script; kept in each process."""

import gzip
import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.http import HttpRequest
from django.template import engines
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy

from articles import clock, dates
from articles.models.clock_readings import ClockReading
from articles.models.tags import Tag
from articles.translation.languages import catalog_version, in_paper_language

CACHE_SECONDS = 60  # seconds: a new section shows this late at most
CSS = Path(__file__).parent.parent / "static/articles/css"
JS = Path(__file__).parent.parent / "static/articles/js"
SHEETS = tuple(
    "tokens page card front list story said quotes record people archive subject search print".split()
)
SCRIPTS = ("theme", "said", "copy", "complete")
# The lists of all there is of a kind, by the names of their addresses: every page's foot and the sitemap lead to them.
INDEXES = {
    "people": gettext_lazy("People"),
    "organizations": gettext_lazy("Organizations"),
    "quotes": gettext_lazy("Quotes"),
    "tags": gettext_lazy("Subjects"),
    "archive": gettext_lazy("Archive"),
    "corrections": gettext_lazy("Corrections"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A section in the header's row."""

    name: str
    slug: str
    url: str


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What surrounds a page. ``version`` changes with whatever shows in it, ``changed_at`` (aware) is when it did."""

    sections: tuple[Section, ...]
    version: str
    changed_at: datetime
    parts: dict[tuple[str, str, str, str], str] = field(default_factory=dict)

    @property
    def today(self) -> str:
        """Today where the paper is, in words: ``Monday 23 November 2026``."""
        return dates.format_weekday(timezone.localdate(clock.now()))


_cached: tuple[float, SiteContext] | None = None


def context_processor(request: HttpRequest) -> dict[str, object]:
    """Give base.html what surrounds a page; a page that does not use it, as in the admin, costs no query."""
    return {"site_context": SimpleLazyObject(current)}


def current() -> SiteContext:
    """Return the frame, at most a minute old, and learn how late it is elsewhere: two queries a minute and process."""
    global _cached
    if _cached and monotonic() - _cached[0] < CACHE_SECONDS and not settings.DEBUG:
        return _cached[1]
    clock.raise_to(ClockReading.objects.latest_believed())
    sections = tuple(
        Section(tag.name, tag.slug, tag.get_absolute_url())
        for tag in Tag.objects.public().sections()
    )
    version = hashlib.sha256(f"{release()} {sections}".encode()).hexdigest()[:16]
    is_same = _cached and _cached[1].version == version
    changed_at = _cached[1].changed_at if _cached and is_same else clock.now()
    _cached = monotonic(), SiteContext(sections, version, changed_at)
    return _cached[1]


def reset() -> None:
    """Forget what is kept, as a new process would."""
    global _cached
    _cached = None
    release.cache_clear()
    catalog_version.cache_clear()
    packed_stylesheet.cache_clear()
    packed_script.cache_clear()


@cache
def release() -> str:
    """Name this version of the readers' templates, style sheet, script, indexes and paper settings (hex)."""
    digest = hashlib.sha256(f"{packed_stylesheet()[0]} {packed_script()[0]}".encode())
    for folder in engines["django"].dirs:
        for file in sorted([*Path(folder).glob("*.html"), *Path(folder).glob("articles/*.html")]):
            digest.update(file.read_bytes())
    with in_paper_language():
        indexes = [(name, str(label)) for name, label in INDEXES.items()]
    paper_settings = [
        getattr(settings, name) for name in dir(settings) if name.startswith("PAPER_")
    ]
    digest.update(
        repr(
            [*paper_settings, *indexes, settings.SITE_URL, catalog_version(), settings.TIME_ZONE]
        ).encode()
    )
    return digest.hexdigest()


@cache
def packed_stylesheet() -> tuple[str, bytes]:
    """Return the version (hex) of the one style sheet, and the sheet itself, compressed by gzip.

    The sheets are files of one concern each, joined here: a page asks for one. The accents are the paper's own.
    """
    accents = f"light-dark({settings.PAPER_ACCENT}, {settings.PAPER_ACCENT_DARK})"
    sheets = [(CSS / f"{name}.css").read_text("utf-8") for name in SHEETS]
    joined = "\n".join([*sheets, f":root {{ --accent: {accents} }}"])
    return _pack(re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", joined, flags=re.DOTALL)))


@cache
def packed_script() -> tuple[str, bytes]:
    """Return the version (hex) of the one script, and the script itself, compressed by gzip.

    The scripts are files of one concern each, joined here: a page asks for one. Each keeps its names in a block.
    """
    blocks = [f"{{\n{(JS / f'{name}.js').read_text('utf-8')}}}" for name in SCRIPTS]
    return _pack("\n".join(['"use strict";', *blocks]))


def _pack(text: str) -> tuple[str, bytes]:
    plain = text.encode()
    return hashlib.sha256(plain).hexdigest()[:12], gzip.compress(plain, mtime=0)
