"""JSON-LD of a page: which of its objects is this page's story, and what that says.

Sources: https://schema.org/Article, https://www.w3.org/TR/json-ld11/
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any, NoReturn
from urllib.parse import urlsplit

from articles.importing.formats.types import RemotePicture

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:.*Article|.*BlogPosting|SocialMediaPosting|Report)\Z")
_WRAPPING = re.compile(r"\A\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)?[\s;]*\Z")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "subjectOf")
_MAX_NODES = 5000  # objects of a page that are looked at


def load_script(script: str) -> Any:
    """Return the value of one script; None for what is no JSON, too deep, or holds NaN."""
    unwrapped = _WRAPPING.sub("", script)
    for text in (unwrapped, _TRAILING_COMMA.sub(r"\1", unwrapped)):
        try:
            return json.loads(text, strict=False, parse_constant=_reject_constant)
        except (ValueError, RecursionError):
            continue
    return None


def page_nodes(scripts: Iterable[str]) -> list[Node]:
    """Return the objects that stand at the top of ``scripts`` or as a page's own parts, in reading order."""
    nodes: list[Node] = []
    waiting: list[Any] = [load_script(script) for script in scripts][::-1]
    while waiting and len(nodes) < _MAX_NODES:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value[::-1]
        elif isinstance(value, dict):
            nodes.append(value)
            waiting += [value[name] for name in reversed(_INNER) if name in value]
    return nodes


def article_node(nodes: Sequence[Node], addresses: Sequence[str], titles: Sequence[str]) -> Node:
    """Return the article among ``nodes`` that is the page's own; empty when there is none.

    ``addresses`` and ``titles`` are what else the page says of itself.
    """
    page_addresses = {_host_and_path(value) for value in addresses if value}
    title_letters = {_letters(value) for value in titles if value}

    def score(node: Node) -> tuple[int, int]:
        own = {
            _host_and_path(value)
            for name in ("url", "mainEntityOfPage", "@id")
            for value in _ids(node, name)
        }
        headline = _letters(node_text(node, "headline") or node_text(node, "name"))
        is_named = bool(headline) and any(
            headline in value or value in headline for value in title_letters if value
        )
        facts = sum(bool(node.get(name)) for name in ("datePublished", "author", "headline"))
        return 2 * bool(own & page_addresses) + 3 * is_named, facts

    articles = [
        node
        for node in nodes
        if is_article(node) and (node.get("headline") or node.get("datePublished"))
    ]
    return max(articles, key=score) if articles else {}


def is_article(node: Node) -> bool:
    """Tell whether a node's type is one of schema.org's articles."""
    return any(_ARTICLE.match(kind) for kind in node_types(node))


def node_types(node: Node) -> list[str]:
    """Return the names of the types of ``node``, without their vocabulary."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [re.split(r"[/:#]", kind)[-1] for kind in listed if isinstance(kind, str)]


def node_text(node: Node, name: str) -> str:
    """Return a value as one line, its character references resolved once; of a list the first."""
    for value in node_values(node, name):
        if isinstance(value, dict):
            value = value.get("@value") or value.get("name")
        if isinstance(value, str) and value.strip():
            return " ".join(unescape(value).split())
    return ""


def node_text_block(node: Node, name: str) -> str:
    """Return a value with its line breaks, its character references resolved once; empty when it is no text."""
    value = node.get(name)
    return unescape(value).strip() if isinstance(value, str) else ""


def node_values(node: Node, name: str) -> list[Any]:
    """Return the values of ``name``, one or many, as a list."""
    value = node.get(name)
    return value if isinstance(value, list) else [value]


def node_names(node: Node, name: str, nodes: Sequence[Node] = ()) -> Iterator[tuple[str, bool]]:
    """Yield the names in ``name`` and whether it is an organization's; an ``@id`` leads to its object in ``nodes``."""
    for value in node_values(node, name):
        if isinstance(value, str) and value.strip():
            yield " ".join(unescape(value).split()), False
        elif isinstance(value, dict):
            if not (value.get("name") or value.get("familyName")):
                matches = (
                    candidate
                    for candidate in nodes
                    if candidate.get("@id") == value.get("@id") is not None
                )
                value = next((candidate for candidate in matches if candidate.get("name")), value)
            full = f"{node_text(value, 'givenName')} {node_text(value, 'familyName')}".strip()
            if line := node_text(value, "name") or full:
                yield line, any("Organization" in kind for kind in node_types(value))


def node_picture(node: Node, nodes: Sequence[Node] = ()) -> RemotePicture | None:
    """Return the first picture of a story, its address as it stands there."""
    for value in (*node_values(node, "image"), *node_values(node, "thumbnailUrl")):
        if isinstance(value, str) and value.strip():
            value = next(
                (
                    candidate
                    for candidate in nodes
                    if candidate.get("@id") == value and candidate.get("url")
                ),
                value,
            )
        if isinstance(value, str) and value.strip():
            return RemotePicture(unescape(value.strip()))
        if not isinstance(value, dict):
            continue
        if "url" not in value and "contentUrl" not in value:
            value = next(
                (
                    candidate
                    for candidate in nodes
                    if candidate.get("@id") == value.get("@id") and candidate.get("url")
                ),
                value,
            )
        if address := node_text(value, "url") or node_text(value, "contentUrl"):
            credit = node_text(value, "creditText") or next(
                (candidate for candidate, _ in node_names(value, "author")), ""
            )
            return RemotePicture(
                address, node_text(value, "name"), node_text(value, "caption"), credit
            )
    return None


def is_behind_paywall(node: Node) -> bool:
    """Tell whether the story says that not everybody may read it."""
    return str(node.get("isAccessibleForFree")).strip().lower() == "false"


def _ids(node: Node, name: str) -> Iterator[str]:
    for value in node_values(node, name):
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def _host_and_path(address: str) -> str:
    """Return host and path of an address, to compare."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}".casefold()


def _letters(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
