"""A story that a person took away from readers: who may bring it back, and what readers are told.

Said here once, for every door: what publishes asks ``bring_back_blockers``.
"""

from django.utils.translation import gettext, gettext_noop

from articles import dates
from articles.models import Edition, User

# Stored as they stand here, and translated where readers are told.
CANCELED = gettext_noop("The agency that sent this story has cancelled it.")
WITHHELD = gettext_noop("The agency that sent this story has withheld it.")
EMBARGOED = gettext_noop("This story is not yet free for publication.")
ON_HOLD = gettext_noop("This story is on hold while the newsroom checks it.")
WIRE_REASONS = {CANCELED, WITHHELD, EMBARGOED}  # of withdrawals that no person asked for
TEMPORARY_REASONS = {*WIRE_REASONS, ON_HOLD}  # of those that end with the hold
NO_REASON_GIVEN = gettext_noop("No reason was given.")
BRING_BACK = "articles.bring_back_article"


def is_taken_away(edition: Edition | None) -> bool:
    """Tell whether ``edition`` is a withdrawal that a person decided; one that ends with its hold is none."""
    return bool(edition and edition.is_withdrawal and edition.reason not in TEMPORARY_REASONS)


def bring_back_blockers(previous: Edition | None, by: User | None, reason: str) -> list[str]:
    """Return why ``by`` (None: a machine) may not let another edition follow ``previous``; empty where that is free.

    ``reason`` is what readers are told, ``NO_REASON_GIVEN`` where the newsroom chose to say none.
    """
    if previous is None or not is_taken_away(previous):
        return []
    values = {"when": dates.format_datetime(previous.starts_at)}
    if by is None:
        return [gettext("It was withdrawn on %(when)s. Only a person can bring it back.") % values]
    if not by.has_perm(BRING_BACK):
        sentence = gettext(
            "It was withdrawn on %(when)s. Your role may not bring it back: ask a chief, or somebody else with the "
            "right to bring back withdrawn stories."
        )
        return [sentence % values]
    if not reason.strip():
        sentence = gettext(
            "It was withdrawn on %(when)s. Bring it back first: say why, or choose that no reason is given."
        )
        return [sentence % values]
    return []
