"""The house holds: the tree, the sizes, the walls, and what the documents say about them."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT, needs

TOP_LEVEL = {"manage.py", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
TOP_LEVEL |= {"newsroom", "articles", "templates", "tests"}
SIZES = [  # lines of a file; what is longer is parted by thing, never by length
    ("*.py", 300),
    ("articles/management/commands/*.py", 40),
    ("*.html", 80),
    ("*.css", 150),
    ("*.js", 80),
]
DJANGOS_OWN = {"apps", "locale", "migrations", "static"}  # where Django looks for them
MACHINES = re.compile(r"/(?:work|root|farm|tmp)/")
HOSTS = re.compile(
    r"\b(?:"
    + "|".join(["pythonhosted" + r"\.org", "pypi" + r"\.org", "npmjs" + r"\.(?:org|com)"])
    + ")"
)


def _files() -> list[Path]:
    """Give what git tracks or would track, relative to the checkout."""
    needs(
        shutil.which("git") and (ROOT / ".git").exists(),
        "a checkout made by git, and the program git",
    )
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S603
    return sorted(
        Path(name) for name in set(listed.stdout.split("\0")) if name and (ROOT / name).is_file()
    )


@pytest.fixture(scope="module")
def files() -> list[Path]:
    return _files()


@pytest.fixture(scope="module")
def texts(files) -> dict[Path, str]:
    """Give the text of each file that is text."""
    texts_by_file = {}
    for file in files:
        content = (ROOT / file).read_bytes()
        if b"\0" not in content:
            texts_by_file[file] = content.decode("utf-8", "replace")
    return texts_by_file


@pytest.fixture(scope="module")
def modules(texts) -> dict[Path, str]:
    """Give the Python files that people wrote."""
    return {
        file: text
        for file, text in texts.items()
        if file.suffix == ".py" and "migrations" not in file.parts
    }


def test_the_top_level_is_fixed(files):
    names = {file.parts[0] for file in files}
    assert {name for name in names if not name.startswith(".")} - TOP_LEVEL == set()


@pytest.mark.parametrize(("pattern", "stop"), SIZES)
def test_no_file_is_longer_than_its_stop(texts, pattern, stop):
    measured = {str(file): text.count("\n") for file, text in texts.items() if file.match(pattern)}
    long = {
        name: lines for name, lines in measured.items() if lines > stop and "migrations" not in name
    }
    assert long == {}, "which second thing does it do?"


def test_every_room_says_what_it_is_for(modules):
    rooms = {
        file: text for file, text in modules.items() if "tests" not in file.parts and text.strip()
    }
    assert [
        str(file) for file, text in rooms.items() if not ast.get_docstring(ast.parse(text))
    ] == []


def test_nothing_tracked_names_a_machine_or_a_registry(texts):
    lines = []
    for file, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINES.search(line) or HOSTS.search(line):
                lines.append(f"{file}:{number}: {line.strip()[:80]}")
    allowed = f"tests/{Path(__file__).name}:"
    assert [line for line in lines if not line.startswith(allowed)] == []


def test_what_belongs_to_one_computer_is_not_tracked(files):
    names = {file.name for file in files}
    assert names & {"uv.lock", ".env", "newsroom.sqlite3"} == set()


def test_nothing_happens_by_a_signal(modules):
    signals = re.compile(
        r"^\s*from django\.(?:dispatch|db\.models\.signals|core\.signals)\b", re.MULTILINE
    )
    assert [str(file) for file, text in modules.items() if signals.search(text)] == []


def test_the_walls_between_the_rooms_hold():
    result = subprocess.run(  # noqa: S603
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]


def test_no_wall_lets_indirect_imports_pass():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert not any(contract.get("allow_indirect_imports") for contract in contracts["contracts"])


def _rooms(package: str) -> set[str]:
    """Give the direct children of ``package``: ``models/``, ``urls.py``."""
    paths = [path for path in (ROOT / package).iterdir() if not path.name.startswith("__")]
    folders = {f"{path.name}/" for path in paths if path.is_dir() and any(path.rglob("*.*"))}
    return folders | {path.name for path in paths if path.suffix == ".py"}


def test_the_map_in_the_readme_is_the_tree():
    readme = (ROOT / "README.md").read_text()
    match = re.search(
        r"^## The map of the house\n+```\w*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL
    )
    assert match, "README.md needs a fenced block under the heading: ## The map of the house"
    mapped, folder = set(), ""
    for line in match[1].splitlines():
        name = line.split()[0]
        folder = (
            folder if line[0] == " " else name
        )  # an indented line stands in the folder above it
        mapped.add(f"{folder}{name}" if line[0] == " " else name)
    assert [path for path in mapped if not (ROOT / path).exists()] == []
    expected = {
        f"{package}/{room}" for package in ("articles", "newsroom") for room in _rooms(package)
    }
    assert expected - mapped == set()


def test_the_layers_in_the_package_are_the_walls_and_the_tree():
    rooms = {room.rstrip("/").removesuffix(".py") for room in _rooms("articles")} - DJANGOS_OWN
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    walls = [
        {name.strip(" ()") for name in layer.split("|")} & rooms for layer in contracts[0]["layers"]
    ]
    docstring = ast.get_docstring(ast.parse((ROOT / "articles/__init__.py").read_text())) or ""
    block = docstring.partition("Rooms, top to bottom")[2]
    lines = re.findall(r"^ {4}(\w+(?: ?[|,] \w+)*)(?:  .*)?$", block, re.MULTILINE)
    assert [set(re.findall(r"\w+", line)) for line in lines] == [wall for wall in walls if wall]
    assert rooms == set().union(*walls)
