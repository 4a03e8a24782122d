"""Rows are put away instead of deleted: since when, by whom and why; stories of a source that were emptied."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_edits_beside_the_wire"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="trashed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="in the trash since"
            ),
        ),
        migrations.AddField(
            model_name="author",
            name="trashed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="in the trash since"
            ),
        ),
        migrations.AddField(
            model_name="historicalorganization",
            name="trashed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="in the trash since"
            ),
        ),
        migrations.AddField(
            model_name="historicalperson",
            name="trashed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="in the trash since"
            ),
        ),
        migrations.AddField(
            model_name="historicaltag",
            name="trashed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="in the trash since"
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="trashed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="in the trash since"
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="trashed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="in the trash since"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="trashed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="in the trash since"
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="trashed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="in the trash since"
            ),
        ),
        migrations.CreateModel(
            name="EmptiedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=80)),
                ("ref", models.CharField(max_length=255)),
                ("emptied_at", models.DateTimeField(default=articles.clock.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "ref"), name="emptied_item_unique_ref"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrashEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("row", models.PositiveBigIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(default=articles.clock.now, verbose_name="put away")),
                ("restored_at", models.DateTimeField(null=True)),
                ("emptied_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "restored_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "row in the trash",
                "verbose_name_plural": "trash",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["kind", "row"], name="trash_entry_row")],
            },
        ),
    ]
