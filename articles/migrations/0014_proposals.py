"""A change to what readers have by somebody who may not publish waits beside its row for an editor."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_unsaved_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=articles.clock.now)),
                ("changed_at", models.DateTimeField(default=articles.clock.now)),
                ("base_number", models.PositiveIntegerField(null=True)),
                ("base", models.JSONField(default=dict)),
                ("values", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waiting"),
                            ("taken", "taken"),
                            ("partly", "taken in part"),
                            ("left", "left aside"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("revision_number", models.PositiveIntegerField(null=True)),
                ("left_places", models.PositiveIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="articles.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.author",
                    ),
                ),
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.person",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.tag",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["state", "at"], name="proposal_oldest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("article__isnull", False),
                                ("author__isnull", True),
                                ("organization__isnull", True),
                                ("person__isnull", True),
                                ("tag__isnull", True),
                            ),
                            models.Q(
                                ("article__isnull", True),
                                ("author__isnull", True),
                                ("organization__isnull", True),
                                ("person__isnull", False),
                                ("tag__isnull", True),
                            ),
                            models.Q(
                                ("article__isnull", True),
                                ("author__isnull", True),
                                ("organization__isnull", False),
                                ("person__isnull", True),
                                ("tag__isnull", True),
                            ),
                            models.Q(
                                ("article__isnull", True),
                                ("author__isnull", True),
                                ("organization__isnull", True),
                                ("person__isnull", True),
                                ("tag__isnull", False),
                            ),
                            models.Q(
                                ("article__isnull", True),
                                ("author__isnull", False),
                                ("organization__isnull", True),
                                ("person__isnull", True),
                                ("tag__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_of_one_target",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("article", "by"),
                        name="proposal_one_open_article",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("person", "by"),
                        name="proposal_one_open_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("organization", "by"),
                        name="proposal_one_open_organization",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("tag", "by"),
                        name="proposal_one_open_tag",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("author", "by"),
                        name="proposal_one_open_author",
                    ),
                ],
            },
        ),
    ]
