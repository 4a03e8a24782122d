"""Constraints that several rows share."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import Q


def exactly_one(*names: str) -> Q:
    """Say that exactly one of these nullable columns is set."""
    return reduce(
        or_, (Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names)
    )


def exactly_one_speaker() -> Q:
    """Say that a quote has one speaker: a person, an organization or somebody who is not named."""
    nobody = {"person__isnull": True, "organization__isnull": True, "unnamed": ""}
    named = Q(**nobody | {"person__isnull": False}) | Q(**nobody | {"organization__isnull": False})
    return named | (Q(person__isnull=True, organization__isnull=True) & ~Q(unnamed=""))


class PostgresExclusion(ExclusionConstraint):
    """An exclusion constraint that other databases pass over: there the lock in publishing is the guard."""

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().constraint_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().create_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().remove_sql(model, schema_editor)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Leave the check to the database: an edition is only written under the lock of its article."""
