"""People, organizations, authors and tags; duplicates, merging, stories with outdated facts."""

from . import people, tags

__all__ = ["people", "tags"]
