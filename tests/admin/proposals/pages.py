"""The page of a proposal as somebody uses it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Proposal
from tests.admin.forms import fields_of


def page_of(proposal: Proposal) -> str:
    return reverse("admin:articles_proposal_change", args=[proposal.pk])


def decide_on(
    client: Client,
    proposal: Proposal,
    decision: str,
    reason: str = "",
    *,
    follow: bool = True,
    **chosen: str,
) -> Any:
    """Open the page of ``proposal``, choose sides by the key of a part, press a button; return where that led."""
    data = fields_of(client.get(page_of(proposal)), "decide") | {"reason": reason}
    data |= {f"part-{key}": side for key, side in chosen.items()}
    return client.post(page_of(proposal), data | {"decision": decision}, follow=follow)
