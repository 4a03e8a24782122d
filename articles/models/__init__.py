"""The rows; one noun a file. The readers' side imports the files it needs, never this whole."""

from .addresses import FormerAddress
from .articles import Article, Author, Byline
from .corrections import Correction
from .edition_links import EditionOrganization, EditionPerson, EditionTag
from .editions import Edition
from .images import Image
from .imports import ImportedItem, ImportRun, WaitingChange
from .organizations import Organization
from .people import Membership, OtherName, Person
from .revisions import Revision
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
    "EditionTag",
    "FormerAddress",
    "FormerTagName",
    "Image",
    "ImportRun",
    "ImportedItem",
    "Membership",
    "Organization",
    "OtherName",
    "Person",
    "Revision",
    "Tag",
    "User",
    "WaitingChange",
]
