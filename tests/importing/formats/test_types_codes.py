"""Every refusal bears a code for programs, which stays when its words change. That it is a message, its type says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
CODE_PLACES = {"Message": 2, "PluralMessage": 4}
REMEDY_PLACES = {"RecordError": 2, "RejectedRecord": 3}
NO_REFUSALS = {"The agency has corrected this story."}
Reason = tuple[Path, int, str, str]  # where it stands, its words, its code


def _name(node: ast.AST) -> str:
    return getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""


def _needs_no_code(node: ast.AST) -> list[ast.AST]:
    """Give what stands for a remedy in ``node``, or fills the places of a message."""
    if isinstance(node, ast.Assign):
        return [node.value] if "remedy" in ast.unparse(node.targets[0]).lower() else []
    if not isinstance(node, ast.Call):
        return []
    if _name(node) in CODE_PLACES:
        return [inner for part in node.args[1:] for inner in ast.walk(part)]
    return [*node.args[REMEDY_PLACES.get(_name(node), 99) :]]


def _reasons_of(path: Path) -> Iterator[Reason]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    others = [other for node in nodes for other in _needs_no_code(node)]
    for node in nodes:
        if isinstance(node, ast.Call) and _name(node) in CODE_PLACES and node not in others:
            words = node.args[0]
            if isinstance(words, ast.Constant):  # else one that is read back
                codes = [*node.args[CODE_PLACES[_name(node)] :]]
                codes += [word.value for word in node.keywords if word.arg == "code"]
                code = str(ast.literal_eval(codes[0])) if codes else ""
                yield path, node.lineno, str(words.value), code


@pytest.fixture(scope="module")
def reasons() -> list[Reason]:
    paths = sorted((ROOT / "articles/importing").rglob("*.py"))
    return [reason for path in paths for reason in _reasons_of(path)]


def test_every_refusal_has_a_code(reasons):
    assert len(reasons) > 200
    without = [reason for reason in reasons if not CODE.fullmatch(reason[3])]
    assert [reason for reason in without if reason[2] not in NO_REFUSALS] == []
