"""Turn the address of a database, a cache or a mail server into Django's settings for it. No Django here.

Each function raises ``ValueError`` saying what to write; no message repeats a password.
"""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

# synchronous=FULL: a story that was published stays published when the power fails.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
POSTGRES_OPTIONS = {
    "application_name", "connect_timeout", "host", "options", "passfile", "service",
    "sslcert", "sslcrl", "sslkey", "sslmode", "sslrootcert", "target_session_attrs",
}  # fmt: skip


def database(text: str, base_dir: Path) -> dict[str, Any]:
    """Read ``postgres://user:password@host:port/name?sslmode=require`` or ``sqlite:///file``."""
    parts = _split(text)
    if parts.scheme == "sqlite":
        return _sqlite(parts, base_dir)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(parts)
    raise ValueError("postgres://user:password@host:5432/name or sqlite:///newsroom.sqlite3")


def _sqlite(parts: SplitResult, base_dir: Path) -> dict[str, Any]:
    """Three slashes begin a path relative to ``base_dir``, four an absolute one."""
    path = unquote(parts.path)[1:]
    if parts.netloc or parts.query or not path:
        raise ValueError(
            "sqlite:///newsroom.sqlite3 (relative) or sqlite:////srv/paper/newsroom.sqlite3 (absolute)"
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": base_dir / path,
        # IMMEDIATE waits for its turn; DEFERRED fails at once when it turns to writing.
        "OPTIONS": {"init_command": SQLITE_PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 20},
    }


def _postgres(parts: SplitResult) -> dict[str, Any]:
    """Pass the query string to libpq, but for ``conn_max_age`` (seconds) and ``pooler=transaction``."""
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    age, pooler = query.pop("conn_max_age", "60"), query.pop("pooler", "")
    if unknown := sorted(set(query) - POSTGRES_OPTIONS):
        raise ValueError(
            f"no option {', '.join(unknown)}; known: {', '.join(sorted(POSTGRES_OPTIONS))}"
        )
    if not age.isdecimal() or pooler not in {"", "transaction"}:
        raise ValueError("conn_max_age in whole seconds, and pooler=transaction or nothing")
    name = unquote(parts.path).strip("/")
    if not name:
        raise ValueError(
            "the name of the database at the end: postgres://user:password@host:5432/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": int(age),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooler == "transaction",
        "OPTIONS": {"connect_timeout": 5, **query},
    }


def cache(text: str) -> dict[str, Any]:
    """Read ``redis://user:password@host:6379/0`` (``rediss://`` for TLS); nothing means the memory of each process."""
    if not text:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if _split(text).scheme not in {"redis", "rediss"} or not _split(text).hostname:
        raise ValueError("redis://127.0.0.1:6379/0")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": text,
        "KEY_PREFIX": "newsroom",
    }


def mail(text: str) -> dict[str, Any]:
    """Read ``smtp://`` (plain), ``smtp+starttls://`` or ``smtps://`` ``user:password@host:port``, or ``console:``.

    Gives the backend's path and its options under the names of Django 6.1's ``MAILERS``.
    """
    if text == "console:":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend", "OPTIONS": {}}
    parts = _split(text)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError(
            "smtp+starttls://user:password@mail.example:587, smtps://…, smtp://… or console:"
        )
    options = {
        "host": parts.hostname,
        "port": parts.port or ports[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+starttls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 10,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def _split(text: str) -> SplitResult:
    """Split an address; a port that is no number is refused here."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError(
            "an address such as scheme://user:password@host:port/name (encode @ : / # as %40 %3A %2F %23)"
        ) from None
    return parts
