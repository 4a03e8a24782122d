"""The rows; one noun a file. The readers' side imports the files it needs, never this whole."""

from .addresses import FormerAddress
from .articles import Article, Author, Byline
from .corrections import Correction
from .edition_links import EditionOrganization, EditionPerson, EditionTag
from .edition_quotes import EditionQuote
from .editions import Edition
from .images import Image
from .imports import ImportedItem, ImportRun, WaitingChange
from .mentions import Mention
from .organizations import Organization
from .people import Membership, OtherName, Person
from .quotes import Quote, QuotePart
from .revisions import Revision
from .suggestions import Suggestion
from .tags import FormerTagName, Tag
from .users import User

__all__ = [
    "Article",
    "Author",
    "Byline",
    "Correction",
    "Edition",
    "EditionOrganization",
    "EditionPerson",
    "EditionQuote",
    "EditionTag",
    "FormerAddress",
    "FormerTagName",
    "Image",
    "ImportRun",
    "ImportedItem",
    "Membership",
    "Mention",
    "Organization",
    "OtherName",
    "Person",
    "Quote",
    "QuotePart",
    "Revision",
    "Suggestion",
    "Tag",
    "User",
    "WaitingChange",
]
