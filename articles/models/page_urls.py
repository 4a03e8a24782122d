"""The address of a row's page, as ``public.urls`` has it: looked up once, since a list makes hundreds."""

import re
from collections.abc import Callable
from functools import cache

from django.urls import get_script_prefix, reverse

# Numbers stand in for numbers, slugs and keys alike: every converter takes them.
_FIRST, _SECOND = "99999999999999998", "99999999999999997"
_AFTER_PATH = re.compile(r"[?#]")


def numbered_address(name: str, pk: int, slug: str) -> str:
    """Return the address of the page ``name`` of row ``pk``; a list takes ``numbered_addresses`` once."""
    return numbered_addresses(name)(pk, slug)


def keyed_address(name: str, key: str | int) -> str:
    """Return the address of the page ``name`` of what ``key`` alone names: the slug of a tag, the key of a quote."""
    return keyed_addresses(name)(key)


def numbered_addresses(name: str) -> Callable[[int, str], str]:
    """Return what makes the addresses of the pages ``name``, each of a row's number and its slug."""
    return _addresses(name, get_script_prefix(), (_FIRST, _SECOND))


def keyed_addresses(name: str) -> Callable[[str | int], str]:
    """Return what makes the addresses of the pages ``name``, each of a slug, a key or a number of the desk's."""
    return _addresses(name, get_script_prefix(), (_FIRST,))


def key_in_address(name: str, address: str) -> str:
    """Return the key in the ``address`` of a page ``name``, of whatever host and prefix; empty for another address."""
    before, after = keyed_address(name, _FIRST).split(_FIRST)
    before = f"/{before.removeprefix(reverse('home'))}"
    path = _AFTER_PATH.split(address, maxsplit=1)[0]
    pattern = rf"{re.escape(before)}([^/]+){re.escape(after.rstrip('/'))}/?$"
    match = re.search(pattern, path)
    return match[1] if match else ""


@cache
def _addresses(name: str, prefix: str, values: tuple[str, ...]) -> Callable[..., str]:
    """Return what fills places of the address under ``prefix`` where ``reverse`` put ``values``."""
    url = reverse(name, args=values).replace("{", "{{").replace("}", "}}")
    for value in values:
        url = url.replace(value, "{}")
    return url.format
