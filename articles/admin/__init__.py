"""The newsroom's side: forms and lists. One file a model family; deeds are calls elsewhere."""

from . import articles, drafts, images, imports, people, quotes, replies, subscriptions, tags, users

__all__ = [
    "articles",
    "drafts",
    "images",
    "imports",
    "people",
    "quotes",
    "replies",
    "subscriptions",
    "tags",
    "users",
]
