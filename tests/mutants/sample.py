"""Which mutants are tried: a sample of a room, or all that stand in a leak rule."""

import random
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .mutations import Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "articles/publishing",
    "articles/record",
    "articles/importing/pipeline",
    "articles/importing/http",
    "articles/models",
    "articles/public/http_cache.py",
)
EQUIVALENT = Path(__file__).parent / "equivalent.toml"
LEAK_RULES = Path(__file__).parent / "leak_rules.toml"


@dataclass(frozen=True, slots=True)
class Place:
    """A mutant with the path of its module, from the project's root."""

    path: Path
    mutant: Mutant

    def __str__(self) -> str:
        return f"{self.path}:{self.mutant.line}: {self.mutant.change}: {self.mutant.text}"


def equivalents() -> dict[str, Counter[tuple[str, str]]]:
    """Return the listed breaks of each path that change nothing, as (line's text, change), with how often."""
    listed = tomllib.loads(EQUIVALENT.read_text())
    return {
        path: Counter((entry["line"], entry["change"]) for entry in entries)
        for path, entries in listed.items()
    }


def sample(room: str, count: int, seed: str) -> list[Place]:
    """Return ``count`` mutants of a folder or module, without those that are listed as equivalent."""
    root = ROOT / room
    paths = [root] if root.is_file() else sorted(root.rglob("*.py"))
    places = [place for path in paths for place in places_of(path.relative_to(ROOT))]
    chance = random.Random(f"{seed} {room}")  # noqa: S311 (a sample, no secret)
    return chance.sample(places, min(count, len(places)))


def leak_rules() -> dict[str, list[Place]]:
    """Return every mutant of the leak rules by room, without those that are listed as equivalent.

    Raises ``LookupError`` naming a rule's function that is not there.
    """
    rooms: dict[str, list[Place]] = {}
    for path, rule in tomllib.loads(LEAK_RULES.read_text()).items():
        places = places_of(Path(path))
        names = rule.get("functions")
        rooms.setdefault(room_of(path), []).extend(
            place for place in places if not names or place.mutant.function in names
        )
        if missing := set(names or ()) - _functions(Path(path)):
            raise LookupError(f"{LEAK_RULES.name}: {path} has no function {sorted(missing)}")
    return rooms


def places_of(path: Path) -> list[Place]:
    """Return the mutants of a module that are not listed as equivalent."""
    listed = equivalents().get(str(path), Counter())
    return [
        Place(path, mutant)
        for mutant in mutants_of((ROOT / path).read_text())
        if not listed[mutant.text, mutant.change]
    ]


def room_of(path: str) -> str:
    """Return the room a folder or module belongs to; one that belongs to none is its own."""
    return next((room for room in ROOMS if path == room or path.startswith(f"{room}/")), path)


def mirrored_tests(room: str) -> list[str]:
    """Return the test files that mirror a folder or module."""
    path = ROOT / "tests" / Path(room).relative_to("articles")
    tests = path.parent.glob(f"test_{path.stem}*.py") if path.suffix else path.rglob("test_*.py")
    return [str(test.relative_to(ROOT)) for test in sorted(tests)]


def mirrors(test: str, path: Path) -> bool:
    """Tell whether a test file mirrors the module at ``path``."""
    folder = Path("tests", *path.parts[1:]).parent
    name = path.parent.name if path.name == "__init__.py" else path.stem
    file = Path(test)
    if file.parent == folder:
        return file.stem == f"test_{name}" or file.stem.startswith(f"test_{name}_")
    return file.parent == folder / name


def _functions(path: Path) -> set[str]:
    return {mutant.function for mutant in mutants_of((ROOT / path).read_text())}
