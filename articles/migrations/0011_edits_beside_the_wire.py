"""What a person changed of a source's text is known, and what the source last sent: newer versions are merged with it."""

from datetime import UTC, datetime
from itertools import groupby

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Subquery

OWNED = """kicker headline dek bylines dateline body_html lead_image embargoed_until published_at date_precision
credit usage_terms language""".split()
TIMES = ("embargoed_until", "published_at")


def owned_values(snapshot):
    """Return what a source owns of a revision; a field from after it counts as empty, whatever empty looks like."""
    values = {name: snapshot.get(name) or None for name in OWNED}
    for name in TIMES:
        if values[name]:
            values[name] = datetime.fromisoformat(values[name]).astimezone(UTC)
    return values


def mark_edits(apps, schema_editor):
    """Mark the revisions of persons that changed what a source owns, and those with which a person began a story."""
    rows = apps.get_model("articles", "Revision").objects.using(schema_editor.connection.alias)
    by_person = rows.filter(article=OuterRef("article"), by__isnull=False)
    concerned = rows.filter(Exists(by_person)).order_by("article", "number")
    fields = concerned.values_list("pk", "article", "by", "snapshot")
    edits = []
    for _, group in groupby(fields.iterator(chunk_size=200), key=lambda row: row[1]):
        before = None
        for pk, _, by, snapshot in group:
            values = owned_values(snapshot)
            if by is not None and values != before:
                edits.append(pk)
            before = values
    for start in range(0, len(edits), 500):
        rows.filter(pk__in=edits[start : start + 500]).update(is_edit=True)


def find_bases(apps, schema_editor):
    """Note which version each story of a source is based on: the last that was taken over, or came before any person."""
    alias = schema_editor.connection.alias
    revisions = apps.get_model("articles", "Revision").objects.using(alias)
    items = apps.get_model("articles", "ImportedItem").objects.using(alias)
    changes = apps.get_model("articles", "WaitingChange").objects.using(alias)
    earlier = revisions.filter(
        article=OuterRef("article"), number__lte=OuterRef("number"), by__isnull=False
    )
    of_machines = revisions.filter(~Exists(earlier), article=OuterRef("article"))
    newest = of_machines.order_by("-number").values("number")[:1]
    items.update(base_revision=Subquery(newest))
    for article, values in (
        changes.filter(state="taken").order_by("pk").values_list("article", "values")
    ):
        items.filter(article=article).update(base_revision=None, base_values=values)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_form_submissions")]

    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ["-updated_at", "-pk"],
                "permissions": [
                    ("publish_article", "Can publish, schedule and correct"),
                    ("withdraw_article", "Can withdraw"),
                    ("bring_back_article", "Can bring back a withdrawn story"),
                ],
            },
        ),
        migrations.AddField("revision", "is_edit", models.BooleanField(default=False)),
        migrations.AddField("revision", "restored_from", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "revision",
            "run",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.importrun",
            ),
        ),
        migrations.AddField("revision", "note", models.CharField(blank=True, max_length=500)),
        migrations.AddField(
            "importeditem", "base_revision", models.PositiveIntegerField(null=True)
        ),
        migrations.AddField("importeditem", "base_values", models.JSONField(null=True)),
        migrations.AddField(
            "waitingchange", "reason", models.CharField(blank=True, max_length=500)
        ),
        migrations.AddField(
            "waitingchange", "revision_number", models.PositiveIntegerField(null=True)
        ),
        migrations.AlterField(
            "waitingchange",
            "state",
            models.CharField(
                choices=[
                    ("open", "waiting"),
                    ("taken", "taken over"),
                    ("left", "left aside"),
                    ("merged", "merged with a later one"),
                ],
                default="open",
                max_length=6,
            ),
        ),
        migrations.RunPython(mark_edits, migrations.RunPython.noop),
        migrations.RunPython(find_bases, migrations.RunPython.noop),
    ]
