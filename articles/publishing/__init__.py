"""ARTICLE -> EDITION: check, compose, freeze."""

from .batch import publish_batch
from .behind import record_is_behind
from .checks import NotPublishable, reasons_against, warnings_about
from .compose import compose
from .publish import cancel_schedule, correct, publish, schedule, withdraw
from .settle import settle

__all__ = [
    "NotPublishable",
    "cancel_schedule",
    "compose",
    "correct",
    "publish",
    "publish_batch",
    "reasons_against",
    "record_is_behind",
    "schedule",
    "settle",
    "warnings_about",
    "withdraw",
]
