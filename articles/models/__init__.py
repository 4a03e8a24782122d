"""The rows; one noun a file. The readers' side imports the files it needs, never this whole."""

from .addresses import FormerAddress
from .article_search import ArticleSearch
from .articles import Article, Byline
from .authors import Author, AuthorLink
from .clock_readings import ClockReading
from .corrections import Correction
from .desk_names import DeskNameWord
from .edition_links import EditionAuthor, EditionOrganization, EditionPerson, EditionTag
from .edition_quotes import EditionQuote
from .editions import Edition
from .editorial import CorrectionDraft, RightOfReply, WavedOff
from .form_submissions import FormSubmission
from .identifiers import Identifier
from .images import Image
from .imports import ImportBatch, ImportedItem, ImportRun, SupersededContent, WaitingChange
from .mentions import Mention
from .merges import Distinct, Merge, MergeStep
from .name_removals import NameRemoval
from .name_words import NameWord
from .organizations import Organization
from .people import Membership, OtherName, Person
from .period_counts import PeriodCount
from .presences import Presence
from .proposals import Proposal
from .quotes import Quote, QuotePart
from .revisions import Revision
from .saved_forms import SavedForm
from .search import EditionSearch
from .slugs import TagSlugs
from .statements import StatementLink
from .subscriptions import Subscription
from .suggestions import Suggestion
from .tag_names import TagNames
from .tags import FormerTagName, Tag, TagCode
from .trash import EmptiedItem, Trashable, TrashEntry
from .unsaved_forms import UnsavedForm
from .users import User

__all__ = [
    "Article",
    "ArticleSearch",
    "Author",
    "AuthorLink",
    "Byline",
    "ClockReading",
    "Correction",
    "CorrectionDraft",
    "DeskNameWord",
    "Distinct",
    "Edition",
    "EditionAuthor",
    "EditionOrganization",
    "EditionPerson",
    "EditionQuote",
    "EditionSearch",
    "EditionTag",
    "EmptiedItem",
    "FormSubmission",
    "FormerAddress",
    "FormerTagName",
    "Identifier",
    "Image",
    "ImportBatch",
    "ImportRun",
    "ImportedItem",
    "Membership",
    "Mention",
    "Merge",
    "MergeStep",
    "NameRemoval",
    "NameWord",
    "Organization",
    "OtherName",
    "PeriodCount",
    "Person",
    "Proposal",
    "Presence",
    "Quote",
    "QuotePart",
    "Revision",
    "RightOfReply",
    "SavedForm",
    "StatementLink",
    "Subscription",
    "Suggestion",
    "SupersededContent",
    "Tag",
    "TagCode",
    "TagNames",
    "TagSlugs",
    "TrashEntry",
    "Trashable",
    "UnsavedForm",
    "User",
    "WaitingChange",
    "WavedOff",
]
