"""The words of what readers get: a tsvector with its index on PostgreSQL, a table of FTS5 on SQLite.

``manage.py build_search`` fills them for what was published before.
"""

import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

CREATE_WORDS = """
CREATE VIRTUAL TABLE articles_editionwords USING fts5(
    headline, details, body, forms, labels,
    content='articles_editionsearch', content_rowid='key',
    tokenize='unicode61 remove_diacritics 0'
)
"""
CREATE_GIN = """
CREATE INDEX articles_editionsearch_vector ON articles_editionsearch USING gin (vector) WITH (fastupdate = off)
"""


def create_index(apps, schema_editor):
    by_vendor = {"sqlite": CREATE_WORDS, "postgresql": CREATE_GIN}
    schema_editor.execute(by_vendor[schema_editor.connection.vendor])


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":  # PostgreSQL's goes with the table
        schema_editor.execute("DROP TABLE articles_editionwords")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_name_removals"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionSearch",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("headline", models.TextField(blank=True)),
                ("details", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("forms", models.TextField(blank=True)),
                ("labels", models.TextField(blank=True)),
                ("vector", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search",
                        to="articles.edition",
                    ),
                ),
            ],
        ),
        migrations.RunPython(create_index, drop_index, elidable=False),
    ]
