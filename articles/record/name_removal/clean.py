"""The name of a source out of every row that the newsroom keeps with one story."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote_plus

from django.db.models import Model

from articles.extraction.suggest import entity_name, without_speaker
from articles.models import (
    Article,
    CorrectionDraft,
    FormSubmission,
    Mention,
    Quote,
    QuotePart,
    Suggestion,
    UnsavedForm,
)
from articles.record.quotes.text_quote import anchor
from articles.record.quotes.unnamed_source import LINKS, SourceRow, forget_versions
from articles.text.html.plain import plain_text

from .names import NamePattern
from .tables import TABLES, merge_steps_of


class StoryCleaning:
    """Cleans the rows of ``article``, whose lock the caller holds; ``counts`` are the rows changed, by table.

    ``rows`` are the people and organizations that the source is on record as. Nothing is noted in histories: there the
    name would stand again.
    """

    def __init__(self, article: Article, rows: Sequence[SourceRow], pattern: NamePattern) -> None:
        self.article, self.rows, self.pattern = article, rows, pattern
        self.keys = {(row.kind, key) for row in rows for key in row.keys}
        self.counts: Counter[str] = Counter()

    def run(self) -> None:
        """Clean everything, rows that are about the source first, then single words in others."""
        self._clean_links()
        self._delete_mentions()
        self._clean_suggestions()
        self._delete_merge_steps()
        self._delete_correction_drafts()
        self._read_contexts_anew()
        self._redact()
        self._clean_sent_forms()

    def _count(self, model: type[Model], number: int = 1) -> None:
        if number:
            self.counts[model._meta.label] += number

    def _clean_links(self) -> None:
        """Let the story, its past versions and those from the wire be filed under the source no more."""
        for row in self.rows:
            name, _ = LINKS[row.kind]
            links = getattr(self.article, name).through._base_manager
            filed = links.filter(article=self.article, **{f"{row.kind}__in": row.keys})
            self._count(Article, filed.delete()[0])
            forget_versions(self.article, row)

    def _delete_mentions(self) -> None:
        for mention in Mention._base_manager.filter(article=self.article):
            links = {("person", mention.person_id), ("organization", mention.organization_id)}
            if self.keys & links or self.pattern.is_in(mention.name):
                Suggestion.all_objects.filter(mention=mention).delete()
                mention.delete()
                self._count(Mention)

    def _clean_suggestions(self) -> None:
        """Take out finds of the name; leave of those of words that were said the words, and nobody who said them.

        An open find that has the name in its words goes: it is found anew as long as the text has them.
        """
        for suggestion in Suggestion.all_objects.filter(article=self.article):
            is_of_source = self.pattern.is_in(entity_name(suggestion.found))
            candidates = [c for c in suggestion.candidates if not self._is_source(c)]
            if is_of_source and suggestion.kind == Suggestion.Kind.MENTION:
                suggestion.delete()
                self._count(Suggestion)
                continue
            if is_of_source:
                suggestion.found, candidates = without_speaker(suggestion.found), []
            elif candidates == suggestion.candidates:
                continue
            suggestion.candidates, suggestion.made = candidates, []
            suggestion.save(update_fields=["found", "candidates", "made"])
            self._count(Suggestion)
        for suggestion in Suggestion.all_objects.filter(article=self.article).open():
            if self.pattern.is_in_value(suggestion.found):
                suggestion.delete()
                self._count(Suggestion)

    def _is_source(self, candidate: dict[str, Any]) -> bool:
        key = (candidate.get("kind", ""), candidate.get("pk"))
        return key in self.keys or self.pattern.is_in(str(candidate.get("name", "")))

    def _delete_merge_steps(self) -> None:
        """Drop what undoing a merge would bring back: quotes and names of the story that were the source's."""
        for step in merge_steps_of(self.article.pk):
            links = {(kind, step.was.get(f"{kind}_id")) for kind in LINKS}
            if self.keys & links or self.pattern.is_in_value(step.was):
                step.delete()
                self._count(type(step))

    def _delete_correction_drafts(self) -> None:
        for draft in CorrectionDraft._base_manager.filter(article=self.article):
            if self.pattern.is_in_value([draft.wrong, draft.right, draft.facts]):
                draft.delete()
                self._count(CorrectionDraft)

    def _read_contexts_anew(self) -> None:
        """Let the words around each quote be those of the text as it is now: the text may have lost the name since."""
        body_text = plain_text(self.article.body_html)
        parts = QuotePart.objects.filter(quote__article=self.article)
        for part in parts.filter(quote__state=Quote.State.CONFIRMED):
            if body_text[part.start : part.end] == part.text:
                context = anchor(body_text, part.start, part.end)
                part.prefix, part.suffix = context.prefix, context.suffix
                part.save(update_fields=["prefix", "suffix"])

    def _redact(self) -> None:
        """Write a mark in place of the name in notes that no reader sees."""
        for rule in TABLES:
            if not rule.redacted:
                continue
            for values in list(rule.rows(self.article.pk).values("pk", *rule.redacted)):
                changed = {
                    name: self._fitting(rule.model, name, values[name])
                    for name in rule.redacted
                    if self.pattern.is_in_value(values[name])
                }
                if changed:
                    rule.model._base_manager.filter(pk=values["pk"]).update(**changed)
                    self._count(rule.model)

    def _fitting(self, model: type[Model], name: str, value: Any) -> Any:
        redacted = self.pattern.redact(value)
        limit = getattr(model._meta.get_field(name), "max_length", None)
        return redacted[:limit] if isinstance(redacted, str) else redacted

    def _clean_sent_forms(self) -> None:
        """Delete what could not be saved and has the name; say less of forms that have done their work."""
        for form in UnsavedForm.objects.of_article(self.article.pk):
            if self._is_in_form(form.values):
                form.delete()
                self._count(UnsavedForm)
        submissions = FormSubmission.objects.exclude(message="", location="", popup="")
        for submission in submissions:
            texts = [submission.message, unquote_plus(submission.location), submission.popup]
            if self.pattern.is_in_value(texts):
                submission.message = ""
                submission.location = self.pattern.redact(submission.location.partition("?")[0])
                submission.popup = self.pattern.redact(submission.popup)
                submission.save(update_fields=["message", "location", "popup"])
                self._count(FormSubmission)

    def _is_in_form(self, values: dict[str, list[str]]) -> bool:
        """Tell whether a form of the story names the source, or files the story under its row."""
        chosen = {
            (kind, text) for kind, (name, _) in LINKS.items() for text in values.get(name, ())
        }
        keys = {(kind, str(key)) for kind, key in self.keys}
        return bool(chosen & keys) or self.pattern.is_in_value(values)
