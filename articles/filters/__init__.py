"""What readers may ask of the lists of stories and of quotes: ``?tag=dredging&tag=council`` narrows."""

from .base import Chip, tags_by_slug
from .editions import EditionFilter
from .fields import MOST_TAGS
from .quotes import QuoteFilter

__all__ = ["MOST_TAGS", "Chip", "EditionFilter", "QuoteFilter", "tags_by_slug"]
