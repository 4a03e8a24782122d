"""Imports for tests of the desk, and where its pages about them are."""

from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article, ImportRun

STORY = """\
Id: gale-{number}
Headline: Gale {number}
Byline: Ann Marrow
Date: {date}
Topics: weather
People: Ada Quince
Organizations: Harbour Watch

SKERRY – “It blew all night,” said Ada Quince, who keeps the light. {body}

A second paragraph stands here.
"""


def import_stories(
    folder: Path, count: int = 1, *, date: str = "2026-03-04", body: str = "", **options
) -> ImportRun:
    """Import ``count`` stories from ``folder``."""
    for number in range(count):
        text = STORY.format(number=number, date=date, body=body)
        (folder / f"gale-{number}.txt").write_text(text, encoding="utf-8")
    report = run_import([str(folder)], ImportOptions(**dict[str, Any](source="wire") | options))
    return ImportRun.objects.get(pk=report.run or 0)


def report_address(run: ImportRun) -> str:
    return reverse("admin:articles_importrun_change", args=[run.pk])


def undo_address(run: ImportRun) -> str:
    return reverse("admin:articles_importrun_undo", args=[run.pk])


def page_text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def original_address(article: Article) -> str:
    return reverse("admin:articles_article_original", args=[article.pk])
