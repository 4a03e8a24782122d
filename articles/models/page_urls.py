"""The address of a row's page, as ``public.urls`` has it: looked up once, since a list makes hundreds."""

from functools import cache

from django.urls import get_script_prefix, reverse

_NUMBER, _SLUG = 10**17 - 1, "the-slug"


def numbered_address(name: str, pk: int, slug: str) -> str:
    """Return the address of the page ``name`` of row ``pk``."""
    return _pattern(name, get_script_prefix(), is_numbered=True) % {"pk": pk, "slug": slug}


def slug_address(name: str, slug: str) -> str:
    """Return the address of the page ``name`` of what ``slug`` alone names."""
    return _pattern(name, get_script_prefix(), is_numbered=False) % {"slug": slug}


@cache
def _pattern(name: str, prefix: str, *, is_numbered: bool) -> str:
    """Return the address of any row's page under ``prefix``, with places for its number and its slug."""
    url = reverse(name, args=[_NUMBER, _SLUG] if is_numbered else [_SLUG]).replace("%", "%%")
    return url.replace(str(_NUMBER), "%(pk)s").replace(_SLUG, "%(slug)s")
