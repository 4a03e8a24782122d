"""What tests of a name that goes share: the decision, and where the name stands in the whole database."""

import json
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from articles.models import Quote, Revision
from articles.record.name_removal.remove import NameDecision, NameReport, remove_source_name
from tests.record.quotes.unnamed import SILENT

NAME = "Harriet Ollerby"
DECISION = NameDecision([NAME, "Ollerby"], "a senior official", "Fears for the job.")


def silence(story) -> None:
    """Take the name out of the working copy, and out of what has been saved of it."""
    story.body_html = SILENT
    story.save()
    for revision in Revision.objects.all():
        revision.snapshot["body_html"] = SILENT
        revision.save()


def remove(quote: Quote, by: Any, **fields: Any) -> NameReport:
    return remove_source_name(quote, replace(DECISION, **fields), by=by)


def traces(*words: str) -> list[str]:
    """Return each table that has one of ``words``, whatever it is for."""
    tables = []
    for model in apps.get_models(include_auto_created=True):
        text = json.dumps(list(model._base_manager.values()), cls=Encoder, ensure_ascii=False)
        tables += [f"{model._meta.label}: {word}" for word in words if word in text]
    return tables


class Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return repr(o) if isinstance(o, bytes | memoryview) else super().default(o)
