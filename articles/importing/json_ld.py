"""JSON-LD of a page: which of its objects is this page's story, and what that says.

Sources: https://schema.org/Article, https://www.w3.org/TR/json-ld11/
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any, NoReturn
from urllib.parse import urlsplit

from articles.importing.parsed import RemotePicture

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:.*Article|.*BlogPosting|SocialMediaPosting|Report)\Z")
_WRAPPING = re.compile(r"\A\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)?[\s;]*\Z")
_HANGING = re.compile(r",(\s*[}\]])")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "subjectOf")
_MOST = 5000  # objects of a page that are looked at


def load(script: str) -> Any:
    """Return the value of one script; None for what is no JSON, too deep, or holds NaN."""
    bare = _WRAPPING.sub("", script)
    for text in (bare, _HANGING.sub(r"\1", bare)):
        try:
            return json.loads(text, strict=False, parse_constant=_no_number)
        except (ValueError, RecursionError):
            continue
    return None


def nodes(scripts: Iterable[str]) -> list[Node]:
    """Return the objects that stand at the top of ``scripts`` or as a page's own parts, in reading order."""
    found: list[Node] = []
    waiting: list[Any] = [load(script) for script in scripts][::-1]
    while waiting and len(found) < _MOST:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value[::-1]
        elif isinstance(value, dict):
            found.append(value)
            waiting += [value[name] for name in reversed(_INNER) if name in value]
    return found


def story(found: Sequence[Node], addresses: Sequence[str], titles: Sequence[str]) -> Node:
    """Return the article among ``found`` that is the page's own; empty when there is none.

    ``addresses`` and ``titles`` are what else the page says of itself.
    """
    places = {_place(one) for one in addresses if one}
    bare = {_letters(one) for one in titles if one}

    def score(node: Node) -> tuple[int, int]:
        own = {
            _place(one) for name in ("url", "mainEntityOfPage", "@id") for one in _ids(node, name)
        }
        headline = _letters(text(node, "headline") or text(node, "name"))
        is_named = bool(headline) and any(headline in one or one in headline for one in bare if one)
        facts = sum(bool(node.get(name)) for name in ("datePublished", "author", "headline"))
        return 2 * bool(own & places) + 3 * is_named, facts

    articles = [
        node
        for node in found
        if is_article(node) and (node.get("headline") or node.get("datePublished"))
    ]
    return max(articles, key=score) if articles else {}


def is_article(node: Node) -> bool:
    """Tell whether a node's type is one of schema.org's articles."""
    return any(_ARTICLE.match(kind) for kind in types(node))


def types(node: Node) -> list[str]:
    """Return the names of the types of ``node``, without their vocabulary."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [re.split(r"[/:#]", kind)[-1] for kind in listed if isinstance(kind, str)]


def text(node: Node, name: str) -> str:
    """Return a value as one line, its character references resolved once; of a list the first."""
    for value in every(node, name):
        if isinstance(value, dict):
            value = value.get("@value") or value.get("name")
        if isinstance(value, str) and value.strip():
            return " ".join(unescape(value).split())
    return ""


def text_block(node: Node, name: str) -> str:
    """Return a value with its line breaks, its character references resolved once; empty when it is no text."""
    value = node.get(name)
    return unescape(value).strip() if isinstance(value, str) else ""


def every(node: Node, name: str) -> list[Any]:
    """Return the values of ``name``, one or many, as a list."""
    value = node.get(name)
    return value if isinstance(value, list) else [value]


def names(node: Node, name: str, found: Sequence[Node] = ()) -> Iterator[tuple[str, bool]]:
    """Yield the names in ``name`` and whether it is an organization's; an ``@id`` leads to its object in ``found``."""
    for value in every(node, name):
        if isinstance(value, str) and value.strip():
            yield " ".join(unescape(value).split()), False
        elif isinstance(value, dict):
            if not (value.get("name") or value.get("familyName")):
                same = (one for one in found if one.get("@id") == value.get("@id") is not None)
                value = next((one for one in same if one.get("name")), value)
            full = f"{text(value, 'givenName')} {text(value, 'familyName')}".strip()
            if line := text(value, "name") or full:
                yield line, any("Organization" in kind for kind in types(value))


def picture(node: Node, found: Sequence[Node] = ()) -> RemotePicture | None:
    """Return the first picture of a story, its address as it stands there."""
    for value in (*every(node, "image"), *every(node, "thumbnailUrl")):
        if isinstance(value, str) and value.strip():
            value = next(
                (one for one in found if one.get("@id") == value and one.get("url")), value
            )
        if isinstance(value, str) and value.strip():
            return RemotePicture(unescape(value.strip()))
        if not isinstance(value, dict):
            continue
        if "url" not in value and "contentUrl" not in value:
            value = next(
                (one for one in found if one.get("@id") == value.get("@id") and one.get("url")),
                value,
            )
        if address := text(value, "url") or text(value, "contentUrl"):
            credit = text(value, "creditText") or next(
                (one for one, _ in names(value, "author")), ""
            )
            return RemotePicture(address, text(value, "name"), text(value, "caption"), credit)
    return None


def is_behind_paywall(node: Node) -> bool:
    """Tell whether the story says that not everybody may read it."""
    return str(node.get("isAccessibleForFree")).strip().lower() == "false"


def _ids(node: Node, name: str) -> Iterator[str]:
    for value in every(node, name):
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def _place(address: str) -> str:
    """Return host and path of an address, to compare."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}".casefold()


def _letters(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
