"""Logs: one JSON object a line in production, readable lines elsewhere, each with its request's id."""

import json
import logging
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
access = logging.getLogger("newsroom.access")


def request_log(get_response: Handler) -> Handler:
    """Give each request an id of our own making, send it as ``X-Request-ID``, log how it ended."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request_id = secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]  # for the log of an error
        token = REQUEST_ID.set(request_id)
        started = time.perf_counter()
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = REQUEST_ID.get()
            _log_access(request, response.status_code, time.perf_counter() - started)
            return response
        finally:
            REQUEST_ID.reset(token)

    return middleware


def _log_access(request: HttpRequest, status: int, seconds: float) -> None:
    """Log one answer. No query string: it may hold the key of a signed link, or what a reader looks for."""
    extra = {"request": request, "status_code": status, "milliseconds": round(seconds * 1000, 1)}
    access.info("%s %s %s", request.method, request.path, status, extra=extra)


def config(level: str, *, as_json: bool) -> dict[str, Any]:
    """Give the ``LOGGING`` setting: everything to standard error, through one handler."""
    lines = JsonLines if as_json else PlainLines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": lines}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would say everything a second time, and runserver a line a request.
            "django": {"handlers": [], "level": "NOTSET", "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        },
    }


def request_fields(record: logging.LogRecord) -> dict[str, Any]:
    """Give what ``record`` knows of its request. Asks no database: a user not loaded is not named."""
    request = getattr(record, "request", None)
    fields = {
        "request_id": getattr(request, "request_id", "") or REQUEST_ID.get(),
        "method": getattr(request, "method", None),
        "path": getattr(request, "path", None),
        "status": getattr(record, "status_code", None),
        "milliseconds": getattr(record, "milliseconds", None),
        "user": getattr(getattr(request, "_cached_user", None), "pk", None),
    }
    return {name: value for name, value in fields.items() if value not in (None, "")}


class JsonLines(logging.Formatter):
    """One JSON object a line, ASCII only: no newline or control character of a visitor reaches the log."""

    def format(self, record: logging.LogRecord) -> str:
        """Render ``record``; times are UTC."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **request_fields(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


class PlainLines(logging.Formatter):
    """A line to read: local time, level, logger, message (control characters escaped), request id."""

    def format(self, record: logging.LogRecord) -> str:
        """Render ``record``; a traceback follows on lines of its own."""
        message = "".join(c if c.isprintable() else repr(c)[1:-1] for c in record.getMessage())
        at = datetime.fromtimestamp(record.created).astimezone().isoformat(" ", "seconds")
        line = f"{at} {record.levelname} {record.name}: {message}"
        if request_id := request_fields(record).get("request_id"):
            line += f" [{request_id}]"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line
