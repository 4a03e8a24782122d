"""The rooms hold: a folder is a thing, tests stand where their code stands, nothing imports in a circle."""

import ast
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

MOST_MODULES = 15
# Django wants these in one place, or a registry lists them.
DRAWERS = {"articles/models", "articles/migrations", "articles/management/commands"}
SHARED_WORDS = {"articles/management/commands": {"import"}}
STATEMENTS = 40  # of one function
MIRRORED = {"articles": "tests", "newsroom": "tests/newsroom"}
# Tests of a whole room, or of the whole house: they stand at its top.
OF_A_ROOM = {
    "tests/admin": {"stored_xss"},
    "tests/extraction": {"scores", "seed", "verbatim"},
    "tests/record": {"rules", "seed", "verbatim"},
    "tests": {
        "desk_abuse",
        "doors",
        "doors_reader_flags",
        "growth",
        "house",
        "house_names",
        "house_reader_flags",
        "house_rooms",
        "permissions",
    },
    "tests/newsroom": set(),
}
NOT_MIRRORED = {"browser", "benchmarks", "mutants"}
# A worker process sets Django up before it may import anything that needs it.
LATE_IMPORTS = {"articles/importing/pipeline/worker.py"}


@pytest.fixture(scope="module")
def names() -> dict[str, set[str]]:
    """Give what stands in each folder of the code: modules and packages, by their names."""
    folders = defaultdict(set)
    for package in MIRRORED:
        for path in (ROOT / package).rglob("*.py"):
            folder = path.parent.relative_to(ROOT)
            if path.stem != "__init__":
                folders[str(folder)].add(path.stem)
            if path.parent.parent != ROOT:
                folders[str(folder.parent)].add(folder.name)
    return folders


def test_a_folder_has_at_most_fifteen_modules(names):
    many = {}
    for folder in names:
        modules = [path for path in (ROOT / folder).glob("*.py") if path.stem != "__init__"]
        if folder not in DRAWERS and len(modules) > MOST_MODULES:
            many[folder] = len(modules)
    assert many == {}, "which things are in it?"


def test_three_modules_that_share_their_first_word_are_a_folder(names):
    crowded = {}
    for folder, inside in names.items():
        first = Counter(name.split("_")[0] for name in inside)
        shared = {word for word, count in first.items() if count > 2}
        if shared - SHARED_WORDS.get(folder, set()) and "migrations" not in folder:
            crowded[folder] = shared
    assert crowded == {}


def test_tests_stand_where_their_code_stands(names):
    """``tests/a/test_b.py`` or ``tests/a/test_b_some_aspect.py`` is about ``articles/a/b.py`` or ``articles/a/b/``."""
    misplaced = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        folder = path.parent.relative_to(ROOT)
        if NOT_MIRRORED & set(folder.parts):
            continue
        code = (
            Path("articles", *folder.parts[1:])
            if "newsroom" not in folder.parts
            else Path("newsroom")
        )
        subject = path.stem.removeprefix("test_")
        inside = names.get(str(code), set())
        if subject in OF_A_ROOM.get(str(folder), set()):
            continue
        if not any(subject == name or subject.startswith(f"{name}_") for name in inside):
            misplaced.append(str(path.relative_to(ROOT)))
    assert misplaced == []


def _imports() -> dict[str, set[str]]:
    """Give which module of ``articles`` imports which when it is loaded, packages as their ``__init__``."""
    files = [path for path in (ROOT / "articles").rglob("*.py") if "migrations" not in path.parts]
    modules = {}
    for path in files:
        parts = path.relative_to(ROOT).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    arrows: dict[str, set[str]] = {}
    for name, path in modules.items():
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        arrows[name] = set()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.ImportFrom):
                continue
            above = (
                package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            )
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:  # a module by its name, else what defines the name
                target = f"{base}.{alias.name}"
                arrows[name].add(target if target in modules else base)
        arrows[name] = arrows[name] & modules.keys() - {package, name}
    return arrows


def _in_circles(arrows: dict[str, set[str]]) -> set[str]:
    """Give what leads back to itself along ``arrows``, and what lies between two such circles."""
    while leaves := {name for name, targets in arrows.items() if not targets}:
        arrows = {name: targets - leaves for name, targets in arrows.items() if name not in leaves}
    in_circles = set(arrows)
    while roots := in_circles - {target for name in in_circles for target in arrows[name]}:
        in_circles -= roots
    return in_circles


def _rooms_imports(imports: dict[str, set[str]]) -> dict[str, dict[str, set[str]]]:
    """Give, for each package, which of its children imports which: what is below a child counts as the child."""
    arrows: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, targets in imports.items():
        for target in targets:
            parts, others = name.split("."), target.split(".")
            pairs = zip(parts, others, strict=False)
            depth = next((place for place, (a, b) in enumerate(pairs) if a != b), None)
            if depth is not None:  # None: one is the other's package
                package = ".".join(parts[:depth])
                arrows[package][parts[depth]].add(others[depth])
                arrows[package][others[depth]] |= set()
    return arrows


def test_nothing_imports_in_a_circle():
    assert _in_circles(_imports()) == set()


def test_no_rooms_within_a_room_import_each_other():
    """Two folders that need each other are one thing in two places, or a third thing that belongs to neither."""
    arrows = _rooms_imports(_imports())
    circles = {package: _in_circles(children) for package, children in arrows.items()}
    assert {"articles", "articles.admin", "articles.record"} < circles.keys()
    assert {package: rooms for package, rooms in circles.items() if rooms} == {}


def test_a_circle_between_rooms_is_seen():
    imports = {"a.b.x": {"a.c.y"}, "a.c.y": set(), "a.c.z": {"a.b.w", "a.c"}, "a.b.w": set()}
    assert _in_circles(imports) == set()
    assert _in_circles(_rooms_imports(imports)["a"]) == {"b", "c"}


def _is_ours(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and (
        node.level > 0 or (node.module or "").startswith("articles")
    )


def test_imports_stand_at_the_top():
    late = []
    for path in sorted((ROOT / "articles").rglob("*.py")):
        file = str(path.relative_to(ROOT))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and file not in LATE_IMPORTS:
                nodes: list[Any] = [node for node in ast.walk(function) if _is_ours(node)]
                late += [f"{file}:{node.lineno}" for node in nodes]
    assert late == [], "move the thing, not the import"


def test_no_function_has_more_statements_than_its_stop():
    long = {}
    for package in ("articles", "newsroom", "tests"):
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    count = sum(isinstance(inner, ast.stmt) for inner in ast.walk(node)) - 1
                    if count > STATEMENTS:
                        long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = count
    assert long == {}


def test_no_request_carries_what_a_step_tells_the_next():
    """Values are passed along, or are fields of a result: whoever reads a signature sees what a step needs."""
    notes = []
    for path in sorted((ROOT / "articles").rglob("*.py")):
        nodes: list[Any] = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        for node in nodes:
            is_write = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del)
            is_call = isinstance(node, ast.Call) and ast.unparse(node.func) == "setattr"
            target = node.value if is_write else node.args[0] if is_call else None
            if target is not None and "request" in ast.unparse(target).split("."):
                notes.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert notes == []
