"""What was said: one row is one utterance in one article, its words exactly as printed."""

import re
import secrets
from collections.abc import Iterator, Sequence

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles import clock
from articles.text.dates import YEAR_OUTSIDE, YEARS
from articles.translation.messages import translate

from .constraints import exactly_one_speaker
from .trash import TrashHidingManager

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # nothing that two people would write down differently
JOINT = " … "
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as newsrooms write it
LINK_FIELDS = ("article", "person", "organization", "on_behalf_of", "approved_by", "confirmed_by")


def new_key() -> str:
    """Return a public id for a quote: ten letters and digits, the same in every edition."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


class QuoteQuerySet(models.QuerySet["Quote"]):
    def confirmed(self) -> "QuoteQuerySet":
        """Quotes whose words stand in the text as an editor confirmed them."""
        return self.filter(state=Quote.State.CONFIRMED)

    def detached(self) -> "QuoteQuerySet":
        """Quotes whose words no longer occur in the text: an editor decides."""
        return self.filter(state=Quote.State.DETACHED)


_QuoteManager = models.Manager.from_queryset(QuoteQuerySet)


class QuoteManager(TrashHidingManager, _QuoteManager):
    """Quotes of stories that are not spiked."""

    trash_paths = ("article__",)


class Quote(models.Model):
    """One utterance in one article, confirmed by an editor. Readers get it with the next edition.

    ``text`` are its parts as printed, joined visibly. Exactly one of ``person``, ``organization`` and ``unnamed``
    (the public description of a source: "a senior official"; never an identity) says who spoke. ``role`` is the
    capacity in which it was said; empty, it is the public role on record for that day, and none of a source who is
    not named. ``mention`` and ``cue`` are the printed words that name the speaker ("he") and the saying ("told").
    ``said_on`` is a date in the paper's zone, None for the story's own day. The marks of a quote that is not
    ``indirect`` stand outside its parts. ``approved_by`` let a source go unnamed. ``is_off_record`` and
    ``embargoed_until`` (aware) keep the story from readers.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", "confirmed"
        DETACHED = "detached", "detached"

    class Kind(models.TextChoices):
        DIRECT = "direct", "whole sentence"
        PARTIAL = "partial", "words within a sentence"
        INDIRECT = "indirect", "in the reporter’s words"

    class Basis(models.TextChoices):
        NAMED = "named", "named beside it"
        PRONOUN = "pronoun", "by a pronoun"
        CARRIED = "carried", "carried over"
        ROLE = "role", "by a role"
        BY_HAND = "by_hand", "by an editor"

    class How(models.TextChoices):
        REPORTERS = "reporters", _("told reporters")
        INTERVIEW = "interview", _("in an interview")
        STATEMENT = "statement", _("in a statement")
        MEETING = "meeting", _("at a meeting")
        COURT = "court", _("in court")
        BROADCAST = "broadcast", _("in a broadcast")
        SOCIAL = "social", _("on social media")

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="quotes")
    quote_key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.CONFIRMED)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField()

    person = models.ForeignKey(
        "Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organization = models.ForeignKey(
        "Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unnamed = models.CharField(
        "unnamed source",
        max_length=200,
        blank=True,
        help_text="As readers see it: “a senior official”. Never a name.",
    )
    unnamed_reason = models.CharField(
        "why unnamed", max_length=500, blank=True, help_text="For the newsroom only."
    )
    on_behalf_of = models.ForeignKey(
        "Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(
        max_length=200,
        blank=True,
        help_text="In what capacity, as printed. Empty: the role on record for that day.",
    )

    mention = models.CharField(max_length=200, blank=True, editable=False)
    cue = models.CharField(max_length=200, blank=True, editable=False)
    basis = models.CharField(max_length=8, choices=Basis.choices, editable=False)
    said_on = models.DateField(
        null=True, blank=True, help_text="Empty: on the day of the story, or not known."
    )
    said_how = models.CharField("how", max_length=10, choices=How.choices, blank=True)
    said_where = models.CharField(
        "where", max_length=160, blank=True, help_text="Readers see it: “in Sund harbour”."
    )
    source_url = models.URLField("recording or document", blank=True)
    locator = models.CharField(
        "place in it", max_length=60, blank=True, help_text="Page 12, or 00:14:05."
    )
    is_translated = models.BooleanField("translated", default=False)
    original_language = models.CharField(
        max_length=20, blank=True, help_text="Of what was said, when it was translated: fr."
    )

    is_off_record = models.BooleanField(
        "off the record", default=False, help_text="The story does not go out with these words."
    )
    embargoed_until = models.DateTimeField(
        "not before",
        null=True,
        blank=True,
        help_text="The story does not go out with these words before.",
    )
    approved_by = models.ForeignKey(
        "User", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, editable=False)

    confirmed_by = models.ForeignKey(
        "User", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = QuoteManager()
    all_objects = QuoteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        permissions = [
            ("approve_source", "Can approve a source who is not named"),
            ("view_audit", "Can see whom the paper quotes, and how often"),
        ]
        constraints = [
            models.CheckConstraint(condition=exactly_one_speaker(), name="quote_one_speaker"),
        ]

    def __str__(self) -> str:
        return f"{self.text[:60]}…" if len(self.text) > 60 else self.text

    @property
    def speaker(self) -> str:
        """Who said it, as readers see it."""
        return str(self.person or self.organization or self.unnamed)

    def clean(self) -> None:
        """Demand what a quote on record must satisfy, whoever stores it. Raises ValidationError by field.

        One speaker; for one who is not named a description, a reason and no capacity; a language only of a translation.
        """
        problems = dict(self._problems())
        if problems:
            raise ValidationError(problems)

    def problems(self) -> list[tuple[str, str]]:
        """Return what is wrong with this row, the name of the field and a sentence each; asks no other table."""
        try:
            self.clean_fields(exclude=[*LINK_FIELDS, "kind"])
        except ValidationError as error:
            invalid = [(name, " ".join(texts)) for name, texts in error.message_dict.items()]
        else:
            invalid = []
        names = {name for name, _ in invalid}
        return invalid + [row for row in self._problems() if row[0] not in names]

    def _problems(self) -> Iterator[tuple[str, str]]:
        """Yield each rule across several fields that does not hold: the field to mend, and a sentence."""
        if self.kind not in self.Kind.values:
            yield (
                "kind",
                gettext(
                    "Choose whether it is a whole sentence, words within one, or a paraphrase."
                ),
            )
        speakers = [self.person_id, self.organization_id, self.unnamed.strip()]
        count = sum(bool(speaker) for speaker in speakers)
        if count != 1:
            yield (
                NON_FIELD_ERRORS,
                gettext(
                    "Say who it was: a person, an organization, or the description of an unnamed source."
                )
                if not count
                else gettext(
                    "Choose only one speaker: a person, an organization, or the description of an unnamed source."
                ),
            )
        if self.unnamed.strip() and not self.unnamed_reason.strip():
            yield "unnamed_reason", gettext("Say why the source is not named.")
        if self.unnamed and (self.role or self.on_behalf_of_id):
            yield (
                "role",
                gettext("A source who is not named has no role and speaks for nobody."),
            )
        if self.said_on and self.said_on.year not in YEARS:
            yield "said_on", translate(YEAR_OUTSIDE)
        if self.original_language and not self.is_translated:
            yield (
                "original_language",
                gettext("Tick “translated” too, or leave the language empty."),
            )
        elif self.original_language and not LANGUAGE_TAG.fullmatch(self.original_language):
            yield "original_language", gettext("Write a language tag: fr, pt-BR, zh-Hant.")

    def stands_in(self, body_text: str) -> bool:
        """Tell whether ``body_text`` holds all parts, letter by letter. Reads ``parts.all()``: a prefetch serves it."""
        parts = self.parts.all()
        return bool(parts) and all(body_text[p.start : p.end] == p.text for p in parts)


class QuotePart(models.Model):
    """One run of a quote: ``plain_body[start:end] == text``, in code points of the article’s body, marks excluded.

    ``prefix`` and ``suffix`` are what stood around it: they find it again after an edit (W3C TextQuoteSelector).
    """

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="parts")
    ordinal = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "ordinal"], name="quote_part_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="quote_part_has_words"),
        ]

    def __str__(self) -> str:
        return self.text


def joined(texts: Sequence[str]) -> str:
    """Join the parts of one utterance so that a reader sees where words of the reporter stand between."""
    return JOINT.join(texts)
