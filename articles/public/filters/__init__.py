"""What readers may ask of the lists of stories and of quotes: ``?tag=dredging&tag=council`` narrows."""

from .base import Chip, tags_by_slug
from .compare import CompareFilter
from .editions import RELEVANCE, EditionFilter
from .fields import MOST_TAGS
from .profile import ProfileFilter
from .quotes import QuoteFilter, SelectedQuotes
from .selection import Selection

__all__ = [
    "MOST_TAGS",
    "RELEVANCE",
    "Chip",
    "CompareFilter",
    "EditionFilter",
    "QuoteFilter",
    "ProfileFilter",
    "SelectedQuotes",
    "Selection",
    "tags_by_slug",
]
