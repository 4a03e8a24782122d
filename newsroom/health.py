"""Two questions of whoever runs the servers: is the process there, and can it do its work?"""

import logging

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and has every table; 503 with the reason otherwise."""
    reason = why_not_ready()
    return HttpResponse(
        f"{reason or 'ok'}\n", status=503 if reason else 200, content_type="text/plain"
    )


def why_not_ready() -> str:
    """Give what is missing in words for the operator, or ''."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        logger.warning("The database does not answer: %s", error)
        return "the database does not answer"
    return f"migrations to apply: {len(waiting)} (manage.py migrate)" if waiting else ""
