"""Each field of a story is declared once; whoever adds one finds it everywhere."""

import shutil
import subprocess
import sys
from dataclasses import fields

import pytest

from articles.admin.articles.form import ArticleForm
from articles.composed import Composed
from articles.importing.formats.types import ParsedArticle
from articles.models import Article, Edition
from articles.models.snapshots import editable_fields
from articles.models.story_columns import StoryColumns
from articles.story_fields import FIELDS_BY_NAME, LINES, STORY_FIELDS, StoryLines
from tests.conftest import ROOT

DECLARATION = """    StoryField(
        "strapline",
        "strapline",
        FieldKind.LINE,
        Fieldset.STORY,
        limit=40,
        help_text="What the strapline is for.",
        is_printed=True,
        is_imported=True,
        ninjs="x-strapline",
        schema_org="abstract",
    ),
"""


def test_the_declaration_names_all_that_an_editor_can_change():
    assert FIELDS_BY_NAME.keys() == {*editable_fields(Article), "bylines"}


def test_lines_are_the_same_in_every_shape_of_a_story():
    names = {line.name for line in LINES}
    assert names == {field.name for field in fields(StoryLines)}
    assert names == {field.name for field in StoryColumns._meta.get_fields()}
    assert all(line.is_printed and line.is_imported for line in LINES)


@pytest.mark.parametrize("field", STORY_FIELDS, ids=lambda field: field.name)
def test_a_field_is_where_it_is_said_to_be(field):
    if field.name == "bylines":
        return
    column = Article._meta.get_field(field.name)
    assert (field.form_name in ArticleForm.Meta.fields) is not field.is_derived
    assert field.limit in (0, column.max_length)
    if field.is_printed:
        assert Edition._meta.get_field(field.name).max_length == column.max_length
        assert field.name in {each.name for each in fields(Composed)}
    if field.is_imported:
        assert field.name in {each.name for each in fields(ParsedArticle)}


def insert(path, marker, text):
    """Write ``text`` before the line that begins with ``marker``."""
    content = path.read_text()
    assert content.count(f"\n{marker}") == 1
    path.write_text(content.replace(f"\n{marker}", f"\n{text}{marker}"))


@pytest.fixture
def project(tmp_path):
    """A copy of the project in which a field has been added as the README says."""
    for name in ("articles", "newsroom", "templates", "tests"):
        skipped = shutil.ignore_patterns("__pycache__", "data", "benchmarks")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=skipped)
    for name in ("manage.py", "pyproject.toml", "README.md", ".env.example"):
        shutil.copy(ROOT / name, tmp_path / name)
    declared = tmp_path / "articles" / "story_fields.py"
    insert(declared, '    StoryField(\n        "dek",', DECLARATION)
    insert(declared, "    usage_terms: str", '    strapline: str = ""\n')
    columns = tmp_path / "articles" / "models" / "story_columns.py"
    insert(columns, "    usage_terms = ", '    strapline = line_column("strapline", default="")\n')
    return tmp_path


def run(project, *command):
    environment = {
        "PATH": "/usr/bin:/bin",
        "NEWSROOM_MODE": "demo",
        "SECRET_KEY": "for-the-copy-only-" * 4,
        "SITE_URL": "http://127.0.0.1:8000",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    finished = subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, *command],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout[-3000:] + finished.stderr[-3000:]
    return finished.stdout


def test_a_field_that_is_added_is_in_form_history_import_and_edition(project):
    output = run(project, "manage.py", "makemigrations", "articles", "--name", "strapline")
    assert output.count("Add field strapline") == 2
    walk = run(
        project,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "tests/new_field/walk.py",
    )
    assert "5 passed" in walk
