"""Several changes of one scene, each made of the same rows: what one of them writes the next never meets."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import transaction

from articles.public import site_context


@contextmanager
def rolled_back() -> Iterator[None]:
    """Take back what is written meanwhile, and what was kept of it outside the database."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        cache.clear()
        site_context.reset()
