"""Rows that the tests of several models need: pass what the test is about, nothing else."""

import itertools
from typing import Any

from articles.models import Article, ImportedItem, ImportRun, Suggestion, WaitingChange
from tests.factories import make_article

numbers = itertools.count(1)


def make_suggestion(article: Article | None = None, **fields: Any) -> Suggestion:
    """Create a find in the body of ``article`` that waits for an editor."""
    defaults = {"kind": "quote", "start": 0, "end": 4, "confidence": 0.5}
    defaults |= {"fingerprint": str(next(numbers)), "found": {}}
    return Suggestion.objects.create(article=article or make_article(), **defaults | fields)


def make_change(article: Article | None = None, **fields: Any) -> WaitingChange:
    """Create a version of ``article`` from its source that waits for an editor."""
    defaults = {"run": make_run(), "values": {}}
    return WaitingChange.objects.create(article=article or make_article(), **defaults | fields)


def make_run(**fields: Any) -> ImportRun:
    """Create a run of an importer that has stored nothing."""
    return ImportRun.objects.create(**{"source": "wire"} | fields)


def make_item(article: Article | None = None, **fields: Any) -> ImportedItem:
    """Create a story of a source as last seen."""
    defaults: dict[str, Any] = {"source": "wire", "ref": str(next(numbers)), "hash": "0" * 64}
    defaults |= {"result": "created", "run": make_run()}
    return ImportedItem.objects.create(article=article or make_article(), **defaults | fields)
