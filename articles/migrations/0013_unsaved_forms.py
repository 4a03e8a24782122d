"""A form of a story that was refused, because the session had ended, is offered to its account for a day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_trash"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnsavedForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("token", models.CharField(max_length=64)),
                ("values", models.JSONField()),
                ("at", models.DateTimeField(db_index=True, default=articles.clock.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "path", "token"), name="unsaved_form_once"
                    )
                ],
            },
        ),
    ]
