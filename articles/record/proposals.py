"""What becomes of a proposal: stored beside its row, merged with what the row says now, taken into a story.

How a row that is no story takes one is in its admin: there its form's rules hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextField
from django.utils.translation import gettext

from articles import clock
from articles.models import Article, Proposal, User
from articles.models.proposals import PROPOSED_FIELDS
from articles.models.snapshot_merges import FIELD_KINDS, choose_sides, merge_snapshots
from articles.models.snapshots import fill_defaults, resolve_links
from articles.text.merge3 import ChoiceError, list_parts, merge3
from articles.text.messages import Message

from .quotes.reanchor import sync_record

HOLD_FIELDS = ("is_on_hold", "embargoed_until")  # what takes a story from readers is never proposed


@dataclass(frozen=True, slots=True)
class ProposedMerge:
    """What a proposal would make of its target: ``values`` has a choice for each of its changes (``merge3``).

    ``mine`` is what the target says now, ``theirs`` what is proposed.
    """

    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]
    values: Mapping[str, Any]

    def preset_sides(self) -> dict[str, str]:
        """Return the side of each part that is chosen before a person chooses: theirs where nobody else changed it."""
        return {
            part.key: "theirs" if part.choice.mine == part.choice.base else "mine"
            for part in list_parts(self.values)
        }

    def changes(self, sides: Mapping[str, str]) -> dict[str, Any]:
        """Return what differs from the target as it is, with ``sides`` chosen. Raises ChoiceError."""
        chosen = choose_sides(self.values, sides, mine=self.mine, theirs=self.theirs)
        return {name: value for name, value in chosen.items() if value != self.mine.get(name)}

    def count_left(self, sides: Mapping[str, str]) -> int:
        """Return how many parts are not taken. Raises ChoiceError where none is."""
        keys = [part.key for part in list_parts(self.values)]
        taken = [key for key in keys if sides.get(key) == "theirs"]
        if not taken:
            raise ChoiceError(
                Message(
                    "Nothing was decided: choose at least one place as proposed, or leave it all.",
                    code="proposal.nothing_chosen",
                )
            )
        return len(keys) - len(taken)


def store_proposal(
    target: Any,
    *,
    by: User,
    base: Mapping[str, Any],
    values: Mapping[str, Any],
    base_number: int | None = None,
) -> Proposal:
    """Store what ``by`` proposes for ``target``, instead of what they proposed before. The caller holds its lock."""
    proposal = Proposal.objects.of_target(target).open().filter(by=by).first()
    if proposal is None:
        proposal = Proposal(**{target._meta.model_name: target}, by=by)
    proposal.base, proposal.values, proposal.base_number = base, values, base_number
    proposal.changed_at = clock.now()
    proposal.save()
    return proposal


def row_values(row: Any) -> dict[str, str]:
    """Return what a row that is no story says in the fields that may be proposed, as a form would send it."""
    names = PROPOSED_FIELDS[row._meta.model_name]
    return {name: plain_lines(getattr(row, name)).strip() for name in names}


def plain_lines(text: str) -> str:
    """Return ``text`` with the line breaks of Unix, whatever a browser made of them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def merge_proposal(proposal: Proposal, target: Any) -> ProposedMerge:
    """Merge ``proposal`` with its ``target`` as it is now; nothing is written."""
    if isinstance(target, Article):
        base, theirs = (current_snapshot(side) for side in (proposal.base, proposal.values))
        mine = target.snapshot()
        merged = merge_snapshots(base, mine, theirs, choose_all=True)
        return ProposedMerge(mine, theirs, merged)
    mine = {name: text for name, text in row_values(target).items() if name in proposal.values}
    fields = {name: target._meta.get_field(name) for name in mine}
    kinds = {name: "text" for name, field in fields.items() if isinstance(field, TextField)}
    merged = merge3(proposal.base, mine, proposal.values, FIELD_KINDS | kinds, choose_all=True)
    return ProposedMerge(mine, proposal.values, merged)


def current_snapshot(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored snapshot of a story with every field and with the rows that stand for its keys now."""
    return resolve_links(Article, fill_defaults(Article, values))[0]


def take_into_story(proposal: Proposal, sides: Mapping[str, str], *, by: User) -> list[str]:
    """Write the chosen ``sides`` of ``proposal`` into its story, as one revision by ``by``; readers get nothing yet.

    What is not named stays as it is. The caller holds the lock of the article. Returns sentences for the editor: what
    the proposal named that is gone, what came loose in the record. Raises ChoiceError; nothing is stored then.
    """
    article = Article.objects.with_everything().get(proposals=proposal)
    merge = merge_proposal(proposal, article)
    changes, left = merge.changes(sides), merge.count_left(sides)
    notes = article.apply_snapshot(changes)
    name = proposer_name(proposal)
    article.create_revision(by, note=gettext("From the proposal of %(name)s.") % {"name": name})
    close_taken(proposal, by=by, left_places=left, revision_number=article.revision_number)
    return notes + sync_record(Article.objects.get(pk=article.pk), by=by)


def close_taken(
    proposal: Proposal, *, by: User, left_places: int, revision_number: int | None = None
) -> None:
    """Note that ``proposal`` was taken, but for ``left_places`` of its places."""
    state = Proposal.State.PARTLY_TAKEN if left_places else Proposal.State.TAKEN
    rows = Proposal.objects.filter(pk=proposal.pk)
    rows.close(state, by=by, left_places=left_places, revision_number=revision_number)


def proposer_name(proposal: Proposal) -> str:
    """Return who made ``proposal``, as the desk says it."""
    by = proposal.by
    return by.display_name if by else gettext("an account deleted since")
