"""What the form of a story or a row says of proposals: the user's own, those of others, what became of the last one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from articles import clock, dates
from articles.admin.already_done import describe_author
from articles.admin.status import PUBLISH
from articles.models import Article, Proposal, User
from articles.record.proposals import proposer_name

OUTCOME_SHOWN_FOR = timedelta(days=14)
MAX_LISTED = 20


@dataclass(frozen=True, slots=True)
class ProposalNotice:
    """A sentence on a proposal, with the way to its page; ``reason`` is what an editor answered."""

    text: str
    address: str
    label: str
    reason: str = ""


def own_proposal(user: User, target: Any) -> Proposal | None:
    """Return what ``user`` proposes for ``target`` and nobody has decided about."""
    return Proposal.objects.of_target(target).open().filter(by=user).first()


def may_decide(user: User, target: Any) -> bool:
    """Tell whether ``user`` may take or leave a proposal for ``target``: who may change it and publish it."""
    return user.has_perms([PUBLISH, f"articles.change_{target._meta.model_name}"])


def page_of(proposal: Proposal) -> str:
    """Return the address at which ``proposal`` is looked at and decided about."""
    return reverse("admin:articles_proposal_change", args=[proposal.pk])


def form_of_target(target: Any) -> str:
    """Return the address of the form of a story or a row."""
    return reverse(f"admin:articles_{target._meta.model_name}_change", args=[target.pk])


def list_notices(user: User, target: Any, *, shows_own: bool) -> list[ProposalNotice]:
    """Return what ``user`` is to know of the proposals for ``target``; ``shows_own``: the form holds theirs."""
    proposals = Proposal.objects.of_target(target).select_related("by", "decided_by")
    waiting = list(proposals.open()[:MAX_LISTED])
    own = [_own_notice(proposal, target, shows_own) for proposal in waiting if proposal.by == user]
    others = [_waiting_notice(p, user, target) for p in waiting if p.by != user]
    return [*own, *([] if own else _outcome_notices(proposals, user)), *others]


def _own_notice(proposal: Proposal, target: Any, shows_own: bool) -> ProposalNotice:
    at = dates.format_compact(proposal.changed_at)
    if not shows_own:
        text = gettext("Your proposal of %(at)s waits for an editor. It is not in this form.")
    elif isinstance(target, Article):
        text = gettext(
            "You see your proposal of %(at)s. Readers and the newsroom’s copy have not changed."
        )
    else:
        text = gettext("You see your proposal of %(at)s. Readers have not got it.")
    text %= {"at": at}
    if isinstance(target, Article) and (proposal.base_number or 0) < target.revision_number:
        text += " " + gettext("The story was saved since then: who decides sees both.")
    label = gettext("See how it differs, or withdraw it …")
    return ProposalNotice(text, page_of(proposal), label)


def _waiting_notice(proposal: Proposal, user: User, target: Any) -> ProposalNotice:
    text = gettext("A proposal by %(name)s, %(at)s.")
    text %= {"name": proposer_name(proposal), "at": dates.format_compact(proposal.changed_at)}
    decides = may_decide(user, target)
    label = gettext("Look at it and decide …") if decides else gettext("Look at it …")
    return ProposalNotice(text, page_of(proposal), label)


def _outcome_notices(proposals: Any, user: User) -> Iterator[ProposalNotice]:
    """Yield what became of the last proposal of ``user``, while it is news."""
    since = clock.now() - OUTCOME_SHOWN_FOR
    decided = proposals.filter(by=user, decided_at__gt=since).exclude(
        state=Proposal.State.WITHDRAWN
    )
    if proposal := decided.order_by("-decided_at", "-pk").first():
        text = describe_outcome(proposal, user)
        yield ProposalNotice(text, page_of(proposal), gettext("See it …"), proposal.reason)


def describe_outcome(proposal: Proposal, user: User) -> str:
    """Say to ``user`` what was decided about a proposal that is not open."""
    sentence = {
        Proposal.State.TAKEN: gettext("{whose} of {at}: taken by {who}, {when}."),
        Proposal.State.PARTLY_TAKEN: ngettext(
            "{whose} of {at}: taken, but for {count} place, by {who}, {when}.",
            "{whose} of {at}: taken, but for {count} places, by {who}, {when}.",
            proposal.left_places,
        ),
        Proposal.State.LEFT: gettext("{whose} of {at}: left aside by {who}, {when}."),
        Proposal.State.WITHDRAWN: gettext("{whose} of {at}: withdrawn, {when}."),
    }[Proposal.State(proposal.state)]
    of_another = gettext("The proposal of {name}").replace("{name}", proposer_name(proposal))
    values = {
        "{whose}": gettext("Your proposal") if proposal.by == user else of_another,
        "{at}": dates.format_compact(proposal.changed_at),
        "{count}": str(proposal.left_places),
        "{who}": describe_author(proposal.decided_by, user),
        "{when}": dates.format_compact(proposal.decided_at or proposal.changed_at),
    }
    for place, value in values.items():
        sentence = sentence.replace(place, value)
    return sentence
