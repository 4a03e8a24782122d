import ast

import pytest

from tests.mutants.mutations import mutants_of


@pytest.mark.parametrize(
    ("source", "broken"),
    [
        ("a < b", ["a <= b"]),
        ("a in b", ["a not in b"]),
        ("a and b", ["a or b"]),
        ("x = not a", ["x = not (not a)"]),
        ("x = n + 1", ["x = n - 1", "x = n + 2"]),
        ("x = 'a' + b", []),
        ("x = True", ["x = False"]),
        ("x = max(a)", ["x = min(a)"]),
        (
            "x = rows.filter(at__lte=now)",
            ["x = rows.exclude(at__lte=now)", "x = rows.filter(at__lt=now)"],
        ),
        ("save(row)", ["None"]),
        ("def f():\n    return a", ["def f():\n    return None"]),
        ("def f(a: int = 1) -> 'x':\n    '''Doc.'''", ["def f(a: int=2) -> 'x':\n    '''Doc.'''"]),
        ("if TYPE_CHECKING:\n    save(row)", []),
        ("@final(frozen=True)\nclass A:\n    pass", []),
    ],
)
def test_each_mutant_changes_one_place(source, broken):
    assert [mutant.source for mutant in mutants_of(source)] == [
        ast.unparse(ast.parse(expected)) for expected in broken
    ]


def test_a_mutant_knows_its_line_and_what_was_changed():
    [mutant] = mutants_of("a = 'x'\nif_so = b == c\n")
    assert (mutant.line, mutant.text, mutant.change) == (2, "if_so = b == c", "Eq -> NotEq")


def test_a_mutant_knows_the_outermost_function_it_is_in():
    source = """
class A:
    limit = 1
    def f(self, n=2):
        def inner():
            return 3
        return inner
"""
    assert {(mutant.line, mutant.function) for mutant in mutants_of(source)} == {
        (3, ""),
        (4, ""),
        (6, "A.f"),
        (7, "A.f"),
    }
