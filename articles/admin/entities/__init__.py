"""People, organizations, authors and tags; duplicates, merging, stories with outdated facts."""

from . import authors, people, tags

__all__ = ["authors", "people", "tags"]
