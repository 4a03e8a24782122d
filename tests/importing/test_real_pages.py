"""Real pages: how much of what they say comes in right, with every miss named."""

import re
from datetime import datetime
from pathlib import Path

from articles.importing.parsed import ParsedArticle
from articles.text.html import plain_text
from tests.importing.pages import benchmark, page, publishers, recall, scores


def test_bodies_score_as_the_benchmark_counts(shared: Path) -> None:
    rows = []
    for name, data, truth in benchmark(shared):
        one = page(data)
        text = plain_text(one.body_html) if isinstance(one, ParsedArticle) else ""
        rows.append((*scores(text, truth), name))
    precision, found = (sum(row[at] for row in rows) / len(rows) for at in (0, 1))
    f1 = 2 * precision * found / (precision + found)
    misses = "\n".join(f"{p:.2f} {r:.2f} {name}" for p, r, name in rows if min(p, r) < 0.9)
    print(f"F1 {f1:.4f}, precision {precision:.4f}, recall {found:.4f}\n{misses}")  # noqa: T201
    assert f1 >= 0.955


def test_publishers_pages_say_title_authors_and_date(shared: Path) -> None:
    right = {"title": 0, "authors": 0, "publishing_date": 0}
    asked = dict.fromkeys(right, 0)
    recalls, misses = [], []
    for name, data, expected in publishers(shared):
        one = page(data)
        assert isinstance(one, ParsedArticle), (name, one)
        said = {
            "title": one.headline,
            "authors": sorted(_letters(line.name) for line in one.bylines),
            "publishing_date": _moment(one, expected.get("publishing_date")),
        }
        true = expected | {
            "title": " ".join((expected.get("title") or "").split()),
            "authors": sorted(_letters(author) for author in expected.get("authors") or ()),
        }
        for field in right:
            asked[field] += bool(true.get(field))
            right[field] += bool(true.get(field)) and said[field] == true[field]
            if true.get(field) and said[field] != true[field]:
                misses.append(f"{name} {field}: {true[field]} but {said[field]}")
        sections = (expected.get("body") or {}).get("sections", ())
        words = " ".join(line for section in sections for line in section["paragraphs"])
        recalls.append(recall(plain_text(one.body_html), words))
    shares = {field: right[field] / asked[field] for field in right}
    full = sum(one > 0.9 for one in recalls) / len(recalls)
    print(shares, f"recall over 0.9 on {full:.3f}", *misses, sep="\n")  # noqa: T201
    assert shares["publishing_date"] >= 0.97
    assert shares["title"] >= 0.85
    assert shares["authors"] >= 0.85
    assert full >= 0.94


def _letters(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()


def _moment(one: ParsedArticle, expected: str | None) -> str | None:
    """Return ``expected`` when the page tells the same instant, or the same day where no more is asked."""
    if not expected or not one.published_at:
        return str(one.published_at)
    wanted = datetime.fromisoformat(expected)
    if not wanted.tzinfo:
        return expected if one.published_at.date() == wanted.date() else str(one.published_at)
    is_same = one.published_at == wanted and (one.date_precision == "minute" or not wanted.hour)
    return expected if is_same else str(one.published_at)


def test_other_real_pages_come_in_with_their_titles(shared: Path) -> None:
    came_in = {}
    for path in sorted((shared / "formats" / "pages-extra").rglob("*.html")):
        one = page(path.read_bytes(), path.stem)
        came_in[str(path)] = one.headline if isinstance(one, ParsedArticle) else one.reason
    print(*(f"{name}: {line}" for name, line in came_in.items()), sep="\n")  # noqa: T201
    assert all(came_in.values())
