"""When a save is a proposal, and when its form has been overtaken by another window of its sender."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from articles.admin.status import PUBLISH
from articles.models import Article, Edition, Proposal, User
from articles.text.numbers import parse_number

from .notices import describe_outcome, own_proposal

SEEN = "seen_proposal"  # the field of a form that names the proposal it showed
CHANGED_ELSEWHERE = "proposal_changed"


def must_propose(user: User, article: Article) -> bool:
    """Tell whether readers have ``article``, or will at a set time, and ``user`` may not publish it."""
    if not article.pk or user.has_perm(PUBLISH):
        return False
    return Edition.objects.filter(article=article.pk).lasting().exists()


def seen_version(user: User, target: Any) -> str:
    """Name the user's open proposal for ``target`` as it is now, empty for none."""
    proposal = own_proposal(user, target)
    return proposal.version if proposal else ""


def proposal_problem(user: User, target: Any, seen: str) -> forms.ValidationError | None:
    """Return why a form that showed the proposal ``seen`` is not saved before its sender knows; None if it is."""
    if seen == seen_version(user, target):
        return None
    key = parse_number(seen.partition("-")[0])
    before = Proposal.objects.of_target(target).filter(by=user, pk=key).first()
    if before and not before.is_open:
        sentence = gettext("%(outcome)s That was after this form was opened: nothing is saved.")
        text = sentence % {"outcome": describe_outcome(before, user)}
    else:
        text = gettext(
            "You saved your proposal in another window after this form was opened: nothing of this one is saved."
        )
    advice = gettext("The form holds its text. Save again to propose it as it stands here.")
    return forms.ValidationError(f"{text} {advice}", code=CHANGED_ELSEWHERE)
