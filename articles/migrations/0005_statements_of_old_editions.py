"""Quotes from before statements had keys get theirs; unnamed sources were approved by who put them on record."""

import hashlib
import re
import unicodedata

from django.db import migrations
from django.db.models import F

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss"}
)
BATCH = 1000


def statement_key(words):
    """Return what ``text.statement`` made of ``words`` when this was written."""
    plain = unicodedata.normalize("NFKD", words.casefold()).translate(LETTERS)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    bare = re.sub(r"[^\w]+", " ", kept).split()
    return hashlib.sha256(" ".join(bare).encode()).hexdigest()[:32] if len(bare) > 3 else ""


def give_keys(apps, schema_editor):
    rows = apps.get_model("articles", "EditionQuote").objects.using(schema_editor.connection.alias)
    after = 0
    while batch := list(rows.filter(pk__gt=after).order_by("pk").only("pk", "text")[:BATCH]):
        for row in batch:
            row.statement_key = statement_key(row.text)
        rows.bulk_update(batch, ["statement_key"])
        after = batch[-1].pk


def approve(apps, schema_editor):
    quotes = apps.get_model("articles", "Quote").objects.using(schema_editor.connection.alias)
    quotes.exclude(unnamed="").update(approved_by=F("confirmed_by"), approved_at=F("confirmed_at"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_the_record_kept")]

    operations = [
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.RunPython(approve, migrations.RunPython.noop),
    ]
