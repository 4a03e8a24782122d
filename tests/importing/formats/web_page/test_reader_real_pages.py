"""Real pages: how much of what they say comes in right, with every miss named."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from articles.importing.formats.types import ParsedArticle
from articles.text.html.plain import plain_text
from tests.importing.formats.web_page.pages import benchmark, page, publishers, recall, scores


def test_bodies_score_as_the_benchmark_counts(shared: Path) -> None:
    rows: list[Any] = []
    for name, data, truth in benchmark(shared):
        outcome = page(data)
        text = plain_text(outcome.body_html) if isinstance(outcome, ParsedArticle) else ""
        rows.append((*scores(text, truth), name))
    precision, mean_recall = (sum(row[at] for row in rows) / len(rows) for at in (0, 1))
    f1 = 2 * precision * mean_recall / (precision + mean_recall)
    misses = "\n".join(f"{p:.2f} {r:.2f} {name}" for p, r, name in rows if min(p, r) < 0.9)
    print(f"F1 {f1:.4f}, precision {precision:.4f}, recall {mean_recall:.4f}\n{misses}")  # noqa: T201
    assert f1 >= 0.955


def test_publishers_pages_say_title_authors_and_date(shared: Path) -> None:
    correct = {"title": 0, "authors": 0, "publishing_date": 0}
    expected_counts = dict.fromkeys(correct, 0)
    recalls, misses = [], []
    for name, data, expected in publishers(shared):
        item = page(data)
        assert isinstance(item, ParsedArticle), (name, item)
        actual = {
            "title": item.headline,
            "authors": sorted(_letters(line.name) for line in item.bylines),
            "publishing_date": _comparable_date(item, expected.get("publishing_date")),
        }
        true = expected | {
            "title": " ".join((expected.get("title") or "").split()),
            "authors": sorted(_letters(author) for author in expected.get("authors") or ()),
        }
        for field in correct:
            expected_counts[field] += bool(true.get(field))
            correct[field] += bool(true.get(field)) and actual[field] == true[field]
            if true.get(field) and actual[field] != true[field]:
                misses.append(f"{name} {field}: {true[field]} but {actual[field]}")
        sections = (expected.get("body") or {}).get("sections", ())
        words = " ".join(line for section in sections for line in section["paragraphs"])
        recalls.append(recall(plain_text(item.body_html), words))
    shares = {field: correct[field] / expected_counts[field] for field in correct}
    full = sum(item > 0.9 for item in recalls) / len(recalls)
    print(shares, f"recall over 0.9 on {full:.3f}", *misses, sep="\n")  # noqa: T201
    assert shares["publishing_date"] >= 0.97
    assert shares["title"] >= 0.85
    assert shares["authors"] >= 0.85
    assert full >= 0.94


def _letters(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()


def _comparable_date(parsed: ParsedArticle, expected: str | None) -> str | None:
    """Return ``expected`` when the page tells the same instant, or the same day where no more is asked."""
    if not expected or not parsed.published_at:
        return str(parsed.published_at)
    expected_date = datetime.fromisoformat(expected)
    if not expected_date.tzinfo:
        return (
            expected
            if parsed.published_at.date() == expected_date.date()
            else str(parsed.published_at)
        )
    is_same = parsed.published_at == expected_date and (
        parsed.date_precision == "minute" or not expected_date.hour
    )
    return expected if is_same else str(parsed.published_at)


def test_other_real_pages_come_in_with_their_titles(shared: Path) -> None:
    came_in = {}
    for path in sorted((shared / "formats" / "pages-extra").rglob("*.html")):
        outcome = page(path.read_bytes(), path.stem)
        came_in[str(path)] = (
            outcome.headline if isinstance(outcome, ParsedArticle) else outcome.reason
        )
    print(*(f"{name}: {line}" for name, line in came_in.items()), sep="\n")  # noqa: T201
    assert all(came_in.values())
