"""What readers may be told of a row is asked at its model: no other module reads the flags that say so."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

FLAGS = {"is_confirmed", "is_public", "is_biography_public", "is_description_public"}
FLAGS |= {"is_email_public"}
FLAGS |= {"visibility", "Visibility", "READER_FLAGS"}
# Who may name a flag outside the models: it writes the flag, shows it to be set, or reads what it was in the past.
ALLOWED = {
    "articles/admin/entities/authors.py": "the form on which editors set the flags of authors",
    "articles/admin/entities/people.py": "the forms and lists on which editors set the flags",
    "articles/admin/imports/report.py": "leads to the list of rows that nobody has confirmed",
    "articles/demo/cast.py": "makes rows",
    "articles/importing/people/roles.py": "stores roles, confirmed where the operator says so",
    "articles/importing/people/store.py": "stores people, confirmed where the operator says so",
    "articles/importing/pipeline/runs/undo.py": "takes back what nobody has confirmed",
    "articles/record/decisions/accept.py": "makes a role that an editor has confirmed",
    "articles/record/merging/merge.py": "hands the flags of a row on to the one that stays",
    "articles/record/private_roles/labels.py": "reads the flags of states that a role has had",
    "articles/record/speaker_choice.py": "makes a person whom an editor has confirmed",
}
NO_ROWS = (
    "articles/models/",
    "articles/importing/formats/",
)  # the models; what knows no row at all
READERS = ("articles/public", "articles/publishing", "articles/templatetags")
WORDS = re.compile(r"\w+")


def _flags_in(source: str) -> Iterator[str]:
    """Give each flag that ``source`` names as an attribute, a keyword or in a text; names of variables are free."""
    tree = ast.parse(source)
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        words: list[str] = []
        if isinstance(node, ast.Attribute):
            words = [node.attr]
        elif isinstance(node, ast.keyword):
            words = (node.arg or "").split("__")
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            text = node.value if isinstance(node.value, str) else ""
            words = [part for word in WORDS.findall(text) for part in word.split("__")]
        yield from FLAGS & set(words)


def _modules() -> dict[str, str]:
    paths = [path for path in (ROOT / "articles").rglob("*.py") if "migrations" not in path.parts]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}
    return {file: text for file, text in texts.items() if not file.startswith(NO_ROWS)}


def test_only_the_models_read_what_is_for_readers():
    flags = {file: set(_flags_in(text)) for file, text in _modules().items()}
    named = {file: words for file, words in flags.items() if words}
    assert {file: words for file, words in named.items() if file not in ALLOWED} == {}, (
        "ask the model: public(), is_for_readers, public_biography, public_description"
    )
    assert ALLOWED.keys() - named.keys() == set(), "names none any more"


def test_no_template_reads_a_flag():
    reading = re.compile(rf"\.(?:{'|'.join(FLAGS)})\b")
    paths = (ROOT / "templates").rglob("*.*")
    assert [str(path) for path in paths if reading.search(path.read_text("utf-8"))] == []


def test_readers_get_the_free_words_of_a_row_by_what_is_public_of_them():
    raw = re.compile(r"\w+\.biography\b|\borganization\.description\b")
    files = [path for room in READERS for path in (ROOT / room).rglob("*.py")]
    files += list((ROOT / "templates/articles").rglob("*.html"))
    assert [str(path) for path in files if raw.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("source", "flags"),
    [
        ("role.is_public", ["is_public"]),
        ("rows.filter(person__is_confirmed=True)", ["is_confirmed"]),
        ("Q(visibility__in=[1])", ["visibility"]),
        ("getattr(row, 'is_biography_public')", ["is_biography_public"]),
        ("rows.values('person__is_public')", ["is_public"]),
        ("is_public = role.is_for_readers", []),
        ("def rule():\n    '''Reads no is_public.'''", []),
    ],
)
def test_a_flag_is_seen_however_it_is_named(source, flags):
    assert list(_flags_in(source)) == flags
