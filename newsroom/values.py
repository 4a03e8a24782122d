"""Turn the text of one variable into its value: each function raises ``ValueError`` saying what to write. No Django."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

FLAGS = {"1": True, "true": True, "yes": True, "on": True}
FLAGS |= {"0": False, "false": False, "no": False, "off": False}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MODES = ("production", "demo", "test")
HSTS = ("host", "subdomains", "preload")
SAMPLE_KEY = "replace-me"  # stood in .env.example: copied into many a .env, known to everybody


def flag(text: str) -> bool:
    """Read a yes or no."""
    if text.lower() not in FLAGS:
        raise ValueError("1 or 0")
    return FLAGS[text.lower()]


def mode(text: str) -> str:
    """Read what this installation is for."""
    return _one_of(MODES, text)


def hsts(text: str) -> str:
    """Read how far browsers are told to use https only."""
    return _one_of(HSTS, text)


def log_level(text: str) -> str:
    """Read the name of a level of Python's logging."""
    return _one_of(LOG_LEVELS, text.upper())


def comma_list(text: str) -> list[str]:
    """Read a list divided by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def seconds(text: str) -> float | None:
    """Read a span of time, from a hundredth of a second to an hour; 0 is none, for no limit."""
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text) or not _is_span(float(text)):
        raise ValueError("seconds such as 1 or 0.5, at most 3600, or 0 for no limit")
    return float(text) or None


def _is_span(length: float) -> bool:
    return length == 0 or 0.01 <= length <= 3600


def secret_key(text: str) -> str:
    """Read a key that nobody guesses, by Django's own measure (security.W009); none that was printed as a sample."""
    is_weak = len(text) < 50 or len(set(text)) < 5 or text.startswith("django-insecure-")
    if is_weak or SAMPLE_KEY in text:
        raise ValueError(
            '50 random characters or more: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return text


def base_url(text: str) -> str:
    """Read scheme and host, such as ``https://news.example``: no path, no user, no slash at the end."""
    base = text.removesuffix("/").lower()
    try:
        parts = urlsplit(base)
        is_valid = parts.hostname and parts.port != 0 and base == f"{parts.scheme}://{parts.netloc}"
    except ValueError:
        is_valid = False
    if not is_valid or parts.scheme not in {"http", "https"} or re.search(r"[@\s]", base):
        raise ValueError("scheme and host, such as https://news.example or http://127.0.0.1:8000")
    return base


def colour(text: str) -> str:
    """Read a colour, ``#rrggbb``."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError("a colour such as #8a1538")
    return text.lower()


def language(text: str, known: Collection[str] = ()) -> str:
    """Read a language tag (BCP 47) of which, or of whose first part, the words are ``known`` (default: all)."""
    code = text.lower()
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", code):
        raise ValueError("a language tag such as en-gb")
    if known and code not in known and code.partition("-")[0] not in known:
        raise ValueError("a language that Django or articles/locale speaks, such as en-gb or de")
    return code


def time_zone(text: str) -> str:
    """Read a name of the IANA time zone database."""
    try:
        ZoneInfo(text)
    except (OSError, ValueError, LookupError):
        raise ValueError("a time zone such as Europe/London") from None
    return text


def _one_of(choices: tuple[str, ...], text: str) -> str:
    if text not in choices:
        raise ValueError(" or ".join(choices))
    return text
