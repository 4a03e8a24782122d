"""What readers may ask of the lists of stories and of quotes: ``?tag=dredging&tag=council`` narrows."""

from .base import Chip, tags_by_slug
from .compare import CompareFilter
from .editions import EditionFilter
from .fields import MOST_TAGS
from .quotes import QuoteFilter
from .subject import SubjectFilter

__all__ = [
    "MOST_TAGS",
    "Chip",
    "CompareFilter",
    "EditionFilter",
    "QuoteFilter",
    "SubjectFilter",
    "tags_by_slug",
]
