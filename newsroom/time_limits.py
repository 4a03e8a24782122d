"""No query of a request holds a worker for long: readers' pages end one after a second, the desk after half a minute.

A reader's request of many queries begins none after ``READER_REQUEST_SECONDS``, and one begun before ends by then.
Commands have no limit. The limit follows the request, not the connection, which lives on: each query asks which one
holds, and sets it anew only when it differs from what the connection has.
Sources: PostgreSQL, "Statement Behavior" (statement_timeout, lock_timeout); SQLite, sqlite3_progress_handler.
"""

from collections.abc import Callable
from contextvars import ContextVar
from math import inf
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.log import log_response
from psycopg.pq import TransactionStatus

from newsroom import faults
from newsroom.logs import Handler

LIMIT: ContextVar[float | None] = ContextVar("limit", default=None)  # seconds; None for no limit
END: ContextVar[float] = ContextVar(
    "end", default=inf
)  # of the request's queries (monotonic seconds)
SHORTEST = 0.05  # seconds: what is left of a request when less is, so that its last query can end by itself
STEPS = 20_000  # of SQLite's machine between two looks at the clock: about a millisecond
UNKNOWN = -1.0
# "canceled" by statement_timeout, and "not available" by lock_timeout
POSTGRES_ENDED = {"57014", "55P03"}


class RequestOverTimeError(DatabaseError):
    """A request has had its time: no query of it begins any more."""


class TimeLimits:
    """Middleware: sets the limit of a request's queries, and answers 503 when one reaches it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not any(isinstance(wrapper, QueryLimit) for wrapper in connection.execute_wrappers):
            connection.execute_wrappers.insert(0, QueryLimit())  # first: others leave by the end
        limit_token = LIMIT.set(limit_of(request.path_info))
        end_token = END.set(monotonic() + budget_of(request.path_info))
        try:
            return self.get_response(request)
        finally:
            LIMIT.reset(limit_token)
            END.reset(end_token)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer a query that was ended; everything else is somebody else's."""
        if not is_over_time(exception):
            return None
        response = faults.too_slow()
        message = "A query of %s took too long and was ended"
        log_response(message, request.path, response=response, request=request, level="warning")
        return response


def limit_of(path: str) -> float | None:
    """Return for how many seconds a query of the page at ``path`` may run, None for as long as it takes."""
    return settings.DESK_QUERY_SECONDS if _is_desk(path) else settings.READER_QUERY_SECONDS


def budget_of(path: str) -> float:
    """Return in how many seconds all queries of the page at ``path`` have to end, infinity for no limit."""
    return inf if _is_desk(path) else settings.READER_REQUEST_SECONDS or inf


def _is_desk(path: str) -> bool:
    return path.startswith(reverse("admin:index"))


def seconds_left() -> float | None:
    """Return for how many seconds a query that begins now may run: its own limit, or what its request has left.

    None for as long as it takes. Raises ``RequestOverTimeError`` when nothing is left.
    """
    limit, left = LIMIT.get(), END.get() - monotonic()
    if left <= 0:
        raise RequestOverTimeError
    if left >= (limit or inf):
        return limit
    return None if left == inf else max(left, SHORTEST)


def is_over_time(error: BaseException) -> bool:
    """Tell whether ``error`` is that of a query which was ended by a limit."""
    if not isinstance(error, DatabaseError):
        return False
    if isinstance(error, RequestOverTimeError):
        return True
    cause = error.__cause__
    is_interrupted = getattr(cause, "sqlite_errorname", "") == "SQLITE_INTERRUPT"
    return is_interrupted or getattr(cause, "sqlstate", "") in POSTGRES_ENDED


class QueryLimit:
    """Around each query of one thread's connection: lets it run as long as the request in hand allows."""

    def __init__(self) -> None:
        self.raw: Any = (
            None  # the driver's connection; after a new connect another one, with its own defaults
        )
        self.applied: float | None = None  # what holds in the transaction at hand
        self.session: float | None = None  # what holds outside of one
        self.deadline = inf

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        wrapper = context["connection"]
        if self.raw is not wrapper.connection:
            self.raw, self.applied, self.session = wrapper.connection, None, None
            if wrapper.vendor == "sqlite":
                self.raw.set_progress_handler(self._is_late, STEPS)
        if wrapper.vendor == "sqlite":
            # Rows are computed while they are read: the clock runs until the next query begins.
            self.deadline = monotonic() + (seconds_left() or inf)
        elif (
            wrapper.vendor == "postgresql"
            and not wrapper.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
        ):
            self._apply(wrapper, seconds_left())
        else:
            seconds_left()
        return execute(sql, params, many, context)

    def _is_late(self) -> bool:
        return monotonic() > self.deadline

    def _apply(self, wrapper: Any, seconds: float | None) -> None:
        """Set the limits where they differ, before the first query of a transaction: a rollback may take them back.

        In a transaction that has failed nothing can be set, and nothing is asked but to roll back.
        """
        status = self.raw.info.transaction_status
        if status == TransactionStatus.INERROR:
            return
        if status == TransactionStatus.IDLE:
            self.applied = self.session
        if self.applied == seconds:
            return
        with wrapper.wrap_database_errors:
            self.raw.execute(set_limits(seconds))
        self.applied = seconds
        self.session = UNKNOWN if wrapper.in_atomic_block else seconds


def set_limits(seconds: float | None) -> str:
    """Return the SQL that limits a query of PostgreSQL, and its waiting for locks, or takes the limits off again."""
    if seconds is None:
        return "RESET statement_timeout; RESET lock_timeout"
    waiting = min(seconds, settings.LOCK_SECONDS or seconds)
    return f"SET statement_timeout = {round(seconds * 1000)}; SET lock_timeout = {round(waiting * 1000)}"
