"""A form of the desk that has done its work is noted, so that it does it once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_one_clock"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormSubmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("token", models.CharField(max_length=64)),
                ("content", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=articles.clock.now)),
                ("message", models.TextField(blank=True)),
                ("location", models.TextField(blank=True)),
                ("popup", models.TextField(blank=True)),
                ("object_key", models.PositiveBigIntegerField(null=True)),
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
                        fields=("user", "path", "token", "content"), name="form_submission_once"
                    )
                ],
            },
        ),
    ]
