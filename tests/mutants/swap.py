"""Puts the code of a mutant into the functions that are already loaded."""

import ast
import gc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType


def swap(path: Path, broken: ast.Module, function: str) -> bool:
    """Give ``function`` of the module at ``path``, and what was defined in it, the code that it has in ``broken``.

    Returns False when no such function is loaded, or when the code does not fit it.
    """
    codes = list(_codes(compile(broken, str(path), "exec", dont_inherit=True)))
    times = Counter(map(_key, codes))
    new_codes = {_key(code): code for code in codes if times[_key(code)] == 1}
    is_swapped = False
    for loaded in gc.get_objects():
        if type(loaded) is not FunctionType or loaded.__code__.co_filename != str(path):
            continue
        name = loaded.__code__.co_qualname
        if name != function and not name.startswith(f"{function}.<locals>"):
            continue
        try:
            loaded.__code__ = new_codes[_key(loaded.__code__)]
        except (
            KeyError,
            ValueError,
        ):  # two of one name on a line; a variable that it shares no more
            return False
        is_swapped = True
    return is_swapped


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno
