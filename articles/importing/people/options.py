"""What the operator asked of an import of people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeopleOptions:
    """What the operator asked for. ``confirm``: vouch for the source; ``match_names``: one name is one person."""

    source: str = ""
    confirm: bool = False
    match_names: bool = False
    dry_run: bool = False
