import ast
import importlib
import sys

import pytest

from tests.mutants.swap import swap

SOURCE = """
import functools
LIMIT = 5

def outer(n):
    def inner():
        return n + LIMIT
    return inner()

class A:
    @functools.cached_property
    def value(self):
        return 1
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    path = tmp_path / "swapped_module.py"
    path.write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("swapped_module"), path
    del sys.modules["swapped_module"]


def test_a_loaded_function_runs_the_code_of_the_mutant(module):
    loaded, path = module
    outer = loaded.outer
    assert swap(path, ast.parse(SOURCE.replace("n + LIMIT", "n - LIMIT")), "outer")
    assert outer(1) == -4


def test_a_method_behind_a_decorator_is_found(module):
    loaded, path = module
    assert swap(path, ast.parse(SOURCE.replace("return 1", "return 2")), "A.value")
    assert loaded.A().value == 2


def test_what_is_not_loaded_is_said_to_be_so(module):
    _, path = module
    assert not swap(path, ast.parse(SOURCE), "nowhere")
