"""A running story of an agency, sent in by the real command, and what an editor makes of it."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from articles.models import Article
from tests.factories import make_user

LEAD = "<p>A gale tore the roof off the fish market in Skerry on Tuesday.</p>"
QUAY = "<p>Boats stayed at the quay. The ferry to Ostby was cancelled.</p>"
END = "<p>The harbour office expects calmer weather by the weekend.</p>"
NEW = "<p>Two sailors were hurt, the lifeboat service says.</p>"
OURS, THEIRS = LEAD.replace("gale", "storm"), LEAD.replace("gale", "hurricane")
OUR_END, THEIR_END = END.replace("weekend", "morning"), END.replace("weekend", "evening")


def send_version(folder: Path, version: str | None, *blocks: str, **fields: Any) -> None:
    """Import one version of the story with ``--publish``; ``fields`` are of ninjs, None for one that it lacks."""
    item = {"uri": "urn:x:1", "type": "text", "headline": "Gale in Skerry", "version": version}
    item |= {"firstcreated": "2026-03-04T10:00:00Z", "pubstatus": "usable"}
    item |= {"body_html": "".join(blocks or (LEAD, QUAY, END))} | fields
    item = {key: value for key, value in item.items() if value is not None}
    (folder / "story.json").write_text(json.dumps(item))
    options = ["--source", "wire", "--publish", "--no-suggest"]
    call_command("import_articles", str(folder / "story.json"), *options)


@pytest.fixture
def send_in(tmp_path: Path) -> Callable[..., None]:
    """Give a function that imports one version of the story by the command."""
    return partial(send_version, tmp_path)


def edit(**fields: Any) -> Article:
    """Save the story as an editor."""
    article = Article.objects.get()
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    article.create_revision(make_user())
    return article


def body(*blocks: str) -> str:
    """Return blocks as the working copy has them."""
    return "\n".join(blocks)
