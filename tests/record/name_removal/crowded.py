"""A story with one row in every table that may hold the name of the source of its quote."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import BinaryField, JSONField, Model, SlugField, URLField
from django.urls import reverse

from articles.models import (
    Article,
    AuthorLink,
    CorrectionDraft,
    FormerAddress,
    FormSubmission,
    ImportBatch,
    ImportRun,
    Mention,
    Merge,
    MergeStep,
    Proposal,
    Quote,
    RightOfReply,
    TrashEntry,
    UnsavedForm,
    User,
    WavedOff,
)
from articles.publishing import correct, publish
from articles.record.name_removal.names import REMOVED
from articles.record.name_removal.remove import NameDecision
from articles.text.fold import slugify
from tests.factories import make_article, make_image, make_person, make_quote, make_tag
from tests.models.rows import make_change, make_item, make_run, make_suggestion

NAME = "Harriet Óllerby"
WORDS = "The quay will not hold another winter."
OTHER_WORDS = "It was a cold day."
BODY = f"<p>Somebody who knows said: “{WORDS}”</p><p>“{OTHER_WORDS}”</p>"
DECISION = NameDecision([NAME], "a senior official", "Fears for the job.")
FIELDS = "speaker speaker_type mention cue role".split()
FIND: dict[str, Any] = dict.fromkeys(FIELDS, "") | {"parts": [[0, 8]], "text": "Somebody"}
FIND |= {"kind": "term", "basis": "named"}
SHAPES: dict[str, Any] = {  # what a JSON column holds, where code reads its shape
    "articles.CorrectionDraft.facts": [NAME],
    "articles.Suggestion.found": {"speaker": NAME, "text": WORDS, "parts": []},
    "articles.Suggestion.candidates": [{"kind": "person", "pk": 0, "name": NAME, "score": 1}],
    "articles.Suggestion.made": [["person", NAME]],
}


def make_crowded(by: User) -> Quote:
    """Publish a story in which somebody on record says ``WORDS``, corrected, imported and talked about."""
    run = make_run()
    article = make_article(
        body_html=BODY, bylines=("Ann Pell",), tags=(make_tag("Quay"),), lead_image=make_image()
    )
    author = article.bylines.get().author
    AuthorLink.objects.create(author=author, url="https://profiles.example/ann", label="Profile")
    make_quote(article, OTHER_WORDS)
    correct_live(article)
    quote = make_quote(article, WORDS, person=make_person(NAME))
    for make in (make_item, make_change):
        make(article, run=run)
    ImportRun.objects.exclude(pk=run.pk).delete()
    ImportBatch.objects.create(run=run, number=1, digest="0")
    suggestion = make_suggestion(article, state="rejected", found=FIND)
    Mention.objects.create(article=article, person=make_person("Tomas Reve"), name="Tomas Reve")
    merge = Merge.objects.create(kind="person", gone=900, survivor=901, name="x", slug="x")
    MergeStep.objects.create(
        merge=merge, model="articles.suggestion", row=suggestion.pk, was={"mention_id": 1}
    )
    Proposal.objects.create(article=article, by=by, values={})
    CorrectionDraft.objects.create(article=article, wrong="a", right="b")
    WavedOff.objects.create(article=article, check_name="x", fingerprint="x", reason="x")
    RightOfReply.objects.create(article=article, name="Mr Berg")
    TrashEntry.objects.create(kind="article", row=article.pk, name="x")
    FormerAddress.objects.create(article=article, path="/old/")
    log = {"user": by, "action_flag": CHANGE, "object_repr": "x", "change_message": "x"}
    kind = ContentType.objects.get_for_model(Quote)
    LogEntry.objects.create(content_type=kind, object_id=str(quote.pk), **log)
    form = {"user": by, "path": reverse("admin:articles_article_change", args=[article.pk])}
    FormSubmission.objects.create(**form, token="t", content="c", message="x")
    UnsavedForm.objects.create(**form, token="t", values={})
    return quote


def correct_live(article: Article) -> None:
    publish(article, by=None)
    correct(article, by=None, wrong="Two.", right="Three.", weight="correction")
    article.refresh_from_db()


def planted(model: type[Model], column: str) -> Any:
    """Return a value of ``column`` that has the name."""
    field = model._meta.get_field(column)
    label = f"{model._meta.label}.{column}"
    if label in SHAPES:
        return SHAPES[label]
    if isinstance(field, JSONField):
        return {"note": [f"It was {NAME}."]}
    if isinstance(field, BinaryField):
        return f"Byline: {NAME}".encode()
    if isinstance(field, URLField):
        return f"https://recordings.example/{slugify(NAME)}.mp3"
    if isinstance(field, SlugField):
        return slugify(NAME)
    return f"It was {NAME}."[: getattr(field, "max_length", None)]


def is_clean(value: object) -> bool:
    """Tell whether nothing of the name stands in ``value``, whatever its shape."""
    text = repr(value).replace(REMOVED, "").lower()
    return "llerby" not in text and "harriet" not in text
