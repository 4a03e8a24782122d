"""The YAML on top of a Markdown file, every scalar of it a string: ``title: No`` stays "No".

Sources: https://jekyllrb.com/docs/front-matter/, https://yaml.org/spec/1.1/
"""

import re
from typing import Any

import yaml

from articles.importing.formats.types import RecordError
from articles.text.characters import printable
from articles.text.messages import Message, untranslated

LIMIT = 60_000  # letters
_BRACKETS = 500  # PyYAML takes quadratic time on nested ones
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_SURE = re.compile(r"---[ \t]*\n(?:\s*#.*\n)*(?:[^\W\d][\w -]{0,40}:(?:\s|\Z)|---[ \t]*$)", re.M)
_NULLS = ("~", "null", "Null", "NULL")
_QUOTE = "Put a value with a colon or a mark in quotation marks."


class _StringLoader(yaml.BaseLoader):
    """Every scalar a string; an unquoted ``~`` or ``null`` is the empty one, as it says nothing."""

    def construct_scalar(self, node: Any) -> Any:
        """Return the letters of a scalar."""
        value = super().construct_scalar(node)
        return "" if node.style is None and value in _NULLS else value


def has_front_matter(text: str) -> bool:
    """Tell whether a file of any name that begins with ``text`` has front matter, not just a line of dashes."""
    return bool(_SURE.match(printable(text)))


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter of ``text`` and what follows it; empty when there is none.

    Keys are in small letters, joined by underscores. Values are strings, lists and dicts. Raises RecordError when the
    front
    matter is not closed or not YAML: whether the story may be published could stand in it.
    """
    text = printable(text).lstrip("\n")
    if text.startswith("+++"):
        raise RecordError(
            "front matter",
            Message("it is TOML", code="markdown.toml"),
            "Write it as YAML between lines of ---.",
        )
    opening = _OPENING.match(text)
    if not opening:
        return {}, text
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise RecordError(
            "front matter",
            Message("it is not closed", code="markdown.open_front_matter"),
            "End it with a line of ---.",
        )
    block = text[opening.end() : closing.start()]
    if len(block) > LIMIT or block.count("[") + block.count("{") > _BRACKETS:
        raise RecordError(
            "front matter",
            Message("it is too long or too deep", code="markdown.front_matter_size"),
            "Leave the text to the body.",
        )
    return _load(block), text[closing.end() :]


def _load(block: str) -> dict[str, Any]:
    try:
        loader = _StringLoader(block)
        node = loader.get_single_node()
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise RecordError(
                "front matter",
                Message("it is not “key: value”", code="markdown.front_matter"),
                "End it with a line of ---.",
            )
        values = loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        position = f"line {mark.line + 2}: " if mark else ""
        problem = getattr(error, "problem", None) or "it is not YAML"
        reason = untranslated(f"{position}{problem}", "markdown.yaml")
        raise RecordError("front matter", reason, _QUOTE) from error
    except RecursionError as error:
        raise RecordError(
            "front matter", Message("it is nested too deeply", code="markdown.depth"), _QUOTE
        ) from error
    front_matter = {
        re.sub(r"[\s-]+", "_", str(key).casefold()): value for key, value in values.items()
    }
    if len(front_matter) < len(node.value):
        raise RecordError(
            "front matter",
            Message("a key stands there twice", code="markdown.duplicate_key"),
            "Leave one of them out.",
        )
    return front_matter
