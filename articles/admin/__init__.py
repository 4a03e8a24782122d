"""The newsroom's side: forms and lists, a folder a family of rows; what they do is called from elsewhere."""

from . import articles, entities, images, imports, proposals, quotes, trash, users

__all__ = ["articles", "entities", "images", "imports", "proposals", "quotes", "trash", "users"]
