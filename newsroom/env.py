"""Read the settings of this newsroom: the environment first, then ``.env`` beside ``manage.py``. No Django here."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
SECRETS = {"SECRET_KEY", "DATABASE_URL", "CACHE_URL", "EMAIL_URL"}  # no message repeats these
LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)")


class BadEnvironment(SystemExit):
    """Stop the start with a message that names each variable: a ``SystemExit``, so that no traceback hides it."""


class Environment:
    """Typed access to the variables; problems are collected, ``stop_on_problems()`` tells all of them at once.

    The environment wins over the file. An empty value counts as not set. ``names`` holds every name asked for.
    """

    def __init__(self, environ: Mapping[str, str], file: Path) -> None:
        """Take ``environ`` over ``file``; a test run reads no file, so that it is the same on every computer."""
        self.file = file
        self.names: set[str] = set()
        self.problems: list[str] = []
        self._written = {} if environ.get("NEWSROOM_MODE") == "test" else read_env_file(file)
        self._values = {
            **self._written,
            **{name: value for name, value in environ.items() if value.strip()},
        }

    def text(self, name: str, default: str = "") -> str:
        """Give the value of ``name``, stripped."""
        self.names.add(name)
        return self._values.get(name, "").strip() or default

    def read(self, name: str, parse: Callable[[str], T], default: str = "") -> T:
        """Read ``name`` by ``parse``, whose ``ValueError`` says what to write. ``default`` must be readable by it."""
        value = self.text(name)
        try:
            return parse(value or default)
        except ValueError as error:
            problem = "cannot be used" if name in SECRETS else f"is {value!r}"
            self.problems.append(f"{name} {problem}: write {error}")
            return parse(default)

    def required(self, name: str, parse: Callable[[str], T], stand_in: str, example: str) -> T:
        """Read ``name``, which nobody can guess for the user; ``stand_in`` lets the reading of the others go on."""
        if not self.text(name):
            self.problems.append(f"{name} is missing: add the line\n    {name}={example}")
        return self.read(name, parse, stand_in)

    def stop_on_problems(self) -> None:
        """Raise ``BadEnvironment`` when a variable is missing or bad, or the file names one that nothing reads."""
        for name in self._written:
            if name not in self.names:
                matches = get_close_matches(name, self.names, 1)
                hint = f" Did you mean {matches[0]}?" if matches else ""
                self.problems.append(f"{name} is not a setting of this newsroom.{hint}")
        if self.problems:
            raise BadEnvironment(
                f"The newsroom cannot start. In {self.file} or in the environment:\n"
                + "\n".join(f"- {problem}" for problem in self.problems)
                + "\nEvery setting is explained in .env.example."
            )


def read_env_file(path: Path) -> dict[str, str]:
    """Read ``NAME=value`` lines of ``path`` (UTF-8); no file, no values. Raises ``BadEnvironment`` naming the line.

    ``#`` begins a comment line, quotes around a whole value are taken off, nothing is expanded.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadEnvironment(f"{path} cannot be read: {error}") from None
    values = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            raise BadEnvironment(f"{path}, line {number}: write NAME=value, or # before a comment.")
        values[match[1]] = _unquoted(match[2].strip())
    return values


def _unquoted(value: str) -> str:
    """Take one pair of quotes off ``value``."""
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
