"""ARTICLE -> EDITION: check, compose, freeze."""

from .batch import publish_batch
from .checks import NotPublishable, publish_blockers, publish_warnings
from .compose import compose
from .editor_decisions import Obstacle, decisions_by_hand
from .holds import cancel_if_blocked, enforce_hold
from .publish import cancel_schedule, correct, publish, schedule, withdraw
from .record_diff import current_record, has_same_text, published_record, record_is_outdated
from .reschedule import ScheduleConflictError, ScheduleDecision

__all__ = [
    "NotPublishable",
    "Obstacle",
    "ScheduleConflictError",
    "ScheduleDecision",
    "cancel_schedule",
    "compose",
    "correct",
    "decisions_by_hand",
    "has_same_text",
    "publish",
    "publish_batch",
    "publish_blockers",
    "record_is_outdated",
    "current_record",
    "published_record",
    "schedule",
    "enforce_hold",
    "cancel_if_blocked",
    "publish_warnings",
    "withdraw",
]
