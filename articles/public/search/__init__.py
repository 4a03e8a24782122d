"""What readers find: stories by their words, newest first or by how well they fit."""

from .stories import COUNT_CAP, RANKED, FoundStories, find_stories, rank

__all__ = ["COUNT_CAP", "RANKED", "FoundStories", "find_stories", "rank"]
