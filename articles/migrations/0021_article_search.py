"""The words of every story for the search of the desk; ``manage.py build_search`` fills them for the stories that are here."""

import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

CREATE_WORDS = """
CREATE VIRTUAL TABLE articles_articlewords USING fts5(
    headline, details, body, forms, labels,
    content='articles_articlesearch', content_rowid='key',
    tokenize='unicode61 remove_diacritics 0'
)
"""
CREATE_GIN = """
CREATE INDEX articles_articlesearch_vector ON articles_articlesearch USING gin (vector) WITH (fastupdate = off)
"""


def create_index(apps, schema_editor):
    by_vendor = {"sqlite": CREATE_WORDS, "postgresql": CREATE_GIN}
    schema_editor.execute(by_vendor[schema_editor.connection.vendor])


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":  # PostgreSQL's goes with the table
        schema_editor.execute("DROP TABLE articles_articlewords")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_subjects_and_authors"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleSearch",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("headline", models.TextField(blank=True)),
                ("details", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("forms", models.TextField(blank=True)),
                ("labels", models.TextField(blank=True)),
                ("vector", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search",
                        to="articles.article",
                    ),
                ),
            ],
        ),
        migrations.RunPython(create_index, drop_index, elidable=False),
        migrations.CreateModel(
            name="DeskNameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(db_index=True, max_length=40)),
                ("kind", models.CharField(max_length=12)),
                ("key", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "key", "word"), name="desk_name_word_once"
                    )
                ],
            },
        ),
    ]
