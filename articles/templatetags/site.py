"""What the readers' templates say again and again: times as printed, pictures, the paper's name."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from articles import clock, dates
from articles.composed import Credit, Picture
from articles.models.authors import Author
from articles.public import site_context
from articles.translation import lists

register = template.Library()
register.filter("and_list", lists.and_list)


@register.simple_tag(name="datetime")
def datetime_element(at: datetime | None, precision: str = "minute") -> str:
    """Print ``at`` (aware) as a time element, as far as it is known, to the minute with its zone; nothing for None."""
    if at is None:
        return ""
    return _time(at, precision, get_language(), timezone.get_current_timezone_name())


@lru_cache(maxsize=512)  # a story prints its date thrice, a list those of one day
def _time(at: datetime, precision: str, language: str | None, zone: str) -> SafeString:
    machine, words = dates.iso(at, precision), dates.format_datetime(at, precision)
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.filter
def partial_date(value: str) -> str:
    """Return a partial date (``2025-12``) in words."""
    return dates.format_partial(value)


@register.simple_tag
def short_datetime(at: datetime, precision: str = "minute") -> str:
    """Print ``at`` (aware) for a list that is made anew each day: today its hour, else its day."""
    words = dates.format_short(timezone.localtime(at), timezone.localdate(clock.now()), precision)
    return format_html('<time datetime="{}">{}</time>', dates.iso(at, precision), words)


@register.simple_tag
def index_pages() -> Iterable[tuple[str, object]]:
    """Return the name of the address of each list of all there is of a kind, and what it is called."""
    return site_context.INDEXES.items()


@register.simple_tag
def rendition(picture: Picture, format: str, width: int = 0) -> str:
    """Return the address of the rendition of ``picture`` at ``width`` pixels, the widest by default."""
    return f"{settings.MEDIA_URL}{picture.token}/{width or max(picture.widths)}.{format}"


@register.simple_tag
def srcset(picture: Picture, format: str) -> str:
    """Return all renditions of ``picture`` in ``format``, for a browser to choose from."""
    return ", ".join(f"{rendition(picture, format, w)} {w}w" for w in picture.widths)


@register.simple_tag(takes_context=True)
def cached_include(context: Context, name: str) -> SafeString:
    """Render a part that is the same on every page of a day and section: once a frame, which lasts a minute."""
    site_context, section = context.get("site_context"), context.get("current_section", "")
    values = {"site_context": site_context, "current_section": section}
    if not site_context:  # an error page, which reads no database
        return render_to_string(name, values)
    key = name, section, site_context.today, get_language() or ""
    if key not in site_context.parts:
        site_context.parts[key] = render_to_string(name, values)
    return site_context.parts[key]


@register.simple_tag
def site_setting(name: str) -> str:
    """Return a setting of the paper: NAME, WORDMARK, TAGLINE."""
    return getattr(settings, f"PAPER_{name}")


@register.simple_tag
def language() -> str:
    """Return the language that the paper is written in (BCP 47)."""
    return settings.LANGUAGE_CODE


@register.simple_tag
def authors(bylines: Iterable[Credit]) -> SafeString:
    """Return who wrote a story, one after the other, each with what they did and their page where they have one."""
    return lists.comma_list(map(_author, bylines))


def _author(line: Credit) -> SafeString:
    name = format_html("{}", line.name)
    if line.id:  # 0 for a name frozen before there were such pages
        url = Author(pk=line.id, name=line.name).get_absolute_url()
        name = format_html('<a href="{}" rel="author">{}</a>', url, name)
    role = format_html(' <span class="author-role">({})</span>', line.role) if line.role else ""
    return format_html('<span class="author">{}{}</span>', name, role)


@register.filter
def translated(text: str) -> str:
    """Return ``text`` in the active language if it is a stored sentence of the program, else as somebody wrote it."""
    return gettext(text) if text else ""


@register.filter
def absolute(path: str) -> str:
    """Return the address of ``path`` for the world: never from the request, whose host is the visitor's word."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag
def stylesheet() -> SafeString:
    """Return the link to the one style sheet of the readers' pages."""
    version, _ = site_context.packed_stylesheet()
    return format_html('<link rel="stylesheet" href="{}?v={}">', reverse("stylesheet"), version)


@register.simple_tag
def script() -> SafeString:
    """Return the link to the one script of the readers' pages; everything works without it."""
    version, _ = site_context.packed_script()
    return format_html('<script src="{}?v={}" defer></script>', reverse("script"), version)
