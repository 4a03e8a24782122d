"""ARTICLE -> EDITION: check, compose, freeze."""

from .batch import publish_batch
from .behind import has_same_text, record_is_behind, record_now, record_then
from .checks import NotPublishable, reasons_against, warnings_about
from .compose import compose
from .publish import cancel_schedule, correct, publish, schedule, withdraw
from .settle import settle, settle_quotes

__all__ = [
    "NotPublishable",
    "cancel_schedule",
    "compose",
    "correct",
    "has_same_text",
    "publish",
    "publish_batch",
    "reasons_against",
    "record_is_behind",
    "record_now",
    "record_then",
    "schedule",
    "settle",
    "settle_quotes",
    "warnings_about",
    "withdraw",
]
