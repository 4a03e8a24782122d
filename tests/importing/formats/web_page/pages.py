"""Saved pages for the tests: those shared beside the checkout, and the score of a body that was extracted."""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.importing.formats.web_page import reader as web_page
from articles.importing.pipeline.reading.normalize import clean


def page(data: bytes, name: str = "file") -> ParsedArticle | RejectedRecord:
    """Read and clean one page, for a paper that keeps UTC."""
    [outcome] = web_page.READER.read(BytesIO(data), name)
    if isinstance(outcome, RejectedRecord):
        return outcome
    return clean(outcome, zone=ZoneInfo("UTC"), language="en")


def wrapped(body: str, head: str = "") -> bytes:
    """Return a page with this body."""
    text = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return text.encode("utf-8", "surrogatepass")


def benchmark(shared: Path) -> Iterator[tuple[str, bytes, str]]:
    """Yield name, page and true text of the article-extraction-benchmark."""
    folder = shared / "formats" / "article-extraction-benchmark"
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for path in sorted((folder / "html").glob("*.html.gz")):
        name = path.name.removesuffix(".html.gz")
        yield name, gzip.decompress(path.read_bytes()), truth[name]["articleBody"]


def publishers(shared: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Yield name, page and expected values of publishers' pages; layouts and pages are in the same order."""
    layout_pages: dict[Path, list[Path]] = defaultdict(list)
    for path in sorted((shared / "formats" / "fundus").glob("*/*.html.gz")):
        layout_pages[path.parent / path.name.partition("_")[0]].append(path)
    for name, paths in sorted(layout_pages.items()):
        layouts = json.loads(name.with_suffix(".json").read_text("utf-8"))
        for path, expected in zip(paths, layouts.values(), strict=True):
            yield path.name, gzip.decompress(path.read_bytes()), expected


def scores(extracted: str, truth: str) -> tuple[float, float]:
    """Return precision and recall of a body, over the multisets of its sequences of four words."""
    ours, theirs = _grams(extracted), _grams(truth)
    same = (ours & theirs).total()
    precision = same / ours.total() if ours else float(not theirs)
    return precision, same / theirs.total() if theirs else float(not ours)


def recall(extracted: str, truth: str) -> float:
    """Return how many of the words of ``truth`` are in ``extracted``."""
    ours, theirs = (Counter(re.findall(r"\w+", text)) for text in (extracted, truth))
    return (ours & theirs).total() / max(1, theirs.total())


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)
