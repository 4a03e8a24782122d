"""The texts kept with a story: in which the name of a source is replaced, and in which it is only listed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from articles.models import (
    Article,
    Author,
    AuthorLink,
    Byline,
    Correction,
    CorrectionDraft,
    Edition,
    EditionAuthor,
    EditionQuote,
    FormerAddress,
    Image,
    ImportBatch,
    ImportedItem,
    ImportRun,
    Mention,
    MergeStep,
    Proposal,
    Quote,
    QuotePart,
    Revision,
    RightOfReply,
    Suggestion,
    Tag,
    TrashEntry,
    WaitingChange,
    WavedOff,
)

Rows = Callable[[int], "QuerySet[Any]"]
STORY_LINES = "headline kicker dek dateline credit usage_terms slug body_html"


@dataclass(frozen=True, slots=True)
class TableRule:
    """The texts of a table that belong to a story: ``rows`` takes the story's key.

    In ``redacted`` columns the name is replaced; hits in ``listed`` ones are shown to who may approve sources.
    """

    model: Any
    rows: Rows
    redacted: Sequence[str] = ()
    listed: Sequence[str] = ()


def _of_article(model: Any, path: str = "article") -> Rows:
    return lambda key: model._base_manager.filter(**{path: key})


def _logged(key: int) -> QuerySet[Any]:
    """Return what the admin's log says of the story and of what hangs on it, rows that are gone too."""
    history: Any = Quote.history
    keys: dict[type[Model], set[int]] = {
        Article: {key},
        Quote: {*history.filter(article_id=key).values_list("id", flat=True)},
        RightOfReply: {*RightOfReply.all_objects.filter(article=key).values_list("pk", flat=True)},
    }
    condition = Q(pk=None)
    for model, rows in keys.items():
        kind = ContentType.objects.get_for_model(model)
        condition |= Q(content_type=kind, object_id__in=[str(pk) for pk in rows])
    return LogEntry.objects.filter(condition)


def _runs(key: int) -> QuerySet[Any]:
    """Return the imports that brought the story, or a version of it."""
    runs = [
        ImportedItem._base_manager.filter(article=key).values("run"),
        WaitingChange._base_manager.filter(article=key).values("run"),
        Revision.objects.filter(article=key).exclude(run=None).values("run"),
    ]
    return ImportRun.objects.filter(Q(pk__in=runs[0]) | Q(pk__in=runs[1]) | Q(pk__in=runs[2]))


def merge_steps_of(key: int) -> QuerySet[Any]:
    """Return what merges noted of rows of the story."""
    condition = Q(was__article_id=key)
    for model in (Quote, Mention, Suggestion):
        keys = model._base_manager.filter(article=key).values("pk")
        condition |= Q(model=model._meta.label_lower, row__in=keys)
    return MergeStep.objects.filter(condition)


def _pictures(key: int) -> QuerySet[Any]:
    return Image.all_objects.filter(
        Q(pk__in=Article.all_objects.filter(pk=key).values("lead_image"))
        | Q(pk__in=Edition.objects.filter(article=key).values("lead_image"))
    )


def _authors(key: int) -> QuerySet[Any]:
    """Return those who are named as having written the story, by its working copy or by what readers had of it."""
    bylines = Byline._base_manager.filter(article=key).values("author")
    published = EditionAuthor.objects.filter(edition__article=key).values("author")
    return Author.all_objects.filter(Q(pk__in=bylines) | Q(pk__in=published))


HISTORICAL_QUOTE: Any = Quote.history.model  # simple-history's own
QUOTE_NOTES = "unnamed unnamed_reason role mention cue said_where locator".split()
TABLES: tuple[TableRule, ...] = (
    TableRule(Quote, _of_article(Quote), QUOTE_NOTES, ("text", "source_url")),
    TableRule(
        HISTORICAL_QUOTE,
        lambda key: HISTORICAL_QUOTE.objects.filter(article_id=key),
        [*QUOTE_NOTES, "history_change_reason"],
        ("text", "source_url"),
    ),
    TableRule(
        QuotePart,  # of one that stands in the text the context is read anew
        lambda key: QuotePart.objects.filter(quote__article=key),
        ("prefix", "suffix"),
        ("text",),
    ),
    TableRule(Mention, _of_article(Mention), ("name", "role")),
    TableRule(Suggestion, _of_article(Suggestion), ("found", "candidates", "made")),
    TableRule(MergeStep, merge_steps_of, ("was",)),
    TableRule(CorrectionDraft, _of_article(CorrectionDraft), ("wrong", "right", "facts")),
    TableRule(WavedOff, _of_article(WavedOff), ("reason",)),
    TableRule(RightOfReply, _of_article(RightOfReply), ("name", "note")),
    TableRule(Revision, _of_article(Revision), ("note",), ("snapshot",)),
    TableRule(WaitingChange, _of_article(WaitingChange), ("reason",), ("values", "original")),
    TableRule(
        Proposal,
        lambda key: Proposal.all_objects.filter(article=key),
        ("reason",),
        ("base", "values"),
    ),
    TableRule(ImportedItem, _of_article(ImportedItem), (), ("ref", "base_values")),
    TableRule(ImportRun, _runs, ("refusals", "notes"), ("paths", "options")),
    TableRule(ImportBatch, lambda key: ImportBatch.objects.filter(run__in=_runs(key)), ("notes",)),
    TableRule(LogEntry, _logged, ("object_repr", "change_message")),
    TableRule(
        TrashEntry,
        lambda key: TrashEntry.objects.filter(kind="article", row=key),
        ("name", "reason"),
    ),
    TableRule(
        Article,
        lambda key: Article.all_objects.filter(pk=key),
        (),
        [*STORY_LINES.split(), "ed_note", "original"],
    ),
    TableRule(Byline, _of_article(Byline), (), ("role",)),
    TableRule(
        Edition,
        _of_article(Edition),
        (),
        [*STORY_LINES.split(), *"reason hidden_reason body_text bylines tags people".split()]
        + "organizations quotes picture corrections card_html page_html".split(),
    ),
    TableRule(
        EditionQuote,
        _of_article(EditionQuote, "edition__article"),
        (),
        ("text", "unnamed", "role"),
    ),
    TableRule(Correction, _of_article(Correction, "edition__article"), (), ("wrong", "right")),
    TableRule(FormerAddress, _of_article(FormerAddress), (), ("path",)),
    TableRule(Image, _pictures, (), ("name", "source_url", "alt", "caption", "credit")),
    TableRule(
        Tag,
        lambda key: Tag.all_objects.filter(
            pk__in=Article.all_objects.filter(pk=key).values("tags")
        ),
        (),
        ("name", "slug", "description"),
    ),
    TableRule(Author, _authors, (), ("beat", "biography")),
    TableRule(
        AuthorLink,
        lambda key: AuthorLink.all_objects.filter(author__in=_authors(key)),
        (),
        ("url", "label"),
    ),
)
