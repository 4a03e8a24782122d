"""The names hold: words that an engineer new to the house understands, one meaning for each public name, a glossary."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

# A name says what it holds: ``edition``, ``matches``, ``reason``. None of these words says it.
BANNED = set(
    """
    one ones found finds said told tell tells asked ask asks kept keep keeps gone made met put putting took brought
    given gave got became become began begun came comes saw heard hears knew known thought believed meant means
    held fell fallen grew grown drew drop dropped born lies lay sits sat standing worth wants wanted would could
    should mend mends gathered narrowed narrowing shown untouched undisturbed dying asleep unlucky
    these those them that this here there who whose what which whens around agains yours somebody everybody
    someone something anyone anybody anything everyone nothing stuff thing it they him her his its us
    asking telling keeping making taking giving
    deed deeds loose saying sayings wave waved waves untold survivor bodies bearer seat rivals unfit tongue tongues
    alike likeness namesake door doors voice voices intake tally doubt doubts trial behind freeze settle strangers
    newcomer quarry moment pinned paper hush gossip whisper hearsay
    foo baz tmp temp ret res retval val vals lst dct arr cnt elem itm thingy helper helpers util utils manager misc
    """.split()
)
# Fields that bear the name of what is stored, posted or read by a template; the fields of models are left out as such.
FIELDS = {
    "articles/admin/changes/unseen.py": {"who"},  # a template reads it
    "articles/admin/entities/history.py": {"what"},  # a template reads it
    "articles/admin/review/field_values.py": {"who", "seat", "namesake"},  # fields of a form
    "articles/admin/review/queue_filters.py": {"who"},  # a field of a form, and so of addresses
    "articles/extraction/suggest.py": {"found"},  # the column of a suggestion
    "articles/importing/pipeline/options.py": {"met"},  # the column of a run
    "articles/importing/pipeline/runs/counts.py": {"met"},  # the column of a batch
}
MODELS = "articles/models/"
# Public names that more than one module may define, and why.
SHARED = {
    "Command": "Django looks for a class of this name in each management command",
    "identify": "each format of people has one, and the registry calls it by this name",
    "read": "each format, and the extraction, reads by this name",
}
GLOSSARY = ROOT / "articles/GLOSSARY.md"
ROW = re.compile(r"\| (?P<term>[^|]+) \| (?P<meaning>[^|]+) \| (?P<elsewhere>[^|]+) \|")


def _trees(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    """Give each module that people wrote, by its path in the checkout."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                file = path.relative_to(ROOT).as_posix()
                yield file, ast.parse(path.read_text(encoding="utf-8"))


def _field_names(tree: ast.Module) -> set[ast.Name]:
    """Give the names that stand right in the body of a class."""
    targets: set[ast.Name] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for statement in node.body:
                if isinstance(statement, ast.Assign | ast.AnnAssign):
                    names = (name for name in ast.walk(statement) if isinstance(name, ast.Name))
                    targets.update(name for name in names if isinstance(name.ctx, ast.Store))
    return targets


def _bound_name(node: ast.AST) -> str | None:
    """Give the name that ``node`` gives to a function, class, parameter or variable; a test's name is a sentence."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    if isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
        return node.name
    return node.asname if isinstance(node, ast.alias) else None


def _banned_names(file: str, tree: ast.Module) -> Iterator[str]:
    fields = _field_names(tree)
    for node in ast.walk(tree):
        name = _bound_name(node)
        if name is None or name.strip("_").lower() not in BANNED:
            continue
        if node in fields and (file.startswith(MODELS) or name in FIELDS.get(file, ())):
            continue
        yield f"{file}:{getattr(node, 'lineno', 0)}: {name}"


def test_no_name_is_a_private_word():
    banned = [
        line for file, tree in _trees("articles", "tests") for line in _banned_names(file, tree)
    ]
    assert banned == [], "name it after what it holds"


def test_each_excepted_field_exists():
    trees = {file: tree for file, tree in _trees("articles") if file in FIELDS}
    names = {file: {name.id for name in _field_names(tree)} for file, tree in trees.items()}
    assert {file: FIELDS[file] - names.get(file, set()) for file in FIELDS} == dict.fromkeys(
        FIELDS, set()
    )


def test_a_public_name_means_one_thing():
    modules = defaultdict(list)
    for file, tree in _trees("articles"):
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if not node.name.startswith("_"):
                modules[node.name].append(f"{file}:{node.lineno}")
    shared = {name: places for name, places in modules.items() if len(places) > 1}
    assert {name: places for name, places in shared.items() if name not in SHARED} == {}
    assert SHARED.keys() - shared.keys() == set(), "not shared any more"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def kept(): pass", ["x.py:1: kept"]),
        ("for one in rows: pass", ["x.py:1: one"]),
        ("lambda said: 1", ["x.py:1: said"]),
        ("_FOUND = 1", ["x.py:1: _FOUND"]),
        ("import re as them", ["x.py:1: them"]),
        ("class Row:\n    told: str", ["x.py:2: told"]),
        ("def test_what_is_kept_is_found(story): match = story.found", []),
    ],
)
def test_a_banned_name_is_seen_wherever_it_is_bound(source, lines):
    assert list(_banned_names("x.py", ast.parse(source))) == lines


def test_the_glossary_has_one_line_a_term_in_order():
    table = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("|")][2:]
    rows = [ROW.fullmatch(line) for line in table]
    assert [line for line, row in zip(table, rows, strict=True) if row is None] == []
    terms = [row["term"].lower() for row in rows if row]
    assert terms == sorted(set(terms))
