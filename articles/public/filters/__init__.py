"""What readers may ask of the lists of stories and of quotes: ``?tag=dredging&tag=council`` narrows."""

from .base import Chip, tags_by_slug
from .compare import CompareFilter
from .editions import EditionFilter
from .fields import MOST_TAGS
from .profile import ProfileFilter
from .quotes import QuoteFilter

__all__ = [
    "MOST_TAGS",
    "Chip",
    "CompareFilter",
    "EditionFilter",
    "QuoteFilter",
    "ProfileFilter",
    "tags_by_slug",
]
