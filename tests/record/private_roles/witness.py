"""A story about a protected witness, whose role must not be public any more."""

from datetime import UTC, datetime

from articles.models import Person
from articles.record.private_roles.editions import private_role_issues

DAY = datetime(2025, 6, 1, 12, tzinfo=UTC)
WORDS, MORE = "The quay will not hold another winter.", "We counted every pile."
BODY = f"<p>“{WORDS}” said Ada Lund. “{MORE}” she added.</p>"
LABEL = "protected witness, Police of Sund"
REASON = "It said more of a person than we may."


def make_private(person: Person) -> None:
    """Let readers be told no role of ``person`` any more."""
    for role in person.memberships.all():
        role.is_public = False
        role.save()


def role_issues() -> list[tuple[str, str]]:
    """Return the editions that carry a private role, each with what is wrong with it."""
    return [(issue.field, issue.message) for issue in private_role_issues()]
