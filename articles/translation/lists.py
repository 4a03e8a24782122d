"""Several things in one sentence, as the active language joins them. Source: CLDR, list patterns (UTS 35, part 2)"""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext


def comma_list(items: Iterable[object]) -> SafeString:
    """Return ``items`` one after the other, as HTML: ``a, b, c``."""
    return _joined([format_html("{}", item) for item in items])


def and_list(items: Iterable[object]) -> SafeString:
    """Return ``items`` as HTML: ``a``, ``a and b``, ``a, b and c``."""
    *first, last = [format_html("{}", item) for item in items] or [SafeString()]
    if not first:
        return last
    pattern = pgettext("the end of a list: what comes before, and the last", "{before} and {last}")
    return format_html(pattern, before=_joined(first), last=last)


def _joined(items: list[SafeString]) -> SafeString:
    separator = pgettext("between two things in a list", ", ")
    return SafeString(separator.join(items))
