"""What the readers' templates say again and again: times as printed, pictures, the paper's name."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles import frame, printed
from articles.composed import Credit, Picture
from articles.models.authors import Author
from articles.text.dates import in_words

register = template.Library()


@register.simple_tag
def moment(at: datetime | None, precision: str = "minute") -> str:
    """Print ``at`` (aware) as a time element, as far as it is known, to the minute with its zone; nothing for None."""
    if at is None:
        return ""
    return _time(at, precision, get_language(), timezone.get_current_timezone_name())


@lru_cache(maxsize=512)  # a story prints its date thrice, a list those of one day
def _time(at: datetime, precision: str, language: str | None, zone: str) -> SafeString:
    machine, words = printed.iso(at, precision), printed.moment(at, precision)
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.filter
def partial(value: str) -> str:
    """Return a partial date (``2025-12``) in words."""
    return in_words(value)


@register.simple_tag
def brief(at: datetime, precision: str = "minute") -> str:
    """Print ``at`` (aware) for a list that is made anew each day: today its hour, else its day."""
    local, today = timezone.localtime(at), timezone.localdate()
    is_hour = local.date() == today and precision == "minute"
    words = date_format(local, "H:i" if is_hour else "j M" if local.year == today.year else "Y")
    return format_html('<time datetime="{}">{}</time>', printed.iso(at, precision), words)


@register.simple_tag
def rendition(picture: Picture, format: str, width: int = 0) -> str:
    """Return the address of the rendition of ``picture`` at ``width`` pixels, the widest by default."""
    return f"{settings.MEDIA_URL}{picture.token}/{width or max(picture.widths)}.{format}"


@register.simple_tag
def srcset(picture: Picture, format: str) -> str:
    """Return all renditions of ``picture`` in ``format``, for a browser to choose from."""
    return ", ".join(f"{rendition(picture, format, w)} {w}w" for w in picture.widths)


@register.simple_tag(takes_context=True)
def standing(context: Context, name: str) -> SafeString:
    """Render a part that is the same on every page of a day and section: once a frame, which lasts a minute."""
    around, section = context.get("frame"), context.get("current_section", "")
    values = {"frame": around, "current_section": section}
    if not around:  # an error page, which reads no database
        return render_to_string(name, values)
    key = name, section, around.today
    if key not in around.parts:
        around.parts[key] = render_to_string(name, values)
    return around.parts[key]


@register.simple_tag
def paper(name: str) -> str:
    """Return a setting of the paper: NAME, WORDMARK, TAGLINE."""
    return getattr(settings, f"PAPER_{name}")


@register.simple_tag
def language() -> str:
    """Return the language that the paper is written in (BCP 47)."""
    return settings.LANGUAGE_CODE


@register.filter
def author_url(line: Credit) -> str:
    """Return the page of who is named in the byline, empty for a name frozen before there were such pages."""
    return Author(pk=line.id, name=line.name).get_absolute_url() if line.id else ""


@register.filter
def absolute(path: str) -> str:
    """Return the address of ``path`` for the world: never from the request, whose host is the visitor's word."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag
def stylesheet() -> SafeString:
    """Return the link to the one style sheet of the readers' pages."""
    version, _ = frame.stylesheet()
    return format_html('<link rel="stylesheet" href="{}?v={}">', reverse("stylesheet"), version)


@register.simple_tag
def script() -> SafeString:
    """Return the link to the one script of the readers' pages; everything works without it."""
    version, _ = frame.script()
    return format_html('<script src="{}?v={}" defer></script>', reverse("script"), version)
