"""The newsroom's side: forms and lists. One file a model family; deeds are calls elsewhere."""

from . import articles, images, imports, people, quotes, subscriptions, tags, users

__all__ = ["articles", "images", "imports", "people", "quotes", "subscriptions", "tags", "users"]
