"""What readers get of authors; no tag stands below itself."""

from typing import Any

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


def part_rings_of_one(apps: Any, schema_editor: Any) -> None:
    """Let a tag that was put below itself stand alone: the new constraint would refuse the row."""
    Tag = apps.get_model("articles", "Tag")
    Tag._base_manager.filter(parent=models.F("pk")).update(parent=None)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0019_period_counts"),
    ]

    operations = [
        migrations.RunPython(part_rings_of_one, migrations.RunPython.noop),
        migrations.CreateModel(
            name="AuthorLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                (
                    "label",
                    models.CharField(
                        blank=True,
                        help_text="As readers see it: Mastodon. Empty: the name of the host.",
                        max_length=60,
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=False, help_text="Readers see this link on the author's page."
                    ),
                ),
            ],
            options={
                "verbose_name": "page elsewhere",
                "verbose_name_plural": "pages elsewhere",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAuthor",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "trashed_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="in the trash since"
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=200)),
                (
                    "beat",
                    models.CharField(
                        blank=True,
                        help_text="What they cover, as readers see it: council and courts.",
                        max_length=160,
                    ),
                ),
                (
                    "biography",
                    models.TextField(blank=True, help_text="An empty line begins a paragraph."),
                ),
                (
                    "is_biography_public",
                    models.BooleanField(
                        default=False, help_text="Readers see the biography on the author's page."
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "is_email_public",
                    models.BooleanField(
                        default=False, help_text="Readers see the address on the author's page."
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical author",
                "verbose_name_plural": "historical authors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAuthorLink",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                (
                    "label",
                    models.CharField(
                        blank=True,
                        help_text="As readers see it: Mastodon. Empty: the name of the host.",
                        max_length=60,
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=False, help_text="Readers see this link on the author's page."
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical page elsewhere",
                "verbose_name_plural": "historical pages elsewhere",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="author",
            name="beat",
            field=models.CharField(
                blank=True,
                help_text="What they cover, as readers see it: council and courts.",
                max_length=160,
            ),
        ),
        migrations.AddField(
            model_name="author",
            name="biography",
            field=models.TextField(blank=True, help_text="An empty line begins a paragraph."),
        ),
        migrations.AddField(
            model_name="author",
            name="email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="author",
            name="is_biography_public",
            field=models.BooleanField(
                default=False, help_text="Readers see the biography on the author's page."
            ),
        ),
        migrations.AddField(
            model_name="author",
            name="is_email_public",
            field=models.BooleanField(
                default=False, help_text="Readers see the address on the author's page."
            ),
        ),
        migrations.AddField(
            model_name="author",
            name="portrait",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="articles.image",
            ),
        ),
        migrations.AlterField(
            model_name="historicaltag",
            name="description",
            field=models.TextField(
                blank=True,
                help_text="What it is about: readers get it above its stories. An empty line begins a paragraph.",
            ),
        ),
        migrations.AlterField(
            model_name="historicaltag",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=100,
                help_text="Order among the sections, and among the subtopics of one tag; the smallest comes first.",
            ),
        ),
        migrations.AlterField(
            model_name="tag",
            name="description",
            field=models.TextField(
                blank=True,
                help_text="What it is about: readers get it above its stories. An empty line begins a paragraph.",
            ),
        ),
        migrations.AlterField(
            model_name="tag",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=100,
                help_text="Order among the sections, and among the subtopics of one tag; the smallest comes first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="tag_not_below_itself",
            ),
        ),
        migrations.AddField(
            model_name="authorlink",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="articles.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalauthor",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalauthor",
            name="portrait",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="articles.image",
            ),
        ),
        migrations.AddField(
            model_name="historicalauthor",
            name="user",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalauthorlink",
            name="author",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="articles.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalauthorlink",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="authorlink",
            constraint=models.UniqueConstraint(fields=("author", "url"), name="author_link_once"),
        ),
        migrations.AddConstraint(
            model_name="authorlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url__startswith", "https://"), ("url__startswith", "http://"), _connector="OR"
                ),
                name="author_link_to_the_web",
                violation_error_message="The address begins with https:// or http://.",
            ),
        ),
    ]
