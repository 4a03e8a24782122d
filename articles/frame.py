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
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject

from articles import printed
from articles.models.tags import Tag

KEPT_FOR = 60  # seconds: a new section shows this late at most
CSS = Path(__file__).parent / "static/articles/css"
JS = Path(__file__).parent / "static/articles/js"
SHEETS = ("tokens", "page", "card", "front", "list", "story", "said", "quotes", "record")
SHEETS += ("people", "print")
SCRIPTS = ("theme", "said", "copy")


@dataclass(frozen=True, slots=True)
class Section:
    """A section in the header's row."""

    name: str
    slug: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page. ``version`` changes with whatever shows in it, ``changed_at`` (aware) is when it did."""

    sections: tuple[Section, ...]
    version: str
    changed_at: datetime
    parts: dict[tuple[str, str, str], str] = field(default_factory=dict)

    @property
    def today(self) -> str:
        """Today where the paper is, in words: ``Monday 23 November 2026``."""
        today = timezone.localdate()
        return f"{date_format(today, 'l')} {printed.day(today)}"


_kept: tuple[float, Frame] | None = None


def frame(request: HttpRequest) -> dict[str, object]:
    """Give base.html its frame; a page that does not use it, as in the admin, costs no query."""
    return {"frame": SimpleLazyObject(current)}


def current() -> Frame:
    """Return the frame, at most a minute old: one query a minute and process."""
    global _kept
    if _kept and monotonic() - _kept[0] < KEPT_FOR and not settings.DEBUG:
        return _kept[1]
    sections = tuple(
        Section(tag.name, tag.slug, tag.get_absolute_url())
        for tag in Tag.objects.public().sections()
    )
    version = hashlib.sha256(f"{release()} {sections}".encode()).hexdigest()[:16]
    is_same = _kept and _kept[1].version == version
    changed_at = _kept[1].changed_at if _kept and is_same else timezone.now()
    _kept = monotonic(), Frame(sections, version, changed_at)
    return _kept[1]


def reset() -> None:
    """Forget what is kept, as a new process would."""
    global _kept
    _kept = None
    release.cache_clear()
    stylesheet.cache_clear()
    script.cache_clear()


@cache
def release() -> str:
    """Name this version of the readers' templates, style sheet, script and paper settings (hex)."""
    seen = hashlib.sha256(f"{stylesheet()[0]} {script()[0]}".encode())
    for folder in engines["django"].dirs:
        for file in sorted([*Path(folder).glob("*.html"), *Path(folder).glob("articles/*.html")]):
            seen.update(file.read_bytes())
    paper = [getattr(settings, name) for name in dir(settings) if name.startswith("PAPER_")]
    seen.update(
        repr([*paper, settings.SITE_URL, settings.LANGUAGE_CODE, settings.TIME_ZONE]).encode()
    )
    return seen.hexdigest()


@cache
def stylesheet() -> tuple[str, bytes]:
    """Return the version (hex) of the one style sheet, and the sheet itself, compressed by gzip.

    The sheets are files of one concern each, joined here: a page asks for one. The accents are the paper's own.
    """
    accents = f"light-dark({settings.PAPER_ACCENT}, {settings.PAPER_ACCENT_DARK})"
    sheets = [(CSS / f"{name}.css").read_text("utf-8") for name in SHEETS]
    joined = "\n".join([*sheets, f":root {{ --accent: {accents} }}"])
    return _packed(re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", joined, flags=re.DOTALL)))


@cache
def script() -> tuple[str, bytes]:
    """Return the version (hex) of the one script, and the script itself, compressed by gzip.

    The scripts are files of one concern each, joined here: a page asks for one. Each keeps its names in a block.
    """
    blocks = [f"{{\n{(JS / f'{name}.js').read_text('utf-8')}}}" for name in SCRIPTS]
    return _packed("\n".join(['"use strict";', *blocks]))


def _packed(text: str) -> tuple[str, bytes]:
    plain = text.encode()
    return hashlib.sha256(plain).hexdigest()[:12], gzip.compress(plain, mtime=0)
