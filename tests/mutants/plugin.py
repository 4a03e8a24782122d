"""Loads one module from another source, in a process that has not loaded it yet."""

import ast
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType


class _Loader(SourceFileLoader):
    """Loads the module of a path from ``tree``."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self.tree = tree

    def get_code(self, fullname: str) -> object:  # type: ignore[override]  # a code object
        return compile(self.tree, self.path, "exec")


class _Finder(MetaPathFinder):
    """Finds the one module that is broken."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        location = str(self.path)
        is_package = self.path.name == "__init__.py"
        return spec_from_file_location(
            fullname,
            location,
            loader=_Loader(fullname, location, self.tree),
            submodule_search_locations=[str(self.path.parent)] if is_package else None,
        )


def module_name(path: Path) -> str:
    """Return the dotted name of the module at a relative ``path``."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def install(path: Path, tree: ast.Module) -> None:
    """Load the module at a relative ``path`` as ``tree`` from now on."""
    sys.meta_path.insert(0, _Finder(module_name(path), path.resolve(), tree))
